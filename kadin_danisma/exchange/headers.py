"""Which column of a sheet is which: headers folded, in any order, with or without their star."""

from dataclasses import dataclass, field

from kadin_danisma.domain.text import fold
from kadin_danisma.exchange.cells import text_of
from kadin_danisma.exchange.columns import Column, Sheet
from kadin_danisma.exchange.raw import Raw
from kadin_danisma.i18n import _


@dataclass(slots=True)
class Headers:
    """The first row of a sheet, understood."""

    #: The known columns by their place on the sheet.
    columns: dict[int, Column] = field(default_factory=dict)
    #: Known columns that stand again further right.
    repeated: list[Column] = field(default_factory=list)
    #: Known columns that should stand and do not.
    missing: list[Column] = field(default_factory=list)
    #: Their fields.
    missing_fields: frozenset[str] = frozenset()
    #: The fields of known columns that a workbook may do without, and this one does.
    absent_fields: frozenset[str] = frozenset()
    #: The texts of headers that belong to no column.
    unknown: list[str] = field(default_factory=list)


def read_headers(sheet: Sheet, cells: dict[int, Raw]) -> Headers:
    """Return what the cells of a sheet's first row say."""
    known = {fold(column.header): column for column in sheet.columns}
    headers = Headers()
    for place, raw in sorted(cells.items()):
        text = text_of(raw)
        column = known.get(fold(text.removesuffix("*")))
        if column is None:
            if text:
                headers.unknown.append(text)
        elif column in headers.columns.values():
            headers.repeated.append(column)
        else:
            headers.columns[place] = column
    lacking = [column for column in sheet.columns if column not in headers.columns.values()]
    headers.missing = [column for column in lacking if not column.optional]
    headers.missing_fields = frozenset(column.field for column in headers.missing)
    headers.absent_fields = frozenset(column.field for column in lacking if column.optional)
    return headers


def notes_on(sheet: Sheet, headers: Headers) -> list[str]:
    """Return what to say about columns that are passed over.

    Without its own headers a first row may be a row of people, so that nothing of it is repeated.
    """
    if headers.missing:
        return []
    note = _("{sheet}: the column “{header}” is not recognised and was skipped.")
    return [
        note.format(sheet=sheet.name, header=shown(text)) for text in dict.fromkeys(headers.unknown)
    ]


def shown(text: str) -> str:
    """Return a header or a sheet's title on one line and without anything a terminal might obey."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain if len(plain) <= 40 else f"{plain[:39]}\u2026"
