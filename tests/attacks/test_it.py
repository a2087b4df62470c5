"""IT: her own passphrase, the key that seals the key file, and a signing key that is believed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.services import circles, intake
from kadin_danisma.store import (
    circles as files,
)
from kadin_danisma.store import (
    identifying,
    pending,
    sealing,
    settling,
    signing,
    user_rows,
)
from kadin_danisma.store.identity import NO_KEYS, Identity
from kadin_danisma.store.recovery import is_recovery
from kadin_danisma.store.roster import rules
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import DisciplineKey, Kind, Member, State
from kadin_danisma.store.slots import Holding
from tests.attacks.centre import Centre, in_vault
from tests.attacks.conftest import Holds, always, never
from tests.attacks.raw_files import (
    CHOSEN,
    Insider,
    insider,
    vault_key_for,
    with_slot_first,
)
from tests.builders import a_client

SHE = Identity.new()


def let_in(centre: Centre, user_id: str) -> None:
    """Let a coordinator let somebody in who waits with words, which match."""
    with centre.at("derya") as desk:
        for newcomer in pending.waiting(desk.vault):
            if newcomer.user.id == user_id and newcomer.words:
                pending.admit(desk.vault, user_id)


# Her own slot.


def test_she_waits_as_a_coordinator_with_words_that_match(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        hers = it.a_slot(it.id, "bilgi", SHE, holding=Holding.WAITING, held=it.mac_key)
        it.edits(it.id, lambda _slot: hers)
        it.states(it.me.now(role=Role.COORDINATOR, state=State.WAITING, public=NO_KEYS))
        centre.works("ikinci")
        let_in(centre, it.id)
        return vault_key_for(SHE, centre, it.id) is not None

    centre = holds(attack, (rules, "may_follow", always))
    assert centre.told()
    assert centre.gets_in("bilgi")


def test_she_waits_by_her_slot_alone(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        hers = it.a_slot(it.id, "bilgi", SHE, holding=Holding.WAITING, held=it.mac_key)
        it.edits(it.id, lambda _slot: hers)
        centre.changes_the_key()
        return Insider(centre.path, "bilgi", CHOSEN).held != b""

    def outcome(centre: Centre) -> bool:
        try:
            return attack(centre)
        except LookupError:
            return False

    centre = holds(outcome, (identifying, "is_hers", always))
    assert any("Bilgi A." in said for said in centre.told("ikinci"))


def test_a_change_of_key_shakes_her_second_slot_off(holds: Holds) -> None:
    """It stands under a lawyer's id, before hers, and says that it may hold the vault key."""

    def attack(centre: Centre) -> bool:
        it, lawyer = insider(centre, "bilgi"), centre.ids["avukat"]
        second = it.a_slot(lawyer, "avukat", SHE, holding=Holding.VAULT, held=bytes(32))
        it.writes(slots=with_slot_first(it.file, second))
        centre.changes_the_key()
        return vault_key_for(SHE, centre, lawyer) is not None

    centre = holds(attack, (identifying, "is_hers", always))
    assert centre.gets_in("avukat")
    assert [said for said in centre.told() if "Avukat A." in said]


@pytest.mark.parametrize("user_id", ["recovery-9", "recovery", "yok", "6f1c", ""])
def test_a_slot_of_nobody_gets_no_key(holds: Holds, user_id: str) -> None:
    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        added = it.a_slot(user_id, "kurtarma-9", SHE, holding=Holding.VAULT, held=bytes(32))
        it.writes(slots=with_slot_first(it.file, added))
        centre.changes_the_key()
        return vault_key_for(SHE, centre, user_id) is not None

    def everybody_is_somebody(roster: Roster, slot: object) -> bool:
        return True

    weak = (
        (identifying, "is_hers", always),
        (settling.SlotBook, "is_hers", always),
        (settling.SlotBook, "holding_of", lambda *_said: Holding.VAULT),
    )
    holds(attack, *weak)


def test_no_account_of_hers_takes_the_id_of_a_recovery_code(holds: Holds) -> None:
    """Else every file restricted from then on would be sealed to it, outside every list."""

    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        name = "kurtarma-9"
        code = Member(
            "recovery-9", name, "", Role.COORDINATOR, State.ACTIVE, SHE.public, Kind.RECOVERY
        )
        it.states(code)
        with centre.at("derya") as desk:
            client = a_client("2026/0777", name="Saklı Kişi")
            intake.open_file(desk, client)
            circles.seal(desk, client.id, {centre.ids["derya"]})
            with desk.vault.read() as db:
                rows = db.execute(
                    "SELECT sealed FROM circle_member WHERE client_id = ?", (client.id,)
                )
                return any(sealing.unseal(sealed, SHE.sealing) for (sealed,) in rows)

    def by_their_ids(db: Connection) -> list[User]:
        return [user for user in user_rows._active(db) if is_recovery(user.id)]

    centre = holds(
        attack, (rules, "may_follow", always), (user_rows, "recovery_codes", by_their_ids)
    )
    with centre.at("derya") as desk, desk.vault.read() as db:
        assert files.recovery_ids(db) == {"recovery"}


@pytest.mark.parametrize("kind", Kind)
def test_nor_does_one_that_waits(holds: Holds, kind: Kind) -> None:
    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        it.states(
            Member("recovery-9", "dokuz", "", Role.LAWYER, State.WAITING, kind=kind, own=False)
        )
        return "recovery-9" in in_vault(centre).members

    holds(attack, (rules, "may_follow", always), (rules, "is_well_formed", always))


# Statements.

Say = Callable[[Insider, Centre], Member | DisciplineKey]


def _of(who: str, **changes: object) -> Say:
    return lambda it, centre: it.roster.members[centre.ids[who]].now(**changes)


def _new(**changes: object) -> Say:
    usual = Member(
        "0b6f7c1e-6a3e-4f52-9f0e-0f2a8a6c1d11", "dokuz", "Dokuz A.", Role.LAWYER, State.WAITING
    )
    return lambda _it, _centre: usual.now(**changes)


FORGED: dict[str, Say] = {
    "makes a new account that comes in": _new(state=State.ACTIVE, public=SHE.public),
    "lets somebody in who waits": _of("yeni", state=State.ACTIVE, public=SHE.public),
    "gives a colleague keys of hers": _of("avukat", public=SHE.public),
    "renames a colleague": _of("avukat", name="avukat-iki"),
    "gives a colleague another title": _of("avukat", title="Derya A."),
    "makes a colleague a coordinator": _of("avukat", role=Role.COORDINATOR),
    "makes a colleague IT": _of("psikolog", role=Role.IT),
    "resets and renames at once": _of(
        "avukat", state=State.WAITING, public=NO_KEYS, name="avukat-iki"
    ),
    "resets and changes the role": _of(
        "avukat", state=State.WAITING, public=NO_KEYS, role=Role.COORDINATOR
    ),
    "changes her own role with new keys": _of("bilgi", role=Role.COORDINATOR, public=SHE.public),
    "makes herself a recovery code": _of("bilgi", kind=Kind.RECOVERY),
    "takes new keys that are not hers alone": _of("bilgi", own=False, public=SHE.public),
    "removes the recovery code": lambda it, _centre: it.roster.members["recovery"].now(
        state=State.LEFT, public=NO_KEYS
    ),
    "gives a discipline another key": lambda _it, _centre: DisciplineKey(
        Discipline.PSYCHOLOGICAL, SHE.public.sealing
    ),
    "names an account like a colleague": _new(name="DERYA"),
    "names an account like a colleague with other letters": _new(name="avukat "),
    "names an account like recovery": _new(name="kurtarma-7"),
    "names an account with signs that cannot be seen": _new(name="der\u200bya"),
    "names an account with a letter that cannot be seen": _new(name="derya\u3164"),
    "titles an account with a letter that cannot be seen": _new(title="Derya A.\u3164"),
    "names an account in letters of two scripts": _new(name="derуa hanım"),
    "turns the letters of a name": _new(name="\u202eayred"),
    "gives an account an id that no program made": _new(id="derya"),
    "gives an account the id in capitals": _new(id="0B6F7C1E-6A3E-4F52-9F0E-0F2A8A6C1D11"),
    "brings back a colleague with a key nobody can seal to": _of(
        "bilgi", public=replace(SHE.public, sealing=bytes(32))
    ),
}


@pytest.mark.parametrize("said", FORGED)
def test_what_she_may_not_state_does_not_count(holds: Holds, said: str) -> None:
    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        subject = FORGED[said](it, centre)
        it.states(subject)
        try:
            found = in_vault(centre)
        except dbapi2.IntegrityError:
            # Two of one name: nobody signs in any more.
            return True
        return subject in (*found.members.values(),) or (
            isinstance(subject, DisciplineKey)
            and found.disciplines[subject.discipline] == subject.public
        )

    centre = holds(attack, (rules, "may_follow", always), (rules, "is_well_formed", always))
    assert centre.gets_in("derya")


def test_she_cannot_remove_every_coordinator(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        for name in ("ikinci", "derya"):
            it.states(it.roster.members[centre.ids[name]].now(state=State.LEFT, public=NO_KEYS))
        return not centre.gets_in("derya")

    holds(attack, (rules, "_leaves_nobody", never))


SIGNED_OTHERWISE: dict[str, Callable[[Insider, Centre], dict[str, object]]] = {
    "in a coordinator's name": lambda _it, centre: {"by": centre.ids["derya"]},
    "in the name of the recovery code": lambda _it, _centre: {"by": "recovery"},
    "in the name of somebody who waits": lambda _it, centre: {"by": centre.ids["yeni"]},
    "for another vault": lambda _it, centre: {"by": centre.ids["derya"], "vault_id": "andere"},
    "with a key of nobody": lambda _it, centre: {
        "by": centre.ids["derya"], "seed": signing.new_seed(),
    },
}  # fmt: skip


@pytest.mark.parametrize("how", SIGNED_OTHERWISE)
def test_nobody_else_signs_for_her(holds: Holds, how: str) -> None:
    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        subject = it.roster.members[centre.ids["avukat"]].now(role=Role.COORDINATOR)
        it.states(subject, **SIGNED_OTHERWISE[how](it, centre))
        return in_vault(centre).members[subject.id] == subject

    holds(attack, (signing, "is_signed", always), (rules, "may_follow", always))


def test_a_statement_for_another_vault_does_not_count_in_this_one(holds: Holds) -> None:
    """IT of two centres: what she may say in the one says nothing in the other."""

    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        gone = it.roster.members[centre.ids["avukat"]].now(state=State.LEFT, public=NO_KEYS)
        it.states(gone, vault_id="0d0c1b9a-7b1e-4a52-8a61-3f8f2b7d9f10")
        return in_vault(centre).members[gone.id] == gone

    holds(attack, (signing, "is_signed", always))
