"""What every page of the side bar can do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.ui.style import LARGE, PAGE
from kadin_danisma.ui.widgets.header import PageHeader
from kadin_danisma.ui.workplace import Workplace


class Page(QWidget):
    """A page: built once, loaded when it is entered, loaded again when something changed.

    A page sets ``cares`` to the kinds of record it shows, builds itself in its constructor
    (``self.header``, then parts into ``self.body``) and fills itself in ``reload``.

    Args:
        place: The desk and the window's means.
        title: The name of the page.
        subtitle: Small words below it.
    """

    #: The kinds of record whose change makes the page load again.
    cares: frozenset[Kind] = frozenset(Kind)

    def __init__(self, place: Workplace, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.place = place
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._stale = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE, 28, PAGE, 24)
        layout.setSpacing(LARGE)
        self.header = PageHeader(title, subtitle)
        layout.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(LARGE)
        layout.addLayout(self.body, 1)
        place.bus.changed.connect(self._hear)

    def reload(self) -> None:
        """Fill the page from the services."""

    def enter(self) -> None:
        """Hear that the page is in front now; loads it if anything changed meanwhile."""
        if self._stale:
            self._stale = False
            self.reload()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hear that another page came to the front."""
        self.place.reveals.hide_all()

    def focus_search(self) -> bool:
        """Put the cursor into the page's own search; False where it has none."""
        return False

    def _hear(self, change: Change) -> None:
        if change.kind not in self.cares:
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True
