"""What the signed lines of the log say of circles: who drew them, to which key, with whom.

The tables of circles are writable for whoever holds the key of the vault. Each act on a circle
stands in the log, signed by whoever did it, with the public key of the file as its evidence. So a
key or a member that nobody signed, and a circle that somebody took away, show against the log, and
nothing is sealed to it any more (docs/decisions/0038).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.role import Action, may
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import audit, glass, recovery_sets
from kadin_danisma.store.carrying import LogLine
from kadin_danisma.store.log_book import LogBook
from kadin_danisma.store.log_signatures import FOUNDED, SignedLine
from kadin_danisma.store.recovery import is_recovery
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Kind, Member

OPENED, WIDENED, NARROWED = "circle.open", "circle.widen", "circle.narrow"
CLOSED = "circle.close"
#: The founder of the roster signed for a circle that was there before signatures.
BEFORE = "circle.before"
_KEY = "circle "


class DoubtfulCircleError(KnownError):
    """The circle of a file is not as it was signed; nothing is sealed to it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The list of people with access to this file is not as they signed it: somebody "
                "changed it outside the program. So that nobody can read along, nothing was "
                "saved. Please inform the coordinator."
            )
        )


@dataclass(slots=True)
class Circle:
    """A circle as the log has it: the public key of its file, and the people."""

    public: str
    drawn_by: str
    members: set[str] = field(default_factory=set)
    #: Who ever sealed all of the file to a key, also what others had written.
    sealers: set[str] = field(default_factory=set)


def evidence(public: bytes, members: Iterable[str] = ()) -> str:
    """Return the evidence of a line about a circle: the public key, and whom the founder found."""
    return " ".join([_KEY.strip(), public.hex(), *sorted(members)])


def founding_lines(db: Connection) -> list[LogLine]:
    """Return the lines with which the founder of the roster signs for the circles that there are.

    They stand right behind the line that says up to where nothing was signed.
    """
    found = db.execute(
        "SELECT client_id, public, file_no FROM circle JOIN client ON client.id = client_id"
        " ORDER BY file_no"
    ).fetchall()
    return [
        LogLine(
            BEFORE,
            file_no,
            evidence=evidence(public, _members_in(db, client_id)),
            files=(client_id,),
        )
        for client_id, public, file_no in found
    ]


class CircleBook(LogBook):
    """The circles of one vault by its log, read on as the log grows.

    Args:
        roster: Returns who is who.
    """

    actions = (OPENED, WIDENED, NARROWED, CLOSED, BEFORE, FOUNDED, glass.ACTION)

    @property
    def roster(self) -> Roster:
        """Who is who."""
        return self._roster()

    def let_pass(self, db: Connection, client_ids: Iterable[str | None]) -> None:
        """Let pass files to which something may be sealed, or written in the open.

        Raises:
            DoubtfulCircleError: The circle of one of them is not as it was signed.
        """
        if not audit.has_signatures(db):
            return
        # An import asks for thousands; only a file that has or had a circle can be doubtful.
        closed = self._with_a_circle(db).intersection(each for each in client_ids if each)
        if any(self.is_doubtful(db, each) for each in closed):
            raise DoubtfulCircleError

    def is_doubtful(self, db: Connection, client_id: str) -> bool:
        """Tell whether the circle of a file is not as it was signed."""
        if not audit.has_signatures(db):
            return False
        said = self._present(db).get(client_id)
        row = db.execute("SELECT public FROM circle WHERE client_id = ?", (client_id,)).fetchone()
        if row is None or said is None:
            return bool(row) != bool(said)
        return said.public != row[0].hex() or bool(self._strangers(db, client_id, said))

    def doubtful(self, db: Connection) -> list[str]:
        """Return the ids of all files whose circle is not as it was signed."""
        return sorted(each for each in self._with_a_circle(db) if self.is_doubtful(db, each))

    def _with_a_circle(self, db: Connection) -> set[str]:
        """Return the ids of the files that have a circle by the table or by the log."""
        found = {each for (each,) in db.execute("SELECT client_id FROM circle")}
        return found.union(self._present(db))

    def may_change(self, db: Connection, client_id: str, user_id: str) -> bool:
        """Tell whether somebody is in the circle of a file, or broke its seal with the code."""
        said = self._present(db).get(client_id)
        return said is not None and self._is_entitled(client_id, user_id, said)

    def sealed(self, db: Connection, client_id: str, user_id: str) -> bool:
        """Tell whether somebody sealed a file that others had written, as its people signed it."""
        said = self._present(db).get(client_id)
        return said is not None and user_id in said.sealers

    def forget(self) -> None:
        """Know of no circle."""
        self._circles: dict[str, Circle] = {}
        self._broke: set[tuple[str, str]] = set()
        self._founding = 0

    def _present(self, db: Connection) -> Mapping[str, Circle]:
        """Return the circles by the lines that there are now."""
        self._on_sheets = {each.id for each in recovery_sets.read(db)}
        self.read_on(db)
        return self._circles

    def take(self, line: SignedLine) -> None:
        """Follow an act on a circle."""
        if line.action == FOUNDED:
            self._founding = self._founding or line.seq
            return
        if len(line.files) != 1:
            return
        (client_id,) = line.files
        if line.action == glass.ACTION:
            is_borne_out = glass.is_borne_out(
                self._roster(), client_id, line.user_id, line.evidence
            )
            if is_borne_out and self._is_code(glass.code_of(line.evidence)):
                self._broke.add((client_id, line.user_id))
            return
        whom = line.subject.rpartition(" ")[2]
        _word, _space, key = line.evidence.partition(_KEY)
        said = self._circles.get(client_id)
        if line.action == BEFORE:
            self._take_founders(client_id, line, key.split(" "))
        elif said is not None:
            self._change(client_id, line, said, key, whom)
        elif line.action == OPENED and self._may_draw(line.user_id):
            self._circles[client_id] = Circle(key, line.user_id, {whom}, {line.user_id})

    def _change(self, client_id: str, line: SignedLine, said: Circle, key: str, whom: str) -> None:
        """Take a line about a circle that there is; one act has a line for each person."""
        goes_on = (key, line.user_id) == (said.public, said.drawn_by)
        if line.action == OPENED:
            said.members |= {whom} if goes_on else set()
        elif not (goes_on or self._is_entitled(client_id, line.user_id, said)):
            return
        elif line.action == WIDENED:
            said.members.add(whom)
        elif line.action == NARROWED:
            said.members.discard(whom)
            said.public, said.drawn_by = key, line.user_id
            said.sealers.add(line.user_id)
        elif line.action == CLOSED:
            del self._circles[client_id]

    def _take_founders(self, client_id: str, line: SignedLine, said: list[str]) -> None:
        """Take the founder's word for a circle; only right behind the founding."""
        statements = self._roster().statements
        if line.user_id != statements[0].by or line.seq != self._founding + 1:
            return
        self._founding += 1
        self._circles[client_id] = Circle(said[0], line.user_id, set(said[1:]))

    def _is_entitled(self, client_id: str, user_id: str, said: Circle) -> bool:
        broke = (client_id, user_id) in self._broke
        return user_id in said.members or broke or self._is_code(user_id)

    def _strangers(self, db: Connection, client_id: str, said: Circle) -> set[str]:
        """Return who holds the key of a file by the tables and was never taken in."""
        holders = _members_in(db, client_id, also_codes=True) - said.members
        return {each for each in holders if not self._is_code(each)}

    def _is_code(self, user_id: str) -> bool:
        """Tell whether somebody is a recovery code that stood on sheets of the vault.

        A code that a coordinator signs beside them is read of by nobody, and is none.
        """
        member = self._roster().members.get(user_id)
        is_code = member is not None and member.kind is Kind.RECOVERY
        return is_code and user_id in self._on_sheets

    def _may_draw(self, user_id: str) -> bool:
        """Tell whether somebody ever had a role that restricts files."""
        return any(
            isinstance(each.subject, Member)
            and each.subject.id == user_id
            and may(each.subject.role, Action.RESTRICT)
            for each in self._roster().statements
        )


def _members_in(db: Connection, client_id: str, *, also_codes: bool = False) -> set[str]:
    found = db.execute("SELECT user_id FROM circle_member WHERE client_id = ?", (client_id,))
    return {each for (each,) in found if also_codes or not is_recovery(each)}
