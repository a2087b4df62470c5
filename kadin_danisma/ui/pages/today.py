"""Bugün: what today asks of whoever is signed in."""

from kadin_danisma.domain.dates import show_long_date
from kadin_danisma.i18n import _
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.workplace import Workplace


class TodayPage(Page):
    """Today's sessions, referrals waiting, children in, and the backup.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Today"), show_long_date(place.desk.today()))
