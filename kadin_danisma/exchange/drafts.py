"""Rows on their way to records: values by field, and the fields that could not be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from kadin_danisma.domain.checks import check
from kadin_danisma.domain.records import PlayroomVisit, Record
from kadin_danisma.domain.text import tidy
from kadin_danisma.exchange.cells import CellReader
from kadin_danisma.exchange.columns import Column, Shape, Sheet
from kadin_danisma.exchange.headers import Headers
from kadin_danisma.exchange.raw import Raw, Row
from kadin_danisma.exchange.refusal import CellError
from kadin_danisma.i18n import _

#: Takes the row, the field and the reason of something that is refused.
Refuse = Callable[["Draft", str, str], None]
#: What stands in for a value that could not be read, so that the other rules can be tried.
_STAND_IN: dict[Shape, object] = {
    Shape.DAY: date.min,
    Shape.TIME: time.min,
    Shape.WHOLE: 1,
    Shape.CODES: (),
    Shape.CODE: "not_asked",
    Shape.WORD: "not_asked",
}


@dataclass(slots=True)
class Draft:
    """One row of a sheet, its cells read one by one."""

    sheet: Sheet
    row: int
    values: dict[str, object]
    #: The fields whose cells were refused, or whose columns are missing; the same for most rows.
    broken: frozenset[str]
    #: The fields of which the sheet says nothing, because it does without their columns.
    absent: frozenset[str] = frozenset()

    def text(self, field: str) -> str:
        """Return the text of a field, empty where the cell is blank or was refused."""
        value = self.values[field]
        return value if isinstance(value, str) and field not in self.broken else ""

    def breaks(self, field: str) -> None:
        """Count a field among the broken ones."""
        self.broken |= {field}


def draft_row(
    sheet: Sheet, headers: Headers, row: Row, reader: CellReader, refuse: Refuse
) -> Draft | None:
    """Read the cells of a row, and refuse those that cannot be read.

    Returns:
        The draft, or None for a row whose known columns are all blank.
    """
    filled: dict[int, Raw] = {}
    for place, raw in row.cells.items():
        value = tidy(raw) if isinstance(raw, str) else raw
        if value != "" and place in headers.columns:
            filled[place] = value
    if not filled:
        return None
    values = {column.field: column.blank for column in sheet.columns}
    draft = Draft(sheet, row.number, values, headers.missing_fields, headers.absent_fields)
    for place, column in headers.columns.items():
        try:
            if place in filled:
                values[column.field] = reader.read(filled[place], column)
            elif column.must:
                raise CellError(_("This cell must be filled."))
        except CellError as error:
            refuse(draft, column.field, error.reason)
    return draft


def finish(draft: Draft, today: date, refuse: Refuse) -> Record:
    """Return a draft's record, and refuse what its fields say together.

    Where a cell was refused before, something harmless stands in its place: the record is then of
    no use but to try the other rules on it, so that one import names everything.
    """
    values = dict(draft.values)
    for column in draft.sheet.columns:
        if column.field in draft.broken:
            values[column.field] = _stand_in(draft, column)
    if "time_in" in draft.broken:
        values["time_out"] = None
    record = draft.sheet.record(**values)  # type: ignore[arg-type]
    for problem in check(record, today):
        if problem.field not in draft.broken:
            refuse(draft, problem.field, problem.reason)
    return record


def _stand_in(draft: Draft, column: Column) -> object:
    year = draft.values.get("birth_year")
    if column.field == "date" and draft.sheet.record is PlayroomVisit and isinstance(year, int):
        # A day on which the child, if born at all, is of an age for the playroom.
        return date(max(1, min(year, 9999)), 1, 1)
    return _STAND_IN.get(column.shape, "-") if column.must else column.blank
