"""Who has looked at a file: every line of the log that is about it."""

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.i18n import _
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.widgets.loglist import LogList
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.workplace import Workplace


class LookersDialog(FormDialog):
    """The log of one file, for the coordinator.

    Args:
        parent: The page it belongs to.
        place: The desk and the window's means.
        client_id: Whose file.
    """

    def __init__(self, parent: QWidget, place: Workplace, client_id: str) -> None:
        super().__init__(parent, _("Who has viewed this file?"), _("Close"), width=110)
        self.leave.hide()
        words = _(
            "Every access to this file is listed here, including lists and searches it appeared "
            "in. This view is logged too."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.list = LogList(place)
        self.list.ask(LogQuery(client_id=client_id))
        self.list.setMinimumHeight(self.list.table.verticalHeader().defaultSectionSize() * 9)
        self.body.addWidget(self.list, 1)
