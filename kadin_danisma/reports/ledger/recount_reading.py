"""Reading worlds of a proof as the published reports would show them, kind by kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from kadin_danisma.reports.ledger.recount_rules import months_of

#: A number of a report: its report, its table, its labels.
Cell = tuple[Any, ...]
#: The plain description of a sort of unit.
KindName = tuple[Any, ...]
_Table = Mapping[str, Any]
_Reading = Callable[[KindName, "_Span", _Table], Iterator[tuple[str, ...]]]
MARK, SUMMARY, TOTAL = "*", "summary", "_total"
#: Lines of the summary about public events, behind which no client stands.
PUBLIC = ("trainings", "training_participants")
_TYPES, _WHO = "clients_by_violence_type", "clients_by_perpetrator"
_UNSAID = ("unknown", "declined", "not_asked")
#: Tables of units that add up, and the line of the summary that is their total.
_LINE_OF = {
    "applications_by_channel": "applications",
    "sessions_by_service_and_channel": "sessions",
    "referrals_by_institution_and_outcome": "referrals",
    "playroom_by_age_band": "playroom_visits",
}


class _Span(NamedTuple):
    """When a report is of: its period and the months of it."""

    period: str
    months: frozenset[str]


class Reader:
    """Reads worlds as the published reports would show them."""

    def __init__(self, reports: Sequence[Mapping[str, Any]]) -> None:
        self._published: dict[Cell, Any] = {}
        self._tables: list[tuple[str, _Span, Mapping[str, Any]]] = []
        self._cells: dict[KindName, list[Cell]] = {}
        for report in reports:
            span = _Span(report["period"], months_of(report["period"]))
            for table in report["tables"]:
                self._tables.append((report["number"], span, table))
                for *key, value in table["rows"]:
                    self._published[report["number"], table["id"], *key] = value

    def shown(self, world: Mapping[KindName, int]) -> Counter[Cell]:
        """Return what a world shows in every cell that it has to do with."""
        shown: Counter[Cell] = Counter()
        for name, count in world.items():
            for cell in self._cells_of(name):
                shown[cell] += count
        return shown

    def differences(self, shown: Mapping[Cell, int], own: Iterable[Cell]) -> Iterator[str]:
        """Yield where a world shows something else than was published, by its cells and others."""
        for cell in dict.fromkeys((*own, *shown)):
            published = self._published.get(cell)
            if published is not None and published not in (MARK, shown.get(cell, 0)):
                yield f"{cell} shows {shown.get(cell, 0)} for {published}"

    def _cells_of(self, name: KindName) -> list[Cell]:
        if name not in self._cells:
            reader: _Reading = _READERS.get(name[0], _of_table)
            found = {
                (number, table["id"], *key): None
                for number, span, table in self._tables
                for key in reader(name, span, table)
            }
            self._cells[name] = list(found)
        return self._cells[name]


def shown_in(report: Mapping[str, Any]) -> Iterator[Cell]:
    """Yield the cells that a report shows, but for those of public events."""
    for table in report["tables"]:
        for *key, value in table["rows"]:
            if value != MARK and key[0] not in PUBLIC:
                yield (table["id"], *key)


def _spread(table: Mapping[str, Any], labels: Sequence[Sequence[str]]) -> Iterator[Cell]:
    """Yield the cells of a table in which a unit with these labels is counted."""
    merged = []
    for dim, several in zip(table["dims"], labels, strict=True):
        groups = table["groups"].get(dim, {})
        known = {
            next((group for group, members in groups.items() if label in members), label)
            for label in several
        }
        merged.append([*sorted(known), TOTAL])
    yield from product(*merged)


def _of_table(name: KindName, span: _Span, table: Mapping[str, Any]) -> Iterator[Cell]:
    """Read a unit of a month: a label (or several) in each dimension of its table."""
    table_id, month, *labels = name
    if month not in span.months:
        return
    if table["id"] == table_id:
        spread = [[label] if isinstance(label, str) else label for label in labels]
        yield from _spread(table, spread)
    elif table["id"] == SUMMARY and table_id in _LINE_OF:
        yield (_LINE_OF[table_id],)


def _of_woman(name: KindName, span: _Span, table: Mapping[str, Any]) -> Iterator[Cell]:
    """Read a woman's label in each of her months: the last one of a period counts there."""
    table_id, came, labels = name
    inside = [label for month, label in zip(came, labels, strict=True) if month in span.months]
    if table["id"] == table_id and inside:
        yield from _spread(table, [inside[-1:]])


def _of_course(name: KindName, span: _Span, table: Mapping[str, Any]) -> Iterator[Cell]:
    """Read a woman's year: when she came, whether she was known, what she told when."""
    _course, came, known, told = name
    inside = [said for said in told if said[0] in span.months]
    types = {label for said in inside for label in said[1]}
    if table["id"] == SUMMARY and span.months & set(came):
        yield ("clients",)
        first = not known and inside and min(said[0] for said in told) in span.months
        line = "first" if first else "returning" if inside else "continuing"
        yield (f"clients_{line}",)
    elif table["id"] == _TYPES and types:
        yield from _spread(table, [sorted(types)])
    elif table["id"] == _WHO and types:
        who = {label for said in inside for label in said[2]}
        real = sorted(who.difference(_UNSAID))
        spoken = real or [next((label for label in _UNSAID[:2] if label in who), _UNSAID[2])]
        yield from _spread(table, [spoken])


def _of_line(line: str) -> _Reading:
    def read(name: KindName, span: _Span, table: Mapping[str, Any]) -> Iterator[Cell]:
        # Hours are said of a whole period, the others of their months.
        own = span.period in name[1:] if name[0] == "hours" else span.months & set(name[1:])
        if table["id"] == SUMMARY and own:
            yield (line,)

    return read


def _of_nothing(_name: KindName, _span: _Span, _table: Mapping[str, Any]) -> Iterator[Cell]:
    yield from ()


_WOMEN = ("age_band", "marital", "education", "employment", "heard_from", "residence")
_READERS: dict[str, _Reading] = {
    "course": _of_course,
    "contacts": _of_line("contacts"),
    "child": _of_line("playroom_children"),
    "hours": _of_line("playroom_hours"),
    "minutes": _of_nothing,
    **{f"clients_by_{attribute}": _of_woman for attribute in _WOMEN},
}
