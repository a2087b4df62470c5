"""The anchor beside a vault: how far its log had come, in a file of its own.

The log inside the vault is a chain; cutting it, or putting an older copy of the whole file in its
place, leaves a shorter chain that fits. ``<vault>.anchor`` remembers the last line, sealed with a
subkey of the vault key (docs/decisions/0015). It is written after a commit and never before, so
after a crash the vault is ahead of its anchor or level with it; one behind it was brought back.
"""

import hmac
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.errors import KnownError
from kadin_danisma.foreign import IrregularFileError, read_regular
from kadin_danisma.i18n import _
from kadin_danisma.store import audit, keys
from kadin_danisma.store.audit import Line
from kadin_danisma.store.connection import PAGE_BYTES, SALT_BYTES, SEAL_BYTES
from kadin_danisma.store.failures import (
    ChangedLogError,
    CutLogError,
    OlderStateError,
    PutBackError,
    known_faults,
)
from kadin_danisma.store.files import Hold, append, beside, is_filled, write_atomically

FORMAT = "kadin-danisma-anchor/2"
#: Programs before the digests of backups wrote this; their copies carry none (decision 0036).
OLD_FORMAT = "kadin-danisma-anchor/1"
ENDING = ".anchor"
PURPOSE = "anchor"
#: Longer stretches of the log are checked by ``verify`` only.
CHECKED_LINES = 5_000
#: After so many lines or seconds the anchor is written anew and waited for.
_LINES_APART = 50
_SECONDS_APART = 60.0
#: Up to this size a sign-in compares the whole file with its digest; ``verify`` does at any size.
_COMPARED_AT_SIGN_IN = 256 << 20
#: An anchor file is under 20 kB; anything far larger is none of ours.
_LARGEST_FILE = 1 << 20
#: Two digests and two names stand in every line. A file of a million shorter ones, each of which
#: would be tried as JSON several times a sign-in, cost half a minute before anybody was let in.
_SHORTEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a vault stood.

    Args:
        vault_id: Whose anchor it is; copies share it.
        header: The bytes with which the file begins; copies differ in it.
        last: The last line of the log.
        content: The digest of its pages' seals as it was closed or copied; empty while it is open.
        format: The format of the line it stands in.
        root: The digest of the first statement of its roster; empty before it had one.
        proved: Which restoring by IT somebody proved before she took the vault up
            (``copied.restoring``); empty in all others.
    """

    vault_id: str
    header: bytes
    last: Line
    content: bytes = b""
    format: str = FORMAT
    root: str = ""
    proved: str = ""

    @property
    def is_signed(self) -> bool:
        """Tell whether it carries a digest; programs of before left large files without."""
        return bool(self.content) or self.format == OLD_FORMAT


def missing() -> str:
    """Return what is said where no genuine anchor lies beside a vault."""
    return _(
        "The check file beside the vault (.anchor) is missing or not genuine; it cannot be "
        "determined whether the vault was replaced by an older copy. If you did not move the "
        "files yourself, please inform the coordinator."
    )


def unsigned() -> str:
    """Return what is said where the vault was closed and nobody signed how."""
    return _(
        "It cannot be determined whether the vault was changed since it was last used: the "
        "signature made on closing is missing. This happens after a crash in the moment of "
        "closing, or when the disk was full. Otherwise, please inform the coordinator."
    )


def swapped() -> str:
    """Return what is said where another vault lay when the place was last used."""
    return _(
        "The last vault opened in this place by this computer was another one. If nobody moved a "
        "vault here on purpose, please inform the coordinator."
    )


def path_of(vault: Path) -> Path:
    """Return where the anchor of a vault lies."""
    return beside(vault, ENDING)


def write(vault: Path, anchor: Anchor, vault_key: bytes) -> None:
    """Put an anchor in place of the one before and wait until it is on the disk."""
    write_atomically(path_of(vault), encode(anchor, vault_key))


def write_copy(copy: Path, anchor: Anchor, vault_key: bytes, chain_key: bytes) -> None:
    """Write the anchor of a copy: for the copy itself, and for the vault it comes from.

    The second line is sealed with the key of the log, which outlives a change of the vault key.
    """
    write_atomically(path_of(copy), encode(anchor, chain_key) + encode(anchor, vault_key))


def write_both(vault: Path, present: tuple[Anchor, bytes], coming: tuple[Anchor, bytes]) -> None:
    """Anchor a file and the one that is to take its place, each under the key of its own."""
    write_atomically(path_of(vault), encode(*present) + encode(*coming))


def read(vault: Path, vault_key: bytes, vault_id: str) -> Anchor | None:
    """Return the latest genuine anchor beside a vault; None where there is none."""
    return read_from(path_of(vault), vault_key, vault_id)


def read_from(file: Path, key: bytes, vault_id: str) -> Anchor | None:
    """Return the latest genuine anchor in a file; None where there is none."""
    return next(genuine(file, key, vault_id), None)


def genuine(file: Path, key: bytes, vault_id: str) -> Iterator[Anchor]:
    """Yield the genuine anchors in a file, the latest first."""
    for said in reversed(_lines(file)):
        anchor = _decode(said)
        if (
            anchor
            and anchor.vault_id == vault_id
            and hmac.compare_digest(said, encode(anchor, key))
        ):
            yield anchor


def claimed(file: Path) -> Iterator[Anchor]:
    """Yield what a file says of whatever vault, the latest first; nothing is trusted."""
    return (anchor for anchor in map(_decode, reversed(_lines(file))) if anchor)


def has_wal(vault: Path) -> bool:
    """Tell whether a write-ahead log with a content lies beside a file."""
    return is_filled(beside(vault, "-wal"))


def has_leftovers(vault: Path) -> bool:
    """Tell whether a log or a journal lies beside a file, which SQLite would bring into it."""
    return has_wal(vault) or is_filled(beside(vault, "-journal"))


def is_at_rest(vault: Path, header: bytes, vault_key: bytes, vault_id: str) -> bool:
    """Tell whether the content of a file beginning so is remembered: nobody has begun to change it.

    Whoever opens a vault for writing forgets its content first (``forget_content``), so what lies
    beside a file at rest as if a change had been broken off was put there by somebody else.
    """
    lines = genuine(path_of(vault), vault_key, vault_id)
    return any(each.content for each in lines if each.header == header)


def vaults_in(file: Path) -> set[str]:
    """Return of which vaults a file speaks; nothing is trusted."""
    return {anchor.vault_id for anchor in map(_decode, _lines(file)) if anchor}


def forget_content(vault: Path, anchor: Anchor, vault_key: bytes, proved: str = "") -> None:
    """Note, before anything is written to a file at rest, that its content may change now.

    Args:
        vault: The vault file.
        anchor: What stands beside it.
        vault_key: Its key.
        proved: Which restoring was proved by that content; a crash would let nobody prove it again.
    """
    if anchor.content:
        write(vault, replace(anchor, content=b"", format=FORMAT, proved=proved), vault_key)


def is_of_file(vault: Path, header: bytes) -> bool:
    """Tell whether the anchor beside a vault is that of a file beginning so; nothing is trusted."""
    return any(anchor.header == header for anchor in map(_decode, _lines(path_of(vault))) if anchor)


def check(
    db: Connection,
    vault: Path,
    hold: Hold,
    vault_key: bytes,
    vault_id: str,
    here: Anchor | None = None,
) -> Anchor | None:
    """Compare an unlocked vault with its anchor and check its log from there to the end.

    Args:
        db: The unlocked vault.
        vault: Its path.
        hold: Its hold.
        vault_key: Its key.
        vault_id: Its identity.
        here: What this computer remembers of it (``second_anchor``).

    Returns:
        The anchor; None where there is none, so that nothing could be compared.

    Raises:
        OlderStateError: The vault is behind its anchor, or is another one.
        CutLogError: Its log is, and its records are not: the log alone was cut.
        PutBackError: It is behind what this computer remembers: its folder was put back whole.
        ChangedLogError: The log does not fit together behind it.
    """
    anchor = read(vault, vault_key, vault_id)
    last = audit.last(db)
    if anchor and not has_passed(db, anchor):
        raise _cut_or_older(db, last)
    if here and not has_passed(db, here):
        raise PutBackError
    after = anchor.last if anchor else audit.START
    chain_key = audit.key_of(db, vault_key)
    if last.seq - after.seq <= CHECKED_LINES and audit.first_break(db, chain_key, after):
        raise ChangedLogError
    if anchor and anchor.last == last and _differs(vault, hold, anchor):
        raise OlderStateError
    return anchor


def has_passed(db: Connection, anchor: Anchor) -> bool:
    """Tell whether the log reaches the anchored line and says the same there."""
    return hmac.compare_digest(audit.line_at(db, anchor.last.seq).mac, anchor.last.mac)


def _cut_or_older(db: Connection, last: Line) -> OlderStateError:
    """Tell a log that was cut from a whole older file: what was written later is still there.

    Every change is written together with its line, so no record is younger than the log.
    """
    tables = {str(name) for (name,) in db.execute("SELECT name FROM sqlite_master")}
    for table in ("client", "application", "session", "playroom_visit", "referral", "training"):
        if table in tables:
            (latest,) = db.execute(f"SELECT max(changed_at) FROM {table}").fetchone()
            if latest is not None and latest > last.at:
                return CutLogError()
    return OlderStateError()


def _differs(vault: Path, hold: Hold, anchor: Anchor) -> bool:
    """Tell whether a file at rest is another than the one that was closed.

    What lies beside a file whose content is remembered was put there by somebody else
    (``is_at_rest``).
    """
    if not anchor.content or anchor.header != hold.first(SALT_BYTES):
        return False
    if has_leftovers(vault):
        return True
    if hold.size() > _COMPARED_AT_SIGN_IN:
        return False
    return hold.digest(PAGE_BYTES, SEAL_BYTES) != anchor.content


class Second(Protocol):
    """A second place for the anchor; what fails there is passed over."""

    def append(self, anchor: Anchor) -> None:
        """Add where the vault stands now, without waiting for the disk."""

    def write(self, anchor: Anchor) -> None:
        """Write where the vault stands now, and wait for the disk."""


class Keeper:
    """Keeps the anchor of an open vault level with its log.

    What fails here was committed before and stays so; the next line tries again.

    Args:
        vault: The vault file.
        hold: Its hold.
        vault_key: Its key.
        vault_id: Its identity.
        second: The anchor away from it.
        root: On what its roster rests.
    """

    def __init__(
        self,
        vault: Path,
        hold: Hold,
        vault_key: bytes,
        vault_id: str,
        second: "Second",
        root: str = "",
    ) -> None:
        self._vault = vault
        self._hold = hold
        self._key = vault_key
        self._second = second
        self._bare = Anchor(vault_id, hold.first(SALT_BYTES), audit.START, root=root)
        self._last = audit.START
        self._fixed = audit.START
        self._fixed_at = time.monotonic()

    def rest_on(self, root: str) -> None:
        """Remember from now on that the roster rests on another first statement."""
        self._bare = replace(self._bare, root=root)

    def follow(self, db: Connection) -> None:
        """Anchor what was just committed: a line added, or from time to time waited for."""
        with suppress(KnownError), known_faults():
            last = audit.last(db)
            if last == self._last:
                return
            self._last = last
            apart = last.seq - self._fixed.seq
            if apart >= _LINES_APART or time.monotonic() - self._fixed_at >= _SECONDS_APART:
                self._fix()
            else:
                present = replace(self._bare, last=last)
                append(path_of(self._vault), encode(present, self._key))
                self._second.append(present)

    def fix(self, db: Connection) -> None:
        """Anchor what was committed and wait until it is on the disk."""
        with suppress(KnownError), known_faults():
            self._last = audit.last(db)
            self._fix()

    def rest(self) -> None:
        """Remember the content of a file that was just closed, and where its log ends."""
        with suppress(KnownError), known_faults():
            self._fix(b"" if has_wal(self._vault) else self._hold.digest(PAGE_BYTES, SEAL_BYTES))

    def _fix(self, content: bytes = b"") -> None:
        present = replace(self._bare, last=self._last)
        write(self._vault, replace(present, content=content), self._key)
        self._second.write(present)
        self._fixed = self._last
        self._fixed_at = time.monotonic()


def _lines(path: Path) -> list[bytes]:
    try:
        lines = read_regular(path, _LARGEST_FILE).splitlines(keepends=True)
    except (FileNotFoundError, IrregularFileError):
        return []
    return [line for line in lines if len(line) >= _SHORTEST_LINE]


def encode(anchor: Anchor, key: bytes) -> bytes:
    """Return one line of an anchor file; the last thing it says is the seal of the rest."""
    said = {
        "format": anchor.format,
        "vault": anchor.vault_id,
        "header": anchor.header.hex(),
        "seq": anchor.last.seq,
        "head": anchor.last.mac.hex(),
        "at": anchor.last.at,
        "content": anchor.content.hex(),
        **({"root": anchor.root} if anchor.root else {}),
        **({"proved": anchor.proved} if anchor.proved else {}),
    }
    seal = keys.mac(keys.subkey(key, PURPOSE), _json(said))
    return _json({**said, "mac": seal.hex()}) + b"\n"


def _decode(line: bytes) -> Anchor | None:
    """Return what a line says, without trusting it; None where it is none or was torn."""
    try:
        said = json.loads(line)
        last = Line(int(said["seq"]), str(said["at"]), bytes.fromhex(said["head"]))
        header, content = bytes.fromhex(said["header"]), bytes.fromhex(said["content"])
        known = said["format"] if said["format"] in (FORMAT, OLD_FORMAT) else FORMAT
        rest = str(said.get("root", "")), str(said.get("proved", ""))
        return Anchor(str(said["vault"]), header, last, content, known, *rest)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return None


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()
