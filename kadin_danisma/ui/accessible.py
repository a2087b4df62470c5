"""What a screen reader is told of a scroll area, whatever number of a child it asks for."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

#: The classes for which Qt has the faulty account; the headers of lists come under the second.
_FAULTY = frozenset({"QScrollArea", "QAbstractScrollArea"})


def answer_screen_readers_safely() -> None:
    """Put our own account of scroll areas before Qt's, which ends the program.

    Qt counts the scroll bars that are visible just now, and looks a child up without comparing its
    number with that count (``QAccessibleAbstractScrollArea::child``, Qt 6.11). A reader that
    counted two, and asks for the second one after the bar went, makes Qt read behind the end of
    its list. The general account of a widget counts what is there, visible or not, and compares.
    """
    QAccessible.installFactory(_account_of)


def _account_of(class_name: str, asked: QObject | None) -> QAccessibleInterface | None:
    """Return the account of a scroll area; nothing for what Qt answers well.

    Qt asks for each class of an object, from its own upwards, until it is given something: tables
    and texts, which are scroll areas as well, have been answered before it asks for these.
    """
    if class_name in _FAULTY and isinstance(asked, QWidget):
        return QAccessibleWidget(asked, QAccessible.Role.Client)
    return None
