"""Each known mistake in protecting reports is found by the attacker."""

from pathlib import Path

import pytest

from kadin_danisma.store.vault import Vault
from tests.attacker.attack import Finding, attack
from tests.attacker.controls import percentages_of, suppressed_naively, with_the_number
from tests.attacker.histories import History, live
from tests.attacker.inventing import Plan
from tests.attacker.knowledge import Heard
from tests.attacker.reading import read


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    return live(Plan(seed=5, women=30), tmp_path_factory.mktemp("history"))


def found_in(history: History, documents: list[dict[str, object]]) -> set[str]:
    return {finding.about for finding in attack(documents, history.truth).findings}


def test_stars_turned_back_into_numbers_are_found(history: History) -> None:
    """A small number is found where it stands; a protecting one by what it protected."""
    document = history.documents[0]
    reading = read(document)
    protecting: list[list[Finding]] = []
    for star in reading.stars():
        opened = with_the_number(document, star, history.truth)
        findings = list(attack([opened], history.truth).findings)
        if history.truth[star].is_small(reading.minimum):
            assert str(star) in {finding.about for finding in findings}
        else:
            protecting.append(findings)
    assert protecting
    assert sum(map(bool, protecting)) > len(protecting) / 2


@pytest.mark.slow
def test_reports_suppressed_one_by_one_are_found(history: History) -> None:
    """What no report tells alone is told by all of them together."""
    naive = [suppressed_naively(document, history.truth) for document in history.documents]
    alone = set().union(*(found_in(history, [document]) for document in naive))
    together = found_in(history, naive)
    assert together - alone


def test_percentages_of_hidden_counts_are_found(history: History) -> None:
    documents = history.documents
    shares = [share for one in documents for share in percentages_of(one, history.truth)]
    assert shares
    assert not found_in(history, documents)
    result = attack(documents, history.truth, Heard(percentages=tuple(shares)))
    exposed = {finding.about for finding in result.of("pinned", "bounded")}
    assert {str(share.part) for share in shares} <= exposed


def test_a_number_told_elsewhere_and_unknown_to_the_ledger_is_found(history: History) -> None:
    """One hidden number after the other is told to the press: some others are known then."""
    document = history.documents[0]
    exposed = set()
    for star in list(read(document).stars())[:12]:
        heard = Heard(told=((star, history.truth[star].value),))
        found = attack([document], history.truth, heard).findings
        exposed |= {finding.about for finding in found} - {str(star)}
    assert exposed


def test_a_period_that_forgot_that_it_was_published_is_found(tmp_path: Path) -> None:
    """Were publishing again to count anew, a late record would show: subtract the versions."""

    def forget(vault: Vault) -> None:
        with vault.write() as db:
            for table in ("publication_file", "publication", "frozen_month"):
                db.execute(f"DELETE FROM {table}")

    history = live(Plan(seed=6, women=20, corrections=20), tmp_path, before_again=forget)
    assert history.changed
    found = attack(history.documents, history.truth).of("two versions")
    assert {finding.about for finding in found} == set(history.changed)
