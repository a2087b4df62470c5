"""Enter and Tab choose nobody unseen: what was typed may be several women, and she decides."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Application
from kadin_danisma.services import casework, finding, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.today import today
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.shell.main_window import MainWindow
from tests.builders import a_client, an_application
from tests.ui.conftest import Typist, gone

NUMBERS = ["2025/0167", "2026/0167", "2026/0002", "2026/0003"]


@pytest.fixture
def files(desk: Desk) -> dict[str, str]:
    """Three women whose names begin alike, and one with a number that two years have."""
    names = ["Ayşe Yılmaz", "Ayşegül Kaya", "Ayşen Demir", "Nur Canbaz"]
    made = [
        a_client(number, name=name, birth_year=1990, phone=f"+90500000000{place}")
        for place, (number, name) in enumerate(zip(NUMBERS, names, strict=True))
    ]
    for client in made:
        intake.open_file(desk, client)
    return {client.file_no: client.id for client in made}


def the_form(window: MainWindow) -> ApplicationDialog:
    assert window.quick_entry is not None
    return window.quick_entry


def opened_referral(window: MainWindow, qtbot: QtBot) -> ReferralDialog:
    form = ReferralDialog.for_new(window, window.place)
    with qtbot.waitActive(form):
        form.open()
        form.activateWindow()
    form.client.box.setFocus()
    qtbot.waitUntil(form.client.box.hasFocus)
    return form


def applications(desk: Desk) -> list[Application]:
    with desk.vault.read() as db:
        found = db.execute("SELECT id FROM application").fetchall()
    records = [casework.record_of(desk, Kind.APPLICATION, each) for (each,) in found]
    return [record for record in records if isinstance(record, Application)]


@pytest.mark.parametrize("key", ["Tab", "Return"])
def test_of_several_women_neither_enter_nor_tab_takes_one(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str], key: str
):
    typist.press("F2")
    typist.type("ayş")
    form = the_form(window)
    typist.press(key)
    assert form.finder.client_id == ""
    assert not form.finder.opens_new
    assert form.finder.typing.hasFocus()
    assert form.finder.typing.list.isVisible()
    assert form.finder.whose.text() == "Henüz seçilmedi"
    form.close()


def test_what_is_undecided_is_not_saved_as_a_contact(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    typist.press("F2")
    typist.type("ayş")
    typist.press("Ctrl+Return")
    form = the_form(window)
    assert form.isVisible()
    assert form.fields["client_id"].error
    assert form.finder.typing.list.isVisible()
    assert applications(desk) == []
    typist.press("Down")
    typist.press("Return")
    typist.press("Ctrl+Return")
    assert gone(form)
    (record,) = applications(desk)
    assert record.client_id in files.values()


def test_she_says_that_it_is_without_a_file(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    typist.press("F2")
    typist.type("ayş")
    typist.press("Up")
    for _ in range(8):
        typist.press("Down")
    typist.press("Return")
    assert the_form(window).finder.whose.text() == "Dosyasız"
    typist.press("Ctrl+Return")
    (record,) = applications(desk)
    assert record.client_id is None


def test_the_form_shows_whom_it_is_for_in_large_letters(
    window: MainWindow, typist: Typist, files: dict[str, str]
):
    typist.press("F2")
    form = the_form(window)
    assert form.finder.whose.text() == "Dosyasız"
    typist.type("canbaz")
    typist.press("Return")
    assert form.finder.whose.property("role") == "title"
    assert form.finder.whose.text().startswith("2026/0003")
    assert "Nur" not in form.finder.whose.text()
    form.finder.names.button.click()
    assert "Nur Canbaz" in form.finder.whose.text()
    form.close()


def test_the_form_of_a_session_says_whose_it_is_in_large_letters(
    window: MainWindow, typist: Typist, files: dict[str, str]
):
    window.show_client(files["2026/0003"])
    typist.press("Ctrl+N")
    assert isinstance(window.page, ClientPage)
    form = window.page.dialog
    assert form is not None
    assert form.heading.property("role") == "title"
    assert "2026/0003" in form.heading.text()
    form.close()


def test_a_number_means_this_years_file_first_and_still_she_decides(
    window: MainWindow, typist: Typist, files: dict[str, str]
):
    typist.press("F2")
    typist.type("0167")
    form = the_form(window)
    assert [line.file_no for line in form.finder.found] == ["2026/0167", "2025/0167"]
    typist.press("Return")
    assert form.finder.client_id == ""
    typist.press("Down")
    typist.press("Return")
    assert form.finder.client_id == files["2026/0167"]
    form.close()


def test_one_who_only_sounds_alike_is_shown_and_not_taken(
    window: MainWindow, typist: Typist, files: dict[str, str]
):
    typist.press("F2")
    typist.type("cambaz")
    form = the_form(window)
    assert [(line.file_no, line.near) for line in form.finder.found] == [("2026/0003", True)]
    typist.press("Return")
    assert form.finder.client_id == ""
    form.close()


def test_the_line_of_other_forms_takes_nobody_unseen_either(
    window: MainWindow, typist: Typist, files: dict[str, str], qtbot: QtBot
):
    form = opened_referral(window, qtbot)
    box = form.client.box
    for key in ("Tab", "Return"):
        box.clear()
        typist.type("ayş")
        assert box.list.isVisible()
        typist.press(key)
        assert form.client.line() is None
        assert box.hasFocus()
    typist.press("Down")
    typist.press("Return")
    assert form.client.line() is not None
    assert form.client.whose.isVisible()
    form.close()


def test_leaving_a_line_with_the_list_closed_takes_nobody(
    window: MainWindow, typist: Typist, files: dict[str, str], qtbot: QtBot
):
    form = opened_referral(window, qtbot)
    typist.type("canbaz")
    assert form.client.box.list.marked() == files["2026/0003"]
    typist.press("Escape")
    typist.press("Tab")
    assert form.client.line() is None
    form.close()


def test_f2_on_an_open_file_starts_with_her_and_one_key_takes_her_out(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    window.show_client(files["2026/0003"])
    typist.press("F2")
    form = the_form(window)
    assert form.finder.client_id == files["2026/0003"]
    assert form.finder.whose.text().startswith("2026/0003")
    assert not form.is_touched()
    typist.type("hu")
    typist.press("Return")
    typist.press("F3")
    assert form.finder.whose.text() == "Dosyasız"
    assert form.finder.typing.hasFocus()
    typist.press("Ctrl+Return")
    (record,) = applications(desk)
    assert record.client_id is None
    assert record.reasons == ("legal_info",)


def test_f2_on_an_open_file_is_saved_for_her(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    window.show_client(files["2026/0003"])
    typist.press("F2")
    typist.press("Ctrl+Return")
    (record,) = applications(desk)
    assert record.client_id == files["2026/0003"]
    window.show_page("today")
    typist.press("F2")
    assert the_form(window).finder.client_id == ""
    the_form(window).close()


def test_a_likely_duplicate_asks_once_on_the_way_to_a_new_file(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    typist.press("F2")
    typist.type("nur cambaz 0500 000 99 99")
    typist.press("Down")
    typist.press("Down")
    typist.press("Return")
    form = the_form(window)
    assert form.finder.opens_new
    typist.press("Ctrl+Return")
    assert form.isVisible()
    assert form.trouble
    assert [hit.line.file_no for hit in form.duplicates.found] == ["2026/0003"]
    assert all("Nur" not in part.text() for part in form.duplicates.findChildren(QLabel))
    typist.press("Ctrl+Return")
    assert gone(form)
    assert len(finding.search(desk, "nur")) == 2


def test_the_file_she_has_is_taken_instead_of_a_new_one(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    typist.press("F2")
    typist.type("nur cambaz 0500 000 99 99")
    typist.press("Down")
    typist.press("Down")
    typist.press("Return")
    typist.press("Ctrl+Return")
    form = the_form(window)
    form.duplicates.chosen.emit(form.duplicates.found[0].line.id)
    assert form.trouble == ""
    typist.press("Ctrl+Return")
    (record,) = applications(desk)
    assert record.client_id == files["2026/0003"]


def test_the_save_of_somebody_who_types_fast_waits_for_the_check(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    window.search("nur canb")
    typist.press("Ctrl+N")
    page = window.page
    form = getattr(page, "dialog", None)
    assert form is not None
    form.fields["name"].control.setText("Nur Cambaz")
    typist.press("Ctrl+Return")
    assert form.isVisible()
    assert form.trouble
    assert [hit.line.file_no for hit in form.duplicates.found] == ["2026/0003"]
    typist.press("Ctrl+Return")
    assert isinstance(window.page, ClientPage)
    assert len(finding.search(desk, "nur")) == 2


def test_a_wrong_telephone_is_said_beside_its_field(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    window.search("fatma")
    typist.press("Ctrl+N")
    form = getattr(window.page, "dialog", None)
    assert form is not None
    form.fields["phone"].control.setText("0532 12ab")
    typist.press("Ctrl+Return")
    assert form.isVisible()
    assert form.fields["phone"].error
    form.close()


def test_the_most_used_code_comes_first_of_those_that_fit_alike(
    window: MainWindow, typist: Typist, desk: Desk, files: dict[str, str]
):
    client = replace(a_client("x"), id=files["2026/0003"])
    for number in range(3):
        made = an_application(client, number=f"B-{number}", perpetrators=("religious_husband",))
        intake.record_application(desk, made)
    typist.press("F2")
    form = the_form(window)
    form.perpetrators.setFocus()
    typist.type("eş")
    typist.press("Return")
    assert form.perpetrators.value() == ("religious_husband",)
    assert today(desk).contacts_today == 0
    form.close()
