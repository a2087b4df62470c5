"""How finely the reports of a calendar year are told: chosen before anything of it leaves.

Groups are fixed per calendar year (contract.md section 4): with two groupings of the same months a
reader could take one from the other.
"""

from dataclasses import replace

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.reports.profiles import COARSE, FULL
from kadin_danisma.services import ledger, press
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.press import Press
from kadin_danisma.services.reporting import Draft
from kadin_danisma.store import facts, meta, publications
from kadin_danisma.store.rows import Connection

DETAILS = (FULL, COARSE)


def of_year(desk: Desk, year: int) -> str:
    """Return how finely the reports of a year are told: one of DETAILS."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return ledger.detail(db, year)


def is_fixed(desk: Desk, year: int) -> bool:
    """Tell whether something of a year left, so that its detail cannot be changed any more."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return _is_fixed(db, year)


def choose(desk: Desk, year: int, detail: str) -> None:
    """Tell the reports of a year as finely as this from now on.

    Args:
        desk: The signed-in person's desk.
        year: The calendar year.
        detail: One of DETAILS.

    Raises:
        KnownError: There is no such detail, something of the year left already, or may have left
            unknown to the vault.
    """
    desk.require(Action.PUBLISH)
    if detail not in DETAILS:
        raise KnownError(_("There is no such detail of reports."))
    with desk.writing("detail", f"{year} {detail}") as db:
        press.let_known(db)
        if _is_fixed(db, year):
            raise KnownError(
                _("A report of {year} has been published, so its groups no longer change: two "
                  "different groupings would reveal hidden numbers. A later year can be chosen.")
                .format(year=year)
            )  # fmt: skip
        meta.write(db, f"{ledger.DETAIL}{year}", detail)
    desk.vault.fix_anchor()


def coarser(desk: Desk, period: Period, progress: Progress | None = None) -> Draft:
    """Return the report of a quarter or year as it would be with coarse groups; nothing is kept.

    Args:
        desk: The signed-in person's desk.
        period: A quarter or year.
        progress: Told how far it is; cancels by raising.

    Raises:
        KnownError: Nothing more of these months can be published (``ledger.editions``).
    """
    desk.require(Action.PUBLISH)
    with desk.looking("report.preview", period.key) as db:
        books = replace(ledger.open_books(db, period), detail=COARSE)
        late = facts.count_late(db, period)
    made = Press(desk, period).make(books, progress)
    return Draft(made.report, made.small, made.withheld, late, is_published=False)


def _is_fixed(db: Connection, year: int) -> bool:
    found = publications.all_of(db)
    return any(Period.parse(each.period).first.year == year for each in found)
