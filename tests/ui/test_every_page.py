"""Every page and form, in every dress: nothing is cut off, everything has a name.

A new page of the side bar is looked at without a line being added here.
"""

from collections.abc import Callable, Iterator
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.records import Client
from kadin_danisma.domain.views import Likeness
from kadin_danisma.i18n import use_language
from kadin_danisma.services import intake, playroom, referring, trainings
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.playroom import PlayroomPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.workplace import Workplace
from tests.builders import (
    a_client,
    a_referral,
    a_session,
    a_training,
    a_visit,
    an_application,
)
from tests.ui.clipping import clipped
from tests.ui.conftest import dispose

DRESSES = (
    ("light", "tr", 100, 1366, 768),
    ("dark", "en", 100, 1366, 768),
    ("dark", "tr", 150, 1366, 768),
    ("light", "en", 150, 1366, 768),
    ("light", "tr", 200, 1366, 768),
    ("light", "tr", 100, 1024, 700),
    ("dark", "en", 100, 1024, 700),
    ("dark", "tr", 150, 1024, 700),
    ("light", "en", 150, 1024, 700),
    # 1920x1080 at 150 %, less the panel of the desktop.
    ("light", "tr", 125, 1280, 680),
)
Dress = tuple[str, str, int, int, int]


@pytest.fixture
def client(desk: Desk) -> Client:
    """A file on which everything has happened."""
    made = a_client(
        "2026/0412",
        birth_year=1992,
        district="karsiyaka",
        marital="religious_only",
        legal_status="intl_protection",
        phone="+905000000001",
        may_call="yes",
        call_hours="10.00–12.00 arası",
        may_leave_message="no",
        must_not_know="eşi ve kayınvalidesi",
        may_collect="anneanne, teyze",
        safety_note="Merkezin önünde beklenmesin.",
    )
    intake.open_file(desk, made)
    intake.record_application(desk, an_application(made, number="B-1", date=desk.today()))
    intake.record_session(desk, a_session(made, number="G-1", date=desk.today()))
    referring.refer(desk, a_referral(made, institution="police"))
    playroom.check_in(desk, a_visit(made, may_collect="anneannesi Hatice, teyze Emine"))
    gone = a_visit(made, child="Su", time_in=time(8, 30))
    playroom.check_in(desk, gone)
    playroom.check_out(desk, gone.id, "anne", time(9, 50))
    trainings.add(desk, a_training())
    return made


@pytest.fixture(params=DRESSES, ids=lambda dress: "-".join(map(str, dress)))
def dress(request: pytest.FixtureRequest, dressed: Callable[[str, int], None]) -> Dress:
    theme, language, percent, _width, _height = request.param
    use_language(language)
    dressed(theme, percent)
    dress: Dress = request.param
    return dress


@pytest.fixture
def worn(dress: Dress, place: Workplace, client: Client) -> Iterator[MainWindow]:
    """The window on an office PC, dressed; up to 150 % also on the smallest screen there is."""
    made = MainWindow(place, lambda: None)
    made.resize(*dress[3:])
    made.show()
    yield made
    dispose(made)


def forms(page: ClientPage) -> Iterator[QDialog]:
    """Open every form of a file, one after the other."""
    for act in (
        page.new_session,
        page.new_visit,
        page.new_referral,
        page.correct,
        page.show_history,
        *(lambda entry=entry: page.open_entry(entry) for entry in page.timeline.model.rows),
    ):
        act()
        assert page.dialog is not None
        yield page.dialog
        page.dialog.close()


def reachable(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)


def nameless(window: QWidget) -> list[str]:
    """Return controls a screen reader has no name for."""
    return [
        f"{type(part).__name__} {part.property('kind')}"
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and reachable(part)
        and isinstance(part, QAbstractButton | QLineEdit | QAbstractItemView)
        and not (part.accessibleName() or getattr(part, "text", str)())
    ]


def test_nothing_is_cut_off_on_any_page_or_form(worn: MainWindow, client: Client):
    found = {}
    for key in worn.side.buttons:
        worn.show_page(key)
        if isinstance(worn.page, PlayroomPage):
            worn.page.rows[0].ask()
            assert worn.page.rows[0].question is not None
            worn.page.rows[0].question.person.setText("eşi")
        found[key] = clipped(worn)
    worn.show_client(client.id)
    page = worn.page
    assert isinstance(page, ClientPage)
    found["file"] = clipped(worn)
    for form in forms(page):
        found[form.accessibleName()] = clipped(form)
    worn.new_application()
    assert worn.quick_entry is not None
    found["quick entry"] = clipped(worn.quick_entry)
    worn.quick_entry.close()
    assert {place: cut for place, cut in found.items() if cut} == {}


def test_the_window_fits_an_office_screen(worn: MainWindow, dress: Dress):
    for key in worn.side.buttons:
        worn.show_page(key)
        assert worn.minimumSizeHint().width() <= dress[3], key
        assert worn.minimumSizeHint().height() <= dress[4], key
        assert (worn.width(), worn.height()) == dress[3:], key


def test_everything_has_a_name(window: MainWindow, client: Client):
    found = {}
    for key in window.side.buttons:
        window.show_page(key)
        found[key] = nameless(window)
    window.show_client(client.id)
    page = window.page
    assert isinstance(page, ClientPage)
    found["file"] = nameless(window)
    for form in forms(page):
        found[form.accessibleName()] = nameless(form)
    assert {place: missing for place, missing in found.items() if missing} == {}


def test_no_name_stands_on_any_page_until_it_is_asked_for(window: MainWindow, client: Client):
    first = client.name.split()[0]
    for key in window.side.buttons:
        window.show_page(key)
        assert first not in _all_words(window), key
    window.show_client(client.id)
    assert first not in _all_words(window)
    assert window.windowTitle() == "Kadın Danışma"


def test_a_likely_duplicate_is_shown_without_its_name(
    window: MainWindow, client: Client, qtbot: QtBot
):
    window.search(client.name)
    page = window.page
    assert isinstance(page, ClientsPage)
    page.open_new()
    form = page.dialog
    assert form is not None
    assert form.duplicates.found[0].likeness == (Likeness.NAME,)
    assert clipped(form) == []
    assert "Işıl" not in _all_words(form.duplicates)
    form.close()


def _all_words(window: QWidget) -> str:
    said = []
    for part in window.findChildren(QWidget):
        said += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        text = getattr(part, "text", None)
        said.append(text() if callable(text) else "")
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            model = part.model()
            said += [
                str(model.index(row, column).data())
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            ]
    return " ".join(said)
