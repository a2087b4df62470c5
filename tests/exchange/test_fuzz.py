"""Whatever stands in a file, reading it ends in a reading and never in a fault."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.looks import look_of
from kadin_danisma.exchange.reader import Reading, read_workbook
from tests.exchange.books import HEADERS, TODAY, Book, Styled, Xml, read, zipped

quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# Characters that XML itself forbids cannot arrive but in escapes, which are drawn as well.
texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")
    .filter(lambda letter: letter >= " " or letter in "\t\n"),
    max_size=12,
)  # fmt: skip
escapes = st.integers(0, 0xFFFF).map(lambda number: f"_x{number:04X}_")
spellings = st.sampled_from(
    ["31.12.2025", "2026-01-01", "1.1.90", "9:30", "24:00", "evet", "TRUE", "none;physical", ";",
     "2026/1", "B-1", "10000000146", "1e5", "-0", "٣", "ﬁ", "İ", "\u0307", "=1+1", "  ", "\u202e"]
)  # fmt: skip
numbers = st.one_of(
    st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False)
)
styled = st.builds(Styled, st.floats(-1e7, 1e7), st.integers(0, 9))
raw = st.builds(
    lambda kind, text: Xml(
        f'<c r="{{ref}}" t="{kind}" s="1"><v>{text}</v><is><t>{text}</t></is></c>'
    ),
    st.sampled_from(["n", "s", "b", "e", "d", "str", "inlineStr", "x"]),
    st.text("0123456789.-+eETZ:_x", max_size=10),
)
values = st.one_of(texts, escapes, spellings, numbers, styled, raw, st.booleans(), st.none())
columns = st.sampled_from([(s, h) for s, line in HEADERS.items() for h in line.split("|")])


@quick
@given(cells=st.lists(st.tuples(columns, st.integers(1, 3), values), min_size=1, max_size=12))
def test_any_cells_give_a_reading(
    cells: list[tuple[tuple[str, str], int, object]], tmp_path: Path
) -> None:
    book = Book()
    for (sheet, header), row, value in cells:
        book.put(sheet, row, header, value)

    reading = read(book, tmp_path)

    assert isinstance(reading, Reading)
    told = [(refusal.sheet, refusal.row, refusal.column) for refusal in reading.refused]
    assert len(told) == len(set(told))
    assert not (reading.refused and any(reading.rows.values()))
    # What was read once can be read again on top of itself.
    known = Known.of(record for rows in reading.rows.values() for _, record in rows)
    again = read(book, tmp_path, known)
    assert again.refused == reading.refused
    assert not any(again.rows.values())


@pytest.mark.parametrize("seed", range(8))
def test_any_changed_bytes_give_a_reading(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    whole = zipped(Book().contents())
    path = tmp_path / "book.xlsx"
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 1, 2, 8])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        assert isinstance(read_workbook(path, Known(), TODAY), Reading)


@pytest.mark.parametrize("seed", range(6))
def test_any_changed_part_gives_a_reading(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    path = tmp_path / "book.xlsx"
    for _ in range(60):
        parts = Book().contents()
        name = chance.choice(list(parts))
        data = bytearray(parts[name])
        for _ in range(chance.choice([1, 2, 5])):
            data[chance.randrange(len(data))] = chance.choice(b"<>/\"'=0123456789 abcrstv:;&")
        path.write_bytes(zipped(parts | {name: bytes(data)}))
        assert isinstance(read_workbook(path, Known(), TODAY), Reading)


@given(st.text('ymdhsGeral"\\_*[]$-#0.,;@ /:EAPM+', max_size=20))
def test_any_format_has_a_look(code: str) -> None:
    look_of(code)
