"""Whatever happens in whatever order, no form shows what was typed in another one's."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Role
from kadin_danisma.services import casework, drafts, intake, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.typing import type_into
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE, a_client
from tests.ui.conftest import dispose

AUTHORS = ("derya", "zeynep")
FORMS = ("call", "session", "referral", "visit", "correction")
#: Where a mark is typed in each form.
_FIELD = {"session": "note", "visit": "child", "correction": "safety_note"}

Step = tuple[str, str, int]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.sampled_from(FORMS), st.integers(0, 1)),
        st.tuples(st.just("go on"), st.just(""), st.integers(0, 5)),
        st.tuples(st.just("look"), st.sampled_from(FORMS), st.integers(0, 1)),
        st.tuples(st.just("change places"), st.just(""), st.just(0)),
        st.tuples(st.just("lock"), st.just(""), st.just(0)),
    ),
    min_size=3,
    max_size=9,
)


@dataclass
class Sitting:
    """Two people at one computer, one after the other, and what each typed where."""

    vault: Vault
    look: Look
    clients: list[Client]
    author: str = AUTHORS[0]
    #: By mark: who typed it, in which form, for which file.
    typed: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    window: MainWindow | None = None

    def sit_down(self) -> MainWindow:
        place = Workplace(Desk(self.vault, self.vault.clock), self.look)
        self.window = MainWindow(place, lambda: None)
        self.window.show()
        return self.window

    def get_up(self) -> None:
        assert self.window is not None
        self.window.put_away()
        self.window.place.background.close()
        dispose(self.window)

    def change_places(self) -> None:
        self.get_up()
        self.author = AUTHORS[1 - AUTHORS.index(self.author)]
        path, clock = self.vault.path, self.vault.clock
        self.vault.close()
        self.vault = Vault.open(path, self.author, PASSPHRASE, clock)
        self.sit_down()

    def new_form(self, kind: str, client: Client) -> RecordDialog:
        assert self.window is not None
        window, place = self.window, self.window.place
        if kind == "call":
            window.new_application()
            assert window.quick_entry is not None
            return window.quick_entry
        made: RecordDialog
        if kind == "session":
            page = casework.client_page(place.desk, client.id)
            made = SessionDialog.for_new(window, place, page)
        elif kind == "referral":
            made = ReferralDialog.for_new(window, place, client.id)
        elif kind == "visit":
            made = VisitDialog.for_new(window, place, None, client.id)
        else:
            standing = casework.client(place.desk, client.id)
            made = ClientDialog(window, place, standing, is_new=False)
        made.open()
        return made

    def type_into(self, form: RecordDialog, kind: str, client: Client) -> None:
        mark = f"işaret{len(self.typed):03}"
        if isinstance(form, ApplicationDialog):
            form.finder.start_with(mark)
        elif kind == "referral":
            form.fields["date"].control.setProperty("text", mark)
        else:
            type_into(form.fields[_FIELD[kind]].control, mark)
        whose = "" if kind == "call" else client.id
        self.typed[mark] = (self.author, kind, whose)


def marks_in(form: RecordDialog) -> set[str]:
    said = repr(form.typed())
    return {said[at : at + 9] for at in range(len(said)) if said.startswith("işaret", at)}


def take(sitting: Sitting, step: Step) -> None:
    what, kind, number = step
    window = sitting.window
    assert window is not None
    if what == "change places":
        sitting.change_places()
    elif what == "lock":
        sitting.get_up()
        after = sitting.sit_down()
        after.resume()
        if after.reopened is not None:
            check_taken_up(sitting, after.reopened)
            after.reopened.reject()
    elif what == "go on":
        kept = drafts.kept(window.place.desk)
        if kept:
            window.go_on(kept[number % len(kept)].id)
            form = window.reopened or window.quick_entry
            assert form is not None
            check_taken_up(sitting, form)
            form.reject()
            window.reopened = window.quick_entry = None
    else:
        client = sitting.clients[number]
        form = sitting.new_form(kind, client)
        assert marks_in(form) == set(), "a new form begins with what was typed in another one"
        if what == "type":
            sitting.type_into(form, kind, client)
        form.reject()


def check_taken_up(sitting: Sitting, form: RecordDialog) -> None:
    """One mark stands in it: her own, of this form, of this file."""
    (mark,) = marks_in(form)
    author, kind, whose = sitting.typed[mark]
    assert author == sitting.author
    kinds = {
        "call": ApplicationDialog, "session": SessionDialog, "referral": ReferralDialog,
        "visit": VisitDialog, "correction": ClientDialog,
    }  # fmt: skip
    assert type(form) is kinds[kind]
    assert form.whose() == whose


@given(taken=steps)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_draft_never_stands_in_another_womans_form(
    desk: Desk, look: Look, taken: list[Step], request: pytest.FixtureRequest
) -> None:
    sitting = request.node.stash.get(_SITTING, None)
    if sitting is None:
        people.add_user(desk, AUTHORS[1], "Zeynep Ö.", Role.COORDINATOR, PASSPHRASE)
        clients = [a_client("2026/0401"), a_client("2026/0402")]
        for client in clients:
            intake.open_file(desk, client)
        sitting = request.node.stash[_SITTING] = Sitting(desk.vault, look, clients)
    sitting.sit_down()
    try:
        for step in taken:
            take(sitting, step)
    finally:
        sitting.get_up()


_SITTING: pytest.StashKey[Sitting] = pytest.StashKey()
