"""The first page: what today asks, and a way to each of it."""

from datetime import datetime, time

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.i18n import use_language
from kadin_danisma.services import intake, playroom, referring, tampering
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.tampering import Finding
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_referral, a_session, a_visit, an_application
from tests.ui.clipping import clipped
from tests.ui.conftest import dispose


def first_page(window: MainWindow) -> TodayPage:
    assert isinstance(window.page, TodayPage)
    return window.page


def cells(page: TodayPage, card: str) -> list[list[str]]:
    model = getattr(page, card).model
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_an_empty_day_says_how_to_begin(window: MainWindow):
    page = first_page(window)
    assert not page.sessions.table.isVisible()
    assert cells(page, "referrals") == []


def test_today_shows_sessions_waiting_referrals_and_children(window: MainWindow, desk: Desk):
    client = a_client("2026/0412")
    intake.open_file(desk, client)
    intake.record_session(desk, a_session(client, date=desk.today(), service="psych"))
    intake.record_application(desk, an_application(date=desk.today()))
    referring.refer(desk, a_referral(client))
    change = playroom.check_in(desk, a_visit(client))
    window.place.bus.changed.emit(change)
    page = first_page(window)
    assert cells(page, "sessions") == [["–", "2026/0412 · Psikolojik danışmanlık", "Tamamlandı"]]
    assert cells(page, "referrals") == [["2026/0412", "İzmir Barosu Adli Yardım Bürosu", "20 gün"]]
    assert cells(page, "playroom") == [["Efe, 6", "giriş 09.30 · alabilecek: anne", "30 dk"]]


def test_an_english_window_writes_days_and_times_as_english_does(place: Workplace, desk: Desk):
    client = a_client("2026/0412")
    intake.open_file(desk, client)
    intake.record_session(desk, a_session(client, date=desk.today(), time=time(9, 5)))
    playroom.check_in(desk, a_visit(client))
    use_language("en")
    try:
        made = MainWindow(place, lambda: None)
        page = first_page(made)
        assert page.header.subtitle.text() == "Sunday, 22 November 2026"
        assert cells(page, "sessions")[0][0] == "09:05"
        assert cells(page, "playroom")[0][1].startswith("in at 09:30")
        dispose(made)
    finally:
        use_language("tr")


def test_a_line_leads_to_its_file(window: MainWindow, desk: Desk):
    client = a_client("2026/0412")
    intake.open_file(desk, client)
    window.place.bus.changed.emit(referring.refer(desk, a_referral(client)))
    page = first_page(window)
    page.referrals.table.opened.emit(page.referrals.model.rows[0])
    assert isinstance(window.page, ClientPage)


def test_the_page_of_another_day_is_not_kept(window: MainWindow, desk: Desk):
    page = first_page(window)
    desk.clock.moment = datetime(2026, 11, 23, 9, 0, tzinfo=ISTANBUL)
    window.show_page("clients")
    window.show_page("today")
    assert page.header.subtitle.text() == "23 Kasım 2026 Pazartesi"


@pytest.mark.parametrize(("count", "said"), [(4, ""), (7, "ve 3 tane daha")])
def test_what_somebody_changed_can_be_read_to_its_end_in_a_small_window(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, count: int, said: str
):
    """Whoever fills the first page with little things must not hide a grave one by it."""
    moment = datetime(2026, 11, 22, 9, 12, tzinfo=ISTANBUL)
    long = "Anahtar dosyalarında Av. Elif K. için imzalanmamış bir kayıt vardı ve çıkarıldı. " * 3
    found = [Finding(moment, f"{long} {number}", number) for number in range(count)]
    monkeypatch.setattr(tampering, "unread", lambda _desk: found)
    window.place.look.wear("dark", 150)
    window.resize(1024, 680)
    page = first_page(window)
    page.reload()
    qtbot.waitUntil(lambda: clipped(page.tamperings) == [])
    words = "\n".join(each.text() for each in page.tamperings.findChildren(QLabel))
    assert f"{long} 3" in words
    assert ("tane daha" in words) == bool(said)
    assert said in words
    window.place.look.wear("light", 100)
