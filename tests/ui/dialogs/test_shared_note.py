"""The field of a note that all counsellors read, in the forms of applications and referrals."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Application, Referral
from kadin_danisma.domain.role import Role
from kadin_danisma.services import casework, circles, intake, people, referring
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.referrals import ReferralsPage
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE, a_client, a_referral, an_application

CLIENT = a_client("2026/0412")
SAID = "Ablası aradı,\nnafakayı sordu."
READERS = "avukatlar, psikologlar, sosyal hizmet uzmanları"
#: Sits down as somebody.
SitDown = Callable[[str], Workplace]


@pytest.fixture
def sit_down(place: Workplace, look: Look, clock: FixedClock) -> Iterator[SitDown]:
    """A lawyer and somebody at the front desk, who took a contact and sent a referral."""
    desk = place.desk
    people.add_user(desk, "leyla", "Av. Leyla", Role.LAWYER, PASSPHRASE)
    people.add_user(desk, "selin", "Selin C.", Role.FRONT_DESK, PASSPHRASE)
    intake.open_file(desk, CLIENT)
    path: Path = desk.vault.path
    desk.close()
    opened: list[Vault] = []

    def sit(name: str) -> Workplace:
        for vault in opened:
            vault.close()
        opened.append(Vault.open(path, name, PASSPHRASE, clock))
        return Workplace(Desk(opened[-1], clock), look)

    yield sit
    for vault in opened:
        vault.close()


def shown_hint(form: ApplicationDialog | ReferralDialog) -> str:
    return form.text.accessibleDescription()


def taken(place: Workplace) -> Application:
    contact = an_application(note=SAID)
    intake.record_application(place.desk, contact)
    found = casework.record_of(place.desk, Kind.APPLICATION, contact.id)
    assert isinstance(found, Application)
    return found


def test_a_call_is_taken_with_a_sentence_by_keys_alone(sit_down: SitDown, qtbot: QtBot) -> None:
    place = sit_down("leyla")
    form = ApplicationDialog.for_new(None, place)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    for _stop in range(4):
        form.focusNextChild()
    assert form.focusWidget() is form.text
    qtbot.keyClicks(form.text, "Ablasi aradi.")
    qtbot.keyClick(form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with place.desk.vault.read() as db:
        (key,) = db.execute("SELECT id FROM application").fetchone()
    found = casework.record_of(place.desk, Kind.APPLICATION, key)
    assert isinstance(found, Application)
    assert (found.note, found.client_id) == ("Ablasi aradi.", None)


def test_whoever_writes_is_told_who_will_read(sit_down: SitDown, qtbot: QtBot) -> None:
    for name, said in (
        ("leyla", f"Okuyabilecekler: {READERS}"),
        ("selin", f"Okuyabilecekler: {READERS} · kaydettikten sonra siz yeniden okuyamazsınız"),
    ):
        form = ApplicationDialog.for_new(None, sit_down(name))
        qtbot.addWidget(form)
        assert shown_hint(form) == said


def test_of_a_restricted_file_the_circle_is_told(sit_down: SitDown, qtbot: QtBot) -> None:
    place = sit_down("leyla")
    circles.seal(place.desk, CLIENT.id, [])
    for form in (
        ApplicationDialog.for_new(None, place, CLIENT.id),
        ReferralDialog.for_new(None, place, CLIENT.id),
    ):
        qtbot.addWidget(form)
        assert shown_hint(form).startswith(f"Okuyabilecekler: {READERS} · bunlardan yalnız")


def test_a_closed_note_stays_whatever_else_is_corrected(sit_down: SitDown, qtbot: QtBot) -> None:
    place = sit_down("selin")
    form = ApplicationDialog(None, place, taken(place), is_new=False)
    qtbot.addWidget(form)
    assert (form.text.isEnabled(), form.text.toPlainText()) == (False, "")
    assert shown_hint(form) == "Burada görüşmecilere yazılmış bir not var. Olduğu gibi kalır."
    form.channel.set_value("email")
    form.submit()
    place = sit_down("leyla")
    found = casework.record_of(place.desk, Kind.APPLICATION, form.built().id)
    assert isinstance(found, Application)
    assert (found.channel, found.note) == ("email", SAID)


def test_a_referral_opened_from_the_list_has_its_note(sit_down: SitDown, qtbot: QtBot) -> None:
    """The list itself has none: saving its form must not take the note back."""
    place = sit_down("leyla")
    referral = a_referral(CLIENT, note=SAID)
    referring.refer(place.desk, referral)
    page = ReferralsPage(place)
    qtbot.addWidget(page)
    page.reload()
    page.correct(page.model.rows[0])
    form = page.dialog
    assert form is not None
    assert form.text.toPlainText() == SAID
    form.consent.set_value("unknown")
    form.submit()
    found = casework.record_of(place.desk, Kind.REFERRAL, referral.id)
    assert isinstance(found, Referral)
    assert (found.consent, found.note) == ("unknown", SAID)


def test_what_is_typed_into_it_is_kept_with_the_form(sit_down: SitDown, qtbot: QtBot) -> None:
    place = sit_down("leyla")
    form = ApplicationDialog(None, place, taken(place), is_new=False)
    qtbot.addWidget(form)
    form.text.setPlainText("yarım kalan")
    typed = form.typed()
    assert typed["note"] == "yarım kalan"
    again = ApplicationDialog(None, place, taken(place), is_new=False)
    qtbot.addWidget(again)
    again.fill(typed)
    assert again.text.value() == "yarım kalan"
