"""The window before anybody is signed in: one quiet card in the middle."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kadin_danisma.i18n import LANGUAGES, _, current_language
from kadin_danisma.paths import resources_folder
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.style import LARGE, MEDIUM, PAGE, SMALL, WIDE
from kadin_danisma.ui.widgets.focus import ENTER, ReadingOrder, tells_of_enter
from kadin_danisma.ui.widgets.parts import Card, button, ems, label

#: What each language calls itself.
LANGUAGE_NAMES = {"tr": "Türkçe", "en": "English"}


class Panel(QWidget):
    """One step before the work: a title, fields, one action, other ways below.

    Args:
        title: What this step is.
        sentence: What it is for.
        width: Its width in letters.
    """

    #: Whether it stands before the passphrase, open to whoever sits there. Every other panel is
    #: under the guard from the moment it is shown; a new one too, without doing anything for it.
    at_the_door: ClassVar[bool] = False
    #: Emitted with the language the person would rather read.
    language_wanted = Signal(str)
    #: Emitted at the door when a secret was typed and may open the vault any moment now.
    secret_given = Signal()

    def __init__(self, title: str, sentence: str = "", width: int = 52) -> None:
        super().__init__()
        self._goes_on: QPushButton | None = None
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE, PAGE, PAGE, PAGE)
        outer.setSpacing(MEDIUM)
        outer.addStretch(2)
        card = Card()
        card.setFixedWidth(ems(self, width))
        inside = card.body
        inside.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        inside.setSpacing(MEDIUM)
        inside.addLayout(_mark())
        inside.addSpacing(MEDIUM)
        self.heading = label(title, "title", wrap=True)
        inside.addWidget(self.heading)
        if sentence:
            inside.addWidget(label(sentence, "muted", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(MEDIUM)
        inside.addLayout(self.body)
        # Stretches, not an alignment: that would measure wrapped words as if in one line.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(SMALL)
        self.foot.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer.addLayout(self.foot)
        outer.addStretch(3)

    def minimumSizeHint(self) -> QSize:
        """Ask for the height of the words as they wrap: a layout alone asks for narrower ones."""
        return self._as_it_wraps(super().minimumSizeHint())

    def sizeHint(self) -> QSize:
        """Ask for no more than that."""
        return self._as_it_wraps(super().sizeHint())

    def _as_it_wraps(self, size: QSize) -> QSize:
        return QSize(size.width(), min(size.height(), self.heightForWidth(size.width())))

    def start(self) -> None:
        """Put the cursor where typing begins."""

    def go_on_with(self, made: QPushButton) -> QPushButton:
        """Let Enter press a button from everything in the panel, and return it."""
        self._goes_on = made
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter, as the button says; a line that is typed into tells of it by itself."""
        told = tells_of_enter(self.focusWidget())
        if self._goes_on is None or told or event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._goes_on.click()

    def hold(self, *, busy: bool) -> None:
        """Keep the ways below shut while work is under way: its answer needs this panel."""
        for place in range(self.foot.count()):
            item = self.foot.itemAt(place)
            if item is not None and (way := item.widget()) is not None:
                way.setEnabled(not busy)

    def add_languages(self) -> None:
        """Offer the other languages below, each in its own words."""
        for language in LANGUAGES:
            if language != current_language():
                choose = partial(self.language_wanted.emit, language)
                self.foot.addWidget(button(LANGUAGE_NAMES[language], choose, kind="quiet"))


class EntryWindow(ReadingOrder, QWidget):
    """Shows one panel at a time.

    Args:
        look: Colours and sizes.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setWindowTitle(_("Kadın Danışma"))
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    @property
    def panel(self) -> Panel | None:
        """Return the panel shown."""
        scroll = self._stack.currentWidget()
        inside = scroll.widget() if isinstance(scroll, QScrollArea) else None
        return inside if isinstance(inside, Panel) else None

    def show_panel(self, panel: Panel) -> None:
        """Show a panel instead of the one before."""
        before = self._stack.currentWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(panel)
        self._stack.addWidget(scroll)
        self._stack.setCurrentWidget(scroll)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        panel.start()


def _mark() -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(MEDIUM)
    picture = QLabel()
    icon = QIcon(str(resources_folder() / "icons" / "kadin-danisma.svg"))
    picture.setPixmap(icon.pixmap(WIDE + LARGE, WIDE + LARGE))
    layout.addWidget(picture)
    layout.addWidget(label(_("Kadın Danışma"), "strong"))
    layout.addStretch(1)
    return layout
