"""The first page: what today asks of whoever is signed in."""

from datetime import datetime

from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import SoFar, Today
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import overview
from kadin_danisma.store.audit import last_of


def today(desk: Desk) -> Today:
    """Return what the first page shows; somebody who may not see files sees only the backup."""
    day = desk.today()
    with desk.vault.read() as db:
        backup: datetime | None = last_of(db, "backup")
        if not desk.may(Action.SEE_CLIENTS):
            return Today(day, (), (), (), 0, 0, backup, SoFar())
        so_far = overview.so_far(db, day, day)
        sight = Sight(desk, db)
        waiting = overview.referrals(db, day, waiting_only=True)
        shown = Today(
            day,
            tuple(sight.session_line(line) for line in overview.sessions_on(db, day)),
            tuple(sight.referral_line(line) for line in waiting),
            tuple(sight.visit_line(line) for line in overview.visits(db, day, only_inside=True)),
            so_far.applications,
            so_far.contacts,
            backup,
            overview.so_far(db, day.replace(day=1), day),
        )
    desk.listed("list.today", _files(shown))
    return shown


def _files(shown: Today) -> set[str]:
    """Return the ids of the files that stand on the page."""
    return {
        *(line.session.client_id for line in shown.sessions),
        *(line.referral.client_id for line in shown.waiting),
        *(line.visit.client_id for line in shown.children_in),
    }
