"""What the program's own digest of a file proves, and what follows where it is missing."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

from sqlcipher3 import dbapi2

from kadin_danisma.i18n import _
from kadin_danisma.store.anchor import (
    OLD_FORMAT,
    Anchor,
    claimed,
    genuine,
    has_leftovers,
    has_wal,
    path_of,
)
from kadin_danisma.store.audit import Line
from kadin_danisma.store.connection import PAGE_BYTES, SALT_BYTES, SEAL_BYTES
from kadin_danisma.store.failures import BrokenVaultError, known
from kadin_danisma.store.files import Hold
from kadin_danisma.store.slots import SlotFile


class Proof(Enum):
    """What the anchor says of the whole content of a file at rest.

    Only the vault key makes the lines of an anchor, so nobody else can make a digest fit.
    """

    #: Not a byte was changed since the program wrote its digest.
    PROVED = auto()
    #: It carries a digest and is not what it was.
    CHANGED = auto()
    #: A program of before wrote it, which left copies without a digest.
    OLD = auto()
    #: It was not closed by the program, or its digest was taken away: nobody can tell.
    UNPROVED = auto()

    def settled(self, last: Line, stands: Anchor | None) -> "Proof":
        """Return what is proved, now that the log can be read.

        A line of an earlier program says nothing of a file that was written to since.
        """
        if self is Proof.OLD and (stands is None or stands.last != last):
            return Proof.UNPROVED
        return self


def prove(vault: Path, hold: Hold, vault_key: bytes, vault_id: str) -> Proof:
    """Compare the whole content of a file at rest with what the program signed; nothing is opened.

    Only lines about a file that begins like this one count: those of the vault say nothing of its
    copies, so a copy whose digest was taken away has none.
    """
    header = hold.first(SALT_BYTES)
    lines = genuine(path_of(vault), vault_key, vault_id)
    return _proof(vault, hold, [each for each in lines if each.header == header])


def seems_changed(vault: Path, hold: Hold) -> bool:
    """Tell whether a file is another than its anchor says, to whoever cannot tell a genuine line.

    An accident is found so: a copy broken off where a page ends has the right seals as far as it
    goes. Whoever changed it on purpose changes the line as well.
    """
    header = hold.first(SALT_BYTES)
    found = [each for each in claimed(path_of(vault)) if each.header == header]
    return _proof(vault, hold, found) is Proof.CHANGED


def changed() -> str:
    """Return what is said of a file that is whole and not what the program signed."""
    return _("The vault was changed after the program wrote and signed it.")


def _proof(vault: Path, hold: Hold, found: list[Anchor]) -> Proof:
    """Return what lines about a file, the latest first, say of its content."""
    contents = [each.content for each in found if each.content]
    if contents and not has_leftovers(vault):
        present = hold.digest(PAGE_BYTES, SEAL_BYTES)
        if any(hmac.compare_digest(content, present) for content in contents):
            return Proof.PROVED
    if not found:
        return Proof.UNPROVED
    if found[0].content:
        return Proof.CHANGED
    return Proof.OLD if found[0].format == OLD_FORMAT else Proof.UNPROVED


@contextmanager
def unproved_faults(prove: Callable[[], Proof]) -> Iterator[None]:
    """Take what cannot be understood in a file for damage, unless it is what the program signed.

    Whoever can make seals of pages can put anything there; it must not end in a raw error.

    Args:
        prove: Compares the file with its digest; only asked where something went wrong.

    Raises:
        BrokenVaultError: The file holds what makes no sense, and nobody can prove it unchanged.
    """
    try:
        yield
    except (dbapi2.Error, ValueError, TypeError, LookupError, ArithmeticError) as error:
        if known(error) is None and prove() is not Proof.PROVED:
            raise BrokenVaultError from error
        raise


def lacks_digest(path: Path, stands: Anchor | None, file: SlotFile) -> bool:
    """Tell whether nobody signed how a vault was closed, and neither a crash nor a key change did.

    A crash leaves a log; a change of the vault key that was broken off leaves two beginnings.
    """
    begun = has_wal(path) or len(file.headers) > 1
    return stands is not None and not stands.is_signed and not begun
