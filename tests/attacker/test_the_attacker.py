"""The attacker finds in reports made by hand what is known to be in them, and no more."""

from typing import Any

import pytest

from tests.attacker.attack import Result
from tests.attacker.knowledge import Heard, Percentage
from tests.attacker.papers import Star, a_report, a_summary, by, crossed, found
from tests.attacker.reading import Count, second_versions
from tests.attacker.solving import Question, ask, is_possible
from tests.attacker.system import ContradictionError, System

JANUARY, FEBRUARY, MARCH, QUARTER = "2026-01", "2026-02", "2026-03", "2026-Q1"


def kinds(result: Result) -> list[str]:
    return [finding.kind for finding in result.findings]


def residence(*values: int, total: int) -> dict[str, Any]:
    labels = ("centre", "surrounding", "outside", "unknown")
    return by("residence", "clients", dict(zip(labels, values, strict=False)), total)


def summaries(unit: str, *months: int, quarter: int) -> list[dict[str, Any]]:
    said = zip((JANUARY, FEBRUARY, MARCH, QUARTER), (*months, quarter), strict=True)
    return [a_report(period, a_summary(**{unit: value})) for period, value in said]


def test_a_small_number_that_is_printed_is_found() -> None:
    assert kinds(found(a_report(JANUARY, residence(9, 3, 0, total=12)))) == ["printed"]


def test_one_star_in_a_row_is_subtracted() -> None:
    (finding,) = found(a_report(JANUARY, residence(9, Star(3), 0, total=12))).findings
    assert finding.kind == "pinned"
    assert "2026-01: clients with residence surrounding is 3" in str(finding)


def test_two_small_stars_that_make_three_cannot_be_large() -> None:
    assert (
        kinds(found(a_report(JANUARY, residence(9, Star(1), Star(2), total=12)))) == ["bounded"] * 2
    )


def test_two_stars_that_make_five_are_safe() -> None:
    assert kinds(found(a_report(JANUARY, residence(9, Star(2), Star(3), total=14)))) == []


def test_a_raised_minimum_asks_for_more() -> None:
    report = a_report(JANUARY, residence(9, Star(2), Star(3), total=14), minimum=6)
    assert kinds(found(report)) == ["bounded"] * 2


def test_a_star_that_another_table_prints_is_pinned() -> None:
    report = a_report(JANUARY, a_summary(clients=4), residence(Star(4), 0, total=Star(4)))
    assert "pinned" in kinds(found(report))


def test_a_month_is_subtracted_from_its_quarter() -> None:
    (finding,) = found(*summaries("sessions", 6, 7, Star(2), quarter=15)).findings
    assert finding.kind == "pinned"


def test_women_of_a_quarter_do_not_add_up_but_they_bound_a_month() -> None:
    assert kinds(found(*summaries("clients", 12, Star(3), 0, quarter=14))) == ["bounded"]
    assert kinds(found(*summaries("clients", 12, Star(3), 0, quarter=12))) == []


def test_women_who_come_for_the_first_time_add_up() -> None:
    assert kinds(found(*summaries("clients_first", 12, Star(3), 8, quarter=23))) == ["pinned"]


def test_a_group_is_the_sum_of_what_a_quarter_tells_apart() -> None:
    fine = {"walk_in": Star(2), "appointment": Star(4), "phone": 7}
    coarse = {"in_person": 6, "phone": 7}
    groups = {"in_person": ["walk_in", "appointment"]}
    quarter = a_report(QUARTER, by("channel", "applications", fine, 13))
    month = by("channel", "applications", coarse, 13, groups=groups)
    nothing = by("channel", "applications", {"in_person": 0, "phone": 0}, 0, groups=groups)
    months = [a_report(JANUARY, month), a_report(FEBRUARY, nothing), a_report(MARCH, nothing)]
    assert kinds(found(quarter, *months)) == []
    told = Heard(told=((Count(JANUARY, "applications", walk_in()), 2),))
    assert kinds(found(quarter, *months, heard=told)) == ["pinned"] * 2


def walk_in() -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset({("channel", frozenset({"walk_in"}))})


def test_everybody_gave_at_least_one_answer() -> None:
    answers = by("reason", "applications", {"violence": 7, "health": Star(3)}, 10, several=True)
    assert kinds(found(a_report(JANUARY, answers))) == ["bounded"]


def test_a_group_of_answers_is_no_larger_than_its_members_together() -> None:
    fine = {"divorce": Star(2), "custody": Star(4), "health": 9}
    answers = by("reason", "applications", fine, 9, several=True)
    groups = {"family": ["divorce", "custody"]}
    coarse = by(
        "reason", "applications", {"family": 6, "health": 9}, 9, groups=groups, several=True
    )
    year = [a_report(QUARTER, answers), a_report(JANUARY, coarse)]
    nothing = by(
        "reason", "applications", {"family": 0, "health": 0}, 0, groups=groups, several=True
    )
    quiet = [a_report(month, nothing) for month in (FEBRUARY, MARCH)]
    assert kinds(found(*year, *quiet)) == []
    low = Heard(told=((Count(QUARTER, "applications", custody()), 3),))
    assert kinds(found(*year, *quiet, heard=low)) == ["bounded"]


def custody() -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset({("reason", frozenset({"custody"}))})


def test_a_woman_is_of_the_same_age_whenever_she_comes() -> None:
    """All who came in February had come in January, when nobody was young."""

    def report(period: str, young: int, old: int, total: int) -> dict[str, Any]:
        ages = by("age_band", "clients", {"18_29": young, "30_39": old}, total)
        return a_report(period, a_summary(clients=total), ages)

    reports = [report(JANUARY, 0, 10, 10), report(FEBRUARY, Star(0), Star(3), Star(3))]
    reports += [report(MARCH, 0, 0, 0), report(QUARTER, Star(0), Star(10), 10)]
    assert not found(*reports).of("pinned", "bounded")
    told = Heard(told=((Count(FEBRUARY, "clients"), 3),))
    assert len(found(*reports, heard=told).of("pinned")) == 1


def test_a_group_that_is_all_alike_is_found() -> None:
    told = {"legal": (9, 0, 9), "psych": (6, 7, 13), "info": (5, 8, 13), "_total": (20, 15, 35)}
    result = found(a_report(JANUARY, crossed("sessions", ("service", "channel"), told)))
    assert kinds(result) == ["whole group"]
    assert "sessions with service legal is all" in str(result.findings[0])


def test_a_woman_is_first_once_and_never_more_often_than_women_came() -> None:
    """What the ledger overlooked at first: the total of another table told who came at all."""
    ways = {"clients_returning": Star(2), "clients_continuing": 24}
    march = a_summary(clients=84, clients_first=Star(58), **ways)
    ages = by("age_band", "clients", {"18_29": 80, "30_39": 79}, 159)
    reports = [
        a_report(JANUARY, a_summary(clients_first=50)),
        a_report(FEBRUARY, a_summary(clients_first=51)),
        a_report(MARCH, march),
        a_report(QUARTER, ages, a_summary(clients=Star(159))),
    ]
    (finding,) = found(*reports).of("bounded")
    assert "clients_returning is 2, known in [2, 60]" in str(finding)


def test_what_a_quarter_leaves_for_its_last_months_is_known_before_they_are_printed() -> None:
    assert kinds(found(*summaries("referrals", 6, Star(1), Star(3), quarter=10))) == ["bounded"] * 2


def test_a_cross_table_is_solved_like_one() -> None:
    safe = {
        "legal": (Star(3), Star(4), 7),
        "psych": (Star(4), Star(3), 7),
        "_total": (7, 7, 14),
    }
    table = crossed("sessions", ("service", "channel"), safe)
    assert kinds(found(a_report(JANUARY, table))) == []
    open_ = {"legal": (Star(3), 6, 9), "psych": (Star(4), 7, 11), "_total": (7, 13, 20)}
    table = crossed("sessions", ("service", "channel"), open_)
    assert "pinned" in kinds(found(a_report(JANUARY, table)))


def test_a_percentage_of_a_hidden_count_is_the_count() -> None:
    safe = a_report(JANUARY, residence(9, Star(2), Star(3), total=14))
    hidden = Count(JANUARY, "clients", frozenset({("residence", frozenset({"surrounding"}))}))
    share = Heard(percentages=(Percentage(hidden, Count(JANUARY, "clients"), 143),))
    assert kinds(found(safe)) == []
    assert kinds(found(safe, heard=share)) == ["pinned"] * 2


def test_two_versions_of_one_period_are_found() -> None:
    first, second = (a_report(JANUARY, a_summary(sessions=value)) for value in (8, 9))
    assert second_versions([first, first]) == []
    assert second_versions([first, second]) == [f"{JANUARY}-1"]


def test_reports_that_tell_different_stories_are_found() -> None:
    assert kinds(found(*summaries("sessions", 6, 7, 5, quarter=17))) == ["contradiction"]


def test_who_knows_the_rule_knows_more() -> None:
    """Applications are printed, so five women applied, and four at the most only went on."""
    ways = {"clients_first": Star(3), "clients_returning": Star(2), "clients_continuing": Star(4)}
    said = a_summary(clients=9, applications=10, sessions=9, **ways)
    assert kinds(found(a_report(JANUARY, said))) == []
    assert "bounded" in kinds(found(a_report(JANUARY, said), heard=Heard(knows_the_rule=True)))


def test_fractions_are_no_story() -> None:
    """Five would be two and a half pairs: the relaxation allows it, whole numbers do not."""
    system = System()
    system.row({"pairs": 2, "people": -1}, 0, 0)
    system.bound("people", 0, 5)
    question = Question(system.at("people"), need=5)
    ask(system, [question])
    assert question.can_be_nought
    assert question.can_be_large is False


def test_what_cannot_be_is_a_contradiction() -> None:
    system = System()
    system.row({"a": 1, "b": 1}, 3, 3)
    system.row({"a": 1, "b": -1}, 2, 2)
    assert not is_possible(system)
    system.bound("a", 4, 9)
    with pytest.raises(ContradictionError):
        system.tighten()
