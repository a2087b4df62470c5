"""Pictures of the real window for docs/kurtarma.md: ``python -m tools.walkthrough FOLDER``.

The centre and its sheets are invented; the vault is made in a folder that is deleted afterwards.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import use_language
from kadin_danisma.services import access, paper, recovery
from kadin_danisma.services.desk import Desk
from tools.own_settings import own_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kadin_danisma.ui.look import Look
    from kadin_danisma.ui.shell.entry import Panel

CENTRE, NAME, PASSPHRASE = "Örnek Kadın Danışma Merkezi", "derya", "sarı kedi yavaş yavaş uyandı"
SIZE = (1100, 720)
#: Pixels a point for the picture of a sheet.
SHEET_SCALE = 1.3


class Walk:
    """Goes through the steps and takes a picture of each.

    Args:
        folder: Where the pictures go.
        look: Colours and sizes.
        vault: Where the invented vault lies.
    """

    def __init__(self, folder: Path, look: "Look", vault: Path) -> None:
        from kadin_danisma.ui.background import Background
        from kadin_danisma.ui.shell.entry import EntryWindow

        self.folder = folder
        self._look = look
        self._vault = vault
        self._background = Background()
        self._window = EntryWindow(look)
        self._window.resize(*SIZE)
        self._window.show()
        self.texts: tuple[str, ...] = ()

    def close(self) -> None:
        """Let go of the window."""
        self._window.close()
        self._background.close()

    def first_day(self) -> None:
        """Choose three sheets, print them, type two of them back."""
        from kadin_danisma.ui.shell.recovery import RecoveryPanel

        desk, code = access.create_vault(self._vault, CENTRE, NAME, PASSPHRASE, Clock())
        panel = RecoveryPanel(desk, self._look, self._background, recovery.founded(code))
        self._show(panel, "1-secim")
        steps = panel.steps
        steps.choice.do.click()
        self._until(lambda: steps.papers is not None)
        self._take("2-sayfalar", self._window)
        assert steps.papers is not None
        self.texts = steps.papers.texts
        self._take_sheet(steps.papers.pdf)
        steps.paper.do.click()
        steps.typed.edit.setText(self.texts[0])
        steps.back.do.click()
        steps.typed.edit.setText(self.texts[2][:23])
        self._take("4-geri-yazma", self._window)
        steps.typed.edit.setText(self.texts[2])
        steps.back.do.click()
        self._until(lambda: not steps.begun)
        desk.vault.close()

    def bad_day(self) -> None:
        """Come in by two sheets, and show the three steps out again."""
        from kadin_danisma.ui.shell.recovery import RecoverySignInPanel
        from kadin_danisma.ui.shell.rescue import RescuePanel
        from kadin_danisma.ui.workplace import Workplace

        panel = RecoverySignInPanel(self._vault, Clock(), self._background)
        came: list[Desk] = []
        panel.signed_in.connect(came.append)
        self._window.show_panel(panel)
        panel.entry.edit.setText(self.texts[1])
        panel.do.click()
        self._take("5-giris", self._window)
        panel.entry.edit.setText(self.texts[0])
        panel.do.click()
        self._until(lambda: bool(came))
        place = Workplace(came[0], self._look, background=self._background)
        self._show(RescuePanel(place), "6-uc-adim")
        came[0].vault.close()

    def every_year(self) -> None:
        """Show where the sheets are tried and replaced."""
        from kadin_danisma.ui.pages.admin.page import AdminPage
        from kadin_danisma.ui.shell.main_window import MainWindow
        from kadin_danisma.ui.workplace import Workplace

        desk = access.sign_in(self._vault, NAME, PASSPHRASE, Clock())
        window = MainWindow(Workplace(desk, self._look, background=self._background), lambda: None)
        window.resize(*SIZE)
        window.show()
        window.show_page("admin")
        page = window.page
        assert isinstance(page, AdminPage)
        page.show_subject("recovery")
        self._take("7-yonetim", window)
        window.close()
        desk.vault.close()

    def _show(self, panel: "Panel", name: str) -> None:
        self._window.show_panel(panel)
        self._take(name, self._window)

    def _take(self, name: str, widget: "QWidget") -> None:
        from PySide6.QtTest import QTest

        # Pages of paper are drawn a moment after they are shown.
        QTest.qWait(400)
        widget.grab().save(str(self.folder / f"kurtarma-{name}.png"))

    def _take_sheet(self, pdf: bytes) -> None:
        from PySide6.QtGui import QImage

        _first, second, _third = paper.page_pictures(pdf, SHEET_SCALE)
        image = QImage(
            second.pixels, second.width, second.height, second.stride, QImage.Format.Format_RGB32
        )
        image.save(str(self.folder / "kurtarma-3-sayfa.png"))

    def _until(self, is_so: Callable[[], bool]) -> None:
        from PySide6.QtCore import QDeadlineTimer
        from PySide6.QtWidgets import QApplication

        patience = QDeadlineTimer(60_000)
        while not is_so() and not patience.hasExpired():
            QApplication.processEvents()
        assert is_so(), "the window did not get there"


def main(arguments: list[str]) -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/pictures"))
    folder = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from kadin_danisma.ui.look import Look

    app = QApplication(sys.argv[:1])
    use_language("tr")
    with tempfile.TemporaryDirectory() as place, own_settings():
        walk = Walk(folder, Look(app, "light", 100), Path(place) / "ornek.vault")
        walk.first_day()
        walk.bad_day()
        walk.every_year()
        walk.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
