"""Finds words that do not fit where they stand."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

#: Pixels of grace for rounding.
GRACE = 2
#: Days, times, spans and numbers: half of one says nothing, or something else.
_FIGURES = re.compile(r"[\d./:,%]+(?: (?:· )?(?:[\d.:]+|min|dk|h \d+ min|sa \d+ dk|days|gün))?")
#: The air that a table asks for behind its words, and can do without.
_AIR = 16


def clipped(window: QWidget) -> list[str]:
    """Return the words of every visible label, button and field that are cut off."""
    for _turn in range(4):
        QApplication.processEvents()
    found = []
    for part in window.findChildren(QWidget):
        if not part.isVisible():
            continue
        if isinstance(part, QLabel):
            found += _label(part)
        elif isinstance(part, QAbstractButton) and part.text():
            found += _too_small(part, part.text())
        elif isinstance(part, QLineEdit):
            found += _line(part)
        elif isinstance(part, QScrollArea):
            found += _beyond(part)
        elif isinstance(part, QTableView):
            found += _cells(part)
    return found


def _cells(part: QTableView) -> list[str]:
    model = part.model()
    cells = [
        model.index(row, place)
        for row in range(min(model.rowCount(), 20))
        for place in range(model.columnCount())
    ]
    return [
        f"cell {words!r}: {part.columnWidth(cell.column())} wide"
        for cell in cells
        if not part.isColumnHidden(cell.column())
        and _FIGURES.fullmatch(words := str(cell.data() or ""))
        # No grace: a pixel too few costs three figures.
        and part.sizeHintForIndex(cell).width() - _AIR > part.columnWidth(cell.column())
    ]


def _beyond(part: QScrollArea) -> list[str]:
    """Tell of what stands beyond the edge of a part that scrolls up and down only."""
    inside, room = part.widget(), part.viewport().width()
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if inside is None or part.horizontalScrollBarPolicy() is not off:
        return []
    return [f"{inside.width()} wide where {room} are seen"] if inside.width() > room else []


def _label(part: QLabel) -> list[str]:
    if not part.text().strip():
        return []
    if not part.wordWrap():
        return _too_small(part, part.text())
    widest = max(map(part.fontMetrics().horizontalAdvance, part.text().split()))
    if part.width() + GRACE < widest:
        return [f"{part.text()!r}: {part.width()} wide, a word needs {widest}"]
    if part.height() + GRACE < part.heightForWidth(part.width()):
        return [
            f"{part.text()!r}: {part.height()} high, {part.heightForWidth(part.width())} needed"
        ]
    return []


def _too_small(part: QWidget, words: str) -> list[str]:
    hint = part.minimumSizeHint() if isinstance(part, QLabel) else part.sizeHint()
    if part.width() + GRACE < hint.width() or part.height() + GRACE < hint.height():
        size = f"{part.width()}x{part.height()}"
        return [f"{words!r}: {size}, {hint.width()}x{hint.height()} needed"]
    return []


def _line(part: QLineEdit) -> list[str]:
    if part.height() + GRACE < part.sizeHint().height():
        return [f"field {part.accessibleName()!r}: only {part.height()} high"]
    words = part.text()
    if words == part.toolTip():
        return []
    if words and part.cursorPosition() == 0 and not part.hasFocus():
        room = part.width() - 24
        if part.fontMetrics().horizontalAdvance(words) > room + GRACE:
            return [f"field {part.accessibleName()!r}: {words!r} needs more than {room}"]
    return []
