"""A colleague with SQL silences no record unnoticed, and lets none stand again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import TimelineEntry
from kadin_danisma.services import auditing, casework, intake, tampering, withdrawing
from kadin_danisma.store import audit, backup
from tests.attacks.insider import LATE, Insider, at_work
from tests.builders import PASSPHRASE, a_session
from tests.services.restricted import TODAY, Centre, found

Attack = Callable[[Insider, Centre, Session], None]


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock) -> Centre:
    return found(vault_path, clock)


def _silence(insider: Insider, session: Session, by: str) -> None:
    insider.db.execute(
        "UPDATE session SET withdrawn = 'never_happened', revision = revision + 1, changed_by = ?,"
        " changed_at = ? WHERE id = ?",
        (by, LATE.isoformat(timespec="seconds"), session.id),
    )


def plainly(insider: Insider, centre: Centre, session: Session) -> None:
    """She writes into the row."""
    _silence(insider, session, centre.ids["avukat"])


def with_a_line(insider: Insider, centre: Centre, session: Session) -> None:
    """She also writes a line in the lawyer's name, sealed but signed by nobody."""
    plainly(insider, centre, session)
    lawyer = insider.unlocked.roster.members[centre.ids["avukat"]].user
    insider.forge_line(lawyer, "session.withdraw", session.number, centre.client.id)


def with_her_signature_under_another_name(
    insider: Insider, centre: Centre, session: Session
) -> None:
    """She gives her own signature out as the lawyer's, with all the evidence there should be."""
    plainly(insider, centre, session)
    lawyer = insider.unlocked.roster.members[centre.ids["avukat"]].user
    me = insider.author
    audit.add(
        insider.db, insider.chain_key, lawyer, LATE, "session.withdraw", session.number,
        [centre.client.id], author=type(me)(lawyer.id, me.vault_id, me.seed),
        evidence=f"withdrawn session {session.id} 2 never_happened",
    )  # fmt: skip


def under_another_reason(insider: Insider, centre: Centre, session: Session) -> None:
    """She signs herself, and names the lawyer in the row."""
    plainly(insider, centre, session)
    me = insider.unlocked.roster.members[insider.author.user_id].user
    audit.add(
        insider.db, insider.chain_key, me, LATE, "session.withdraw", session.number,
        [centre.client.id], author=insider.author,
        evidence=f"withdrawn session {session.id} 2 never_happened",
    )  # fmt: skip


def _entry(centre: Centre, session: Session) -> TimelineEntry:
    with centre.at("derya") as desk:
        page = casework.client_page(desk, centre.client.id)
    return next(entry for entry in page.timeline if entry.record.id == session.id)


def _told(centre: Centre) -> list[str]:
    with centre.at("derya") as desk:
        page = auditing.page(desk, LogQuery())
    return [line.line.action for line in page]


@pytest.fixture
def session(centre: Centre) -> Session:
    made = a_session(centre.client, number="G-2026-00077", date=TODAY)
    with centre.at("avukat") as desk:
        intake.record_session(desk, made)
    return made


@pytest.mark.parametrize(
    "attack", [plainly, with_a_line, with_her_signature_under_another_name, under_another_reason]
)
def test_a_record_that_she_silenced_is_shown_as_such_and_told(
    centre: Centre, session: Session, attack: Attack
) -> None:
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        attack(insider, centre, session)
    entry = _entry(centre, session)
    assert entry.withdrawn is not None
    assert entry.withdrawn.trust is Trust.UNKNOWN
    assert _told(centre).count("withdrawal.unsigned") == 1
    assert any("geri çekilmiş" in said for said in _first_page(centre))
    assert any("geri çekilmiş" in said for said in backup.verify(centre.path, "derya", PASSPHRASE))


def _first_page(centre: Centre) -> list[str]:
    with centre.at("derya") as desk:
        return [each.said for each in tampering.unread(desk)]


def test_a_coordinator_takes_it_back_and_nothing_is_doubtful_any_more(
    centre: Centre, session: Session
) -> None:
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        plainly(insider, centre, session)
    with centre.at("derya") as desk:
        withdrawing.take_back(desk, Kind.SESSION, session.id)
        with desk.vault.read() as db:
            assert desk.vault.withdrawals.doubtful(db) == {}
    entry = _entry(centre, session)
    assert (entry.withdrawn, entry.doubtful) == (None, False)


def test_a_record_that_she_lets_stand_again_is_told(centre: Centre, session: Session) -> None:
    with centre.at("avukat") as desk:
        found_one = casework.record_of(desk, Kind.SESSION, session.id)
        withdrawing.withdraw(desk, found_one, "twice")
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        insider.db.execute("UPDATE session SET withdrawn = '' WHERE id = ?", (session.id,))
    entry = _entry(centre, session)
    assert (entry.withdrawn, entry.doubtful) == (None, True)
    assert "withdrawal.unsigned" in _told(centre)


def test_an_old_withdrawal_that_was_taken_back_is_not_played_again(
    centre: Centre, session: Session
) -> None:
    with centre.at("avukat") as desk:
        found_one = casework.record_of(desk, Kind.SESSION, session.id)
        withdrawing.withdraw(desk, found_one, "twice")
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        row = insider.db.execute("SELECT * FROM session WHERE id = ?", (session.id,)).fetchone()
        names = [each[1] for each in insider.db.execute("PRAGMA table_info(session)")]
    with centre.at("avukat") as desk:
        withdrawing.take_back(desk, Kind.SESSION, session.id)
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        pairs = ", ".join(f"{name} = ?" for name in names)
        insider.db.execute(f"UPDATE session SET {pairs} WHERE id = ?", (*row, session.id))
    entry = _entry(centre, session)
    assert entry.withdrawn is not None
    assert entry.withdrawn.trust is Trust.UNKNOWN


def test_honest_withdrawals_are_believed_by_everybody(centre: Centre, session: Session) -> None:
    with centre.at("avukat") as desk:
        found_one = casework.record_of(desk, Kind.SESSION, session.id)
        withdrawing.withdraw(desk, found_one, "twice")
    entry = _entry(centre, session)
    assert entry.withdrawn is not None
    assert (entry.withdrawn.trust, entry.withdrawn.by) == (Trust.SIGNED, "AVUKAT")
    assert "withdrawal.unsigned" not in _told(centre)
    assert backup.verify(centre.path, "derya", PASSPHRASE) == []
