"""Tables: real headers, whole rows, states as pills, Enter opens."""

from collections.abc import Hashable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kadin_danisma.ui.look import Look
from kadin_danisma.ui.models.table import TONE_ROLE, RecordModel, identity
from kadin_danisma.ui.style import TYPE_NOTE, Tone
from kadin_danisma.ui.widgets.parts import ems, restyle
from kadin_danisma.ui.widgets.sorting import hint, is_sortable, pop_up

T = TypeVar("T")
#: The air after words in a column that fits its rows.
_AIR = 16
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UP_AND_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Up)
_RIGHT = int(Qt.AlignmentFlag.AlignRight)


class _Wordless(QStyledItemDelegate):
    """Paints the ground of a cell and none of its words."""

    def displayText(self, _value: object, _locale: object) -> str:
        """Return nothing to write."""
        return ""


class PillDelegate(QStyledItemDelegate):
    """Paints a cell that has a tone as a pill.

    Args:
        look: Where the colours come from.
        parent: The table.
    """

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._ground_only = _Wordless(self)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint plain words, or words in a pill."""
        tone = index.data(TONE_ROLE)
        words = str(index.data() or "")
        if not isinstance(tone, str) or not words:
            super().paint(painter, option, index)
            return
        self._ground(painter, option, index)
        ink, ground = self._look.theme.tone(Tone(tone))
        font = self._font(option.font)
        width = QFontMetrics(font).horizontalAdvance(words) + 24
        height = QFontMetrics(font).height() + 6
        left = option.rect.left() + 10
        if int(index.data(Qt.ItemDataRole.TextAlignmentRole)) & _RIGHT:
            left = option.rect.right() - width - 8
        top = option.rect.center().y() - height / 2 + 1
        pill = QRectF(left, top, min(width, option.rect.width() - 14), height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(ink))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Leave air after the words, and make room for the ground of a pill."""
        hint = super().sizeHint(option, index)
        return hint + (QSize(28, 6) if index.data(TONE_ROLE) else QSize(_AIR, 0))

    def _font(self, base: QFont) -> QFont:
        font = QFont(base)
        font.setPixelSize(self._look.px(TYPE_NOTE))
        font.setBold(True)
        return font

    def _ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row's own ground and hairline, without words."""
        self._ground_only.paint(painter, option, index)


class TableView(QTableView, Generic[T]):
    """A list of records.

    Args:
        model: The records and their columns.
        look: Where colours and sizes come from.
        name: What the table is called for a screen reader.
        bare: Whether it stands inside a card and needs no frame of its own.
        headless: Whether it is a short list without headers or hairlines (they still exist for
            a screen reader).
    """

    #: Emitted with the record that was opened by Enter or a double click.
    opened = Signal(object)
    #: Emitted with the record that is current now, or None.
    current_changed = Signal(object)

    def __init__(
        self,
        model: RecordModel[T],
        look: Look,
        name: str,
        *,
        bare: bool = False,
        headless: bool = False,
    ) -> None:
        super().__init__()
        self._records = model
        self.setModel(model)
        self.setAccessibleName(name)
        restyle(self, "bare", bare)
        restyle(self, "headless", headless)
        self.horizontalHeader().setVisible(not headless)
        if headless:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(PillDelegate(look, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 20)
        self._size_columns()
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self._kept: tuple[Hashable, int] | None = None
        #: In which row the last current record stood.
        self._at = 0
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        if not headless:
            self._sort_by_header()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current record; where none is, Enter or an arrow only marks one."""
        entered = event.key() in _ENTER and not event.modifiers()
        if (entered or event.key() in _UP_AND_DOWN) and self.current() is None:
            self.step(0)
        elif entered:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus, and choose nothing: Qt would make the first record current."""
        if self.current() is not None:
            super().focusInEvent(event)
            return
        chosen = self.selectionModel()
        chosen.blockSignals(True)
        super().focusInEvent(event)
        chosen.clearCurrentIndex()
        chosen.blockSignals(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to sort, by the right button of the mouse and by Shift+F10 alike."""
        if is_sortable(self):
            by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            pop_up(self, event.globalPos() if by_mouse else None)

    def current(self) -> T | None:
        """Return the current record, None where there is none."""
        index = self.currentIndex()
        return self._records.row_at(index) if index.isValid() else None

    def step(self, by: int) -> None:
        """Make the record so many rows further the current one.

        Where none is, it is the first one; or the one in whose place the last one was, so that
        whoever works through a list goes on where she was.
        """
        if count := self._records.rowCount():
            at = self._at if self.current() is None else self.currentIndex().row() + by
            self.selectRow(max(0, min(count - 1, at)))

    def clear_choice(self) -> None:
        """Let none be the current one; an arrow begins at the first again."""
        self.clearSelection()
        self.selectionModel().clearCurrentIndex()
        self._at = 0

    def choose_first(self) -> None:
        """Make the first record the current one: for lists in which nobody is acted upon."""
        if self._records.rowCount():
            self.selectRow(0)

    def choose_only(self) -> None:
        """Make the record the current one where there is but one; else somebody chooses."""
        if self._records.rowCount() == 1:
            self.selectRow(0)

    def choose_some(self) -> None:
        """Make the first record the current one where none is: after an edit one stays."""
        if self.current() is None:
            self.choose_first()

    def fit_height(self, most: int = 12) -> None:
        """Be as high as the rows need, up to so many rows."""
        rows = min(max(self._records.rowCount(), 1), most)
        line = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * line + 6)

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(ems(self, 4))
        for place, column in enumerate(self._records.columns):
            if column.width < 0:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
            elif column.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(place, ems(self, column.width) + 20)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._records.row_at(index))

    def _sort_by_header(self) -> None:
        """Sort by the header that is clicked; a third click gives back the order of before."""
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setToolTip(hint())
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_to_sort)
        self.setAccessibleDescription(hint())
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _offer_to_sort(self, at: QPoint) -> None:
        pop_up(self, self.horizontalHeader().mapToGlobal(at))

    def _keep(self) -> None:
        """Remember which record is current, and how far the list is scrolled."""
        current = self.current()
        scrolled = self.verticalScrollBar().value()
        self._kept = None if current is None else (identity(current), scrolled)

    def _restore(self) -> None:
        """Make the record current again that was, wherever it stands now."""
        if self._kept is not None:
            record, scrolled = self._kept
            for place, row in enumerate(self._records.rows):
                if identity(row) == record:
                    self.verticalScrollBar().setValue(scrolled)
                    self.selectRow(place)
                    break
        self._tell_current()

    def _tell_current(self, *_args: Any) -> None:
        self._at = max(self.currentIndex().row(), 0) if self.current() else self._at
        self.current_changed.emit(self.current())
