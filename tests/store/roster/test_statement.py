"""A statement has one spelling, and its signature covers all of it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.role import Role
from kadin_danisma.store import sealing, signing
from kadin_danisma.store.identity import PublicKeys
from kadin_danisma.store.roster.statement import (
    DisciplineKey,
    Kind,
    Member,
    State,
    Statement,
    read,
)
from tests.store.roster.people import AT, LATER, VAULT, a_code, a_person

SEED = bytes(range(32))
PUBLIC = signing.public_of(SEED)

members = st.builds(
    Member,
    id=st.uuids().map(str),
    name=st.text(min_size=1),
    title=st.text(),
    role=st.sampled_from(Role),
    state=st.sampled_from(State),
    public=st.builds(PublicKeys, st.binary(max_size=40), st.binary(max_size=40)),
    kind=st.sampled_from(Kind),
    own=st.booleans(),
)
keys = st.builds(DisciplineKey, st.sampled_from(Discipline), st.binary(max_size=40))
statements = st.builds(
    Statement,
    number=st.integers(1, 10**6),
    before=st.text("0123456789abcdef", max_size=64),
    at=st.text(),
    by=st.text(),
    subject=st.one_of(members, keys),
)


def is_refused(said: str) -> bool:
    try:
        read(said, b"")
    except ValueError:
        return True
    return False


@given(statements)
def test_what_was_written_is_read_again(statement: Statement) -> None:
    signed = statement.signed(VAULT, SEED)
    assert read(signed.said(), signed.signature) == signed
    assert signed.is_signed_with(VAULT, PUBLIC)


@given(statements, st.data())
def test_no_sign_of_it_can_be_exchanged_under_its_signature(
    statement: Statement, data: st.DataObject
) -> None:
    signed = statement.signed(VAULT, SEED)
    said = signed.said()
    place = data.draw(st.integers(0, len(said) - 1))
    other = said[:place] + data.draw(st.characters(max_codepoint=126)) + said[place + 1 :]
    try:
        changed = read(other, signed.signature)
    except ValueError:
        return
    assert other == said or not changed.is_signed_with(VAULT, PUBLIC)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 3}, {"before": "ab"}, {"at": LATER}, {"by": "x"},
        {"subject": a_person("elif").member},
    ],
)  # fmt: skip
def test_its_signature_covers_place_moment_author_and_subject(changes: dict[str, object]) -> None:
    signed = Statement(2, "", AT, "someone", a_person().member).signed(VAULT, SEED)
    assert not replace(signed, **changes).is_signed_with(VAULT, PUBLIC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "elif"}, {"title": "x"}, {"role": Role.IT}, {"state": State.LEFT}, {"own": False},
        {"kind": Kind.RECOVERY}, {"public": PublicKeys(bytes(32), bytes(32))}, {"id": "x"},
    ],
)  # fmt: skip
def test_its_signature_covers_everything_about_a_member(changes: dict[str, object]) -> None:
    member = a_person().member
    signed = Statement(1, "", AT, member.id, member).signed(VAULT, SEED)
    other = replace(signed, subject=member.now(**changes))
    assert not other.is_signed_with(VAULT, PUBLIC)


def test_in_another_vault_or_by_another_hand_it_is_not_signed() -> None:
    signed = Statement(1, "", AT, "someone", a_person().member).signed(VAULT, SEED)
    assert not signed.is_signed_with("another vault", PUBLIC)
    assert not signed.is_signed_with(VAULT, signing.public_of(bytes(32)))
    assert not replace(signed, signature=b"").is_signed_with(VAULT, PUBLIC)


def test_two_statements_never_have_one_digest() -> None:
    one = Statement(1, "", AT, "someone", a_person().member).signed(VAULT, SEED)
    others = [
        replace(one, number=2), replace(one, at=LATER), replace(one, signature=bytes(64)),
        replace(one, subject=DisciplineKey(Discipline.LEGAL, bytes(32))),
    ]  # fmt: skip
    assert len({each.digest(VAULT) for each in (one, *others)}) == 5
    assert one.digest(VAULT) != one.digest("another vault")


@given(st.text() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_nonsense_is_no_statement_and_nothing_worse(said: str) -> None:
    assert is_refused(said)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "1"}, {"number": True}, {"by": 5}, {"name": None}, {"own": 1}, {"own": "true"},
        {"role": "owner"}, {"state": "gone"}, {"kind": "machine"}, {"sealing": "zz"},
        {"sealing": 5}, {"disciplines": ["legal"]}, {"more": "x"}, {"discipline": "cooking"},
    ],
)  # fmt: skip
def test_a_statement_in_another_spelling_or_with_other_fields_is_none(
    changes: dict[str, object],
) -> None:
    statement = Statement(1, "", AT, "someone", a_person().member)
    said = json.loads(statement.said()) | changes
    assert is_refused(json.dumps(said, sort_keys=True, separators=(",", ":")))
    assert is_refused(statement.said().replace(":", ": ", 1))
    assert not is_refused(statement.said())


def test_the_disciplines_stand_there_and_follow_from_who_she_is() -> None:
    said = json.loads(Statement(1, "", AT, "x", a_person(role=Role.LAWYER).member).said())
    assert said["disciplines"] == ["legal"]
    assert json.loads(Statement(1, "", AT, "x", a_code().member).said())["disciplines"] == sorted(
        each.value for each in Discipline
    )
    assert len(bytes.fromhex(said["sealing"])) == sealing.PRIVATE_BYTES
