"""A lawyer with the vault key and an SQL prompt founds a list of people in which she is first.

The list holds by itself: she is its coordinator. What it rests on stands in the anchors and in
everybody's slot.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import circles, intake
from kadin_danisma.store import anchor, second_anchor, user_rows
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.connection import Mode, connect
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.recovery import is_recovery
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Kind, Member, State, Statement
from kadin_danisma.store.slots import Holding
from kadin_danisma.store.vault import Vault
from tests.attacks.centre import Centre
from tests.attacks.conftest import Holds
from tests.attacks.raw_files import AT, CHOSEN, Insider, insider
from tests.builders import a_client

SHE = Identity.new()


def founds_her_own(centre: Centre, *, cuts_the_log: bool) -> Insider:
    """Write a list of one's own into vault and key file, and tell the tables as well."""
    she = insider(centre, "elif")
    me = she.me.now(role=Role.COORDINATOR, public=SHE.public)
    first = Statement(1, "", AT, she.id, me).signed(she.file.vault_id, SHE.signing)
    root = Roster.read(she.file.vault_id, [first]).root
    mine = she.a_slot(she.id, "elif", SHE, holding=Holding.VAULT, held=she.held, root=root)
    she.writes(chain=[first], slots=(mine, *(s for s in she.file.slots if s.user_id != she.id)))
    db = connect(centre.path, she.held, Mode.WORK)
    try:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("DELETE FROM roster")
        db.execute("INSERT INTO roster VALUES (1, ?, ?)", (first.said(), first.signature))
        db.execute("UPDATE user SET role = 'coordinator' WHERE id = ?", (she.id,))
        if cuts_the_log:
            db.execute("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()
    return she


def is_coordinator(centre: Centre, *, accepts: bool) -> bool:
    try:
        with Vault.open(
            centre.path, "elif", CHOSEN, centre.clock, accept_rollback=accepts
        ) as vault:
            return vault.user.role is Role.COORDINATOR
    except KnownError:
        return False


def roots_unknown(_vault: object, *_said: object) -> None:
    """Stand in for an anchor that remembers nothing."""


@pytest.mark.parametrize("cuts_the_log", [False, True])
def test_she_is_no_coordinator_by_it_nor_by_accepting_an_older_vault(
    holds: Holds, *, cuts_the_log: bool
) -> None:
    def attack(centre: Centre) -> bool:
        founds_her_own(centre, cuts_the_log=cuts_the_log)
        return is_coordinator(centre, accepts=True)

    def without_root(found: Callable[..., Anchor | None]) -> Callable[..., Anchor | None]:
        def read(*said: object) -> Anchor | None:
            known = found(*said)
            return replace(known, root="") if known else None

        return read

    centre = holds(attack, (anchor, "read_from", without_root(anchor.read_from)))
    for name in ("derya", "avukat", "kurtarma"):
        assert not centre.gets_in(name), "what everybody's slot rests on is another list"


def test_nobody_else_comes_in_on_it_even_where_no_anchor_is_left(centre: Centre) -> None:
    founds_her_own(centre, cuts_the_log=False)
    anchor.path_of(centre.path).unlink()
    second_anchor.path_of(centre.path).unlink(missing_ok=True)
    assert is_coordinator(centre, accepts=False), "she alone, in what only she believes"
    for name in ("derya", "avukat", "kurtarma"):
        with pytest.raises(KnownError), centre.at(name):
            pass


def test_a_code_that_a_coordinator_signs_beside_the_sheets_gets_no_file(holds: Holds) -> None:
    """It is in no set of sheets, so no page shows it; files would be sealed to it all the same."""

    def attack(centre: Centre) -> bool:
        she = insider(centre, "ikinci")
        code = Member(
            "recovery-9",
            "kurtarma-9",
            "",
            Role.COORDINATOR,
            State.ACTIVE,
            SHE.public,
            Kind.RECOVERY,
        )
        she.states(code)
        with centre.at("derya") as desk:
            assert desk.vault.roster.active("recovery-9") == code
            client = a_client("2026/0777", name="Saklı Kişi")
            intake.open_file(desk, client)
            circles.seal(desk, client.id, {centre.ids["derya"]})
            with desk.vault.read() as db:
                found = db.execute("SELECT user_id FROM circle_member").fetchall()
        return ("recovery-9",) in found

    def by_their_ids(db: object) -> list[object]:
        return [user for user in user_rows._active(db) if is_recovery(user.id)]  # type: ignore[arg-type]

    holds(attack, (user_rows, "recovery_codes", by_their_ids))
