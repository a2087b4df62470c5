"""One statement of the roster: what it says, who says so, and how it is written down."""

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kadin_danisma.domain.discipline import Discipline, disciplines_of
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.store import signing
from kadin_danisma.store.identity import NO_KEYS, PublicKeys

#: What comes before the first statement.
BEGINNING = ""
_PURPOSE = "roster"
_DIGEST_BYTES = 32


class Kind(StrEnum):
    """Who a member is."""

    PERSON = "person"
    #: A recovery code, in whose name the vault opens.
    RECOVERY = "recovery"


class State(StrEnum):
    """Whether a member may come in."""

    ACTIVE = "active"
    #: IT made or reset the account: it opens nothing until a coordinator signs.
    WAITING = "waiting"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Member:
    """A person, or a recovery code, as a statement describes her: always whole."""

    id: str
    name: str
    title: str
    role: Role
    state: State
    public: PublicKeys = NO_KEYS
    kind: Kind = Kind.PERSON
    #: Whether her keys are hers alone; else whoever set her passphrase knows them as well.
    own: bool = True

    @property
    def disciplines(self) -> frozenset[Discipline]:
        """The disciplines whose notes she may be given the key to."""
        return frozenset(Discipline) if self.kind is Kind.RECOVERY else disciplines_of(self.role)

    @property
    def user(self) -> User:
        """The member as the rest of the program knows her."""
        return User(id=self.id, name=self.name, title=self.title, role=self.role)

    def now(self, **changes: Any) -> "Member":
        """Return the member with something else about her."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class DisciplineKey:
    """The public key of a discipline: notes are sealed to it."""

    discipline: Discipline
    public: bytes


Subject = Member | DisciplineKey


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that somebody says about a member or a discipline."""

    #: Its place in the chain, from 1.
    number: int
    #: The digest of the statement before it.
    before: str
    #: When, as ISO text by her clock.
    at: str
    by: str
    subject: Subject
    signature: bytes = b""

    def signed(self, vault_id: str, seed: bytes) -> "Statement":
        """Return the statement with its author's signature."""
        return replace(self, signature=signing.sign(seed, self.message(vault_id)))

    def is_signed_with(self, vault_id: str, public: bytes) -> bool:
        """Tell whether the holder of a signing key signed it."""
        return signing.is_signed(self.message(vault_id), self.signature, public)

    def message(self, vault_id: str) -> bytes:
        """Return what is signed."""
        return signing.message(_PURPOSE, vault_id, self.said())

    def said(self) -> str:
        """Return the statement as it is written down, without its signature."""
        said = {
            "number": self.number,
            "before": self.before,
            "at": self.at,
            "by": self.by,
            **_written(self.subject),
        }
        return json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))

    def digest(self, vault_id: str) -> str:
        """Return the digest by which the next statement knows this one."""
        content = self.message(vault_id) + self.signature
        return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()


def read(said: str, signature: bytes) -> Statement:
    """Return a statement that was written down, without trusting it.

    Raises:
        ValueError: It is none of ours.
    """
    try:
        found = json.loads(said)
        statement = Statement(
            _whole(found["number"]),
            _text(found["before"]),
            _text(found["at"]),
            _text(found["by"]),
            _subject(found),
            signature,
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no statement of a roster") from error
    if statement.said() != said:
        raise ValueError("a statement of a roster in another spelling")
    return statement


def _written(subject: Subject) -> dict[str, Any]:
    if isinstance(subject, DisciplineKey):
        return {"discipline": subject.discipline.value, "public": subject.public.hex()}
    return {
        "member": subject.id,
        "kind": subject.kind.value,
        "name": subject.name,
        "title": subject.title,
        "role": subject.role.value,
        "disciplines": sorted(each.value for each in subject.disciplines),
        "state": subject.state.value,
        "own": subject.own,
        "sealing": subject.public.sealing.hex(),
        "signing": subject.public.signing.hex(),
    }


def _subject(said: dict[str, Any]) -> Subject:
    if "discipline" in said:
        return DisciplineKey(Discipline(said["discipline"]), bytes.fromhex(said["public"]))
    return Member(
        _text(said["member"]),
        _text(said["name"]),
        _text(said["title"]),
        Role(said["role"]),
        State(said["state"]),
        PublicKeys(bytes.fromhex(said["sealing"]), bytes.fromhex(said["signing"])),
        Kind(said["kind"]),
        _truth(said["own"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value
