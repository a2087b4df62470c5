"""One attempt at a new report: hide what must be hidden in every family, then prove all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from kadin_danisma.domain.facts import Facts
from kadin_danisma.progress import Progress
from kadin_danisma.reports.ledger import courses, playroom, proof, units, women
from kadin_danisma.reports.ledger.beside import Beside
from kadin_danisma.reports.ledger.edition import Edition, Place, Protected, covered
from kadin_danisma.reports.ledger.goals import promises
from kadin_danisma.reports.ledger.hiding import Family, family_of, hide, places_of
from kadin_danisma.reports.ledger.withholding import (
    all_places,
    is_silent,
    is_too_small,
    of_women,
    touched,
)
from kadin_danisma.reports.ledger.worlds import Worlds

#: How many families of worlds there are.
_FAMILIES = 14


def attempt(
    book: Sequence[Edition],
    new: Edition,
    months: Mapping[str, Facts],
    withheld: Sequence[Edition],
    progress: Progress | None,
    hidden_anyway: AbstractSet[Place] = frozenset(),
) -> Protected | None:
    """Hide what must be hidden in a new report beside some that show nothing.

    Args:
        book: All reports that hang together, the new one and the unpublished ones among them.
        new: The new one.
        months: The facts of each of their months.
        withheld: Those of so few women that nothing is shown; two worlds of their own prove them.
        progress: Told how far it is, and asked often.
        hidden_anyway: What is hidden in the new one before anything else.

    Returns:
        The report, or None as soon as something cannot be proved.
    """
    hidden = all_places(new) if new in withheld else touched(new, withheld, months)
    made = _Attempt(book, new, {each.number for each in withheld}, hidden | hidden_anyway, progress)
    choices = [iter(choice) for choice in _choices(book, months)]
    if not all(made.hide(choice) for choice in choices):
        return None
    # A world of other women needs room in every table about them: now it is known where there is.
    if not all(made.prove(place, choice) for place, choice in enumerate(choices)):
        return None
    return made.protected()


def _choices(book: Sequence[Edition], months: Mapping[str, Facts]) -> Iterator[Iterable[Worlds]]:
    """Yield each family, as few worlds and, where that may not do, as many."""
    for source in (units, women, playroom):
        for worlds in source.worlds(book, months):
            yield [worlds]
    # How women came comes last: it may need to hide more of what the others show.
    yield (
        worlds
        for widely in (False, True)
        if widely or not units.are_sessions_few(book)
        for worlds in courses.worlds(book, months, widely=widely)
    )


class _Attempt:
    """What was hidden and proved so far."""

    def __init__(
        self,
        book: Sequence[Edition],
        new: Edition,
        withheld: AbstractSet[str],
        hidden: set[Place],
        progress: Progress | None,
    ) -> None:
        self._book, self._new, self._withheld = book, new, withheld
        self._hidden = hidden
        self._progress = progress
        self._promised = promises(book, _broken(book))
        # Where women are shown, reports without a proof are protected like all others.
        self._of_women = self._promised if of_women(new) <= hidden else promises(book, [])
        self._families: list[Family] = []
        self._parts: list[dict[str, Any]] = []

    def hide(self, choice: Iterator[Worlds]) -> bool:
        """Hide what a family must, by the first of its worlds that allow it; tell if any do."""
        family = self._hidden_in(choice)
        if family is not None:
            self._families.append(family)
        return family is not None

    def prove(self, place: int, others: Iterator[Worlds]) -> bool:
        """Prove a family, with more worlds if need be; tell whether it can be."""
        part = self._proved(self._families[place])
        while part is None:
            family = self._hidden_in(others)
            if family is None:
                return False
            self._families[place] = family
            part = self._proved(family)
        self._parts.append(part)
        return True

    def protected(self) -> Protected:
        """Return the report with its proof."""
        new = self._new
        small = {
            place
            for family in self._families
            for place in places_of(family, family.small, new.number)
        }
        proved = {
            "format": proof.FORMAT,
            "number": new.number,
            "families": self._parts,
            "small": sorted([*place[:2], *place[2]] for place in _small_places(self._book)),
            "silent": False,
            "withheld": sorted(self._withheld),
            "unpublished": [each.as_document() for each in self._book if each.is_unpublished],
        }
        shown = covered(new.truth, frozenset(self._hidden), new.number)
        return Protected(tuple(shown), frozenset(small), proved, ())

    def _hidden_in(self, choice: Iterator[Worlds]) -> Family | None:
        for worlds in choice:
            self._tick()
            promised = self._of_women if worlds.bends else self._promised
            family = family_of(
                worlds, self._book, self._new, self._hidden, self._withheld, promised
            )
            hide(family, self._tick)
            if not family.failed:
                self._hidden |= places_of(family, family.hidden, self._new.number)
                return family
        return None

    def _proved(self, family: Family) -> dict[str, Any] | None:
        """Return a family's part of the proof; if need be, hide all of it in the new report."""
        worlds = [each.worlds for each in self._families]
        beside = Beside(self._book, self._new, worlds, self._hidden)
        part = proof.prove(family, beside, self._tick)
        if part is None:
            family.hidden = set(family.new)
            self._hidden |= places_of(family, family.hidden, self._new.number)
            part = proof.prove(family, beside, self._tick, with_less=True)
        return part

    def _tick(self) -> None:
        if self._progress:
            self._progress(len(self._families) + len(self._parts), 2 * _FAMILIES)


def _broken(book: Sequence[Edition]) -> list[str]:
    """Return the reports of which nothing is promised, unless they are counted among the withheld.

    A number that was given by hand left beside no proof: what it says of others cannot be mended.
    """
    is_told = any(edition.told for edition in book)
    return [
        each.number
        for each in book
        if is_told or is_too_small(each) or (is_silent(each) and not each.is_unpublished)
    ]


def _small_places(editions: Sequence[Edition]) -> set[Place]:
    """Return every hidden place that must be hidden for what it is."""
    found: set[Place] = set()
    for edition in editions:
        found |= edition.small & edition.hidden if edition.shown else edition.small
    return found
