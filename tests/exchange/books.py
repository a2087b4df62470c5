"""Small workbooks written part by part, so that a test can break any byte of them."""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.reader import Reading, read_workbook

TODAY = dt.date(2026, 11, 22)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
#: The headers as contract.md writes them, on purpose not taken from the program.
HEADERS = {
    "Danışanlar": "Dosya No|Ad Soyad|T.C. Kimlik No|Doğum Yılı|Uyruk/Statü|Medeni Durum|Eğitim|"
    "Çalışma|Gelir|Sosyal Güvence|İlçe|Nereden Duydu|Telefon|Telefonla Aranabilir",
    "Başvurular": "Başvuru No|Dosya No|Tarih|Saat|Kanal|Başvuran|Nedenler|Şiddet Türleri|"
    "Şiddet Uygulayan",
    "Görüşmeler": "Görüşme No|Dosya No|Başvuru No|Tarih|Saat|Süre (dk)|Tür|Kanal|Görüşmeci|"
    "Sonuç|Not",
    "Oyun Odası": "Dosya No|Çocuk|Doğum Yılı|Cinsiyet|Tarih|Giriş|Çıkış|Teslim Alan",
    "Yönlendirmeler": "Dosya No|Tarih|Kurum|Yöntem|Rıza|Sonuç|Sonuç Tarihi",
    "Eğitimler": "Tarih|Konu|Hedef Kitle|Katılımcı Sayısı",
}
#: One full row of each sheet and one of bare necessities; rows 2 and 3 of the workbook.
ROWS = {
    "Danışanlar": [
        "2026/1|Işıl Deneme|10000000146|1988|tr|married|LİSE|emekli|none|gss|BUCA|bar|500|evet",
        "2026/2",
    ],
    "Başvurular": [
        "B-1|2026/1|2026-03-02|9:30|TELEFON|self|Şiddet; boşanma;|tehdit;FİZİKSEL|husband",
        "B-2||5.3.2026||walk_in",
    ],
    "Görüşmeler": [
        "G-1|2026/1|B-1|03.03.2026|14:05|50|Ön görüşme|phone|Uzm. 1|Tamamlandı|Aranmasın.",
        "G-2|2026/2||2026-03-04|||legal|appointment",
    ],
    "Oyun Odası": [
        "2026/1|Çağan|2020|erkek|2026-03-03|14:00|15:30|Anne",
        "2026/2|Ç1|||2026-03-04|9:00",
    ],
    "Yönlendirmeler": [
        "2026/1|2026-03-03|bar_legal_aid|yazı|evet|Kabul edildi|2026-03-20",
        "2026/2|2026-03-04|sonim",
    ],
    "Eğitimler": ["2026-03-08|Haklarımız|muhtarlar|25", "2026-03-09|||0"],
}


@dataclass(frozen=True)
class Xml:
    """A cell written as its own XML; ``{ref}`` becomes the cell's place."""

    text: str


@dataclass(frozen=True)
class Styled:
    """A number in a cell style: 1 a date, 2 a time, 3 a date with time, 4 ``[h]:mm``."""

    number: float
    style: int


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="3">'
    '<numFmt numFmtId="164" formatCode="[$-41F]dd\\ mmmm\\ yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="hh:mm"/>'
    '<numFmt numFmtId="166" formatCode="dd.mm.yyyy h:mm"/></numFmts>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="166"/><xf numFmtId="46"/></cellXfs></styleSheet>'
)


def serial(day: dt.date) -> int:
    return (day - dt.date(1899, 12, 30)).days


#: The further columns of contract-casework.md, which a workbook may do without.
FURTHER = {"Başvurular": ("Not",), "Yönlendirmeler": ("Not",)}


class Book:
    """A valid workbook of two rows a sheet, until a test changes it."""

    def __init__(self) -> None:
        self.grid: dict[str, list[list[object]]] = {
            name: [list[object](line.split("|")) for line in [HEADERS[name], *ROWS[name]]]
            for name in HEADERS
        }
        #: More parts, or others in place of our own; None takes a part away.
        self.parts: dict[str, bytes | None] = {}
        self.relationships = ""
        self.overrides = ""
        self.workbook_properties = ""

    def place(self, sheet: str, header: str) -> int:
        names = [*HEADERS[sheet].split("|"), *FURTHER.get(sheet, ())]
        return names.index(header)

    def with_further(self) -> "Book":
        """Give the sheets their further columns, still blank."""
        for sheet, headers in FURTHER.items():
            self.grid[sheet][0] += headers
        return self

    def put(self, sheet: str, row: int, header: str, value: object) -> "Book":
        """Put a value into a cell; the first row of data is row 2."""
        cells = self.grid[sheet][row - 1]
        place = self.place(sheet, header)
        cells += [""] * (place + 1 - len(cells))
        cells[place] = value
        return self

    def add(self, sheet: str, line: str) -> "Book":
        self.grid[sheet].append(list(line.split("|")))
        return self

    def write(self, path: Path) -> Path:
        path.write_bytes(zipped(self.contents()))
        return path

    def contents(self) -> dict[str, bytes]:
        sheets = list(enumerate(self.grid, start=1))
        parts: dict[str, bytes | None] = {
            "[Content_Types].xml": self._types([n for n, _name in sheets]).encode(),
            "_rels/.rels": relationships(f'<R Id="r1" Type="{REL}/officeDocument" '
                                         'Target="xl/workbook.xml"/>'),
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{self.workbook_properties}<sheets>'
                + "".join(
                    f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="s{n}"/>'
                    for n, name in sheets
                )
                + "</sheets></workbook>"
            ).encode(),
            "xl/_rels/workbook.xml.rels": relationships(
                f'<R Id="st" Type="{REL}/styles" Target="/xl/styles.xml"/>'
                + "".join(
                    f'<R Id="s{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                    for n, _name in sheets
                )
                + self.relationships
            ),
            "xl/styles.xml": STYLES.encode(),
        }  # fmt: skip
        for n, name in sheets:
            parts[f"xl/worksheets/sheet{n}.xml"] = sheet_xml(self.grid[name]).encode()
        parts |= self.parts
        return {name: data for name, data in parts.items() if data is not None}

    def _types(self, numbers: list[int]) -> str:
        return (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
                f'ContentType="{TYPES}.worksheet+xml"/>'
                for n in numbers
            )
            + self.overrides
            + "</Types>"
        )


def relationships(arrows: str) -> bytes:
    arrows = arrows.replace("<R ", "<Relationship ")
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{arrows}</Relationships>"
    ).encode()


def sheet_xml(rows: list[list[object]]) -> str:
    lines = "".join(
        f'<row r="{number}">'
        + "".join(cell_xml(f"{letters(n)}{number}", value) for n, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    # The dimension lies, as that of some writers does.
    return (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>{lines}</sheetData></worksheet>'
    )


def letters(place: int) -> str:
    return chr(ord("A") + place)


def cell_xml(ref: str, value: object) -> str:
    match value:
        case None | "":
            return ""
        case Xml():
            return value.text.replace("{ref}", ref)
        case Styled():
            return f'<c r="{ref}" s="{value.style}"><v>{value.number!r}</v></c>'
        case bool():
            return f'<c r="{ref}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{ref}"><v>{value!r}</v></c>'
        case dt.date():
            return cell_xml(ref, Styled(serial(value), 1))
        case dt.time():
            return cell_xml(ref, Styled((value.hour * 60 + value.minute) / 1440, 2))
    text = escape(str(value))
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read(book: Book, folder: Path, known: Known | None = None) -> Reading:
    path = book.write(folder / "book.xlsx")
    return read_workbook(path, known or Known(), TODAY)


def places(reading: Reading) -> list[tuple[str | None, int | None, str | None]]:
    return [(refusal.sheet, refusal.row, refusal.column) for refusal in reading.refused]
