"""What keys do everywhere: Tab goes in the order of reading, Enter presses the button one is on."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from kadin_danisma.ui.style import SMALL

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PushButton(QPushButton):
    """A button that Enter presses, as Space does, while the focus is on it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it; a key that is held down presses once."""
        if event.key() not in ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def tells_of_enter(part: QWidget | None) -> bool:
    """Tell whether a field says by itself that Enter was pressed in it: a line to type into."""
    return isinstance(part, QLineEdit) and not part.isReadOnly()


class ReadingOrder:
    """A window in which Tab goes where the eye goes, whatever was added to it since.

    Mixed in before the class of Qt.
    """

    def focusNextPrevChild(self, forward: bool, /) -> bool:
        """Put the parts in the order they are laid out in, and go on to the next one.

        The chain of Qt is put in order for whoever reads it, but not followed: a part that hands
        its focus to one inside it stands in the chain by itself, and Tab would jump there.
        """
        assert isinstance(self, QWidget)
        follow_layout(self)
        here = self.focusWidget()
        stops = [part for part in in_reading_order(self) if part is here or _is_stop(part)]
        if here not in stops:
            return bool(super().focusNextPrevChild(forward))  # type: ignore[misc]
        step = 1 if forward else -1
        there = stops[(stops.index(here) + step) % len(stops)]
        there.setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        _show_whole(there)
        return True


def _show_whole(part: QWidget) -> None:
    """Scroll until a field is seen with its frame; Qt itself looks at its cursor alone."""
    above = part.parentWidget()
    while above is not None and not part.isWindow():
        if isinstance(above, QScrollArea) and (inside := above.widget()) is not None:
            place = QRect(part.mapTo(inside, QPoint()), part.size())
            seen = QRect(-inside.pos(), above.viewport().size())
            if place.height() <= seen.height() and not seen.contains(place):
                middle = place.center()
                above.ensureVisible(middle.x(), middle.y(), 0, place.height() // 2 + SMALL)
        above = above.parentWidget()


def _is_stop(part: QWidget) -> bool:
    """Tell whether Tab stops at a part now."""
    takes_tab = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and part.isVisible() and part.isEnabled() and part.focusProxy() is None


def first_field(part: QWidget) -> QWidget | None:
    """Return the first field, choice or list of a form, None where it has none."""
    return next(
        (each for each in in_reading_order(part) if _is_stop(each) and _is_field(each)), None
    )


def _is_field(part: QWidget) -> bool:
    if isinstance(part, QAbstractButton):
        return part.isCheckable()
    if isinstance(part, QLineEdit | QPlainTextEdit):
        return not part.isReadOnly()
    return isinstance(part, QComboBox | QAbstractItemView)


def follow_layout(window: QWidget) -> None:
    """Let Tab go through a window in the order of its layouts."""
    for one, other in pairwise(in_reading_order(window)):
        QWidget.setTabOrder(one, other)


def in_reading_order(part: QWidget) -> Iterator[QWidget]:
    """Yield everything in a window that Tab goes to, in the order it is laid out in."""
    # A page that has the focus itself is where Tab begins.
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus or part.hasFocus():
        yield part
    if isinstance(part, QScrollArea):
        inside = part.widget()
        yield from in_reading_order(inside) if inside is not None else ()
        return
    if isinstance(part, QAbstractScrollArea | QLineEdit):
        return
    first: list[QWidget] = []
    if isinstance(part, QMainWindow):
        first = [middle] if (middle := part.centralWidget()) is not None else []
    elif (layout := part.layout()) is not None:
        first = list(_laid_out(layout))
    for child in first:
        yield from in_reading_order(child)
    # What floats above the layout (a line at the foot of the window) comes last.
    for child in part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child not in first and not child.isWindow():
            yield from in_reading_order(child)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)
