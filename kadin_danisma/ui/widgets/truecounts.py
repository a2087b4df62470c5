"""The true counts of a period, for the eyes of whoever may see them; nothing of it is exported."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from kadin_danisma.domain.dates import show_number
from kadin_danisma.domain.table import TOTAL, Table
from kadin_danisma.domain.titles import category_label, table_title
from kadin_danisma.i18n import _
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.style import LARGE, MEDIUM, SMALL, Tone
from kadin_danisma.ui.widgets.parts import clear_layout, ems, label
from kadin_danisma.ui.widgets.table import TableView


class TrueCounts(QWidget):
    """All tables of a period at the left, the chosen one at the right.

    Args:
        look: Where colours and sizes come from.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tables: Sequence[Table] = ()
        self.table: TableView[str] | None = None
        self.names = QListWidget()
        self.names.setAccessibleName(_("Tables"))
        self.names.setProperty("kind", "names")
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.names.currentRowChanged.connect(self._show)
        self._right = QVBoxLayout()
        self._right.setSpacing(SMALL)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(MEDIUM)
        outer.addWidget(_warning())
        inside = QHBoxLayout()
        inside.setSpacing(LARGE)
        inside.addWidget(self.names)
        inside.addLayout(self._right, 1)
        outer.addLayout(inside, 1)

    def show_tables(self, tables: Sequence[Table]) -> None:
        """Show the tables of another period; the chosen one stays chosen."""
        at = max(0, self.names.currentRow())
        self._tables = tables
        self.names.clear()
        self.names.addItems([table_title(table.id) for table in tables])
        self.names.setCurrentRow(min(at, len(tables) - 1))

    def clear(self) -> None:
        """Let go of the numbers."""
        self._tables = ()
        self.names.clear()
        clear_layout(self._right)
        self.table = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the numbers most of the room."""
        super().resizeEvent(event)
        self.names.setFixedWidth(min(ems(self, 40), self.width() * 3 // 10))

    def _show(self, at: int) -> None:
        clear_layout(self._right)
        self.table = None
        if not 0 <= at < len(self._tables):
            return
        table = self._tables[at]
        model: RecordModel[str] = RecordModel(_columns(table), _rows(table))
        self.table = TableView(model, self._look, table_title(table.id))
        self._right.addWidget(label(table_title(table.id), "strong"))
        self._right.addWidget(self.table, 1)
        if table.multi:
            note = _(
                "Several answers are possible, so rows may add up to more than the number of "
                "people or applications."
            )
            self._right.addWidget(label(note, "note", wrap=True))


def _warning() -> QFrame:
    banner = QFrame()
    banner.setProperty("kind", "banner")
    banner.setProperty("tone", str(Tone.DANGER))
    layout = QVBoxLayout(banner)
    layout.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
    layout.addWidget(label(_("INSIDE THE CENTRE ONLY. These numbers are not shared."), "strong"))
    layout.addWidget(
        label(
            _("Small numbers are shown here and could identify someone. Only the report may leave "
              "the centre. Viewing these numbers is logged."),
            wrap=True,
        )
    )  # fmt: skip
    return banner


def _rows(table: Table) -> list[str]:
    total = [TOTAL] if table.id != "summary" else []
    return [*table.categories[table.dims[0]], *total]


def _columns(table: Table) -> list[Column[str]]:
    """Return the label of a row, and its value for each column of the second dimension."""
    first, *rest = table.dims
    head: Column[str] = Column("", partial(category_label, first), width=26 if rest else 0)
    if not rest:
        return [head, _value_column(_("Number"), table, ())]
    keys = [*table.categories[rest[0]], TOTAL]
    return [head, *(_value_column(category_label(rest[0], key), table, (key,)) for key in keys)]


def _value_column(title: str, table: Table, behind: tuple[str, ...]) -> Column[str]:
    def number(key: str) -> int:
        return table.cells[(key, *behind)].value

    return Column(
        title,
        lambda key: show_number(number(key)),
        right=True,
        width=max(12, len(title) + 2),
        key=number,
    )
