"""Members of the roster as they are made: the first coordinator, and recovery codes."""

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import _
from kadin_danisma.store import recovery
from kadin_danisma.store.identity import PublicKeys
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
