"""What follows where the program's own digest of a file is missing or does not fit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from kadin_danisma.store.anchor import Anchor, Proof, has_wal
from kadin_danisma.store.failures import BrokenVaultError, known
from kadin_danisma.store.slots import SlotFile


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
