"""Adding a proof up again, with whole numbers and nothing of what found it.

Every world is expanded from the plain descriptions of its kinds into the cells of every published
report. It must show every published number as it was published, hold as many units of each class
as there are, keep the rules of the trade (``recount_rules``), and have the claimed number where
the claim says. This module reads published reports and proofs as data (contract.md section 4) and
shares no code with the rest of the ledger.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from kadin_danisma.reports.ledger.recount_claims import unproved
from kadin_danisma.reports.ledger.recount_months import by_name, many_came, nobody_came, world_of
from kadin_danisma.reports.ledger.recount_reading import Cell, KindName, Reader, shown_in
from kadin_danisma.reports.ledger.recount_rules import Limits, broken, months_of

#: What a proof says of one family.
_Part = Mapping[str, Any]


def faults(proof: Mapping[str, Any], reports: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what is wrong with a proof, as plain sentences for a log; nothing if it holds.

    Args:
        proof: All families' parts.
        reports: Every published report that it speaks of (contract.md section 4).
    """
    if proof["silent"]:
        return list(_told_by_a_silent(proof, reports))
    everything = [*reports, *proof["unpublished"]]
    withheld = [each for each in everything if each["number"] in proof["withheld"]]
    added_up = _Recount(proof, Reader(everything))
    found: list[str] = []
    everywhere: dict[Cell, int] = {}
    for part in proof["families"]:
        own = added_up.reader.shown(world_of(part))
        everywhere |= own
        for number, change in enumerate(part["worlds"]):
            wrong = added_up.faults_of(part, number, change, own)
            found.extend(f"{part['family']}, world {number}: {fault}" for fault in wrong)
        for report in withheld:
            found.extend(_faults_of_withheld(part, report, proof, added_up.reader))
    return [*found, *unproved(proof, reports, everywhere)]


class _Recount:
    """Adds up the worlds of one proof."""

    def __init__(self, proof: Mapping[str, Any], reader: Reader) -> None:
        self.reader = reader
        self._limits = Limits(proof)
        self._families = proof["families"]

    @cached_property
    def _of_women(self) -> list[tuple[_Part, Mapping[Cell, int]]]:
        """The parts about women, and what every cell of theirs truly is."""
        return [
            (part, self.reader.shown(_women_of(part)))
            for part in self._families
            if _is_of_women(part["family"])
        ]

    def faults_of(
        self, part: _Part, number: int, change: Mapping[str, int], own: Mapping[Cell, int]
    ) -> list[str]:
        """Return what is wrong with a world.

        Args:
            part: The family's part of the proof.
            number: The world's.
            change: How many more or fewer of some kinds there are in it than truly.
            own: What every cell truly is.
        """
        world = Counter(dict(enumerate(part["truth"])))
        for at, more in change.items():
            world[int(at)] += more
        wrong = list(self._misshapen(part, number, world))
        if not wrong:
            shown = self.reader.shown(by_name(part, world))
            wrong = [*broken(part, world, self._limits), *self.reader.differences(shown, own)]
            wrong += _unmet(part, number, shown)
        return wrong

    def _misshapen(self, part: _Part, number: int, world: Mapping[int, int]) -> Iterator[str]:
        """Yield why a world is none at all, whatever it shows."""
        told = part["beside"].get(str(number))
        if not all(_is_natural(count) for count in world.values()):
            yield "a count is no natural number"
        elif told is not None:
            yield from self._faults_beside(part, world, told)
        elif _classes(part, world) != _classes(part, dict(enumerate(part["truth"]))):
            yield "a class has another size"

    def _faults_beside(
        self, part: _Part, world: Mapping[int, int], told: Mapping[str, Any]
    ) -> Iterator[str]:
        """Yield what is wrong with the other tables of a world in which others came when."""
        here = _classes(part, world)
        for other, own in self._of_women:
            family = other["family"]
            if other is part:
                continue
            kinds = [name for name, _count in told.get(family, ())]
            counts = dict(enumerate(count for _name, count in told.get(family, ())))
            same = {"family": family, "kinds": kinds}
            if not all(_is_natural(count) for count in counts.values()):
                yield f"{family}: a count is no natural number"
            elif _classes(same, counts) != here:
                yield f"{family}: other women came"
            else:
                shown = self.reader.shown(by_name(same, counts))
                wrong = [*broken(same, counts, self._limits), *self.reader.differences(shown, own)]
                yield from (f"{family}: {each}" for each in wrong)


def _women_of(part: Mapping[str, Any]) -> dict[KindName, int]:
    """Return the women of a family, without the applications that it varies with them."""
    return {
        name: count
        for name, count in world_of(part).items()
        if name[0] == "course" or _is_of_women(name[0])
    }


def _is_of_women(family: str) -> bool:
    return family == "courses" or family.startswith("clients_")


def _told_by_a_silent(
    proof: Mapping[str, Any], reports: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield what a report shows that must show nothing, because nothing could be proved of it."""
    for report in reports:
        if report["number"] == proof["number"]:
            yield from (f"{cell} is shown" for cell in shown_in(report))


def _faults_of_withheld(
    part: Mapping[str, Any], report: Mapping[str, Any], proof: Mapping[str, Any], reader: Reader
) -> Iterator[str]:
    """Yield what is wrong with the two worlds of a report that shows nothing."""
    number, minimum = report["number"], report["rule"]["minimum"]
    truth, months = world_of(part), months_of(report["period"])
    own = reader.shown(truth)
    small = [cell for cell in map(tuple, proof["small"]) if cell[0] == number and cell in own]
    without = reader.shown(nobody_came(truth, months))
    with_many = reader.shown(many_came(truth, months, 2 * minimum))
    for shown in (without, with_many):
        yield from (f"{number} is withheld: {each}" for each in reader.differences(shown, own))
    for cell in small:
        enough = max(minimum, 2 * own[cell]) if own[cell] else 0
        if without[cell] or with_many[cell] < enough:
            yield f"{number} is withheld, but nothing else is possible for {cell}"


def _is_natural(count: object) -> bool:
    return isinstance(count, int) and count >= 0


def _unmet(part: Mapping[str, Any], number: int, shown: Mapping[Cell, int]) -> Iterator[str]:
    """Yield the claims on a world that it does not meet."""
    for place, lowest, highest, at in part["claims"]:
        if at == number:
            value = shown[tuple(place)]
            if value < lowest or (highest is not None and value > highest):
                yield f"{place} is {value}, not as claimed"


def _classes(part: Mapping[str, Any], world: Mapping[int, int]) -> Counter[Any]:
    """Return how many units there are of each sort that stays: by month, or by who came when.

    Beside the courses of women the number of applications may be another; ``broken`` looks at it.
    """
    sizes: Counter[Any] = Counter()
    for at, count in world.items():
        name = part["kinds"][at]
        if name[0] == "course":
            sizes[tuple(name[1])] += count
        elif name[0].startswith("applications_") and part["family"] != "courses":
            sizes[name[1]] += count
        elif name[0].startswith("clients_"):
            sizes[tuple(name[1])] += count
    return +sizes
