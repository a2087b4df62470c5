"""A workbook read whole: what it adds to the vault, everything that is refused, what was noted."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import PlayroomVisit, Record
from kadin_danisma.domain.text import fold
from kadin_danisma.exchange.cells import CellReader
from kadin_danisma.exchange.columns import APPLICATIONS, CLIENTS, EXPLANATION, LISTS, SHEETS, Sheet
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.drafts import Draft, draft_row, finish
from kadin_danisma.exchange.grid import Raw
from kadin_danisma.exchange.headers import Headers, notes_on, read_headers, shown
from kadin_danisma.exchange.links import Links, first_of_each
from kadin_danisma.exchange.novelty import Novelty
from kadin_danisma.exchange.refusal import Refusal, UnfitFileError
from kadin_danisma.exchange.workbook import SheetEntry, Workbook
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress


@dataclass(slots=True)
class Reading:
    """What came of reading a workbook."""

    #: Row number and record of everything to add, in an order in which it can be added. Nothing
    #: stands here when anything was refused.
    rows: dict[Kind, list[tuple[int, Record]]] = field(
        default_factory=lambda: {sheet.kind: [] for sheet in SHEETS}
    )
    #: In the order of sheets, rows and columns.
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: How many rows the vault holds already.
    already_known: int = 0


def read_workbook(
    path: Path, known: Known, today: date, progress: Progress | None = None
) -> Reading:
    """Read a workbook and say everything about it at once; nothing is written anywhere.

    Args:
        path: The XLSX file.
        known: What the vault holds already.
        today: The present day in Istanbul.
        progress: Called now and then with how much is done, and of how much.
    """
    try:
        return _Reader(Workbook(path), known, today, progress).read()
    except UnfitFileError as error:
        return Reading(refused=[Refusal(None, None, None, error.message)])


class _Reader:
    """One reading: collects while the steps follow each other."""

    def __init__(
        self, book: Workbook, known: Known, today: date, progress: Progress | None
    ) -> None:
        self._book = book
        self._today = today
        self._cells = CellReader(today)
        self._progress = progress
        self._reading = Reading()
        #: Refusals with what they are sorted by: sheet, row and column.
        self._refused: list[tuple[tuple[int, int, int], Refusal]] = []
        self._drafts: dict[str, list[Draft]] = {sheet.name: [] for sheet in SHEETS}
        self._unread: set[str] = set()
        self._links = Links(known, self._refuse)
        self._novelty = Novelty(known, self._refuse)

    def read(self) -> Reading:
        """Take all steps, each over all rows, because later rows may define what earlier ask."""
        self._read_sheets(self._find_sheets())
        self._link()
        for sheet in SHEETS:
            for draft in self._drafts[sheet.name]:
                self._finish(draft)
        reading = self._reading
        reading.refused = [refusal for _key, refusal in sorted(self._refused, key=lambda r: r[0])]
        if reading.refused:
            reading.rows = Reading().rows
        return reading

    def _find_sheets(self) -> dict[str, SheetEntry]:
        ours = {fold(sheet.name): sheet for sheet in SHEETS}
        found: dict[str, SheetEntry] = {}
        for entry in self._book.sheets:
            title = fold(entry.title)
            if title in ours and entry.part:
                name = ours[title].name
                if name in found:
                    self._refuse_whole(ours[title], None, _("The workbook has this sheet twice."))
                found.setdefault(name, entry)
            elif title not in {fold(EXPLANATION), fold(LISTS)}:
                note = _("The sheet \u201c{sheet}\u201d is unknown and was passed over.")
                self._reading.notes.append(note.format(sheet=shown(entry.title)))
        return found

    def _read_sheets(self, found: dict[str, SheetEntry]) -> None:
        total = sum(self._book.size(entry) for entry in found.values())
        before = 0
        for sheet in SHEETS:
            entry = found.get(sheet.name)
            if entry is None:
                self._unread.add(sheet.name)
                self._refuse_whole(sheet, None, _("The workbook does not have this sheet."))
                continue
            self._read_sheet(sheet, entry, before, total)
            before += self._book.size(entry)

    def _read_sheet(self, sheet: Sheet, entry: SheetEntry, before: int, total: int) -> None:
        headers: Headers | None = None
        for done, rows in self._book.rows(entry):
            for row in rows:
                if headers is None:
                    headers = self._read_headers(sheet, row.cells if row.number == 1 else {})
                    if row.number == 1:
                        continue
                draft = draft_row(sheet, headers, row, self._cells, self._refuse)
                if draft:
                    self._drafts[sheet.name].append(draft)
            if self._progress:
                self._progress(before + done, total)
        if headers is None:
            self._read_headers(sheet, {})

    def _read_headers(self, sheet: Sheet, cells: dict[int, Raw]) -> Headers:
        headers = read_headers(sheet, cells)
        for column in headers.missing:
            self._refuse_whole(sheet, column.header, _("The sheet does not have this column."))
        for column in dict.fromkeys(headers.repeated):
            self._refuse_whole(sheet, column.header, _("The sheet has this column twice."))
        if sheet.number in {column.field for column in headers.missing}:
            self._unread.add(sheet.name)
        self._reading.notes += notes_on(sheet, headers)
        return headers

    def _link(self) -> None:
        links, drafts = self._links, self._drafts
        links.define_files(drafts[CLIENTS.name], unread=CLIENTS.name in self._unread)
        for sheet in SHEETS:
            for draft in drafts[sheet.name]:
                if "client_id" in draft.values:
                    links.resolve_file(draft)
            if sheet is APPLICATIONS:
                links.define_applications(drafts[sheet.name], unread=sheet.name in self._unread)
            elif sheet.number == "number":
                first_of_each(drafts[sheet.name], "number", self._refuse)
            for draft in drafts[sheet.name]:
                if "application_id" in draft.values:
                    links.resolve_application(draft)

    def _finish(self, draft: Draft) -> None:
        draft.values["id"] = self._links.own_id(draft)
        record = finish(draft, self._today, self._refuse)
        if isinstance(record, PlayroomVisit):
            self._links.compare_birth_year(draft, record)
        if draft.broken:
            return
        if self._novelty.is_new(draft, record):
            self._reading.rows[draft.sheet.kind].append((draft.row, record))
        elif not draft.broken:
            self._reading.already_known += 1

    def _refuse(self, draft: Draft, name: str, reason: str) -> None:
        draft.broken.add(name)
        sheet = draft.sheet
        column = sheet.column_of(name)
        key = (SHEETS.index(sheet), draft.row, sheet.columns.index(column))
        self._refused.append((key, Refusal(sheet.name, draft.row, column.header, reason)))

    def _refuse_whole(self, sheet: Sheet, header: str | None, reason: str) -> None:
        place = next((i for i, c in enumerate(sheet.columns) if c.header == header), -1)
        key = (SHEETS.index(sheet), 0, place)
        self._refused.append((key, Refusal(sheet.name, None, header, reason)))
