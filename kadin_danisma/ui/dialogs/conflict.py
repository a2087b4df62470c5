"""Two people corrected one record: both values side by side, nothing lost."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.field_names import field_name, shown_value
from kadin_danisma.ui.merging import Difference
from kadin_danisma.ui.style import LARGE, SMALL
from kadin_danisma.ui.widgets.parts import focus_checked, label

_LONGEST = 60


class ConflictDialog(FormDialog):
    """Lets the person choose, field by field, between what she typed and what stands now.

    Args:
        parent: The form that could not be saved.
        found: The fields that differ.
    """

    #: Emitted with ``{field: value}`` of every field that was shown.
    chosen = Signal(object)

    def __init__(self, parent: QWidget, found: Sequence[Difference]) -> None:
        super().__init__(parent, _("Somebody else changed this record"), _("Save this choice"))
        self._found = tuple(found)
        self.groups: dict[str, QButtonGroup] = {}
        self.body.addWidget(
            label(
                _(
                    "While you were writing, the same record was corrected elsewhere. Nothing is "
                    "lost: choose which value to keep. The other value stays in the history."
                ),
                "muted",
                wrap=True,
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(SMALL)
        for column, words in enumerate((_("Field"), _("You wrote"), _("Current value"))):
            grid.addWidget(label(words, "label"), 0, column)
            grid.setColumnStretch(column, 1 if column else 0)
        for line, difference in enumerate(self._found, start=1):
            self._add(grid, line, difference)
        self.body.addLayout(grid)
        for group in reversed(self.groups.values()):
            focus_checked(group)

    def save(self) -> bool:
        """Tell what was chosen."""
        values: dict[str, Any] = {}
        for difference in self._found:
            mine = self.groups[difference.field].button(0).isChecked()
            values[difference.field] = difference.mine if mine else difference.theirs
        self.chosen.emit(values)
        return True

    def _add(self, grid: QGridLayout, line: int, difference: Difference) -> None:
        name = field_name(difference.field)
        grid.addWidget(label(name), line, 0)
        group = QButtonGroup(self)
        for column, value in enumerate((difference.mine, difference.theirs)):
            words = shown_value(difference.field, value)
            short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
            choice = QRadioButton(short)
            choice.setAccessibleName(f"{name}: {words}")
            choice.setToolTip(words)
            choice.setChecked(difference.mine_is_newer == (column == 0))
            group.addButton(choice, column)
            grid.addWidget(choice, line, column + 1)
        self.groups[difference.field] = group
