"""Guessing a passphrase stays dear, and only the right one opens."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.errors import KnownError
from kadin_danisma.store import keys
from kadin_danisma.store.keys import FLOOR_KDF, STANDARD_KDF, Kdf

SALT = bytes(keys.SALT_BYTES)


def test_the_standard_cost_is_256_mib_and_three_passes() -> None:
    assert Kdf(256, 3) == STANDARD_KDF
    assert Kdf(64, 3) == FLOOR_KDF


def test_no_slot_costs_more_than_thrice_the_standard() -> None:
    dearest, standard = Kdf(512, 4), STANDARD_KDF
    assert dearest.memory_mib <= 2 * standard.memory_mib
    cost = dearest.memory_mib * dearest.passes
    assert cost < 3 * standard.memory_mib * standard.passes


@pytest.mark.parametrize(
    ("memory", "passes"),
    [
        (63, 3),
        (64, 2),
        (8, 8),
        (0, 0),
        (-1, 3),
        (1, 2),
        (1 << 40, 3),
        (64, 1 << 40),
        (513, 3),
        (256, 5),
    ],
)
def test_a_cost_below_the_floor_or_beyond_reason_is_refused(memory: int, passes: int) -> None:
    with pytest.raises(ValueError, match="cost"):
        Kdf(memory, passes)


def test_the_test_cost_is_refused_without_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KADIN_DANISMA_TEST_KDF")
    with pytest.raises(ValueError, match="cost"):
        Kdf.for_tests()


def test_the_test_cost_is_refused_where_pytest_does_not_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "pytest")
    with pytest.raises(ValueError, match="cost"):
        Kdf.for_tests()


def test_the_test_cost_is_refused_in_the_built_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(ValueError, match="cost"):
        Kdf.for_tests()


@pytest.mark.parametrize(("memory", "expected"), [(4 << 30, STANDARD_KDF), (3 << 30, FLOOR_KDF)])
def test_a_small_machine_gets_the_floor(
    monkeypatch: pytest.MonkeyPatch, memory: int, expected: Kdf
) -> None:
    monkeypatch.delenv("KADIN_DANISMA_TEST_KDF")
    monkeypatch.setattr(keys, "physical_memory", lambda: memory)
    assert keys.suitable_kdf() == expected


def test_composed_and_decomposed_letters_are_one_passphrase() -> None:
    kdf = Kdf.for_tests()
    assert keys.derive("ığüşöç İ", SALT, kdf) == keys.derive(
        "ıg\u0306u\u0308s\u0327o\u0308c\u0327 I\u0307", SALT, kdf
    )


def test_a_passphrase_from_a_broken_terminal_is_only_wrong() -> None:
    assert keys.derive("a\udcff", SALT, Kdf.for_tests()) != keys.derive("a", SALT, Kdf.for_tests())


def test_too_little_memory_is_said_calmly(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(keys.argon2id, "kdf", fail)
    with pytest.raises(KnownError):
        keys.derive("sarı kedi", SALT, Kdf.for_tests())


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=64), st.integers(0, 47))
def test_what_was_sealed_opens_with_the_same_key_and_bond_only(
    slot_key: bytes, bound: bytes, place: int
) -> None:
    vault_key = keys.new_vault_key()
    nonce, sealed = keys.seal(vault_key, slot_key, bound)
    assert keys.unseal(sealed, nonce, slot_key, bound) == vault_key
    assert keys.unseal(sealed, nonce, slot_key, bound + b"x") is None
    assert keys.unseal(sealed, nonce, bytes(byte ^ 1 for byte in slot_key), bound) is None
    changed = bytearray(sealed)
    changed[place] ^= 1
    assert keys.unseal(bytes(changed), nonce, slot_key, bound) is None


def test_every_purpose_has_a_key_of_its_own() -> None:
    vault_key = keys.new_vault_key()
    made = {keys.subkey(vault_key, purpose) for purpose in ("slots-mac", "audit-chain", "anchor")}
    assert len(made | {vault_key}) == 4
    assert keys.subkey(vault_key, "anchor") == keys.subkey(vault_key, "anchor")
