"""What a page says while reports may have left of which a restored vault does not know."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.drafts import Draft
from kadin_danisma.i18n import _
from kadin_danisma.services import reconciling
from kadin_danisma.ui.dialogs.returning import ReturnDialog
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.parts import button, clear_layout
from kadin_danisma.ui.widgets.seals import banner
from kadin_danisma.ui.workplace import Workplace


class MissingReports(QWidget):
    """Stands at the top until all reports are known again; gone where none can be missing.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted when the form was closed: reports may have come back.
    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.dialog: ReturnDialog | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def reload(self) -> None:
        """Ask whether reports may be missing."""
        clear_layout(self._layout)
        since = reconciling.missing_since(self._place.desk)
        self.setVisible(since is not None)
        if since is None:
            return
        self.act = button(_("Bring back or confirm …"), self.open)
        self._layout.addWidget(
            banner(
                Tone.WARN,
                _("Nothing new can be published yet"),
                _("This vault was restored from the state of {day}. If reports were published "
                  "since, bring back their JSON files; if not, confirm that.")
                .format(day=show_date(since)),
                self.act,
            )
        )  # fmt: skip

    def open(self, draft: Draft | None = None) -> None:
        """Open the form by which reports come back, with what was left unfinished in it."""
        self.dialog = ReturnDialog(self, self._place)
        if draft is not None:
            self.dialog.take_up(draft)
        self.dialog.finished.connect(self.changed)
        self.dialog.open()
