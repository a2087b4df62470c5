"""Every service is tried by every role: the service decides, whatever the window shows."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.domain.role import ALLOWED, Action, Role
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.services import (
    casework,
    finding,
    importing,
    intake,
    people,
    playroom,
    referring,
    reporting,
    trainings,
    upkeep,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit, records, users
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_training,
    a_user,
    a_visit,
    an_application,
)

CLIENT = a_client("2026/0500")
SESSION = a_session(CLIENT, note="yalnız görevliye")
SEPTEMBER = Period.parse("2026-09")
NOWHERE = Path("yok.xlsx")

ACTS: dict[str, tuple[Action, Callable[[Desk], object]]] = {
    "search": (Action.SEE_CLIENTS, lambda desk: finding.search(desk, "isil")),
    "list": (Action.SEE_CLIENTS, finding.all_clients),
    "duplicates": (Action.SEE_CLIENTS, lambda desk: finding.likely_duplicates(desk, CLIENT)),
    "page": (Action.SEE_CLIENTS, lambda desk: casework.client_page(desk, CLIENT.id)),
    "record": (
        Action.SEE_CLIENTS,
        lambda desk: casework.record_of(desk, Kind.SESSION, SESSION.id),
    ),
    "history": (Action.SEE_CLIENTS, lambda desk: casework.history(desk, Kind.CLIENT, CLIENT.id)),
    "open file": (Action.RECORD, lambda desk: intake.open_file(desk, a_client("2026/0501"))),
    "application": (
        Action.RECORD,
        lambda desk: intake.record_application(desk, an_application(CLIENT)),
    ),
    "session": (
        Action.WRITE_SESSIONS,
        lambda desk: intake.record_session(desk, a_session(CLIENT)),
    ),
    "correct": (
        Action.RECORD,
        lambda desk: intake.correct(desk, casework.client(desk, CLIENT.id)),
    ),
    "correct session": (
        Action.WRITE_SESSIONS,
        lambda desk: intake.correct(desk, casework.record_of(desk, Kind.SESSION, SESSION.id)),
    ),
    "refer": (Action.RECORD, lambda desk: referring.refer(desk, a_referral(CLIENT))),
    "waiting": (Action.SEE_CLIENTS, referring.waiting),
    "training": (Action.RECORD, lambda desk: trainings.add(desk, a_training())),
    "check in": (Action.RUN_PLAYROOM, lambda desk: playroom.check_in(desk, a_visit(CLIENT))),
    "board": (Action.RUN_PLAYROOM, playroom.children_in),
    "counts": (Action.COUNT, lambda desk: reporting.counts(desk, SEPTEMBER)),
    "preview": (Action.PUBLISH, lambda desk: reporting.preview(desk, SEPTEMBER)),
    "published": (Action.PUBLISH, reporting.published),
    "import": (Action.IMPORT, lambda desk: importing.import_workbook(desk, NOWHERE)),
    "users": (Action.MANAGE_USERS, people.users),
    "log": (Action.SEE_AUDIT, people.audit_lines),
}


@pytest.fixture
def stocked(vault: Vault, clock: FixedClock) -> Vault:
    with vault.write() as db:
        stamp = Stamp(clock.now(), vault.user.id)
        records.add(db, CLIENT, stamp)
        records.add(db, SESSION, stamp)
    return vault


def desk_of(vault: Vault, role: Role, clock: FixedClock) -> Desk:
    """Return the desk of somebody of a role."""
    vault.user = a_user(name=str(role), role=role)
    return Desk(vault, clock)


@pytest.mark.parametrize("role", Role)
def test_a_role_can_do_what_the_table_says_and_nothing_else(
    stocked: Vault, clock: FixedClock, role: Role
) -> None:
    desk = desk_of(stocked, role, clock)
    for act, (action, call) in ACTS.items():
        if action in ALLOWED[role]:
            call(desk)
            continue
        with pytest.raises(NotAllowedError) as refusal:
            call(desk)
        assert refusal.value.exit_status == 6, act
        with stocked.read() as db:
            assert audit.lines(db, 1)[0].action == "refused", act


def test_every_action_is_tried() -> None:
    assert {action for action, _ in ACTS.values()} == set(Action) - {
        # Tried by people who hold it below.
        Action.BACK_UP,
    }


def test_it_can_back_up_and_read_nothing(stocked: Vault, clock: FixedClock, tmp_path: Path) -> None:
    desk = desk_of(stocked, Role.IT, clock)
    assert upkeep.backup(desk, tmp_path).exists()
    assert Action.SEE_CLIENTS not in ALLOWED[Role.IT]
    assert Action.COUNT not in ALLOWED[Role.IT]


def test_the_front_desk_sees_that_there_was_a_session_and_not_its_note(
    stocked: Vault, clock: FixedClock
) -> None:
    desk = desk_of(stocked, Role.FRONT_DESK, clock)
    shown = casework.record_of(desk, Kind.SESSION, SESSION.id)
    (entry,) = casework.client_page(desk, CLIENT.id).timeline
    assert "yalnız görevliye" not in repr((shown, entry))


def test_a_person_of_each_role_signs_in_to_her_own_desk(
    stocked: Vault, vault_path: Path, clock: FixedClock
) -> None:
    user = users.add_user(stocked, a_user("elif", role=Role.LAWYER), PASSPHRASE)
    stocked.close()
    with Vault.open(vault_path, "ELİF", PASSPHRASE, clock) as opened:
        assert opened.user.id == user.id
        assert opened.user.role is Role.LAWYER


def test_a_child_is_let_out_by_whoever_runs_the_playroom(stocked: Vault, clock: FixedClock) -> None:
    desk = desk_of(stocked, Role.FRONT_DESK, clock)
    visit = a_visit(CLIENT, date=date(2026, 11, 22))
    playroom.check_in(desk, visit)
    playroom.check_out(desk, visit.id, "anne", time(10, 30))
    assert playroom.children_in(desk) == []


def test_only_whoever_looks_after_backups_restores_one(
    stocked: Vault, vault_path: Path, clock: FixedClock, tmp_path: Path
) -> None:
    users.add_user(stocked, a_user("elif", role=Role.LAWYER), PASSPHRASE)
    made = upkeep.backup(Desk(stocked, clock), tmp_path)
    with pytest.raises(NotAllowedError):
        upkeep.restore(made, tmp_path / "yeni.vault", "elif", PASSPHRASE, clock)
    assert not (tmp_path / "yeni.vault").exists()
    upkeep.restore(made, tmp_path / "yeni.vault", "derya", PASSPHRASE, clock)
    assert (tmp_path / "yeni.vault").exists()
