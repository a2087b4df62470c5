"""The empty workbook: complete, quiet when imported, the same bytes each time."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kadin_danisma.errors import KnownError
from kadin_danisma.exchange.columns import SHEETS, Shape
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.reader import read_workbook
from kadin_danisma.exchange.template import choices, write_template
from kadin_danisma.i18n import use_language
from tests.exchange.books import FURTHER, HEADERS, TODAY
from tests.watching import written_by


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "şablon.xlsx"
    write_template(path)
    return path


def test_an_empty_template_is_imported_without_a_word(template: Path) -> None:
    reading = read_workbook(template, Known(), TODAY)

    assert (reading.refused, reading.notes) == ([], [])
    assert not any(reading.rows.values())


def test_the_template_has_every_sheet_and_header_of_the_contract(template: Path) -> None:
    book = openpyxl.load_workbook(template)

    for sheet, line in HEADERS.items():
        assert [cell.value for cell in book[sheet][1]] == [
            *line.split("|"),
            *FURTHER.get(sheet, ()),
        ]
        assert book[sheet].freeze_panes == "A2"
    assert book.sheetnames == [*HEADERS, "Listeler", "Açıklama"]


def test_must_columns_look_different(template: Path) -> None:
    book = openpyxl.load_workbook(template)

    for sheet in SHEETS:
        for place, column in enumerate(sheet.columns, start=1):
            colour = book[sheet.name].cell(1, place).fill.start_color.rgb
            assert (colour == "FF1F5C57") is column.must


def test_a_template_filled_in_by_its_lists_is_imported(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    for sheet in SHEETS:
        page = book[sheet.name]
        longest = max(len(choices(column)) for column in sheet.columns)
        for row in range(2, 2 + max(longest, 1)):
            for place, column in enumerate(sheet.columns, start=1):
                labels = choices(column)
                value = labels[(row - 2) % len(labels)] if labels else _filler(column.field, row)
                page.cell(row, place, value)
    book.save(template)

    reading = read_workbook(template, Known(), TODAY)

    assert (reading.refused, reading.notes) == ([], [])
    assert len(reading.rows[SHEETS[0].kind]) == 34


def _filler(field: str, row: int) -> object:
    if field in {"file_no", "number"}:
        return f"{row}"
    return {"client_id": "2", "date": "2026-01-02", "child": "Ada", "time_in": "9:00",
            "participants": 3}.get(field)  # fmt: skip


def test_the_template_offers_labels_of_today_and_the_fixed_words_of_methods() -> None:
    offered = {
        (sheet.name, column.header): choices(column) for sheet in SHEETS for column in sheet.columns
    }
    former = {
        label
        for sheet in SHEETS
        for column in sheet.columns
        if column.codes
        for _key, label in column.codes.former
    }

    assert offered["Yönlendirmeler", "Yöntem"][:4] == ("yazı", "telefon", "refakat", "bilgi")
    assert "Kuruma gidemedi" in offered["Yönlendirmeler", "Sonuç"]
    for labels in offered.values():
        assert former.isdisjoint(labels)


def test_lists_offer_and_do_not_forbid(template: Path) -> None:
    book = openpyxl.load_workbook(template)

    for sheet in SHEETS:
        offers = book[sheet.name].data_validations.dataValidation
        expected = [c for c in sheet.columns if choices(c) and c.shape in {Shape.CODE, Shape.WORD}]
        assert len(offers) == len(expected)
        assert not any(offer.showErrorMessage for offer in offers)


def test_the_same_bytes_come_out_each_time(template: Path, tmp_path: Path) -> None:
    write_template(tmp_path / "again.xlsx")

    assert (tmp_path / "again.xlsx").read_bytes() == template.read_bytes()


def test_nothing_is_written_but_the_template(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from kadin_danisma.exchange.template import write_template\n"
        "write_template(Path(sys.argv[1]))"
    )
    assert written_by(code, tmp_path / "boş.xlsx") == [str(tmp_path / "boş.xlsx")]


def test_the_template_names_the_program_and_one_fixed_moment(template: Path) -> None:
    said = openpyxl.load_workbook(template).properties
    assert {said.creator, said.lastModifiedBy} == {"Kadın Danışma"}
    assert said.created == said.modified
    assert said.created is not None
    assert said.created.date() == date(2026, 1, 1)


def test_columns_are_formatted_so_that_texts_stay_texts(template: Path) -> None:
    book = openpyxl.load_workbook(template)

    for sheet in SHEETS:
        _, *rows = book[sheet.name].column_dimensions.values()
        assert {column.number_format for column in rows} <= {"@", "dd.mm.yyyy", "hh:mm", "0"}
    assert book["Danışanlar"].column_dimensions["A"].number_format == "@"
    assert book["Eğitimler"].column_dimensions["A"].number_format == "dd.mm.yyyy"


def test_every_header_explains_itself_and_the_lists_are_hidden(template: Path) -> None:
    book = openpyxl.load_workbook(template)

    for sheet in SHEETS:
        hints = [cell.comment for cell in book[sheet.name][1]]
        assert all(hint and hint.text for hint in hints)
    assert book["Listeler"].sheet_state == "hidden"
    assert book.active is book.worksheets[0]


def test_the_template_speaks_turkish(tmp_path: Path) -> None:
    use_language("tr")
    write_template(tmp_path / "tr.xlsx")

    page = openpyxl.load_workbook(tmp_path / "tr.xlsx")["Açıklama"]

    assert page["A1"].value == "Bu Excel dosyası nasıl doldurulur?"


def test_a_place_that_cannot_be_written_is_said_calmly(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="could not be written"):
        write_template(tmp_path / "yok" / "x.xlsx")


def test_a_filled_workbook_is_never_replaced_and_the_same_template_may_be(tmp_path: Path) -> None:
    path = tmp_path / "merkez.xlsx"
    write_template(path)
    write_template(path)
    path.write_bytes(path.read_bytes() + b"filled in")
    with pytest.raises(KnownError):
        write_template(path)
    assert path.read_bytes().endswith(b"filled in")
