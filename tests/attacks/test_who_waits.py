"""Somebody who waits to be let in: she holds the key that seals the key file, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import key_change
from kadin_danisma.store import (
    carrying,
    identifying,
    keys,
    pending,
    sealing,
    settling,
    signing,
    slot_copies,
    slot_files,
    users,
)
from kadin_danisma.store.identity import Identity, PublicKeys
from kadin_danisma.store.roster import rules
from kadin_danisma.store.roster.statement import Member, State
from kadin_danisma.store.slots import Holding, Slot
from tests.attacks.centre import Centre, passphrase_of
from tests.attacks.conftest import Holds, always, never
from tests.attacks.raw_files import Insider, insider, vault_key_for
from tests.builders import a_user

SHE = Identity.new()


def test_she_destroys_the_recovery_sheets_without_a_line(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        she.writes(slots=tuple(s for s in she.file.slots if s.user_id != "recovery"))
        centre.works("avukat")
        return not centre.gets_in("kurtarma")

    centre = holds(attack, (slot_copies, "read", lambda _db: {}))
    assert ("slot.put_back", "recovery") in [line[1:] for line in centre.log()]
    assert len(centre.told()) == 1


@pytest.mark.parametrize("who", ["derya", "avukat", "bilgi", "kurtarma"])
def test_she_spoils_what_a_colleague_holds(holds: Holds, who: str) -> None:
    """Another box, sealed to the same public key: it opens, and gives nothing."""

    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        user_id = "recovery" if who == "kurtarma" else centre.ids[who]
        size = 64 if who == "bilgi" else 32
        she.edits(user_id, lambda s: s.holds(she.file.vault_id, s.holding, [bytes(size)]))
        centre.works("ikinci")
        return not centre.gets_in(who)

    holds(attack, (slot_copies, "is_changed", never), (settling, "_with_her_share", keep))


def keep(_book: object, slot: Slot, _copy: object) -> Slot:
    """Stand in for what puts IT's boxes right."""
    return slot


BOXES: dict[str, Callable[[Insider, Slot], bytes]] = {
    "empty": lambda _she, _slot: b"",
    "of another person": lambda she, _slot: she.slot.boxes[0],
    "too long a key": lambda she, s: s.holds(she.file.vault_id, s.holding, [bytes(100)]).boxes[0],
    "no key": lambda she, s: s.holds(she.file.vault_id, s.holding, [b""]).boxes[0],
    "never padded": lambda _she, s: unpadded(b"x", s.public.sealing),
    "padding alone": lambda _she, s: unpadded(bytes(256), s.public.sealing),
}


def unpadded(content: bytes, public: bytes) -> bytes:
    """Seal something as this program never does."""
    return sealing.bindings.crypto_box_seal(content, public)


@pytest.mark.parametrize("box", BOXES)
def test_no_box_of_hers_ends_a_sign_in_but_calmly(centre: Centre, box: str) -> None:
    she = insider(centre, "yeni")
    she.edits(centre.ids["avukat"], lambda slot: replace(slot, boxes=(BOXES[box](she, slot),)))
    with pytest.raises(KnownError), centre.at("avukat"):
        pass
    centre.works("derya")
    assert centre.gets_in("avukat")


@pytest.mark.parametrize("box", BOXES)
def test_no_former_key_of_hers_ends_a_sign_in(centre: Centre, box: str) -> None:
    she = insider(centre, "yeni")
    she.edits(centre.ids["avukat"], lambda slot: replace(slot, former=BOXES[box](she, slot)))
    with centre.at("avukat") as desk:
        assert desk.vault.secrets


def test_boxes_of_two_people_changed_for_one_another_are_put_right(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        one, other = (she.file.slot_of_user(centre.ids[n]) for n in ("avukat", "psikolog"))
        assert one is not None
        assert other is not None
        she.edits(one.user_id, lambda slot: replace(slot, boxes=other.boxes))
        she.edits(other.user_id, lambda slot: replace(slot, boxes=one.boxes))
        centre.works("danisma")
        return not (centre.gets_in("avukat") and centre.gets_in("psikolog"))

    centre = holds(attack, (slot_copies, "is_changed", never))
    assert len(centre.told()) == 4


@pytest.mark.parametrize("holding", [Holding.UPKEEP, Holding.WAITING])
def test_what_a_lawyer_holds_is_put_right(holds: Holds, holding: Holding) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        held = [she.mac_key if holding is Holding.WAITING else she.mac_key + bytes(32)]
        she.edits(centre.ids["avukat"], lambda s: s.holds(she.file.vault_id, holding, held))
        centre.works("derya")
        return not centre.gets_in("avukat")

    holds(
        attack,
        (identifying, "is_hers", always),
        (slot_copies, "is_changed", never),
        (settling, "_with_her_share", keep),
    )


def test_she_gives_herself_the_holding_of_a_colleague(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        she.edits(she.id, lambda s: s.holds(she.file.vault_id, Holding.VAULT, [bytes(32)]))
        centre.changes_the_key()
        return vault_key_for(she.identity, centre, she.id) is not None

    def everything(*_said: object) -> Holding:
        return Holding.VAULT

    holds(
        attack,
        (identifying, "is_hers", always),
        (settling.SlotBook, "holding_of", everything),
        (slot_copies, "is_changed", never),
    )


def test_she_puts_her_keys_in_a_colleagues_place(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        hers = replace(she.slot, user_id=centre.ids["avukat"])
        she.edits(hers.user_id, lambda _slot: hers)
        centre.changes_the_key()
        return vault_key_for(she.identity, centre, hers.user_id) is not None

    holds(attack, (identifying, "is_hers", always))


@pytest.mark.parametrize("by", ["yeni", "derya", "recovery", "bilgi"])
def test_she_lets_herself_in_by_a_statement(holds: Holds, by: str) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        me = she.me.now(state=State.ACTIVE, public=she.slot.public, own=True, role=Role.COORDINATOR)
        she.states(me, by=centre.ids.get(by, by))
        with centre.at("derya") as desk:
            return she.id in desk.vault.roster.coordinators

    holds(attack, (rules, "may_follow", always), (signing, "is_signed", always))


def test_a_line_of_the_journal_is_not_hers_to_write(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        she.writes(journal=(she.notes(by=centre.ids["bilgi"], action="seal.break"),))
        return "seal.break" in [action for _by, action, _on in centre.log()]

    centre = holds(attack, (carrying.journal, "is_believed", always))
    assert ("journal.refused", "1") in [line[1:] for line in centre.log()]


@pytest.mark.parametrize("public", [bytes(32), bytes([1]) + bytes(31)])
def test_a_key_to_which_nothing_can_be_sealed_stops_no_change_of_the_key(
    holds: Holds, public: bytes
) -> None:
    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        spoilt = PublicKeys(public, she.slot.public.signing)
        she.edits(she.id, lambda slot: replace(slot, public=spoilt))
        try:
            centre.changes_the_key()
        except Exception:  # noqa: BLE001 (a raw fault, in the control)
            return True
        return False

    holds(attack, (sealing, "takes", always))


@pytest.mark.parametrize("number", [10**4299, 1 << 60, (1 << 53) - 1])
def test_a_number_past_counting_is_told_calmly(centre: Centre, number: int) -> None:
    before = slot_files.read_copies(centre.path)[0]
    she = insider(centre, "yeni")
    she.writes(generation=number)
    with pytest.raises(KnownError), centre.at("derya"):
        pass
    she.puts(before)
    assert centre.gets_in("derya")


def test_ids_of_her_making_do_not_speak_in_the_log_and_are_told_once(centre: Centre) -> None:
    she = insider(centre, "yeni")
    said = [f"2026/0001 okundu {n}\n" for n in range(300)]
    added = [replace(she.slot, user_id=each, name=f"{n:016x}") for n, each in enumerate(said)]
    she.writes(slots=(*she.file.slots, *added))
    centre.works("avukat")
    assert not [line for line in centre.log() if "okundu" in line[2]]
    assert [action for _by, action, _on in centre.log()].count("slot.refused") == 1
    assert len(centre.told()) == 1


@pytest.mark.parametrize("kdf", [keys.Kdf(512, 4)])
def test_a_thousand_slots_of_one_name_cost_a_handful_of_derivations(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, kdf: keys.Kdf
) -> None:
    she = insider(centre, "yeni")
    derya = she.file.slot_of_user(centre.ids["derya"])
    assert derya is not None
    paid: list[keys.Kdf] = []
    for count, gets_in in ((2, True), (1000, False)):
        from kadin_danisma.store.slots import trace_of

        copies = []
        for number in range(count):
            salt = number.to_bytes(16)
            copies.append(replace(derya, salt=salt, kdf=kdf, name=trace_of("derya", salt)))
        she.writes(
            slots=(*copies, derya, *(s for s in she.file.slots if s not in copies and s != derya))
        )
        with monkeypatch.context() as patch:
            cheap = keys.derive

            def derive(
                passphrase: str, salt: bytes, cost: keys.Kdf, cheap: Callable[..., bytes] = cheap
            ) -> bytes:
                paid.append(cost)
                return cheap(passphrase, salt, keys.Kdf.for_tests())

            patch.setattr(keys, "derive", derive)
            assert centre.gets_in("derya") is gets_in
        assert len(paid) <= 7
        paid.clear()
        she = insider(centre, "yeni")
    assert centre.gets_in("avukat")
    assert centre.gets_in("derya")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{" * 100_000,
        b"[" * (4 << 20),
        b'{"format": "kadin-danisma-keys/4", "slots": [' + b"1," * 1_000_000 + b"1]}",
        bytes(4 << 20),
        b"\xff" * (5 << 20),
        b'{"format": "kadin-danisma-keys/4", "generation": ' + b"9" * (3 << 20) + b"}",
    ],
    ids=["empty", "braces", "brackets", "ones", "zeros", "no text", "digits"],
)
def test_megabytes_of_nonsense_are_told_calmly(centre: Centre, content: bytes) -> None:
    she = insider(centre, "yeni")
    before = slot_files.read_copies(centre.path)[0]
    slot_files.paths(centre.path)[0].write_bytes(content)
    assert centre.gets_in("derya"), "the other copy is whole"
    she.puts(content)
    with pytest.raises(KnownError), centre.at("derya"):
        pass
    she.puts(before)


def test_who_takes_the_place_of_another_who_waits_has_other_words(centre: Centre) -> None:
    """Until her words are compared she has what every waiting person has, and nothing more."""
    with centre.at("derya") as desk:
        words = {each.user.id: each.words for each in pending.waiting(desk.vault)}
    she = insider(centre, "yeni")
    other = replace(she.slot, user_id=centre.ids["bekleyen"])
    she.edits(other.user_id, lambda _slot: other)
    with centre.at("derya") as desk:
        now = {each.user.id: each.words for each in pending.waiting(desk.vault)}
    assert now[she.id] == words[she.id]
    assert now[other.user_id] not in {"", words[she.id]}


def test_whoever_waited_and_was_taken_away_again_seals_no_key_file_any_more(holds: Holds) -> None:
    """IT takes her account away; what she held as long as she waited has to end as well."""

    def attack(centre: Centre) -> bool:
        she = insider(centre, "yeni")
        with centre.its_desk() as keeper:
            keeper.remove(she.id)
        with centre.at("derya") as desk:
            key_change.change_if_due(desk)
        return any(
            slot_files.is_genuine(content, [she.mac_key])
            for content in slot_files.read_copies(centre.path)
        )

    def only_who_was_in(before: Member, subject: Member) -> bool:
        return before.state is State.ACTIVE and before.public.sealing != subject.public.sealing

    holds(attack, (carrying, "_ends_something", only_who_was_in))


def test_she_spoils_no_slot_by_the_format_before(holds: Holds) -> None:
    """A colleague has the passphrase that she was told: the roster lets her older slot stand."""

    def attack(centre: Centre) -> bool:
        with centre.at("derya") as desk:
            user = a_user("nur", title="Nur A.", role=Role.LAWYER)
            user_id = users.add_user(desk.vault, user, passphrase_of("nur")).id
        she = insider(centre, "yeni")
        she.edits(user_id, in_the_format_before)
        centre.works("derya")
        return not centre.gets_in("nur")

    def by_keys(slot: Slot, copy: Slot) -> bool:
        return slot.public == copy.public and slot != copy

    centre = holds(attack, (slot_copies, "is_changed", by_keys))
    assert len(centre.told()) == 2


def in_the_format_before(slot: Slot) -> Slot:
    """Return a slot of the same key that opens for nobody, as older programs wrote them."""
    public = PublicKeys(slot.public.sealing)
    return replace(slot, public=public, sealed=bytes(48), role=Role.LAWYER)
