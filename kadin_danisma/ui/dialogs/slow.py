"""Forms whose work takes a while: it is done beside the window, what was typed stays."""

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kadin_danisma.errors import KnownError
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.workplace import Workplace


class SlowForm(FormDialog):
    """A form that closes when its work is done; a fault of the world is said in the form.

    Args:
        parent: The window it belongs to.
        background: Where the work is done.
        title: What the form is for.
        action: The words of the primary action.
        doing: What is said while the work is under way.
    """

    #: Emitted with the result of the work, before the form closes.
    worked = Signal(object)

    def __init__(
        self, parent: QWidget | None, background: Background, title: str, action: str, doing: str
    ) -> None:
        super().__init__(parent, title, action, width=68)
        self._background = background
        self._doing = doing

    @abstractmethod
    def ready(self) -> bool:
        """Tell whether the fields can be used; say beside them why not."""

    @abstractmethod
    def work(self, progress: Progress) -> object:
        """Do it, in another thread: touch no widget, only what ``ready`` read."""

    def save(self) -> bool:
        """Start the work if the fields are ready; the form closes when it is done."""
        if self.ready():
            ProgressDialog(self, self._doing, cancellable=False).run(
                self._background, self.work, self._worked, self._failed
            )
        return False

    def _worked(self, result: object) -> None:
        self.worked.emit(result)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        self.say_trouble(error.message)


class SlowDialog(SlowForm):
    """A slow form of somebody who opened the vault.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        title: What the form is for.
        action: The words of the primary action.
        doing: What is said while the work is under way.
    """

    def __init__(
        self, parent: QWidget | None, place: Workplace, title: str, action: str, doing: str
    ) -> None:
        super().__init__(parent, place.background, title, action, doing)
        self.place = place
