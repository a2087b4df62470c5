"""What every section of the page of administration can do."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.errors import KnownError
from kadin_danisma.ui.dialogs.message import Message
from kadin_danisma.ui.style import LARGE
from kadin_danisma.ui.workplace import Workplace


class SubjectPart(QWidget):
    """One subject of looking after a centre; loaded each time it is looked at.

    Args:
        title: What it is called.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.message: Message | None = None
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(LARGE)

    def reload(self) -> None:
        """Fill the section from the services."""

    def say(self, title: str, sentence: str) -> None:
        """Say something that has to be read."""
        self.message = Message(self, title, sentence)
        self.message.open()

    def say_trouble(self, error: KnownError) -> None:
        """Say why something could not be done."""
        self.say(self.title, error.message)


class Section(SubjectPart):
    """One subject of administration, for somebody who opened the vault.

    Args:
        place: The desk and the window's means.
        title: What it is called.
    """

    def __init__(self, place: Workplace, title: str) -> None:
        super().__init__(title)
        self.place = place
