"""Sorting a list without the mouse: one key and one menu for all lists that sort by a header."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QWidget

from kadin_danisma.i18n import _

SORT_KEY = "Ctrl+Shift+S"
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def hint() -> str:
    """Return how a list is sorted, for its header."""
    return _("Sort: click, or {key}").format(key=SORT_KEY)


def is_sortable(table: QTableView) -> bool:
    """Tell whether a list sorts by its header."""
    return table.isSortingEnabled() and not table.horizontalHeader().isHidden()


class SortKey(QShortcut):
    """The key that opens the menu of a list of a window: that with the focus, or the first.

    Its own method hears it: a function that holds the window would be held by it in turn.

    Args:
        window: The window or form.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(QKeySequence(SORT_KEY), window)
        self.activated.connect(self.sort)

    def sort(self) -> None:
        """Open the menu, where there is a list that sorts."""
        window = self.parent()
        if isinstance(window, QWidget):
            _sort_in(window)


def sort_menu(table: QTableView) -> QMenu:
    """Return the menu by which a list is sorted; the column it is sorted by turns it round.

    Args:
        table: A list that sorts by its header.
    """
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(_("Sort by"))
    menu.addAction(_("Sort by")).setEnabled(False)
    menu.addSeparator()
    header, model = table.horizontalHeader(), table.model()
    for column in range(model.columnCount()):
        if table.isColumnHidden(column):
            continue
        title = str(model.headerData(column, Qt.Orientation.Horizontal))
        is_this = header.sortIndicatorSection() == column
        up = header.sortIndicatorOrder() == _UP
        words = f"{title}   {'↑' if up else '↓'}" if is_this else title
        order = _DOWN if is_this and up else _UP
        _add(menu, words, table, column, order)
    if header.sortIndicatorSection() >= 0:
        menu.addSeparator()
        _add(menu, _("As it was"), table, -1, _UP)
    return menu


def pop_up(table: QTableView, at: QPoint | None = None) -> None:
    """Show the menu of a list, at a place of the screen or below its header."""
    corner = table.mapToGlobal(QPoint(0, table.horizontalHeader().height()))
    menu = sort_menu(table)
    menu.popup(corner if at is None else at)
    columns = (each for each in menu.actions() if each.isEnabled() and not each.isSeparator())
    menu.setActiveAction(next(columns))


def _add(menu: QMenu, words: str, table: QTableView, column: int, order: Qt.SortOrder) -> None:
    # An ampersand of a title is no key.
    action = QAction(words.replace("&", "&&"), menu)
    action.triggered.connect(lambda _checked: table.sortByColumn(column, order))
    menu.addAction(action)


def _sort_in(window: QWidget) -> None:
    focused = QApplication.focusWidget()
    lists = [
        each
        for each in window.findChildren(QTableView)
        if each.isVisible() and is_sortable(each) and each.window() is window
    ]
    chosen = next((each for each in lists if focused is not None and each is focused), None)
    if chosen or lists:
        pop_up(chosen or lists[0])
