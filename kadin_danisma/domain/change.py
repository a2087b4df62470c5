"""What a service says it changed, so that open pages can look again."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of record; the stored value of audit and history lines."""

    CLIENT = "client"
    APPLICATION = "application"
    SESSION = "session"
    PLAYROOM_VISIT = "playroom_visit"
    REFERRAL = "referral"
    TRAINING = "training"
    USER = "user"
    VAULT = "vault"
    #: No record of its own: what was written beside a withdrawal, under the seal of a file.
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Change:
    """One record was added or corrected."""

    kind: Kind
    id: str
