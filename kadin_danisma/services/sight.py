"""What whoever is signed in may see of restricted files: her own circles in full, others' numbers.

The key decides, not a rule: what is closed here could not be opened by anybody without it.
"""

from dataclasses import replace

from kadin_danisma.domain.circle import Seal, bare, file_of
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.views import (
    ApplicationLine,
    ClientLine,
    ReferralLine,
    SessionLine,
    VisitLine,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import circles, records, sealed_fields, search
from kadin_danisma.store.circles import ClosedFileError, FileKeys
from kadin_danisma.store.keyring import Secrets
from kadin_danisma.store.recovery import is_recovery
from kadin_danisma.store.rows import Connection, R


def file_keys(desk: Desk, db: Connection) -> FileKeys:
    """Return the keys of the restricted files that whoever is signed in may open.

    The recovery code could open all of them; it does so file by file, and for a reason.
    """
    mine: dict[str, bytes] = {}
    if not is_recovery(desk.user.id):
        mine = circles.keys_of(db, desk.user.id, desk.vault.unseal)
    lent = {key: each.file for key, each in desk.vault.lent.items() if each.file is not None}
    known = circles.publics(db)
    return mine | {
        key: secret
        for key, secret in lent.items()
        if key in known and circles.fits(secret, known[key])
    }


def secrets_for(desk: Desk, client_id: str | None) -> Secrets:
    """Return the keys of disciplines with which the notes of a file, or of none, may be read."""
    lent = desk.vault.lent.get(client_id) if client_id else None
    return {**desk.vault.readable(), **(lent.secrets if lent else {})}


class Sight:
    """One look into the vault: which files are restricted, and which of them are open to her.

    Args:
        desk: The signed-in person's desk.
        db: The open vault.
    """

    def __init__(self, desk: Desk, db: Connection) -> None:
        self._db = db
        self.restricted = frozenset(circles.publics(db))
        self.keys: FileKeys = file_keys(desk, db) if self.restricted else circles.NO_KEYS

    def seal_of(self, client_id: str | None) -> Seal:
        """Return how a file stands to her."""
        if client_id not in self.restricted:
            return Seal.NONE
        return Seal.OPEN if client_id in self.keys else Seal.CLOSED

    def let_pass(self, client_id: str | None) -> None:
        """Let pass whoever may see a file.

        Raises:
            ClosedFileError: It is closed to her.
        """
        if self.seal_of(client_id) is Seal.CLOSED:
            raise ClosedFileError

    def record(self, record: R) -> R:
        """Return a record with its sealed fields.

        Raises:
            ClosedFileError: It is of a file that is closed to her.
        """
        file = file_of(record)
        self.let_pass(file)
        if file not in self.restricted:
            return record
        return sealed_fields.opened(self._db, record, self.keys)

    def shown(self, record: R) -> R:
        """Return a record as a list shows it: of a closed file, that there is one."""
        if self.seal_of(file_of(record)) is Seal.CLOSED:
            return bare(record)
        return self.record(record)

    def client_line(self, line: ClientLine) -> ClientLine:
        """Return the line of a file as she may see it."""
        seal = self.seal_of(line.id)
        if seal is Seal.CLOSED:
            return ClientLine(line.id, line.file_no, "", None, "not_asked", "", None, seal)
        if seal is Seal.OPEN:
            client = self.client(line.id)
            return replace(
                line, name=client.name, district=client.district, phone=client.phone, seal=seal
            )
        return line

    def session_line(self, line: SessionLine) -> SessionLine:
        """Return the line of a session as she may see it."""
        return replace(
            line, session=self.shown(line.session), seal=self.seal_of(line.session.client_id)
        )

    def application_line(self, line: ApplicationLine) -> ApplicationLine:
        """Return the line of an application as she may see it: of a closed file, its number."""
        seal = self.seal_of(line.application.client_id)
        shown = replace(line, application=self.shown(line.application), seal=seal)
        return replace(shown, taken_by="", taken_by_id="") if seal is Seal.CLOSED else shown

    def referral_line(self, line: ReferralLine) -> ReferralLine:
        """Return the line of a referral as she may see it."""
        return replace(
            line, referral=self.shown(line.referral), seal=self.seal_of(line.referral.client_id)
        )

    def visit_line(self, line: VisitLine) -> VisitLine:
        """Return the line of a visit as she may see it, with whom to call where it is closed."""
        seal = self.seal_of(line.visit.client_id)
        people = (
            tuple(circles.members(self._db, line.visit.client_id)) if seal is not Seal.NONE else ()
        )
        return replace(line, visit=self.shown(line.visit), seal=seal, circle=people)

    def own_files(self) -> list[Client]:
        """Return the restricted files that are open to her, in words; none that was withdrawn."""
        found = (records.get(self._db, Client, client_id) for client_id in self.keys)
        return [self.record(client) for client in found if client]

    def client(self, client_id: str) -> Client:
        """Return a restricted file that is open to her."""
        standing = records.get(self._db, Client, client_id)
        assert standing is not None
        return self.record(standing)

    def line_of(self, client_id: str) -> ClientLine:
        """Return a restricted file that is open to her as a line of a list."""
        line = search.line_of(self._db, client_id)
        assert line is not None
        return self.client_line(line)
