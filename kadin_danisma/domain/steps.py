"""What somebody does before her first day of work in the program."""

from enum import StrEnum


class Step(StrEnum):
    """One thing that has to be done first."""

    #: Accept the code of conduct (domain/conduct.py).
    CONDUCT = "conduct"
    #: Choose a passphrase of her own, because somebody else set the present one.
    OWN_PASSPHRASE = "own_passphrase"  # noqa: S105 (a name, no passphrase)
