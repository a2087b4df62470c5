"""What ended with a passphrase is ended at the latest when the program is closed."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.errors import KnownError
from kadin_danisma.progress import Progress
from kadin_danisma.services import access, key_change, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.shell.key_at_close import KeyAtClose, is_left_over
from tests.builders import PASSPHRASE

NEW = "beş yeni kelime burada duruyor"


@pytest.fixture
def left_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose person changed her passphrase on a disk that was full just then."""

    def full(_vault: Vault, _progress: Progress | None = None) -> None:
        raise KnownError("Disk dolu.")

    with monkeypatch.context() as patch:
        patch.setattr(Vault, "rotate_key", full)
        people.change_passphrase(desk, PASSPHRASE, NEW)
    return desk


def test_there_is_nothing_to_do_where_nothing_ended(desk: Desk):
    assert not is_left_over(desk)


def test_the_key_is_changed_with_progress_before_the_program_ends(
    left_over: Desk, qtbot: QtBot, vault_path: Path, clock: FixedClock
):
    assert is_left_over(left_over)
    ended: list[bool] = []
    before = left_over.vault.subkey("x")
    closing = KeyAtClose(left_over, lambda: ended.append(key_change.is_due(left_over)))
    closing.start()
    assert closing.dialog.isVisible()
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert shown == [closing.dialog]
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [False]
    assert left_over.vault.subkey("x") != before
    left_over.vault.close()
    access.sign_in(vault_path, "derya", NEW, clock).vault.close()


def test_a_full_disk_lets_the_program_end_and_the_change_stays_due(
    left_over: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    def full(_progress: Progress | None = None) -> None:
        raise KnownError("Disk dolu.")

    monkeypatch.setattr(left_over.vault, "rotate_key", full)
    ended: list[bool] = []
    KeyAtClose(left_over, lambda: ended.append(key_change.is_due(left_over))).start()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [True]


def test_a_fault_of_the_program_lets_it_end_as_well(
    left_over: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    """Else it would stand there for good, with the vault open and no lock any more."""

    def faulty(_progress: Progress | None = None) -> None:
        raise RuntimeError

    monkeypatch.setattr(left_over.vault, "rotate_key", faulty)
    ended: list[bool] = []
    closing = KeyAtClose(left_over, lambda: ended.append(key_change.is_due(left_over)))
    with qtbot.captureExceptions() as raised:
        closing.start()
        qtbot.waitUntil(lambda: bool(ended))
    assert ended == [True]
    assert not closing.dialog.isVisible()
    assert [kind for kind, _fault, _trace in raised] == [RuntimeError]


def test_a_vault_that_cannot_be_asked_does_not_keep_the_program_open(
    left_over: Desk, monkeypatch: pytest.MonkeyPatch
):
    def gone(_desk: Desk) -> bool:
        raise KnownError("Bellek çıkarıldı.")

    monkeypatch.setattr(key_change, "is_due", gone)
    assert not is_left_over(left_over)
