"""The chain in the key file: strangers read nothing, and nothing in it is trusted for its seal."""

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.role import Role
from kadin_danisma.store import keys
from kadin_danisma.store.roster import envelope
from tests.store.roster.people import VAULT, a_person, a_roster

KEY = bytes(range(32))
CHAIN = a_roster(a_person(), [a_person("elif", Role.LAWYER)]).statements
SEALED = envelope.seal(CHAIN, KEY, VAULT)


def is_refused(sealed: bytes, key: bytes = KEY, vault_id: str = VAULT) -> bool:
    try:
        envelope.unseal(sealed, key, vault_id)
    except ValueError:
        return True
    return False


def packed(content: bytes) -> bytes:
    """Return any content, sealed as whoever has the key that seals the key file can."""
    nonce, sealed = keys.seal(content, keys.subkey(KEY, "roster"), VAULT.encode())
    return nonce + sealed


def test_it_is_read_as_it_was_sealed() -> None:
    assert envelope.unseal(SEALED, KEY, VAULT) == CHAIN
    assert envelope.unseal(envelope.seal((), KEY, VAULT), KEY, VAULT) == ()


def test_without_the_key_it_names_nobody() -> None:
    for word in (b"derya", b"elif", b"lawyer", CHAIN[0].by.encode()):
        assert word not in SEALED
    assert is_refused(SEALED, bytes(32))
    assert is_refused(SEALED, vault_id="another vault")


@given(st.integers(0, len(SEALED) * 8 - 1))
def test_no_bit_of_it_can_be_flipped(bit: int) -> None:
    changed = bytearray(SEALED)
    changed[bit // 8] ^= 1 << bit % 8
    assert is_refused(bytes(changed))


@given(st.binary(max_size=100))
def test_nonsense_in_its_place_is_refused(content: bytes) -> None:
    assert is_refused(content)
    assert is_refused(packed(content))
    assert is_refused(packed(zlib.compress(content)))


@pytest.mark.parametrize(
    "said",
    [
        None, 5, "x", {}, [5], ["x"], [[]], [["x"]], [["x", "zz"]], [[5, "00"]], [["{}", "00"]],
        [[CHAIN[0].said(), 5]], [[CHAIN[0].said(), "00", "more"]], [[None, None]],
    ],
)  # fmt: skip
def test_what_is_no_list_of_statements_is_refused(said: object) -> None:
    assert is_refused(packed(zlib.compress(json.dumps(said).encode())))


def test_deep_and_endless_content_is_refused_and_costs_little() -> None:
    assert is_refused(packed(zlib.compress(b"[" * 10**5)))
    assert is_refused(packed(zlib.compress(bytes(64 << 20))))
    assert is_refused(packed(zlib.compress(b"1" * 10**5)))
