"""What can be wrong with a backup, or with what somebody wants of it, each told apart."""

from kadin_danisma.errors import RolledBackVaultError, UnprovedError
from kadin_danisma.i18n import N_
from kadin_danisma.store.failures import DamageError, FaultError, OlderStateError


class BehindBackupError(FaultError, RolledBackVaultError):
    """A backup on the stick knows a later or another course of the vault than the vault itself."""

    sentence = N_(
        "The backup on this stick is newer than the vault: the vault was put back to an older "
        "state, or its log was changed. No backup was made, and the older ones were not touched. "
        "Keep the stick and inform a coordinator, who can make the backup all the same; this is "
        "logged."
    )


class DamagedBackupError(DamageError):
    """The backup that should be restored is damaged."""

    sentence = N_(
        "The backup is damaged and was not restored. Nothing was written. Please use another "
        "backup."
    )


class ChangedBackupError(DamageError):
    """The backup carries a digest of the whole file, and is not what it was."""

    sentence = N_(
        "The backup was changed after it was made: it is not what the program signed. Nothing was "
        "written. Please use another backup, and inform the coordinator and the data protection "
        "officer."
    )


class UnprovedBackupError(FaultError, UnprovedError):
    """Nobody can tell whether a copy was changed since the program wrote it."""

    sentence = N_(
        "It cannot be determined whether this copy was changed: its check file (.anchor) is "
        "missing, or the vault was copied after a crash, before anybody signed in and closed it. "
        "Nothing was written. Please use another backup. A coordinator can use this one all the "
        "same; this is logged once it is restored."
    )


class OlderUnprovedError(UnprovedBackupError, OlderStateError):
    """Nobody can tell whether a copy was changed that lies where a later state was used."""

    sentence = N_(
        "This is an older state than the one last used here, and it cannot be determined whether "
        "it was changed: its check file (.anchor) is missing or belongs to another file. Nothing "
        "was written. Please use another backup. A coordinator can use this one all the same; "
        "this is logged."
    )


class OlderBackupError(FaultError):
    """A backup of an older schema: it is brought up where it is restored, and never itself."""

    sentence = N_(
        "This is a backup from an older version of the program. It can be restored, and is brought "
        "up to date there; it cannot be read as it is. Nothing was changed."
    )


class UnsettledBackupError(FaultError):
    """A copy made after a crash: its last steps stand in a file of their own."""

    sentence = N_(
        "This backup was made after a crash: the last steps are in a file beside it (-wal). It "
        "can be restored, but not read as it is. Nothing was changed."
    )


class OnlyReadBackupError(FaultError):
    """Something would be written into a backup."""

    sentence = N_(
        "This is a backup: it can be read and restored, and nothing is written into it. To work "
        "with it, restore it to another place."
    )
