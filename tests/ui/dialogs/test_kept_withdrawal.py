"""Why a record is withdrawn is kept as every form is: for its author, until it is done."""

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Client, Record, Training
from kadin_danisma.domain.role import Role
from kadin_danisma.services import casework, drafts, finding, intake, people, trainings
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.withdraw import WithdrawDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.reopening import correction
from kadin_danisma.ui.widgets.unfinished import UnfinishedLines
from tests.builders import PASSPHRASE, a_client, a_session, a_training, an_application
from tests.ui.conftest import Unlock

WHY = "Ayşe Hanım’ın görüşmesiydi, yanlışlıkla buraya yazıldı"
OTHERS = "mavi kapı ağır ağır açıldı"


@pytest.fixture
def client(desk: Desk) -> Client:
    made = a_client("2026/0412")
    intake.open_file(desk, made)
    intake.open_file(desk, a_client("2026/0413"))
    return made


def _records(desk: Desk, client: Client) -> dict[str, Record]:
    session, contact, training = a_session(client), an_application(), a_training()
    empty = a_client("2026/0414")
    intake.open_file(desk, empty)
    intake.record_session(desk, session)
    intake.record_application(desk, contact)
    trainings.add(desk, training)
    kinds = {"session": session, "contact": contact, "training": training, "client": empty}
    return {
        name: each if isinstance(each, Training) else casework.record_of(desk, _kind(name), each.id)
        for name, each in kinds.items()
    }


def _kind(name: str) -> Kind:
    return Kind.APPLICATION if name == "contact" else Kind(name)


def _asked(window: MainWindow, record: Record) -> WithdrawDialog:
    """Open a record, ask to withdraw it, and write why."""
    form = correction(window, window.place, record)
    form.open()
    form.withdraw.click()
    question = form.withdrawing
    assert question is not None
    question.reason.set_value("wrong_file")
    question.why.setText(WHY)
    return question


def _again(window: MainWindow) -> WithdrawDialog:
    form = window.reopened
    assert isinstance(form, RecordDialog)
    assert form.withdrawing is not None
    return form.withdrawing


@pytest.mark.parametrize("name", ["session", "contact", "training", "client"])
def test_what_was_typed_is_there_again_after_the_lock(
    window: MainWindow, desk: Desk, client: Client, unlocked: Unlock, name: str
) -> None:
    question = _asked(window, _records(desk, client)[name])
    typed = question.typed()
    window.lock()
    after = _again(unlocked())
    assert after.isVisible()
    assert after.typed() == typed
    assert after.why.text() == WHY
    after.submit()
    assert drafts.kept(desk) == []


def test_the_file_to_which_it_was_to_be_moved_is_there_again(
    window: MainWindow, desk: Desk, client: Client, unlocked: Unlock
) -> None:
    question = _asked(window, _records(desk, client)["session"])
    question.target.choose_file(finding.search(desk, "2026/0413")[0].id)
    question._follow()
    window.lock()
    after = _again(unlocked())
    line = after.target.line()
    assert line is not None
    assert line.file_no == "2026/0413"
    after.submit()
    assert drafts.kept(desk) == []


def test_escape_loses_nothing_and_a_quiet_line_leads_back(
    window: MainWindow, desk: Desk, client: Client
) -> None:
    _asked(window, _records(desk, client)["session"]).reject()
    (draft,) = drafts.kept(desk)
    assert draft.client_id == client.id
    window.show_client(client.id)
    page = window.page
    assert isinstance(page, ClientPage)
    (lines,) = page.findChildren(UnfinishedLines)
    assert "Yarım kalan geri çekme" in lines.words(draft)
    lines.go_on[draft.id].click()
    assert _again(window).why.text() == WHY


def test_nobody_else_has_it(window: MainWindow, desk: Desk, client: Client) -> None:
    people.add_user(desk, "zeynep", "Zeynep Ö.", Role.COORDINATOR, OTHERS)
    _asked(window, _records(desk, client)["session"])
    window.lock()
    path, clock = desk.vault.path, desk.clock
    desk.vault.close()
    with Vault.open(path, "zeynep", OTHERS, clock) as vault:
        assert drafts.kept(Desk(vault, clock)) == []
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        (draft,) = drafts.kept(Desk(vault, clock))
    assert draft.typed["why"] == WHY


def test_where_nothing_was_typed_nothing_is_kept(
    window: MainWindow, desk: Desk, client: Client
) -> None:
    form = correction(window, window.place, _records(desk, client)["session"])
    form.open()
    form.withdraw.click()
    assert form.withdrawing is not None
    form.withdrawing.reject()
    assert drafts.kept(desk) == []
