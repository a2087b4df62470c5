"""A workbook's sheets, row by row, as stored: nothing computed, nothing guessed, nothing followed.

Read with our own few handlers rather than a library, because the contract asks for what libraries
lose: ``_x0007_`` told from ``_x005F_x0007_``, rows beyond a wrong dimension, both dialects of the
format, and a bounded, streaming parse (docs/decisions/0006).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kadin_danisma.exchange import markup
from kadin_danisma.exchange.budget import LONGEST_TITLE, MOST_SHEETS, Budget
from kadin_danisma.exchange.columns import own_sheets
from kadin_danisma.exchange.grid import SheetParser
from kadin_danisma.exchange.looks import cell_looks
from kadin_danisma.exchange.package import unpack
from kadin_danisma.exchange.purity import main_part
from kadin_danisma.exchange.raw import Row
from kadin_danisma.exchange.refusal import Unfit, UnfitFileError
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
        file: The file, at its beginning.
        size: Its bytes.

    Raises:
        UnfitFileError: The file is none, or none that may be read.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.budget = Budget(size)
        self._package = unpack(file, self.budget)
        main = main_part(self._package)
        arrows = {arrow.id: arrow for arrow in self._package.relationships(main)}
        parts = {arrow.kind: arrow.target for arrow in reversed(arrows.values())}
        self.sheets: list[SheetEntry] = []
        self._shift = 0
        for name, attributes in markup.elements(
            self._package.part(main) or b"", "sheet", "workbookPr"
        ):
            if name == "sheet":
                ids = [value for key, value in attributes.items() if key.endswith(":id")]
                arrow = arrows.get(ids[0]) if ids else None
                is_grid = arrow is not None and arrow.kind == "worksheet"
                self._add_sheet(attributes, arrow.target if arrow and is_grid else None)
            elif attributes.get("date1904", "").lower() in {"1", "true", "on"}:
                self._shift = _EPOCH_1904
        self._looks = cell_looks(self._part(parts.get("styles")))
        self._strings = shared_strings(self._part(parts.get("sharedstrings")), self.budget)

    def own_sheets(self) -> list[int]:
        """Return the places of the sheets that are read, in the order of ``SHEETS``.

        Raises:
            UnfitFileError: Two of them are one.
        """
        found = own_sheets([(sheet.title, sheet.part is not None) for sheet in self.sheets])
        places = [places[0] for places in found.values()]
        if len({id(self._part(self.sheets[place].part)) for place in places}) < len(places):
            # One part for two sheets would be read twice.
            raise markup.damaged()
        return places

    def size(self, place: int) -> int:
        """Return the bytes of a sheet, the measure of progress."""
        return len(self._part(self.sheets[place].part) or b"")

    def rows(self, place: int) -> Iterator[tuple[int, list[Row]]]:
        """Yield how many bytes of a sheet are read, and the rows that were found in them.

        Raises:
            UnfitFileError: The sheet is broken.
        """
        data = self._part(self.sheets[place].part)
        if data is None:
            raise markup.damaged()
        parser = SheetParser(self._strings, self._looks, self._shift)
        for done in markup.feed(parser.expat, data):
            yield done, parser.take()

    def _add_sheet(self, attributes: dict[str, str], part: str | None) -> None:
        if len(self.sheets) == MOST_SHEETS:
            raise UnfitFileError(Unfit.TOO_MUCH)
        title = unescape(attributes.get("name", "")[: 7 * LONGEST_TITLE])
        self.sheets.append(SheetEntry(title[:LONGEST_TITLE], part))

    def _part(self, name: str | None) -> bytearray | None:
        return self._package.part(name) if name else None
