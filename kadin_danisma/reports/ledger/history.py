"""The ledger's whole work: from the reports published so far to a new one that is safe beside them.

The guarantee (disclosure.md 0.3): for every small number in any report ever published there are
complete worlds of whole numbers that show everything published and have it otherwise: 0, and at
least the minimum (twice its value where few women stand behind a bigger one).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import months_reached
from kadin_danisma.domain.facts import Facts
from kadin_danisma.progress import Progress
from kadin_danisma.reports import profiles
from kadin_danisma.reports.ledger import proof, recount
from kadin_danisma.reports.ledger.apart import apart, recounted
from kadin_danisma.reports.ledger.attempt import attempt
from kadin_danisma.reports.ledger.edition import SILENT, WOMEN, Edition, Protected, covered
from kadin_danisma.reports.ledger.withholding import all_places, is_too_small, of_women, touched
from kadin_danisma.reports.ledger.worlds import is_number_of_women


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
    groups: int = profiles.LATEST,
) -> Protected:
    """Hide what must be hidden in a new report.

    Args:
        published: Every report published in its calendar year.
        new: The report with true values.
        months: The facts of every month of all these reports, as they stand now; a woman has the
            same number in all of them.
        progress: Told (families done, families in all) and asked often; cancels by raising.
        detail: How finely the reports of its calendar year are told (``reports.profiles``).
        groups: The edition of the groups of its calendar year.
    """
    editions = connected(published, new)
    book = [*unpublished(editions, months, detail, groups), *editions]
    withheld = [
        each
        for each in book
        if is_too_small(each) and (each is new or not _is_told_of(each, editions, months))
    ]
    made = attempt(book, new, months, withheld, progress)
    if made is None and new not in withheld:
        # Beside the numbers of its parts the number of women may tell how many of them came again.
        number = {place for place in new.cells() if is_number_of_women(place)}
        made = attempt(book, new, months, withheld, progress, number)
    if made is None and new not in withheld:
        made = _without_women(book, new, months, withheld, progress)
        withheld = [*withheld, new]
    if made is None:
        made = attempt(book, new, months, withheld, progress)
    if made is None:
        return _silent(new)
    documents = [each.as_document() for each in connected(published, made.edition(new))]
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
        edition.shown and touched(edition, [withheld], months) - edition.hidden
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
        made = attempt(book, new, months, withheld, progress, hidden)
    if made is None:
        others = [each for each in book if each is not new]
        in_parts = apart(months, others)
        other = recounted(new, in_parts)
        made = attempt([*others, other], other, in_parts, withheld, progress, hidden)
    if made is None:
        return None
    tables = tuple(covered(new.truth, made.edition(new).hidden, new.number))
    return replace(made, tables=tables, withheld=(WOMEN,))


def _silent(new: Edition) -> Protected:
    """Return a report that shows nothing: it adds nothing to what is known, proof or no proof."""
    places = frozenset(all_places(new))
    proved = {"format": proof.FORMAT, "number": new.number, "silent": True}
    shown = tuple(covered(new.truth, places, new.number))
    return Protected(shown, new.small, proved, (SILENT,))


def unpublished(
    editions: Sequence[Edition],
    months: Mapping[str, Facts],
    detail: str = profiles.FULL,
    groups: int = profiles.LATEST,
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
            specs = profiles.profile(period.kind, detail, groups)
            truth = counting.tables_of(months, keys, specs)
            number = f"({period.key})"
            everything = frozenset((number, t.id, key) for t in truth for key in t.cells)
            shown = tuple(covered(truth, everything, number))
            found[period.key] = Edition(number, period, edition.minimum, truth, shown)
    return [found[key] for key in sorted(found)]
