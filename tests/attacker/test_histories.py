"""Whatever happens at a centre and whatever is published of it: nobody can be found.

The short form of ``python3 dev.py attack``. Every report is made by the program itself.
"""

from pathlib import Path

import pytest

from tests.attacker.attack import attack
from tests.attacker.histories import History, live
from tests.attacker.inventing import ORDERS, Plan
from tests.attacker.knowledge import Heard, gathered
from tests.attacker.reading import read
from tests.attacker.solving import is_possible


def a_history(folder: Path, **named: object) -> History:
    return live(Plan(**{"seed": 1, "women": 15} | named), folder)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS)
def test_a_quarter_and_its_months_give_nobody_away(tmp_path: Path, order: str) -> None:
    history = a_history(tmp_path, order=order, late=0.05, new_categories_from=2)
    result = attack(history.documents, history.truth)
    assert result.small > 20
    assert [str(finding) for finding in result.findings] == []
    assert history.unpublished == {}


@pytest.mark.slow
def test_corrections_and_a_raised_minimum_give_nobody_away(tmp_path: Path) -> None:
    history = a_history(tmp_path, seed=2, corrections=5, raised_in=2, regular=True, sealed=True)
    result = attack(history.documents, history.truth, Heard(women_change=True))
    assert [str(finding) for finding in result.findings] == []
    assert history.unpublished == {}
    assert history.changed == []


@pytest.mark.slow
def test_tables_on_request_and_numbers_told_by_hand_give_nobody_away(tmp_path: Path) -> None:
    history = a_history(tmp_path, seed=1, women=40, beside=1.0)
    result = attack(history.documents, history.truth, Heard(told=tuple(history.told)))
    assert history.told
    assert len(history.documents) + history.refused == 8
    assert [str(finding) for finding in result.findings] == []
    assert history.unpublished == {}


@pytest.mark.slow
def test_a_year_told_in_coarser_groups_gives_nobody_away(tmp_path: Path) -> None:
    history = a_history(tmp_path, seed=5, women=30, coarse=True, late=0.05)
    result = attack(history.documents, history.truth)
    assert result.small > 20
    assert [str(finding) for finding in result.findings] == []
    of_ages = [
        form.split["age_band"]
        for document in history.documents
        for form in read(document).forms
        if form.unit == "clients" and "age_band" in form.split
    ]
    assert len(of_ages) == 4
    assert of_ages[-1] == of_ages[0]


def test_each_report_alone_gives_nobody_away(tmp_path: Path) -> None:
    history = a_history(tmp_path, seed=3)
    results = [attack([document], history.truth) for document in history.documents]
    assert all(result.small for result in results)
    assert [str(finding) for result in results for finding in result.findings] == []


@pytest.mark.slow
@pytest.mark.parametrize("order", ["as it comes", "shuffled"])
def test_what_the_attacker_takes_for_granted_is_true(tmp_path: Path, order: str) -> None:
    """The truth itself agrees with every equation: none of them is made up."""
    history = a_history(tmp_path, seed=4, order=order, late=0.1, new_categories_from=2)
    truth = Heard(told=tuple((count, behind.value) for count, behind in history.truth.items()))
    readings = [read(document) for document in history.documents]
    assert is_possible(gathered(readings, truth).system)
