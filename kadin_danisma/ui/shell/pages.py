"""The list of pages of the side bar: one line each."""

from collections.abc import Callable
from dataclasses import dataclass

from kadin_danisma.domain.role import Action
from kadin_danisma.i18n import N_
from kadin_danisma.ui.pages.applications import ApplicationsPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.pages.playroom import PlayroomPage, children_in
from kadin_danisma.ui.pages.referrals import ReferralsPage, waiting_count
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.pages.trainings import TrainingsPage
from kadin_danisma.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the side bar.

    Args:
        key: What other pages call it (``Navigator.page_wanted``).
        title: Its name, translated when it is shown.
        icon: Its icon in resources/icons.
        build: Makes the page.
        needs: Any of these actions opens it; empty means everybody may.
        waiting: Counts the work waiting on it; None where there is none to count.
    """

    key: str
    title: str
    icon: str
    build: Callable[[Workplace], Page]
    needs: tuple[Action, ...] = ()
    waiting: Callable[[Workplace], int] | None = None


def _reports(place: Workplace) -> Page:
    # What draws, prints and reads workbooks is loaded when it is wanted, not before the sign-in.
    from kadin_danisma.ui.pages.reports import ReportsPage

    return ReportsPage(place)


def _admin(place: Workplace) -> Page:
    from kadin_danisma.ui.pages.admin.page import AdminPage

    return AdminPage(place)


PLACES: tuple[Place, ...] = (
    Place("today", N_("Today"), "today", TodayPage),
    Place("clients", N_("Clients"), "clients", ClientsPage, (Action.SEE_CLIENTS,)),
    Place(
        "applications",
        N_("Applications"),
        "applications",
        ApplicationsPage,
        (Action.SEE_CLIENTS,),
    ),
    Place(
        "playroom", N_("Playroom"), "playroom", PlayroomPage, (Action.RUN_PLAYROOM,), children_in
    ),
    Place(
        "referrals",
        N_("Referrals"),
        "referrals",
        ReferralsPage,
        (Action.SEE_CLIENTS,),
        waiting_count,
    ),
    Place("trainings", N_("Trainings"), "trainings", TrainingsPage, (Action.SEE_CLIENTS,)),
    Place("reports", N_("Reports"), "reports", _reports, (Action.PUBLISH, Action.COUNT)),
    Place("admin", N_("Administration"), "admin", _admin),
)


def places_for(place: Workplace) -> list[Place]:
    """Return the pages the signed-in person may open, in their order."""
    desk = place.desk
    return [
        entry
        for entry in PLACES
        if not entry.needs or any(desk.may(action) for action in entry.needs)
    ]
