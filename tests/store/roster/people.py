"""Invented members of rosters, who sign with keys of their own."""

from collections.abc import Iterable
from dataclasses import dataclass

from kadin_danisma.domain.records import new_id
from kadin_danisma.domain.role import Role
from kadin_danisma.store import sealing
from kadin_danisma.store.identity import NO_KEYS, Identity
from kadin_danisma.store.roster import members
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Member, State
from kadin_danisma.store.signing import Author

LEGAL_KEY = sealing.public_of(bytes(range(32)))
VAULT = "6719110a-a6d6-4947-bda1-1aca7bfb9b6c"
AT = "2026-11-22T10:00:00+03:00"
LATER = "2026-11-22T11:00:00+03:00"


@dataclass(frozen=True)
class Person:
    """A member with her private keys."""

    member: Member
    identity: Identity

    @property
    def id(self) -> str:
        return self.member.id

    @property
    def author(self) -> Author:
        return Author(self.id, VAULT, self.identity.signing)

    def renewed(self) -> "Person":
        """Return her with other keys."""
        identity = Identity.new()
        return Person(self.member.now(public=identity.public, own=True), identity)


def a_person(
    name: str = "derya", role: Role = Role.COORDINATOR, state: State = State.ACTIVE
) -> Person:
    identity = Identity.new()
    public = identity.public if state is State.ACTIVE else NO_KEYS
    return Person(Member(new_id(), name, f"{name.title()} A.", role, state, public), identity)


def a_code(number: int = 1) -> Person:
    identity = Identity.new()
    return Person(members.recovery_code(number, identity.public), identity)


def a_roster(founder: Person, others: Iterable[Person] = ()) -> Roster:
    """Return the roster of a coordinator who signed for others."""
    roster = Roster(VAULT).stating(founder.author, AT, founder.member)
    for other in others:
        roster = roster.stating(founder.author, AT, other.member)
    return roster
