"""The closed list of tables as people choose from it, and a protected table as they read it."""

from dataclasses import dataclass

from kadin_danisma.domain import counting
from kadin_danisma.domain.table import TOTAL, ProtectedTable
from kadin_danisma.domain.titles import category_label, table_title
from kadin_danisma.i18n import N_, _
from kadin_danisma.reports import labels
from kadin_danisma.services import giving

_DETAILS = {
    "month": N_("As in the report of a month"),
    "quarter": N_("As in the report of a quarter"),
    "year": N_("As in the report of a year"),
    "full": N_("Every category"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: what it is called here and to people."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what a table counts, and the categories it has there, the total last."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A protected table as it is read: its headings and its rows, the label of each row first."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables() -> tuple[Choice, ...]:
    """Return every table of the closed list."""
    return tuple(Choice(each.id, table_title(each.id)) for each in counting.TABLES)


def dimensions(table_id: str) -> tuple[Dimension, ...]:
    """Return by what a table of the closed list counts."""
    definition = next(each for each in counting.TABLES if each.id == table_id)
    return tuple(
        Dimension(
            labels.dim_name(dim),
            tuple(Choice(key, category_label(dim, key)) for key in _with_total(table_id, keys)),
        )
        for dim, keys in definition.dims
    )


def details(table_id: str) -> tuple[Choice, ...]:
    """Return how finely a table can be told; two that would be the same stand there once."""
    found: dict[str, str] = {}
    for detail in giving.DETAILS:
        if (spec := giving.grouped(table_id, detail)) is not None:
            found[repr(spec.groups)] = detail
    return tuple(Choice(detail, _(_DETAILS[detail])) for detail in found.values())


def sheet(table: ProtectedTable) -> Sheet:
    """Return a protected table as it is read."""
    first, *rest = table.dims
    rows = _with_total(table.id, table.categories[first])
    columns = [(key,) for key in (*table.categories[rest[0]], TOTAL)] if rest else [()]
    return Sheet(
        table_title(table.id),
        labels.base_note(table),
        (labels.dim_name(first), *(_head(table, column) for column in columns)),
        tuple(
            (
                labels.category(first, row),
                *(labels.shown(table.cells[(row, *column)]) for column in columns),
            )
            for row in rows
        ),
    )


def _head(table: ProtectedTable, column: tuple[str, ...]) -> str:
    return labels.category(table.dims[1], column[0]) if column else _("Number")


def _with_total(table_id: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    return keys if table_id == "summary" else (*keys, TOTAL)
