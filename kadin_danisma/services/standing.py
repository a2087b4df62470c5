"""Records that stand, and what is said of one that does not: it was withdrawn, or it is gone."""

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import file_of
from kadin_danisma.domain.records import CLASS_OF, Application, Client
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services.desk import Desk, gone
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import overview, records
from kadin_danisma.store.rows import Connection, R


class WithdrawnError(KnownError):
    """The record was withdrawn: nothing can be done to it but take that back."""


def found(desk: Desk, db: Connection, kind: type[R], record_id: str) -> R:
    """Return a record that stands, as its row holds it.

    Args:
        desk: The signed-in person's desk.
        db: The open vault.
        kind: The class of the record.
        record_id: Which record.

    Raises:
        WithdrawnError: It was withdrawn.
        ClosedFileError: It was withdrawn, and is of a restricted file that is closed to her.
        KnownError: There is none.
    """
    record = records.get(db, kind, record_id)
    if record is None:
        raise missing(desk, db, kind, record_id)
    return record


def missing(desk: Desk, db: Connection, kind: type[R], record_id: str) -> KnownError:
    """Return what is said of a record that does not stand (arguments and errors: ``found``)."""
    record = records.get(db, kind, record_id, withdrawn=True)
    if record is None:
        return gone()
    if isinstance(record, Client):
        return WithdrawnError(_("This file was withdrawn. Please take that back first."))
    Sight(desk, db).let_pass(file_of(record))
    return WithdrawnError(
        _("This record was withdrawn: it counts nowhere. Please take that back first.")
    )


def why_missing(desk: Desk, kind: Kind, record_id: str) -> KnownError:
    """Return what is said of a record that a page does not show (``missing``)."""
    with desk.vault.read() as db:
        if records.get(db, CLASS_OF[kind], record_id) is not None:
            return KnownError(_("The record is no longer in this list: somebody changed it."))
        try:
            return missing(desk, db, CLASS_OF[kind], record_id)
        except KnownError as closed:
            return closed


def sessions_words(db: Connection, application: Application) -> str:
    """Return why an application cannot leave its file: sessions are part of it; empty if none."""
    count = overview.sessions_of(db, application)
    if not count:
        return ""
    return ngettext(
        "{n} session is part of this application. Please correct that first: withdraw the "
        "session too, or take it out of the application.",
        "{n} sessions are part of this application. Please correct that first: withdraw "
        "the sessions too, or take them out of the application.",
        count,
    ).format(n=count)
