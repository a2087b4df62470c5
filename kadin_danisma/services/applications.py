"""The applications of some days, with and without a file, and linking a contact to its file."""

from dataclasses import replace
from datetime import date

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import Problem
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.records import Application, Client
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ApplicationLine
from kadin_danisma.i18n import _
from kadin_danisma.services import notes, standing
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import overview, records, sweeping


def applications(desk: Desk, first: date, last: date) -> list[ApplicationLine]:
    """Return the applications and contacts of some days, both ends included, latest first.

    Of those in a restricted file of others it has the day and the number of the file. Which files
    were shown is logged.
    """
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        found = []
        for each in overview.applications(db, first, last):
            line = sight.application_line(each)
            if line.seal is not Seal.CLOSED:
                readable = notes.readable(desk, db, line.application, sight.keys)
                line = replace(line, has_note=readable is True, note_closed=readable is False)
            found.append(line)
    shown = {line.application.client_id for line in found}
    desk.listed("list.applications", {each for each in shown if each})
    return found


def link(desk: Desk, application_id: str, client_id: str) -> Change:
    """Say whose a contact was: from now on it is an application of this file, its note with it.

    Raises:
        RefusedError: It belongs to a file already.
        ClosedFileError: The file is closed to her.
        WithdrawnError: The application or the file was withdrawn.
    """
    desk.require(Action.RECORD)
    with desk.vault.read() as db:
        number = standing.found(desk, db, Application, application_id).number
    with desk.writing("application.link", number, [client_id]) as db:
        contact = standing.found(desk, db, Application, application_id)
        standing.found(desk, db, Client, client_id)
        if contact.client_id is not None:
            reason = _("This application belongs to a file already.")
            raise RefusedError([Problem("client_id", reason)])
        Sight(desk, db).let_pass(client_id)
        linked = replace(contact, client_id=client_id)
        records.correct(db, linked, desk.stamp(), keep_note=True)
    sweeping.try_to_sweep(desk.vault)
    return Change(Kind.APPLICATION, application_id)
