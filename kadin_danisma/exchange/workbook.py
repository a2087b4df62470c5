"""A workbook's sheets, row by row, as stored: nothing computed, nothing guessed, nothing followed.

Read with our own few handlers rather than a library, because the contract asks for what libraries
lose: ``_x0007_`` told from ``_x005F_x0007_``, rows beyond a wrong dimension, both dialects of the
format, and a bounded, streaming parse (docs/decisions/0006).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kadin_danisma.exchange import markup
from kadin_danisma.exchange.grid import Row, SheetParser
from kadin_danisma.exchange.looks import cell_looks
from kadin_danisma.exchange.package import Relationship, unpack
from kadin_danisma.exchange.purity import main_part
from kadin_danisma.exchange.strings import shared_strings, unescape

#: Days between the two epochs of workbooks, 1900 and 1904.
_EPOCH_1904 = 1462


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of the workbook: its title, and its part where it is one of cells."""

    title: str
    part: str | None


class Workbook:
    """An opened workbook.

    Args:
        path: The file.

    Raises:
        UnfitFileError: The file is none, or none that may be read.
    """

    def __init__(self, path: Path) -> None:
        self._package = unpack(path)
        main = main_part(self._package)
        arrows = self._package.relationships(main)
        book = markup.elements(self._package.part(main) or b"")
        self.sheets = tuple(_sheets(book, {arrow.id: arrow for arrow in arrows}))
        self._shift = _EPOCH_1904 if _counts_from_1904(book) else 0
        self._looks = cell_looks(self._part_of(arrows, "styles"))
        self._strings = shared_strings(self._part_of(arrows, "sharedstrings"))

    def size(self, sheet: SheetEntry) -> int:
        """Return the bytes of a sheet, the measure of progress."""
        return len(self._package.part(sheet.part) or b"") if sheet.part else 0

    def rows(self, sheet: SheetEntry) -> Iterator[tuple[int, list[Row]]]:
        """Yield how many bytes of a sheet are read, and the rows that were found in them.

        Raises:
            UnfitFileError: The sheet is broken.
        """
        data = self._package.part(sheet.part) if sheet.part else None
        if data is None:
            raise markup.damaged()
        parser = SheetParser(self._strings, self._looks, self._shift)
        for done in markup.feed(parser.expat, data):
            yield done, parser.take()

    def _part_of(self, arrows: list[Relationship], kind: str) -> bytes | None:
        for arrow in arrows:
            if arrow.kind == kind:
                return self._package.part(arrow.target)
        return None


def _sheets(
    book: list[tuple[str, dict[str, str]]], arrows: dict[str, Relationship]
) -> Iterator[SheetEntry]:
    for name, attributes in book:
        if name == "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            arrow = arrows.get(ids[0]) if ids else None
            is_grid = arrow is not None and arrow.kind == "worksheet"
            yield SheetEntry(
                title=unescape(attributes.get("name", "")),
                part=arrow.target if arrow and is_grid else None,
            )


def _counts_from_1904(book: list[tuple[str, dict[str, str]]]) -> bool:
    return any(
        name == "workbookPr" and attributes.get("date1904", "").lower() in {"1", "true", "on"}
        for name, attributes in book
    )
