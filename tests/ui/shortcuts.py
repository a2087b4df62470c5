"""Which keys do nothing: two shortcuts want them, or a field keeps them from their button.

And in which order Tab goes from field to field.
"""

import gc
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from kadin_danisma.i18n import _
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.shell.inputs import LOCK_KEY
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.answer import AnswerPanel
from kadin_danisma.ui.widgets.childrow import ChildRow
from kadin_danisma.ui.widgets.codebox import Typing
from kadin_danisma.ui.widgets.focus import ReadingOrder, in_reading_order
from kadin_danisma.ui.widgets.letout import LetOut

_Context = Qt.ShortcutContext
#: How the key of the lock is shown.
_LOCK = QKeySequence(LOCK_KEY).toString()
#: Forms inside a page: what is shown there is meant there. Everything else is heard everywhere.
_INNER = (LetOut, AnswerPanel, ChildRow)
#: What stands between the words of a button and its key.
_GAP = "   "
#: Pixels by which two fields of one line may stand apart.
_LINE = 6
#: A key, the widget it belongs to, and from where it is heard.
Binding = tuple[str, QWidget, Qt.ShortcutContext]


def bindings(window: QWidget) -> list[Binding]:
    """Return every key that can be pressed in a window now."""
    return [
        (keys, part, context)
        for part in _all_widgets()
        if part.isVisible() and part.isEnabled()
        for keys, context in _keys(part)
        # A sequence of Qt's own without a name is no key that can be pressed.
        if keys and (part.window() is window or context is _Context.ApplicationShortcut)
    ]


def _all_widgets() -> list[QWidget]:
    """Return every widget; none that nobody holds any more goes while they are listed.

    Qt lists them by their places in memory, and while PySide makes Python of these, a collection
    may delete a widget of a closed form that the list still names.
    """
    gc.disable()
    try:
        return QApplication.allWidgets()
    finally:
        gc.enable()


def clashes(window: QWidget) -> list[str]:
    """Return the keys of a window that two live shortcuts want at the same place."""
    wanted: dict[str, list[Binding]] = defaultdict(list)
    for binding in bindings(window):
        wanted[binding[0]].append(binding)
    return [
        f"{keys}: {type(one[1]).__name__} and {type(other[1]).__name__}"
        for keys, those in wanted.items()
        for one, other in combinations(those, 2)
        if _meet(one, other)
    ]


def _keys(part: QWidget) -> list[tuple[str, Qt.ShortcutContext]]:
    found = [
        (keys.toString(), made.context())
        for made in part.children()
        if isinstance(made, QShortcut) and made.isEnabled()
        for keys in QShortcut.keys(made)
    ]
    found += [
        (keys.toString(), action.shortcutContext())
        for action in part.actions()
        if action.isEnabled()
        for keys in action.shortcuts()
    ]
    if isinstance(part, QAbstractButton) and part.shortcut() != QKeySequence():
        found.append((part.shortcut().toString(), _Context.WindowShortcut))
    return found


def _meet(one: Binding, other: Binding) -> bool:
    """Tell whether there is a place from which both are heard."""
    return _covers(one, other) or _covers(other, one)


def _covers(outer: Binding, inner: Binding) -> bool:
    """Tell whether the first is heard wherever the second belongs."""
    _keys, part, context = outer
    if context in (_Context.WindowShortcut, _Context.ApplicationShortcut):
        return True
    within = inner[1] is part or part.isAncestorOf(inner[1])
    return within if context is _Context.WidgetWithChildrenShortcut else inner[1] is part


def keys_shown(window: QWidget) -> list[tuple[QAbstractButton, str]]:
    """Return the buttons of a window that show a key, with the key."""
    return [
        (part, part.text().rpartition(_GAP)[2])
        for part in window.findChildren(QAbstractButton)
        if part.isVisible()
        and part.isEnabled()
        and _GAP in part.text().strip()
        # The key of the lock is heard by the guard of the program, and has tests of its own.
        and not part.text().endswith(_LOCK)
    ]


def dead_keys(window: QWidget) -> list[str]:
    """Press every key that a window shows, from every field: return those that do nothing.

    The window does nothing any more afterwards: what its buttons did is taken from them.
    """
    pressed: list[str] = []
    if isinstance(window, QDialog):
        window.reject = lambda: pressed.append("Esc")  # type: ignore[method-assign]
    if isinstance(window, MainWindow):
        # Keys of the whole window, which do what the buttons do.
        window.new_application = lambda *_args: pressed.append("F2")  # type: ignore[method-assign]
        window.go_back = lambda: pressed.append("Esc")  # type: ignore[method-assign]
    shown = keys_shown(window)
    for part, key in shown:
        part.clicked.disconnect()
        part.clicked.connect(lambda _checked=False, key=key: pressed.append(key))
    dead = []
    for part, key in shown:
        for field in fields(_form_of(part, window)):
            if key in (_("Enter"), "Enter") and isinstance(field, QPushButton):
                continue  # There it presses the button one is on.
            for line in window.findChildren(QLineEdit):
                # From one empty line to the next Enter only goes on.
                line.setText(line.text() or "x")
            if not window.isActiveWindow():
                # Without a window manager nobody hands the keys back to a window.
                window.activateWindow()
                QTest.qWaitForWindowActive(window)
            field.setFocus()
            pressed.clear()
            _press(field, key)
            if pressed != [key]:
                dead.append(f"{key} ({part.accessibleName()}) from {_name(field)}: {pressed}")
    return dead


def fields(form: QWidget) -> list[QWidget]:
    """Return everything in a form to which Tab goes."""
    return [part for part in (form, *form.findChildren(QWidget)) if _takes_tab(part)]


def tab_order(window: QWidget) -> list[QWidget]:
    """Return where Tab goes in a window, beginning where its chain of focus begins."""
    return [part for part in _chain(window) if _takes_tab(part)]


def out_of_order(window: QWidget) -> list[str]:
    """Return the steps of Tab that go back: up in one column, or left in one line."""
    if isinstance(window, ReadingOrder):
        window.focusNextPrevChild(True)
    order = [(part, _place(part, window)) for part in tab_order(window)]
    # The chain is a ring; it begins where the layout does.
    places = {part: at for at, (part, _rect) in enumerate(order)}
    first = next((places[part] for part in in_reading_order(window) if part in places), 0)
    order = order[first:] + order[:first]
    return [
        f"{_name(one)} -> {_name(other)}"
        for (one, before), (other, after) in pairwise(order)
        if _goes_back(*_seen_alike(one, before, other, after)) and not one.isAncestorOf(other)
    ]


def misplaced_focus(form: QWidget) -> list[str]:
    """Return where a form that was just opened begins, unless that is where one writes first.

    What stands in a field already need not be typed: the first field without anything counts too.
    """
    begins = form.focusWidget()
    stops = [part for part in in_reading_order(form) if _takes_tab(part)]
    inputs = [part for part in stops if _is_input(part)]
    if not inputs:
        return []
    if begins is None or begins not in stops:
        return ["begins nowhere"]
    at = stops.index(begins)
    passed = [part for part in stops[:at] if part in inputs]
    if begins not in inputs and (passed or _is_answer(begins, form)):
        return [f"begins on {_name(begins)}"]
    return [f"passes over {_name(part)}" for part in passed if not _is_filled(part)]


def _is_answer(part: QWidget, form: QWidget) -> bool:
    """Tell whether a button is one of those that leave a form, or of its head."""
    inside = getattr(form, "_inside", None)
    return inside is not None and not inside.isAncestorOf(part)


def _is_input(part: QWidget) -> bool:
    if isinstance(part, QAbstractButton):
        return part.isCheckable()
    if isinstance(part, QLineEdit | QPlainTextEdit):
        return not part.isReadOnly()
    return isinstance(part, QComboBox | QAbstractItemView)


def _is_filled(part: QWidget) -> bool:
    if isinstance(part, QLineEdit):
        return bool(part.text())
    if isinstance(part, QPlainTextEdit):
        return bool(part.toPlainText())
    return False


def forgets(form: FormDialog) -> list[str]:
    """Type into every field of a form that is kept; return those of which nothing was kept."""
    kept = form.kept
    if kept is None:
        return []
    lines = [part for part in form.findChildren(QWidget) if _takes_words(part)]
    typed = {part: f"yazılan {at}" for at, part in enumerate(lines)}
    for part, words in typed.items():
        if isinstance(part, QLineEdit):
            part.setText(words)
        elif isinstance(part, QPlainTextEdit):
            part.setPlainText(words)
    kept.keeper.keep_now()
    said = kept.last.typed.values() if kept.last is not None else ()
    lost = [_name(part) for part, words in typed.items() if words not in said]
    kept.keeper.throw_away(kept.id)
    kept.keeper.finished(kept)
    return [f"forgets {name}" for name in lost]


def _takes_words(part: QWidget) -> bool:
    """Tell whether people write into a part; what only finds something in a list is none."""
    if part.isHidden() or not part.isEnabled() or isinstance(part, Typing):
        return False
    return isinstance(part, QLineEdit | QPlainTextEdit) and not part.isReadOnly()


def risky_defaults(form: QWidget) -> list[str]:
    """Return the buttons that Enter presses by itself and that are not the way back."""
    calm = {_("Cancel"), _("Close"), _("OK")}
    return [
        f"Enter presses {_name(part)}"
        for part in form.findChildren(QPushButton)
        if part.isVisible() and part.isDefault() and part.text().partition(_GAP)[0] not in calm
    ]


def unreachable(window: QWidget) -> list[str]:
    """Return what can be clicked and what no Tab comes to."""
    return [
        _name(part)
        for part in window.findChildren(QAbstractButton)
        if part.isVisible()
        and part.isEnabled()
        and not _takes_tab(part)
        and not _is_one_of_many(part)
    ]


def _is_one_of_many(part: QAbstractButton) -> bool:
    """Tell whether the arrow keys come to it from the one that is chosen."""
    group = part.group()
    return group is not None and group.exclusive() and part.isCheckable()


def _form_of(part: QWidget, window: QWidget) -> QWidget:
    above: QWidget | None = part
    while above is not None and above is not window:
        if isinstance(above, _INNER):
            return above
        above = above.parentWidget()
    return window


def _press(field: QWidget, key: str) -> None:
    words = {
        "Esc": "Escape",
        "Enter": "Return",
        _("Enter"): "Return",
        "Ctrl+Enter": "Ctrl+Return",
    }.get(key, key)
    combination = QKeySequence(words)[0]
    QTest.keyClick(field, combination.key(), combination.keyboardModifiers())
    QApplication.processEvents()


def _takes_tab(part: QWidget) -> bool:
    policy = part.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and part.isVisible() and part.isEnabled() and part.focusProxy() is None


def _chain(window: QWidget) -> Iterator[QWidget]:
    part = window.nextInFocusChain()
    while part is not None and part is not window:
        if part.window() is window:
            yield part
        part = part.nextInFocusChain()


def _place(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint()), part.size())


def _seen_alike(one: QWidget, before: QRect, other: QWidget, after: QRect) -> tuple[QRect, QRect]:
    """Return the places of two parts; of what scrolls beside the other one, that of its frame.

    How far it is scrolled says nothing about the order.
    """
    return _seen_from(other, one, before), _seen_from(one, other, after)


def _seen_from(other: QWidget, part: QWidget, place: QRect) -> QRect:
    above = part.parentWidget()
    while above is not None and not above.isAncestorOf(other):
        if isinstance(above, QScrollArea):
            place = _place(above, part.window())
        above = above.parentWidget()
    return place


def _goes_back(before: QRect, after: QRect) -> bool:
    above = after.bottom() < before.top() + _LINE
    below = after.top() > before.bottom() - _LINE
    if above:
        return after.left() < before.right() - _LINE
    return not below and after.left() < before.left()


def _name(part: QWidget) -> str:
    words = part.accessibleName() or getattr(part, "text", str)()
    return f"{type(part).__name__} {words!r}"
