"""Fields with their label above and their error, as a sentence, below."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from kadin_danisma.domain.dates import show_date, show_long_date, show_time
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import TINY
from kadin_danisma.ui.typed import read_day, read_time
from kadin_danisma.ui.widgets.parts import ems, keep_unlearned, label, restyle, row

if TYPE_CHECKING:
    from kadin_danisma.domain.checks import Problem

#: No number of a record or of a log has more figures.
MOST_FIGURES = 12


class Field(QWidget):
    """A control, what it is called, and what is wrong with it.

    Args:
        name: The words above the control; also its name for a screen reader.
        control: What is typed into.
        hint: Small words below, where the name is not enough.
        beside: What stands at the right of the name; Tab comes there before the control.
    """

    def __init__(
        self, name: str, control: QWidget, hint: str = "", beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        above = label(name, "label")
        above.setBuddy(control)
        control.setAccessibleName(name)
        if isinstance(control, QLineEdit | QPlainTextEdit):
            keep_unlearned(control)
        control.setAccessibleDescription(hint)
        self._below = label(hint, "note", wrap=True)
        self._below.setVisible(bool(hint))
        layout.addLayout(row(above, 1, beside) if beside is not None else row(above))
        grows = isinstance(control, QPlainTextEdit)
        layout.addWidget(control, int(grows))
        layout.addWidget(self._below)
        upright = QSizePolicy.Policy.MinimumExpanding if grows else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)

    @property
    def error(self) -> str:
        """Return the sentence of the error shown, empty where there is none."""
        return self._below.text() if self._below.property("role") == "error" else ""

    def set_error(self, sentence: str) -> None:
        """Show what is wrong; an empty sentence takes it away."""
        self._below.setText(sentence or self._hint)
        self._below.setVisible(bool(sentence or self._hint))
        restyle(self._below, "role", "error" if sentence else "note")
        restyle(self.control, "wrong", bool(sentence))
        self.control.setAccessibleDescription(sentence or self._hint)

    def set_hint(self, hint: str) -> None:
        """Show other small words below."""
        self._hint = hint
        if not self.error:
            self._below.setText(hint)
            self._below.setVisible(bool(hint))
            self.control.setAccessibleDescription(hint)


def show_problems(fields: Mapping[str, Field], problems: Iterable["Problem"]) -> list[str]:
    """Show each problem at its field and put the cursor into the first of them.

    Args:
        fields: The fields of a form by the record's field names.
        problems: What ``domain.checks`` found.

    Returns:
        The sentences for which the form has no field.
    """
    for field in fields.values():
        field.set_error("")
    elsewhere = []
    first = True
    for problem in problems:
        field_of = fields.get(problem.field)
        if field_of is None:
            elsewhere.append(problem.reason)
            continue
        field_of.set_error(problem.reason)
        if first:
            field_of.control.setFocus()
            first = False
    return elsewhere


class TextEdit(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, text: str = "", lines: int = 4) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlainText(text)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def sizeHint(self) -> QSize:
        """Ask for the height of its lines."""
        width = super().sizeHint().width()
        return QSize(width, self.fontMetrics().lineSpacing() * self._lines + 24)

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than its lines."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())


class DateEdit(QLineEdit):
    """A day, typed the way people type it: ``22.11.2026``, ``22.11``, ``bugün``, ``dün``.

    Args:
        today: The present day.
        value: The day it starts with.
        optional: Whether it may stay empty.
    """

    def __init__(self, today: date, value: date | None = None, *, optional: bool = False) -> None:
        super().__init__()
        keep_unlearned(self)
        self._today = today
        self._optional = optional
        self.setPlaceholderText(_("22/11/2026, 22/11, today, yesterday"))
        self.setMinimumWidth(ems(self, 16))
        self.set_value(value)
        self.editingFinished.connect(self._settle)

    def value(self) -> date | None:
        """Return the day, None where it is empty or cannot be read."""
        return read_day(self.text(), self._today)

    def set_value(self, day: date | None) -> None:
        """Show a day."""
        self.setText(show_date(day) if day else "")
        self.setToolTip(show_long_date(day) if day else "")

    def problem(self) -> str:
        """Return why what is typed cannot be used, empty where it can."""
        if not self.text().strip():
            return "" if self._optional else _("Please type a day.")
        if self.value() is None:
            return _("This day could not be read. Type it as 22/11/2026 or 22/11.")
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys go a day back and forth."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        day = self.value()
        if step is None or day is None:
            super().keyPressEvent(event)
            return
        self.set_value(date.fromordinal(day.toordinal() + step))

    def _settle(self) -> None:
        day = self.value()
        if day is not None:
            self.set_value(day)


class TimeEdit(QLineEdit):
    """A time of day, typed as ``9.30``, ``9:30``, ``0930`` or ``9``.

    Args:
        value: The time it starts with.
        optional: Whether it may stay empty.
    """

    def __init__(self, value: time | None = None, *, optional: bool = True) -> None:
        super().__init__()
        self._optional = optional
        self.setPlaceholderText(_("9:30"))
        self.setMinimumWidth(ems(self, 8))
        self.set_value(value)
        self.editingFinished.connect(self._settle)

    def value(self) -> time | None:
        """Return the time, None where it is empty or cannot be read."""
        return read_time(self.text())

    def set_value(self, moment: time | None) -> None:
        """Show a time."""
        self.setText(show_time(moment) if moment else "")

    def problem(self) -> str:
        """Return why what is typed cannot be used, empty where it can."""
        if not self.text().strip():
            return "" if self._optional else _("Please type a time.")
        if self.value() is None:
            return _("This time could not be read. Type it as 9:30 or 0930.")
        return ""

    def _settle(self) -> None:
        moment = self.value()
        if moment is not None:
            self.set_value(moment)


class NumberEdit(QLineEdit):
    """A whole number.

    Args:
        value: The number it starts with.
        letters: Its width in figures.
    """

    def __init__(self, value: int | None = None, letters: int = 8) -> None:
        super().__init__()
        self.setMinimumWidth(ems(self, letters))
        self.setText("" if value is None else str(value))

    def value(self) -> int | None:
        """Return the number, None where it is empty or not one."""
        text = self.text().strip()
        readable = text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES
        return int(text) if readable else None

    def problem(self) -> str:
        """Return why what is typed cannot be used, empty where it can."""
        if self.text().strip() and self.value() is None:
            return _("Please type a whole number.")
        return ""


class PassphraseEdit(QLineEdit):
    """A hidden passphrase."""

    #: Emitted with whether capital letters are likely locked.
    caps_lock = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.set_shown(False)

    def set_shown(self, shown: bool) -> None:
        """Show or hide what is typed."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        # Qt takes the hints back with every change of the mode; shown or not, nobody may learn it.
        hint = Qt.InputMethodHint
        self.setInputMethodHints(
            hint.ImhSensitiveData | hint.ImhHiddenText | hint.ImhNoPredictiveText
            | hint.ImhNoAutoUppercase
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell from a letter and the shift key whether capitals are locked."""
        typed = event.text()
        if typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(typed.isupper() != shift)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide what is typed when the person turns to something else."""
        self.set_shown(False)
        super().focusOutEvent(event)
