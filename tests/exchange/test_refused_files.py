"""Files that are no workbook, or hold what no workbook may bring along."""

import struct
import zipfile
from pathlib import Path

import pytest

from kadin_danisma.exchange.budget import MOST_BYTES
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.package import is_odd_name
from kadin_danisma.exchange.reader import Reading, read_workbook
from kadin_danisma.exchange.refusal import Refusal
from tests.exchange.books import MAIN, REL, TODAY, TYPES, Book, relationships, zipped

NOT_XLSX, DAMAGED, ODD = "not an XLSX workbook", "damaged", "invalid or repeated names"
ENTITIES, MACROS, LINKS = "XML entities", "macros", "links to other files"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
BOMB = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>'
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


def import_bytes(data: bytes, folder: Path) -> Reading:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return read_workbook(path, Known(), TODAY)


def assert_refused(data: bytes, reason: str, folder: Path) -> None:
    reading = import_bytes(data, folder)
    assert reading.refused == [Refusal(None, None, None, reading.refused[0].reason)]
    assert reason in reading.refused[0].reason


def with_parts(**parts: bytes | str) -> bytes:
    book = Book()
    for name, data in parts.items():
        book.parts[name] = data if isinstance(data, bytes) else data.encode()
    return zipped(book.contents())


def swap(old: str, new: str) -> bytes:
    """Return the workbook with a text of its content types replaced."""
    parts = Book().contents()
    types = parts["[Content_Types].xml"]
    assert old.encode() in types
    return zipped(parts | {"[Content_Types].xml": types.replace(old.encode(), new.encode())})


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(99)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NOT_XLSX),
        (b"Dosya No;Ad Soyad\n2026/1;x\n", NOT_XLSX),
        (b"%PDF-1.7 ...", NOT_XLSX),
        (b"<?xml version='1.0'?><Workbook/>", NOT_XLSX),
        (b"PK", DAMAGED),
        (b"PK\x03\x04" + bytes(200), DAMAGED),
        (zipped({}), NOT_XLSX),
        (zipped({"a.txt": b"x"}), NOT_XLSX),
        (ole("EncryptedPackage"), "encrypted"),
        (ole("Workbook"), "old form (XLS)"),
        (
            zipped(
                {
                    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                    "content.xml": b"<document-content/>",
                }
            ),
            "OpenDocument workbook (ODS)",
        ),
        # Encrypted, and with the document type that older programs wrote.
        (
            zipped(
                {
                    "META-INF/manifest.xml": b"<!DOCTYPE manifest:manifest><manifest/>",
                    "content.xml": b"\x17\x00sealed",
                    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet-template",
                }
            ),
            "OpenDocument workbook (ODS)",
        ),
        (b"<?xml version='1.0'?>\n<office:document/>", "OpenDocument workbook (ODS)"),
        (zipped({"mimetype": b"application/epub+zip"}), NOT_XLSX),
        (swap("spreadsheetml.sheet.main+xml", "wordprocessingml.document.main+xml"), NOT_XLSX),
        (swap("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml"), NOT_XLSX),
        (swap(f"{TYPES}.sheet.main+xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
         "binary workbook (XLSB)"),
        (swap(f"{TYPES}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
         MACROS),
        (with_parts(**{"_rels/.rels": relationships("")}), NOT_XLSX),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_told_apart(data: bytes, reason: str, tmp_path: Path) -> None:
    assert_refused(data, reason, tmp_path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    missing = read_workbook(tmp_path / "yok.xlsx", Known(), TODAY)
    folder = read_workbook(tmp_path, Known(), TODAY)

    assert "not found" in missing.refused[0].reason
    assert "could not be read" in folder.refused[0].reason


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"xl/vbaProject.bin": b"\xd0\xcf"}, MACROS),
        ({"xl/other/VBAPROJECT.BIN": b"\xd0\xcf"}, MACROS),
        ({"xl/macrosheets/sheet1.xml": "<x/>"}, MACROS),
        ({"xl/externalLinks/externalLink1.xml": "<externalLink/>"}, LINKS),
        ({"xl/theme/theme1.xml": f"{BOMB}<a>&d;</a>"}, ENTITIES),
        ({"docProps/app.xml": "<!DOCTYPE a><a/>"}, ENTITIES),
        ({"docProps/core.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}, ENTITIES),
        ({"xl/worksheets/sheet1.xml": f"{BOMB}{SHEET}"}, ENTITIES),
        ({"xl/worksheets/sheet2.xml": f"{BOMB}{SHEET}".encode("utf-16")}, ENTITIES),
        ({"xl/worksheets/sheet3.xml": f"{BOMB}{SHEET}".encode("utf-16-be")}, ENTITIES),
        ({"xl/worksheets/sheet4.xml": f"<?xml version='1.0'?><!-- x -->{BOMB}{SHEET}"}, ENTITIES),
        ({"[Content_Types].xml": f"{BOMB}<Types/>"}, ENTITIES),
        ({"_rels/.rels": f"{BOMB}<Relationships/>"}, ENTITIES),
        ({"xl/drawings/old.vml": f"{BOMB}<xml/>"}, ENTITIES),
        ({"xl/media/image1.png": f" \n{BOMB}<xml/>"}, ENTITIES),
        ({"customXml/item1.xml": f"\ufeff{BOMB}<xml/>"}, ENTITIES),
        ({"xl/worksheets/sheet1.xml": "<worksheet>&undeclared;</worksheet>"}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": SHEET[:-4]}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": b""}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": b"\0\1\2"}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": "<?xml version='1.0' encoding='klingon'?><a/>"}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": "<?xml version='1.0' encoding='gb2312'?><a/>"}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": SHEET.encode("cp037")}, DAMAGED),
        ({"xl/workbook.xml": "<workbook"}, DAMAGED),
        (
            {"xl/worksheets/sheet1.xml": SHEET.replace("/>", '><row r="1048577"/></sheetData>')},
            DAMAGED,
        ),
        (
            {
                "xl/worksheets/sheet1.xml": SHEET.replace(
                    "<sheetData/>", '<sheetData><row r="1"><c r="ÇÇ1"/></row></sheetData>'
                )
            },
            DAMAGED,
        ),
    ],
)
def test_a_part_that_may_not_be_there_is_refused(
    parts: dict[str, bytes | str], reason: str, tmp_path: Path
) -> None:
    assert_refused(with_parts(**parts), reason, tmp_path)


@pytest.mark.parametrize(
    ("part", "arrow", "reason"),
    [
        ("xl/_rels/a.xml.rels", f'<R Id="x" Type="{REL}/vbaProject" Target="a.bin"/>', MACROS),
        ("xl/_rels/a.xml.rels", f'<R Id="x" Type="{REL}/externalLink" Target="b.xml"/>', LINKS),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            f'<R Id="x" Type="{REL}/oleObject" Target="file:///c:/x.doc" TargetMode="External"/>',
            LINKS,
        ),
        (
            "xl/drawings/_rels/drawing1.xml.rels",
            f'<R Id="x" Type="{REL}/image" Target="http://example.org/x" TargetMode="external"/>',
            LINKS,
        ),
        (
            "xl/pivotCache/_rels/c.xml.rels",
            f'<R Id="x" Type="{STRICT_REL}/externalLinkPath" Target="a" TargetMode="External"/>',
            LINKS,
        ),
    ],
)
def test_an_arrow_to_macros_or_to_the_world_is_refused(
    part: str, arrow: str, reason: str, tmp_path: Path
) -> None:
    assert_refused(with_parts(**{part: relationships(arrow)}), reason, tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.xml", "xl/../../evil.xml", "/xl/evil.xml", "xl\\evil.xml", "..\\evil.xml",
        "C:/evil.xml", "c:evil.xml", "xl//evil.xml", "xl/./evil.xml", "%2e%2e/evil.xml",
        "xl%2Fworksheets%2Fsheet1.xml", "xl%5cevil.xml", "xl/evil\x01.xml", ".../evil.xml",
        "XL/WORKBOOK.XML", "xl/work%62ook.xml", "xl/Worksheets/sheet1.xml",
    ],
)  # fmt: skip
def test_an_odd_or_repeated_part_name_is_refused(name: str, tmp_path: Path) -> None:
    assert_refused(with_parts(**{name: "<a/>"}), ODD, tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "source.xlsx"
    path.write_bytes(with_parts())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert_refused(path.read_bytes(), ODD, tmp_path)


def test_a_name_with_a_zero_is_seen_whole(tmp_path: Path) -> None:
    data = with_parts(**{"xl/evil.xml~../x": "<a/>"}).replace(b"evil.xml~", b"evil.xml\0")

    assert_refused(data, ODD, tmp_path)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "[Content_Types].xml", "xl/a..b.xml", "xl/"])
def test_a_usual_name_is_not_odd(name: str) -> None:
    assert not is_odd_name(name)


def test_the_largest_workbook_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    used = sum(map(len, Book().contents().values()))
    room = MOST_BYTES - used

    assert import_bytes(with_parts(**{"xl/media/a.png": bytes(room)}), tmp_path).refused == []
    too_large = with_parts(**{"xl/media/a.png": bytes(room + 1)})
    assert_refused(too_large, "larger than 50,000,000", tmp_path)


def test_a_size_that_lies_does_not_help(tmp_path: Path) -> None:
    data = with_parts(**{"xl/media/a.png": bytes(MOST_BYTES)})
    size = struct.pack("<I", MOST_BYTES)
    assert data.count(size) == 2

    reading = import_bytes(data.replace(size, struct.pack("<I", 10)), tmp_path)

    assert len(reading.refused) == 1
    assert reading.refused[0].sheet is None


def test_an_encrypted_part_is_told(tmp_path: Path) -> None:
    data = bytearray(with_parts())
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1

    assert_refused(bytes(data), "encrypted", tmp_path)


def test_an_unusual_compression_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "source.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in Book().contents().items():
            archive.writestr(name, data)

    assert_refused(path.read_bytes(), NOT_XLSX, tmp_path)


def test_a_changed_byte_and_a_cut_file_are_damaged(tmp_path: Path) -> None:
    data = with_parts()
    inside = data.index(b"sheet3.xml") + 40
    changed = data[:inside] + bytes([data[inside] ^ 0x55]) + data[inside + 1 :]

    assert_refused(changed, DAMAGED, tmp_path)
    assert_refused(data[: len(data) // 2], DAMAGED, tmp_path)
