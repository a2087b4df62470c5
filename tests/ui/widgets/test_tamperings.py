"""What the first page tells a coordinator of what was changed beside the vault."""

from PySide6.QtWidgets import QLabel

from kadin_danisma.services import tampering
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import settling
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.tamperings import TamperingBanner


def finds(desk: Desk, count: int) -> None:
    """Let so many slots have been put back."""
    with desk.vault.write() as db:
        for _time in range(count):
            desk.vault.audit(db, settling.SLOT_PUT_BACK, desk.user.id)


def shown(banner: TamperingBanner) -> str:
    return "\n".join(each.text() for each in banner.findChildren(QLabel))


def test_what_was_not_shown_is_shown_once_the_rest_was_read(window: MainWindow, desk: Desk):
    finds(desk, 6)
    banner = window.findChild(TamperingBanner)
    banner.reload()
    assert shown(banner).count("Derya A.") == 4
    banner.read.click()
    assert shown(banner).count("Derya A.") == 2
    banner.read.click()
    assert not banner.isVisibleTo(window)
    assert not tampering.unread(desk)


def test_what_comes_while_she_reads_is_told_after_it(window: MainWindow, desk: Desk):
    finds(desk, 1)
    banner = window.findChild(TamperingBanner)
    banner.reload()
    finds(desk, 1)
    banner.read.click()
    assert shown(banner).count("Derya A.") == 1
