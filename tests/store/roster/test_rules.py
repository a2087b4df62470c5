"""Who may state what, whatever somebody states."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import new_id
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.store.identity import NO_KEYS, Identity, PublicKeys
from kadin_danisma.store.roster.chain import BadStatementError, Roster
from kadin_danisma.store.roster.rules import LONGEST_NAME
from kadin_danisma.store.roster.statement import DisciplineKey, Kind, Member, State, Subject
from tests.store.roster.people import AT, LATER, LEGAL_KEY, Person, a_code, a_person, a_roster

DERYA = a_person()
SECOND = a_person("ikinci")
ELIF = a_person("elif", Role.LAWYER)
DESK = a_person("danisma", Role.FRONT_DESK)
IREM = a_person("irem", Role.IT)
WAITS = a_person("bekleyen", Role.LAWYER, State.WAITING)
CODE = a_code()
EVERYBODY = (DERYA, SECOND, ELIF, DESK, IREM, WAITS, CODE)
ROSTER = a_roster(DERYA, EVERYBODY[1:])
OTHER_KEYS = Identity.new().public


def may(roster: Roster, who: Person, subject: Subject) -> bool:
    try:
        roster.stating(who.author, LATER, subject)
    except BadStatementError:
        return False
    return True


ids = st.sampled_from([each.id for each in EVERYBODY] + [new_id(), "recovery-9", "x"])
some_keys = st.sampled_from([NO_KEYS, OTHER_KEYS, *(each.member.public for each in EVERYBODY)])
some_members = st.one_of(
    st.builds(
        Member,
        id=ids,
        name=st.sampled_from([each.member.name for each in EVERYBODY] + ["yeni", "ELİF", ""]),
        title=st.sampled_from(["", "Av. Elif"]),
        role=st.sampled_from(Role),
        state=st.sampled_from(State),
        public=some_keys,
        kind=st.sampled_from(Kind),
        own=st.booleans(),
    ),
    # What differs from somebody in one thing is what somebody would try.
    st.builds(
        lambda of, change: of.member.now(**dict([change])),
        st.sampled_from(EVERYBODY),
        st.one_of(
            st.tuples(st.just("role"), st.sampled_from(Role)),
            st.tuples(st.just("state"), st.sampled_from(State)),
            st.tuples(st.just("public"), some_keys),
            st.tuples(st.just("own"), st.booleans()),
            st.tuples(st.just("name"), st.sampled_from(["yeni", "elif"])),
        ),
    ),
)
some_subjects = st.one_of(
    some_members,
    st.builds(DisciplineKey, st.sampled_from(Discipline), st.just(LEGAL_KEY)),
)
some_acts = st.lists(st.tuples(st.sampled_from(EVERYBODY), some_subjects), max_size=12)


@settings(max_examples=150, deadline=None)
@given(some_acts)
def test_whatever_is_said_the_rules_hold(acts: list[tuple[Person, Subject]]) -> None:
    """Random statements of random members, one after the other, with the keys they have."""
    roster = ROSTER
    for who, subject in acts:
        before = dict(roster.members)
        try:
            roster = roster.stating(who.author, LATER, subject)
        except BadStatementError:
            continue
        assert_allowed(before, who, subject)
        assert roster.coordinators, "somebody can let people in"
        standing = [fold(each.name) for each in roster.members.values() if roster.standing(each.id)]
        assert len(standing) == len(set(standing)), "a name means one person"


def assert_allowed(before: dict[str, Member], who: Person, subject: Subject) -> None:
    author = before[who.id]
    assert author.state is State.ACTIVE
    if author.role is Role.COORDINATOR:
        return
    assert isinstance(subject, Member), "nobody else gives a discipline a key"
    present = before.get(subject.id)
    assert present is None or subject.role is present.role, "nobody else changes a role"
    if subject.state is State.ACTIVE:
        assert subject.id == author.id, "nobody else makes anybody active"
        assert subject == author.now(public=subject.public, own=subject.own)
    elif subject.id != author.id:
        assert author.role is Role.IT
        assert subject.public == NO_KEYS


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_it_makes_accounts_that_wait_and_no_others(role: Role, state: State) -> None:
    new = Member(new_id(), "yeni", "Yeni", role, state, own=False)
    assert may(ROSTER, IREM, new) == (state is State.WAITING)
    assert not may(ROSTER, IREM, new.now(public=OTHER_KEYS))
    for other in (ELIF, DESK, WAITS):
        assert not may(ROSTER, other, new)
    ready = new.now(public=OTHER_KEYS if state is State.ACTIVE else NO_KEYS)
    assert may(ROSTER, DERYA, ready), "a coordinator may say it"


def test_it_resets_and_removes_but_not_itself_and_no_recovery_code() -> None:
    for state in (State.WAITING, State.LEFT):
        for other in (ELIF, DESK, SECOND, WAITS):
            assert may(ROSTER, IREM, other.member.now(state=state, public=NO_KEYS, own=False))
        for other in (IREM, CODE):
            assert not may(ROSTER, IREM, other.member.now(state=state, public=NO_KEYS))


def test_it_brings_nobody_back_who_left() -> None:
    gone = ELIF.member.now(state=State.LEFT, public=NO_KEYS)
    roster = ROSTER.stating(DERYA.author, LATER, gone)
    assert not may(roster, IREM, gone.now(state=State.WAITING))
    assert may(roster, DERYA, ELIF.member)


@pytest.mark.parametrize(
    "changes", [{"role": Role.COORDINATOR}, {"name": "elif2"}, {"title": "Dr."}]
)
@pytest.mark.parametrize("who", [ELIF, DESK, IREM])
def test_a_renewal_changes_keys_and_nothing_else(who: Person, changes: dict[str, object]) -> None:
    renewed = who.renewed()
    assert may(ROSTER, who, renewed.member)
    assert not may(ROSTER, who, renewed.member.now(**changes))
    assert not may(ROSTER, who, who.member.now(**changes))
    assert not may(ROSTER, who, renewed.member.now(state=State.WAITING, public=NO_KEYS))


def test_keys_that_were_hers_alone_do_not_become_shared_by_her_word() -> None:
    assert not may(ROSTER, ELIF, ELIF.renewed().member.now(own=False))
    shared = replace(ELIF, member=ELIF.member.now(own=False))
    roster = ROSTER.stating(DERYA.author, LATER, shared.member)
    assert may(roster, ELIF, ELIF.renewed().member.now(own=False))
    assert may(roster, ELIF, ELIF.renewed().member)


def test_whoever_waits_or_has_left_says_nothing_not_even_of_herself() -> None:
    waits = Person(ELIF.member, ELIF.identity)
    for state in (State.WAITING, State.LEFT):
        roster = ROSTER.stating(DERYA.author, LATER, ELIF.member.now(state=state, public=NO_KEYS))
        assert not may(roster, waits, ELIF.member)
        assert not may(roster, waits, waits.renewed().member)


def test_a_stranger_says_nothing() -> None:
    stranger = a_person("yabanci")
    assert not may(ROSTER, stranger, stranger.member)
    assert not may(ROSTER, stranger, ELIF.renewed().member)


@pytest.mark.parametrize(
    "user_id",
    ["", "x", "recovery", "recovery-9", "0" * 32, "{6719110A-A6D6-4947-BDA1-1ACA7BFB9B6C}"],
)
@pytest.mark.parametrize("who", [DERYA, IREM])
def test_a_person_has_an_id_that_this_program_makes(who: Person, user_id: str) -> None:
    state = State.ACTIVE if who is DERYA else State.WAITING
    public = OTHER_KEYS if who is DERYA else NO_KEYS
    assert may(ROSTER, who, Member(new_id(), "yeni", "", Role.LAWYER, state, public))
    assert not may(ROSTER, who, Member(user_id, "yeni", "", Role.LAWYER, state, public))


def test_recovery_codes_are_made_by_coordinators_under_their_own_names_only() -> None:
    second = a_code(2).member
    assert may(ROSTER, DERYA, second)
    assert may(ROSTER, CODE, second)
    for who in (IREM, ELIF, DESK):
        assert not may(ROSTER, who, second)
    assert not may(ROSTER, DERYA, second.now(role=Role.LAWYER))
    assert not may(ROSTER, DERYA, second.now(id=new_id()))
    assert not may(ROSTER, DERYA, second.now(name="elif2"))
    assert not may(ROSTER, DERYA, ELIF.member.now(kind=Kind.RECOVERY))


@pytest.mark.parametrize("name", ["kurtarma", "Kurtarma", "kurtarma-9", "", "  ", "x" * 201])
def test_a_person_has_a_name_of_her_own(name: str) -> None:
    assert not may(ROSTER, DERYA, ELIF.member.now(name=name))
    assert not may(ROSTER, IREM, Member(new_id(), name, "", Role.LAWYER, State.WAITING))


@pytest.mark.parametrize("sign", ["\n", "\x00", "\u202e", "\u200b", "\ud800"])
def test_a_name_is_one_line_that_can_be_read(sign: str) -> None:
    assert not may(ROSTER, DERYA, ELIF.member.now(title=f"Av.{sign}Elif"))
    assert may(ROSTER, DERYA, ELIF.member.now(title="Av.\u00a0Elif\u2009K."))
    assert may(ROSTER, DERYA, ELIF.member.now(title="x" * LONGEST_NAME))


@pytest.mark.parametrize("name", ["ELİF", "elıf", "Elif"])
def test_a_name_is_given_once_however_it_is_spelt(name: str) -> None:
    new = a_person(name, Role.FRONT_DESK)
    assert not may(ROSTER, DERYA, new.member)
    gone = ROSTER.stating(DERYA.author, LATER, ELIF.member.now(state=State.LEFT, public=NO_KEYS))
    assert may(gone, DERYA, new.member)


def test_the_last_coordinator_stays() -> None:
    alone = a_roster(DERYA, [ELIF, IREM, CODE])
    changes = [
        {"state": State.LEFT, "public": NO_KEYS},
        {"state": State.WAITING, "public": NO_KEYS, "own": False},
        {"role": Role.LAWYER},
    ]
    for change in changes:
        for who in (DERYA, IREM, CODE):
            assert not may(alone, who, DERYA.member.now(**change))
        assert may(ROSTER, DERYA, DERYA.member.now(**change)), "with a second one she may go"
    assert may(alone, CODE, DERYA.renewed().member), "she gets a new passphrase by recovery"


@pytest.mark.parametrize(
    "public",
    [
        NO_KEYS,
        PublicKeys(bytes(32)),
        PublicKeys(b"", bytes(32)),
        PublicKeys(bytes(31), bytes(32)),
        PublicKeys(bytes(32), bytes(33)),
    ],
)  # fmt: skip
def test_somebody_active_has_both_keys_and_somebody_who_waits_none(public: PublicKeys) -> None:
    assert not may(ROSTER, DERYA, ELIF.member.now(public=public))
    waits = ELIF.member.now(state=State.WAITING, public=public)
    assert may(ROSTER, DERYA, waits) == (public == NO_KEYS)


@pytest.mark.parametrize("who", [ELIF, DESK, IREM])
def test_only_coordinators_and_codes_give_a_discipline_its_key(who: Person) -> None:
    key = DisciplineKey(Discipline.LEGAL, LEGAL_KEY)
    assert may(ROSTER, DERYA, key)
    assert may(ROSTER, CODE, key)
    assert not may(ROSTER, who, key)
    assert not may(ROSTER, DERYA, replace(key, public=bytes(31)))


@pytest.mark.parametrize(
    "at",
    [
        "", "yesterday", "2026-11-22", "2026-11-22T10:00:00", "2026-13-01T10:00:00+03:00",
        "2026-02-30T10:00:00+03:00", "2026-11-22T10:00:00+99:00", "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00", "٢٠٢٦-11-22T10:00:00+03:00", AT + "\n", AT * 10**5,
    ],
)  # fmt: skip
def test_a_statement_without_a_moment_is_refused(at: str) -> None:
    with pytest.raises(BadStatementError):
        ROSTER.stating(DERYA.author, at, ELIF.member)
    with pytest.raises(BadStatementError):
        ROSTER.stating(IREM.author, at, IREM.renewed().member)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_nobody_but_a_coordinator_begins_a_roster(role: Role) -> None:
    with pytest.raises(BadStatementError):
        a_roster(a_person("x", role))
    with pytest.raises(BadStatementError):
        a_roster(replace(DERYA, member=DERYA.member.now(state=State.WAITING, public=NO_KEYS)))
    bare = Roster(ROSTER.vault_id)
    with pytest.raises(BadStatementError):
        bare.stating(DERYA.author, AT, SECOND.member)
    with pytest.raises(BadStatementError):
        bare.stating(DERYA.author, AT, DisciplineKey(Discipline.LEGAL, LEGAL_KEY))
