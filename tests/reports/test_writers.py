"""What holds for every format, and what each of them shows."""

import csv
import json
import re
import zipfile
from abc import ABC, abstractmethod
from io import BytesIO, StringIO

import openpyxl
import pytest

from kadin_danisma.domain.table import TOTAL, Cell, ProtectedTable, Table
from kadin_danisma.i18n import current_language
from kadin_danisma.reports.report import Report
from kadin_danisma.reports.writers import FORMATS, file_name, render
from tests.reports.builders import CENTRE, a_report, a_summary, a_table, with_summary
from tests.reports.paper import reader, structure
from tests.watching import written_by

Grid = list[list[int | str]]
#: A value that can be mistaken for no other; two women stand behind it, so it is hidden.
SECRET = 76543


def with_a_secret() -> Report:
    table = a_table(
        {"centre": 90000, "surrounding": SECRET, "outside": 80000, "unknown": 0},
        women={"surrounding": 2},
    )
    return a_report(tables=with_summary(table))


def published(report: Report) -> list[Grid]:
    """What must stand in every file: the values of each table, row by row."""
    grids = []
    for table in report.tables:
        values = list(table.cells.values())
        columns = len(table.categories[table.dims[1]]) + 1 if len(table.dims) > 1 else 1
        grids.append([values[at : at + columns] for at in range(0, len(values), columns)])
    return grids


class Contract(ABC):
    """Every writer keeps this."""

    file_format: str

    @abstractmethod
    def read(self, data: bytes) -> list[Grid]:
        """The values of each table, row by row, as a reader of the file finds them."""

    @abstractmethod
    def everything(self, data: bytes) -> str:
        """All text anywhere in the file, seen or unseen."""

    @pytest.mark.parametrize("period", ["2026-10", "2026-Q3", "2026"])
    def test_it_shows_the_published_values_and_no_others(self, period: str) -> None:
        report = a_report(period, women=60)
        assert self.read(render(report, self.file_format)) == self.expected(report)

    def expected(self, report: Report) -> list[Grid]:
        """The values that this format shows of a report."""
        return published(report)

    def test_a_hidden_value_is_nowhere_in_it(self) -> None:
        found = self.everything(render(with_a_secret(), self.file_format))
        assert "90000" in found.replace(".", "").replace(",", "")
        assert str(SECRET) not in found.replace(".", "").replace(",", "")

    def test_the_same_report_gives_the_same_bytes(self) -> None:
        report = a_report()
        assert render(report, self.file_format) == render(report, self.file_format)

    def test_it_speaks_the_language_of_the_report_and_leaves_the_programs_alone(self) -> None:
        before = current_language()
        turkish = self.everything(render(a_report(language="tr"), self.file_format))
        english = self.everything(render(a_report(language="en"), self.file_format))
        assert current_language() == before
        if self.file_format != "json":
            assert "Merkez ilçeler" in turkish
            assert "Central districts" in english

    def test_a_demo_says_so(self) -> None:
        found = self.everything(render(a_report(demo=True), self.file_format))
        assert "DENEME" in found or '"demo": true' in found

    def test_its_name_names_the_period_and_nobody(self) -> None:
        assert file_name(a_report(), self.file_format) == (
            f"kadin-danisma-2026-10.{self.file_format}"
        )


class TestJson(Contract):
    file_format = "json"

    def read(self, data: bytes) -> list[Grid]:
        grids = []
        for table in json.loads(data)["tables"]:
            rows: dict[tuple[str, ...], list[int | str]] = {}
            for *key, value in table["rows"]:
                rows.setdefault(tuple(key[:1]), []).append(value)
            grids.append(list(rows.values()))
        return grids

    def everything(self, data: bytes) -> str:
        return data.decode()


class TestCsv(Contract):
    file_format = "csv"

    def lines(self, data: bytes) -> list[list[str]]:
        text = data.decode("utf-8-sig")
        return list(csv.reader(StringIO(text, newline=""), delimiter=";"))

    def read(self, data: bytes) -> list[Grid]:
        tables: dict[str, dict[str, list[int | str]]] = {}
        for _centre, _number, _period, table, base, row, _column, value in self.lines(data)[1:]:
            if base:
                shown = int(value) if value.isdecimal() else value
                tables.setdefault(table, {}).setdefault(row, []).append(shown)
        return [list(rows.values()) for rows in tables.values()]

    def everything(self, data: bytes) -> str:
        return data.decode()

    def test_turkish_excel_opens_it_as_it_is(self) -> None:
        data = render(a_report(), "csv")
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\r\n") == data.count(b"\n")
        assert {len(line) for line in self.lines(data)} == {8}

    def test_what_looks_like_a_formula_stays_text(self) -> None:
        line = self.lines(render(a_report(centre="=2+3"), "csv"))[1]
        assert line[0] == "'=2+3"

    def test_no_label_looks_like_a_date(self) -> None:
        text = render(a_report("2026"), "csv").decode()
        assert ";3–5;" in text
        assert ";3-5;" not in text


class TestXlsx(Contract):
    file_format = "xlsx"

    def book(self, data: bytes) -> openpyxl.Workbook:
        return openpyxl.load_workbook(BytesIO(data))

    def read(self, data: bytes) -> list[Grid]:
        grids: list[Grid] = []
        for sheet in self.book(data).worksheets[1:]:
            rows = list(sheet.iter_rows(min_row=4, values_only=True))
            end = next(at for at, row in enumerate(rows) if row[0] is None)
            grids.append([[value for value in row[1:] if value is not None] for row in rows[:end]])  # type: ignore[misc]
        return grids

    def everything(self, data: bytes) -> str:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            return "\n".join(parts.read(name).decode() for name in parts.namelist())

    def test_numbers_are_numbers_and_nothing_is_a_formula(self) -> None:
        book = self.book(render(a_report(), "xlsx"))
        kinds = {cell.data_type for sheet in book for row in sheet for cell in row if cell.value}
        assert kinds == {"n", "s"}
        assert isinstance(book.worksheets[1]["B4"].value, int)

    def test_what_looks_like_a_formula_stays_text(self) -> None:
        cell = self.book(render(a_report(centre="=2+3"), "xlsx")).worksheets[0]["A1"]
        assert (cell.value, cell.data_type) == ("'=2+3", "s")

    def test_writing_makes_no_file(self) -> None:
        code = (
            "from tests.reports.builders import a_report\n"
            "from kadin_danisma.reports.xlsx import write\n"
            "assert write(a_report('2026'))"
        )
        assert written_by(code) == []

    def test_heads_stay_in_sight_on_the_screen_and_on_every_page(self) -> None:
        for sheet in self.book(render(a_report("2026"), "xlsx")).worksheets[1:]:
            assert sheet.freeze_panes == "B4"
            assert sheet.print_title_rows == "$1:$3"

    def test_every_sheet_is_ready_to_print(self) -> None:
        for sheet in self.book(render(a_report("2026"), "xlsx")):
            assert sheet.print_area
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.sheet_state == "visible"

    def test_every_printed_page_says_what_it_is_part_of(self) -> None:
        for sheet in self.book(render(a_report(centre="Oya & Ece Merkezi 7"), "xlsx")):
            # The library that reads takes && for one &.
            assert "Oya & Ece Merkezi 7" in sheet.oddHeader.left.text.replace("&&", "&")
            assert "Ekim 2026 faaliyet raporu" in sheet.oddHeader.right.text
            assert "Rapor no 2026/10-1 · 03.11.2026" in sheet.oddFooter.left.text
            assert sheet.oddFooter.right.text.endswith("Sayfa &P / &N")

    def test_sheets_are_as_wide_as_a_page_and_no_table_is_torn_that_fits_on_one(self) -> None:
        for sheet in self.book(render(a_report("2026"), "xlsx")):
            columns = sheet.column_dimensions.values()
            width = sum(each.width * (each.max - each.min + 1) for each in columns)
            assert sheet.page_setup.orientation == ("landscape" if width > 100 else "portrait")
            assert sheet.page_setup.fitToWidth in {1, None}
            assert sheet.page_setup.fitToHeight in {1, None}

    def test_no_word_of_a_heading_is_wider_than_its_column(self) -> None:
        for sheet in self.book(render(a_report("2026"), "xlsx")).worksheets[1:]:
            for cell in sheet[3][1:]:
                words = str(cell.value or "").split()
                assert max(map(len, words), default=0) <= 14

    def test_what_is_hidden_is_a_star_explained_once_a_sheet(self) -> None:
        for sheet in self.book(render(a_report(women=30), "xlsx")).worksheets[1:]:
            told = [str(cell.value) for row in sheet for cell in row if cell.value is not None]
            assert sum(text.startswith("* ") for text in told) == ("*" in told)

    def test_the_first_sheet_tells_which_categories_are_counted_together(self) -> None:
        cover = self.book(render(a_report(), "xlsx")).worksheets[0]
        told = {row[0].value: row[1].value for row in cover.iter_rows(min_row=8, max_col=2)}
        assert "30 yaş altı: 18 yaş altı, 18–29." in str(told["Yaş"])
        assert str(told["Tüm tablolarda"]).startswith("Bilgi yok: ")

    def test_it_says_nothing_of_people_or_moments(self) -> None:
        properties = self.book(render(a_report(), "xlsx")).properties
        assert properties.title == f"AYLIK FAALİYET RAPORU 2026/10-1, {CENTRE}"
        core = zipfile.ZipFile(BytesIO(render(a_report(), "xlsx"))).read("docProps/core.xml")
        assert not re.search(b"creator|created|modified|xlsxwriter", core, re.IGNORECASE)


class TestPdf(Contract):
    file_format = "pdf"

    def read(self, data: bytes) -> list[Grid]:
        grids: list[Grid] = []
        for table in structure(data).find("Table"):
            head, *rows = table.rows()
            shares = "Oran" in head
            grids.append(
                [[_number(text) for text in (row[1:2] if shares else row[1:])] for row in rows]
            )
        return grids

    def expected(self, report: Report) -> list[Grid]:
        """Paper leaves out what is not known where it is 0, and tables of stars and zeros."""
        shown = zip(report.tables, published(report), strict=True)
        return [
            _without_what_is_not_known(table, grid)
            for table, grid in shown
            if any(value not in (0, "*") for row in grid for value in row)
        ]

    def everything(self, data: bytes) -> str:
        root = structure(data)
        roles = {node.role for node in _all(root)}
        said = [node.text + node.alt for node in root.find(*roles)]
        pages = [page.extract_text() for page in reader(data).pages]
        return "\n".join([*said, *pages, str(reader(data).metadata)])


def _without_what_is_not_known(table: ProtectedTable, grid: Grid) -> Grid:
    empty = {"no_answer", "unknown", "not_asked", "declined"}
    rows = [*table.categories[table.dims[0]], TOTAL]
    columns = [*table.categories[table.dims[1]], TOTAL] if len(table.dims) > 1 else [TOTAL]
    across = [at for at, key in enumerate(columns) if key not in empty or any(r[at] for r in grid)]
    return [
        [row[at] for at in across]
        for key, row in zip(rows, grid, strict=table.id != "summary")
        if key not in empty or any(row)
    ]


def _number(text: str) -> int | str:
    return text if text == "*" else int(text.replace(".", ""))


def _all(node: object) -> list:  # type: ignore[type-arg]
    return [node, *(found for kid in node.kids for found in _all(kid))]  # type: ignore[attr-defined]


def test_every_format_is_held_to_the_contract() -> None:
    assert {kept.file_format for kept in Contract.__subclasses__()} == set(FORMATS)


def test_a_table_of_zeros_is_written_too() -> None:
    empty = Table(
        "clients_by_residence",
        "clients",
        ("residence",),
        (),
        {"residence": ("centre",)},
        {},
        {("centre",): Cell(0, 0), (TOTAL,): Cell(0, 0)},
    )
    report = a_report(tables=[a_summary(), empty])
    assert all(render(report, name) for name in FORMATS)
