"""What the ways of referring differ in: which share something of her, and which are answered."""

from kadin_danisma.domain.records import Referral

INFORMATION, LEGAL_NOTICE = "information", "legal_notice"
#: Telling a woman where she can go shares nothing about her, and what the law demands is told
#: whatever she says: neither needs her consent, and nobody answers either (contract-casework.md 7).
UNANSWERED = (INFORMATION, LEGAL_NOTICE)


def is_consented(referral: Referral) -> bool:
    """Tell whether a referral may be made by what she said."""
    return referral.consent != "no" or referral.method in UNANSWERED


def awaits_answer(referral: Referral) -> bool:
    """Tell whether an answer is waited for."""
    return referral.outcome == "waiting" and referral.method not in UNANSWERED
