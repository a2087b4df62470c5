"""Pictures of the main pages: drives the window on a demo vault and saves what it shows.

Run as ``python -m tools.pictures VAULT FOLDER --user NAME --password-stdin``; without a display it
works offscreen, with the fonts of the program.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kadin_danisma.domain.dates import Clock, Period
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import use_language
from kadin_danisma.services import access, finding, recovery
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.workplace import Workplace
from tools.own_settings import own_settings

#: Size of an office PC's screen.
SIZE = (1366, 768)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the window is dressed for a round of pictures."""

    name: str
    theme: str = "light"
    percent: int = 100
    language: str = "tr"


SETTINGS = (
    Setting("acik"),
    Setting("koyu", theme="dark"),
    Setting("yuzde-150", percent=150),
    Setting("english", language="en"),
)


def take(
    vault: Path,
    folder: Path,
    user: str,
    passphrase: str,
    settings: tuple[Setting, ...] = SETTINGS,
    only: str = "",
) -> list[Path]:
    """Save pictures of every main page in every setting.

    Args:
        vault: A demo vault; pictures of real people are never taken.
        folder: Where the pictures go.
        user: Who signs in.
        passphrase: Her passphrase.
        settings: How the window is dressed.
        only: Takes only the pictures whose name holds these letters.

    Returns:
        The paths written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    desk = access.sign_in(vault, user, passphrase, Clock())
    try:
        if not desk.vault.demo:
            raise SystemExit("Pictures are taken of a demo vault only.")
        return list(_rounds(desk, vault, folder, settings, only))
    finally:
        desk.vault.close()


def _rounds(
    desk: Desk, vault: Path, folder: Path, settings: tuple[Setting, ...], only: str
) -> Iterator[Path]:
    from PySide6.QtWidgets import QApplication

    from kadin_danisma.ui.look import Look

    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    look = Look(app)
    folder.mkdir(parents=True, exist_ok=True)
    for setting in settings:
        use_language(setting.language)
        look.wear(setting.theme, setting.percent)
        for name, grab in _Round(app, look, desk, vault).shots():
            if only and only not in name:
                continue
            path = folder / f"{name}-{setting.name}.png"
            grab(path)
            yield path
    use_language("tr")


def _raise(error: KnownError) -> None:
    raise error


#: A recovery code of no vault.
INVENTED = recovery.NewCode("recovery", "7QK-03F-9XB-M2T-4HV-8CJ-1WR-6PD-5NE-0YS-3AG")


class _Round:
    """One dressed window and what there is to see in it."""

    def __init__(self, app: object, look: object, desk: Desk, vault: Path) -> None:
        self._app = app
        self._look = look
        self._desk = desk
        self._vault = vault
        self._place: Workplace | None = None

    def shots(self) -> Iterator[tuple[str, Callable[[Path], None]]]:
        """Return the name of each picture and how it is taken."""
        yield from self._door()
        yield from self._inside()

    def _settle(self) -> None:
        """Let the page finish, also what it asked of the worker: work is done in turn."""
        from PySide6.QtWidgets import QApplication

        for _round in range(3):
            ended: list[None] = []
            if self._place is not None:
                self._place.background.run(lambda _progress: None, ended.append, _raise)
            while self._place is not None and not ended:
                QApplication.processEvents()
            QApplication.processEvents()

    def _save(self, widget: object) -> Callable[[Path], None]:
        from PySide6.QtWidgets import QWidget

        def save(path: Path) -> None:
            assert isinstance(widget, QWidget)
            self._settle()
            widget.grab().save(str(path))

        return save

    def _door(self) -> Iterator[tuple[str, Callable[[Path], None]]]:
        from kadin_danisma.ui.background import Background
        from kadin_danisma.ui.look import Look
        from kadin_danisma.ui.shell.entry import EntryWindow
        from kadin_danisma.ui.shell.first_start import FirstStartPanel
        from kadin_danisma.ui.shell.recovery import RecoveryPanel
        from kadin_danisma.ui.shell.sign_in import SignInPanel

        assert isinstance(self._look, Look)
        background = Background()
        window = EntryWindow(self._look)
        window.resize(*SIZE)
        window.show()
        for name, panel in (
            ("giris", SignInPanel(self._vault, Clock(), background)),
            ("ilk-acilis", FirstStartPanel(self._vault, Clock(), background)),
            ("kurtarma", RecoveryPanel(self._desk, self._look, background, INVENTED)),
        ):
            window.show_panel(panel)
            yield name, self._save(window)
        window.close()
        background.close()

    def _inside(self) -> Iterator[tuple[str, Callable[[Path], None]]]:
        from kadin_danisma.ui.look import Look
        from kadin_danisma.ui.shell.main_window import MainWindow

        assert isinstance(self._look, Look)
        place = self._place = Workplace(self._desk, self._look)
        window = MainWindow(place, lambda: None)
        window.resize(*SIZE)
        window.show()
        for key in tuple(window.side.buttons):
            window.show_page(key)
            yield key, self._save(window)
            if key == "reports":
                yield from self._reports(window)
        window.search("a")
        yield "arama", self._save(window)
        client = finding.all_clients(self._desk, 1)[0]
        window.show_client(client.id)
        yield "dosya", self._save(window)
        yield from self._forms(window)
        window.close()
        self._place = None
        place.background.close()

    def _reports(self, window: object) -> Iterator[tuple[str, Callable[[Path], None]]]:
        """Yield the views of a quarter, where the signed-in person has them, and their forms."""
        from kadin_danisma.ui.pages.reports import ReportsPage
        from kadin_danisma.ui.shell.main_window import MainWindow

        assert isinstance(window, MainWindow)
        page = window.page
        assert isinstance(page, ReportsPage)
        if "hidden" not in page.views.buttons:
            return
        page.bar.choose(Period.parse(f"{self._desk.clock.today().year - 1}-Q1"))
        for key in ("paper", "hidden", "published"):
            page.views.buttons[key].click()
            self._settle()
            # The pages wait for a moment of rest before they are drawn; a picture does not.
            page.paper.view.fit()
            yield f"reports-{key}", self._save(window)
        hidden, published = page.hidden, page.published
        for name, act, of in (
            ("minimum", hidden.open_minimum, hidden),
            ("detail", hidden.detail.open_choice, hidden.detail),
            ("request", published.open_request, published),
            ("telling", published.open_telling, published),
        ):
            act()
            assert of.dialog is not None
            yield f"reports-{name}", self._save(of.dialog)
            of.dialog.close()

    def _forms(self, window: object) -> Iterator[tuple[str, Callable[[Path], None]]]:
        from kadin_danisma.ui.pages.client import ClientPage
        from kadin_danisma.ui.shell.main_window import MainWindow

        assert isinstance(window, MainWindow)
        page = window.page
        assert isinstance(page, ClientPage)
        for name, act in (("gorusme", page.new_session), ("dosya-duzelt", page.correct)):
            act()
            assert page.dialog is not None
            yield name, self._save(page.dialog)
            page.dialog.close()
        window.new_application()
        assert window.quick_entry is not None
        yield "yeni-basvuru", self._save(window.quick_entry)
        window.quick_entry.close()


def main(arguments: list[str]) -> int:
    """Take the pictures the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--user", default="elif")
    parser.add_argument("--password-stdin", action="store_true", required=True)
    parser.add_argument("--only", default="")
    options = parser.parse_args(arguments)
    passphrase = sys.stdin.readline().rstrip("\r\n")
    with own_settings():
        paths = take(options.vault, options.folder, options.user, passphrase, only=options.only)
    print(*paths, sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
