"""How much of a month can be read: by the groups it has, at a small centre and at a large one."""

from pathlib import Path

import pytest

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.domain.invention import Size
from kadin_danisma.domain.table import MARK
from kadin_danisma.reports import profiles
from kadin_danisma.reports.ledger.edition import Edition
from kadin_danisma.reports.ledger.history import protect
from kadin_danisma.services import access, demo, ledger

YEAR = "2025"
MONTHS = 24


@pytest.mark.slow
@pytest.mark.parametrize(("women", "least"), [(15, 0.75), (60, 0.85)])
def test_of_the_numbers_of_a_month_most_are_shown(
    vault_path: Path, clock: FixedClock, women: int, least: float
) -> None:
    made = demo.make_demo(vault_path, clock, Size(MONTHS, MONTHS * women), seed=1)
    user, phrase = made.users[0]
    with access.sign_in(vault_path, user.name, phrase, clock).vault as vault, vault.read() as db:
        facts = ledger.open_books(db, Period.parse(YEAR)).months
    shown: list[bool] = []
    for key, month in facts.items():
        truth = counting.tables_of({key: month}, [key], profiles.profile("month"))
        report = protect([], Edition(key, Period.parse(key), 5, truth), {key: month})
        shown += (value != MARK for table in report.tables for value in table.cells.values())
    assert len(facts) == 12
    assert sum(shown) / len(shown) >= least
