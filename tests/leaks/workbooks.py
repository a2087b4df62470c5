"""Workbooks that bring markers in: one that is taken, and one that is refused for every cell."""

from pathlib import Path

from tests.exchange.books import HEADERS, Book
from tests.leaks.markers import KIMLIK_NO, PHONE, marker

#: Columns that take any text.
FREE = {
    "Danışanlar": ("Ad Soyad",),
    "Görüşmeler": ("Görüşmeci", "Not"),
    "Oyun Odası": ("Çocuk", "Teslim Alan"),
    "Eğitimler": ("Konu", "Hedef Kitle"),
}
#: Columns whose numbers tie the sheets together; they are typed once.
_NUMBERS = {"Dosya No", "Başvuru No", "Görüşme No"}


def taken(path: Path) -> Path:
    """Write a workbook that has a marker in every column of free text."""
    book = Book()
    for sheet, headers in FREE.items():
        for header in headers:
            book.put(sheet, 2, header, marker(f"workbook.{sheet}.{header}"))
    book.put("Danışanlar", 2, "T.C. Kimlik No", KIMLIK_NO).put("Danışanlar", 2, "Telefon", PHONE)
    # A number that other rows lean on is the same there.
    for header, row, sheets in (
        ("Dosya No", 3, ("Danışanlar", "Görüşmeler", "Oyun Odası", "Yönlendirmeler")),
        ("Başvuru No", 2, ("Başvurular", "Görüşmeler")),
        ("Görüşme No", 2, ("Görüşmeler",)),
    ):
        for sheet in sheets:
            book.put(sheet, row, header, marker(f"workbook.{header}"))
    return book.write(path)


def refused(path: Path) -> Path:
    """Write a workbook in which every cell that is no free text holds a marker, and is wrong."""
    book = Book()
    for sheet, line in HEADERS.items():
        for header in line.split("|"):
            if header not in FREE.get(sheet, ()) and header not in _NUMBERS:
                book.put(sheet, 2, header, marker(f"refused.{sheet}.{header}"))
        book.put(sheet, 3, line.split("|")[0], marker(f"refused.{sheet}.first column"))
    return book.write(path)
