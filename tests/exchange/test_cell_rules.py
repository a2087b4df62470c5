"""What holds for every cell of a kind, whatever stands in it."""

import re
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.exchange.cells import CellReader
from kadin_danisma.exchange.columns import SHEETS, Column, Shape
from kadin_danisma.exchange.raw import Look, Number, Raw
from kadin_danisma.exchange.refusal import CellError

READER = CellReader(date(2026, 11, 22))
NUMBERS = st.sampled_from(
    [column for sheet in SHEETS for column in sheet.columns if column.shape is Shape.REFERENCE]
)
(TIME, *_others) = (
    column for sheet in SHEETS for column in sheet.columns if column.shape is Shape.TIME
)
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def is_refused(raw: Raw, column: Column) -> bool:
    try:
        READER.read(raw, column)
    except CellError:
        return True
    return False


@given(NUMBERS, st.integers(min_value=0, max_value=10**15 - 1))
def test_a_whole_number_is_its_digits(column: Column, number: int) -> None:
    assert READER.read(Number(float(number), Look.PLAIN), column) == str(number)


@given(NUMBERS, FINITE, st.sampled_from([Look.DAY, Look.TIME, Look.SPAN]))
def test_a_number_that_became_a_date_is_never_taken(
    column: Column, value: float, look: Look
) -> None:
    assert is_refused(Number(value, look), column)


@given(NUMBERS, st.booleans())
def test_a_number_that_became_a_truth_value_is_never_taken(column: Column, value: bool) -> None:
    assert is_refused(value, column)


@given(NUMBERS, FINITE)
def test_of_a_plain_number_nothing_but_digits_is_taken(column: Column, value: float) -> None:
    raw = Number(value, Look.PLAIN)
    if not is_refused(raw, column):
        assert re.fullmatch(r"-?[0-9]+", str(READER.read(raw, column)))


@given(
    st.times(), st.sampled_from(["{0}:{1:02}", "{0}.{1:02}", "{0:02}.{1:02}", "{0}:{1:02}:{2:02}"])
)
def test_every_time_is_read_in_each_of_its_forms(moment: time, form: str) -> None:
    written = form.format(moment.hour, moment.minute, moment.second)
    assert READER.read(written, TIME) == time(moment.hour, moment.minute)


@given(st.from_regex(r"[0-9]{1,2}[:.][0-9]{2}(:[0-9]{2})?", fullmatch=True))
def test_a_time_is_one_of_the_day_or_refused(written: str) -> None:
    parts = [int(part) for part in re.split("[:.]", written)]
    exists = parts[0] < 24 and all(part < 60 for part in parts[1:])
    has_form = not ("." in written and len(parts) == 3)
    assert is_refused(written, TIME) is not (exists and has_form)


def test_a_plain_number_is_no_time() -> None:
    assert is_refused(Number(9.3, Look.PLAIN), TIME)
