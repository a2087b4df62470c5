"""What may go wrong in the world, said calmly; everything else is a fault of the program."""


class KnownError(Exception):
    """A fault of the world (disk full, wrong passphrase, bad cell), worded for a tired person.

    Args:
        message: One or two translated sentences: what happened, that nothing was lost, what to do.
            Never holds personal data, because it may be shown, printed or piped.
    """

    #: The exit status of the command line (contract.md section 1).
    exit_status = 4

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongCredentialsError(KnownError):
    """The user name or the passphrase is wrong; which of them is not told."""

    exit_status = 3


class KeyFileNeededError(WrongCredentialsError):
    """The account has a second factor: a file on a stick, and none was given."""


class TooSoonError(WrongCredentialsError):
    """After wrong passphrases the next try has to wait; nothing was tried.

    Args:
        message: As for ``KnownError``.
        seconds: How long still.
    """

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class DamagedVaultError(KnownError):
    """The vault is damaged or is not what it was: truncated, foreign, empty, in plain text."""

    exit_status = 5


class RolledBackVaultError(DamagedVaultError):
    """The vault is whole and opens, but it is older than when the program last used it.

    A coordinator may accept that knowingly (``services.access.sign_in``).
    """


class UnprovedError(RolledBackVaultError):
    """Nobody can tell whether a copy of a vault was changed since the program wrote it.

    A coordinator may use it knowingly.
    """


class NotAllowedError(KnownError):
    """The role of the signed-in person does not include this action."""

    exit_status = 6


class NotLetInError(NotAllowedError):
    """Name and passphrase are right, and nobody has let the new account in yet.

    Attributes:
        words: Six words to be compared aloud; empty until she set a passphrase of her own.
    """

    words = ""


class ConflictError(KnownError):
    """Somebody else changed the record since it was opened; nothing was overwritten."""
