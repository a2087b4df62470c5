"""What a quarter or a year is made of: its months as they were published."""

from dataclasses import replace

from kadin_danisma.domain import counting
from kadin_danisma.domain.facts import Facts, together
from tests.reports.ledger.years import months_of


def woman(facts: Facts, client: int) -> object:
    return next(fact for fact in facts.clients if fact.client == client)


def test_units_that_add_up_add_up() -> None:
    months = months_of(1, 20, 3)
    whole = together(months)
    assert len(whole.applications) == sum(len(facts.applications) for facts in months.values())
    assert whole.trainings == sum(facts.trainings for facts in months.values())


def test_a_woman_counts_once_however_often_she_came() -> None:
    months = months_of(1, 20, 3)
    whole = together(months)
    everybody = {fact.client for facts in months.values() for fact in facts.clients}
    assert {fact.client for fact in whole.clients} == everybody
    assert len(whole.clients) == len(everybody)


def test_what_was_known_of_a_woman_last_counts() -> None:
    months = months_of(1, 20, 2)
    january, february = months["2026-01"], months["2026-02"]
    client = next(
        fact.client
        for fact in february.clients
        if fact.client in {known.client for known in january.clients}
    )
    later = tuple(
        fact._replace(marital="divorced") if fact.client == client else fact
        for fact in february.clients
    )
    whole = together({"2026-02": replace(february, clients=later), "2026-01": january})
    found = next(fact for fact in whole.clients if fact.client == client)
    assert found.marital == "divorced"
    assert found.first == next(f.first for f in january.clients if f.client == client)


def test_first_women_add_up_over_the_months() -> None:
    months = months_of(2, 20, 3)
    cells = [counting.tables(facts)[0].cells["clients_first",].value for facts in months.values()]
    assert counting.tables(together(months))[0].cells["clients_first",].value == sum(cells)
