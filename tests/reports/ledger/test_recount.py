"""Whatever is wrong with a proof is found by adding it up again."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.ledger import recount
from kadin_danisma.reports.ledger.recount_rules import Limits, broken
from tests.reports.ledger.years import Office, months_of

Proof = dict[str, Any]


@pytest.fixture(scope="module")
def office() -> Office:
    made = Office(months_of(1, 25, 2))
    made.publish("2026-01")
    made.publish("2026-02")
    return made


@pytest.fixture
def proof(office: Office) -> Proof:
    return copy.deepcopy(office.protected[-1].proof)


def part(proof: Proof, family: str) -> Proof:
    return next(each for each in proof["families"] if each["family"] == family)


def test_a_sound_proof_has_no_faults(office: Office, proof: Proof) -> None:
    assert recount.faults(proof, office.documents()) == []


def stars(documents: list[Any]) -> Iterator[tuple[list[Any], str]]:
    for table in documents[-1]["tables"]:
        for row in table["rows"]:
            if row[-1] == MARK:
                yield row, table["id"]


def test_a_star_turned_back_into_its_number_is_found(office: Office, proof: Proof) -> None:
    """Every small number's own star, one after the other."""
    small = {tuple(place) for place in proof["small"]}
    found = 0
    for number, (row, table_id) in enumerate(stars(office.documents())):
        if ("2026-02", table_id, *row[:-1]) not in small:
            continue
        documents = office.documents()
        turned, _table = list(stars(documents))[number]
        turned[-1] = 3
        assert recount.faults(proof, documents)
        found += 1
    assert found > 10


def forget_a_claim(proof: Proof) -> None:
    part(proof, "clients_by_residence")["claims"].clear()


def make_a_count_negative(proof: Proof) -> None:
    change = part(proof, "clients_by_age_band")["worlds"][0]
    change[next(iter(change))] = -1000


def let_a_woman_vanish(proof: Proof) -> None:
    change = part(proof, "clients_by_age_band")["worlds"][0]
    change[next(at for at, more in change.items() if more < 0)] -= 1


def halve_a_woman(proof: Proof) -> None:
    part(proof, "clients_by_age_band")["truth"][0] += 0.5


def claim_less(proof: Proof) -> None:
    """As one would where older reports left less room; here none did."""
    of_women = part(proof, "clients_by_age_band")
    least = {tuple(place) for place, lowest, _high, _world in of_women["claims"] if lowest == 5}
    for claim in of_women["claims"]:
        if tuple(claim[0]) == min(least):
            claim[1] = min(claim[1], 4)


def claim_more(proof: Proof) -> None:
    part(proof, "clients_by_age_band")["claims"][0][1] = 1000


def stretch_the_hours(proof: Proof) -> None:
    playroom = part(proof, "playroom")
    at = next(at for at, kind in enumerate(playroom["kinds"]) if kind[0] == "hours")
    change = playroom["worlds"][0]
    change[at] = change.get(at, 0) + 1


@pytest.mark.parametrize(
    "spoil",
    [
        forget_a_claim,
        make_a_count_negative,
        let_a_woman_vanish,
        halve_a_woman,
        claim_less,
        claim_more,
        stretch_the_hours,
    ],
)
def test_a_spoilt_proof_is_found(
    office: Office, proof: Proof, spoil: Callable[[Proof], None]
) -> None:
    spoil(proof)
    assert recount.faults(proof, office.documents())


def test_women_who_apply_without_an_application_are_found() -> None:
    woman = ["course", ["2026-01"], False, [["2026-01", [], []]]]
    told = broken({"family": "courses", "kinds": [woman]}, {0: 1}, Limits({"families": []}))
    assert list(told) == ["women apply without an application in 2026-01"]


def test_a_month_with_one_woman_is_published_as_stars_and_its_proof_says_so() -> None:
    lonely = Office(months_of(5, 1, 1))
    made = lonely.publish("2026-01")
    assert made.withheld
    assert recount.faults(made.proof, lonely.documents()) == []


def test_a_number_shown_where_nothing_is_proved_is_found() -> None:
    lonely = Office(months_of(5, 1, 1))
    made = lonely.publish("2026-01")
    documents: list[Any] = lonely.documents()
    summary = next(table for table in documents[0]["tables"] if table["id"] == "summary")
    next(row for row in summary["rows"] if row[0] == "clients")[-1] = 1
    assert recount.faults(made.proof, documents)


@pytest.fixture(scope="module")
def quarter() -> Office:
    """A quarter that can be proved only if women may have come at other times."""
    made = Office(months_of(1, 14, 3))
    for key in ("2026-01", "2026-02", "2026-03", "2026-Q1"):
        made.publish(key)
    return made


@pytest.fixture
def told(quarter: Office) -> Proof:
    return copy.deepcopy(quarter.protected[-1].proof)


def beside(proof: Proof) -> Proof:
    return next(world for each in proof["families"] for world in each["beside"].values())


def test_where_others_came_every_other_table_of_theirs_is_told(
    quarter: Office, told: Proof
) -> None:
    assert len(beside(told)) == 6
    assert recount.faults(told, quarter.documents()) == []


def forget_a_table(proof: Proof) -> None:
    beside(proof).pop("clients_by_age_band")


def tell_of_one_more(proof: Proof) -> None:
    beside(proof)["clients_by_age_band"][0][1] += 1


def tell_of_another(proof: Proof) -> None:
    (_table, came, labels), _count = beside(proof)["clients_by_age_band"][0]
    other = "u18" if labels[0] != "u18" else "60p"
    beside(proof)["clients_by_age_band"][0][0] = ["clients_by_age_band", came, [other] * len(came)]


@pytest.mark.parametrize("spoil", [forget_a_table, tell_of_one_more, tell_of_another])
def test_what_is_wrong_beside_a_world_is_found(
    quarter: Office, told: Proof, spoil: Callable[[Proof], None]
) -> None:
    spoil(told)
    assert recount.faults(told, quarter.documents())
