"""A colleague with a passphrase of her own, the files of a vault and an SQL prompt."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.domain.records import User
from kadin_danisma.store import anchor, audit, unlocking
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.audit import Line
from kadin_danisma.store.connection import PAGE_BYTES, SEAL_BYTES, Mode, connected
from kadin_danisma.store.files import Hold, digest_of
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.signing import Author
from kadin_danisma.store.unlocking import Unlocked
from tests.builders import PASSPHRASE

LATE = datetime(2026, 11, 22, 23, 55, tzinfo=ISTANBUL)


@dataclass
class Insider:
    """Somebody who gets in, at work on the raw files.

    Args:
        path: The vault.
        unlocked: What her passphrase brought out of the key files.
        db: The vault file, without any guard.
    """

    path: Path
    unlocked: Unlocked
    db: Connection
    _dropped: dict[str, str] = field(default_factory=dict)

    @property
    def chain_key(self) -> bytes:
        return audit.key_of(self.db, self.unlocked.key)

    @property
    def author(self) -> Author:
        slot = self.unlocked.slot
        return Author(slot.user_id, self.unlocked.slots.vault_id, self.unlocked.identity.signing)

    def unguard(self) -> None:
        """Drop whatever stands in the way of an SQL prompt."""
        found = self.db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        self._dropped = dict(found.fetchall())
        for name in self._dropped:
            self.db.execute(f'DROP TRIGGER "{name}"')
        self.db.execute("PRAGMA foreign_keys = OFF")

    def guard(self) -> None:
        """Put back what stood in the way: a sign-in would notice that it is missing."""
        for sql in self._dropped.values():
            self.db.execute(sql)

    def forge_line(self, by: User, action: str, subject: str, *files: str) -> int:
        """Write a line as if a colleague had, as well as it can be done, and seal it."""
        audit.add(self.db, self.chain_key, by, LATE, action, subject, files)
        return audit.last(self.db).seq

    def reseal_log(self, first: int = 1) -> None:
        """Make the chain fit again from a line on, after lines were changed."""
        rows = self.db.execute(
            "SELECT seq, at, user_id, user_name, action, subject, signature, evidence, carried_by"
            " FROM audit WHERE seq >= ? ORDER BY seq",
            (first,),
        ).fetchall()
        before = audit.line_at(self.db, first - 1).mac
        for *row, signature, evidence, carried_by in rows:
            named = self.db.execute(
                "SELECT client_id FROM audit_file WHERE seq = ? ORDER BY client_id", row[:1]
            )
            files = tuple(each for (each,) in named)
            signed = (signature, evidence, carried_by)
            before = audit._seal(self.chain_key, before, tuple(row), files, signed)
            self.db.execute("UPDATE audit SET mac = ? WHERE seq = ?", (before, row[0]))


def _anchor_anew(path: Path, unlocked: Unlocked, chain_key: bytes, last: Line) -> None:
    """Write both anchors and the digest of the file anew, so that they know of what was forged."""
    file = unlocked.slots
    content = digest_of(path, PAGE_BYTES, SEAL_BYTES)
    present = Anchor(
        file.vault_id, file.headers[0], last, content=content, root=unlocked.roster.root
    )
    anchor.write(path, present, unlocked.key)
    SecondAnchor(path, chain_key, file.vault_id).write(replace(present, header=b""))


@contextmanager
def at_work(path: Path, name: str, passphrase: str = PASSPHRASE) -> Iterator[Insider]:
    """Let somebody work on the files of a closed vault; the anchors follow what she did."""
    hold = Hold(path)
    try:
        unlocked = unlocking.unlock(path, hold, name, passphrase)
    finally:
        hold.close()
    with connected(path, unlocked.key, Mode.WORK) as db:
        insider = Insider(path, unlocked, db)
        insider.unguard()
        yield insider
        insider.guard()
        chain_key, last = insider.chain_key, audit.last(db)
    _anchor_anew(path, unlocked, chain_key, last)
