"""Sheets, columns and headers: what must stand, what may stand twice, what is passed over."""

from pathlib import Path

import pytest

from tests.exchange.books import HEADERS, Book, Styled, Xml, places, read

COLUMNS = [(sheet, header) for sheet, line in HEADERS.items() for header in line.split("|")]


@pytest.mark.parametrize("sheet", HEADERS)
def test_a_missing_sheet_is_named_once_and_nothing_follows(sheet: str, tmp_path: Path) -> None:
    book = Book()
    del book.grid[sheet]

    reading = read(book, tmp_path)

    assert places(reading) == [(sheet, None, None)]
    assert "does not have this sheet" in reading.refused[0].reason


@pytest.mark.parametrize(("sheet", "header"), COLUMNS)
def test_a_missing_column_is_named_once_and_nothing_follows(
    sheet: str, header: str, tmp_path: Path
) -> None:
    book = Book()
    place = book.place(sheet, header)
    for row in book.grid[sheet]:
        del row[place : place + 1]

    reading = read(book, tmp_path)

    assert places(reading) == [(sheet, None, header)]
    assert "does not have this column" in reading.refused[0].reason


@pytest.mark.parametrize(("sheet", "header"), COLUMNS)
def test_a_header_that_stands_twice_is_refused(sheet: str, header: str, tmp_path: Path) -> None:
    book = Book()
    book.grid[sheet][0].append(f" {header.upper()} *")

    reading = read(book, tmp_path)

    assert places(reading) == [(sheet, None, header)]
    assert "twice" in reading.refused[0].reason


def test_a_sheet_that_stands_twice_is_refused(tmp_path: Path) -> None:
    book = Book()
    book.grid["EĞİTİMLER"] = book.grid["Eğitimler"]

    assert places(read(book, tmp_path)) == [("Eğitimler", None, None)]


def test_a_sheet_without_its_header_row_lacks_every_column(tmp_path: Path) -> None:
    for rows in ([], [[], ["Tarih", "Konu", "Hedef Kitle", "Katılımcı Sayısı"]]):
        book = Book()
        book.grid["Eğitimler"] = rows
        assert places(read(book, tmp_path)) == [
            ("Eğitimler", None, header) for header in HEADERS["Eğitimler"].split("|")
        ]


def test_nothing_of_a_first_row_without_headers_is_repeated(tmp_path: Path) -> None:
    book = Book()
    del book.grid["Danışanlar"][0]

    reading = read(book, tmp_path)

    assert "Işıl" not in " ".join([*reading.notes, *(r.reason for r in reading.refused)])


def test_headers_come_in_any_order_and_spelling(tmp_path: Path) -> None:
    book = Book()
    for sheet, rows in book.grid.items():
        width = len(HEADERS[sheet].split("|"))
        padded = [[*row, *[""] * (width - len(row))] for row in rows]
        book.grid[sheet] = [row[::-1] for row in padded]
    book.grid["Görüşmeler"][0] = [
        "NOT", "sonuc", "GORUSMECI", "kanal*", "TÜR *", "Süre\n(dk)", "\u00a0saat", "Tarih*",
        "BASVURU NO", "dosya no", "_x0047_örüşme No",
    ]  # fmt: skip

    reading = read(book, tmp_path)

    assert (reading.refused, reading.notes) == ([], [])
    assert [len(rows) for rows in reading.rows.values()] == [2] * 6


def test_unknown_columns_and_sheets_are_passed_over_with_a_note(tmp_path: Path) -> None:
    book = Book()
    for row, value in enumerate(["Renk", Xml('<c r="{ref}" t="e"><v>#N/A</v></c>'), "x_x0007_"]):
        book.grid["Eğitimler"][row] += [""] * (4 - len(book.grid["Eğitimler"][row])) + [value]
    book.grid["Taslak"] = [["Dosya No"], ["x"]]
    book.grid["Açıklama"] = book.grid["LİSTELER"] = [["Bu kitap nasıl doldurulur?"]]

    reading = read(book, tmp_path)

    assert reading.refused == []
    assert ["Renk" in reading.notes[1], "Taslak" in reading.notes[0]] == [True, True]
    assert len(reading.notes) == 2


def test_an_unknown_header_cannot_talk_to_the_terminal(tmp_path: Path) -> None:
    book = Book()
    book.grid["Eğitimler"][0].append(f"_x001B_[31m{'x' * 200}")
    book.grid["_x001B_[2J"] = []

    notes = read(book, tmp_path).notes

    assert len(notes) == 2
    assert all(note.isprintable() and len(note) < 150 for note in notes)


def test_rows_that_hold_only_spaces_do_not_count(tmp_path: Path) -> None:
    book = Book()
    empty = Xml('<c r="{ref}" s="1"/>')
    formula = Xml('<c r="{ref}" t="str"><f>""</f><v></v></c>')
    for sheet, rows in book.grid.items():
        rows.insert(1, ["", empty, " \u00a0\t", formula])
        rows.append(["\n"] * len(HEADERS[sheet].split("|")))

    reading = read(book, tmp_path)

    assert reading.refused == []
    assert [[row for row, _ in rows] for rows in reading.rows.values()] == [[3, 4]] * 6


def test_a_file_that_stands_in_a_broken_row_is_still_defined(tmp_path: Path) -> None:
    book = Book().put("Danışanlar", 2, "Doğum Yılı", "bilmem").put("Başvurular", 2, "Saat", "x")

    assert places(read(book, tmp_path)) == [
        ("Danışanlar", 2, "Doğum Yılı"),
        ("Başvurular", 2, "Saat"),
    ]


def test_an_application_of_an_unknown_file_is_named_once(tmp_path: Path) -> None:
    book = Book().put("Başvurular", 2, "Dosya No", "2026/7")

    assert places(read(book, tmp_path)) == [("Başvurular", 2, "Dosya No")]


def test_a_number_that_stands_three_times_is_named_twice(tmp_path: Path) -> None:
    book = Book().add("Danışanlar", "2026/1").add("Danışanlar", "2026/1|||1900")

    reading = read(book, tmp_path)

    assert places(reading) == [("Danışanlar", 4, "Dosya No"), ("Danışanlar", 5, "Dosya No")]
    assert all("row 2" in refusal.reason for refusal in reading.refused)


def test_numbers_are_texts_and_compared_exactly(tmp_path: Path) -> None:
    book = Book()
    for number in ("2026/1a", "2026/1A", "0412", Styled(412, 0)):
        book.grid["Danışanlar"].append([number])
    book.add("Yönlendirmeler", "412|2026-03-04|sonim").add("Yönlendirmeler", "412.0|2026-03-04|ngo")

    assert places(read(book, tmp_path)) == [("Yönlendirmeler", 5, "Dosya No")]


def test_one_child_has_one_year_of_birth(tmp_path: Path) -> None:
    book = Book()
    for line in (
        "2026/1|CAGAN||kız|2026-03-05|9:00",
        "2026/1|çağan|2020||2026-03-06|9:00",
        "2026/1|Cağan|2021||2026-03-07|9:00",
        "2026/2|Çağan|2019||2026-03-07|9:00",
        "2026/2|Ada|1890||2026-03-07|9:00",
        "2026/2|Ada|2019||2026-03-07|9:00",
    ):
        book.add("Oyun Odası", line)

    reading = read(book, tmp_path)

    assert places(reading) == [("Oyun Odası", 6, "Doğum Yılı"), ("Oyun Odası", 8, "Doğum Yılı")]
    assert "In row 2" in reading.refused[0].reason
