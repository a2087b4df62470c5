"""Key files: every change somebody makes without the vault key is noticed, or opens nothing."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import WrongCredentialsError
from kadin_danisma.store import keys, slot_files, slots, users
from kadin_danisma.store.failures import (
    ForeignVaultError,
    KeysDamagedError,
    KeysMissingError,
    KeysRolledBackError,
)
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.slots import Holding, SlotFile
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import edit_slot, flip, keys_of, snapshot

KEY = bytes(range(32))
IDENTITY = Identity(bytes(range(1, 33)), bytes(range(2, 34)))
ROOT = "ab" * 32
MAC = [slots.mac_key(KEY)]


def a_file() -> SlotFile:
    """Return a key file of two people."""
    made = tuple(
        slots.make_slot("v", a_user(name), PASSPHRASE, IDENTITY, Kdf.for_tests(), root=ROOT).holds(
            "v", Holding.VAULT, [KEY]
        )
        for name in ("derya", "ışıl")
    )
    return SlotFile("v", (bytes(16),), 7, made)


def test_a_key_file_is_read_as_it_was_written() -> None:
    file = a_file()
    content = slot_files.encode(file, MAC)
    assert slot_files.decode(content) == file
    assert slot_files.is_genuine(content, MAC)
    assert not slot_files.is_genuine(content, [bytes(32)])


def test_user_names_are_found_folded() -> None:
    file = a_file()
    assert file.slots_of("IŞIL") == file.slots_of("isil") == [file.slots[1]]
    assert file.slots_of("elif") == []


@given(st.binary(max_size=200))
def test_no_content_whatever_breaks_the_reading(content: bytes) -> None:
    with pytest.raises(slot_files.UnreadableError):
        slot_files.decode(content)


@settings(max_examples=60)
@given(st.data())
def test_a_flipped_bit_never_changes_what_counts_as_genuine(data: st.DataObject) -> None:
    file = a_file()
    content = bytearray(slot_files.encode(file, MAC))
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        read = slot_files.decode(bytes(content))
    except slot_files.UnreadableError:
        return
    assert read == file or not slot_files.is_genuine(bytes(content), MAC)


@pytest.mark.parametrize(
    "changes",
    [
        {"memory_mib": 63, "passes": 3},
        {"memory_mib": 64, "passes": 2},
        {"memory_mib": 10**9},
        {"memory_mib": True},
        {"memory_mib": "64"},
        {"salt": "00"},
        {"nonce": ""},
        {"sealed": "zz"},
        {"name": 5},
        {"user": None},
        {"sealing": ""},
        {"signing": ""},
        {"signing": "00" * 31},
        {"former": "zz"},
        {"own": 1},
        {"key_file": "no"},
        {"holds": "everything"},
        {"wrapped": ["00", "00"]},
    ],
)
def test_a_slot_out_of_bounds_spoils_the_copy(changes: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_bytes(slot_files.encode(a_file(), MAC))
    edit_slot(path, "derya", **changes)
    with pytest.raises(slot_files.UnreadableError):
        slot_files.decode(path.read_bytes())


@pytest.mark.parametrize(
    "changes",
    [
        {"user": "x"},
        {"memory_mib": 64, "passes": 3},
        {"own": True},
        {"sealing": "00" * 32},
        {"signing": "00" * 32},
    ],
)
def test_a_slot_edited_in_both_copies_does_not_open(
    vault: Vault, clock: FixedClock, changes: dict[str, object]
) -> None:
    users.add_user(vault, a_user("ışıl", role=Role.FRONT_DESK), "beş kelime")
    vault.close()
    for path in keys_of(vault.path):
        edit_slot(path, "ışıl", **changes)
    before = snapshot(vault.path.parent)
    with pytest.raises(WrongCredentialsError):
        Vault.open(vault.path, "ışıl", "beş kelime", clock)
    with pytest.raises(KeysDamagedError):
        Vault.open(vault.path, "derya", PASSPHRASE, clock)
    assert snapshot(vault.path.parent) == before


def test_a_slot_edited_in_one_copy_is_healed_from_the_other(
    vault: Vault, clock: FixedClock
) -> None:
    users.add_user(vault, a_user("ışıl", role=Role.FRONT_DESK), "beş kelime")
    vault.close()
    first, second = keys_of(vault.path)
    edit_slot(first, "ışıl", own=True)
    with Vault.open(vault.path, "ışıl", "beş kelime", clock) as opened:
        assert not opened.slots.mine.own
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("harm", ["missing", "empty", "flipped", "half"])
def test_one_broken_copy_is_healed_after_signing_in(
    closed: Path, clock: FixedClock, which: int, harm: str
) -> None:
    good = keys_of(closed)[0].read_bytes()
    broken = keys_of(closed)[which]
    match harm:
        case "missing":
            broken.unlink()
        case "empty":
            broken.write_bytes(b"")
        case "flipped":
            flip(broken, len(good) // 2)
        case "half":
            broken.write_bytes(good[: len(good) // 2])
    with Vault.open(closed, "derya", PASSPHRASE, clock):
        pass
    assert [path.read_bytes() for path in keys_of(closed)] == [good, good]


def test_both_copies_missing_or_broken_are_two_different_things(
    closed: Path, clock: FixedClock
) -> None:
    for path in keys_of(closed):
        path.write_bytes(b"{}")
    with pytest.raises(KeysDamagedError) as damaged:
        Vault.open(closed, "derya", PASSPHRASE, clock)
    for path in keys_of(closed):
        path.unlink()
    with pytest.raises(KeysMissingError) as missing:
        Vault.open(closed, "derya", PASSPHRASE, clock)
    assert damaged.value.exit_status == missing.value.exit_status == 5
    assert damaged.value.message != missing.value.message


def test_older_key_files_put_back_are_noticed(vault: Vault, clock: FixedClock) -> None:
    older = [path.read_bytes() for path in keys_of(vault.path)]
    users.change_passphrase(vault, PASSPHRASE, "beş yeni kelime burada duruyor")
    vault.close()
    for path, content in zip(keys_of(vault.path), older, strict=True):
        path.write_bytes(content)
    before = snapshot(vault.path.parent)
    with pytest.raises(KeysRolledBackError):
        Vault.open(vault.path, "derya", PASSPHRASE, clock)
    assert snapshot(vault.path.parent) == before


def test_the_newer_copy_wins_where_a_crash_fell_between_them(
    vault: Vault, clock: FixedClock
) -> None:
    older = keys_of(vault.path)[1].read_bytes()
    users.change_passphrase(vault, PASSPHRASE, "beş yeni kelime burada duruyor")
    vault.close()
    keys_of(vault.path)[1].write_bytes(older)
    with Vault.open(vault.path, "derya", "beş yeni kelime burada duruyor", clock):
        pass
    first, second = keys_of(vault.path)
    assert first.read_bytes() == second.read_bytes() != older


def test_key_files_of_another_vault_are_foreign(
    closed: Path, tmp_path: Path, clock: FixedClock
) -> None:
    other = tmp_path / "other.vault"
    Vault.create(other, "Başka", a_user(), PASSPHRASE, clock)[0].close()
    for mine, theirs in zip(keys_of(closed), keys_of(other), strict=True):
        mine.write_bytes(theirs.read_bytes())
    with pytest.raises(ForeignVaultError):
        Vault.open(closed, "derya", PASSPHRASE, clock)


def test_an_unknown_name_costs_the_same_derivation_and_ends_alike(
    closed: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, costs = keys.derive, []

    def counted(passphrase: str, salt: bytes, kdf: Kdf) -> bytes:
        costs.append(kdf)
        return real(passphrase, salt, kdf)

    monkeypatch.setattr(keys, "derive", counted)
    messages = []
    for name in ("derya", "nobody"):
        with pytest.raises(WrongCredentialsError) as caught:
            Vault.open(closed, name, "wrong", clock)
        messages.append(caught.value.message)
    assert costs == [Kdf.for_tests()] * 2
    assert messages[0] == messages[1]


def test_a_key_file_of_many_seals_is_none() -> None:
    # Each would be compared with a seal of the whole file: hours, before anything is proved.
    said = json.loads(slot_files.encode(a_file(), MAC))
    for macs in ([], said["macs"] * 3, said["macs"] * 50_000):
        with pytest.raises(slot_files.UnreadableError):
            slot_files.decode(json.dumps(said | {"macs": macs}).encode())


@pytest.mark.parametrize("journal", ["0" * 2_000_000, [0] * 1_000_000, [["", ""]] * 400_000])
def test_a_journal_of_nonsense_costs_no_more_than_its_letters(journal: object) -> None:
    said = json.loads(slot_files.encode(a_file(), MAC))
    content = json.dumps(said | {"journal": journal}).encode()

    began = time.process_time()
    file = slot_files.decode(content)

    assert time.process_time() - began < 2
    assert len({id(entry) for entry in file.journal}) == 1


@pytest.mark.parametrize("copies", [(0,), (1,), (0, 1)])
def test_a_key_file_full_of_one_name_costs_no_derivations(
    closed: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, copies: tuple[int, ...]
) -> None:
    real, costs = keys.derive, []

    def counted(passphrase: str, salt: bytes, kdf: Kdf) -> bytes:
        costs.append(kdf)
        return real(passphrase, salt, kdf)

    for path in (keys_of(closed)[number] for number in copies):
        said = json.loads(path.read_text(encoding="utf-8"))
        for number in range(200):
            salt = bytes([number]) * 16
            named = {"name": slots.trace_of("derya", salt), "salt": salt.hex()}
            said["slots"].append({**said["slots"][0], **named})
        path.write_text(json.dumps(said), encoding="utf-8")
    monkeypatch.setattr(keys, "derive", counted)
    if len(copies) == 2:
        with pytest.raises(KeysDamagedError):
            Vault.open(closed, "derya", PASSPHRASE, clock)
    else:
        Vault.open(closed, "derya", PASSPHRASE, clock).close()
    assert len(costs) <= 1


def test_the_key_file_keeps_no_key_and_no_passphrase(vault: Vault) -> None:
    said = json.loads(keys_of(vault.path)[0].read_text(encoding="utf-8"))
    names = {slot["name"] for slot in said["slots"]}
    assert names == {slots.trace_of("derya", vault.slots.mine.salt), "kurtarma"}
    raw = keys_of(vault.path)[0].read_bytes()
    assert vault.subkey("slots-mac").hex().encode() not in raw
    assert PASSPHRASE.encode() not in raw


def test_the_key_file_tells_nobodys_name(vault: Vault) -> None:
    users.add_user(vault, a_user("elif", title="Av. Elif Ü.", role=Role.LAWYER), PASSPHRASE)
    for path in keys_of(vault.path):
        said = fold(json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False))
        assert not any(word in said for word in ("derya", "elif", "av. "))


def test_one_name_leaves_another_trace_in_every_slot() -> None:
    one, other = (slots.trace_of("Işıl", bytes([n]) * 16) for n in (1, 2))
    assert one != other
    assert one == slots.trace_of("ISIL", bytes([1]) * 16)
