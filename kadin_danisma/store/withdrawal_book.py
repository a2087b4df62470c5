"""What the signed lines of the log say of withdrawals: what was withdrawn, at which revision.

The rows of records are writable for whoever holds the key of the vault. Each withdrawal, and each
time one is taken back, stands in the log, signed by whoever did it, with the record and its
revision as evidence. So a record that somebody silenced, or let stand again, with SQL shows against
the log; what was silenced counts all the same (``store.unproved``, docs/decisions/0044).
"""

from collections.abc import Mapping

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.auditing import taking_back_of, withdrawal_of
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import CLASS_OF, KIND_OF, Record
from kadin_danisma.domain.trust import Trust
from kadin_danisma.store import audit, migrate, rows, withdrawing
from kadin_danisma.store.carrying import LogLine
from kadin_danisma.store.log_book import LogBook
from kadin_danisma.store.log_signatures import LogSignatures, SignedLine
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.withdrawing import Act

#: The schema from which on records can be withdrawn.
SCHEMA = 13
#: Records were found that are withdrawn, or stand, otherwise than somebody signed it.
UNSIGNED = "withdrawal.unsigned"
#: So many of them stand in one line.
_NAMED = 20
_OUT, _BACK = "withdrawn", "standing"
Key = tuple[Kind, str]


def evidence(record: Record, reason: str = "", trace: str = "") -> str:
    """Return the evidence of the line about a record.

    Args:
        record: The record, at its new revision.
        reason: Why it was withdrawn; nothing where it was taken back.
        trace: That of the words beside the reason (``withdrawal_words.salted``).
    """
    said = [_OUT if reason else _BACK, str(KIND_OF[type(record)]), record.id, str(record.revision)]
    return " ".join([*said, *filter(None, (reason, trace))])


class WithdrawalBook(LogBook):
    """The withdrawals of one vault by its log, read on as the log grows.

    Args:
        roster: Returns who is who.
    """

    actions = tuple(
        act(kind) for kind in KIND_OF.values() for act in (withdrawal_of, taking_back_of)
    )

    def trust_of(self, db: Connection, kind: Kind, record_id: str, act: Act | None) -> Trust:
        """Return what can be told of whether a record is withdrawn.

        Args:
            db: The open vault.
            kind: The kind of the record.
            record_id: Which record.
            act: What its row says; None where it stands.
        """
        if not _can_be_told(db, self._roster()):
            return Trust.SIGNED
        return Trust.SIGNED if self._fits(db, (kind, record_id), act) else Trust.UNKNOWN

    def wrote(self, db: Connection, kind: Kind, record_id: str, trace: str) -> bool:
        """Tell whether words beside a withdrawal are those that were signed with it.

        Args:
            db: The open vault.
            kind: The kind of the record.
            record_id: Which record.
            trace: That of the words which stand there.
        """
        self.read_on(db)
        # Before words were signed a line had no trace of them.
        return self._traces.get((kind, record_id), "") in ("", trace)

    def doubtful(self, db: Connection) -> dict[Key, int]:
        """Return the records that are not as somebody signed it, and their present revisions."""
        if not _can_be_told(db, self._roster()):
            return {}
        acts, said = withdrawing.withdrawn(db), self._present(db)
        found = {key: act.revision for key, act in acts.items() if said.get(key) != _said(act)}
        for kind, record_id in said.keys() - acts.keys():
            table = rows.TABLE_OF[CLASS_OF[kind]]
            row = db.execute(f"SELECT revision FROM {table} WHERE id = ?", (record_id,)).fetchone()
            # What is gone altogether is no withdrawal.
            if row:
                found[kind, record_id] = row[0]
        return found

    def unproved(self, db: Connection) -> list[Key]:
        """Return the records whose rows say that they are withdrawn, which nobody signed so."""
        acts = withdrawing.withdrawn(db) if _can_be_told(db, self._roster()) else {}
        return [key for key, act in acts.items() if not self._fits(db, key, act)]

    def _fits(self, db: Connection, key: Key, act: Act | None) -> bool:
        return self._present(db).get(key) == (_said(act) if act else None)

    def forget(self) -> None:
        """Know of nothing that was withdrawn."""
        self._out: dict[Key, tuple[int, str, str]] = {}
        self._traces: dict[Key, str] = {}

    def _present(self, db: Connection) -> Mapping[Key, tuple[int, str, str]]:
        """Return what is withdrawn by the lines that there are now: revision, reason, by whom."""
        self.read_on(db)
        return self._out

    def take(self, line: SignedLine) -> None:
        """Follow a withdrawal, or one that was taken back."""
        match line.evidence.split(" "):
            case ["withdrawn", kind, record_id, revision, reason, *trace] if len(
                trace
            ) <= 1 and _is(line, kind, revision):
                self._out[Kind(kind), record_id] = (int(revision), reason, line.user_id)
                self._traces[Kind(kind), record_id] = "".join(trace)
            case ["standing", kind, record_id, revision] if _is(line, kind, revision):
                self._out.pop((Kind(kind), record_id), None)


def unsigned_lines(db: Connection, roster: Roster) -> list[LogLine]:
    """Return what the log says of records that nobody who signed it withdrew; each is told once.

    Args:
        db: The open vault.
        roster: Who is who.
    """
    found = WithdrawalBook(lambda: roster).doubtful(db)
    if not found:
        return []
    lines = LogSignatures(db, roster).believed(audit.since(db, UNSIGNED, 0))
    told = {each for line in lines for each in line.subject.split()}
    names = {f"{key[1]}/{revision}": key for key, revision in sorted(found.items())}
    new = [name for name in names if name not in told][:_NAMED]
    files = {file for name in new if (file := _file_of(db, names[name]))}
    return [LogLine(UNSIGNED, " ".join(new), files=tuple(sorted(files)))] if new else []


def _file_of(db: Connection, key: Key) -> str | None:
    kind, record_id = key
    if kind in {Kind.CLIENT, Kind.TRAINING}:
        return record_id if kind is Kind.CLIENT else None
    table = rows.TABLE_OF[CLASS_OF[kind]]
    row = db.execute(f"SELECT client_id FROM {table} WHERE id = ?", (record_id,)).fetchone()
    return row[0] if row else None


def _said(act: Act) -> tuple[int, str, str]:
    return act.revision, act.reason, act.by


def _is(line: SignedLine, kind: str, revision: str) -> bool:
    """Tell whether a line says what its evidence says."""
    known = revision.isdecimal() and kind in set(KIND_OF.values())
    return known and line.action in {withdrawal_of(Kind(kind)), taking_back_of(Kind(kind))}


def _can_be_told(db: Connection, roster: Roster) -> bool:
    """Tell whether there is a log of signed lines to compare with."""
    return bool(roster.statements) and migrate.version(db) >= SCHEMA
