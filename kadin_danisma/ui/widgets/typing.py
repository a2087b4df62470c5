"""What stands in the controls of a form, taken out and put back as plain text."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from kadin_danisma.domain.drafts import Typed
from kadin_danisma.ui.widgets.clientbox import ClientField
from kadin_danisma.ui.widgets.codebox import CodeBox, CodeChips


def typed_in(control: QWidget) -> Typed | None:
    """Return what stands in a control, None for a kind of control nobody types into."""
    match control:
        case CodeChips():
            return list(control.value())
        case CodeBox():
            return control.value()
        case ClientField():
            line = control.line()
            return line.id if line is not None else ""
        case QLineEdit():
            return control.text()
        case QPlainTextEdit():
            return control.toPlainText()
    return None


def forget_edits(inside: QWidget) -> None:
    """Empty the undo stacks of every field; what stands in the fields stays."""
    for text in inside.findChildren(QPlainTextEdit):
        text.document().clearUndoRedoStacks()
    for line in inside.findChildren(QLineEdit):
        # Setting a text is the only way Qt has of emptying the undo stack of a line.
        with QSignalBlocker(line):
            line.setText(line.text())


def type_into(control: QWidget, typed: Typed) -> None:
    """Put back what ``typed_in`` returned; what does not fit the control is left out."""
    match control, typed:
        case CodeChips(), list():
            control.set_value(typed)
        case CodeBox(), str():
            control.set_value(typed)
        case ClientField(), str() if typed:
            control.choose_file(typed)
        case QLineEdit(), str():
            control.setText(typed)
        case QPlainTextEdit(), str():
            control.setPlainText(typed)
