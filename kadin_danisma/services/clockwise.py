"""A clock that stands years from the log: whoever publishes is asked first.

What is published carries its day for ever and freezes its months. A battery that died, or a
mistyped year, must not decide that.
"""

from datetime import date, timedelta

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit
from kadin_danisma.store.rows import Connection

#: A centre that nobody opened for so long is rarer than a wrong clock.
FAR = timedelta(days=2 * 365)
CONFIRMED = "clock.confirmed"


class ClockDoubtError(KnownError):
    """The clock of this computer stands years from the log; ``confirm`` lets it pass."""


def refuse_doubtful(db: Connection, today: date) -> None:
    """Let pass a day that goes with the log.

    Args:
        db: The open vault.
        today: What the clock of this computer says.

    Raises:
        ClockDoubtError: It stands years from the last day of the log that can be believed.
    """
    if known := _doubted(db, today):
        raise ClockDoubtError(
            _("The date of this computer is {today}, and the log was last written on {known}. A "
              "published report keeps its date for ever. Nothing was published: please check the "
              "date first.").format(today=show_date(today), known=show_date(known))
        )  # fmt: skip


def confirm(desk: Desk) -> None:
    """Remember that somebody looked at the clock and found it right, where it was in doubt."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        doubted = _doubted(db, desk.today())
    if doubted:
        desk.note(CONFIRMED)


def _doubted(db: Connection, today: date) -> date | None:
    """Return the last day that can be believed, if the clock stands years from it.

    Days of the log that themselves lie years from the ones before were written by a wrong clock,
    as the sign-in of just now may be, and are passed over.
    """
    known: date | None = None
    for day in audit.days_since(db, CONFIRMED):
        if known is None or abs(day - known) < FAR:
            known = day
    return known if known and abs(today - known) >= FAR else None
