"""A new report beside all that were published: nothing small shows, and the proof adds up."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain import counting
from kadin_danisma.domain.counting import PUBLIC
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.facts import Facts, SessionFact
from kadin_danisma.domain.table import MARK, TableSpec
from kadin_danisma.reports.disclosure import is_small
from kadin_danisma.reports.ledger import recount
from kadin_danisma.reports.ledger.edition import SILENT, WOMEN, Edition, Protected, covered
from kadin_danisma.reports.ledger.history import connected, protect
from tests.reports.ledger.years import Office, months_of

QUARTER = ("2026-01", "2026-02", "2026-03", "2026-Q1")


def shown_smaller_than(office: Office, minimum: int) -> list[int]:
    return [
        value
        for edition in office.editions
        for table in edition.shown or ()
        for key, value in table.cells.items()
        if isinstance(value, int)
        and 0 < value < minimum
        and not (table.id == "summary" and key[0].startswith("training"))
    ]


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), women=st.integers(12, 40))
def test_a_month_its_quarter_and_their_proofs_hold_for_any_centre(seed: int, women: int) -> None:
    office = Office(months_of(seed, women, 3))
    for key in QUARTER:
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
    assert shown_smaller_than(office, 5) == []


def test_what_is_shown_is_the_truth() -> None:
    office = Office(months_of(3, 30, 1))
    office.publish("2026-01")
    edition = office.editions[0]
    for table, true in zip(edition.shown or (), edition.truth, strict=True):
        for key, value in table.cells.items():
            assert value in (MARK, true.cells[key].value)


def test_most_of_a_quarter_is_shown() -> None:
    office = Office(months_of(4, 60, 3))
    for key in QUARTER:
        office.publish(key)
    values = [value for table in office.editions[-1].shown or () for value in table.cells.values()]
    small = sum(place[0] == "2026-Q1" for place in office.protected[-1].small)
    assert values.count(MARK) <= 1.5 * small


def test_a_raised_minimum_holds_from_then_on() -> None:
    office = Office(months_of(6, 25, 3))
    office.publish("2026-01")
    office.minimum = 10
    for key in QUARTER[1:]:
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
    office.editions = office.editions[1:]
    assert shown_smaller_than(office, 10) == []


def test_the_same_year_gives_the_same_reports() -> None:
    twice = [Office(months_of(7, 25, 3)), Office(months_of(7, 25, 3))]
    for office in twice:
        for key in QUARTER:
            office.publish(key)
    assert twice[0].editions == twice[1].editions


def test_only_reports_with_common_months_hang_together() -> None:
    office = Office(months_of(8, 15, 6))
    for key in ("2026-01", "2026-05", "2026-Q2"):
        office.publish(key)
    january, may, second = office.editions
    assert connected([january], may) == [may]
    assert connected([january, may], second) == [may, second]


def test_it_can_be_cancelled() -> None:
    office = Office(months_of(9, 15, 1))
    office.publish("2026-01")

    def cancel(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        protect([], office.editions[0], office.months, cancel)


@pytest.mark.slow
def test_a_quarter_can_come_before_its_months() -> None:
    office = Office(months_of(5, 25, 3))
    for key in ("2026-Q1", "2026-03", "2026-01", "2026-02"):
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
    assert all(not made.proof["silent"] for made in office.protected)


def values_of(protected: Protected) -> list[int | str]:
    return [
        value
        for table in protected.tables
        for key, value in table.cells.items()
        if key[0] not in PUBLIC
    ]


def of_women(facts: Facts, number: int) -> Facts:
    """What a month would have been had only so many of its women come."""
    here = {fact.client for fact in facts.clients[:number]}
    return replace(
        facts,
        clients=tuple(fact for fact in facts.clients if fact.client in here),
        applications=tuple(fact for fact in facts.applications if fact.client in here),
        sessions=tuple(fact for fact in facts.sessions if fact.client in here),
        referrals=tuple(fact for fact in facts.referrals if fact.client in here),
        visits=tuple(fact for fact in facts.visits if fact.client in here),
    )


def test_a_month_in_which_hardly_anybody_came_shows_nothing() -> None:
    office = Office(months_of(5, 3, 1))
    made = office.publish("2026-01")
    assert set(values_of(made)) == {MARK}
    assert recount.faults(made.proof, office.documents()) == []


def test_a_quarter_with_such_a_month_shows_what_does_not_tell_of_it() -> None:
    months = months_of(5, 30, 3)
    months["2026-02"] = of_women(months["2026-02"], 3)
    office = Office(months)
    for key in QUARTER:
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
    assert set(values_of(office.protected[1])) == {MARK}
    assert set(values_of(made)) != {MARK}


def test_nobody_at_all_is_told_openly() -> None:
    nobody = of_women(months_of(5, 3, 1)["2026-01"], 0)
    assert set(values_of(Office({"2026-01": nobody}).publish("2026-01"))) == {0}


def test_the_order_of_sets_in_memory_decides_nothing() -> None:
    """Strings are hashed otherwise in every run of Python; reports must not be."""
    code = (
        "from tests.reports.ledger.years import Office, months_of\n"
        "office = Office(months_of(7, 20, 2))\n"
        "office.publish('2026-01'), office.publish('2026-02')\n"
        "print([edition.shown for edition in office.editions], office.protected[-1].proof)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_where_the_number_of_women_would_tell_how_many_came_again_only_it_is_hidden() -> None:
    office = Office(months_of(17, 9, 3))
    for key in QUARTER:
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
    tables = {table.id: table.cells for table in made.tables}
    assert tables["summary"]["clients",] == MARK
    assert tables["clients_by_marital"]["_total",] == MARK
    assert made.withheld == ()
    shown = [value for value in tables["clients_by_age_band"].values() if value != MARK]
    assert len(shown) > 2


def test_where_coming_again_would_tell_no_women_are_shown_but_what_adds_up() -> None:
    office = Office(months_of(0, 15, 3))
    for key in QUARTER:
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
    assert made.withheld == (WOMEN,)
    for table in made.tables:
        if table.id.startswith("clients_"):
            assert set(table.cells.values()) == {MARK}
    sessions = next(table for table in made.tables if table.id.startswith("sessions_"))
    assert isinstance(sessions.cells["_total", "_total"], int)


def test_a_report_of_which_nothing_can_be_proved_shows_nothing() -> None:
    office = Office(months_of(11, 8, 3))
    for key in QUARTER:
        made = office.publish(key)
    assert made.withheld == (SILENT,)
    assert set(values_of(made)) == {MARK}
    assert recount.faults(made.proof, office.documents()) == []


def test_a_report_that_shows_nothing_is_not_given_away_by_later_ones() -> None:
    office = Office(months_of(4, 40, 3))
    for key in QUARTER[:3]:
        office.publish(key)
    february = office.editions[1]
    stars = frozenset((february.number, t.id, key) for t in february.truth for key in t.cells)
    hidden = covered(february.truth, stars, february.number)
    office.editions[1] = replace(february, shown=tuple(hidden))
    quarter = office.publish("2026-Q1")
    claims = [
        claim
        for part in quarter.proof["families"]
        if part["family"].startswith(("sessions", "applications", "referrals"))
        for claim in part["claims"]
        if claim[0][0] == "2026-02"
    ]
    assert max(low for _place, low, _high, _world in claims) >= 5
    small = {tuple(place) for place, low, _high, _world in claims if low}
    assert small >= {
        (place[0], place[1], *place[2])
        for place, cell in february.cells().items()
        if place[1].startswith(("sessions", "applications", "referrals")) and is_small(cell, 5)
    }


def test_a_minimum_raised_in_the_middle_of_a_quarter_does_not_silence_it() -> None:
    office = Office(months_of(2, 60, 3))
    for key in QUARTER:
        made = office.publish(key)
        office.minimum = 8
        assert recount.faults(made.proof, office.documents()) == []
    assert not made.proof["silent"]
    assert values_of(made).count(MARK) < len(values_of(made)) / 2


@pytest.mark.parametrize("channel", ["email", "declined"])
def test_a_number_given_by_hand_gives_away_what_it_says_and_silences_nothing(channel: str) -> None:
    """Small, or none at all: then all others of the month are known to be something else."""
    office = Office(months_of(4, 40, 3))
    office.publish("2026-01")
    told = office.tell("2026-01", "applications_by_channel", channel)
    assert told < 5
    for key in QUARTER[1:]:
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
        assert made.withheld == ()
        assert values_of(made).count(MARK) < len(values_of(made)) / 2
    assert all(value in (MARK, told) or value >= 5 for value in values_of(made) if value)


def test_where_months_show_that_all_of_a_rare_service_were_alike_it_is_hidden_how_many() -> None:
    """Two women a month came to be informed, in person: the zeros beside them left already."""
    months = {key: _with_rare_sessions(facts) for key, facts in months_of(1, 24, 3).items()}
    specs = [TableSpec("summary"), TableSpec("sessions_by_service_and_channel")]
    editions: list[Edition] = []
    for key in QUARTER:
        period = Period.parse(key)
        truth = counting.tables_of(months, (month.key for month in period.months), specs)
        new = Edition(key, period, 5, truth)
        made = protect(editions, new, months)
        editions.append(made.edition(new))
    cells = made.tables[1].cells
    assert (made.withheld, made.proof["silent"]) == ((), False)
    assert (cells["info", "walk_in"], cells["info", "_total"]) == (MARK, MARK)
    assert (cells["_total", "phone"], cells["info", "phone"]) == (42, 0)


def _with_rare_sessions(facts: Facts) -> Facts:
    women = [fact.client for fact in facts.clients]
    channels = ("walk_in", "phone")
    first = [
        SessionFact(who, "first_interview", channels[at % 2], 1)
        for at, who in enumerate(women[:20])
    ]
    rare = [SessionFact(who, "info", "walk_in", 1) for who in women[:2]]
    rest = [SessionFact(who, "legal", "phone", 1) for who in women[20:]]
    return replace(facts, sessions=(*first, *rare, *rest))
