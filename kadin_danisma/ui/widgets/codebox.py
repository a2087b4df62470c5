"""Choosing codes by typing a few letters: one (CodeBox) or several (CodeChips)."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPushButton, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui.style import TINY
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button, ems, keep_unlearned, restyle
from kadin_danisma.ui.widgets.suggestions import Choice, Suggestions, matching

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}
#: Tells how often each key was used lately, once somebody types.
Uses = Callable[[], Mapping[str, int]]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Typing(QLineEdit):
    """A line that offers choices for the letters typed into it.

    Enter and Tab take what is marked, and nothing is marked that nobody can see. Where the letters
    do not decide (``is_decided``), or nothing on the list fits them, they take nothing and stay,
    until she moves to one or types on.
    """

    #: Emitted with the key that was taken from the list.
    taken = Signal(str)

    def __init__(self, choices: Sequence[Choice], uses: Uses = dict) -> None:
        super().__init__()
        keep_unlearned(self)
        self.choices = list(choices)
        self._uses = uses
        self.list = Suggestions(self)
        self.list.picked.connect(self._take)
        self.textEdited.connect(self._offer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the mark, Enter takes it, Escape closes the list; the rest is typing."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            if self.list.isVisible():
                self.list.move_mark(_STEPS[key])
            else:
                self.open()
        elif key in _ENTER and not event.modifiers() and self.list.isVisible():
            self._take(self.list.marked())
        elif key is Qt.Key.Key_Escape and self.list.isVisible():
            self.list.hide()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the marked choice when Tab leaves the field with the list open; else stay in it."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self.list.isVisible()
            and self.text()
        ):
            if not self.list.marked():
                event.accept()
                return True
            self._take(self.list.marked())
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list with the field."""
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.list.hide()
        super().focusOutEvent(event)

    def open(self) -> None:
        """Show all choices."""
        self._show(self.offered(""), self.chosen())

    def offered(self, typed: str) -> Sequence[Choice]:
        """Return what is offered for some letters."""
        return matching(self.choices, typed, self._uses() if typed else None)

    def is_decided(self, _offered: Sequence[Choice]) -> bool:
        """Tell whether the first of these is what is meant, as far as letters can say."""
        return True

    def hint(self, offered: Sequence[Choice]) -> str:
        """Return words to stand above what is offered; usually none."""
        return "" if offered else _("Nothing on the list fits: type something else, or delete it.")

    def unfinished(self) -> str:
        """Return the letters that were typed and made no choice; usually none."""
        return ""

    def finish(self) -> bool:
        """Take what is marked, as Tab does; tell whether no letters are left over."""
        if self.unfinished():
            self._take(self.list.marked())
        return not self.unfinished()

    def chosen(self) -> str:
        """Return the key that is marked when the list opens."""
        return ""

    def _offer(self, typed: str) -> None:
        self._show(self.offered(typed))

    def _show(self, offered: Sequence[Choice], chosen: str = "") -> None:
        decided, hint = self.is_decided(offered), self.hint(offered)
        self.list.offer(offered, chosen, decided=decided, hint=hint)

    def _take(self, key: str) -> None:
        if key:
            self.list.hide()
            self.taken.emit(key)


class CodeBox(Typing):
    """Choose one code by typing its first letters; Down shows them all.

    Args:
        choices: The codes in their order.
        value: The key it starts with.
        uses: Tells how often each key was used lately.
    """

    #: Emitted with the key that was chosen.
    chosen_changed = Signal(str)

    def __init__(self, choices: Sequence[Choice], value: str = "", uses: Uses = dict) -> None:
        super().__init__(choices, uses)
        self._value = ""
        self.setMinimumWidth(ems(self, 16))
        self.taken.connect(self._choose)
        self.set_value(value)

    def value(self) -> str:
        """Return the key chosen, empty where none is."""
        return self._value

    def set_value(self, key: str) -> None:
        """Choose a key without saying so."""
        self._value = key
        self.setText(self._shown())
        self.setToolTip(self.text())
        self.setCursorPosition(0)

    def unfinished(self) -> str:
        """Return the letters that stand in place of the code chosen."""
        typed = self.text().strip()
        return "" if self.text() == self._shown() else typed

    def set_choices(self, choices: Sequence[Choice], value: str = "") -> None:
        """Offer other codes."""
        self.choices = list(choices)
        self.set_value(value)

    def chosen(self) -> str:
        """Return the key that is marked when the list opens."""
        return self._value

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the words, so that typing replaces them."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the one choice that is shown for what was typed, else show the code as it was."""
        only = self.list.only() if self.text().strip() else ""
        super().focusOutEvent(event)
        if only and only != self._value:
            self._choose(only)
        elif not (self.unfinished() and _is_pressed_now()):
            self.set_value(self._value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show all choices on a click."""
        super().mousePressEvent(event)
        self.selectAll()
        self.open()

    def _shown(self) -> str:
        return next((code.label for code in self.choices if code.key == self._value), "")

    def _choose(self, key: str) -> None:
        self.set_value(key)
        self.selectAll()
        self.chosen_changed.emit(key)


class _ChipTyping(Typing):
    """The typing place among the chips; what is chosen already is not offered again."""

    #: Emitted when Backspace is pressed with nothing typed.
    erased = Signal()

    def __init__(self, choices: Sequence[Choice], uses: Uses) -> None:
        super().__init__(choices, uses)
        self.left_out: set[str] = set()

    def offered(self, typed: str) -> Sequence[Choice]:
        """Return what is offered for some letters, without what is chosen."""
        return [code for code in super().offered(typed) if code.key not in self.left_out]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace on nothing takes the last chip away."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.erased.emit()
            return
        super().keyPressEvent(event)

    def unfinished(self) -> str:
        """Return the letters that stand beside the chips."""
        return self.text().strip()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the one choice that is shown for the letters; else they stay, to be seen."""
        only = self.list.only() if self.unfinished() else ""
        super().focusOutEvent(event)
        self._take(only)


class CodeChips(QFrame):
    """Choose several codes: type letters, Enter adds; Backspace or a click takes one away.

    Args:
        choices: The codes in their order.
        value: The keys it starts with.
        uses: Tells how often each key was used lately.
    """

    #: Emitted with the keys chosen, a tuple.
    chosen_changed = Signal(object)

    def __init__(
        self, choices: Sequence[Choice], value: Sequence[str] = (), uses: Uses = dict
    ) -> None:
        super().__init__()
        self.setProperty("kind", "chips")
        self._labels = {code.key: code.label for code in choices}
        self._chips: dict[str, QPushButton] = {}
        self.typing = _ChipTyping(choices, uses)
        self.typing.setPlaceholderText(_("Type a few letters"))
        self.typing.setMinimumWidth(ems(self.typing, 18))
        self.typing.taken.connect(self._add)
        self.typing.erased.connect(self._erase)
        self.typing.installEventFilter(self)
        self.setFocusProxy(self.typing)
        self._flow = FlowLayout(self, spacing=TINY)
        self._flow.setContentsMargins(TINY + 2, TINY, TINY + 2, TINY)
        self._flow.addWidget(self.typing)
        self.set_value(value)

    def value(self) -> tuple[str, ...]:
        """Return the keys chosen, in the order of choosing."""
        return tuple(self._chips)

    def set_value(self, keys: Sequence[str]) -> None:
        """Choose these keys without saying so."""
        for key in tuple(self._chips):
            self._drop(key)
        for key in keys:
            self._put(key)

    def setAccessibleName(self, name: str) -> None:
        """Name the typing place too: it is what gets the focus."""
        super().setAccessibleName(name)
        self.typing.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the typing place too: it is what gets the focus."""
        super().setAccessibleDescription(description)
        self.typing.setAccessibleDescription(description)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Show the focus of the typing place on the whole frame."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, "active", event.type() is QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show all choices on a click into the frame."""
        super().mousePressEvent(event)
        self.typing.setFocus()
        self.typing.open()

    def _put(self, key: str) -> None:
        if key in self._chips:
            return
        words = self._labels.get(key, key)
        chip = button(f"{words}  ×", lambda: self._remove(key), kind="chip")
        chip.setAccessibleName(_("Remove: {name}").format(name=words))
        chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._chips[key] = chip
        self._flow.insert(self._flow.count() - 1, chip)
        chip.show()
        self.typing.left_out.add(key)
        self._spread()

    def _drop(self, key: str) -> None:
        chip = self._chips.pop(key)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.typing.left_out.discard(key)
        self._spread()

    def _spread(self) -> None:
        self.typing.setPlaceholderText("" if self._chips else _("Type a few letters"))
        self.updateGeometry()

    def _add(self, key: str) -> None:
        self.typing.clear()
        self._put(key)
        self.chosen_changed.emit(self.value())

    def _remove(self, key: str) -> None:
        self._drop(key)
        self.typing.setFocus()
        self.chosen_changed.emit(self.value())

    def _erase(self) -> None:
        if self._chips:
            self._remove(next(reversed(self._chips)))


def _is_pressed_now() -> bool:
    """Tell whether a field was left for the deed of the form: letters stay to be asked about."""
    pressed = QApplication.focusWidget()
    return isinstance(pressed, QPushButton) and pressed.property("kind") == "primary"


def left_unfinished(inside: QWidget) -> Typing | None:
    """Return the first shown field with letters that make no choice, once each took what is marked.

    Args:
        inside: The form.
    """
    shown = (each for each in inside.findChildren(Typing) if each.isVisible() and each.isEnabled())
    return next((each for each in shown if not each.finish()), None)
