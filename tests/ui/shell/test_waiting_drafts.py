"""What she typed about a file that was restricted meanwhile waits, and shows her nothing of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Application, PlayroomVisit, Record, Referral, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.services import (
    access,
    applications,
    casework,
    circles,
    drafts,
    intake,
    people,
    playroom,
    referring,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.reopening import correction
from kadin_danisma.ui.widgets.unfinished import UnfinishedLines, waiting_words
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE, a_client, a_referral, a_session, a_visit, an_application
from tests.ui.conftest import dispose

CLIENT = a_client("2026/0412", safety_note="kapıcı haber veriyor")
TYPED = "yarım kalan uzun not"
#: Of each kind a record, and the field in which she was typing.
RECORDS: dict[Kind, tuple[Record, str]] = {
    Kind.CLIENT: (CLIENT, "call_hours"),
    Kind.SESSION: (a_session(CLIENT, counsellor="AVUKAT"), "note"),
    Kind.APPLICATION: (an_application(CLIENT), "note"),
    Kind.PLAYROOM_VISIT: (a_visit(CLIENT), "may_collect"),
    Kind.REFERRAL: (a_referral(CLIENT), "note"),
}


class Centre:
    """A centre in which people sit down at one computer, one after the other."""

    def __init__(self, path: Path, clock: FixedClock, look: Look) -> None:
        self._path, self._clock, self._look = path, clock, look

    @contextmanager
    def at(self, name: str) -> Iterator[MainWindow]:
        with Vault.open(self._path, name, PASSPHRASE, self._clock) as vault:
            place = Workplace(Desk(vault, self._clock), self._look)
            window = MainWindow(place, lambda: None)
            window.show()
            yield window
            dispose(window)
            place.background.close()


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock, look: Look) -> Centre:
    desk, _code = access.create_vault(vault_path, "Örnek", "derya", PASSPHRASE, clock)
    with desk.vault:
        people.add_user(desk, "avukat", "AVUKAT", Role.LAWYER, PASSPHRASE)
    with Vault.open(vault_path, "avukat", PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        intake.open_file(desk, CLIENT)
        for record, _field in RECORDS.values():
            match record:
                case Session():
                    intake.record_session(desk, record)
                case Application():
                    intake.record_application(desk, record)
                case PlayroomVisit():
                    playroom.check_in(desk, record)
                case Referral():
                    referring.refer(desk, record)
    return Centre(vault_path, clock, look)


def _type(window: MainWindow, kind: Kind) -> None:
    record, name = RECORDS[kind]
    form = correction(window, window.place, casework.record_of(window.place.desk, kind, record.id))
    form.open()
    control = form.fields[name].control
    control.setProperty("plainText" if control.property("plainText") is not None else "text", TYPED)
    window.lock()


def _lines(window: MainWindow) -> UnfinishedLines:
    window.show_page("today")
    assert isinstance(window.page, TodayPage)
    (lines,) = window.page.findChildren(UnfinishedLines)
    # What was just added is shown a moment later.
    QApplication.processEvents()
    assert all(each.isVisible() for each in lines.away.values())
    return lines


def _said(lines: UnfinishedLines) -> str:
    return " ".join(each.accessibleDescription() for each in lines.away.values())


@pytest.mark.parametrize("kind", RECORDS)
def test_it_waits_is_kept_and_comes_back_once_she_is_let_in(centre: Centre, kind: Kind) -> None:
    with centre.at("avukat") as window:
        _type(window, kind)
    with centre.at("derya") as window:
        circles.seal(window.place.desk, CLIENT.id, [])
    with centre.at("avukat") as window:
        window.resume()
        assert window.reopened is None
        assert window.toast.isVisible()
        lines = _lines(window)
        assert waiting_words() in _said(lines)
        assert CLIENT.file_no not in _said(lines)
        assert TYPED not in _said(lines)
        assert not any(each.isVisible() for each in lines.go_on.values())
        (draft,) = drafts.kept(window.place.desk)
        assert draft.typed[RECORDS[kind][1]] == TYPED
    with centre.at("derya") as window:
        desk = window.place.desk
        lawyer = next(each for each in people.users(desk) if each.name == "avukat")
        circles.widen(desk, CLIENT.id, [lawyer.id])
    with centre.at("avukat") as window:
        lines = _lines(window)
        assert waiting_words() not in _said(lines)
        (go_on,) = lines.go_on.values()
        assert go_on.isVisible()
        go_on.click()
        form = window.reopened
        assert isinstance(form, RecordDialog)
        assert form.typed()[RECORDS[kind][1]] == TYPED
        form.close()


def test_going_on_shows_nothing_of_the_file_and_tells_the_log_nothing(centre: Centre) -> None:
    with centre.at("avukat") as window:
        _type(window, Kind.SESSION)
    with centre.at("derya") as window:
        circles.seal(window.place.desk, CLIENT.id, [])
    with centre.at("avukat") as window:
        desk = window.place.desk
        with desk.vault.read() as db:
            before = [line.action for line in audit.lines(db, 100)]
        window.go_on(drafts.kept(desk)[0].id)
        assert window.front != "client"
        assert window.reopened is None
        with desk.vault.read() as db:
            assert [line.action for line in audit.lines(db, 100)] == before


def test_it_can_be_thrown_away_meanwhile(centre: Centre) -> None:
    with centre.at("avukat") as window:
        _type(window, Kind.SESSION)
    with centre.at("derya") as window:
        circles.seal(window.place.desk, CLIENT.id, [])
    with centre.at("avukat") as window:
        lines = _lines(window)
        (away,) = lines.away.values()
        away.click()
        assert lines.question is not None
        lines.question.yes.click()
        assert drafts.kept(window.place.desk) == []


def test_a_contact_that_was_linked_to_a_restricted_file_waits_too(centre: Centre) -> None:
    contact = an_application(number="B-77")
    with centre.at("avukat") as window:
        desk = window.place.desk
        intake.record_application(desk, contact)
        form = correction(
            window, window.place, casework.record_of(desk, Kind.APPLICATION, contact.id)
        )
        form.open()
        form.fields["note"].control.setProperty("plainText", TYPED)
        window.lock()
    with centre.at("derya") as window:
        desk = window.place.desk
        circles.seal(desk, CLIENT.id, [])
        applications.link(desk, contact.id, CLIENT.id)
    with centre.at("avukat") as window:
        assert waiting_words() in _said(_lines(window))
