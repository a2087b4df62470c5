"""What was copied is gone after half a minute and at the lock, unless it is somebody else's."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard

from kadin_danisma.ui.shell.clipboard import STAYS, ClipboardCare

COPIED, SELECTED = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection
WINDOWS = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'


class Board(QObject):
    """A clipboard that knows whose it is; the one of a test run without a screen does not."""

    dataChanged = Signal()  # noqa: N815 (Qt's name)
    selectionChanged = Signal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[QClipboard.Mode, QMimeData] = {}
        self.ours: set[QClipboard.Mode] = set()

    def copy(self, text: str, mode: QClipboard.Mode = COPIED, *, ours: bool = True) -> None:
        made = QMimeData()
        made.setText(text)
        self._hold(made, mode, ours=ours)

    def setMimeData(self, data: QMimeData, mode: QClipboard.Mode) -> None:  # noqa: N802
        self._hold(data, mode, ours=True)

    def mimeData(self, mode: QClipboard.Mode) -> QMimeData:  # noqa: N802
        return self.held[mode]

    def text(self, mode: QClipboard.Mode) -> str:
        return self.held[mode].text() if mode in self.held else ""

    def clear(self, mode: QClipboard.Mode) -> None:
        self._hold(QMimeData(), mode, ours=True)

    def ownsClipboard(self) -> bool:  # noqa: N802
        return COPIED in self.ours

    def ownsSelection(self) -> bool:  # noqa: N802
        return SELECTED in self.ours

    def _hold(self, data: QMimeData, mode: QClipboard.Mode, *, ours: bool) -> None:
        self.held[mode] = data
        (self.ours.add if ours else self.ours.discard)(mode)
        (self.dataChanged if mode is COPIED else self.selectionChanged).emit()


@pytest.fixture
def board(qapp: object) -> Board:
    return Board()


@pytest.fixture
def care(board: Board) -> Iterator[ClipboardCare]:
    made = ClipboardCare(board, platform="win32")  # type: ignore[arg-type] (a board like Qt's)
    yield made
    made.deleteLater()


def test_what_was_copied_is_taken_out_after_half_a_minute(board: Board, care: ClipboardCare):
    board.copy("0500 000 00 07")
    assert care.timer.isActive()
    assert care.timer.interval() == STAYS == 30_000
    care.timer.timeout.emit()
    assert board.text(COPIED) == ""


def test_what_somebody_else_copied_since_stays(board: Board, care: ClipboardCare):
    board.copy("0500 000 00 07")
    board.copy("alışveriş", ours=False)
    care.timer.timeout.emit()
    assert board.text(COPIED) == "alışveriş"


def test_what_others_copy_starts_nothing(board: Board, care: ClipboardCare):
    board.copy("alışveriş", ours=False)
    board.copy("seçilen", SELECTED, ours=False)
    assert not care.timer.isActive()
    assert not board.mimeData(COPIED).hasFormat(WINDOWS)


def test_what_was_marked_with_the_mouse_is_taken_out_too(board: Board, care: ClipboardCare):
    board.copy("seçilen", SELECTED)
    care.timer.timeout.emit()
    assert board.text(SELECTED) == ""


def test_at_the_lock_it_is_gone_at_once(board: Board, care: ClipboardCare):
    board.copy("0500 000 00 07")
    board.copy("seçilen", SELECTED)
    care.clear()
    assert board.text(COPIED) == board.text(SELECTED) == ""
    assert not care.timer.isActive()


def test_windows_is_asked_not_to_remember_it(board: Board, care: ClipboardCare):
    board.copy("0500 000 00 07")
    held = board.mimeData(COPIED)
    assert held.text() == "0500 000 00 07"
    assert held.data(WINDOWS) == b"1"
    for name in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        assert held.data(f'application/x-qt-windows-mime;value="{name}"') == bytes(4)


def test_klipper_is_asked_not_to_remember_it(board: Board):
    care = ClipboardCare(board, platform="linux")  # type: ignore[arg-type] (a board like Qt's)
    board.copy("0500 000 00 07")
    assert board.mimeData(COPIED).data("x-kde-passwordManagerHint") == b"secret"
    care.deleteLater()
