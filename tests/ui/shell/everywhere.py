"""Every page behind a passphrase, found in the program itself, and a way that leads to each."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma import ui
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.domain.role import Role
from kadin_danisma.services import access, first_steps, keeping, people, recovery
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.services.sheets import Reader, Typed
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.shell.first_day import ConductPanel, OwnPassphrasePanel
from kadin_danisma.ui.shell.first_start import FirstStartPanel
from kadin_danisma.ui.shell.keepers_window import KeepersWindow
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.recovery import RecoveryPanel, RecoverySignInPanel, UnverifiedPanel
from kadin_danisma.ui.shell.rescue import RescuePanel
from kadin_danisma.ui.shell.restoring import RestorePanel
from kadin_danisma.ui.shell.waiting import WaitingPanel
from tests.builders import PASSPHRASE
from tests.ui.door import door, shown, sign_in
from tests.ui.papers import PATIENCE_MS

HERS = "beş başka kelime burada duruyor"


@dataclass(frozen=True)
class Walk:
    """Somebody who starts the program and goes to a page."""

    program: Program
    path: Path
    clock: FixedClock
    qtbot: QtBot


def below(kind: type[QWidget]) -> Iterator[type[QWidget]]:
    """Yield every class of the program that is a kind of another, once all of it is loaded."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    waiting = [kind]
    while waiting:
        for found in waiting.pop().__subclasses__():
            waiting.append(found)
            if found.__module__.startswith(f"{ui.__name__}."):
                yield found


def at_the_door() -> set[type[QWidget]]:
    """Return every page that is shown before a passphrase was given."""
    return {panel for panel in below(Panel) if issubclass(panel, Panel) and panel.at_the_door}


def behind_a_passphrase() -> set[type[QWidget]]:
    """Return every page and window that is not."""
    return {*below(Panel), *below(QMainWindow)} - at_the_door()


def to_new_sheets(walk: Walk) -> QWidget:
    """Found a centre."""
    walk.program.start()
    first = shown(walk.program, FirstStartPanel, walk.qtbot)
    first.centre.setText("Örnek Merkez")
    first.name.setText("derya")
    for edit in (first.passphrase, first.again):
        edit.setText(PASSPHRASE)
    first.do.click()
    return shown(walk.program, RecoveryPanel, walk.qtbot)


def to_conduct(walk: Walk) -> QWidget:
    """Sign in for the first time."""
    _a_centre(walk, settled=False).close()
    walk.program.start()
    sign_in(walk.program)
    return shown(walk.program, ConductPanel, walk.qtbot)


def to_own_passphrase(walk: Walk) -> QWidget:
    """Sign in with a passphrase that somebody else gave, and accept the duty first."""
    desk = _a_centre(walk)
    people.add_user(desk, "elif", "Av. Elif K.", Role.LAWYER, PASSPHRASE)
    desk.close()
    walk.program.start()
    sign_in(walk.program, name="elif")
    conduct = shown(walk.program, ConductPanel, walk.qtbot)
    conduct.read.setChecked(True)
    conduct.do.click()
    return shown(walk.program, OwnPassphrasePanel, walk.qtbot)


def to_first_passphrase_of_the_waiting(walk: Walk) -> QWidget:
    """Sign in at an account that IT has made and nobody has let in."""
    _a_keeper(walk)
    its = access.enter(walk.path, "irem", PASSPHRASE, walk.clock)
    assert isinstance(its, KeepersDesk)
    keeping.add_account(its, "elif", "Av. Elif K.", Role.LAWYER, PASSPHRASE)
    its.close()
    walk.program.start()
    sign_in(walk.program, name="elif")
    return shown(walk.program, OwnPassphrasePanel, walk.qtbot)


def to_waiting(walk: Walk) -> QWidget:
    """Choose a passphrase at such an account."""
    own = to_first_passphrase_of_the_waiting(walk)
    assert isinstance(own, OwnPassphrasePanel)
    for edit in (own.choice.first, own.choice.again):
        edit.setText(HERS)
    own.do.click()
    return shown(walk.program, WaitingPanel, walk.qtbot)


def to_unverified(walk: Walk) -> QWidget:
    """Sign in as a coordinator whose sheets nobody has typed back."""
    _a_centre(walk, verified=False).close()
    walk.program.start()
    sign_in(walk.program)
    return shown(walk.program, UnverifiedPanel, walk.qtbot)


def three_sheets(walk: Walk) -> tuple[str, ...]:
    """Make a centre with three recovery sheets, and return what stands on them."""
    desk = _a_centre(walk, verified=False)
    made = recovery.papers(desk, recovery.begin(desk), Kind.SHARES)
    reader = Reader()
    reader.take(made.texts[0])
    typed = reader.take(made.texts[1])
    assert typed is not None
    recovery.complete(desk, made, typed)
    desk.close()
    return made.texts


def at_the_recovery(walk: Walk) -> RecoverySignInPanel:
    """Go to where sheets are typed in place of a passphrase."""
    walk.program.start()
    panel = door(walk.program)
    panel.name.setText("KURTARMA")
    panel.name.editingFinished.emit()
    return shown(walk.program, RecoverySignInPanel, walk.qtbot)


def to_rescue(walk: Walk) -> QWidget:
    """Come in by two of three recovery sheets."""
    texts = three_sheets(walk)
    sheets = at_the_recovery(walk)
    for text in texts[:2]:
        sheets.entry.edit.setText(text)
        sheets.do.click()
    return shown(walk.program, RescuePanel, walk.qtbot)


def to_restoring(walk: Walk) -> QWidget:
    """Go from the door to where a backup is restored; a passphrase is typed there too."""
    _a_centre(walk).close()
    walk.program.start()
    door(walk.program).restore_wanted.emit()
    return shown(walk.program, RestorePanel, walk.qtbot)


def to_window(walk: Walk) -> QWidget:
    """Sign in as the coordinator."""
    _a_centre(walk).close()
    walk.program.start()
    sign_in(walk.program)
    walk.qtbot.waitUntil(lambda: walk.program.window is not None, timeout=PATIENCE_MS)
    assert walk.program.window is not None
    return walk.program.window


def to_keepers_window(walk: Walk) -> QWidget:
    """Sign in as IT."""
    _a_keeper(walk)
    walk.program.start()
    sign_in(walk.program, name="irem")
    walk.qtbot.waitUntil(lambda: walk.program.keepers_window is not None, timeout=PATIENCE_MS)
    assert walk.program.keepers_window is not None
    return walk.program.keepers_window


#: How one comes to each. A page behind a passphrase to which no way leads fails the suite.
WAYS: dict[Callable[[Walk], QWidget], type[QWidget]] = {
    to_new_sheets: RecoveryPanel,
    to_conduct: ConductPanel,
    to_own_passphrase: OwnPassphrasePanel,
    to_first_passphrase_of_the_waiting: OwnPassphrasePanel,
    to_waiting: WaitingPanel,
    to_unverified: UnverifiedPanel,
    to_rescue: RescuePanel,
    to_restoring: RestorePanel,
    to_window: MainWindow,
    to_keepers_window: KeepersWindow,
}


def _a_centre(walk: Walk, *, settled: bool = True, verified: bool = True) -> Desk:
    """Make a centre, and let its coordinator have done what comes first; her desk stays open."""
    desk, code = access.create_vault(walk.path, "Örnek Merkez", "derya", PASSPHRASE, walk.clock)
    if settled:
        first_steps.accept_conduct(desk)
    desk.first_steps = frozenset()
    if verified:
        recovery.verify(desk, Typed(code, Kind.CODE))
    return desk


def _a_keeper(walk: Walk) -> None:
    desk = _a_centre(walk)
    people.add_user(desk, "irem", "İrem T.", Role.IT, PASSPHRASE)
    desk.close()
