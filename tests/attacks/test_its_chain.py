"""The chain of statements in the key file, written by IT: cut, forked, in disorder, endless."""

import time
import uuid
import zlib
from dataclasses import replace

import pytest

from kadin_danisma.domain.role import Role
from kadin_danisma.store import (
    identifying,
    keys,
    slot_files,
    users,
)
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.roster import envelope
from kadin_danisma.store.roster.statement import Member, State, Statement
from tests.attacks.centre import Centre, in_vault
from tests.attacks.conftest import Holds
from tests.attacks.raw_files import (
    AT,
    Insider,
    insider,
)


def is_told(centre: Centre) -> None:
    """Let nobody be kept out by another chain in the key file; it is told, and put right."""
    assert all(map(centre.gets_in, ("avukat", "bilgi", "derya", "kurtarma")))
    assert [action for _by, action, _on in centre.log()].count("roster.parted") == 1
    assert len(centre.told()) == 1


def removed(centre: Centre) -> tuple[tuple[Statement, ...], bytes]:
    """Let a coordinator remove a lawyer without a change of the key; return what was before."""
    before = insider(centre, "bilgi")
    content = slot_files.read_copies(centre.path)[0]
    with centre.at("derya") as desk:
        users.remove_user(desk.vault, centre.ids["elif"])
    return before.chain, content


def test_a_chain_cut_before_a_removal_brings_nobody_back(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        chain, content = removed(centre)
        it = insider(centre, "bilgi")
        old = slot_files.decode(content).slots
        it.writes(chain=chain, slots=old)
        return centre.gets_in("elif")

    centre = holds(attack, (identifying, "of_vault", lambda _db, _id, checked=None: checked))
    assert centre.gets_in("derya")
    assert not centre.gets_in("elif")


def test_a_fork_before_a_removal_brings_nobody_back(holds: Holds) -> None:
    """She goes on where the removal had not been said, with something that she may say."""

    def attack(centre: Centre) -> bool:
        chain, content = removed(centre)
        it = insider(centre, "bilgi")
        it.chain, it.file = chain, replace(it.file, slots=slot_files.decode(content).slots)
        it.states(
            Member(
                "0b6f7c1e-6a3e-4f52-9f0e-0f2a8a6c1d11",
                "dokuz",
                "",
                Role.LAWYER,
                State.WAITING,
                own=False,
            )
        )
        return centre.gets_in("elif")

    centre = holds(attack, (identifying, "of_vault", lambda _db, _id, checked=None: checked))
    is_told(centre)


@pytest.mark.parametrize("how", ["turned round", "one left out", "one twice", "none", "cut"])
def test_a_chain_in_disorder_keeps_nobody_out(centre: Centre, how: str) -> None:
    it = insider(centre, "bilgi")
    chain = {
        "turned round": it.chain[:-2] + it.chain[:-3:-1],
        "one left out": it.chain[:3] + it.chain[4:],
        "one twice": (*it.chain, it.chain[-1]),
        "none": (),
        "cut": it.chain[:1],
    }[how]
    it.writes(chain=chain)
    is_told(centre)


def test_the_same_chain_in_order_lets_everybody_in(centre: Centre) -> None:
    insider(centre, "bilgi").writes()
    assert all(map(centre.gets_in, ("derya", "avukat", "bilgi", "kurtarma")))


@pytest.mark.parametrize("how", ["another key", "another vault", "nonsense", "empty", "a bomb"])
def test_a_chain_that_is_not_sealed_as_it_must_be_keeps_nobody_out(
    centre: Centre, how: str
) -> None:
    it = insider(centre, "bilgi")
    sealed = {
        "another key": envelope.seal(it.chain, bytes(32), it.file.vault_id),
        "another vault": envelope.seal(it.chain, it.mac_key, "andere"),
        "nonsense": bytes(500),
        "empty": b"",
        "a bomb": bomb(it),
    }[how]
    it.writes(roster=sealed)
    is_told(centre)


def bomb(it: Insider) -> bytes:
    """Return a sealed chain that unpacks to 200 MB."""
    packed = zlib.compress(b"[" + b" " * 200_000_000 + b"]")
    nonce, sealed = keys.seal(packed, envelope._key(it.mac_key), it.file.vault_id.encode())
    return nonce + sealed


@pytest.mark.parametrize(("kind", "count"), [("accounts", 400), ("renewals", 1100)])
def test_thousands_of_statements_are_cut_off_and_told(
    centre: Centre, kind: str, count: int
) -> None:
    """Each of them holds by itself, and each would cost every sign-in for good."""
    it = insider(centre, "bilgi")
    me, chain, seed = it.me, list(it.chain), it.identity.signing
    for number in range(count):
        if kind == "accounts":
            name = f"hesap {number} {uuid.uuid4().hex[:6]}"
            said = Member(str(uuid.uuid4()), name, "", Role.LAWYER, State.WAITING, own=False)
            new = seed
        else:
            fresh = Identity.new()
            said, new = me.now(public=fresh.public), fresh.signing
        last = chain[-1]
        bare = Statement(last.number + 1, last.digest(it.file.vault_id), AT, it.id, said)
        chain.append(bare.signed(it.file.vault_id, seed))
        seed = new
    before = len(in_vault(centre).statements)
    it.writes(chain=chain, generation=it.file.generation + 10)
    began = time.monotonic()
    after = in_vault(centre)
    assert time.monotonic() - began < 20
    assert len(after.statements) <= before + 30
    assert "roster.parted" in [action for _by, action, _on in centre.log()]
    assert all(map(centre.gets_in, ("derya", "avukat", "kurtarma")))
