"""The column Not of applications and referrals: optional, free, known when it comes again."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Application, Referral
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.reader import Reading
from tests.exchange.books import Book, places, read

A, R = "Başvurular", "Yönlendirmeler"
KIND = {A: Kind.APPLICATION, R: Kind.REFERRAL}
LONG = "ğ" * 9_990 + "\nson satır"


def notes(reading: Reading, sheet: str) -> list[str]:
    assert (reading.refused, reading.notes) == ([], [])
    records = [record for _row, record in reading.rows[KIND[sheet]]]
    return [r.note for r in records if isinstance(r, Application | Referral)]


def known_of(book: Book, folder: Path) -> Known:
    rows = read(book, folder).rows.values()
    return Known.of(record for each in rows for _row, record in each)


def new(reading: Reading) -> dict[Kind, int]:
    assert (reading.refused, reading.notes) == ([], [])
    return {kind: len(rows) for kind, rows in reading.rows.items() if rows}


@pytest.mark.parametrize("sheet", [A, R])
@pytest.mark.parametrize("note", ["Ablası aradı.", "iki\nsatır\tve sekme", LONG, "=1+1"])
def test_a_note_is_read_as_it_stands(sheet: str, note: str, tmp_path: Path) -> None:
    book = Book().with_further().put(sheet, 2, "Not", note)
    assert notes(read(book, tmp_path), sheet) == [note, ""]


@pytest.mark.parametrize("sheet", [A, R])
def test_a_workbook_may_do_without_the_column(sheet: str, tmp_path: Path) -> None:
    assert notes(read(Book(), tmp_path), sheet) == ["", ""]


@pytest.mark.parametrize("sheet", [A, R])
@pytest.mark.parametrize("note", ["x" * 10_001, "bir\x07iki", "ters \u202e yazı"])
def test_a_note_that_cannot_stand_is_refused(sheet: str, note: str, tmp_path: Path) -> None:
    encoded = note.replace("\x07", "_x0007_")
    book = Book().with_further().put(sheet, 3, "Not", encoded)
    assert places(read(book, tmp_path)) == [(sheet, 3, "Not")]


@pytest.mark.parametrize("sheet", [A, R])
def test_the_column_that_stands_twice_is_refused(sheet: str, tmp_path: Path) -> None:
    book = Book().with_further()
    book.grid[sheet][0].append("Not*")
    assert places(read(book, tmp_path)) == [(sheet, None, "Not")]


def written() -> Book:
    """Two equal referrals but for their notes, and an application with one."""
    book = Book().with_further().put(A, 2, "Not", "Ablası aradı.").put(R, 2, "Not", "Dilekçe.")
    again = [*book.grid[R][1]]
    again[book.place(R, "Not")] = "İkinci dilekçe."
    book.grid[R].append(again)
    return book


def test_the_same_workbook_again_adds_nothing(tmp_path: Path) -> None:
    known = known_of(written(), tmp_path)
    assert new(read(written(), tmp_path, known)) == {}


def test_a_known_application_with_another_note_is_refused(tmp_path: Path) -> None:
    known = known_of(written(), tmp_path)
    reading = read(written().put(A, 2, "Not", "Kardeşi aradı."), tmp_path, known)
    assert places(reading) == [(A, 2, "Başvuru No")]


def test_a_referral_with_another_note_is_another_event(tmp_path: Path) -> None:
    known = known_of(written(), tmp_path)
    assert new(read(written().put(R, 2, "Not", "Üçüncü."), tmp_path, known)) == {Kind.REFERRAL: 1}


def test_an_equal_referral_once_more_is_another_event(tmp_path: Path) -> None:
    known = known_of(written(), tmp_path)
    book = written()
    book.grid[R].append([*book.grid[R][1]])
    assert new(read(book, tmp_path, known)) == {Kind.REFERRAL: 1}


def test_a_workbook_without_the_column_contradicts_no_note(tmp_path: Path) -> None:
    noted = Book().with_further().put(A, 2, "Not", "Ablası aradı.").put(R, 2, "Not", "Dilekçe.")
    known = known_of(noted, tmp_path)
    again = read(Book(), tmp_path, known)
    assert new(again) == {}
    assert again.already_known == 12


def test_notes_written_in_the_program_since_are_no_reason_to_add_a_row_again(
    tmp_path: Path,
) -> None:
    """The vault tells by the first wording as well (``services.importing``)."""
    known = known_of(written(), tmp_path)
    tests = {
        said: [lambda note, was=was: was(note) or note == "sonradan" for was in those]
        for said, those in known.referral_notes.items()
    }
    since = replace(known, referral_notes=tests)
    assert new(read(written(), tmp_path, since)) == {}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=st.lists(st.sampled_from("abc "), max_size=5), more=st.lists(st.sampled_from("abc ")))
def test_referrals_are_counted_by_their_notes(
    first: list[str], more: list[str], tmp_path: Path
) -> None:
    def book(notes: list[str]) -> Book:
        made = Book().with_further()
        row = made.grid[R][1]
        made.grid[R] = [made.grid[R][0], *([*row, note.strip()] for note in notes)]
        return made

    known = known_of(book(first), tmp_path)
    left = list(first)
    fresh = 0
    for note in more[:8]:
        if note in left:
            left.remove(note)
        else:
            fresh += 1
    found = read(book(more[:8]), tmp_path, known)
    assert len(found.rows[Kind.REFERRAL]) == fresh
