"""Referring: sending a woman on with her consent, and following it until there is an answer."""

from dataclasses import replace
from datetime import date

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import Problem
from kadin_danisma.domain.records import Record, Referral, files_of
from kadin_danisma.domain.referral import is_consented
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ReferralLine
from kadin_danisma.i18n import _
from kadin_danisma.services import standing
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import overview, records


def refer(desk: Desk, referral: Referral) -> Change:
    """Record a referral.

    Raises:
        RefusedError: A field breaks a rule, or she did not consent to being referred.
    """
    desk.require(Action.RECORD)
    desk.check(referral)
    refuse_without_consent(referral)
    with desk.writing("referral.add", referral.institution, files_of(referral)) as db:
        records.add(db, referral, desk.stamp())
    return Change(Kind.REFERRAL, referral.id)


def refuse_without_consent(referral: Referral, before: Record | None = None) -> None:
    """Refuse a referral to which she did not consent, new or corrected into one.

    Args:
        referral: As it shall stand.
        before: As it stands; what was taken in so from a workbook can be answered and put right.

    Raises:
        RefusedError: She said no, and it would share something about her.
    """
    if is_consented(referral):
        return
    if isinstance(before, Referral) and _shared(before) == _shared(referral):
        return
    reason = _(
        "She has not consented: she can only be given information. Where the law obliges us to "
        "report, choose “Legal notice”."
    )
    raise RefusedError([Problem("consent", reason)])


def _shared(referral: Referral) -> tuple[str, ...]:
    """Return what consent is about: of whom something is told, to whom and how."""
    return referral.client_id, referral.institution, referral.method, referral.consent


def waiting(desk: Desk) -> list[ReferralLine]:
    """Return the referrals still without an answer, the longest first."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        open_ones = overview.referrals(db, desk.today(), waiting_only=True)
        found = [sight.referral_line(line) for line in open_ones]
    return _listed(desk, found)


def count_waiting(desk: Desk) -> int:
    """Return how many referrals are without an answer, and show none of them."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        return len(overview.referrals(db, desk.today(), waiting_only=True))


def referrals(desk: Desk, limit: int = 500) -> list[ReferralLine]:
    """Return the latest referrals."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        latest = overview.referrals(db, desk.today(), limit=limit)
        found = [sight.referral_line(line) for line in latest]
    return _listed(desk, found)


def close(desk: Desk, referral_id: str, outcome: str, day: date | None) -> Change:
    """Record the answer to a referral.

    Args:
        desk: The signed-in person's desk.
        referral_id: Which referral.
        outcome: A code of the list referral_outcome; ``waiting`` opens it again.
        day: When the answer came, None where that is unknown.

    Raises:
        ClosedFileError: It is of a restricted file that is closed to her.
        WithdrawnError: It was withdrawn.
    """
    desk.require(Action.RECORD)
    files: list[str] = []
    with desk.writing("referral.answer", referral_id, files) as db:
        referral = standing.found(desk, db, Referral, referral_id)
        Sight(desk, db).let_pass(referral.client_id)
        answered = replace(referral, outcome=outcome, outcome_date=day)
        desk.check(answered)
        files += files_of(referral)
        records.correct(db, answered, desk.stamp(), keep_note=True)
    return Change(Kind.REFERRAL, referral_id)


def _listed(desk: Desk, lines: list[ReferralLine]) -> list[ReferralLine]:
    desk.listed("list.referrals", {line.referral.client_id for line in lines})
    return lines
