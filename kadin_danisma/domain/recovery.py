"""The ways back in when everybody forgot: one sheet of paper, or any two of three."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kadin_danisma.domain.text import fold

#: What is typed as the user name beside the sheets.
RECOVERY_NAME = "kurtarma"
#: After so many days a sheet shall be tried again: paper gets lost, ink fades, safes are cleared.
_DRILL_DAYS = 365


def is_recovery_name(name: str) -> bool:
    """Tell whether a user name is kept for recovery codes."""
    return fold(name) == RECOVERY_NAME or fold(name).startswith(f"{RECOVERY_NAME}-")


class Kind(StrEnum):
    """What lies on paper; the stored value is the key."""

    #: One sheet that opens by itself.
    CODE = "code"
    #: Three sheets in three hands, of which any two open.
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class RecoverySet:
    """The sheets that were made together.

    Args:
        id: In whose name they open the vault.
        kind: Whether they are one sheet or three.
        mark: What stands on each of three sheets, to tell an older set apart; else empty.
        made_at: When.
        verified_at: When they were first typed back from the paper; None while they were not.
        tried_at: When they were last tried or used.
        replaced_at: When newer ones took their place; None while they open the vault.
    """

    id: str
    kind: Kind
    mark: str
    made_at: dt.datetime
    verified_at: dt.datetime | None = None
    tried_at: dt.datetime | None = None
    replaced_at: dt.datetime | None = None

    def is_due(self, today: dt.date) -> bool:
        """Tell whether a year has gone since somebody last held these sheets in her hand."""
        last = self.tried_at or self.verified_at
        return last is None or (today - last.date()).days >= _DRILL_DAYS
