from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest

from kadin_danisma.domain import invented_words as words
from kadin_danisma.domain import kimlik, lists, places
from kadin_danisma.domain.checks import check
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.domain.invented_people import kimlik_no
from kadin_danisma.domain.invention import Centre, Day, Size
from kadin_danisma.domain.records import PlayroomVisit
from kadin_danisma.domain.text import fold

SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL)
LISTS: dict[str, CodeList] = {
    "LEGAL_STATUS": lists.LEGAL_STATUS,
    "MARITAL": lists.MARITAL,
    "EDUCATION": lists.EDUCATION,
    "EMPLOYMENT": lists.EMPLOYMENT,
    "INCOME": lists.INCOME,
    "SOCIAL_SECURITY": lists.SOCIAL_SECURITY,
    "DISTRICT": places.DISTRICT,
    "HEARD_FROM": lists.HEARD_FROM,
    "YES_NO": lists.YES_NO_UNKNOWN,
    "CHANNEL": lists.CHANNEL,
    "APPLICANT": lists.APPLICANT_ROLE,
    "CONTACT_APPLICANT": lists.APPLICANT_ROLE,
    "REASON": lists.REASON,
    "VIOLENCE": lists.VIOLENCE_TYPE,
    "PERPETRATOR": lists.PERPETRATOR_RELATION,
    "SERVICE": lists.SERVICE,
    "SESSION_CHANNEL": lists.CHANNEL,
    "OUTCOME": lists.CONTACT_OUTCOME,
    "INSTITUTION": places.INSTITUTION,
    "METHOD": lists.REFERRAL_METHOD,
    "ANSWER": lists.REFERRAL_OUTCOME,
}


def told(size: Size, now: datetime = SUNDAY, seed: int = 1) -> list[Day]:
    return list(Centre(size, now, seed).tell())


@pytest.fixture(scope="module")
def two_years() -> list[Day]:
    return told(Size())


@pytest.mark.parametrize("name", LISTS)
def test_every_share_names_a_code_of_its_list(name: str) -> None:
    assert [key for key in getattr(words, name) if key not in LISTS[name]] == []


def test_every_invented_record_keeps_the_rules(two_years: list[Day]) -> None:
    today = SUNDAY.date()
    for day in two_years:
        for kind in day.records():
            assert [check(record, today) for record in kind if check(record, today)] == []


def test_a_centre_has_the_size_of_a_real_one(two_years: list[Day]) -> None:
    women = sum(len(day.clients) for day in two_years)
    assert 340 < women < 400
    assert sum(len(day.sessions) for day in two_years) == 2 * women


@pytest.mark.parametrize(("clients", "sessions"), [(1, 1), (3, 100), (250, 40), (400, 2000)])
def test_a_centre_has_exactly_the_size_that_is_asked_for(clients: int, sessions: int) -> None:
    days = told(Size(6, clients, sessions))
    assert sum(len(day.clients) for day in days) == clients
    assert sum(len(day.sessions) for day in days) == sessions


def test_the_same_seed_invents_the_same_centre_and_another_one_another() -> None:
    assert told(Size(3)) == told(Size(3))
    assert told(Size(3)) != told(Size(3), seed=2)


def test_numbers_stand_once_and_follow_the_days(two_years: list[Day]) -> None:
    series = defaultdict(list)
    for day in two_years:
        series["file"] += [client.file_no for client in day.clients]
        series["application"] += [application.number for application in day.applications]
        series["session"] += [session.number for session in day.sessions]
    for numbers in series.values():
        assert numbers == sorted(set(numbers))


def test_there_is_something_to_see_today(two_years: list[Day]) -> None:
    last = two_years[-1]
    inside = [visit for visit in last.visits if visit.time_out is None]
    assert last.date == SUNDAY.date()
    assert len(last.sessions) >= 4
    assert inside
    assert all(visit.time_in < SUNDAY.time() for visit in inside)


def test_some_referrals_have_been_waiting_for_long(two_years: list[Day]) -> None:
    waiting = [
        referral for day in two_years for referral in day.referrals if referral.outcome == "waiting"
    ]
    month_ago = SUNDAY.date() - timedelta(days=30)
    assert len(waiting) >= 5
    assert any(referral.date < month_ago for referral in waiting)


def test_some_files_carry_a_warning(two_years: list[Day]) -> None:
    clients = [client for day in two_years for client in day.clients]
    assert any(client.must_not_know and client.may_call == "no" for client in clients)
    assert any(not client.name for client in clients)


def test_a_child_has_one_birth_year(two_years: list[Day]) -> None:
    years: dict[tuple[str, str], set[int | None]] = defaultdict(set)
    for day in two_years:
        for visit in day.visits:
            assert isinstance(visit, PlayroomVisit)
            years[visit.client_id, fold(visit.child)].add(visit.birth_year)
    assert all(len(found) == 1 for found in years.values())


def test_a_story_may_end_just_after_midnight_on_the_first_of_a_year() -> None:
    now = datetime(2027, 1, 1, 0, 3, tzinfo=ISTANBUL)
    days = told(Size(1, 20, 60), now)
    assert days[0].date == date(2026, 12, 1)
    assert all(
        check(record, now.date()) == [] for day in days for kind in day.records() for record in kind
    )


def test_invented_kimlik_numbers_are_valid_different_and_nobodys() -> None:
    numbers = {kimlik_no(serial) for serial in range(2000)}
    assert len(numbers) == 2000
    assert all(kimlik.is_valid(number) and number.startswith("999") for number in numbers)


def test_invented_telephones_belong_to_nobody(two_years: list[Day]) -> None:
    phones = {client.phone for day in two_years for client in day.clients if client.phone}
    assert all(phone.startswith("+90500000") for phone in phones)
