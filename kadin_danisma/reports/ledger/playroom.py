"""Worlds of the playroom: visits, the children who made them, and their hours."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kadin_danisma.domain import counting
from kadin_danisma.domain.facts import Facts
from kadin_danisma.domain.table import TOTAL
from kadin_danisma.reports.ledger.edition import Edition
from kadin_danisma.reports.ledger.worlds import SUMMARY, Frame, Link, Worlds

TABLE = "playroom_by_age_band"
#: The longest a visit of one day can be, in minutes.
_DAY = 24 * 60 - 1
_Terms = dict[str, dict[int, int]]


def worlds(editions: Sequence[Edition], months: Mapping[str, Facts]) -> list[Worlds]:
    """Return the one family of the playroom.

    Args:
        editions: All reports of the year, the new one among them.
        months: The facts of each of their months; a woman has the same number in all of them.
    """
    definition = next(each for each in counting.TABLES if each.id == TABLE)
    made = Worlds("playroom")
    frame = Frame(made, TABLE, editions)
    lines = made.add_lines(editions, "playroom_visits", (TABLE, (TOTAL,)))
    made.add_lines(editions, "playroom_children")
    made.add_lines(editions, "playroom_hours")
    visits: _Terms = defaultdict(dict)
    used = sorted({month for edition in editions for month in edition.months})
    for month in used:
        units = Counter(labels[0][0] for _client, _n, labels in definition.units(months[month]))
        for band in definition.dims[0][1]:
            places = frame.of_month(month, (band,))
            places += [place for edition, place in lines if month in edition.months]
            at = made.add((TABLE, month, band), None, places, units[band], month)
            visits[month][at] = 1
    children = _add_children(made, editions, {month: months[month] for month in used})
    minutes = _add_minutes(made, {month: months[month] for month in used})
    for month in used:
        of_month = visits[month]
        made.links.append(Link(of_month | dict.fromkeys(children[month], -1)))
        longest = dict.fromkeys(of_month, _DAY)
        made.links.append(Link(longest | {minutes[month]: -1}))
    _add_hours(made, editions, months, minutes)
    return [made]


def _add_children(
    made: Worlds, editions: Sequence[Edition], months: Mapping[str, Facts]
) -> dict[str, list[int]]:
    """Add the children by the months in which they came; return the kinds of each month."""
    came: dict[tuple[int, str], set[str]] = defaultdict(set)
    for month, facts in months.items():
        for visit in facts.visits:
            came[visit.client, visit.child].add(month)
    own = Counter(tuple(sorted(those)) for those in came.values())
    fewer = {tuple(m for m in those if m != left) for those in own for left in those}
    found: dict[str, list[int]] = defaultdict(list)
    for those in sorted({*own, *fewer, *((month,) for month in months)} - {()}):
        places = [
            (edition.number, SUMMARY, ("playroom_children",))
            for edition in editions
            if edition.months & set(those)
        ]
        at = made.add(("child", *those), None, places, own[those], those)
        for month in those:
            found[month].append(at)
    return found


def _add_minutes(made: Worlds, months: Mapping[str, Facts]) -> dict[str, int]:
    return {
        month: made.add(
            ("minutes", month), None, (), sum(visit.minutes for visit in facts.visits), month
        )
        for month, facts in months.items()
    }


def _add_hours(
    made: Worlds,
    editions: Sequence[Edition],
    months: Mapping[str, Facts],
    minutes: Mapping[str, int],
) -> None:
    """Add the hours of each report, which are its minutes rounded half up."""
    for key in dict.fromkeys(edition.period.key for edition in editions):
        same = [edition for edition in editions if edition.period.key == key]
        places = [(edition.number, SUMMARY, ("playroom_hours",)) for edition in same]
        inside = sorted(same[0].months)
        total = sum(visit.minutes for month in inside for visit in months[month].visits)
        at = made.add(("hours", key), None, places, (total + 30) // 60, linked=key)
        terms = {minutes[month]: 1 for month in inside} | {at: -60}
        made.links.append(Link(terms, lower=-30, upper=29))
