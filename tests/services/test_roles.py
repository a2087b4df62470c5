"""Every service is tried by every role: the service decides, whatever the window shows."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from kadin_danisma import services
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import disciplines_of
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.role import ALLOWED, Action, Role, may
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.services import casework, keeping, playroom, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import audit, records, users
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_session, a_user, a_visit
from tests.services.acts import ACTS, BY_KEY, CLIENT, COLLEAGUE, EVERYBODY, SESSION

pytestmark = pytest.mark.first_day


@pytest.fixture
def stocked(vault: Vault, clock: FixedClock) -> Vault:
    users.add_user(vault, COLLEAGUE, PASSPHRASE)
    with vault.write() as db:
        stamp = Stamp(clock.now(), vault.user.id)
        records.add(db, CLIENT, stamp)
        records.add(db, SESSION, stamp)
    return vault


def desk_of(vault: Vault, role: Role, clock: FixedClock) -> Desk:
    """Return the desk of somebody of a role."""
    if role is not vault.user.role:
        vault.user = a_user(name=str(role), role=role)
    return Desk(vault, clock)


def public_services() -> Iterator[str]:
    """Yield ``module.function`` of every public function of the services that takes a desk."""
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"{services.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_ours = function.__module__ == loaded.__name__ and not name.startswith("_")
            parameters = inspect.signature(function).parameters.values()
            if is_ours and any(each.annotation in (Desk, "Desk") for each in parameters):
                yield f"{module.name}.{name}"


def test_no_service_is_forgotten() -> None:
    tried = {name.split(" ")[0] for name in ACTS}
    assert set(public_services()) == tried | EVERYBODY.keys() | BY_KEY.keys()
    assert not tried & EVERYBODY.keys()
    assert not (tried | EVERYBODY.keys()) & BY_KEY.keys()


@pytest.mark.parametrize("role", Role)
def test_a_role_can_do_what_the_table_says_and_nothing_else(
    stocked: Vault, clock: FixedClock, role: Role
) -> None:
    desk = desk_of(stocked, role, clock)
    for act, (action, call) in ACTS.items():
        if may(role, action):
            call(desk)
            continue
        with pytest.raises(NotAllowedError) as refusal:
            call(desk)
        assert refusal.value.exit_status == 6, act
        with stocked.read() as db:
            assert audit.lines(db, 1)[0].action == "refused", act


@pytest.mark.parametrize("role", Role)
def test_everybody_may_do_what_is_her_own(stocked: Vault, clock: FixedClock, role: Role) -> None:
    person = a_user(name=str(role), role=role)
    stocked.user = users.add_user(stocked, person, PASSPHRASE)
    for _reason, call in EVERYBODY.values():
        call(Desk(stocked, clock))


def test_every_action_is_tried() -> None:
    # At IT's own desk: test_only_it_keeps_accounts_beside_the_vault.
    assert {action for action, _ in ACTS.values()} == set(Action) - {Action.KEEP_ACCOUNTS}


@pytest.mark.parametrize("role", Role)
def test_only_it_keeps_accounts_beside_the_vault(
    vault: Vault, vault_path: Path, clock: FixedClock, role: Role
) -> None:
    users.add_user(vault, a_user("bilgi", role=Role.IT), PASSPHRASE)
    vault.close()
    with Stewardship.open(vault_path, "bilgi", PASSPHRASE, clock) as keeper:
        keeper.user = replace(keeper.user, role=role)
        desk = KeepersDesk(keeper, clock)
        if role is Role.IT:
            added = keeping.add_account(desk, "elif", "", Role.LAWYER, PASSPHRASE)
            keeping.reset_passphrase(desk, added.id, PASSPHRASE)
            assert "elif" in {each.user.name for each in keeping.accounts(desk)}
            keeping.remove_account(desk, added.id)
            return
        for call in (
            lambda: keeping.accounts(desk),
            lambda: keeping.add_account(desk, "elif", "", Role.LAWYER, PASSPHRASE),
            lambda: keeping.reset_passphrase(desk, "x", PASSPHRASE),
            lambda: keeping.remove_account(desk, "x"),
        ):
            with pytest.raises(NotAllowedError):
                call()


@pytest.mark.parametrize("role", Role)
def test_a_note_is_read_by_its_own_discipline_only(
    stocked: Vault, clock: FixedClock, role: Role
) -> None:
    sessions = [a_session(CLIENT, service=each, note=each) for each in ("legal", "psych", "social")]
    with stocked.write() as db:
        for session in sessions:
            records.add(db, session, Stamp(clock.now(), stocked.user.id))
    desk = desk_of(stocked, role, clock)
    if not may(role, Action.SEE_CLIENTS):
        return
    read = {
        shown.note
        for shown in (casework.record_of(desk, Kind.SESSION, each.id) for each in sessions)
        if isinstance(shown, Session)
    } - {""}
    own = {str(discipline).replace("psychological", "psych") for discipline in disciplines_of(role)}
    assert read == own
    assert may(role, Action.READ_NOTES) == bool(own)


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
