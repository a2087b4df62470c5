"""A workbook read whole: what it adds to the vault, everything that is refused, what was noted.

In two steps. ``take_up`` reads the file, in a process of its own, and needs no vault; ``compare``
asks what the vault knows of it.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, TypeVar

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import PlayroomVisit, Record
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import KnownError
from kadin_danisma.exchange import child
from kadin_danisma.exchange.cells import CellReader
from kadin_danisma.exchange.columns import APPLICATIONS, CLIENTS, EXPLANATION, LISTS, SHEETS, Sheet
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.drafts import Draft, draft_row, finish
from kadin_danisma.exchange.headers import Headers, notes_on, read_headers, shown
from kadin_danisma.exchange.links import Links, first_of_each
from kadin_danisma.exchange.novelty import Novelty
from kadin_danisma.exchange.raw import Raw
from kadin_danisma.exchange.refusal import Refusal, Unfit, UnfitFileError
from kadin_danisma.exchange.telling import Told
from kadin_danisma.foreign import IrregularFileError, open_regular
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress

T = TypeVar("T")

#: Nobody corrects more cells by hand; further ones are not named.
MOST_REFUSALS = 100_000
#: Rows between two words of progress, where nothing else is waited for.
_ROWS_A_WORD = 1000


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
    return take_up(path, today, progress).compare(known)


def take_up(path: Path, today: date, progress: Progress | None = None) -> "TakenUp":
    """Read all rows of a workbook, without asking any vault (arguments: ``read_workbook``)."""
    taken = TakenUp(today, progress or _nobody)
    try:
        with _opened(path) as file:
            size = file.seek(0, 2)
            # Closed whatever happens: the process ends with it, not when somebody tidies up.
            with closing(child.words(file, taken.tick)) as words:
                taken.read(Told(words, size))
    except (UnfitFileError, IrregularFileError) as error:
        taken.unfit = error
    return taken


def _opened(path: Path) -> BinaryIO:
    try:
        return BufferedReader(open_regular(path))
    except FileNotFoundError as error:
        raise UnfitFileError(Unfit.MISSING) from error
    except OSError as error:
        raise UnfitFileError(Unfit.UNREADABLE) from error


def _nobody(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


class _EnoughRefusedError(Exception):
    """More is wrong than anybody would read."""


class TakenUp:
    """A workbook whose rows are read, and what is known to be wrong with them.

    Args:
        today: The present day in Istanbul.
        progress: Called now and then with how much is done, and of how much.
    """

    def __init__(self, today: date, progress: Progress) -> None:
        #: Why the whole file is refused.
        self.unfit: KnownError | None = None
        self._today = today
        self._cells = CellReader(today)
        self._progress = progress
        self._so_far = (0, 0)
        self._notes: list[str] = []
        #: Refusals with what they are sorted by: sheet, row and column.
        self._refused: list[tuple[tuple[int, int, int], Refusal]] = []
        self._drafts: dict[str, list[Draft]] = {sheet.name: [] for sheet in SHEETS}
        self._unread: set[str] = set()
        self._enough = False

    def tick(self) -> None:
        """Say again how far it is, so that whoever wants to stop it can."""
        self._progress(*self._so_far)

    def read(self, told: Told) -> None:
        """Read what is told of a workbook, row by row."""
        for title, has_cells in told.sheets:
            ours = fold(title) in {fold(sheet.name) for sheet in SHEETS} and has_cells
            if not ours and fold(title) not in {fold(EXPLANATION), fold(LISTS)}:
                note = _("The sheet “{sheet}” is not recognised and was skipped.")
                self._notes.append(note.format(sheet=shown(title)))
        try:
            for sheet in SHEETS:
                self._read_sheet(sheet, told)
        except _EnoughRefusedError:
            self._enough = True

    def compare(self, known: Known) -> Reading:
        """Say what the rows add to what is known, and everything that is wrong.

        Each step is taken over all rows, because later rows may define what earlier ones ask for.
        The rows are let go of on the way: this is done once.
        """
        reading = Reading(notes=self._notes)
        if self.unfit:
            reading.refused = [Refusal(None, None, None, self.unfit.message)]
            return reading
        try:
            if not self._enough:
                _Comparison(self, known, reading).make()
        except _EnoughRefusedError:
            self._enough = True
        self._refused.sort(key=lambda refused: refused[0])
        reading.refused = [refusal for _key, refusal in self._refused]
        if self._enough:
            reason = _("There are more mistakes than are listed here; correct these first.")
            reading.refused.append(Refusal(None, None, None, reason))
        if reading.refused:
            reading.rows = Reading().rows
        return reading

    def _read_sheet(self, sheet: Sheet, told: Told) -> None:
        places = told.found.get(sheet.name)
        if places is None:
            self._unread.add(sheet.name)
            self.refuse_whole(sheet, None, _("The workbook does not have this sheet."))
            return
        for _again in places[1:]:
            self.refuse_whole(sheet, None, _("The workbook has this sheet twice."))
        headers: Headers | None = None
        for done, rows in told.rows(sheet.name):
            for row in rows:
                if headers is None:
                    headers = self._read_headers(sheet, row.cells if row.number == 1 else {})
                    if row.number == 1:
                        continue
                draft = draft_row(sheet, headers, row, self._cells, self.refuse)
                if draft:
                    self._drafts[sheet.name].append(draft)
            self._so_far = (done, told.total)
            self.tick()
        if headers is None:
            self._read_headers(sheet, {})

    def _read_headers(self, sheet: Sheet, cells: dict[int, Raw]) -> Headers:
        headers = read_headers(sheet, cells)
        for column in headers.missing:
            self.refuse_whole(sheet, column.header, _("The sheet does not have this column."))
        for column in dict.fromkeys(headers.repeated):
            self.refuse_whole(sheet, column.header, _("The sheet has this column twice."))
        if sheet.number in {column.field for column in headers.missing}:
            self._unread.add(sheet.name)
        self._notes += notes_on(sheet, headers)
        return headers

    def drafts(self, sheet: Sheet) -> list[Draft]:
        """Return the rows of a sheet."""
        return self._drafts[sheet.name]

    def each(self, rows: Iterable[T]) -> Iterator[T]:
        """Yield rows, and now and then say again how far it is: there may be very many."""
        for count, row in enumerate(rows):
            if count % _ROWS_A_WORD == 0:
                self.tick()
            yield row

    def let_go(self, sheet: Sheet) -> Iterator[Draft]:
        """Yield the rows of a sheet one after the other, and keep none that was yielded."""
        rows = self._drafts[sheet.name]
        rows.reverse()
        for _row in self.each(range(len(rows))):
            yield rows.pop()

    def is_unread(self, sheet: Sheet) -> bool:
        """Tell whether a sheet or its column of numbers is missing."""
        return sheet.name in self._unread

    def finish(self, draft: Draft) -> Record:
        """Return the record of a row, and refuse what its fields say together."""
        return finish(draft, self._today, self.refuse)

    def refuse(self, draft: Draft, name: str, reason: str) -> None:
        """Name a cell that is refused."""
        draft.breaks(name)
        sheet = draft.sheet
        column = sheet.column_of(name)
        key = (SHEETS.index(sheet), draft.row, sheet.columns.index(column))
        self._add(key, Refusal(sheet.name, draft.row, column.header, reason))

    def refuse_whole(self, sheet: Sheet, header: str | None, reason: str) -> None:
        """Name a sheet or a column that is refused."""
        place = next((i for i, c in enumerate(sheet.columns) if c.header == header), -1)
        self._add((SHEETS.index(sheet), 0, place), Refusal(sheet.name, None, header, reason))

    def _add(self, key: tuple[int, int, int], refusal: Refusal) -> None:
        if len(self._refused) == MOST_REFUSALS:
            raise _EnoughRefusedError
        self._refused.append((key, refusal))


class _Comparison:
    """The rows of a workbook beside what the vault holds."""

    def __init__(self, taken: TakenUp, known: Known, reading: Reading) -> None:
        self._taken = taken
        self._reading = reading
        self._links = Links(known, taken.refuse, taken.each)
        self._novelty = Novelty(known, taken.refuse)

    def make(self) -> None:
        """Take all steps."""
        self._link()
        for sheet in SHEETS:
            for draft in self._taken.let_go(sheet):
                self._finish(draft)

    def _link(self) -> None:
        links, taken = self._links, self._taken
        links.define_files(taken.drafts(CLIENTS), unread=taken.is_unread(CLIENTS))
        for sheet in SHEETS:
            drafts = taken.drafts(sheet)
            for draft in taken.each(drafts):
                if "client_id" in draft.values:
                    links.resolve_file(draft)
            if sheet is APPLICATIONS:
                links.define_applications(drafts, unread=taken.is_unread(sheet))
            elif sheet.number == "number":
                first_of_each(taken.each(drafts), "number", taken.refuse)
            for draft in taken.each(drafts):
                if "application_id" in draft.values:
                    links.resolve_application(draft)

    def _finish(self, draft: Draft) -> None:
        draft.values["id"] = self._links.own_id(draft)
        record = self._taken.finish(draft)
        if isinstance(record, PlayroomVisit):
            self._links.compare_birth_year(draft, record)
        if draft.broken:
            return
        if self._novelty.is_new(draft, record):
            self._reading.rows[draft.sheet.kind].append((draft.row, record))
        elif not draft.broken:
            self._reading.already_known += 1
