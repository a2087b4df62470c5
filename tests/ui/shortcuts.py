"""Which keys would do nothing because two shortcuts want them: Qt then calls neither."""

import gc
from collections import defaultdict
from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_Context = Qt.ShortcutContext
#: A key, the widget it belongs to, and from where it is heard.
Binding = tuple[str, QWidget, Qt.ShortcutContext]


def bindings(window: QWidget) -> list[Binding]:
    """Return every key that can be pressed in a window now."""
    return [
        (keys, part, context)
        for part in _all_widgets()
        if part.isVisible() and part.isEnabled()
        for keys, context in _keys(part)
        if part.window() is window or context is _Context.ApplicationShortcut
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
