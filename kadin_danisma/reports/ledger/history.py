"""The ledger's whole work: from the reports published so far to a new one that is safe beside them.

The guarantee (disclosure.md 0.3): for every small number in any report ever published there are
complete worlds of whole numbers that show everything published and have it otherwise: 0, and at
least the minimum (twice its value where few women stand behind a bigger one).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import months_reached
from kadin_danisma.domain.facts import Facts
from kadin_danisma.domain.table import as_data
from kadin_danisma.progress import Progress
from kadin_danisma.reports import profiles
from kadin_danisma.reports.disclosure import is_small
from kadin_danisma.reports.ledger import courses, playroom, proof, recount, units, women
from kadin_danisma.reports.ledger.apart import apart, recounted
from kadin_danisma.reports.ledger.beside import Beside
from kadin_danisma.reports.ledger.edition import SILENT, WOMEN, Edition, Place, Protected, covered
from kadin_danisma.reports.ledger.goals import promises
from kadin_danisma.reports.ledger.hiding import Family, Tick, family_of, hide, places_of
from kadin_danisma.reports.ledger.withholding import (
    all_places,
    is_silent,
    is_too_small,
    of_women,
    touched,
)
from kadin_danisma.reports.ledger.worlds import Worlds, is_number_of_women

#: How many families of worlds there are.
_FAMILIES = 14


def connected(published: Sequence[Edition], new: Edition) -> list[Edition]:
    """Return the published reports that hang together with a new one by common months, and it."""
    months = months_reached(new.period, [each.period for each in published])
    return [*(each for each in published if months.intersection(each.period.months)), new]


def protect(
    published: Sequence[Edition],
    new: Edition,
    months: Mapping[str, Facts],
    progress: Progress | None = None,
    detail: str = profiles.FULL,
) -> Protected:
    """Hide what must be hidden in a new report.

    Args:
        published: Every report published in its calendar year.
        new: The report with true values.
        months: The facts of every month of all these reports, as they stand now; a woman has the
            same number in all of them.
        progress: Told (families done, families in all) and asked often; cancels by raising.
        detail: How finely the reports of its calendar year are told (``reports.profiles``).
    """
    editions = connected(published, new)
    book = [*unpublished(editions, months, detail), *editions]
    withheld = [
        each
        for each in book
        if is_too_small(each) and (each is new or not _is_told_of(each, editions, months))
    ]
    made = _attempt(book, new, months, withheld, progress)
    if made is None and new not in withheld:
        # Beside the numbers of its parts the number of women may tell how many of them came again.
        number = {place for place in new.cells() if is_number_of_women(place)}
        made = _attempt(book, new, months, withheld, progress, number)
    if made is None and new not in withheld:
        made = _without_women(book, new, months, withheld, progress)
        withheld = [*withheld, new]
    if made is None:
        made = _attempt(book, new, months, withheld, progress)
    if made is None:
        return _silent(new)
    documents = [_as_document(each) for each in connected(published, made.edition(new))]
    if recount.faults(made.proof, documents):
        return _silent(new)
    if new.number in made.proof["withheld"]:
        return replace(made, withheld=tuple(part["family"] for part in made.proof["families"]))
    return made


def _is_told_of(
    withheld: Edition, editions: Sequence[Edition], months: Mapping[str, Facts]
) -> bool:
    """Tell whether a number that somebody told by hand speaks of a report that shows nothing."""
    return any(
        edition.shown and touched(edition, [withheld], months) - edition.hidden()
        for edition in editions
    )


def _without_women(
    book: Sequence[Edition],
    new: Edition,
    months: Mapping[str, Facts],
    withheld: Sequence[Edition],
    progress: Progress | None,
) -> Protected | None:
    """Hide all women of a new report, so that nothing holds those of its parts together."""
    hidden = of_women(new)
    made = None
    if new.period.kind != "year":
        made = _attempt(book, new, months, withheld, progress, hidden)
    if made is None:
        others = [each for each in book if each is not new]
        in_parts = apart(months, others)
        other = recounted(new, in_parts)
        made = _attempt([*others, other], other, in_parts, withheld, progress, hidden)
    if made is None:
        return None
    tables = tuple(covered(new.truth, made.edition(new).hidden(), new.number))
    return replace(made, tables=tables, withheld=(WOMEN,))


def _silent(new: Edition) -> Protected:
    """Return a report that shows nothing: it adds nothing to what is known, proof or no proof."""
    places = frozenset(all_places(new))
    proved = {"format": proof.FORMAT, "number": new.number, "silent": True}
    small = {place for place, cell in new.cells().items() if is_small(cell, new.minimum)}
    shown = tuple(covered(new.truth, places, new.number))
    return Protected(shown, frozenset(small), proved, (SILENT,))


def _attempt(
    book: Sequence[Edition],
    new: Edition,
    months: Mapping[str, Facts],
    withheld: Sequence[Edition],
    progress: Progress | None,
    hidden_anyway: AbstractSet[Place] = frozenset(),
) -> Protected | None:
    """Hide what must be hidden in a new report beside some that show nothing.

    Returns:
        The report, or None as soon as something cannot be proved.
    """
    numbers = {each.number for each in withheld}
    hidden = all_places(new) if new in withheld else touched(new, withheld, months)
    hidden |= hidden_anyway
    promised = promises(book, [each.number for each in book if _has_no_proof(each)])
    # Where women are shown, reports without a proof are protected like all others.
    promised_of_women = promised if of_women(new) <= hidden else promises(book, [])
    families: list[Family] = []
    parts: list[dict[str, Any]] = []

    def tick() -> None:
        if progress:
            progress(len(families) + len(parts), 2 * _FAMILIES)

    for choice in _choices(book, months):
        for worlds in choice:
            tick()
            least = promised_of_women if worlds.bends else promised
            family = family_of(worlds, book, new, hidden, numbers, least)
            hide(family, tick)
            if not family.failed:
                break
        if family.failed:
            return None
        families.append(family)
        hidden |= places_of(family, family.hidden, new.number)
    # A world of other women needs room in every table about them: now it is known where there is.
    beside = Beside(book, new, [family.worlds for family in families], hidden)
    for family in families:
        part = _proved(family, beside, tick)
        if part is None:
            return None
        parts.append(part)
        hidden |= places_of(family, family.hidden, new.number)
    return Protected(
        tuple(covered(new.truth, frozenset(hidden), new.number)),
        frozenset(_small(families, new)),
        {"format": proof.FORMAT, "number": new.number, "families": parts,
         "small": sorted([*place[:2], *place[2]] for place in _small_places(book)),
         "silent": False, "withheld": sorted(numbers),
         "unpublished": [_as_document(each) for each in book if _is_unpublished(each)]},
        (),
    )  # fmt: skip


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


def _has_no_proof(edition: Edition) -> bool:
    """Tell whether nothing was promised of a report, unless it is counted among the withheld."""
    return is_too_small(edition) or (is_silent(edition) and not _is_unpublished(edition))


def _proved(family: Family, beside: Beside, tick: Tick) -> dict[str, Any] | None:
    """Return a family's part of the proof; if need be, hide all of it in the new report."""
    part = proof.prove(family, beside, tick)
    if part is None:
        family.hidden = set(family.new)
        part = proof.prove(family, beside, tick, with_less=True)
    return part


def unpublished(
    editions: Sequence[Edition], months: Mapping[str, Facts], detail: str = profiles.FULL
) -> list[Edition]:
    """Return reports that were not made yet of months that a published one covers, all hidden.

    Who has the quarter and two of its months has the third: its small numbers are protected before
    it is published.
    """
    known = {edition.period.key for edition in editions if len(edition.truth) > 1}
    found: dict[str, Edition] = {}
    for edition in editions:
        for period in edition.period.parts:
            if period.key in known or period.key in found:
                continue
            keys = (month.key for month in period.months)
            truth = counting.tables_of(months, keys, profiles.profile(period.kind, detail))
            number = f"({period.key})"
            everything = frozenset((number, t.id, key) for t in truth for key in t.cells)
            shown = tuple(covered(truth, everything, number))
            found[period.key] = Edition(number, period, edition.minimum, truth, shown)
    return [found[key] for key in sorted(found)]


def _is_unpublished(edition: Edition) -> bool:
    return edition.number.startswith("(")


def _as_document(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.number,
        "period": edition.period.key,
        "rule": {"minimum": edition.minimum},
        "tables": [as_data(table) for table in edition.shown or ()],
    }


def _small(families: Sequence[Family], new: Edition) -> set[Place]:
    return {place for family in families for place in places_of(family, family.small, new.number)}


def _small_places(editions: Sequence[Edition]) -> set[Place]:
    """Return every hidden place that must be hidden for what it is."""
    found: set[Place] = set()
    for edition in editions:
        small = {p for p, cell in edition.cells().items() if is_small(cell, edition.minimum)}
        found |= small & edition.hidden() if edition.shown else small
    return found
