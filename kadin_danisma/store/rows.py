"""Between rows and dataclasses: which table and columns a record has, and how values are stored."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, time
from typing import Any, TypeVar

from sqlcipher3.dbapi2 import Connection as Connection

from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)

R = TypeVar("R", bound=Record)
Value = str | int | None

TABLE_OF: dict[type, str] = {
    Client: "client",
    Application: "application",
    Session: "session",
    PlayroomVisit: "playroom_visit",
    Referral: "referral",
    Training: "training",
}
#: What stands of each kind: all but what was withdrawn. What shows, finds or counts reads these.
STANDING: dict[type, str] = {kind: f"standing_{table}" for kind, table in TABLE_OF.items()}
#: That a row of the table of a kind does not stand: a condition, by the view of its name.
IS_OUT: dict[type, str] = {
    kind: f"NOT EXISTS (SELECT 1 FROM {STANDING[kind]} AS standing WHERE standing.id = {table}.id)"
    for kind, table in TABLE_OF.items()
}
#: Several answers of an application stand in a table of their own.
SEVERAL = ("reasons", "violence_types", "perpetrators")
#: A note never stands in a row: it is sealed (``store.notes``).
NOTE = "note"
#: Columns of whole numbers.
_WHOLE = frozenset({"birth_year", "minutes", "participants", "revision"})
#: Columns in which nothing known is NULL and not an empty text.
_NULLABLE = frozenset(
    {"birth_year", "minutes", "time", "time_out", "outcome_date", "client_id", "application_id"}
)
_DATES = frozenset({"date", "outcome_date"})
_TIMES = frozenset({"time", "time_in", "time_out"})


def columns_of(kind: type) -> tuple[str, ...]:
    """Return the columns of a record's own fields, in their order."""
    return tuple(field.name for field in fields(kind) if field.name not in {*SEVERAL, NOTE})


def to_row(record: Record) -> dict[str, Value]:
    """Return the stored values of a record by column."""
    return {name: _store(getattr(record, name)) for name in columns_of(type(record))}


def from_row(kind: type[R], row: Sequence[Any], **several: tuple[str, ...]) -> R:
    """Return the record that stands in a row.

    Args:
        kind: The class of the record.
        row: The values of ``columns_of(kind)``, in that order.
        several: The several answers of an application.
    """
    values = {name: _read(name, value) for name, value in zip(columns_of(kind), row, strict=True)}
    return kind(**(values | several))


def select(kind: type, tail: str, *, withdrawn: bool = False) -> str:
    """Return the statement that reads records.

    Args:
        kind: The class of the records.
        tail: What follows the table's name.
        withdrawn: Whether those that were withdrawn are read as well.
    """
    table = TABLE_OF[kind]
    names = ", ".join(f"{table}.{name}" for name in columns_of(kind))
    if withdrawn:
        return f"SELECT {names} FROM {table} {tail}"
    return f"SELECT {names} FROM {STANDING[kind]} AS {table} {tail}"


def insert(table: str, columns: Iterable[str]) -> str:
    """Return the statement that adds a row with named parameters."""
    names = tuple(columns)
    marks = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"


def update(table: str, columns: Iterable[str]) -> str:
    """Return the statement that changes a row of a known revision."""
    pairs = ", ".join(f"{name} = :{name}" for name in columns)
    return f"UPDATE {table} SET {pairs} WHERE id = :id AND revision = :known"


def shown(value: object) -> str:
    """Return a value as it stands in a history line."""
    if isinstance(value, tuple):
        return "; ".join(value)
    stored = _store(value)
    return "" if stored is None else str(stored)


def unshown(name: str, text: str) -> Value:
    """Return the stored value that a history line shows: the way back from ``shown``."""
    if text == "" and name in _NULLABLE:
        return None
    return int(text) if name in _WHOLE else text


def _store(value: Any) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(type(value).__name__)


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DATES:
        return date.fromisoformat(value)
    if name in _TIMES:
        return time.fromisoformat(value)
    return value
