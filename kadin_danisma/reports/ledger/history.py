"""The ledger's whole work: from the reports published so far to a new one that is safe beside them.

The guarantee (disclosure.md 0.3): for every small number in any report ever published there are
complete worlds of whole numbers that show everything published and have it otherwise: 0, and at
least the minimum (twice its value where few women stand behind a bigger one).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kadin_danisma.domain.facts import Facts
from kadin_danisma.domain.table import ProtectedTable
from kadin_danisma.progress import Progress
from kadin_danisma.reports.ledger import courses, playroom, proof, units, women
from kadin_danisma.reports.ledger.edition import Edition, Place, covered
from kadin_danisma.reports.ledger.hiding import Family, family_of, hide, places_of


@dataclass(frozen=True, slots=True)
class Protected:
    """A new report as it may leave the centre.

    Attributes:
        tables: With MARK in place of what is hidden.
        small: The places hidden for what they are; the others protect them.
        proof: The proof over this report and all it hangs together with.
        withheld: Families of which nothing could be proved and so nothing is shown.
    """

    tables: tuple[ProtectedTable, ...]
    small: frozenset[Place]
    proof: dict[str, Any]
    withheld: tuple[str, ...]


def connected(published: Sequence[Edition], new: Edition) -> list[Edition]:
    """Return the published reports that hang together with a new one by common months, and it."""
    found, months = {new.number}, new.months
    while True:
        more = [each for each in published if each.number not in found and each.months & months]
        if not more:
            break
        found |= {each.number for each in more}
        months = months.union(*(each.months for each in more))
    return [*(each for each in published if each.number in found), new]


def protect(
    published: Sequence[Edition],
    new: Edition,
    months: Mapping[str, Facts],
    progress: Progress | None = None,
) -> Protected:
    """Hide what must be hidden in a new report.

    Args:
        published: Every report published in its calendar year.
        new: The report with true values.
        months: The facts of every month of all these reports, as they stand now; a woman has the
            same number in all of them.
        progress: Told (families done, families in all) and asked often; cancels by raising.
    """
    editions = connected(published, new)
    families = [
        family_of(worlds, editions, new)
        for source in (units, women, courses, playroom)
        for worlds in source.worlds(editions, months)
    ]
    hidden: set[Place] = set()
    parts: list[dict[str, Any]] = []
    withheld: list[str] = []
    for done, family in enumerate(families):

        def tick(done: int = done) -> None:
            if progress:
                progress(done, len(families))

        tick()
        hide(family, tick)
        part, missing = proof.prove(family, tick)
        if missing and not family.failed:
            family.hidden = set(family.new)
            part, missing = proof.prove(family, tick)
        if missing:
            withheld.append(family.worlds.family)
        parts.append(part)
        hidden |= places_of(family, family.hidden, new.number)
    return Protected(
        tuple(covered(new.truth, frozenset(hidden), new.number)),
        frozenset(_small(families, new)),
        {"format": proof.FORMAT, "number": new.number, "families": parts,
         "small": sorted([*place[:2], *place[2]] for place in _goal_places(families))},
        tuple(withheld),
    )  # fmt: skip


def _small(families: Sequence[Family], new: Edition) -> set[Place]:
    return {place for family in families for place in places_of(family, family.small, new.number)}


def _goal_places(families: Sequence[Family]) -> set[Place]:
    """Return one place of every number that has goals."""
    found = set()
    for family in families:
        place_of = {row: at for at, row in sorted(family.worlds.places.items(), reverse=True)}
        found |= {place_of[goal.row] for goal in family.goals}
    return found
