"""Withdrawing a record: why it may be, and what is shown of one that was (decision 0044)."""

import datetime as dt
from dataclasses import dataclass

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.checks import text_problem
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.trust import Trust

WRONG_FILE, TWICE, NEVER_HAPPENED = "wrong_file", "twice", "never_happened"
#: Why a record is withdrawn; the keys stand in the vault.
WITHDRAWAL_REASON = CodeList(
    "withdrawal_reason",
    (
        (WRONG_FILE, "Yanlış dosyaya yazıldı", "Entered at the wrong file"),
        (TWICE, "İki kez yazıldı", "Entered twice"),
        (NEVER_HAPPENED, "Böyle bir şey olmadı", "Never happened"),
    ),
    no_answer=False,
)
#: The kinds that belong to a file and can be moved to another one.
MOVABLE = frozenset({Kind.APPLICATION, Kind.SESSION, Kind.PLAYROOM_VISIT, Kind.REFERRAL})


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That a record was withdrawn.

    Args:
        reason: A key of ``WITHDRAWAL_REASON``.
        at: When.
        by: The title of who did it.
        why: What she wrote beside the word, as far as it may be read.
        why_closed: Whether something stands there that may not be read.
        trust: What can be told of who did it; UNKNOWN where nobody signed it.
        why_trust: What can be told of who wrote the words beside it, where they may be read.
    """

    reason: str
    at: dt.datetime
    by: str
    why: str = ""
    why_closed: bool = False
    trust: Trust = Trust.SIGNED
    why_trust: Trust = Trust.SIGNED

    @property
    def is_proved(self) -> bool:
        """Tell whether somebody signed it; else the record stands, and counts, all the same."""
        return self.trust is not Trust.UNKNOWN


def why_problem(why: str) -> str | None:
    """Return why what was written beside the word may not be stored, or None."""
    return text_problem(why)
