"""The chain holds from its first statement on, or it does not hold at all."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.role import Role
from kadin_danisma.store.identity import NO_KEYS
from kadin_danisma.store.roster.chain import BadStatementError, Roster
from kadin_danisma.store.roster.statement import DisciplineKey, State, Statement, read
from kadin_danisma.store.signing import Author, sign
from tests.store.roster.people import (
    AT,
    LATER,
    LEGAL_KEY,
    VAULT,
    Person,
    a_code,
    a_person,
    a_roster,
)

MUCH_LATER = "2026-11-23T10:00:00+03:00"
DERYA = a_person()
ELIF = a_person("elif", Role.LAWYER)
IREM = a_person("irem", Role.IT)
RENEWED = ELIF.renewed()
ROSTER = (
    a_roster(DERYA, [a_code(), ELIF, IREM])
    .stating(DERYA.author, AT, DisciplineKey(Discipline.LEGAL, LEGAL_KEY))
    .stating(ELIF.author, LATER, RENEWED.member)
)
CHAIN = ROSTER.statements


def holds(statements: list[Statement], vault_id: str = VAULT) -> bool:
    try:
        Roster.read(vault_id, statements)
    except BadStatementError:
        return False
    return True


def test_it_says_who_is_who() -> None:
    assert Roster.read(VAULT, CHAIN) == ROSTER
    assert ROSTER.members[ELIF.id] == RENEWED.member
    assert ROSTER.disciplines == {Discipline.LEGAL: LEGAL_KEY}
    assert ROSTER.root == CHAIN[0].digest(VAULT)
    assert ROSTER.head == CHAIN[-1].digest(VAULT)
    assert ROSTER.coordinators == {DERYA.id}, "a recovery code is nobody"


def test_its_end_may_be_missing_and_nothing_else() -> None:
    for end in range(len(CHAIN) + 1):
        assert holds(list(CHAIN[:end]))
        for start in range(1, end):
            assert not holds(list(CHAIN[start:end]))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(range(len(CHAIN))), min_size=1, max_size=8))
def test_in_another_order_with_gaps_or_repetitions_it_does_not_hold(places: list[int]) -> None:
    assert holds([CHAIN[place] for place in places]) == (places == list(range(len(places))))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_flipped_bit_of_it_passes(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(CHAIN) - 1))
    content = bytearray(CHAIN[place].said().encode() + CHAIN[place].signature)
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        changed = read(bytes(content[:-64]).decode(), bytes(content[-64:]))
    except ValueError:
        return
    assert not holds([*CHAIN[:place], changed, *CHAIN[place + 1 :]])


def test_it_is_of_one_vault() -> None:
    assert not holds(list(CHAIN), "another vault")
    assert not holds([CHAIN[0]], "another vault")


def test_a_statement_signed_in_somebody_elses_name_does_not_join_it() -> None:
    as_derya = Author(DERYA.id, VAULT, IREM.identity.signing)
    with pytest.raises(BadStatementError) as refused:
        ROSTER.stating(as_derya, MUCH_LATER, IREM.member.now(role=Role.COORDINATOR))
    assert refused.value.number == len(CHAIN) + 1


def test_with_the_key_she_had_before_nobody_speaks_any_more() -> None:
    with pytest.raises(BadStatementError):
        ROSTER.stating(ELIF.author, MUCH_LATER, ELIF.renewed().member)
    ROSTER.stating(RENEWED.author, MUCH_LATER, RENEWED.renewed().member)


def test_a_statement_of_a_second_hand_needs_its_own_signature() -> None:
    bare = replace(CHAIN[-1], signature=b"")
    assert not holds([*CHAIN[:-1], bare])
    by_other = replace(bare, signature=sign(DERYA.identity.signing, bare.message(VAULT)))
    assert not holds([*CHAIN[:-1], by_other])


def test_what_another_chain_says_beyond_it_is_told_or_that_they_went_apart() -> None:
    shorter = Roster.read(VAULT, CHAIN[:3])
    assert shorter.behind(ROSTER) == CHAIN[3:]
    assert ROSTER.behind(shorter) == ()
    assert ROSTER.behind(ROSTER) == ()
    assert Roster(VAULT).behind(ROSTER) == CHAIN
    apart = shorter.stating(DERYA.author, LATER, IREM.member.now(title="Başka"))
    assert ROSTER.behind(apart) is None
    assert apart.behind(ROSTER) is None
    assert ROSTER.behind(a_roster(a_person())) is None, "another root"


def test_people_are_found_by_id_and_folded_name_while_they_are_there() -> None:
    gone = ROSTER.stating(DERYA.author, LATER, IREM.member.now(state=State.LEFT, public=NO_KEYS))
    waits = ROSTER.stating(
        IREM.author, LATER, RENEWED.member.now(state=State.WAITING, public=NO_KEYS, own=False)
    )
    assert ROSTER.named("İREM") == IREM.member
    assert gone.named("irem") is None
    assert (gone.active(IREM.id), gone.standing(IREM.id)) == (None, None)
    assert waits.active(ELIF.id) is None
    assert waits.standing(ELIF.id) is not None
    assert waits.named("elif") is not None
    assert (ROSTER.active("x"), ROSTER.standing("x"), ROSTER.named("x")) == (None, None, None)


def signed(who: Person, at: str, *said: str) -> tuple[str, str, bytes, str, str, *tuple[str, ...]]:
    return who.id, at, who.author.sign("note", at, *said), "note", at, *said


def test_whose_signature_it_is_is_told_for_each_time() -> None:
    assert ROSTER.wrote(*signed(ELIF, AT, "x")), "with the key she had then"
    assert ROSTER.wrote(*signed(ELIF, LATER, "x")), "in the same second"
    assert ROSTER.wrote(*signed(RENEWED, MUCH_LATER, "x"))
    assert not ROSTER.wrote(*signed(ELIF, MUCH_LATER, "x")), "that key had ended"
    assert not ROSTER.wrote(*signed(a_person("x"), AT, "x")), "a stranger"


def test_a_signature_is_of_one_person_purpose_vault_and_content() -> None:
    by, at, signature, purpose, *said = signed(DERYA, AT, "x")
    assert ROSTER.wrote(by, at, signature, purpose, *said)
    assert not ROSTER.wrote(ELIF.id, at, signature, purpose, *said)
    assert not ROSTER.wrote(by, at, signature, "journal", *said)
    assert not ROSTER.wrote(by, at, signature, purpose, *said, "")
    assert not ROSTER.wrote(by, at, signature, purpose, AT, "y")
    assert not replace(ROSTER, vault_id="other").wrote(by, at, signature, purpose, *said)
    assert not ROSTER.wrote(by, at, b"", purpose, *said)


@pytest.mark.parametrize("state", [State.LEFT, State.WAITING])
def test_whoever_left_or_waits_signed_until_then_and_no_longer(state: State) -> None:
    roster = ROSTER.stating(IREM.author, LATER, RENEWED.member.now(state=state, public=NO_KEYS))
    assert roster.wrote(*signed(RENEWED, LATER, "x"))
    assert not roster.wrote(*signed(RENEWED, MUCH_LATER, "x"))


def test_a_key_that_somebody_else_knew_proves_nothing_of_her_alone() -> None:
    new = a_person("yeni", Role.LAWYER)
    given_ = Person(new.member.now(own=False), new.identity)
    roster = ROSTER.stating(DERYA.author, AT, given_.member)
    assert not roster.wrote(*signed(given_, AT, "x"))
    assert roster.wrote(*signed(given_, AT, "x"), alone=False)
    hers = given_.renewed()
    roster = roster.stating(given_.author, LATER, hers.member)
    assert roster.wrote(*signed(hers, LATER, "x"))
    assert not roster.wrote(*signed(given_, MUCH_LATER, "x"), alone=False)
    back = hers.member.now(own=False, public=given_.member.public)
    roster = roster.stating(DERYA.author, MUCH_LATER, back)
    assert not roster.wrote(*signed(given_, MUCH_LATER, "x")), "nor when it comes back"
