"""What was copied out of our windows does not stay in the clipboard, nor in its histories."""

import sys
from collections.abc import Mapping

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

#: So long something copied can be pasted, in milliseconds; enough to change to another window.
STAYS = 30_000
_COPIED, _SELECTED = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection
#: How keepers of clipboard histories are asked to leave a text out: Windows', and Klipper's.
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_NO = bytes(4)
_MARKS: Mapping[str, Mapping[str, bytes]] = {
    "win32": {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
        _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
        _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
    },
    "linux": {"x-kde-passwordManagerHint": b"secret"},
}


class ClipboardCare(QObject):
    """Marks what we put into the clipboard as not to be kept, and takes it out again.

    What somebody else put there since is left alone.

    Args:
        clipboard: The system's.
        parent: Lives as long as this.
        platform: Whose marks are set.
    """

    def __init__(
        self, clipboard: QClipboard, parent: QObject | None = None, platform: str = sys.platform
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._marks = _MARKS.get(platform, {})
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAYS)
        self.timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._copied)
        clipboard.selectionChanged.connect(self._selected)

    def clear(self) -> None:
        """Take out what is ours, also what is only marked with the mouse (X11)."""
        self.timer.stop()
        if self._clipboard.ownsClipboard():
            self._clipboard.clear(_COPIED)
        if self._clipboard.ownsSelection():
            self._clipboard.clear(_SELECTED)

    def _copied(self) -> None:
        text = self._clipboard.text(_COPIED)
        if not text or not self._clipboard.ownsClipboard():
            return
        self.timer.start()
        if not self._is_marked():
            marked = QMimeData()
            marked.setText(text)
            for name, value in self._marks.items():
                marked.setData(name, value)
            self._clipboard.setMimeData(marked, _COPIED)

    def _selected(self) -> None:
        if self._clipboard.ownsSelection() and self._clipboard.text(_SELECTED):
            self.timer.start()

    def _is_marked(self) -> bool:
        held = self._clipboard.mimeData(_COPIED)
        return all(held.hasFormat(name) for name in self._marks)
