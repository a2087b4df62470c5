"""What is kept of a published month: every table counts the same, and nothing finer is told."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.coarsening import beside, coarse
from kadin_danisma.domain.counting import tables
from kadin_danisma.domain.facts import NOBODY, ApplicationFact, ClientFact, Facts, together
from tests.reports.ledger.years import YEAR, months_of

JANUARY, FEBRUARY, MARCH = (f"{YEAR}-{month:02d}" for month in (1, 2, 3))
EMPTY = Facts(YEAR, (), (), (), (), (), 0, 0)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_table_of_month_and_quarter_counts_the_same(seed: int) -> None:
    months = months_of(seed, 15, 3)
    kept = {key: coarse(facts) for key, facts in months.items()}
    assert all(tables(kept[key]) == tables(facts) for key, facts in months.items())
    assert tables(together(kept)) == tables(together(months))


def test_of_birth_years_districts_and_contacts_nothing_is_kept_that_no_table_tells() -> None:
    kept = [coarse(facts) for facts in months_of(1, 200, 3).values()]
    women = [fact for facts in kept for fact in facts.clients]
    assert {fact.birth_year for fact in women} <= {YEAR - age for age in (17, 29, 39, 49, 59, 60)}
    assert len({fact.district for fact in women}) <= 4
    assert {visit.birth_year for facts in kept for visit in facts.visits} <= {
        YEAR - age for age in (2, 5, 11, 17)
    }
    contacts = {fact for facts in kept for fact in facts.applications if fact.client == NOBODY}
    assert contacts == {ApplicationFact(NOBODY, "", "", (), (), ())}


def test_the_order_in_which_records_were_entered_is_not_kept() -> None:
    facts = months_of(2, 30, 1)[JANUARY]
    turned = replace(
        facts,
        clients=facts.clients[::-1],
        applications=facts.applications[::-1],
        sessions=facts.sessions[::-1],
        visits=facts.visits[::-1],
    )
    assert coarse(turned) == coarse(facts)


def came(client: int, *, first: bool, applied: bool = True) -> Facts:
    """A month in which one woman came."""
    application = ApplicationFact(client, "phone", "self", (), (), ())
    woman = ClientFact(client, None, "", "", "", "", "", first)
    return replace(EMPTY, clients=(woman,), applications=(application,) if applied else ())


def women(facts: Facts) -> list[tuple[int, bool]]:
    return [(fact.client, fact.first) for fact in facts.clients]


def test_nobody_is_first_after_a_published_month_in_which_she_applied() -> None:
    """Her application of January was moved to another file since."""
    published = {JANUARY: came(8, first=True)}
    assert women(beside(came(8, first=True), MARCH, published)) == [(8, False)]


def test_who_was_first_in_a_published_month_stands_for_another_woman_before_it() -> None:
    published = {MARCH: came(8, first=True)}
    moved = beside(came(8, first=True), FEBRUARY, published)
    ((other, first),) = women(moved)
    assert other != 8
    assert first
    assert [fact.client for fact in moved.applications] == [other]


def test_who_only_had_a_session_before_her_first_month_stays_herself() -> None:
    published = {MARCH: came(8, first=True)}
    before = came(8, first=False, applied=False)
    assert beside(before, FEBRUARY, published) == before
