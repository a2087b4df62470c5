"""Who withdraws what, who corrects a session, and under which walls the words beside it lie."""

from dataclasses import replace

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.records import Record
from kadin_danisma.domain.trust import Trust
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.services import (
    casework,
    circles,
    finding,
    intake,
    playroom,
    withdrawing,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.circles import ClosedFileError
from tests.builders import (
    a_client,
    a_session,
    an_application,
)
from tests.services.withdrawals import (
    CONTACT,
    ONE,
    REFERRAL,
    SESSION,
    TODAY,
    TWO,
    VISIT,
    Staffed,
    standing,
    withdraw,
)


def test_author_and_coordinator_withdraw_and_others_are_told_whom_to_ask(
    staffed: Staffed,
) -> None:
    hers = a_session(ONE, number="G-2026-00050", date=TODAY)
    with staffed.at("avukat") as desk:
        intake.record_session(desk, hers)
    for name in ("avukat2", "psikolog"):
        with staffed.at(name) as desk:
            assert not withdrawing.may_withdraw(desk, Kind.SESSION, hers.id)
            with pytest.raises(NotAllowedError, match="Avukat A"):
                withdraw(desk, hers)
    with staffed.at("avukat") as desk:
        assert withdrawing.may_withdraw(desk, Kind.SESSION, hers.id)
        withdraw(desk, hers)
    with staffed.at("psikolog") as desk, pytest.raises(NotAllowedError):
        withdrawing.take_back(desk, Kind.SESSION, hers.id)
    with staffed.at("ikinci") as desk:
        withdrawing.take_back(desk, Kind.SESSION, hers.id)


def test_the_front_desk_withdraws_her_own_contact_and_no_session(staffed: Staffed) -> None:
    own = an_application(number="B-2026-00050", date=TODAY)
    with staffed.at("danisma") as desk:
        intake.record_application(desk, own)
        withdraw(desk, own)
        with pytest.raises(NotAllowedError):
            withdraw(desk, SESSION)
        with pytest.raises(NotAllowedError):
            withdraw(desk, CONTACT)


def test_a_record_that_a_colleague_corrected_is_still_its_authors(staffed: Staffed) -> None:
    own = an_application(number="B-2026-00051", date=TODAY)
    with staffed.at("danisma") as desk:
        intake.record_application(desk, own)
    with staffed.at("avukat") as desk:
        intake.correct(desk, replace(standing(desk, own), channel="email"))
        assert not withdrawing.may_withdraw(desk, Kind.APPLICATION, own.id)
    with staffed.at("danisma") as desk:
        assert withdrawing.may_withdraw(desk, Kind.APPLICATION, own.id)


def test_only_the_author_the_counsellor_and_the_coordinator_correct_a_session(
    staffed: Staffed,
) -> None:
    hers = a_session(
        ONE, number="G-2026-00052", date=TODAY, minutes=45, counsellor="avukat a.", note=""
    )
    with staffed.at("ikinci") as desk:
        intake.record_session(desk, hers)
    for name in ("psikolog", "avukat2"):
        with staffed.at(name) as desk:
            assert "avukat a." in casework.whom_to_ask(desk, hers.id)
            with pytest.raises(NotAllowedError):
                intake.correct(desk, replace(standing(desk, hers), minutes=5))
    with staffed.at("avukat") as desk:
        assert casework.whom_to_ask(desk, hers.id) == ""
        intake.correct(desk, replace(standing(desk, hers), minutes=50))
    with staffed.at("ikinci") as desk:
        assert standing(desk, hers) == replace(hers, minutes=50, revision=2)


def test_nobody_makes_a_session_hers_by_naming_herself_in_the_correction(
    staffed: Staffed,
) -> None:
    with staffed.at("psikolog") as desk, pytest.raises(NotAllowedError):
        intake.correct(desk, replace(standing(desk, SESSION), counsellor="Psikolog A."))


def test_the_words_beside_a_session_stay_behind_the_wall(staffed: Staffed) -> None:
    hers = a_session(ONE, number="G-2026-00053", date=TODAY, service="legal")
    with staffed.at("avukat") as desk:
        intake.record_session(desk, hers)
        withdraw(desk, hers, "wrong_file", "tanığın söylediği ad")
        with desk.vault.read() as db:
            stored = [db.execute(f"SELECT * FROM {name}").fetchall() for name in _tables(desk)]
        assert "tanığın" not in repr(stored)
        assert _why(desk, hers) == ("tanığın söylediği ad", False)
    for name in ("psikolog", "danisma", "ikinci"):
        with staffed.at(name) as desk:
            assert _why(desk, hers) == ("", True)


def _tables(desk: Desk) -> list[str]:
    with desk.vault.read() as db:
        found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in found if not name.startswith("sqlite_")]


def _why(desk: Desk, record: Record) -> tuple[str, bool]:
    page = casework.client_page(desk, ONE.id)
    (said,) = [each.withdrawn for each in page.timeline if each.record.id == record.id]
    assert said is not None
    # Whatever wall it lies behind, and under whichever seal it came since: it is hers.
    assert said.why_trust is Trust.SIGNED
    return said.why, said.why_closed


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_words_of_a_restricted_file_are_sealed_to_its_circle(
    staffed: Staffed, when: str
) -> None:
    with staffed.at("ikinci") as desk:
        if when == "before":
            circles.seal(desk, ONE.id, set())
        for record in (VISIT, REFERRAL, SESSION):
            withdraw(desk, record, "wrong_file", "kayınbiraderin çocuğu")
        if when == "after":
            circles.seal(desk, ONE.id, set())
        with desk.vault.read() as db:
            stored = [db.execute(f"SELECT * FROM {name}").fetchall() for name in _tables(desk)]
        assert "kayınbirader" not in repr(stored)
        assert _why(desk, VISIT) == ("kayınbiraderin çocuğu", False)
    with staffed.at("avukat") as desk:
        page = casework.client_page(desk, ONE.id)
        assert (page.seal, page.timeline) == (Seal.CLOSED, ())
        lines = withdrawing.withdrawn_records(desk)
        assert {line.seal for line in lines} == {Seal.CLOSED}
        assert "kayınbirader" not in repr(lines)
        with pytest.raises(ClosedFileError):
            withdrawing.take_back(desk, Kind.PLAYROOM_VISIT, VISIT.id)
    with staffed.at("ikinci") as desk:
        circles.unseal(desk, ONE.id)
        assert _why(desk, VISIT) == ("kayınbiraderin çocuğu", False)
        with desk.vault.read() as db:
            assert not db.execute("SELECT 1 FROM sealed_part").fetchall()


def test_a_withdrawn_visit_of_a_restricted_file_comes_back_under_its_seal(full: Desk) -> None:
    circles.seal(full, ONE.id, set())
    withdraw(full, VISIT)
    withdrawing.take_back(full, Kind.PLAYROOM_VISIT, VISIT.id)
    (line,) = playroom.children_in(full)
    assert line.visit.child == VISIT.child
    with full.vault.read() as db:
        assert "Efe" not in repr(db.execute("SELECT * FROM playroom_visit").fetchall())


def test_a_withdrawn_restricted_file_is_found_by_nobody_and_nothing_breaks(full: Desk) -> None:
    circles.seal(full, TWO.id, set())
    withdraw(full, TWO)
    assert finding.search(full, "ada", 10) == []
    assert finding.likely_duplicates(full, a_client("2026/0009", name="Ada Kaya")) == []
    withdrawing.take_back(full, Kind.CLIENT, TWO.id)
    assert [line.id for line in finding.search(full, "ada", 10)] == [TWO.id]
