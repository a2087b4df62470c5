"""What a colleague silences with SQL counts all the same and is told; she lets nothing stand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import TimelineEntry
from kadin_danisma.services import (
    applications,
    auditing,
    casework,
    finding,
    intake,
    playroom,
    referring,
    tampering,
    trainings,
    withdrawing,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import (
    audit,
    backup,
    records,
    rows,
    unproved,
)
from kadin_danisma.store import withdrawing as store_withdrawing
from kadin_danisma.store.vault import Vault
from tests.attacks.insider import LATE, Insider, at_work
from tests.builders import PASSPHRASE, a_training, a_visit
from tests.services.restricted import TODAY, Centre, found, session_of_the_lawyer
from tests.services.withdrawals import tables

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
        return _entry_at(desk, centre, session)


def _entry_at(desk: Desk, centre: Centre, session: Session) -> TimelineEntry:
    page = casework.client_page(desk, centre.client.id)
    return next(entry for entry in page.timeline if entry.record.id == session.id)


def _told(centre: Centre) -> list[str]:
    with centre.at("derya") as desk:
        page = auditing.page(desk, LogQuery())
    return [line.line.action for line in page]


@pytest.fixture
def session(centre: Centre) -> Session:
    return session_of_the_lawyer(centre)


@pytest.mark.parametrize(
    "attack", [plainly, with_a_line, with_her_signature_under_another_name, under_another_reason]
)
def test_a_record_that_she_silenced_is_shown_as_such_and_told(
    centre: Centre, session: Session, attack: Attack
) -> None:
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        attack(insider, centre, session)
    entry = _entry(centre, session)
    assert entry.withdrawn is None
    assert entry.unproved is not None
    assert entry.unproved.trust is Trust.UNKNOWN
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
    assert (entry.withdrawn, entry.unproved, entry.doubtful) == (None, None, False)


def test_a_record_that_she_lets_stand_again_is_told(centre: Centre, session: Session) -> None:
    with centre.at("avukat") as desk:
        found_one = casework.record_of(desk, Kind.SESSION, session.id)
        withdrawing.withdraw(desk, found_one, "twice")
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        insider.db.execute("UPDATE session SET withdrawn = '' WHERE id = ?", (session.id,))
    entry = _entry(centre, session)
    assert (entry.withdrawn, entry.unproved, entry.doubtful) == (None, None, True)
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
    assert entry.withdrawn is None
    assert entry.unproved is not None


def test_honest_withdrawals_are_believed_by_everybody(centre: Centre, session: Session) -> None:
    with centre.at("avukat") as desk:
        found_one = casework.record_of(desk, Kind.SESSION, session.id)
        withdrawing.withdraw(desk, found_one, "twice")
    entry = _entry(centre, session)
    assert entry.withdrawn is not None
    assert (entry.withdrawn.trust, entry.withdrawn.by) == (Trust.SIGNED, "AVUKAT")
    assert "withdrawal.unsigned" not in _told(centre)
    assert backup.verify(centre.path, "derya", PASSPHRASE) == []


def _silence_all(insider: Insider, by: str) -> None:
    """She silences everything that the centre has, of every kind."""
    for table in rows.TABLE_OF.values():
        insider.db.execute(
            f"UPDATE {table} SET withdrawn = 'twice', revision = revision + 1, changed_by = ?",
            (by,),
        )


def _shown(desk: Desk) -> tuple[object, ...]:
    """Return what is counted and found."""
    return (
        tables(desk),
        tables(desk, "2026-11"),
        intake.count_clients(desk),
        len(finding.all_clients(desk, 50)),
        [line.id for line in finding.search(desk, "2026/0124", 10)],
        len(playroom.visits_on(desk, TODAY)),
        len(referring.referrals(desk)),
        len(trainings.trainings(desk)),
        len(applications.applications(desk, date(2026, 10, 1), TODAY)),
    )


@pytest.mark.parametrize("weakened", [False, True])
def test_what_she_silences_counts_and_is_found_as_before(
    centre: Centre, session: Session, monkeypatch: pytest.MonkeyPatch, *, weakened: bool
) -> None:
    """The negative control: a program that believes what the rows say."""
    with centre.at("derya") as desk:
        trainings.add(desk, a_training(date=TODAY))
        before = _shown(desk)
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        _silence_all(insider, centre.ids["derya"])
    if weakened:
        monkeypatch.setattr(unproved, "let_stand", lambda *_of: None)
    with centre.at("derya") as desk:
        after = _shown(desk)
    assert (after == before) is not weakened
    if weakened:
        assert sum(after[0].values()) == 0  # type: ignore[attr-defined]


def test_whoever_only_reads_finds_it_too(centre: Centre, session: Session) -> None:
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        _silence_all(insider, centre.ids["derya"])
    with Vault.open(centre.path, "derya", PASSPHRASE, centre.clock, read_only=True) as vault:
        desk = Desk(vault, centre.clock)
        assert intake.count_clients(desk) == 2
        assert len(playroom.visits_on(desk, TODAY)) == 2
        with vault.read() as db:
            assert records.get(db, Session, session.id) is not None


def test_it_still_counts_after_the_key_of_the_vault_was_changed(
    centre: Centre, session: Session
) -> None:
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        plainly(insider, centre, session)
    with centre.at("derya") as desk:
        before = tables(desk)
        desk.vault.rotate_key()
        assert tables(desk) == before


def test_work_goes_on_with_it_and_an_honest_withdrawal_withdraws_it(
    centre: Centre, session: Session
) -> None:
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        plainly(insider, centre, session)
    with centre.at("derya") as desk:
        before = tables(desk)
        stands = casework.record_of(desk, Kind.SESSION, session.id)
        assert isinstance(stands, Session)
        intake.correct(desk, replace(stands, minutes=35))
        assert tables(desk) == before
    assert _entry(centre, session).unproved is not None
    with centre.at("derya") as desk:
        assert tables(desk) == before
        withdrawing.withdraw(desk, casework.record_of(desk, Kind.SESSION, session.id), "twice")
        assert tables(desk) != before
        entry = _entry_at(desk, centre, session)
        assert (entry.unproved, entry.withdrawn and entry.withdrawn.is_proved) == (None, True)
        withdrawing.take_back(desk, Kind.SESSION, session.id)
        assert tables(desk) == before
    entry = _entry(centre, session)
    assert (entry.unproved, entry.withdrawn, entry.doubtful) == (None, None, False)


def test_what_is_tried_in_vain_leaves_it_standing(centre: Centre, session: Session) -> None:
    """A transaction that is undone takes nothing of it along."""
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        plainly(insider, centre, session)
    with centre.at("derya") as desk:
        before = tables(desk)
        with pytest.raises(RuntimeError):
            _withdraw_in_vain(desk, session)
        assert tables(desk) == before


def _withdraw_in_vain(desk: Desk, session: Session) -> None:
    with desk.vault.write() as db:
        standing = records.get(db, Session, session.id)
        assert standing is not None
        store_withdrawing.withdraw(db, standing, "twice", "", desk.stamp())
        raise RuntimeError


def test_records_come_into_a_file_that_she_silenced(centre: Centre) -> None:
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        _silence_all(insider, centre.ids["derya"])
    with centre.at("derya") as desk:
        page = casework.client_page(desk, centre.client.id)
        assert page.withdrawn is None
        assert page.unproved is not None
        playroom.check_in(desk, a_visit(centre.client, child="Ilgaz", date=TODAY))
    with centre.at("derya") as desk:
        withdrawing.take_back(desk, Kind.CLIENT, centre.client.id)
        page = casework.client_page(desk, centre.client.id)
        assert (page.withdrawn, page.unproved) == (None, None)
