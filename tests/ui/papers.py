"""Somebody at the steps to recovery sheets, in whatever they stand: a panel or a form."""

from pytestqt.qtbot import QtBot

from kadin_danisma.domain.recovery import Kind
from kadin_danisma.ui.dialogs.recovery import NewSheetsDialog
from kadin_danisma.ui.shell.entry import EntryWindow
from kadin_danisma.ui.shell.recovery import RecoveryPanel
from kadin_danisma.ui.widgets.recoverysteps import RecoverySteps

#: Deriving keys takes its time on a busy machine.
PATIENCE_MS = 20_000


def steps_of(where: EntryWindow | NewSheetsDialog) -> RecoverySteps:
    """Return the steps that a window or a form shows."""
    inside = where.panel if isinstance(where, EntryWindow) else where
    assert isinstance(inside, RecoveryPanel | NewSheetsDialog)
    return inside.steps


def make(where: EntryWindow | NewSheetsDialog, kind: Kind, qtbot: QtBot) -> None:
    """Choose, and have the sheets made."""
    steps = steps_of(where)
    (choice,) = [each for each in steps.kinds.buttons() if each.property("choice") == kind]
    choice.click()
    steps.choice.do.click()
    qtbot.waitUntil(lambda: steps.step is steps.paper, timeout=PATIENCE_MS)


def texts_of(where: EntryWindow | NewSheetsDialog) -> tuple[str, ...]:
    """Return what stands on the sheets."""
    papers = steps_of(where).papers
    assert papers is not None
    return papers.texts


def type_back(where: EntryWindow | NewSheetsDialog, *texts: str) -> None:
    """Type sheets from the paper, each followed by the return key."""
    steps = steps_of(where)
    if steps.step is steps.paper:
        steps.paper.do.click()
    for text in texts:
        steps.typed.edit.setText(text)
        steps.back.do.click()
