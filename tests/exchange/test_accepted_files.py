"""Workbooks as different programs write them: all valid, all read alike."""

import datetime as dt
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.exchange.content import Known, content
from kadin_danisma.exchange.reader import Reading, read_workbook
from tests.exchange.books import (
    HEADERS,
    MAIN,
    REL,
    STRICT,
    TODAY,
    Book,
    Styled,
    Xml,
    read,
    relationships,
    zipped,
)

SHEETS = [f"xl/worksheets/sheet{number}.xml" for number in range(1, 7)]


def told(reading: Reading) -> list[str]:
    """Return what was read, without the identities that are new each time."""
    assert (reading.refused, reading.notes) == ([], [])
    known = Known.of(record for rows in reading.rows.values() for _, record in rows)
    names = {client.id: client.file_no for client in known.clients.values()}
    names |= {application.id: number for number, application in known.applications.items()}
    return [
        str([names.get(str(value), value) for value in content(record)])
        for rows in reading.rows.values()
        for _, record in rows
    ]


def import_parts(parts: dict[str, bytes], folder: Path) -> Reading:
    path = folder / "other.xlsx"
    path.write_bytes(zipped(parts))
    return read_workbook(path, Known(), TODAY)


def each_sheet(parts: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    for name in SHEETS:
        text = parts[name].decode()
        assert old in text
        parts[name] = text.replace(old, new).encode()
    return parts


def test_the_strict_dialect_is_read(tmp_path: Path) -> None:
    parts = {
        name: data.replace(MAIN.encode(), STRICT.encode()).replace(
            REL.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, data in Book().contents().items()
    }

    assert told(import_parts(parts, tmp_path)) == told(read(Book(), tmp_path))


def test_prefixed_elements_are_read(tmp_path: Path) -> None:
    parts = Book().contents()
    for name in [*SHEETS, "xl/workbook.xml", "xl/styles.xml"]:
        text = parts[name].decode().replace("</", "</x:").replace("<", "<x:")
        parts[name] = text.replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=").encode()

    assert told(import_parts(parts, tmp_path)) == told(read(Book(), tmp_path))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    parts = {name: data.decode().encode(encoding) for name, data in Book().contents().items()}

    assert told(import_parts(parts, tmp_path)) == told(read(Book(), tmp_path))


def test_rows_and_cells_without_places_are_read(tmp_path: Path) -> None:
    book = Book()
    for sheet, rows in book.grid.items():
        width = len(HEADERS[sheet].split("|"))
        for row in rows:
            row += [""] * (width - len(row))
            row[:] = [Xml("<c/>") if value == "" else value for value in row]
    parts = book.contents()
    for name in SHEETS:
        text = parts[name].decode()
        for row in range(1, 4):
            text = text.replace(f'<row r="{row}">', "<row>")
            for letter in "ABCDEFGHIJKLMN":
                text = text.replace(f' r="{letter}{row}"', "")
        parts[name] = text.encode()

    assert told(import_parts(parts, tmp_path)) == told(read(Book(), tmp_path))


def test_rows_without_numbers_take_them_from_their_cells(tmp_path: Path) -> None:
    book = Book()
    book.grid["Eğitimler"][1:1] = [[], []]
    parts = book.contents()
    text = parts[SHEETS[5]].decode()
    for row in range(1, 6):
        text = text.replace(f'<row r="{row}"></row>', "").replace(f'<row r="{row}">', "<row>")
    parts[SHEETS[5]] = text.encode()

    rows = import_parts(parts, tmp_path).rows[Kind.TRAINING]

    assert [row for row, _ in rows] == [4, 5]


def test_shared_texts_are_read_with_rich_ones_joined(tmp_path: Path) -> None:
    texts = ["Işıl _x005F_x0007_", "x"]
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    rich = "<si><r><t>Çığ</t></r><r><t xml:space='preserve'> Gül</t></r><rPh><t>x</t></rPh></si>"
    book = Book().put("Danışanlar", 2, "Ad Soyad", Xml('<c r="{ref}" t="s"><v>0</v></c>'))
    book.put("Danışanlar", 3, "Ad Soyad", Xml('<c r="{ref}" t="s"><v>2</v></c>'))
    book.parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}{rich}</sst>'.encode()
    book.relationships = f'<R Id="ss" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'

    (_, first), (_, second) = read(book, tmp_path).rows[Kind.CLIENT]

    assert [first.name, second.name] == ["Işıl _x0007_", "Çığ Gül"]


def test_days_counted_from_1904_are_read(tmp_path: Path) -> None:
    book = Book()
    book.workbook_properties = '<workbookPr date1904="1"/>'
    book.put("Başvurular", 2, "Tarih", Styled(46083 - 1462 + 0.25, 1))
    book.put("Başvurular", 2, "Saat", Styled(0.25, 2))

    (_, application), _ = read(book, tmp_path).rows[Kind.APPLICATION]

    assert (application.date, application.time) == (dt.date(2026, 3, 2), dt.time(6))


def test_links_on_cells_and_harmless_parts_are_passed_over(tmp_path: Path) -> None:
    book = Book()
    link = f'<R Id="x" Type="{REL}/hyperlink" Target="mailto:a@example.org" TargetMode="External"/>'
    book.parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(link)
    book.parts["xl/drawings/vmlDrawing1.vml"] = b"<xml><br></xml>"
    book.parts["xl/printerSettings/printerSettings1.bin"] = b"\0\1<"
    book.parts["xl/"] = b""
    book.parts["xl/media/Bild 1.PNG"] = b"\x89PNG"

    assert told(read(book, tmp_path)) == told(read(Book(), tmp_path))


def test_hidden_sheets_and_rows_count(tmp_path: Path) -> None:
    parts = each_sheet(Book().contents(), '<row r="3">', '<row r="3" hidden="1" ht="0">')
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<sheet ", b'<sheet state="veryHidden" '
    )

    assert told(import_parts(parts, tmp_path)) == told(read(Book(), tmp_path))


def test_what_follows_the_rows_is_not_taken_for_rows(tmp_path: Path) -> None:
    anchor = (
        "</sheetData><controls><from><xdr:row>7</xdr:row></from><c r='A9'><v>1</v></c></controls>"
    )
    parts = each_sheet(Book().contents(), "</sheetData>", anchor)

    assert told(import_parts(parts, tmp_path)) == told(read(Book(), tmp_path))


def test_a_chart_sheet_is_passed_over(tmp_path: Path) -> None:
    book = Book()
    book.relationships = f'<R Id="s7" Type="{REL}/chartsheet" Target="chartsheets/sheet1.xml"/>'
    book.grid["Grafik"] = []
    parts = book.contents()
    arrow = f'<Relationship Id="s7" Type="{REL}/worksheet" Target="worksheets/sheet7.xml"/>'
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(arrow.encode(), b"")

    reading = import_parts(parts, tmp_path)

    assert reading.refused == []
    assert len(reading.notes) == 1


def test_a_workbook_of_openpyxl_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in Book().grid.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([value or None for value in row])
    page = book["Başvurular"]
    page["C2"], page["D2"] = dt.datetime(2026, 3, 2, 13, 45), dt.time(9, 30)  # noqa: DTZ001
    book["Danışanlar"]["A2"].hyperlink = "https://example.org"
    book.save(tmp_path / "openpyxl.xlsx")

    reading = read_workbook(tmp_path / "openpyxl.xlsx", Known(), TODAY)

    assert told(reading) == told(read(Book(), tmp_path))


def test_progress_is_told_and_can_stop_the_reading(tmp_path: Path) -> None:
    path = Book().write(tmp_path / "book.xlsx")
    seen: list[tuple[int, int]] = []

    read_workbook(path, Known(), TODAY, lambda done, total: seen.append((done, total)))

    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_workbook(path, Known(), TODAY, stop)
