"""What can be wrong with a vault, each told apart, and the one place where SQLite's errors end.

Only faults of the world are translated; an error that points at the program stays what it is.
The sentences name no file, person or value: they may be shown, printed or piped.
"""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2

from kadin_danisma.errors import (
    DamagedVaultError,
    KnownError,
    NotAllowedError,
    NotLetInError,
    RolledBackVaultError,
    WrongCredentialsError,
)
from kadin_danisma.i18n import N_, _

_FULL_DISK = {errno.ENOSPC, errno.EDQUOT}
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.EIO, errno.EISDIR}


class FaultError(KnownError):
    """One fault, one sentence."""

    sentence: str

    def __init__(self) -> None:
        super().__init__(_(self.sentence))


class DamageError(FaultError, DamagedVaultError):
    """A fault of the vault itself (exit status 5)."""


class WrongPassphraseError(FaultError, WrongCredentialsError):
    """The same is said to whoever types something wrong, was never here, or has left."""

    sentence = N_(
        "The user name or the passphrase is wrong. Try again; if you have forgotten your "
        "passphrase, tell the coordinator."
    )


class MissingVaultError(FaultError):
    """There is no vault at this place."""

    sentence = N_("There is no vault at this place. Nothing was created.")


class VaultExistsError(FaultError):
    """There is something at this place already, and it is never overwritten."""

    sentence = N_(
        "There is already a vault, or a file that belongs to one (.keys, .keys2, .anchor), "
        "at this place. Nothing was overwritten."
    )


class VaultInUseError(FaultError):
    """Another instance has the vault open."""

    sentence = N_("The vault is open in another window of the program. Close that one first.")


class NewerVaultError(FaultError):
    """The vault was last opened by a newer program."""

    sentence = N_(
        "The vault was made by a newer version of the program. Nothing was changed. "
        "Please install the newer version on this computer."
    )


class OlderVaultError(FaultError):
    """The vault needs a migration, and its medium cannot be written."""

    sentence = N_(
        "The vault comes from an older version and has to be updated, but this medium "
        "cannot be written. Please copy the vault and its key files to the hard disk first."
    )


class FullDiskError(FaultError):
    """No room is left."""

    sentence = N_(
        "The disk is full. What was saved before is safe; the last step was not saved. "
        "Please make room and try again."
    )


class ReadOnlyMediumError(FaultError):
    """The medium or the folder cannot be written."""

    sentence = N_(
        "This place cannot be written. What was saved before is safe; nothing was changed."
    )


class UnreachableMediumError(FaultError):
    """The medium does not answer, was pulled out, or the folder is not there."""

    sentence = N_(
        "The disk or stick could not be read or written. "
        "What was saved before is safe; please check that it is plugged in and not full."
    )


class SpoiledCopyError(FaultError):
    """A copy does not say what the vault says; it was removed again."""

    sentence = N_(
        "The copy was faulty and was removed. The vault itself is unharmed. Please try again with "
        "another stick or folder."
    )


class EmptyVaultError(DamageError):
    """The file has no content."""

    sentence = N_("The vault file is empty. Nothing was changed. Please restore the last backup.")


class PlainVaultError(DamageError):
    """The file is a database without encryption."""

    sentence = N_("This file is an unencrypted database, not a vault. It was not opened.")


class TruncatedVaultError(DamageError):
    """A piece of the file is missing at its end."""

    sentence = N_(
        "A piece of the vault file is missing: it was cut off while being copied. "
        "Nothing was changed. Please copy it again or restore the last backup."
    )


class KeysMissingError(DamageError):
    """Neither key file lies beside the vault."""

    sentence = N_(
        "The key files that belong beside the vault are missing. Nothing was changed. "
        "Please put them back (.keys, .keys2); every backup has them too."
    )


class KeysDamagedError(DamageError):
    """Both key files are damaged or were tampered with."""

    sentence = N_(
        "The key files beside the vault are damaged or were changed by somebody. "
        "Nothing was changed. Please put them back from the last backup."
    )


class KeysRolledBackError(DamageError):
    """The key files are older than the vault: somebody brought back an older copy."""

    sentence = N_(
        "The key files are older than the vault: an older copy was put in their place. "
        "Nothing was changed. Please put back the newest ones."
    )


class RefusedSlotError(DamageError):
    """A slot is not as the signed roster says: of other keys, of nobody, or on another root."""

    sentence = N_(
        "The entry of this account in the key files is not the one that was signed for it: "
        "somebody changed the key files. Nothing was opened or changed. Please inform a "
        "coordinator."
    )


class BrokenRosterError(DamageError):
    """The chain of statements in the vault that says who is who does not hold."""

    sentence = N_(
        "The list of people in the vault was changed by somebody who is not allowed to. Nothing "
        "was opened. Please keep this file and restore the last backup to another place."
    )


class OtherRootError(DamageError):
    """The roster rests on another first statement than the anchors remember."""

    sentence = N_(
        "The list of people in the vault was replaced by somebody: it begins differently than "
        "before. Nothing was opened. Please compare the six words of the list with those on the "
        "recovery sheet, and restore the last backup to another place."
    )


class NoRosterYetError(FaultError, NotAllowedError):
    """The vault comes from a version in which nobody signed; a coordinator has to come first."""

    sentence = N_(
        "This vault comes from an older version. A coordinator has to sign in once first, to sign "
        "who works here. After that everybody signs in as before."
    )


class ForeignVaultError(DamageError):
    """Vault and key files do not belong together."""

    sentence = N_(
        "The vault and the key files beside it do not belong together, or the beginning of the "
        "vault is damaged. Nothing was changed. Please put files of the same vault side by side."
    )


class BrokenVaultError(DamageError):
    """The content of the file does not match its seal."""

    sentence = N_(
        "The vault file is damaged: its content was altered. Nothing was changed. Please keep "
        "this file and restore the last backup to another place."
    )


class OlderStateError(FaultError, RolledBackVaultError):
    """The vault is whole and older than its anchor: rolled back, cut, or its log taken away."""

    sentence = N_(
        "The vault is older than when it was last used here: an older copy may have been put in "
        "its place. This is no fault of the disk or the program. Nothing was changed. Look for "
        "the newer file or restore the newest backup to another place. A coordinator can open it "
        "as it is; this is logged."
    )


class ChangedLogError(FaultError, RolledBackVaultError):
    """The log of the vault does not fit together behind its anchor."""

    sentence = N_(
        "The log of the vault was changed: its last lines do not fit together. This is no fault "
        "of the disk or the program. Nothing was changed. Inform a coordinator; look for an "
        "unchanged copy or restore the newest backup to another place. A coordinator can open the "
        "vault as it is; this is logged."
    )


class CutLogError(OlderStateError):
    """The end of the log was taken away, and not the records that were written with it."""

    sentence = N_(
        "The last lines of the log were deleted; the records written with them are still there. "
        "This is no fault: somebody opened and changed the vault with its key. Inform the "
        "coordinator and the data protection officer. A coordinator can open the vault as it is; "
        "this is logged."
    )


class PutBackError(FaultError, RolledBackVaultError):
    """Vault and anchor fit together, and this computer remembers a later state."""

    sentence = N_(
        "This computer remembers a newer state of the vault: the whole folder was replaced by an "
        "older copy. This is no fault of the disk or the program. Nothing was changed. Look for "
        "the newer folder or restore the newest backup to another place. A coordinator can open "
        "the older state; this is logged."
    )


class KeepersAccountError(FaultError, NotAllowedError):
    """The account of an IT officer: it looks after the vault and holds no key that opens it."""

    sentence = N_("This account maintains the vault and does not open it.")


class NotAKeeperError(FaultError, NotAllowedError):
    """The account opens the vault, or waits to be let in; it does not look after it."""

    sentence = N_("This account is not for maintaining the vault.")


class PendingAccountError(FaultError, NotLetInError):
    """The account has no key of the vault yet.

    Args:
        words: Six words of her public key, once she set a passphrase of her own.
    """

    sentence = N_(
        "Your account waits for approval: please set a passphrase of your own, and ask a "
        "coordinator to compare the six words with you."
    )

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = words


#: By SQLite's primary result code.
_BY_CODE: dict[int, Callable[[], KnownError]] = {
    dbapi2.SQLITE_BUSY: VaultInUseError,
    dbapi2.SQLITE_LOCKED: VaultInUseError,
    dbapi2.SQLITE_READONLY: ReadOnlyMediumError,
    dbapi2.SQLITE_IOERR: UnreachableMediumError,
    dbapi2.SQLITE_CANTOPEN: UnreachableMediumError,
    dbapi2.SQLITE_CORRUPT: BrokenVaultError,
    dbapi2.SQLITE_NOTADB: BrokenVaultError,
    dbapi2.SQLITE_FULL: FullDiskError,
}

#: The backup call raises with SQLite's words alone (measured).
_BY_WORDS: dict[str, int] = {
    "database is locked": dbapi2.SQLITE_BUSY,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "database or disk is full": dbapi2.SQLITE_FULL,
    "file is not a database": dbapi2.SQLITE_NOTADB,
}


def known(error: Exception) -> KnownError | None:
    """Return the fault of the world behind an error, or None where the program is at fault."""
    if isinstance(error, OSError):
        return _known_os(error)
    if not isinstance(error, dbapi2.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None) or _BY_WORDS.get(str(error), 0)
    fault = _BY_CODE.get(code & 0xFF)
    return fault() if fault else None


def _known_os(error: OSError) -> KnownError | None:
    if error.errno in _FULL_DISK:
        return FullDiskError()
    if error.errno in _NOT_WRITABLE:
        return ReadOnlyMediumError()
    if error.errno in _NOT_THERE:
        return UnreachableMediumError()
    return None


@contextmanager
def known_faults() -> Iterator[None]:
    """Turn the faults of disk and database inside into known errors.

    Raises:
        KnownError: The world failed: full disk, read-only medium, second instance, damage.
    """
    try:
        yield
    except (dbapi2.Error, OSError) as error:
        fault = known(error)
        if fault is None:
            raise
        raise fault from error
