"""The playroom and the referrals: who is in, who may collect, who still waits for an answer."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from kadin_danisma.errors import KnownError
from kadin_danisma.services import casework, importing, intake, playroom, referring, trainings
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.today import today
from kadin_danisma.store import records
from tests.builders import (
    a_client,
    a_referral,
    a_session,
    a_training,
    a_visit,
    an_application,
)
from tests.exchange.books import Book

CLIENT = a_client("2026/0042")


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    intake.open_file(desk, CLIENT)
    return desk


def test_a_child_is_on_the_board_until_it_is_collected(open_desk: Desk) -> None:
    visit = a_visit(CLIENT)
    playroom.check_in(open_desk, visit)
    (line,) = playroom.children_in(open_desk)
    assert (line.file_no, line.visit.may_collect) == ("2026/0042", "anne")
    playroom.check_out(open_desk, visit.id, "anne", time(10, 45))
    assert playroom.children_in(open_desk) == []
    (gone,) = playroom.visits_on(open_desk, date(2026, 11, 22))
    assert (gone.visit.time_out, gone.visit.collected_by) == (time(10, 45), "anne")


def test_a_child_leaves_once_and_a_mistake_can_be_taken_back(open_desk: Desk) -> None:
    visit = a_visit(CLIENT)
    playroom.check_in(open_desk, visit)
    playroom.check_out(open_desk, visit.id, "anne", time(10, 45))
    with pytest.raises(KnownError):
        playroom.check_out(open_desk, visit.id, "baba", time(10, 50))
    playroom.undo_check_out(open_desk, visit.id)
    assert [line.visit.id for line in playroom.children_in(open_desk)] == [visit.id]


def test_a_child_cannot_leave_before_it_came(open_desk: Desk) -> None:
    visit = a_visit(CLIENT, time_in=time(9, 30))
    playroom.check_in(open_desk, visit)
    with pytest.raises(RefusedError):
        playroom.check_out(open_desk, visit.id, "anne", time(9, 30))
    assert playroom.children_in(open_desk)[0].visit.time_out is None


@pytest.mark.parametrize("birth_year", [2008, 2027, 1899])
def test_a_child_is_between_nought_and_seventeen(open_desk: Desk, birth_year: int) -> None:
    with pytest.raises(RefusedError):
        playroom.check_in(open_desk, a_visit(CLIENT, birth_year=birth_year))


def test_the_children_of_a_file_are_known_the_next_time(open_desk: Desk) -> None:
    for day, child in ((3, "Efe"), (4, "Gül"), (5, "Efe")):
        visit = a_visit(CLIENT, child=child, date=date(2026, 11, day), time_out=time(12, 0))
        playroom.check_in(open_desk, visit)
    known = playroom.children_of(open_desk, CLIENT.id)
    assert sorted((visit.child, visit.date.day) for visit in known) == [("Efe", 5), ("Gül", 4)]


def test_a_referral_waits_until_it_is_answered(open_desk: Desk) -> None:
    referral = a_referral(CLIENT, date=date(2026, 11, 2))
    referring.refer(open_desk, referral)
    assert [line.days_waiting for line in referring.waiting(open_desk)] == [20]
    referring.close(open_desk, referral.id, "accepted", date(2026, 11, 20))
    assert referring.waiting(open_desk) == []
    assert referring.referrals(open_desk)[0].days_waiting == 0
    referring.close(open_desk, referral.id, "waiting", None)
    assert len(referring.waiting(open_desk)) == 1


def test_an_answer_does_not_come_before_the_referral(open_desk: Desk) -> None:
    referral = a_referral(CLIENT, date=date(2026, 11, 2))
    referring.refer(open_desk, referral)
    with pytest.raises(RefusedError):
        referring.close(open_desk, referral.id, "accepted", date(2026, 11, 1))


def test_without_consent_nobody_is_referred_but_may_be_told_where_to_go(open_desk: Desk) -> None:
    with pytest.raises(RefusedError) as refusal:
        referring.refer(open_desk, a_referral(CLIENT, consent="no"))
    assert refusal.value.problems[0].field == "consent"
    referring.refer(open_desk, a_referral(CLIENT, consent="no", method="information"))
    assert len(referring.referrals(open_desk)) == 1


def test_the_first_page_shows_what_today_asks_for(open_desk: Desk) -> None:
    now = date(2026, 11, 22)
    intake.record_application(open_desk, an_application(CLIENT, date=now))
    intake.record_application(open_desk, an_application(None, date=now))
    intake.record_session(open_desk, a_session(CLIENT, date=now, note="gizli"))
    referring.refer(open_desk, a_referral(CLIENT))
    playroom.check_in(open_desk, a_visit(CLIENT))
    page = today(open_desk)
    assert (page.applications_today, page.contacts_today) == (1, 1)
    assert [line.file_no for line in page.sessions] == ["2026/0042"]
    assert page.sessions[0].session.note == ""
    assert len(page.waiting) == len(page.children_in) == 1
    assert page.last_backup is None


def test_a_file_tells_its_whole_story_latest_first(open_desk: Desk) -> None:
    application = an_application(CLIENT, date=date(2026, 10, 5))
    intake.record_application(open_desk, application)
    intake.record_session(open_desk, a_session(CLIENT, date=date(2026, 10, 5)))
    intake.record_session(open_desk, a_session(CLIENT, date=date(2026, 10, 20), outcome="no_show"))
    referring.refer(open_desk, a_referral(CLIENT, date=date(2026, 11, 2)))
    page = casework.client_page(open_desk, CLIENT.id)
    assert [str(entry.kind) for entry in page.timeline] == [
        "referral",
        "session",
        "session",
        "application",
    ]
    assert (page.applications, page.sessions) == (1, 1)


def test_trainings_are_listed_latest_first(desk: Desk) -> None:
    for day in (3, 9, 5):
        trainings.add(desk, a_training(date=date(2026, 10, day)))
    assert [training.date.day for training in trainings.trainings(desk)] == [9, 5, 3]


def test_a_day_without_times_begins_with_the_application_and_ends_with_the_referral(
    open_desk: Desk,
) -> None:
    day = date(2026, 11, 2)
    referring.refer(open_desk, a_referral(CLIENT, date=day))
    intake.record_session(open_desk, a_session(CLIENT, date=day, time=time(11, 0)))
    intake.record_application(open_desk, an_application(CLIENT, date=day))
    page = casework.client_page(open_desk, CLIENT.id)
    assert [str(entry.kind) for entry in page.timeline] == ["referral", "session", "application"]


@pytest.mark.parametrize("method", ["information", "legal_notice"])
def test_what_shares_nothing_or_the_law_demands_needs_no_consent_and_no_answer(
    open_desk: Desk, method: str
) -> None:
    referral = a_referral(CLIENT, consent="no", method=method, date=date(2026, 1, 5))
    referring.refer(open_desk, referral)
    assert referring.waiting(open_desk) == []
    assert referring.count_waiting(open_desk) == 0
    assert today(open_desk).waiting == ()
    (line,) = referring.referrals(open_desk)
    assert line.days_waiting == 0


@pytest.mark.parametrize("method", ["letter", "phone", "accompanied", "not_asked"])
def test_no_correction_makes_a_referral_to_which_she_said_no(open_desk: Desk, method: str) -> None:
    referral = a_referral(CLIENT, method=method)
    referring.refer(open_desk, referral)
    standing = replace(referral, revision=1)
    with pytest.raises(RefusedError) as refusal:
        intake.correct(open_desk, replace(standing, consent="no"))
    assert refusal.value.problems[0].field == "consent"
    intake.correct(open_desk, replace(standing, consent="no", method="information"))
    with pytest.raises(RefusedError):
        intake.correct(open_desk, replace(standing, consent="no", revision=2))


def test_one_that_was_taken_in_from_a_workbook_can_be_answered_and_put_right(
    open_desk: Desk,
) -> None:
    referral = a_referral(CLIENT, consent="no", method="letter")
    with open_desk.vault.write() as db:
        records.add(db, referral, open_desk.stamp())
    referring.close(open_desk, referral.id, "client_declined", date(2026, 11, 9))
    standing = replace(referral, outcome="client_declined", outcome_date=date(2026, 11, 9))
    intake.correct(open_desk, replace(standing, revision=2, date=date(2026, 11, 3)))
    for elsewhere in ({"institution": "sonim"}, {"method": "phone"}):
        with pytest.raises(RefusedError):
            intake.correct(open_desk, replace(standing, revision=3, **elsewhere))


def test_a_notice_by_law_is_read_from_a_workbook_by_key_and_by_label(
    desk: Desk, tmp_path: Path
) -> None:
    book = Book().put("Yönlendirmeler", 2, "Yöntem", "legal_notice")
    book.put("Yönlendirmeler", 3, "Yöntem", "Yasal bildirim")
    path = book.write(tmp_path / "a.xlsx")
    assert importing.import_workbook(desk, path).refused == []
    assert {line.referral.method for line in referring.referrals(desk)} == {"legal_notice"}
