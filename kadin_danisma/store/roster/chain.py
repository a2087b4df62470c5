"""The chain of statements, read from its beginning: who is who, and whose signature is whose."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.i18n import _
from kadin_danisma.store import moments, signing
from kadin_danisma.store.roster import rules
from kadin_danisma.store.roster.statement import (
    BEGINNING,
    DisciplineKey,
    Kind,
    Member,
    State,
    Statement,
    Subject,
)
from kadin_danisma.store.signing import Author, Part


class BadStatementError(ValueError):
    """A statement does not belong into the chain.

    Args:
        number: Its place.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"statement {number} of the roster does not belong there")
        self.number = number


@dataclass(frozen=True, slots=True)
class Tenure:
    """Until when a signing key was somebody's.

    When it began is not asked: whoever has the key can date back, and a clock that was once wrong
    would make honest signatures doubtful.
    """

    public: bytes
    #: The moment of the statement with which it ended, as ISO text; empty while it lasts.
    until: str = ""
    #: Whether it was hers alone; else whoever set her passphrase knew it as well.
    own: bool = True

    def lasted(self, at: str) -> bool:
        """Tell whether it was hers still at a moment, wherever on earth that was written down."""
        return not self.until or moments.is_until(at, self.until)

    def ended(self, until: str) -> "Tenure":
        """Return the same tenure, which ended at that moment if it did not before."""
        return (
            self
            if self.until and moments.is_until(self.until, until)
            else replace(self, until=until)
        )


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is who in a vault, as far as the chain was read.

    Attributes:
        vault_id: Whose roster it is.
        statements: The chain.
        members: Everybody it ever spoke of, by id.
        disciplines: The public keys of the disciplines.
        tenures: The signing keys each member ever had, the first one first.
        root: The digest of the first statement: what everything rests on.
        head: The digest of the last one.
    """

    vault_id: str
    statements: tuple[Statement, ...] = ()
    members: dict[str, Member] = field(default_factory=dict)
    disciplines: dict[Discipline, bytes] = field(default_factory=dict)
    tenures: dict[str, tuple[Tenure, ...]] = field(default_factory=dict)
    root: str = BEGINNING
    head: str = BEGINNING

    @classmethod
    def read(cls, vault_id: str, statements: Iterable[Statement]) -> "Roster":
        """Return what a chain says, from its first statement on.

        Raises:
            BadStatementError: One of them does not belong there.
        """
        return cls(vault_id).extended(statements)

    def extended(self, statements: Iterable[Statement]) -> "Roster":
        """Return the roster with more statements behind it, each checked.

        Raises:
            BadStatementError: One of them does not belong there.
        """
        roster = self
        for statement in statements:
            roster = roster._with(statement)
        return roster

    def as_far_as_it_holds(self, statements: Iterable[Statement]) -> "Roster":
        """Return the roster with what belongs there, up to the first statement that does not."""
        roster = self
        with suppress(BadStatementError):
            for statement in statements:
                roster = roster._with(statement)
        return roster

    def stating(self, author: Author, at: str, subject: Subject) -> "Roster":
        """Return the roster with a new statement of whoever is signed in.

        Raises:
            BadStatementError: She may not say that.
        """
        bare = Statement(len(self.statements) + 1, self.head, at, author.user_id, subject)
        return self.extended([bare.signed(self.vault_id, author.seed)])

    def active(self, user_id: str) -> Member | None:
        """Return a member who may come in, or None."""
        member = self.members.get(user_id)
        return member if member and member.state is State.ACTIVE else None

    def standing(self, user_id: str) -> Member | None:
        """Return a member who has not left, or None."""
        member = self.members.get(user_id)
        return member if member and member.state is not State.LEFT else None

    def named(self, name: str) -> Member | None:
        """Return who answers to a user name and has not left; names are compared folded."""
        standing = (each for each in self.members.values() if each.state is not State.LEFT)
        return next((each for each in standing if fold(each.name) == fold(name)), None)

    @property
    def names(self) -> list[str]:
        """The user names of the people who have not left."""
        return [
            each.name
            for each in self.members.values()
            if each.state is not State.LEFT and each.kind is Kind.PERSON
        ]

    @property
    def coordinators(self) -> set[str]:
        """The ids of the people who may come in as coordinators."""
        return {
            each.id
            for each in self.members.values()
            if each.state is State.ACTIVE
            and each.role is Role.COORDINATOR
            and each.kind is Kind.PERSON
        }

    def behind(self, other: "Roster") -> tuple[Statement, ...] | None:
        """Return what another chain says beyond this one, or None where they went apart."""
        known, theirs = len(self.statements), other.statements
        if theirs[:known] != self.statements[: len(theirs)]:
            return None
        return theirs[known:]

    def says_the_same(self, other: "Roster") -> bool:
        """Tell whether another chain says the same to the last statement."""
        return other.statements == self.statements

    def wrote(
        self, by: str, at: str, signature: bytes, purpose: str, *said: Part, alone: bool = True
    ) -> bool:
        """Tell whether somebody signed something at a moment at which she could.

        Args:
            by: Who is said to have written it.
            at: When, as ISO text.
            signature: Her signature.
            purpose: What kind of thing it is.
            said: What was signed (``signing.message``).
            alone: Whether a key does not count that whoever set her passphrase knew as well.
        """
        content = signing.message(purpose, self.vault_id, *said)
        return any(
            signing.is_signed(content, signature, tenure.public)
            for tenure in reversed(self.tenures.get(by, ()))
            if tenure.lasted(at) and (tenure.own or not alone)
        )

    def _with(self, statement: Statement) -> "Roster":
        self._let_pass(statement)
        grown = replace(
            self,
            statements=(*self.statements, statement),
            head=(head := statement.digest(self.vault_id)),
            root=self.root or head,
        )
        subject = statement.subject
        if isinstance(subject, DisciplineKey):
            keys = {**self.disciplines, subject.discipline: subject.public}
            return replace(grown, disciplines=keys)
        return replace(
            grown,
            members={**self.members, subject.id: subject},
            tenures={**self.tenures, subject.id: self._tenures(subject, statement)},
        )

    def _let_pass(self, statement: Statement) -> None:
        fits = (
            statement.number == len(self.statements) + 1
            and statement.before == self.head
            and rules.is_well_formed(statement)
        )
        if not (fits and self._may_say(statement)):
            raise BadStatementError(statement.number)

    def _may_say(self, statement: Statement) -> bool:
        if not self.statements:
            subject = statement.subject
            return (
                rules.may_begin(statement)
                and isinstance(subject, Member)
                and statement.is_signed_with(self.vault_id, subject.public.signing)
            )
        if not rules.may_follow(self.members, statement):
            return False
        public = self.members[statement.by].public.signing
        return statement.is_signed_with(self.vault_id, public)

    def _tenures(self, subject: Member, statement: Statement) -> tuple[Tenure, ...]:
        """Return the keys of a member after a statement about her."""
        had = self.tenures.get(subject.id, ())
        hers = subject.public.signing if subject.state is State.ACTIVE else b""
        last = had[-1] if had else None
        if last and not last.until and (last.public, last.own) == (hers, subject.own):
            return had
        if last:
            until = self._end_by(statement)
            if self._speaks_for_all(statement.by) and statement.by != subject.id:
                # Also those that by her own word, or by IT's, end in years to come.
                had = tuple(each.ended(until) for each in had)
            elif not last.until:
                had = (*had[:-1], replace(last, until=until))
        return (*had, Tenure(hers, own=subject.own)) if hers else had

    def _end_by(self, statement: Statement) -> str:
        """Return the moment at which a statement ends a key.

        What IT dates back ends none before the last statement of a coordinator: all that a
        colleague ever signed would be nobody's by it. What others say of their own keys counts for
        nothing here: whoever dates it years ahead would let no key end any more.
        """
        said = (each.at for each in self.statements if self._speaks_for_all(each.by))
        return max(statement.at, *said, key=datetime.fromisoformat)

    def _speaks_for_all(self, user_id: str) -> bool:
        return self.members[user_id].role is Role.COORDINATOR


def stated(roster: Roster, author: Author, at: str, subjects: Iterable[Subject]) -> Roster:
    """Return the roster with what somebody asked for, in the name of whoever is signed in.

    Raises:
        NotAllowedError: She may not say that.
    """
    try:
        for subject in subjects:
            roster = roster.stating(author, at, subject)
    except BadStatementError as error:
        raise NotAllowedError(
            _("You are not allowed to do this. If you need to, tell the coordinator.")
        ) from error
    return roster
