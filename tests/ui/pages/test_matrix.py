"""The page "Who may do what" says what the one table says, cell by cell."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kadin_danisma.domain import role as table
from kadin_danisma.domain.discipline import discipline_name, disciplines_of
from kadin_danisma.domain.role import Action, Role, Scope, role_name, scope_name, scope_of
from kadin_danisma.ui.pages.admin.matrix import MatrixSection
from kadin_danisma.ui.widgets.scrolled import Sideways
from kadin_danisma.ui.workplace import Workplace
from tests.ui.clipping import clipped


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> MatrixSection:
    made = MatrixSection(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    return made


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_cell_says_the_scope_of_the_table(
    page: MatrixSection, role: Role, action: Action
) -> None:
    cell = page.cells[role, action]
    assert cell.text().startswith(scope_name(scope_of(role, action)))
    assert role_name(role) in cell.accessibleName()


def test_a_cell_follows_when_the_table_changes(
    place: Workplace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {**table.ALLOWED, Role.FRONT_DESK: {Action.COUNT: Scope.CENTRE}}
    monkeypatch.setattr(table, "ALLOWED", changed)
    made = MatrixSection(place)
    qtbot.addWidget(made)
    assert made.cells[Role.FRONT_DESK, Action.COUNT].text() == scope_name(Scope.CENTRE)
    assert made.cells[Role.FRONT_DESK, Action.RECORD].text() == scope_name(Scope.NOTHING)


@pytest.mark.parametrize("role", [Role.LAWYER, Role.PSYCHOLOGIST, Role.SOCIAL_WORKER])
def test_whose_notes_a_counsellor_reads_is_named(page: MatrixSection, role: Role) -> None:
    said = page.cells[role, Action.READ_NOTES].text()
    assert all(discipline_name(each) in said for each in disciplines_of(role))


def test_nothing_is_cut_off(page: MatrixSection) -> None:
    assert clipped(page) == []


def test_where_it_is_too_wide_the_arrow_keys_show_the_rest(
    page: MatrixSection, qtbot: QtBot
) -> None:
    (area,) = page.findChildren(Sideways)
    assert area.focusPolicy() is Qt.FocusPolicy.NoFocus
    page.resize(420, 700)
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() > 0)
    assert clipped(page) == []
    assert area.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert area.verticalScrollBar().maximum() == 0
    qtbot.keyClick(area, Qt.Key.Key_Right)
    assert area.horizontalScrollBar().value() > 0
