"""What she left unfinished, and the keys of a file, where something was withdrawn or moved."""

from datetime import date

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Client, Record
from kadin_danisma.services import casework, drafts, intake, referring, withdrawing
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.pages import referrals
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.referrals import ReferralsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.reopening import correction
from kadin_danisma.ui.widgets.typing import type_into
from tests.builders import a_client, a_referral, a_session
from tests.ui.conftest import Typist, gone

HERS, OTHERS = a_client("2026/0401", name="Ada Kaya"), a_client("2026/0402", name="Nur Deniz")
TYPED = "yarım kalan uzun not"
#: The forms of a new record of a file, and a field in which somebody types.
NEW = {"call": "note", "referral": "note", "visit": "child"}


@pytest.fixture
def two(desk: Desk) -> Desk:
    for client in (HERS, OTHERS):
        intake.open_file(desk, client)
    return desk


def show(window: MainWindow, client: Client) -> ClientPage:
    window.show_client(client.id)
    page = window.page
    assert isinstance(page, ClientPage)
    return page


def withdraw(desk: Desk, kind: Kind, record: Record) -> None:
    withdrawing.withdraw(desk, casework.record_of(desk, kind, record.id), "twice")


def leave_a_correction(window: MainWindow, desk: Desk) -> Record:
    """Type into the form of a session of hers, and leave it."""
    session = a_session(HERS, number="G-1")
    intake.record_session(desk, session)
    form = correction(window, window.place, casework.record_of(desk, Kind.SESSION, session.id))
    form.open()
    type_into(form.fields["note"].control, TYPED)
    form.reject()
    return session


def test_a_correction_opens_above_the_file_to_which_its_record_was_moved(
    two: Desk, window: MainWindow
) -> None:
    session = leave_a_correction(window, two)
    assert show(window, HERS).unfinished.go_on
    moved = casework.record_of(two, Kind.SESSION, session.id)
    withdrawing.move(two, moved, OTHERS.id)
    assert not show(window, HERS).unfinished.go_on
    (go_on,) = show(window, OTHERS).unfinished.go_on.values()
    window.show_page("today")
    go_on = next(iter(window.page.unfinished.go_on.values()))  # type: ignore[union-attr]
    go_on.click()
    assert isinstance(window.page, ClientPage)
    assert window.page.client_id == OTHERS.id
    form = window.reopened
    assert isinstance(form, SessionDialog)
    assert OTHERS.file_no in form.heading.text()
    assert form.typed()["note"] == TYPED
    form.reject()


def test_a_correction_of_a_withdrawn_record_says_what_to_do_and_is_kept(
    two: Desk, window: MainWindow
) -> None:
    session = leave_a_correction(window, two)
    withdraw(two, Kind.SESSION, session)
    (draft,) = drafts.kept(two)
    window.go_on(draft.id)
    assert window.reopened is None
    assert "Bu kayıt geri çekilmiş" in window.toast.words.text()
    withdrawing.take_back(two, Kind.SESSION, session.id)
    window.go_on(draft.id)
    form = window.reopened
    assert isinstance(form, SessionDialog)
    assert form.typed()["note"] == TYPED
    form.reject()


@pytest.mark.parametrize("name", NEW)
def test_a_new_record_of_a_withdrawn_file_says_what_to_do_and_is_kept(
    two: Desk, window: MainWindow, name: str
) -> None:
    form: RecordDialog | None
    if name == "call":
        window.new_application(HERS.id)
        form = window.quick_entry
    elif name == "referral":
        form = ReferralDialog.for_new(window, window.place, HERS.id)
    else:
        form = VisitDialog.for_new(window, window.place, None, HERS.id)
    assert form is not None
    form.open()
    type_into(form.fields[NEW[name]].control, TYPED)
    form.reject()
    window.quick_entry = None
    withdraw(two, Kind.CLIENT, HERS)
    (draft,) = drafts.kept(two)
    window.go_on(draft.id)
    assert (window.reopened, window.quick_entry) == (None, None)
    assert "Bu dosya geri çekilmiş" in window.toast.words.text()
    assert drafts.kept(two) == [draft]
    withdrawing.take_back(two, Kind.CLIENT, HERS.id)
    window.go_on(draft.id)
    again = window.reopened or window.quick_entry
    assert again is not None
    assert again.typed()[NEW[name]] == TYPED
    assert again.whose() == HERS.id
    again.reject()


def test_f2_over_a_withdrawn_file_starts_with_nobody(
    two: Desk, window: MainWindow, typist: Typist
) -> None:
    withdraw(two, Kind.CLIENT, HERS)
    show(window, HERS)
    typist.press("F2")
    form = window.quick_entry
    assert form is not None
    assert form.isVisible()
    assert form.whose() == ""
    form.reject()


def test_no_key_opens_a_form_that_a_withdrawn_file_does_not_offer(
    two: Desk, window: MainWindow, typist: Typist
) -> None:
    page = show(window, HERS)
    typist.press("Ctrl+N")
    assert isinstance(page.dialog, SessionDialog)
    page.dialog.reject()
    withdraw(two, Kind.CLIENT, HERS)
    page = show(window, HERS)
    typist.press("Ctrl+N")
    assert page.dialog is None


def test_f3_takes_nobodys_words_out_of_a_call_without_a_client(
    two: Desk, window: MainWindow, typist: Typist
) -> None:
    typist.press("F2")
    typist.type("Yeni Kadın")
    typist.press("F3")
    form = window.quick_entry
    assert form is not None
    assert form.finder.words == "Yeni Kadın"
    form.reject()
    assert gone(form)


def test_an_answer_to_a_referral_older_than_the_latest_shown_comes_back(
    two: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referrals, "SHOWN", 2)
    for month in (8, 9, 10):
        referring.refer(two, a_referral(HERS, date=date(2026, month, 1)))
    window.show_page("referrals")
    page = window.page
    assert isinstance(page, ReferralsPage)
    page.table.selectRow(0)
    page.answer.day.setText("2.8.2026")
    page.table.selectRow(1)
    (draft,) = drafts.kept(two)
    window.show_page("today")
    window.toast.hide()
    window.go_on(draft.id)
    assert not window.toast.isVisible()
    assert page.answer.day.text() == "2.8.2026"
    assert page.answer.whose() == HERS.id
