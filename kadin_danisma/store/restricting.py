"""Sealing an ordinary file to a circle, sealing it anew, and opening it again for everybody.

Each is part of one transaction of the caller. What stood in the open is overwritten in its place
(``secure_delete``), but copies that SQLite left behind while it moved rows between pages are not:
``store.sweeping`` takes them out afterwards (docs/decisions/0019).
"""

from collections import defaultdict

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import SEALED, neutral, sealed_values
from kadin_danisma.domain.records import KIND_OF, Client, PlayroomVisit, Session
from kadin_danisma.domain.text import fold
from kadin_danisma.domain.trust import Trust
from kadin_danisma.store import (
    child_codes,
    frozen_months,
    note_index,
    notes,
    rows,
    sealed_fields,
    sealing,
    search,
    withdrawal_words,
)
from kadin_danisma.store.circles import Mark
from kadin_danisma.store.sealed_fields import Children, Part

#: The kinds with sealed fields, and the column that says whose file a record is.
_OWNER: dict[type, str] = {Client: "id", Session: "client_id", PlayroomVisit: "client_id"}
_Sealable = Client | Session | PlayroomVisit


def seal(db: Connection, client_id: str, secret: bytes, mark: Mark | None = None) -> None:
    """Seal what a file says in the open; the counts of it stay.

    Args:
        db: The open vault.
        client_id: Whose file.
        secret: Its private key.
        mark: Who seals, and signs what stood there; its authors did not sign it then.
    """
    public = sealing.public_of(secret)
    codes = _draw_codes(db, client_id, secret)
    for record, entered_at, changed_by in _records_of(db, client_id):
        key = KIND_OF[type(record)], record.id
        said = _said(db, record, entered_at, changed_by)
        sealed_fields.add(db, public, client_id, key, said, mark)
        db.executemany(
            "DELETE FROM history WHERE kind = ? AND record_id = ? AND field = ?",
            [(str(key[0]), record.id, name) for name in SEALED[key[0]]],
        )
        code = ""
        if isinstance(record, PlayroomVisit):
            code = codes[fold(record.child)]
        _write(db, neutral(record, code))
    notes.wrap(db, client_id, public)
    withdrawal_words.seal(db, client_id, public, mark)
    # Which segments hold words of these notes only a holder of their key could tell.
    note_index.forget(db)


def unseal(db: Connection, client_id: str, secret: bytes) -> None:
    """Write a file in the open again, with its history.

    Args:
        db: The open vault.
        client_id: Whose file.
        secret: Its private key.
    """
    keys = {client_id: secret}
    child_codes.put_open(db, client_id, Children(db, keys).known(client_id))
    for record, _entered_at, _changed_by in _records_of(db, client_id):
        kind = KIND_OF[type(record)]
        db.executemany(
            "INSERT INTO history (kind, record_id, revision, at, by, field, old, new)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (str(kind), record.id, part.revision, part.at, part.by, *line)
                for part, *line in sealed_fields.history(db, kind, record.id, secret)
            ],
        )
        plain = sealed_fields.opened(db, record, keys)
        if isinstance(plain, PlayroomVisit):
            child_codes.remember(db, [(client_id, fold(plain.child))])
        _write(db, plain)
    withdrawal_words.unseal(db, client_id, secret)
    db.execute("DELETE FROM sealed_part WHERE client_id = ?", (client_id,))
    notes.unwrap(db, client_id, secret)


def reseal(
    db: Connection, client_id: str, secret: bytes, fresh: bytes, mark: Mark | None = None
) -> None:
    """Seal a restricted file to another key pair; what was signed stays signed as it was.

    Args:
        db: The open vault.
        client_id: Whose file.
        secret: The private key so far.
        fresh: The private key from now on.
        mark: Who does it, and signs what is known to be from before signatures.
    """
    codes = Children(db, {client_id: secret}).known(client_id)
    child_codes.put_sealed(db, client_id, fresh, codes)
    public = sealing.public_of(fresh)
    found = db.execute(
        "SELECT DISTINCT kind, record_id FROM sealed_part WHERE client_id = ?", (client_id,)
    ).fetchall()
    for name, record_id in found:
        key = Kind(name), record_id
        said = [_kept(db, part, key, mark) for part in sealed_fields.parts(db, key, secret)]
        db.execute("DELETE FROM sealed_part WHERE kind = ? AND record_id = ?", (name, record_id))
        sealed_fields.add(db, public, client_id, key, said)
    notes.unwrap(db, client_id, secret)
    notes.wrap(db, client_id, public)


def _kept(db: Connection, part: Part, key: tuple[Kind, str], mark: Mark | None) -> Part:
    """Return a part as it is sealed anew: one from before signatures is not known again later."""
    if mark is None or mark.writer is None:
        return part
    if part.trust(db, mark.writer.circles, key) is not Trust.BEFORE:
        return part
    return part.witnessed(key, mark, part.client_id)


def _draw_codes(db: Connection, client_id: str, secret: bytes) -> dict[str, str]:
    """Give every child of a file another code, also in frozen months, and seal which is whose.

    What stood for it so far stood beside its name, for everybody who read the table.

    Returns:
        The new codes by the folded names.
    """
    named = db.execute("SELECT child FROM playroom_visit WHERE client_id = ?", (client_id,))
    # Nobody who takes a row out of the table can keep a file from being sealed.
    child_codes.remember(db, [(client_id, fold(child)) for (child,) in named.fetchall()])
    so_far = child_codes.of_file(db, client_id)
    codes = {folded: child_codes.new_code() for folded in so_far}
    child_codes.put_sealed(db, client_id, secret, codes)
    frozen_months.exchange(db, client_id, {code: codes[folded] for folded, code in so_far.items()})
    return codes


def _records_of(db: Connection, client_id: str) -> list[tuple[_Sealable, str, str]]:
    """Return the records of a file that have sealed fields, when and by whom they were written."""
    found: list[tuple[_Sealable, str, str]] = []
    for kind, column in _OWNER.items():
        names = ", ".join(rows.columns_of(kind))
        for *values, entered_at, changed_by in db.execute(
            f"SELECT {names}, entered_at, changed_by FROM {rows.TABLE_OF[kind]}"
            f" WHERE {column} = :id",
            {"id": client_id},
        ).fetchall():
            found.append((rows.from_row(kind, values), entered_at, changed_by))
    return found


def _said(db: Connection, record: _Sealable, entered_at: str, changed_by: str) -> list[Part]:
    """Return what the fields to be sealed ever said, from the record and its history."""
    kind = KIND_OF[type(record)]
    first = sealed_values(record)
    seen: set[str] = set()
    later: dict[tuple[int, str, str], dict[str, str]] = defaultdict(dict)
    for revision, at, by, field, old, new in db.execute(
        "SELECT revision, at, by, field, old, new FROM history"
        " WHERE kind = ? AND record_id = ? ORDER BY id",
        (str(kind), record.id),
    ):
        if field in first:
            if field not in seen:
                first[field] = old
                seen.add(field)
            later[(revision, at, by)][field] = new
    # Who first wrote a record that was corrected since was not kept.
    author = changed_by if record.revision == 1 else ""
    return [
        Part(1, entered_at, author, first),
        *(Part(*when, values) for when, values in sorted(later.items())),
    ]


def _write(db: Connection, record: _Sealable) -> None:
    """Put the sealed fields of a record as they shall stand; its revision stays what it was."""
    kind = type(record)
    row = rows.to_row(record)
    columns = SEALED[KIND_OF[kind]]
    pairs = ", ".join(f"{name} = :{name}" for name in columns)
    db.execute(f"UPDATE {rows.TABLE_OF[kind]} SET {pairs} WHERE id = :id", row)
    if isinstance(record, Client):
        search.reindex(db, record)
