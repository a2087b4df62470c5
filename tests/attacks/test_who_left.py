"""A lawyer who left: her old passphrase, her old keys, and what she had left behind before."""

from dataclasses import replace

import pytest

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import people
from kadin_danisma.store import (
    anchor,
    identifying,
    moments,
    settling,
    signing,
    slot_copies,
    slot_files,
    slots,
    users,
)
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.roster import envelope, rules, table
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Member, State, Statement
from kadin_danisma.store.slots import Holding
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.attacks.centre import Centre, passphrase_of
from tests.attacks.conftest import Holds, always, never
from tests.attacks.raw_files import AT, CHOSEN, Insider, insider, vault_key_for, with_slot_first
from tests.store.disk import slot_file_of

SHE = Identity.new()
FORGOTTEN = "0b6f7c1e-6a3e-4f52-9f0e-0f2a8a6c1d11"


def removes_her(centre: Centre) -> None:
    """Let a coordinator take her account away, which changes the key of the vault."""
    with centre.at("derya") as desk:
        people.remove_user(desk, centre.ids["elif"])


def share_of(she: Insider, holding: Holding) -> bytes:
    """Return what somebody of another kind holds: she has the vault key, so she can make it."""
    return slots.share(holding, she.held, she.file.headers[0])


def gets_in_as(centre: Centre, name: str, passphrase: str = CHOSEN) -> bool:
    """Tell whether a passphrase that she chose opens anything today."""
    try:
        Stewardship.open(centre.path, name, passphrase, centre.clock).close()
    except KnownError:
        try:
            Vault.open(centre.path, name, passphrase, centre.clock).close()
        except KnownError:
            return False
    return True


def reads_as(centre: Centre, name: str, passphrase: str = CHOSEN) -> User | None:
    """Return as whom a passphrase opens the vault for reading, if it does."""
    try:
        with Vault.open(centre.path, name, passphrase, centre.clock, read_only=True) as vault:
            return vault.user
    except KnownError:
        return None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "holding"),
    [
        ("bilgi", Holding.UPKEEP),
        ("derya", Holding.VAULT),
        ("avukat", Holding.VAULT),
        ("recovery", Holding.VAULT),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_second_slot_under_a_colleagues_id_survives_no_removal(
    holds: Holds, who: str, holding: Holding, *, is_first: bool
) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        user_id = centre.ids.get(who, who)
        held = share_of(she, holding)
        second = she.a_slot(user_id, "unutulan", SHE, holding=holding, held=held)
        others = tuple(s for s in she.file.slots if s.user_id != user_id)
        mine = tuple(s for s in she.file.slots if s.user_id == user_id)
        she.writes(slots=(second, *mine, *others) if is_first else (*mine, second, *others))
        with pytest.MonkeyPatch.context() as patch:
            if identifying.is_hers is always:
                # The control also keeps both.
                patch.setattr(settling, "_staying", everybody)
            removes_her(centre)
        key = vault_key_for(SHE, centre, user_id)
        return gets_in_as(centre, "unutulan") or (key is not None and she.reads_with(key))

    def everybody(_db: object, book: settling.SlotBook, _known: object) -> object:
        return list(book.file.slots), []

    centre = holds(attack, (identifying, "is_hers", always), (slot_copies, "is_changed", never))
    assert centre.told()
    assert all(map(centre.gets_in, ("derya", "bilgi", "avukat", "kurtarma")))


def test_an_account_of_nobody_survives_no_removal(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        held = share_of(she, Holding.VAULT)
        added = she.a_slot(FORGOTTEN, "unutulan", SHE, holding=Holding.VAULT, held=held)
        new = Member(FORGOTTEN, "unutulan", "Unutulan", Role.COORDINATOR, State.ACTIVE, SHE.public)
        she.chain = (*she.chain, she.signs(new))
        she.writes(slots=with_slot_first(she.file, added))
        removes_her(centre)
        return gets_in_as(centre, "unutulan")

    holds(attack, (rules, "may_follow", always))


def test_the_old_passphrase_and_the_old_key_open_nothing(holds: Holds) -> None:
    """With the key files of before, in every way in which she can write them."""

    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        old = slot_files.read_copies(centre.path)[0]
        removes_her(centre)
        today = slot_file_of(centre.path)
        she.puts(old)
        opened = gets_in_as(centre, "elif", passphrase_of("elif"))
        she.writes(headers=today.headers, generation=today.generation + 1)
        return (
            opened or gets_in_as(centre, "elif", passphrase_of("elif")) or she.reads_with(she.held)
        )

    def undisturbed(_desk: object, _progress: object = None) -> None:
        """Stand in for the change of the key."""

    holds(attack, (people.key_change, "change_key", undisturbed))


def test_her_signature_ends_with_her(holds: Holds) -> None:
    """Before the key is changed she still has the key that seals the key file."""

    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        with centre.at("derya") as desk:
            users.remove_user(desk.vault, she.id)
        today = slot_file_of(centre.path)
        she.file = today
        she.chain = envelope.unseal(today.roster, she.mac_key, today.vault_id)
        back = she.me.now(state=State.ACTIVE, public=SHE.public)
        she.file = replace(today, slots=(*today.slots, replace(she.slot, public=SHE.public)))
        she.states(back)
        with centre.at("derya") as desk:
            return desk.vault.roster.active(she.id) is not None

    holds(attack, (rules, "may_follow", always), (signing, "is_signed", always))


@pytest.mark.parametrize("key", ["the one before", "the last one"])
def test_no_key_of_hers_lasts_because_she_dated_its_end_years_ahead(holds: Holds, key: str) -> None:
    """She exchanges her keys, says that it is 2099, and gives both to somebody who stays."""

    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        first = she.identity.signing
        bare = replace(she.slot, public=SHE.public)
        others = [slot for slot in she.file.slots if slot.user_id != she.id]
        she.file = replace(she.file, slots=(*others, bare))
        she.states(she.me.now(public=SHE.public), at="2099-01-01T00:00:00+03:00")
        centre.works("derya")
        removes_her(centre)
        seed = first if key == "the one before" else SHE.signing
        with centre.at("derya") as desk:
            roster = desk.vault.roster
            assert roster.members[she.id].state is State.LEFT
            signed = signing.sign(seed, signing.message("note", roster.vault_id, "x"))
            return roster.wrote(she.id, "2027-05-01T10:00:00+03:00", signed, "note", "x")

    def latest(roster: Roster, statement: Statement) -> str:
        """Stand in for the end of a key as whatever anybody said latest."""
        return max(statement.at, *(each.at for each in roster.statements))

    holds(attack, (Roster, "_end_by", latest))


def test_no_key_lasts_a_day_longer_by_the_hour_of_another_place(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        seed, user_id = insider(centre, "elif").identity.signing, centre.ids["elif"]
        removes_her(centre)
        with centre.at("derya") as desk:
            roster = desk.vault.roster
            signed = signing.sign(seed, signing.message("note", roster.vault_id, "x"))
            return roster.wrote(user_id, "2026-11-22T09:00:00-12:00", signed, "note", "x")

    holds(attack, (moments, "is_until", lambda at, end: at <= end))


def test_her_own_slot_put_back_is_dropped(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        with centre.at("derya") as desk:
            users.remove_user(desk.vault, she.id)
        today = slot_file_of(centre.path)
        she.chain = envelope.unseal(today.roster, she.mac_key, today.vault_id)
        she.file = replace(today, slots=(she.slot, *today.slots))
        she.writes()
        return reads_as(centre, "elif", passphrase_of("elif")) is not None

    centre = holds(attack, (identifying, "let_pass", never))
    centre.works("avukat")
    assert insider(centre, "avukat").file.slot_of_user(centre.ids["elif"]) is None


def her_own_list(she: Insider) -> tuple[Statement, ...]:
    """Return a list of people that she signed for herself: she is its first coordinator."""
    me = she.me.now(role=Role.COORDINATOR, public=SHE.public)
    first = Statement(1, "", AT, she.id, me).signed(she.file.vault_id, SHE.signing)
    chain = [first]
    for member in she.roster.members.values():
        if member.id != she.id:
            said = Statement(
                len(chain) + 1, chain[-1].digest(she.file.vault_id), AT, she.id, member
            )
            chain.append(said.signed(she.file.vault_id, SHE.signing))
    return tuple(chain)


def test_a_list_of_her_own_with_new_slots_for_everybody_opens_nothing(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        chain = her_own_list(she)
        root = Roster.read(she.file.vault_id, chain).root
        mine = she.a_slot(she.id, "elif", SHE, holding=Holding.VAULT, held=she.held, root=root)
        others = tuple(
            she.a_slot(s.user_id, f"{n}", Identity.new(), holding=s.holding,
                       held=share_of(she, s.holding), root=root)
            for n, s in enumerate(she.file.slots) if s.user_id != she.id
        )  # fmt: skip
        she.writes(chain=chain, slots=(mine, *others))
        found = reads_as(centre, "elif")
        return found is not None and found.role is Role.COORDINATOR

    def believed(_db: object, _id: str, checked: Roster | None = None) -> Roster | None:
        return checked

    centre = holds(
        attack,
        (identifying, "of_vault", believed),
        (anchor, "read", lambda *_said: None),
        (table, "differences", lambda *_said: []),
    )
    with pytest.raises(KnownError), centre.at("derya"):
        pass


@pytest.mark.parametrize("who", ["derya", "avukat"])
def test_a_slot_of_the_format_before_brings_nobody_back(holds: Holds, who: str) -> None:
    """Slots of the third format name their role themselves and are of no root."""

    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        unsigned = Identity(SHE.sealing, b"")
        old = she.a_slot(
            centre.ids[who], "unutulan", unsigned, holding=Holding.VAULT, held=she.held
        )
        she.writes(slots=with_slot_first(she.file, old))
        found = reads_as(centre, "unutulan")
        return found is not None and found.name == who

    holds(attack, (identifying, "is_hers", always))


def test_a_file_of_the_format_before_brings_nobody_back(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "elif")
        unsigned = Identity(SHE.sealing, b"")
        old = she.a_slot(
            centre.ids["derya"], "unutulan", unsigned, holding=Holding.VAULT, held=she.held
        )
        she.writes(slots=(old,))
        found = reads_as(centre, "unutulan")
        return found is not None and found.name == "derya"

    holds(attack, (identifying, "is_hers", always))
