"""Tables show records, sort in Turkish order, and open by Enter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kadin_danisma.ui.look import Look
from kadin_danisma.ui.models.table import TONE_ROLE, Column, RecordModel
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.table import TableView

Row = tuple[str, int]
COLUMNS: tuple[Column[Row], ...] = (
    Column("Ad", lambda row: row[0]),
    Column("Gün", lambda row: str(row[1]), tone=lambda _row: Tone.WARN, right=True, width=8),
    Column("Sıra", lambda row: str(row[1]), key=lambda row: row[1]),
)
ROWS: tuple[Row, ...] = (("İpek", 10), ("Çiğdem", 9), ("Işıl", 2), ("Cemile", 1))


def names(model: RecordModel[Row]) -> list[str]:
    return [row[0] for row in model.rows]


def test_cells_headers_and_tones_come_from_the_columns():
    model = RecordModel(COLUMNS, ROWS)
    assert (model.rowCount(), model.columnCount()) == (4, 3)
    assert model.data(model.index(0, 0)) == "İpek"
    assert model.data(model.index(0, 1), TONE_ROLE) is Tone.WARN
    assert model.data(model.index(0, 0), TONE_ROLE) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Gün"
    assert model.headerData(1, Qt.Orientation.Vertical) is None


def test_words_sort_by_the_turkish_alphabet():
    model = RecordModel(COLUMNS, ROWS)
    model.sort(0)
    assert names(model) == ["Cemile", "Çiğdem", "Işıl", "İpek"]


def test_numbers_sort_as_numbers():
    model = RecordModel(COLUMNS, ROWS)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["İpek", "Çiğdem", "Işıl", "Cemile"]


def test_enter_opens_the_current_record(qtbot: QtBot, look: Look):
    view: TableView[Row] = TableView(RecordModel(COLUMNS, ROWS), look, "Liste")
    qtbot.addWidget(view)
    view.selectRow(1)
    with qtbot.waitSignal(view.opened) as heard:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert heard.args == [ROWS[1]]


def test_tab_leaves_the_table(qtbot: QtBot, look: Look):
    view: TableView[Row] = TableView(RecordModel(COLUMNS, ROWS), look, "Liste")
    qtbot.addWidget(view)
    assert not view.tabKeyNavigation()
    assert view.accessibleName() == "Liste"


def test_pills_and_plain_cells_are_painted(qtbot: QtBot, look: Look):
    view: TableView[Row] = TableView(RecordModel(COLUMNS, ROWS), look, "Liste")
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    QApplication.processEvents()
    picture = view.grab().toImage()
    soft = look.theme.warn_soft.lower()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert soft in colours
