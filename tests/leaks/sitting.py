"""One run of the real program with somebody at the keyboard, for the story of life.py."""

import sys
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from kadin_danisma.services.recovery import Papers
from kadin_danisma.ui.dialogs.message import Message
from kadin_danisma.ui.pages.admin.page import AdminPage
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.shell.first_day import ConductPanel, OwnPassphrasePanel
from kadin_danisma.ui.shell.first_start import FirstStartPanel
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.recovery import RecoveryPanel
from kadin_danisma.ui.shell.sign_in import SignInPanel
from kadin_danisma.ui.widgets.recoverysteps import RecoverySteps
from tests.leaks.life import COORDINATOR, OWN, PASSPHRASE, Life
from tests.leaks.markers import CENTRE, marker
from tests.leaks.planting import put

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
_PATIENCE_MS = 60_000


def wait(until: Callable[[], object], what: str) -> None:
    """Let the window work until something has come about."""
    patience = QDeadlineTimer(_PATIENCE_MS)
    while not until():
        settle()
        if patience.hasExpired():
            raise SystemExit(f"waited in vain: {what}")
    settle()


def settle() -> None:
    """Let the window do what it has to, and let go of what it has let go of."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def the(kind: type[T], found: object) -> T:
    """Return something that is of a kind."""
    assert isinstance(found, kind), f"{type(found).__name__} instead of {kind.__name__}"
    return found


def in_front(kind: type[W]) -> W:
    """Return the form in front."""
    return the(kind, QApplication.activeModalWidget())


class Sitting:
    """One run of the program, from its start to its lock.

    Args:
        life: The story.
        name: What it is called in what is told.
    """

    def __init__(self, life: Life, name: str) -> None:
        self.life = life
        self.name = name
        app = QApplication.instance() or QApplication(sys.argv[:1])
        app.setApplicationName("kadin-danisma")
        self.program = Program(the(QApplication, app), life.vault, "tr", life.clock, self._locked)
        self.program.start()
        self.is_locked = False

    @property
    def window(self) -> MainWindow:
        """Return the window of whoever signed in."""
        return the(MainWindow, self.program.window)

    def look(self, where: str) -> None:
        """Tell what others can see."""
        settle()
        self.life.look(f"{self.name}, {where}")

    def plant(self, place: str, control: QWidget) -> None:
        """Type the marker of a place."""
        put(control, marker(place))
        self.life.planted(place)

    def found(self) -> None:
        """Found the vault, and type its recovery sheets back."""
        assert self.program.entry is not None
        panel = the(FirstStartPanel, self.program.entry.panel)
        for control, text in (
            (panel.centre, CENTRE),
            (panel.name, COORDINATOR),
            (panel.passphrase, PASSPHRASE),
            (panel.again, PASSPHRASE),
        ):
            put(control, text)
        self.life.planted("sign in.coordinator", "sign in.passphrase")
        panel.do.click()
        entry = self.program.entry
        wait(lambda: isinstance(entry.panel, RecoveryPanel), "the recovery sheets")
        self._keep_sheets(the(RecoveryPanel, entry.panel).steps)
        self._enter()

    def _keep_sheets(self, steps: RecoverySteps) -> None:
        """Have three recovery sheets made, and type two of them back."""
        steps.choice.do.click()
        wait(lambda: steps.papers, "the recovery sheets on paper")
        papers = the(Papers, steps.papers)
        self.life.recovery_code = papers.new.code
        self.life.secret("recovery code", papers.new.code)
        for text in papers.texts:
            self.life.secret(f"recovery sheet {text[0]}", text)
        self.look("the recovery sheets")
        steps.paper.do.click()
        for text in papers.texts[:2]:
            put(steps.typed.edit, text)
            self.look("a recovery sheet typed back")
            steps.back.do.click()

    def sign_in(self, name: str, passphrase: str) -> None:
        """Sign in, after one try with a wrong name and a wrong passphrase."""
        assert self.program.entry is not None
        panel = the(SignInPanel, self.program.entry.panel)
        self.plant("failed sign in.name", panel.name)
        self.plant("failed sign in.passphrase", panel.passphrase)
        panel.do.click()
        wait(lambda: panel.error, "the refusal")
        self.look("refused")
        put(panel.name, name)
        put(panel.passphrase, passphrase)
        panel.do.click()
        self._enter()

    def page(self, kind: type[W], key: str) -> W:
        """Bring a page to the front and tell what can be seen."""
        self.window.show_page(key)
        self.look(key)
        return the(kind, self.window.page)

    def section(self, kind: type[Section], key: str) -> Section:
        """Bring a section of the administration to the front."""
        page = self.page(AdminPage, "admin")
        page.show_subject(key)
        self.look(f"admin {key}")
        return the(kind, page.sections[key])

    def answered(self) -> None:
        """Wait for the message at the end of a long work, and close it."""
        wait(lambda: isinstance(QApplication.activeModalWidget(), Message), "a message")
        self.look("message")
        in_front(Message).accept()
        settle()

    def lock(self) -> None:
        """Press F12, and let go of everything as the replaced process would."""
        self.window.lock()
        assert self.is_locked
        for part in QApplication.topLevelWidgets():
            part.close()
            part.deleteLater()
        settle()

    def _enter(self) -> None:
        """Go through what comes before the first day of work, and into the window."""
        wait(lambda: self.program.window is not None or self._conduct() is not None, "the window")
        if (conduct := self._conduct()) is not None:
            self.look("the duty of confidentiality")
            conduct.read.setChecked(True)
            conduct.do.click()
            settle()
        if (own := self._own_passphrase()) is not None:
            self.life.secret("suggested passphrase", own.choice.words.text())
            self.life.planted("sign in.own passphrase")
            put(own.choice.first, OWN)
            put(own.choice.again, OWN)
            self.look("a passphrase of her own")
            own.do.click()
        wait(lambda: self.program.window is not None, "the window")
        self.life.secret("vault key", self.window.place.desk.vault._key)
        self.look("signed in")

    def _conduct(self) -> ConductPanel | None:
        panel = self.program.entry.panel if self.program.entry else None
        return panel if isinstance(panel, ConductPanel) else None

    def _own_passphrase(self) -> OwnPassphrasePanel | None:
        panel = self.program.entry.panel if self.program.entry else None
        return panel if isinstance(panel, OwnPassphrasePanel) else None

    def _locked(self, arguments: object) -> None:
        for text in the(list, arguments):
            self.life.report.say("surface", f"{self.name}: arguments after the lock", text)
        self.is_locked = True
