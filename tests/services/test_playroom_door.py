"""Whoever is ruled out takes no child without a second step, and that step stands in the log."""

from dataclasses import replace
from datetime import time

import pytest

from kadin_danisma.domain.auditing import DeedKind, LogQuery, kind_of
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Client, PlayroomVisit
from kadin_danisma.services import auditing, casework, circles, intake, playroom
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.playroom import ExcludedError
from tests.builders import a_client, a_visit

OUT = time(10, 45)
DEED = "playroom_visit.out_excluded"


@pytest.fixture
def mother(desk: Desk) -> Client:
    client = a_client("2026/0042", must_not_know="eşi Mehmet, kayınvalidesi")
    intake.open_file(desk, client)
    return client


@pytest.fixture
def visit(desk: Desk, mother: Client) -> PlayroomVisit:
    made = a_visit(mother, may_collect="anneannesi Hatice; amcası almasın")
    playroom.check_in(desk, made)
    return made


def deeds(desk: Desk, client: Client) -> list[str]:
    lines = auditing.page(desk, LogQuery(client_id=client.id))
    return [line.line.action for line in lines]


@pytest.mark.parametrize("who", ["eşi", "baba", "Mehmet", "babaanne", "amca", "AMCASI"])
def test_who_is_ruled_out_takes_no_child(
    desk: Desk, visit: PlayroomVisit, mother: Client, who: str
) -> None:
    with pytest.raises(ExcludedError) as refused:
        playroom.check_out(desk, visit.id, who, OUT)
    assert playroom.count_in(desk) == 1
    assert DEED not in deeds(desk, mother)
    assert "Mehmet" not in refused.value.message
    assert who not in refused.value.message


def test_once_the_mother_agreed_it_is_done_and_stands_among_the_alarms(
    desk: Desk, visit: PlayroomVisit, mother: Client
) -> None:
    playroom.check_out(desk, visit.id, "babası", OUT, mother_agreed=True)
    assert playroom.count_in(desk) == 0
    assert {DEED, "playroom_visit.out"} <= set(deeds(desk, mother))
    assert kind_of(DEED) is DeedKind.ALARM


@pytest.mark.parametrize("who", ["anneanne", "Hatice", "HATİCE", "komşu", "annesi"])
def test_who_is_named_or_a_stranger_is_no_alarm(
    desk: Desk, visit: PlayroomVisit, mother: Client, who: str
) -> None:
    playroom.check_out(desk, visit.id, who, OUT, mother_agreed=True)
    assert playroom.count_in(desk) == 0
    assert DEED not in deeds(desk, mother)


def test_what_a_restricted_file_says_counts_for_its_circle(
    desk: Desk, visit: PlayroomVisit, mother: Client
) -> None:
    circles.seal(desk, mother.id, [desk.user.id])
    with pytest.raises(ExcludedError):
        playroom.check_out(desk, visit.id, "eşi", OUT)
    playroom.check_out(desk, visit.id, "eşi", OUT, mother_agreed=True)
    assert DEED in deeds(desk, mother)


NAMED = "playroom_visit.in_excluded"


@pytest.mark.parametrize(
    "who", ["eşi", "anneanne, baba", "Mehmet", "babaannesi", "anne ve kayınvalidem"]
)
def test_who_is_ruled_out_is_written_down_at_the_door_only_once_the_mother_agreed(
    desk: Desk, mother: Client, who: str
) -> None:
    visit = a_visit(mother, may_collect=who)
    with pytest.raises(ExcludedError) as refused:
        playroom.check_in(desk, visit)
    assert playroom.count_in(desk) == 0
    assert "Mehmet" not in refused.value.message
    assert NAMED not in deeds(desk, mother)
    playroom.check_in(desk, visit, mother_agreed=True)
    assert playroom.count_in(desk) == 1
    assert NAMED in deeds(desk, mother)
    assert kind_of(NAMED) is DeedKind.ALARM


@pytest.mark.parametrize("who", ["anneanne", "anne", "", "komşu Ali", "anneanne; eşi almasın"])
def test_others_are_let_in_without_a_question(desk: Desk, mother: Client, who: str) -> None:
    playroom.check_in(desk, a_visit(mother, may_collect=who), mother_agreed=True)
    assert NAMED not in deeds(desk, mother)


@pytest.mark.parametrize("change", [{"may_collect": "eşi"}, {"collected_by": "babası"}])
def test_a_correction_is_no_way_round_the_door(
    desk: Desk, visit: PlayroomVisit, mother: Client, change: dict[str, str]
) -> None:
    if "collected_by" in change:
        playroom.check_out(desk, visit.id, "Hatice", OUT)
    stands = casework.record_of(desk, Kind.PLAYROOM_VISIT, visit.id)
    assert isinstance(stands, PlayroomVisit)
    wrong = replace(stands, **change)  # type: ignore[arg-type]
    with pytest.raises(ExcludedError):
        intake.correct(desk, wrong)
    intake.correct(desk, wrong, mother_agreed=True)
    assert {NAMED, DEED} & set(deeds(desk, mother)) == {NAMED if "may_collect" in change else DEED}


def test_what_was_agreed_at_the_door_is_not_asked_again_by_a_correction_of_the_time(
    desk: Desk, visit: PlayroomVisit, mother: Client
) -> None:
    playroom.check_out(desk, visit.id, "eşi", OUT, mother_agreed=True)
    stands = casework.record_of(desk, Kind.PLAYROOM_VISIT, visit.id)
    assert isinstance(stands, PlayroomVisit)
    intake.correct(desk, replace(stands, time_out=time(11)))
    assert deeds(desk, mother).count(DEED) == 1
