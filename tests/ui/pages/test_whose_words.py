"""What nobody signed is marked where it is read: in the log, on a file, in a note and its past."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Session
from kadin_danisma.services import casework, circles, intake
from kadin_danisma.store import audit, records
from kadin_danisma.store.records import Stamp
from kadin_danisma.ui.dialogs.history import HistoryDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.pages.admin.log import LogSection
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.timeline import note_words
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_session

CLIENT = a_client()
SESSION = a_session(CLIENT, note="dava açıldı", date=date(2026, 11, 20))
UNKNOWN = "yazanı doğrulanamadı"


@pytest.fixture
def file(place: Workplace) -> Workplace:
    """A file with a session whose note the signed-in person may read."""
    desk = place.desk
    intake.open_file(desk, CLIENT)
    intake.record_session(desk, SESSION)
    return place


@pytest.fixture
def reader(file: Workplace, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """She reads notes, as a lawyer would: the coordinator of the test founded the vault."""
    vault = file.desk.vault
    monkeypatch.setattr(vault, "readable", lambda: vault.secrets)
    return file


def correct_without_a_signature(place: Workplace) -> None:
    """Write another wording as somebody does who has the public key of the discipline."""
    desk = place.desk
    standing = casework.record_of(desk, Kind.SESSION, SESSION.id)
    assert isinstance(standing, Session)
    with desk.vault.write() as db:
        stamp = Stamp(desk.clock.now(), desk.user.id)
        records.correct(db, replace(standing, note="dava geri çekildi"), stamp)


def test_a_line_of_the_log_that_nobody_signed_is_marked(file: Workplace, qtbot: QtBot) -> None:
    vault = file.desk.vault
    with vault.write() as db:
        now = vault.clock.now()
        audit.add(db, vault._chain_key, vault.user, now, "break_glass", CLIENT.file_no)
    section = LogSection(file)
    qtbot.addWidget(section)
    section.resize(1060, 700)
    section.show()
    section.reload()
    model = section.list.model
    about = [model.index(place, 3).data() for place in range(3)]
    assert about[0] == f"{CLIENT.file_no} · {UNKNOWN}"
    assert not any(UNKNOWN in said for said in about[1:])


def test_a_note_that_nobody_signed_is_marked_on_the_file(reader: Workplace, qtbot: QtBot) -> None:
    page = ClientPage(reader, CLIENT.id)
    qtbot.addWidget(page)
    (entry,) = page.timeline.model.rows
    assert note_words(entry) == "Not"
    correct_without_a_signature(reader)
    page.reload()
    (entry,) = page.timeline.model.rows
    assert note_words(entry) == f"Not · {UNKNOWN}"


def test_its_form_and_its_history_say_so_too(reader: Workplace, qtbot: QtBot) -> None:
    correct_without_a_signature(reader)
    page = casework.client_page(reader.desk, CLIENT.id)
    standing = page.timeline[0].record
    assert isinstance(standing, Session)
    form = SessionDialog(None, reader, page, standing, is_new=False)
    qtbot.addWidget(form)
    assert UNKNOWN in form.fields["note"].control.accessibleDescription()
    history = HistoryDialog(form, reader, Kind.SESSION, SESSION.id)
    qtbot.addWidget(history)
    assert history.model.index(0, 1).data() == f"Derya A. · {UNKNOWN}"
    assert history.model.columns[1].tone is not None
    assert history.model.columns[1].tone(history.model.rows[0]) is Tone.DANGER


def test_a_circle_that_its_people_did_not_sign_is_told_on_the_file(
    file: Workplace, qtbot: QtBot
) -> None:
    circles.seal(file.desk, CLIENT.id, set())
    page = ClientPage(file, CLIENT.id)
    qtbot.addWidget(page)
    assert "yeni hiçbir şey kaydedilmez" not in page.circle.words.text()
    with file.desk.vault.write() as db:
        db.execute("UPDATE circle SET public = zeroblob(32)")
    page.reload()
    assert "yeni hiçbir şey kaydedilmez" in page.circle.words.text()
    assert not page.circle.isHidden()
