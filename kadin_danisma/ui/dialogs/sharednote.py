"""The field of a note that all counsellors read: what the call, or the referral, was about."""

from typing import Any

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.discipline import Discipline, readers_name
from kadin_danisma.domain.trust import trust_words
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, circles, finding
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.widgets.fields import Field, TextEdit
from kadin_danisma.ui.words import join

#: A sentence; more of them fit all the same.
_LINES = 2


class SharedNote(TextEdit):
    """A note in the form of its record; one that is closed to whoever looks stays as it is.

    Args:
        form: The form.
        kind: The kind of the record.
        note: What it says so far.
        record_id: Which record; empty for a new one.
    """

    def __init__(self, form: RecordDialog[Any], kind: Kind, note: str, record_id: str) -> None:
        super().__init__(note, lines=_LINES)
        self._desk = form.place.desk
        self._closed = casework.closed_note_words(self._desk, record_id, kind) if record_id else ""
        self._mark = ""
        if record_id and not self._closed:
            trust = casework.note_trust(self._desk, record_id, kind)
            self._mark = trust_words(trust) if trust else ""
        self.setReadOnly(bool(self._closed))
        self.setEnabled(not self._closed)
        if self._closed:
            self.setPlaceholderText(_("Note: closed"))
        self.field: Field = form.add_field("note", self)

    def value(self) -> str:
        """Return the note."""
        return self.toPlainText().strip()

    def tell_readers(self, client_id: str) -> None:
        """Say who will be able to read it, in a file or (empty) in none."""
        if self._closed:
            self.field.set_hint(self._closed)
        else:
            self.field.set_hint(join(self._mark, _readers(self._desk, client_id)))


def _readers(desk: Desk, client_id: str) -> str:
    names = ", ".join(readers_name(each) for each in Discipline)
    said = _("Can be read by: {readers}").format(readers=names)
    if client_id and circles.members(desk, client_id):
        said = join(said, _("of them only those with access to this file"))
    if not finding.searchable_notes(desk):
        said = join(said, _("you cannot read it again after saving"))
    return said
