"""What a report does not show, and why, in words for whoever decides that it leaves."""

from dataclasses import dataclass

from kadin_danisma.domain.table import MARK, ProtectedTable
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _
from kadin_danisma.reports.ledger.edition import WOMEN
from kadin_danisma.reports.ledger.worlds import SUMMARY
from kadin_danisma.services.reporting import Draft

#: The totals that are too small where so few women came that nothing can be shown.
_GROUND = ("clients", "applications", "sessions")


@dataclass(frozen=True, slots=True)
class Loss:
    """What one table shows, and what it does not.

    Attributes:
        table_id: The table.
        title: What stands above it.
        shown: How many of its numbers are shown.
        small: How many are hidden for being small.
        protecting: How many are hidden because a small one could be worked out from them; of a
            report that left already, all that are hidden.
    """

    table_id: str
    title: str
    shown: int
    small: int
    protecting: int

    @property
    def hidden(self) -> int:
        """Return how many numbers are hidden."""
        return self.small + self.protecting


def losses(draft: Draft) -> tuple[Loss, ...]:
    """Return what each table of a report loses, those that lose most first."""
    found = (_loss(draft, table) for table in draft.report.tables)
    return tuple(sorted(found, key=lambda loss: -loss.hidden))


def why_withheld(draft: Draft) -> str:
    """Return why numbers cannot be shown that everybody expects, if there are such."""
    if not draft.withheld:
        return _why_not_how_many(draft)
    if draft.withheld == (WOMEN,):
        return _(
            "No number of women is shown in this report: together with the monthly reports it "
            "would reveal who came back. Applications, sessions, referrals and the playroom are "
            "shown."
        )
    if any((SUMMARY, (line,)) in draft.small for line in _GROUND):
        return _(
            "So few women came in this period that even their number could identify someone. Only "
            "trainings can be shown in this report, and numbers of longer periods are hidden "
            "where they would reveal it."
        )
    return _(
        "Small numbers could not be shown to stay hidden when this report is combined with "
        "earlier ones, so it shows trainings only."
    )


def _why_not_how_many(draft: Draft) -> str:
    summary, line = draft.report.table(SUMMARY), ("clients",)
    is_hidden = summary is not None and summary.cells.get(line) == MARK
    if draft.is_published or not is_hidden or (SUMMARY, line) in draft.small:
        return ""
    return _(
        "The number of women is hidden: combined with the monthly reports it would reveal how "
        "many came back. What is known about them is shown as far as it may be."
    )


def _loss(draft: Draft, table: ProtectedTable) -> Loss:
    hidden = [key for key, value in table.cells.items() if value == MARK]
    small = sum((table.id, key) in draft.small for key in hidden)
    shown = len(table.cells) - len(hidden)
    return Loss(table.id, table_title(table.id), shown, small, len(hidden) - small)
