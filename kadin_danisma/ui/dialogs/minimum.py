"""Raising the smallest number that reports show; it is never lowered again."""

from PySide6.QtWidgets import QWidget

from kadin_danisma.i18n import _
from kadin_danisma.services import reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.message import Message, ask
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.parts import label


class MinimumDialog(FormDialog):
    """Asks for the new smallest number, and once more whether it is meant.

    Args:
        parent: What it was opened from.
        desk: The signed-in person's desk.
    """

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, _("Privacy threshold (smallest shown)"), _("Raise"), width=68)
        self._desk = desk
        self.question: Message | None = None
        now = _("The privacy threshold is now {number}.")
        self.body.addWidget(label(now.format(number=reporting.minimum(desk)), wrap=True))
        self.body.addWidget(
            label(
                _("The higher the threshold, the more numbers a report hides and the better women "
                  "are protected. It applies to all reports from now on. It can be 10 at the most "
                  "and cannot be lowered again, because hidden numbers could then be calculated."),
                "muted",
                wrap=True,
            )
        )  # fmt: skip
        numbers = {str(number): str(number) for number in reporting.greater_minimums(desk)}
        self.numbers = Filters(_("The privacy threshold from now on"), numbers)
        self.body.addWidget(label(_("The privacy threshold from now on"), "label"))
        self.body.addWidget(self.numbers)
        self.body.addStretch(1)

    def save(self) -> bool:
        """Ask once more; the form closes when the answer is yes."""
        number = self.numbers.chosen()
        self.question = ask(
            self,
            _("Raise the privacy threshold to {number}?").format(number=number),
            _("The threshold cannot be lowered again."),
            _("Raise"),
            self._raise,
        )
        return False

    def _raise(self) -> None:
        reporting.raise_minimum(self._desk, int(self.numbers.chosen()))
        self.accept()
