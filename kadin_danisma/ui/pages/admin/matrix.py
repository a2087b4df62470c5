"""Who may do what: the table of roles, actions and scopes as a page one can read and print."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from kadin_danisma.domain.discipline import discipline_name, disciplines_of
from kadin_danisma.domain.role import (
    Action,
    Role,
    Scope,
    action_name,
    role_name,
    scope_name,
    scope_of,
)
from kadin_danisma.i18n import _
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.style import MEDIUM, SMALL
from kadin_danisma.ui.widgets.parts import Card, label
from kadin_danisma.ui.widgets.scrolled import Sideways
from kadin_danisma.ui.workplace import Workplace

#: How much of the width the words of the actions take, against one role.
_ACTIONS_WIDE = 4
_ROLE_WIDE = 2


class MatrixSection(Section):
    """Roles side by side, actions below each other, and in the cells how far they reach.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Who may do what"))
        #: The words of each cell.
        self.cells: dict[tuple[Role, Action], QLabel] = {}
        words = _(
            "The program checks this table before every action. Session notes are encrypted "
            "besides: without the key of the discipline nobody can read them."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        card = Card()
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(0, _ACTIONS_WIDE)
        self.body.addWidget(card)
        self._head()
        for action in Action:
            self._line(action)
        card.body.addWidget(Sideways(inside, self.title))
        self.body.addStretch(1)

    def _head(self) -> None:
        for column, role in enumerate(Role, start=1):
            self._grid.setColumnStretch(column, _ROLE_WIDE)
            self._grid.addWidget(label(role_name(role), "strong", wrap=True), 0, column)

    def _line(self, action: Action) -> None:
        at = self._grid.rowCount()
        hairline = QFrame()
        hairline.setProperty("kind", "rule")
        self._grid.addWidget(hairline, at, 0, 1, len(Role) + 1)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label(action_name(action), wrap=True), at + 1, 0, top)
        for column, role in enumerate(Role, start=1):
            cell = _cell(role, action)
            self.cells[role, action] = cell
            self._grid.addWidget(cell, at + 1, column, top)


def _cell(role: Role, action: Action) -> QLabel:
    scope = scope_of(role, action)
    words = scope_name(scope)
    if scope is Scope.OWN_NOTES:
        words = "\n".join([words, *(discipline_name(each) for each in disciplines_of(role))])
    made = label(words, "muted" if scope is Scope.NOTHING else "body", wrap=True)
    made.setAccessibleName(f"{role_name(role)}, {action_name(action)}: {words}")
    return made
