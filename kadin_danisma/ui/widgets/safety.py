"""What protects a woman on the screen: the safety banner and the masked name."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from kadin_danisma.domain.records import Client
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import MEDIUM, TINY
from kadin_danisma.ui.widgets.parts import button, label, restyle
from kadin_danisma.ui.words import join, masked, safety_words, shown_name

#: How long something asked for stays readable, in milliseconds.
SHOWN_FOR = 30_000


class SafetyBanner(QFrame):
    """May we call, who must not know, who may collect: before any telephone number."""

    def __init__(self, client: Client | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, MEDIUM, 20, MEDIUM)
        layout.setSpacing(TINY)
        self._headline = label("", "strong", wrap=True)
        self._details = label("", "body", wrap=True)
        layout.addWidget(self._headline)
        layout.addWidget(self._details)
        if client is not None:
            self.show_client(client)

    def show_client(self, client: Client) -> None:
        """Say what matters for this file."""
        words = safety_words(client)
        self._headline.setText(words.headline)
        self._details.setText(join(*words.details))
        self._details.setVisible(bool(words.details))
        self.setAccessibleName(_("Safety"))
        self.setAccessibleDescription(join(words.headline, *words.details))
        restyle(self, "tone", str(words.tone))
        for part in (self._headline, self._details):
            part.style().unpolish(part)
            part.style().polish(part)


class Reveals(QObject):
    """Lets one view at a time show what is masked, and only for a while."""

    def __init__(self, parent: QObject | None = None, shown_for: int = SHOWN_FOR) -> None:
        super().__init__(parent)
        self._current: Revealed | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_for)
        self._timer.timeout.connect(self.hide_all)

    def show_only(self, part: "Revealed") -> None:
        """Let one part be readable; the one before is masked again."""
        if self._current is not part:
            self.hide_all()
        self._current = part
        self._timer.start()

    def hide_all(self) -> None:
        """Mask whatever is readable."""
        self._timer.stop()
        part, self._current = self._current, None
        # Its page may be gone already.
        if part is not None and isValid(part):
            part.set_shown(False)

    def forget(self, part: "Revealed") -> None:
        """Hear that a part was masked by itself."""
        if self._current is part:
            self._timer.stop()
            self._current = None


class Revealed(QWidget):
    """Something masked that can be shown; the base of masked names and numbers.

    Args:
        reveals: The one that keeps others masked.
    """

    #: Emitted with whether it is readable now.
    shown_changed = Signal(bool)

    def __init__(self, reveals: Reveals) -> None:
        super().__init__()
        self._reveals = reveals
        self._shown = False

    @property
    def shown(self) -> bool:
        """Tell whether it is readable now."""
        return self._shown

    def set_shown(self, shown: bool) -> None:
        """Make it readable or mask it."""
        if shown == self._shown:
            return
        self._shown = shown
        if shown:
            self._reveals.show_only(self)
        else:
            self._reveals.forget(self)
        self.shown_changed.emit(shown)

    def toggle(self) -> None:
        """Show it, or mask it again."""
        self.set_shown(not self._shown)


class RevealButton(Revealed):
    """A button that shows masked things elsewhere (a column of names) for a while.

    Args:
        reveals: The one that keeps others masked.
        show_text: What the button says while they are masked.
        hide_text: What it says while they are readable.
    """

    def __init__(self, reveals: Reveals, show_text: str, hide_text: str) -> None:
        super().__init__(reveals)
        self._texts = (show_text, hide_text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.button: QPushButton = button(show_text, self.toggle)
        layout.addWidget(self.button)
        self.setFocusProxy(self.button)
        self.shown_changed.connect(self._follow)

    def _follow(self, shown: bool) -> None:
        self.button.setText(self._texts[shown])
        self.button.setAccessibleName(self._texts[shown])


class MaskedName(Revealed):
    """A name as dots until it is asked for.

    Args:
        reveals: The one that keeps others masked.
        name: The name, may be empty.
        role: How its label looks.
    """

    def __init__(self, reveals: Reveals, name: str = "", role: str = "title") -> None:
        super().__init__(reveals)
        self._name = name
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        self.words = label("", role)
        self.button = button(_("Show name"), self.toggle, kind="quiet")
        layout.addWidget(self.words)
        layout.addWidget(self.button)
        self.shown_changed.connect(self._follow)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Hold another name, masked."""
        self.set_shown(False)
        self._name = name
        self._follow(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Mask the name when its view is left."""
        super().hideEvent(event)
        self.set_shown(False)

    def _follow(self, shown: bool) -> None:
        self.words.setText(shown_name(self._name) if shown else masked(self._name))
        self.words.setAccessibleName(
            shown_name(self._name) if shown or not self._name else _("Name hidden")
        )
        self.button.setText(_("Hide name") if shown else _("Show name"))
        self.button.setVisible(bool(self._name))
