"""Who is signed in at which vault, what she may do, and the one way in which services write."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date

from kadin_danisma.domain.checks import Problem, check
from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import Record, User
from kadin_danisma.domain.role import CHANGING, Action, may
from kadin_danisma.domain.steps import Step
from kadin_danisma.errors import KnownError, NotAllowedError
from kadin_danisma.i18n import _
from kadin_danisma.services.sightings import Sighting, Sightings
from kadin_danisma.store import drafts
from kadin_danisma.store.backup_failures import OnlyReadBackupError
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
    return NotAllowedError(
        _("You are not allowed to do this. If you need to, tell the coordinator.")
    )


def _first_things_first() -> NotAllowedError:
    return NotAllowedError(
        _(
            "Before you can work, please sign in at the window once: the duty of confidentiality "
            "has to be accepted, and a passphrase that somebody else set has to be replaced."
        )
    )


def gone() -> KnownError:
    """Return what is said of a record that is not there any more."""
    return KnownError(_("This record no longer exists. Refresh the list."))


class Desk:
    """The signed-in person's place in the program; every service takes it first."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self.vault = vault
        self.clock = clock
        #: What she was shown of files since she signed in.
        self.sightings = Sightings()
        #: What she has to do before she can work; set where she signs in.
        self.first_steps: frozenset[Step] = frozenset()
        #: The draft that the next record finishes, and the kind of that record.
        self._finishing: tuple[str, str] | None = None
        vault.at_closing = lambda: self.settle(at_once=True)

    @property
    def user(self) -> User:
        """Return who is signed in."""
        return self.vault.user

    def today(self) -> date:
        """Return the present day."""
        return self.clock.today()

    def close(self) -> None:
        """Let go of the vault; closing twice is fine."""
        self.vault.close()

    def may(self, action: Action) -> bool:
        """Tell whether the signed-in person may do something here: at a backup, only look."""
        return may(self.user.role, action) and not self._is_barred(action)

    def require(self, action: Action) -> None:
        """Let pass whoever may do it.

        Raises:
            NotAllowedError: Her role does not include the action, which is logged; or she has
                not done what comes before the first day of work.
            OnlyReadBackupError: The vault is a backup, which is only read.
        """
        if self.first_steps:
            raise _first_things_first()
        if may(self.user.role, action) and self._is_barred(action):
            raise OnlyReadBackupError
        if self.may(action):
            return
        self.note("refused", str(action))
        raise not_allowed()

    def _is_barred(self, action: Action) -> bool:
        return self.vault.copied is not None and action in CHANGING

    def check(self, record: Record) -> None:
        """Let pass a record that keeps the rules.

        Raises:
            RefusedError: It breaks some.
        """
        if problems := check(record, self.today()):
            raise RefusedError(problems)

    @contextmanager
    def writing(self, action: str, subject: str, files: Iterable[str] = ()) -> Iterator[Connection]:
        """Open one transaction whose audit line is written with it.

        Args:
            action: What is done, as it stands in the log: ``session.add``.
            subject: To what: a file number or a period, never a name.
            files: The ids of the files it is about; a list may still be filled in the block.
        """
        with self._logging(action, subject, files) as db:
            yield db
            self.finish(db, action)

    def finish(self, db: Connection, action: str) -> None:
        """Let a deed take its draft away, in the transaction that does it (``finishing``)."""
        draft_id, kind = self._finishing or ("", "")
        if draft_id and action.partition(".")[0] == kind:
            drafts.drop(db, self.user.id, draft_id)

    @contextmanager
    def finishing(self, draft_id: str, kind: str) -> Iterator[None]:
        """Let a record written in the block take its draft away, in the same transaction.

        Args:
            draft_id: What was kept of the form it comes from.
            kind: What the deed is about, as it stands in the log: the ``session`` of
                ``session.add``. A file opened on the way to an application finishes nothing.
        """
        self._finishing = draft_id, kind
        try:
            yield
        finally:
            self._finishing = None

    @contextmanager
    def _logging(self, action: str, subject: str, files: Iterable[str]) -> Iterator[Connection]:
        """Open one transaction whose audit line is written with it (arguments: ``writing``)."""
        with self.vault.write() as db:
            yield db
            self.vault.audit(db, action, subject, files)

    @contextmanager
    def looking(
        self, action: str, subject: str = "", files: Iterable[str] = ()
    ) -> Iterator[Connection]:
        """Read what nobody sees without a line in the log (arguments: ``writing``).

        A medium that cannot be written is read without one: there is nowhere to put it.
        """
        if self.vault.read_only:
            with self.vault.read() as db:
                yield db
        else:
            with self._logging(action, subject, files) as db:
                yield db

    def note(self, action: str, subject: str = "", files: Iterable[str] = ()) -> None:
        """Write a line of its own into the log, where the medium lets (arguments: ``writing``)."""
        if not self.vault.read_only:
            with self._logging(action, subject, files):
                """There is nothing else to write."""

    def settle(self, *, at_once: bool = False) -> None:
        """Write the last search into the log once it has settled.

        Args:
            at_once: Whether something else is done now, so that it has settled in any case.
        """
        self.note_sighting(self.sightings.take(self.clock.now(), at_once=at_once))

    def listed(self, action: str, client_ids: Iterable[str]) -> None:
        """Tell the log which files a list shows her that it did not show her before."""
        if new := self.sightings.unlisted(action, client_ids):
            self.note(action, str(len(new)), new)

    def note_sighting(self, sighting: Sighting | None) -> None:
        """Tell the log how many files were shown and which, and never what was typed."""
        if sighting is not None:
            self.note(sighting.action, str(len(sighting.files)), sighting.files)

    @contextmanager
    def telling_failure(self, action: str, subject: str = "") -> Iterator[None]:
        """Let the log tell of it when what is done inside fails (arguments: ``writing``)."""
        try:
            yield
        except (KnownError, OSError):
            # On a full disk the log cannot tell either; what failed is what has to be said.
            with suppress(KnownError):
                self.note(action, subject)
            raise

    def stamp(self) -> Stamp:
        """Return who writes now, and when."""
        return Stamp(self.clock.now(), self.user.id, self.vault.writer)
