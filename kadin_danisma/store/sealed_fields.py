"""The sealed fields of records of restricted files: written to the file's key, read with it.

Each row holds the fields that changed in one revision, so that all rows of a record together are
its values and their history. Writing needs the public key alone.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import file_of, neutral, sealed_values
from kadin_danisma.domain.records import KIND_OF, PlayroomVisit
from kadin_danisma.domain.text import fold
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import HistoryLine
from kadin_danisma.store import child_codes, moments, rows, sealing, signed_content, trust, vouching
from kadin_danisma.store.circle_book import CircleBook
from kadin_danisma.store.circles import ClosedFileError, FileKeys, Mark
from kadin_danisma.store.failures import BrokenVaultError
from kadin_danisma.store.signed_content import NOTHING, Content
from kadin_danisma.store.signing import Part as SignedPart

Values = Mapping[str, str]
#: What kind of thing the signature of sealed fields is.
SIGNATURE = "fields"
_VALUES, _SEALER, _AT = "values", "sealed_by", "sealed_at"


@dataclass(frozen=True, slots=True)
class Part:
    """What the sealed fields of one record said from one revision on."""

    revision: int
    at: str
    by: str
    values: Values
    #: Whose file, and who sealed it: its author, or whoever sealed a file that others had written.
    client_id: str = ""
    sealer: str = ""
    sealed_at: str = ""
    #: What lies in the seal, as it was signed; nothing of a part that was not sealed yet.
    content: Content = NOTHING
    #: What its row is known by, if it is from before signatures.
    digest: bytes = b""

    def trust(self, db: Connection, circles: CircleBook, key: tuple[Kind, str]) -> Trust:
        """Return what can be told of who wrote it.

        Args:
            db: The open vault.
            circles: The circles as they were signed, and who is who.
            key: Kind and id of its record.
        """
        roster = circles.roster
        if not self.content.signature:
            row = (str(key[0]), key[1], self.revision, self.digest)
            return Trust.BEFORE if vouching.is_vouched(db, roster, *row) else Trust.UNKNOWN
        said = _signed(self, key, self.client_id, self.content.said)
        signature = self.content.signature
        judged = trust.judged(roster, self.sealer, self.sealed_at, signature, SIGNATURE, *said)
        if judged is Trust.UNKNOWN or self.sealer == self.by:
            return judged
        # Who never sealed the file for others saw nothing to which she could be a witness.
        known = circles.sealed(db, self.client_id, self.sealer)
        return Trust.CARRIED if known else Trust.UNKNOWN

    def witnessed(self, key: tuple[Kind, str], mark: Mark, client_id: str) -> "Part":
        """Return it signed by whoever seals it now."""
        if mark.writer is None or not mark.writer.author.seed:
            return self
        body = _encode(self.values, mark)
        said = _signed(self, key, client_id, body)
        content = Content(body, mark.writer.sign(SIGNATURE, *said))
        return replace(
            self, client_id=client_id, sealer=mark.by, sealed_at=mark.at, content=content
        )


def _signed(
    part: Part, key: tuple[Kind, str], client_id: str, body: bytes
) -> tuple[SignedPart, ...]:
    """Return what is signed of sealed fields: all that gives them their meaning."""
    place = (str(key[0]), key[1], part.revision, client_id)
    return *place, part.at, part.by, body.decode()


def add(
    db: Connection,
    public: bytes,
    client_id: str,
    key: tuple[Kind, str],
    parts: Iterable[Part],
    mark: Mark | None = None,
) -> None:
    """Seal what fields of a record said; what was signed when it was sealed first stays so.

    Args:
        db: The open vault.
        public: The public key of the file.
        client_id: Whose file.
        key: Kind and id of the record.
        parts: What they said, revision by revision; empty ones leave no row.
        mark: Who seals, and signs what nobody signed yet; nobody by default.
    """
    kind, record_id = key
    signed = (
        part.witnessed(key, mark, client_id) if mark and not part.content.signature else part
        for part in parts
    )
    db.executemany(
        "INSERT INTO sealed_part (kind, record_id, revision, client_id, sealed, at, by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                str(kind),
                record_id,
                part.revision,
                client_id,
                sealing.seal(
                    signed_content.packed(_bound(key, part.revision), _content(part)), public
                ),
                part.at,
                part.by,
            )
            for part in signed
            if part.values
        ],
    )


def parts(db: Connection, key: tuple[Kind, str], secret: bytes) -> list[Part]:
    """Return everything the sealed fields of a record ever said, the first first.

    Raises:
        BrokenVaultError: A row was changed or belongs to another record.
    """
    found = []
    for revision, sealed, client_id, at, by in db.execute(
        "SELECT revision, sealed, client_id, at, by FROM sealed_part"
        " WHERE kind = ? AND record_id = ? ORDER BY revision",
        (str(key[0]), key[1]),
    ):
        said = sealing.unseal(sealed, secret)
        content = signed_content.unpacked(_bound(key, revision), said) if said else None
        if content is None:
            raise BrokenVaultError
        digest = vouching.digest_of(client_id, at, by, sealed)
        found.append(_decoded(Part(revision, at, by, {}, client_id, "", "", content, digest)))
    return found


def _decoded(part: Part) -> Part:
    """Return a part with what its content says.

    Raises:
        BrokenVaultError: It says nothing that this program writes.
    """
    try:
        body = json.loads(part.content.said)
        values = body[_VALUES] if part.content.signature else body
        sealer, sealed_at = (body[_SEALER], body[_AT]) if part.content.signature else ("", "")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BrokenVaultError from error
    if not isinstance(values, dict) or not all(isinstance(each, str) for each in values.values()):
        raise BrokenVaultError
    return replace(part, values=values, sealer=str(sealer), sealed_at=str(sealed_at))


def opened(db: Connection, record: rows.R, keys: FileKeys) -> rows.R:
    """Return a record of a restricted file with what its sealed fields say.

    Args:
        db: The open vault.
        record: The record as it stands in the open.
        keys: The keys at hand.

    Raises:
        ClosedFileError: The key of its file is not among them.
    """
    secret = keys.get(file_of(record) or "")
    if secret is None:
        raise ClosedFileError
    values: dict[str, Any] = {}
    for part in parts(db, _key(record), secret):
        values |= part.values
    return replace(record, **values)


class Children:
    """The codes that stand for children of restricted files: one a child, because they are counted.

    Whoever records a visit must be able to read the earlier ones of the same file.

    Args:
        db: The open vault.
        keys: The keys at hand.
    """

    def __init__(self, db: Connection, keys: FileKeys) -> None:
        self._db = db
        self._keys = keys
        self._codes: dict[str, dict[str, str]] = {}

    def code_of(self, visit: PlayroomVisit) -> str:
        """Return the code of the child of a visit.

        Raises:
            ClosedFileError: The key of its file is not at hand.
        """
        client_id, folded = visit.client_id, fold(visit.child)
        if client_id not in self._codes:
            self._codes[client_id] = self.known(client_id)
        known = self._codes[client_id]
        if folded not in known:
            known[folded] = child_codes.new_code()
            code = {folded: known[folded]}
            child_codes.add_sealed(self._db, client_id, self._keys[client_id], code)
        return known[folded]

    def known(self, client_id: str) -> dict[str, str]:
        """Return the codes of a restricted file by the folded names of its children.

        A file that was sealed before codes were kept has them in its visits alone.

        Raises:
            ClosedFileError: The key of the file is not at hand.
        """
        if client_id not in self._keys:
            raise ClosedFileError
        statement = rows.select(PlayroomVisit, "WHERE client_id = ?", withdrawn=True)
        found = self._db.execute(statement, (client_id,)).fetchall()
        visits = [rows.from_row(PlayroomVisit, row) for row in found]
        said = {each.id: fold(opened(self._db, each, self._keys).child) for each in visits}
        # A code stands for one name; an older program let it stand for a corrected one as well.
        first = {each.child: said[each.id] for each in reversed(visits)}
        in_visits = {folded: code for code, folded in first.items()}
        return in_visits | child_codes.under_seal(self._db, client_id, self._keys[client_id])


def veiled(record: rows.R, children: Children) -> rows.R:
    """Return a record of a restricted file as its row holds it.

    Raises:
        ClosedFileError: It is a visit, and the key of its file is not at hand.
    """
    if isinstance(record, PlayroomVisit):
        return neutral(record, children.code_of(record))
    return neutral(record)


def begin(db: Connection, public: bytes, record: rows.R, mark: Mark) -> None:
    """Seal the fields of a new record."""
    first = Part(1, mark.at, mark.by, sealed_values(record))
    add(db, public, file_of(record) or "", _key(record), [first], mark)


def go_on(db: Connection, public: bytes, before: rows.R, after: rows.R, mark: Mark) -> None:
    """Seal those fields that a correction changed."""
    was = sealed_values(before)
    changed = {name: said for name, said in sealed_values(after).items() if said != was[name]}
    part = Part(after.revision, mark.at, mark.by, changed)
    add(db, public, file_of(after) or "", _key(after), [part], mark)


def history(
    db: Connection, kind: Kind, record_id: str, secret: bytes
) -> list[tuple[Part, str, str, str]]:
    """Return the corrections of sealed fields, the first first: where, field, before, after."""
    standing: dict[str, str] = {}
    lines = []
    for part in parts(db, (kind, record_id), secret):
        for name, said in part.values.items():
            if name in standing:
                lines.append((part, name, standing[name], said))
            standing[name] = said
    return lines


def history_lines(
    db: Connection, circles: CircleBook, kind: Kind, record_id: str, secret: bytes
) -> list[HistoryLine]:
    """Return the corrections of sealed fields as they are shown, latest first."""
    titles = dict(db.execute("SELECT id, title FROM user"))
    return [
        HistoryLine(
            moments.read(part.at),
            titles.get(part.by, ""),
            name,
            old,
            new,
            part.trust(db, circles, (kind, record_id)),
            titles.get(part.sealer, ""),
        )
        for part, name, old, new in reversed(history(db, kind, record_id, secret))
    ]


def is_doubtful(db: Connection, circles: CircleBook, client_id: str, secret: bytes) -> bool:
    """Tell whether something in the sealed fields of a file was written by nobody who signed it."""
    found = db.execute(
        "SELECT DISTINCT kind, record_id FROM sealed_part WHERE client_id = :id"
        # What a record of the file shows is read by the record, whosever it says it is.
        " OR record_id = :id OR record_id IN (SELECT id FROM session WHERE client_id = :id"
        " UNION ALL SELECT id FROM playroom_visit WHERE client_id = :id)",
        {"id": client_id},
    ).fetchall()
    return any(
        part.client_id != client_id or part.trust(db, circles, key) is Trust.UNKNOWN
        for name, record_id in found
        for key in [(Kind(name), record_id)]
        for part in parts(db, key, secret)
    )


def _key(record: rows.R) -> tuple[Kind, str]:
    return KIND_OF[type(record)], record.id


def _bound(key: tuple[Kind, str], revision: int) -> bytes:
    """Return what stands before the fields, so that they cannot be put under another record."""
    return f"{key[0]}\n{key[1]}\n{revision}\n".encode()


def _content(part: Part) -> Content:
    if part.content.signature:
        return part.content
    return Content(_json(dict(part.values)))


def _encode(values: Values, mark: Mark) -> bytes:
    return _json({_VALUES: dict(values), _SEALER: mark.by, _AT: mark.at})


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
