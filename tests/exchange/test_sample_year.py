"""The sample year of a whole centre is read without a single refusal."""

from pathlib import Path

import pytest

from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.reader import Reading, read_workbook
from tests.exchange.books import TODAY

SAMPLE = Path(__file__).parents[1] / "data" / "ornek-yil.xlsx"


@pytest.fixture(scope="module")
def year() -> Reading:
    return read_workbook(SAMPLE, Known(), TODAY)


def test_the_sample_year_is_read_without_a_refusal(year: Reading) -> None:
    assert (year.refused, year.notes) == ([], [])
    assert [len(rows) for rows in year.rows.values()] == [174, 265, 348, 67, 108, 18]


def test_the_sample_year_again_adds_nothing(year: Reading) -> None:
    known = Known.of(record for rows in year.rows.values() for _, record in rows)

    again = read_workbook(SAMPLE, known, TODAY)

    assert again.refused == []
    assert not any(again.rows.values())
    assert again.already_known == 980
