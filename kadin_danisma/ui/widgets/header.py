"""The head of a page: where you are, a search, and the one primary action in its corner."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kadin_danisma.ui.style import LARGE, MEDIUM
from kadin_danisma.ui.widgets.parts import button, ems, label


class PageHeader(QWidget):
    """Title and subtitle at the left, search and actions at the right.

    Args:
        title: The name of the page, or a file number.
        subtitle: Where you are, more exactly.
    """

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(LARGE)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = label(title, "title")
        self.subtitle = label(subtitle, "muted")
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(MEDIUM)
        self.title_row.addWidget(self.title)
        self.title_row.addStretch(1)
        words.addLayout(self.title_row)
        words.addWidget(self.subtitle)
        layout.addLayout(words, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(MEDIUM)
        layout.addLayout(self._actions)
        layout.setAlignment(self._actions, Qt.AlignmentFlag.AlignVCenter)

    def add_search(self, placeholder: str, width: int = 38) -> QLineEdit:
        """Add a search field and return it.

        Args:
            placeholder: What can be searched for.
            width: Its width in letters.
        """
        field = QLineEdit()
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(placeholder)
        field.setClearButtonEnabled(False)
        field.setMinimumWidth(ems(field, width * 0.6))
        field.setMaximumWidth(ems(field, width))
        self._actions.insertWidget(0, field, 1)
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

    def set_icon(self, part: QPushButton, icon: QIcon) -> None:
        """Put an icon on one of the actions."""
        part.setIcon(icon)

    def bind(self, made: QPushButton, key: str) -> None:
        """Let a key click a button from anywhere in the window while the page is in front."""
        if key:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(made.click)
