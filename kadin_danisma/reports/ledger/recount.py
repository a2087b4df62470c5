"""Adding a proof up again, with whole numbers and nothing of what found it.

Every world is expanded from the plain descriptions of its kinds into the cells of every published
report. It must show every published number as it was published, hold as many units of each class
as there are, keep the rules of the trade (``recount_rules``), and have the claimed number where
the claim says. This module reads published reports and proofs as data (contract.md section 4) and
shares no code with the rest of the ledger.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from kadin_danisma.reports.ledger.recount_rules import Limits, broken, months_of

_Cell = tuple[Any, ...]
_Kind = Sequence[Any]
_Reader = Callable[[_Kind, str, Mapping[str, Any]], Iterator[_Cell]]
_MARK, _TOTAL, _SUMMARY = "*", "_total", "summary"
_TYPES, _WHO = "clients_by_violence_type", "clients_by_perpetrator"
_UNSAID = ("unknown", "declined", "not_asked")
#: Tables of units that add up, and the line of the summary that is their total.
_LINE_OF = {
    "applications_by_channel": "applications",
    "sessions_by_service_and_channel": "sessions",
    "referrals_by_institution_and_outcome": "referrals",
    "playroom_by_age_band": "playroom_visits",
}


def faults(proof: Mapping[str, Any], reports: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what is wrong with a proof, as plain sentences for a log; nothing if it holds.

    Args:
        proof: All families' parts.
        reports: Every published report that it speaks of (contract.md section 4).
    """
    found = list(_unproved(proof))
    limits = Limits(proof)
    for part in proof["families"]:
        add_up = _Adder(part, reports)
        if part["unproved"]:
            found.extend(f"{part['family']}: {fault}" for fault in add_up.told_in(proof["number"]))
        truth = Counter(dict(enumerate(part["truth"])))
        classes = _classes(part["kinds"], truth)
        for number, change in enumerate(part["worlds"]):
            world = Counter(truth)
            for at, more in change.items():
                world[int(at)] += more
            where = f"{part['family']}, world {number}"
            if not all(_is_natural(count) for count in world.values()):
                found.append(f"{where}: a count is no natural number")
            elif _classes(part["kinds"], world) != classes:
                found.append(f"{where}: a class has another size")
            else:
                wrong = [*broken(part, world, limits), *add_up.faults(world, number)]
                found.extend(f"{where}: {fault}" for fault in wrong)
    return found


def _is_natural(count: object) -> bool:
    return isinstance(count, int) and count >= 0


def _unproved(proof: Mapping[str, Any]) -> Iterator[str]:
    """Yield the small hidden numbers for which the proof claims nothing, by their own list."""
    claimed = {
        tuple(place) for part in proof["families"] for place, _low, _high, _at in part["claims"]
    }
    claimed |= {tuple(place) for part in proof["families"] for place in part["unproved"]}
    for place in proof["small"]:
        if tuple(place) not in claimed:
            yield f"nothing is claimed for {place}"


def _classes(kinds: Sequence[_Kind], world: Mapping[int, int]) -> Counter[Any]:
    """Return how many units there are of each sort that stays: by month, or by who came when."""
    sizes: Counter[Any] = Counter()
    for at, count in world.items():
        name = kinds[at]
        if name[0] == "course":
            sizes[tuple(name[1])] += count
        elif name[0].startswith("applications_"):
            sizes[name[1]] += count
        elif name[0].startswith("clients_"):
            sizes[tuple(name[1])] += count
    return +sizes


class _Adder:
    """Adds worlds of one family up into the cells of all reports."""

    def __init__(self, part: Mapping[str, Any], reports: Sequence[Mapping[str, Any]]) -> None:
        self._part = part
        self._published: dict[_Cell, Any] = {}
        self._tables: list[tuple[str, str, Mapping[str, Any]]] = []
        for report in reports:
            for table in report["tables"]:
                self._tables.append((report["number"], report["period"], table))
                for *key, value in table["rows"]:
                    self._published[report["number"], table["id"], *key] = value
        self._cells = [dict.fromkeys(self._of_kind(name)) for name in part["kinds"]]
        self._own = {cell for cells in self._cells for cell in cells}

    def faults(self, world: Mapping[int, int], number: int) -> Iterator[str]:
        """Yield where a world shows something else than was published, or than is claimed."""
        shown: Counter[_Cell] = Counter()
        for at, count in world.items():
            for cell in self._cells[at]:
                shown[cell] += count
        for cell in self._own:
            published = self._published.get(cell)
            if published is not None and published != _MARK and published != shown[cell]:
                yield f"{cell} shows {shown[cell]} for {published}"
        for place, lowest, highest, at in self._part["claims"]:
            if at == number:
                value = shown[tuple(place)]
                if value < lowest or (highest is not None and value > highest):
                    yield f"{place} is {value}, not as claimed"

    def told_in(self, number: str) -> Iterator[str]:
        """Yield what a report tells of the family, where it must tell nothing."""
        for cell in self._own:
            if cell[0] == number and self._published.get(cell, _MARK) != _MARK:
                yield f"{cell} is shown beside numbers of which nothing is proved"

    def _of_kind(self, name: _Kind) -> Iterator[_Cell]:
        reader = _READERS.get(name[0], _of_table)
        for number, period, table in self._tables:
            for key in reader(name, period, table):
                yield (number, table["id"], *key)


def _spread(table: Mapping[str, Any], labels: Sequence[Sequence[str]]) -> Iterator[_Cell]:
    """Yield the cells of a table in which a unit with these labels is counted."""
    merged = []
    for dim, several in zip(table["dims"], labels, strict=True):
        groups = table["groups"].get(dim, {})
        known = {
            next((group for group, members in groups.items() if label in members), label)
            for label in several
        }
        merged.append([*sorted(known), _TOTAL])
    yield from product(*merged)


def _of_table(name: _Kind, period: str, table: Mapping[str, Any]) -> Iterator[_Cell]:
    """Read a unit of a month: a label (or several) in each dimension of its table."""
    table_id, month, *labels = name
    if month not in months_of(period):
        return
    if table["id"] == table_id:
        spread = [[label] if isinstance(label, str) else label for label in labels]
        yield from _spread(table, spread)
    elif table["id"] == _SUMMARY and table_id in _LINE_OF:
        yield (_LINE_OF[table_id],)


def _of_woman(name: _Kind, period: str, table: Mapping[str, Any]) -> Iterator[_Cell]:
    """Read a woman's label in each of her months: the last one of a period counts there."""
    table_id, came, labels = name
    inside = [
        label for month, label in zip(came, labels, strict=True) if month in months_of(period)
    ]
    if table["id"] == table_id and inside:
        yield from _spread(table, [inside[-1:]])


def _of_course(name: _Kind, period: str, table: Mapping[str, Any]) -> Iterator[_Cell]:
    """Read a woman's year: when she came, whether she was known, what she told when."""
    _course, came, known, told = name
    months = months_of(period)
    inside = [said for said in told if said[0] in months]
    types = {label for said in inside for label in said[1]}
    if table["id"] == _SUMMARY and months & set(came):
        yield ("clients",)
        first = not known and inside and min(said[0] for said in told) in months
        line = "first" if first else "returning" if inside else "continuing"
        yield (f"clients_{line}",)
    elif table["id"] == _TYPES and types:
        yield from _spread(table, [sorted(types)])
    elif table["id"] == _WHO and types:
        who = {label for said in inside for label in said[2]}
        real = sorted(who.difference(_UNSAID))
        spoken = real or [next((label for label in _UNSAID[:2] if label in who), _UNSAID[2])]
        yield from _spread(table, [spoken])


def _of_line(line: str) -> _Reader:
    def read(name: _Kind, period: str, table: Mapping[str, Any]) -> Iterator[_Cell]:
        # Hours are said of a whole period, the others of their months.
        own = period in name[1:] if name[0] == "hours" else months_of(period) & set(name[1:])
        if table["id"] == _SUMMARY and own:
            yield (line,)

    return read


def _of_nothing(_name: _Kind, _period: str, _table: Mapping[str, Any]) -> Iterator[_Cell]:
    yield from ()


_WOMEN = ("age_band", "marital", "education", "employment", "heard_from", "residence")
_READERS: dict[str, _Reader] = {
    "course": _of_course,
    "contacts": _of_line("contacts"),
    "child": _of_line("playroom_children"),
    "hours": _of_line("playroom_hours"),
    "minutes": _of_nothing,
    **{f"clients_by_{attribute}": _of_woman for attribute in _WOMEN},
}
