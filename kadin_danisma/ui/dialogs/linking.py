"""The form that says whose a contact was, so that it becomes an application of her file."""

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.lists import CHANNEL
from kadin_danisma.domain.records import Application
from kadin_danisma.domain.views import ClientLine
from kadin_danisma.i18n import _
from kadin_danisma.services import applications, casework
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.widgets.clientbox import ClientField
from kadin_danisma.ui.widgets.fields import Field
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.widgets.safety import SafetyBanner
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


class LinkDialog(FormDialog):
    """Chooses the file a contact belongs to; whose it is stands in large letters until saved.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        contact: The application without a file.
    """

    def __init__(self, parent: QWidget, place: Workplace, contact: Application) -> None:
        super().__init__(parent, _("Link to a file"), _("Link"))
        self.place = place
        self._contact = contact
        when = show_time(contact.time) if contact.time else ""
        about = join(show_date(contact.date), when, CHANNEL.label(contact.channel), contact.number)
        self.body.addWidget(label(about, "muted", wrap=True))
        self.client = ClientField(place)
        self.field = Field(_("File"), self.client, _("Its note goes with it."))
        self.body.addWidget(self.field)
        self.chosen = label(_("No file is chosen yet."), "title")
        self.body.addWidget(self.chosen)
        self.banner = SafetyBanner()
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.body.addStretch(1)
        self.client.picked.connect(self._show)
        self.client.setFocus()

    def save(self) -> bool:
        """Link it, if a file was chosen."""
        line = self.client.line()
        self.field.set_error(self.client.problem())
        if line is None:
            self.client.setFocus()
            return False
        change = applications.link(self.place.desk, self._contact.id, line.id)
        self.place.bus.changed.emit(change)
        self.place.nav.said.emit(
            _("The contact is linked to file {file_no}.").format(file_no=line.file_no), None
        )
        return True

    def _show(self, line: ClientLine | None) -> None:
        self.field.set_error("")
        self.chosen.setText(line.file_no if line else _("No file is chosen yet."))
        if line is not None:
            self.banner.show_client(casework.safety_of(self.place.desk, line.id))
        self.banner.setVisible(line is not None)
        self.fit()
