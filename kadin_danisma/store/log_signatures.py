"""Who signed which line of the log (docs/decisions/0038).

The seal of a line is made with a key that everybody has who works with the vault; it shows that
nothing was changed by others. That nobody wrote a line in a colleague's name, her signature shows.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import AuditLine
from kadin_danisma.progress import Progress
from kadin_danisma.store import anchor, audit, carrying, journal, keys, moments, trust
from kadin_danisma.store.carrying import LogLine
from kadin_danisma.store.journal import Deed
from kadin_danisma.store.roster.chain import Roster

#: The line with which the roster was founded in a vault whose log was not signed before.
FOUNDED = "roster.found"
_SELECT = (
    "SELECT line.seq, line.at, line.user_id, line.user_name, line.action, line.subject,"
    " line.signature, line.evidence, line.carried_by, before.mac, before.at,"
    " (SELECT json_group_array(client_id) FROM (SELECT client_id FROM audit_file"
    " WHERE seq = line.seq AND sealed = 1 ORDER BY client_id))"
    " FROM audit AS line LEFT JOIN audit AS before ON before.seq = line.seq - 1 "
)
_TOLD_EVERY = 500
#: Lines of a log were found that nobody signed; their numbers are the subject.
UNSIGNED = "log.unsigned"
#: So many of the latest lines are looked at in any case when somebody signs in.
_LATEST = 100
#: The most lines that are looked at because whoever signs in was away: some tenth of a second.
_MOST_SINCE_HERS = 1_000
#: So many numbers stand in one line.
_NUMBERED = 20


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A line with all that its signature covers."""

    seq: int
    at: str
    user_id: str
    user_name: str
    action: str
    subject: str
    signature: bytes | None
    evidence: str
    carried_by: str
    #: Seal and moment of the line before it.
    before: bytes
    before_at: str
    files: tuple[str, ...]


def founding_line(db: Connection) -> LogLine:
    """Return the first signed line of a log that was not signed before: it says up to where."""
    last = audit.last(db)
    return LogLine(FOUNDED, "", evidence=_unsigned_until(last.seq, last.mac))


class LogSignatures:
    """Judges lines of one log.

    Args:
        db: The open vault.
        roster: Who is who.
    """

    def __init__(self, db: Connection, roster: Roster) -> None:
        self._db = db
        self._roster = roster
        self._names = trust.names_of(roster)
        self._limit = self._unsigned_up_to() if audit.has_signatures(db) else 0

    @property
    def begins_unsigned(self) -> bool:
        """Tell whether the log is from before signatures, as the founder of the roster signed."""
        return self._limit > 0

    def of(self, seqs: Iterable[int]) -> dict[int, tuple[Trust, str]]:
        """Return what can be told of some lines and who carried them in, by their numbers."""
        found = (self.line(seq) for seq in seqs)
        return {line.seq: (self.judge(line), line.carried_by) for line in found if line}

    def unknown(
        self, first: int = 1, last: int | None = None, progress: Progress | None = None
    ) -> list[int]:
        """Return the numbers of the lines that nobody who could be asked signed.

        Args:
            first: The first line to look at.
            last: The last one; the end of the log by default.
            progress: Told (lines done, lines in all); cancels by raising.
        """
        if not audit.has_signatures(self._db):
            return []
        upto = audit.last(self._db).seq if last is None else last
        found = []
        for line in self._lines("WHERE line.seq BETWEEN ? AND ? ORDER BY line.seq", first, upto):
            if progress and line.seq % _TOLD_EVERY == 0:
                progress(line.seq - first, upto - first + 1)
            if self.judge(line) is Trust.UNKNOWN:
                found.append(line.seq)
        return found

    def believed(self, lines: Iterable[AuditLine]) -> list[AuditLine]:
        """Return those lines that may be told as what happened: not what nobody signed."""
        found = ((line, self.line(line.seq)) for line in lines)
        return [line for line, said in found if said and self.judge(said) is not Trust.UNKNOWN]

    def last_of(self, user_id: str) -> int:
        """Return the number of the last line that somebody signed herself; 0 where there is none.

        Her signature covers the seal of the line before, and so all that stands before it.
        """
        found = self._lines(
            "WHERE line.user_id = ? AND line.carried_by = '' ORDER BY line.seq DESC LIMIT ?",
            user_id,
            _LATEST,
        )
        signed = {Trust.SIGNED, Trust.SHARED}
        return next((line.seq for line in found if self.judge(line) in signed), 0)

    def line(self, seq: int) -> SignedLine | None:
        """Return a line with all that its signature covers."""
        return next(self._lines("WHERE line.seq = ?", seq), None)

    def judge(self, line: SignedLine) -> Trust:
        """Return what can be told of a line."""
        if line.signature is None:
            return Trust.BEFORE if line.seq <= self._limit else Trust.UNKNOWN
        if moments.read(line.at) == moments.NO_MOMENT:
            return Trust.UNKNOWN
        signed = self._signed(line)
        if line.user_name not in self._names.get(line.user_id, ()):
            return Trust.UNKNOWN
        if signed is Trust.SHARED and line.at < line.before_at:
            # Whoever set her first passphrase can date back to when it was hers.
            return Trust.UNKNOWN
        if not line.carried_by or signed is Trust.UNKNOWN:
            return signed
        return Trust.CARRIED if self._is_borne_out(line) else Trust.UNKNOWN

    def _signed(self, line: SignedLine) -> Trust:
        row = (line.seq, line.at, line.user_id, line.user_name, line.action, line.subject)
        said = audit.said_in(line.before, row, line.evidence, line.carried_by, line.files)
        signer = line.carried_by or line.user_id
        return trust.judged(self._roster, signer, line.at, line.signature, audit.SIGNATURE, *said)

    def _is_borne_out(self, line: SignedLine) -> bool:
        """Tell whether its author herself signed what a carried line says, and once only."""
        deed = Deed(line.user_id, line.action, line.subject)
        at = carrying.moment_of_statement(self._roster, deed, line.evidence)
        at = at or journal.moment_of_entry(self._roster, deed, line.evidence)
        if not at or line.files:
            return False
        # What was said between the line before and this one stands there at its own moment.
        if line.at != at and line.before_at <= at <= line.at:
            return False
        earlier = "SELECT 1 FROM audit WHERE evidence = ? AND carried_by <> '' AND seq < ?"
        return self._db.execute(earlier, (line.evidence, line.seq)).fetchone() is None

    def _unsigned_up_to(self) -> int:
        """Return the last line from before signatures, as the founder of the roster signed it.

        A log that begins with a signed line was signed from its first line on.
        """
        statements = self._roster.statements
        first = self.line(1)
        if not statements or first is None or first.signature is not None:
            return 0
        for line in self._lines("WHERE line.action = ? ORDER BY line.seq", FOUNDED):
            is_his = line.user_id == statements[0].by and not line.carried_by
            fits = line.evidence == _unsigned_until(line.seq - 1, line.before)
            if is_his and fits and self._signed(line) in {Trust.SIGNED, Trust.SHARED}:
                return line.seq - 1
        return 0

    def _lines(self, tail: str, *values: object) -> Iterator[SignedLine]:
        for row in self._db.execute(_SELECT + tail, values):
            *said, mac, at, files = row
            said += [mac or bytes(keys.KEY_BYTES), at or "", tuple(json.loads(files))]
            yield SignedLine(*said)


def unsigned_lines(db: Connection, roster: Roster, anchored: int, user_id: str) -> list[LogLine]:
    """Return what the log says of lines behind the anchor that nobody signed; each is told once.

    Whoever writes a line with the key of the vault can write the anchor as well, and as many lines
    of her own behind it as she likes. What whoever signs in signed last she cannot.

    Args:
        db: The open vault.
        roster: Who is who.
        anchored: The last line that was anchored.
        user_id: Who signs in.
    """
    last = audit.last(db).seq
    signatures = LogSignatures(db, roster)
    hers = max(signatures.last_of(user_id), last - _MOST_SINCE_HERS)
    first = max(min(anchored, last - _LATEST, hers), last - anchor.CHECKED_LINES, 0) + 1
    lines = signatures.believed(audit.since(db, UNSIGNED, 0))
    told = {seq for line in lines for seq in line.subject.split()}
    found = map(str, signatures.unknown(first))
    new = [seq for seq in found if seq not in told][:_NUMBERED]
    return [LogLine(UNSIGNED, " ".join(new))] if new else []


def _unsigned_until(seq: int, mac: bytes) -> str:
    return f"unsigned {seq} {mac.hex()}"
