"""The head of a page: where you are, a search, and the one primary action in its corner."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kadin_danisma.ui.style import LARGE, MEDIUM, SMALL
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button, ems, keep_unlearned, label, press

_BESIDE = QBoxLayout.Direction.LeftToRight
_BELOW = QBoxLayout.Direction.TopToBottom


class PageHeader(QWidget):
    """Title and subtitle at the left, search and actions at the right.

    Args:
        title: The name of the page, or a file number.
        subtitle: Where you are, more exactly.
    """

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self._box = QBoxLayout(_BESIDE, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(LARGE)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = label(title, "title")
        self.subtitle = label(subtitle, "muted", wrap=True)
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(MEDIUM)
        self.title_row.addWidget(self.title)
        self.title_row.addStretch(1)
        words.addLayout(self.title_row)
        words.addWidget(self.subtitle)
        self._box.addLayout(words, 1)
        self._actions = FlowLayout(spacing=MEDIUM, right=True)
        self._box.addLayout(self._actions, 0)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the title needs: the actions may stand below it."""
        return QSize(ems(self, 30), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the actions below the title where both do not fit in one line."""
        wanted = (
            max(self.title_row.sizeHint().width(), ems(self, 24))
            + LARGE
            + self._actions.sizeHint().width()
        )
        direction = _BESIDE if wanted <= self.width() else _BELOW
        if self._box.direction() is not direction:
            self._box.setDirection(direction)
            self._box.setSpacing(LARGE if direction is _BESIDE else SMALL)
        super().resizeEvent(event)

    def add_search(self, placeholder: str, width: int = 38) -> QLineEdit:
        """Add a search field and return it.

        Args:
            placeholder: What can be searched for.
            width: Its width in letters.
        """
        field = QLineEdit()
        keep_unlearned(field)
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(placeholder)
        field.setClearButtonEnabled(False)
        field.setFixedWidth(ems(field, width))
        self._actions.insert(0, field)
        return field

    def add_action(self, text: str, clicked: Callable[[], object], key: str = "") -> QPushButton:
        """Add a secondary action, left of the primary one."""
        made = button(text, clicked, key=key)
        self._actions.addWidget(made)
        self.bind(made, key)
        return made

    def add_primary(
        self, text: str, clicked: Callable[[], object], key: str = "", *, bind: bool = True
    ) -> QPushButton:
        """Add the page's one primary action; call it last, so that it stands in the corner.

        Args:
            text: What it does.
            clicked: The doing.
            key: The key shown on it.
            bind: Whether the key is bound here (a key of the whole window already is).
        """
        made = button(text, clicked, kind="primary", key=key)
        self._actions.addWidget(made)
        if bind:
            self.bind(made, key)
        return made

    def add_part(self, part: QWidget) -> None:
        """Add any other part beside the actions."""
        self._actions.addWidget(part)

    def bind(self, made: QPushButton, key: str) -> None:
        """Let a key click a button from anywhere in the window while the page is in front."""
        if key:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(partial(press, made))
