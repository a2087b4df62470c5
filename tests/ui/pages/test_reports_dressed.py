"""Every view and form of the reports page in every dress: nothing is cut off, all has a name."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import Period
from kadin_danisma.i18n import use_language
from kadin_danisma.services import giving, intake
from kadin_danisma.store import behind
from kadin_danisma.ui.dialogs.request import GiveDialog, Wish
from kadin_danisma.ui.pages.reports import ReportsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_session, an_application
from tests.ui.clipping import clipped
from tests.ui.conftest import dispose
from tests.ui.test_every_page import DRESSES, nameless

OCTOBER = Period.parse("2026-10")


@pytest.fixture(params=DRESSES, ids=lambda dress: "-".join(map(str, dress)))
def page(
    request: pytest.FixtureRequest,
    dressed: Callable[[str, int], None],
    place: Workplace,
    qtbot: QtBot,
) -> Iterator[ReportsPage]:
    """The page of a restored vault with eighteen women in October, dressed."""
    theme, language, percent, width, height = request.param
    use_language(language)
    dressed(theme, percent)
    for number in range(18):
        client = a_client(f"2026/{number:04}", birth_year=(2000, 1990, 1975)[number % 3])
        intake.open_file(place.desk, client)
        intake.record_application(place.desk, an_application(client))
        intake.record_session(place.desk, a_session(client))
    with place.desk.vault.write() as db:
        behind.mark(db)
    window = MainWindow(place, lambda: None)
    window.resize(width, height)
    window.show()
    window.show_page("reports")
    made = window.page
    assert isinstance(made, ReportsPage)
    with qtbot.waitSignal(made.shown, timeout=20_000):
        made.enter()
    yield made
    dispose(window)


def forms(page: ReportsPage) -> Iterator[QDialog]:
    """Open every form of the page, one after the other."""
    page.hidden.open_minimum()
    yield page.hidden.dialog
    with page.place.desk.vault.write() as db:
        behind.settle(db)
    page.hidden.detail.open_choice()
    yield page.hidden.detail.dialog
    page.published.open_telling()
    page.published.dialog.table.taken.emit("referrals_by_institution_and_outcome")
    yield page.published.dialog
    page.published.open_request()
    yield page.published.dialog
    page.missing.open()
    page.missing.dialog.bring_back([Path(__file__)])
    yield page.missing.dialog
    with page.place.desk.vault.write() as db:
        behind.settle(db)
    draft = giving.preview(page.place.desk, OCTOBER, "clients_by_age_band", "month")
    yield GiveDialog(page, page.place, Wish(OCTOBER, "clients_by_age_band", "month", draft))


def test_nothing_is_cut_off_and_everything_has_a_name(page: ReportsPage):
    found = {}
    for key, view in page.views.buttons.items():
        view.click()
        found[key] = clipped(page) + nameless(page)
    page.preparing.cancel()
    page.preparing.noticed.emit()
    found["preparing"] = clipped(page) + nameless(page)
    for form in forms(page):
        form.show()
        found[form.accessibleName()] = clipped(form) + nameless(form)
        form.close()
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
    assert len(found) == len(page.views.buttons) + 7
