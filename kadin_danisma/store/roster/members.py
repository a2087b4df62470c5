"""Members of the roster as they are made, and what a new one may be called."""

from kadin_danisma.domain import names
from kadin_danisma.domain.records import User
from kadin_danisma.domain.recovery import is_recovery_name
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import recovery
from kadin_danisma.store.identity import PublicKeys
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Kind, Member, State


def person(user: User, public: PublicKeys) -> Member:
    """Return somebody who comes in with keys of her own."""
    return Member(user.id, user.name, user.title, user.role, State.ACTIVE, public)


def recovery_code(number: int, public: PublicKeys) -> Member:
    """Return in whose name the so-manyth recovery code opens the vault."""
    return Member(
        recovery.id_of(number),
        recovery.name_of(number),
        _("Recovery code"),
        Role.COORDINATOR,
        State.ACTIVE,
        public,
        Kind.RECOVERY,
    )


def refuse_name(roster: Roster, name: str, title: str) -> None:
    """Let pass what a new account may be called.

    Raises:
        KnownError: The name is missing or cannot be read, somebody has it, it looks like hers, or
            it is kept for recovery codes.
    """
    if not name.strip():
        raise KnownError(_("The user name is missing."))
    if is_recovery_name(name) or roster.named(name):
        raise KnownError(_("Somebody of this user name is there already."))
    if names.resembles(name, roster.names):
        raise KnownError(names.looks_taken())
    if reason := names.name_problem(name) or names.name_problem(title):
        raise KnownError(reason)
