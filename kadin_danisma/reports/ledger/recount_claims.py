"""Whether a proof claims enough: that every small hidden number could be 0, and could be large.

Where all units of a line stand in one hidden cell, one of them could stand elsewhere in it, or
there could be none of them.

Less is enough only where older reports allow no more: in a report that shows nothing, beside a
number given by hand, and beside a report published with a smaller minimum (its own then).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from kadin_danisma.reports.ledger.recount_reading import MARK, SUMMARY, TOTAL, Cell, shown_in
from kadin_danisma.reports.ledger.recount_rules import months_of

#: The least and the most that a number can be in the worlds of a proof.
_Range = tuple[float, float]


def unproved(
    proof: Mapping[str, Any], reports: Sequence[Mapping[str, Any]], own: Mapping[Cell, int]
) -> Iterator[str]:
    """Yield the small hidden numbers of which a proof claims too little, by its own list.

    Args:
        proof: All families' parts.
        reports: Every published report that it speaks of.
        own: What every cell truly is.
    """
    claimed = _claimed(proof)
    everything = [*reports, *proof["unpublished"]]
    minimums = {report["number"]: report["rule"]["minimum"] for report in everything}
    promised = {
        report["number"]: 0 if _tells_nothing(report, own, proof) else _promised(report, everything)
        for report in everything
    }
    for place in map(tuple, proof["small"]):
        if place[0] not in proof["withheld"]:
            least, most = claimed.get(place, (inf, 0))
            needed = _needed(own[place], minimums[place[0]], promised[place[0]])
            if least > needed[0] or most < needed[1]:
                yield f"too little is claimed for {place}"
    for report in everything:
        if report["number"] not in proof["withheld"] and promised[report["number"]]:
            for place in _groups_given_away(report, own, proof, claimed):
                yield f"nothing is claimed beside {place}, where all of a line are"


def _groups_given_away(
    report: Mapping[str, Any],
    own: Mapping[Cell, int],
    proof: Mapping[str, Any],
    claimed: Mapping[Cell, _Range],
) -> Iterator[Cell]:
    """Yield the hidden cells in which all units of a line stand, as far as the proof says."""
    small = {tuple(place) for place in proof["small"]}
    for table in report["tables"]:
        for *key, value in table["rows"] if table["id"] != SUMMARY else ():
            place = (report["number"], table["id"], *key)
            if value != MARK or place in small or not own.get(place):
                continue
            lines = (each for each in _lines(place, table) if own[each[0]] == own[place])
            if not all(_could_be_otherwise(line, others, claimed) for line, others in lines):
                yield place


def _could_be_otherwise(line: Cell, others: Sequence[Cell], claimed: Mapping[Cell, _Range]) -> bool:
    """Tell whether a line could hold something else too, or nothing at all."""
    return claimed[line][0] == 0 or any(claimed[other][1] >= 1 for other in others)


def _lines(place: Cell, table: Mapping[str, Any]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Yield the margin of each line through a cell, and the other cells of the line."""
    for at, dim in enumerate(table["dims"], start=2):
        labels = [label for label in table["categories"][dim] if label != place[at]]
        if place[at] != TOTAL and dim not in table["multi"] and labels:
            margin, *others = ((*place[:at], label, *place[at + 1 :]) for label in (TOTAL, *labels))
            yield margin, others


def _claimed(proof: Mapping[str, Any]) -> dict[Cell, _Range]:
    found: dict[Cell, _Range] = defaultdict(lambda: (inf, 0))
    for part in proof["families"]:
        for place, lowest, highest, _world in part["claims"]:
            least, most = found[tuple(place)]
            at_most = inf if highest is None else highest
            found[tuple(place)] = min(least, at_most), max(most, lowest)
    return found


def _needed(value: int, minimum: int, promised: int) -> _Range:
    """Return what a small number must be able to be."""
    if promised < minimum and value >= promised:
        return value, value
    return 0, promised if value < promised else 2 * value


def _promised(report: Mapping[str, Any], everything: Sequence[Mapping[str, Any]]) -> int:
    """Return the smallest minimum of the reports that share months with one.

    None is kept beside a number that was given by hand, which nothing protected.
    """
    if any(each.get("told") for each in everything):
        return 0
    months = months_of(report["period"])
    beside = (each for each in everything if months & months_of(each["period"]))
    return min(int(each["rule"]["minimum"]) for each in beside)


def _tells_nothing(
    report: Mapping[str, Any], own: Mapping[Cell, int], proof: Mapping[str, Any]
) -> bool:
    """Tell whether a report was published as stars only, or so few women came that it will be."""
    few = any(
        0 < own.get((report["number"], SUMMARY, line), 0) < report["rule"]["minimum"]
        for line in ("clients", "applications")
    )
    return few or (report not in proof["unpublished"] and not any(shown_in(report)))
