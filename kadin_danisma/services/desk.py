"""Who is signed in at which vault, what she may do, and the one way in which services write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from kadin_danisma.domain.checks import Problem, check
from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import Record, User
from kadin_danisma.domain.role import Action, may
from kadin_danisma.errors import KnownError, NotAllowedError
from kadin_danisma.i18n import _
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.rows import Connection
from kadin_danisma.store.vault import Vault


class RefusedError(KnownError):
    """A record breaks a rule; nothing was written.

    Args:
        problems: What is wrong, field by field, for the form to show beside the fields.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.reason for problem in problems))
        self.problems = tuple(problems)


def not_allowed() -> NotAllowedError:
    """Return what is said to somebody whose role does not include an act."""
    return NotAllowedError(_("Your role does not include this."))


def gone() -> KnownError:
    """Return what is said of a record that is not there any more."""
    return KnownError(_("This record is no longer there."))


class Desk:
    """The signed-in person's place in the program; every service takes it first."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self.vault = vault
        self.clock = clock

    @property
    def user(self) -> User:
        """Return who is signed in."""
        return self.vault.user

    def today(self) -> date:
        """Return the present day."""
        return self.clock.today()

    def may(self, action: Action) -> bool:
        """Tell whether the signed-in person's role includes an action."""
        return may(self.user.role, action)

    def require(self, action: Action) -> None:
        """Let pass whoever may do it.

        Raises:
            NotAllowedError: Her role does not include the action; the attempt is logged.
        """
        if self.may(action):
            return
        with self.vault.write() as db:
            self.vault.audit(db, "refused", str(action))
        raise not_allowed()

    def check(self, record: Record) -> None:
        """Let pass a record that keeps the rules.

        Raises:
            RefusedError: It breaks some.
        """
        if problems := check(record, self.today()):
            raise RefusedError(problems)

    @contextmanager
    def writing(self, action: str, subject: str) -> Iterator[Connection]:
        """Open one transaction whose audit line is written with it.

        Args:
            action: What is done, as it stands in the log: ``session.add``.
            subject: To what: a file number or a period, never a name.
        """
        with self.vault.write() as db:
            yield db
            self.vault.audit(db, action, subject)

    def stamp(self) -> Stamp:
        """Return who writes now, and when."""
        return Stamp(self.clock.now(), self.user.id)
