"""Workbooks made to cost: small on the disk, and each dear in a way of its own to whoever reads it.

Every maker returns the bytes of a file. None of them is a valid workbook with a purpose, but the
two that ask for more than a file of their size could say: ``same_long_note`` and ``same_training``.
"""

import io
import struct
import zipfile
from collections.abc import Callable

from tests.exchange.books import MAIN, REL, Book, Xml, relationships, zipped

#: Room for parts beside the small ones of a book: 50,000,000 bytes unpacked are allowed in all.
_ROOM = 49_900_000
#: What the parts that lie over one another share.
SHARED_BYTES = 45_000_000
_SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>'
_SHEET_END = "</sheetData></worksheet>"


def _filled(start: str, piece: str, end: str, most: int = _ROOM) -> bytes:
    times = (most - len(start) - len(end)) // len(piece.encode())
    return (start + piece * times + end).encode()


def _counted(start: str, piece: str, end: str, most: int = _ROOM) -> bytes:
    """As ``_filled``, but every piece has a number of its own in place of ``{n}``."""
    times = (most - len(start) - len(end)) // (len(piece) + 4)
    return (start + "".join(piece.replace("{n}", f"{n:x}") for n in range(times)) + end).encode()


def _with(**parts: bytes) -> bytes:
    book = Book()
    book.parts |= parts
    return zipped(book.contents())


def _with_cell(value: object) -> bytes:
    return zipped(Book().put("Danışanlar", 2, "Doğum Yılı", value).contents())


def _with_strings(strings: bytes, book: Book | None = None) -> bytes:
    book = book or Book()
    book.relationships = f'<R Id="ss" Type="{REL}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    book.parts["xl/sharedStrings.xml"] = strings
    return zipped(book.contents())


def digits(count: int, end: str = "x") -> bytes:
    return _with_cell(Xml(f'<c r="{{ref}}"><v>{"1" * count}{end}</v></c>'))


def digits_as_text(count: int) -> bytes:
    return _with_cell(f"{'1' * count}x")


def bomb() -> bytes:
    return _with(**{"xl/media/image1.png": bytes(1_000_000_000)})


def many_parts() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in Book().contents().items():
            archive.writestr(name, data)
        for number in range(150_000):
            archive.writestr(f"a/{number:x}", b"")
    return buffer.getvalue()


def many_small_parts() -> bytes:
    """Parts that are XML, each with a parser of its own: what is kept of each would add up."""
    parts = {f"{number:x}.xml": b"<a/>" for number in range(14_000)}
    return _with(**parts)


def parts_over_one_another() -> bytes:
    """Fifteen hundred parts, all of them the same 45 MB, which unfold to nothing at all.

    Each header has the headers after it, as what nobody asks for (an extra field), inside itself.
    """
    size, count, step = SHARED_BYTES, 1500, 39
    start = io.BytesIO(zipped(Book().contents()))
    with zipfile.ZipFile(start, "a") as archive:
        whole = start.getvalue()
        entries = len(archive.infolist())
        at = archive.start_dir
    headers, listed = b"", b""
    for number in range(count):
        name = b"%05d" % number
        rest = step * (count - 1 - number)
        said = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, size, 1, 5, rest)
        extra = struct.pack("<HH", 0xCAFE, rest - 4) if rest else b""
        headers += b"PK\3\4" + said + name + extra
        more = struct.pack("<HHHII", 0, 0, 0, 0, at + number * step)
        listed += b"PK\1\2" + struct.pack("<H", 20) + said[:-2] + bytes(2) + more + name
    former = whole[at : whole.rindex(b"PK\5\6")]
    shared = b"\0\0\0\xff\xff" * (size // 5 - 1) + b"\1\0\0\xff\xff"
    begins = at + len(headers) + len(shared)
    all_entries = entries + count
    length = len(former) + len(listed)
    end = struct.pack("<HHHHIIH", 0, 0, all_entries, all_entries, length, begins, 0)
    return whole[:at] + headers + shared + former + listed + b"PK\5\6" + end


def many_shared_strings() -> bytes:
    return _with_strings(_counted(f'<sst xmlns="{MAIN}">', "<si><t>{n}</t></si>", "</sst>"))


def long_shared_string() -> bytes:
    return _with_strings(_filled(f'<sst xmlns="{MAIN}"><si><t>', "ğ", "\U0001f600</t></si></sst>"))


def long_text() -> bytes:
    start = f'{_SHEET}<row r="1"><c r="A1" t="inlineStr"><is><t>'
    sheet = _filled(start, "ğ", f"\U0001f600</t></is></c></row>{_SHEET_END}")
    return _with(**{"xl/worksheets/sheet1.xml": sheet})


def many_relations() -> bytes:
    arrow = f'<Relationship Id="{{n}}" Type="{REL}/worksheet" Target="{{n}}.xml"/>'
    start, end = relationships("").decode().split("</")
    return _with(**{"xl/_rels/a.xml.rels": _counted(start, arrow, f"</{end}")})


def empty_relations() -> bytes:
    return _with(**{"_rels/.rels": _filled("<Relationships>", "<a/>", "</Relationships>")})


def many_types() -> bytes:
    book = Book()
    types = book.contents()["[Content_Types].xml"].decode().removesuffix("</Types>")
    more = '<Override PartName="/{n}" ContentType="a{n}"/>'
    return _with(**{"[Content_Types].xml": _counted(types, more, "</Types>")})


def nested() -> bytes:
    return _with(**{"docProps/app.xml": b"<a>" * (_ROOM // 7) + b"</a>" * (_ROOM // 7)})


def many_names() -> bytes:
    return _with(**{"docProps/app.xml": _counted("<a>", "<b{n}/>", "</a>")})


def many_attributes() -> bytes:
    return _with(**{"docProps/app.xml": _counted("<a>", "<b c{n}=''/>", "</a>")})


def long_attribute() -> bytes:
    return _with(**{"docProps/app.xml": _filled('<a b="', "ğ", '\U0001f600"/>')})


def long_comment() -> bytes:
    return _with(**{"docProps/app.xml": _filled("<a><!--", "x", "--></a>")})


def many_rows() -> bytes:
    return _with(**{"xl/worksheets/sheet6.xml": _filled(_SHEET, "<row/>", _SHEET_END)})


def many_cells() -> bytes:
    sheet = _filled(_SHEET, "<row><c><v>1</v></c></row>", _SHEET_END)
    return _with(**{"xl/worksheets/sheet6.xml": sheet})


def one_wide_row() -> bytes:
    sheet = _filled(f"{_SHEET}<row>", "<c><v>1</v></c>", f"</row>{_SHEET_END}")
    return _with(**{"xl/worksheets/sheet6.xml": sheet})


def many_wide_rows() -> bytes:
    cells = "<c><v>1</v></c>" * 16_000
    sheet = _filled(_SHEET, f"<row>{cells}</row>", _SHEET_END)
    return _with(**{"xl/worksheets/sheet6.xml": sheet})


def many_refusals() -> bytes:
    header = Book().contents()["xl/worksheets/sheet1.xml"].decode().partition('<row r="2">')[0]
    row = "<row>" + '<c t="e"><v>1</v></c>' * 14 + "</row>"
    return _with(**{"xl/worksheets/sheet1.xml": _filled(header, row, _SHEET_END)})


def many_styles() -> bytes:
    return _with(**{"xl/styles.xml": _filled("<a><cellXfs>", "<xf/>", "</cellXfs></a>")})


def bracket_format(count: int) -> bytes:
    formats = f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * count}"/></numFmts>'
    return _with(**{"xl/styles.xml": f"<styleSheet>{formats}</styleSheet>".encode()})


def many_sheets() -> bytes:
    start, end = Book().contents()["xl/workbook.xml"].decode().split("</sheets>")
    sheet = '<sheet name="{n}" r:id="s1"/>'
    return _with(**{"xl/workbook.xml": _counted(start, sheet, f"</sheets>{end}")})


def same_long_note() -> bytes:
    """One note of 10,000 letters, said by 17,000 sessions; 35 kB made a vault grow by 170 MB."""
    book = Book()
    book.grid["Görüşmeler"] = book.grid["Görüşmeler"][:1]
    for number in range(17_000):
        book.add("Görüşmeler", f"S{number}|2026/1||2026-03-03|||legal|phone")
        book.put("Görüşmeler", number + 2, "Not", Xml('<c r="{ref}" t="s"><v>0</v></c>'))
    note = f'<sst xmlns="{MAIN}"><si><t>{"a" * 10_000}</t></si></sst>'
    return _with_strings(note.encode(), book)


def same_training() -> bytes:
    """One training, held half a million times."""
    start = Book().contents()["xl/worksheets/sheet6.xml"].decode().partition('<row r="2">')[0]
    row = '<row><c t="d"><v>2026-03-08</v></c><c/><c/><c><v>1</v></c></row>'
    return _with(**{"xl/worksheets/sheet6.xml": _filled(start, row, _SHEET_END)})


#: Every file by the name of what is wrong with it.
FILES: dict[str, Callable[[], bytes]] = {
    "20,000 digits": lambda: digits(20_000),
    "80,000 digits": lambda: digits(80_000),
    "a million digits": lambda: digits(1_000_000, ""),
    "a million digits and a letter": lambda: digits(1_000_000),
    "a million digits as text": lambda: digits_as_text(1_000_000),
    "a bracket a million times": lambda: bracket_format(900_000),
    **{
        made.__name__.replace("_", " "): made
        for made in (
            bomb, many_parts, many_small_parts, parts_over_one_another, many_shared_strings,
            long_shared_string, long_text, many_relations,
            empty_relations, many_types, nested, many_names, many_attributes, long_attribute,
            long_comment, many_rows, many_cells, one_wide_row, many_wide_rows, many_refusals,
            many_styles, many_sheets, same_long_note, same_training,
        )
    },
}  # fmt: skip
