"""F2 from anywhere: a telephone contact by keyboard alone, in few strokes."""

from datetime import time

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Application, Client
from kadin_danisma.services import casework, drafts, finding, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.today import today
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.shell.main_window import MainWindow
from tests.builders import a_client
from tests.ui.conftest import Typist, Unlock, gone

#: A line in a notebook ("22.11 10.00 tel. hukuki bilgi, psikolojik destek; ekonomik") takes more.
MOST_STROKES = 14


def the_form(window: MainWindow) -> ApplicationDialog:
    assert window.quick_entry is not None
    return window.quick_entry


def only_application(desk: Desk) -> Application:
    with desk.vault.read() as db:
        (found,) = db.execute("SELECT id FROM application").fetchall()
    record = casework.record_of(desk, Kind.APPLICATION, found[0])
    assert isinstance(record, Application)
    return record


def finding_applications(desk: Desk) -> list[str]:
    with desk.vault.read() as db:
        return [row[0] for row in db.execute("SELECT id FROM application")]


def test_a_telephone_contact_takes_few_strokes(
    window: MainWindow, typist: Typist, desk: Desk, qtbot: QtBot
):
    typist.press("F2")
    typist.press("Tab")
    typist.type("hu")
    typist.press("Return")
    typist.type("psi")
    typist.press("Return")
    typist.press("Tab")
    typist.type("ek")
    typist.press("Return")
    typist.press("Ctrl+Return")

    record = only_application(desk)
    assert record.client_id is None
    assert record.channel == "phone"
    assert record.applicant_role == "self"
    assert record.date == desk.today()
    assert record.time is not None
    assert record.reasons == ("legal_info", "psych_support")
    assert record.violence_types == ("economic",)
    assert today(desk).contacts_today == 1
    assert typist.strokes <= MOST_STROKES


def test_a_woman_with_a_file_is_found_by_a_few_letters(
    window: MainWindow, typist: Typist, desk: Desk
):
    client = a_client("2026/0412", name="Işıl Yıldız")
    intake.open_file(desk, client)
    typist.press("F2")
    typist.type("isil")
    typist.press("Return")
    assert the_form(window).banner.isVisible()
    typist.press("Ctrl+Return")
    assert only_application(desk).client_id == client.id


def test_a_new_file_is_opened_on_the_way(window: MainWindow, typist: Typist, desk: Desk):
    typist.press("F2")
    typist.type("ipek tan 0500 000 00 07")
    typist.press("Return")
    assert the_form(window).finder.opens_new
    typist.press("Ctrl+Return")
    (line,) = finding.search(desk, "İpek")
    assert line.name == "İpek Tan"
    assert line.phone == "+905000000007"
    assert only_application(desk).client_id == line.id


def test_what_was_typed_survives_escape_and_the_next_caller_gets_an_empty_form(
    window: MainWindow, typist: Typist, desk: Desk
):
    typist.press("F2")
    typist.type("ay")
    typist.press("Escape")
    typist.press("Tab")
    typist.type("bo")
    typist.press("Return")
    typist.press("Escape")
    assert gone(window.quick_entry)
    (kept,) = drafts.kept(desk)
    typist.press("F2")
    assert the_form(window).finder.words == ""
    assert the_form(window).reasons.value() == ()
    assert not the_form(window).is_touched()
    typist.press("Escape")
    window.go_on(kept.id)
    assert the_form(window).isVisible()
    assert the_form(window).reasons.value() == ("divorce",)
    assert the_form(window).finder.words == "ay"
    assert today(desk).contacts_today == 0


def test_a_call_taken_up_again_is_still_the_call_it_was(
    window: MainWindow, typist: Typist, desk: Desk, clock: FixedClock
):
    typist.press("F2")
    typist.press("Tab")
    typist.type("bo")
    typist.press("Return")
    typist.press("Escape")
    clock.wait(3 * 3600)
    (kept,) = drafts.kept(desk)
    window.go_on(kept.id)
    typist.press("Ctrl+Return")
    assert only_application(desk).time == time(10, 0)
    assert drafts.kept(desk) == []


def test_what_was_saved_is_not_there_again(window: MainWindow, typist: Typist):
    typist.press("F2")
    typist.press("Ctrl+Return")
    assert gone(window.quick_entry)
    typist.press("F2")
    assert not the_form(window).is_touched()


def test_a_call_survives_the_lock_but_is_not_opened_by_itself(
    window: MainWindow, typist: Typist, locked: list[str], desk: Desk, unlocked: Unlock
):
    typist.press("F2")
    typist.type("ay")
    typist.press("F12")
    assert locked == ["locked"]
    the_form(window).close()
    after = unlocked()
    assert gone(after.quick_entry)
    (kept,) = drafts.kept(desk)
    after.new_application()
    assert the_form(after).finder.words == ""
    the_form(after).close()
    after.go_on(kept.id)
    assert the_form(after).finder.words == "ay"
    the_form(after).close()


def test_a_day_that_does_not_exist_is_said_beside_the_field(
    window: MainWindow, typist: Typist, desk: Desk
):
    typist.press("F2")
    form = the_form(window)
    form.date.setText("31.2.2026")
    typist.press("Ctrl+Return")
    assert form.isVisible()
    assert form.fields["date"].error
    assert today(desk).contacts_today == 0


def test_nothing_is_opened_for_an_application_that_is_refused(
    window: MainWindow, typist: Typist, desk: Desk
):
    typist.press("F2")
    typist.type("ipek")
    typist.press("Return")
    form = the_form(window)
    form.violence.set_value(("none", "physical"))
    typist.press("Ctrl+Return")
    assert form.fields["violence_types"].error
    assert finding.search(desk, "ipek") == []


@pytest.mark.parametrize("words", ["", "  "])
def test_nobody_is_offered_for_nothing(window: MainWindow, words: str):
    window.new_application()
    assert the_form(window).finder.offers(words) == []


def test_the_form_shows_no_name_of_its_own(window: MainWindow, desk: Desk):
    client: Client = a_client("2026/0412", name="Işıl Yıldız")
    intake.open_file(desk, client)
    window.new_application(client.id)
    form = the_form(window)
    assert form.finder.words == "2026/0412"
    assert all("Işıl" not in offer.label for offer in form.finder.offers("isil"))


def test_letters_that_fit_nothing_are_not_lost_in_silence(
    window: MainWindow, typist: Typist, desk: Desk
):
    typist.press("F2")
    typist.press("Tab")
    typist.type("zzz")
    typist.press("Tab")
    form = the_form(window)
    assert form.reasons.typing.hasFocus()
    typist.press("Ctrl+Return")
    assert "zzz" in form.trouble
    assert not finding_applications(desk)
    for _letter in "zzz":
        typist.press("Backspace")
    typist.press("Ctrl+Return")
    assert only_application(desk).reasons == ()


def test_saving_takes_the_marked_choice_as_tab_does(window: MainWindow, typist: Typist, desk: Desk):
    typist.press("F2")
    typist.press("Tab")
    typist.type("hukuki bil")
    typist.press("Ctrl+Return")
    assert only_application(desk).reasons == ("legal_info",)


def test_a_channel_that_is_half_typed_is_not_saved_as_the_one_before(
    window: MainWindow, typist: Typist, desk: Desk
):
    typist.press("F2")
    the_form(window).channel.setFocus()
    typist.type("qqq")
    typist.press("Ctrl+Return")
    assert "qqq" in the_form(window).trouble
    the_form(window).channel.selectAll()
    typist.type("e-p")
    typist.press("Ctrl+Return")
    assert only_application(desk).channel == "email"


def test_a_field_that_tab_comes_to_is_seen_with_its_frame(window: MainWindow, typist: Typist):
    window.resize(1024, 560)
    typist.press("F2")
    form = the_form(window)
    area = next(each for each in form.findChildren(QScrollArea) if each.isAncestorOf(form.channel))
    cut = []
    for _key in range(8):
        typist.press("Tab")
        here = form.focusWidget()
        if here is not None and area.isAncestorOf(here):
            seen = area.viewport().rect()
            place = QRect(here.mapTo(area.viewport(), QPoint()), here.size())
            if not seen.contains(place):
                cut.append(here.accessibleName())
    assert form.time.hasFocus() or form.leave.hasFocus() or form.do.hasFocus()
    assert cut == []
