"""Who may do what: one table of roles and actions."""

from enum import StrEnum

from kadin_danisma.i18n import N_, _


class Role(StrEnum):
    """The six roles of a centre; the stored value is the key."""

    COORDINATOR = "coordinator"
    LAWYER = "lawyer"
    PSYCHOLOGIST = "psychologist"
    SOCIAL_WORKER = "social_worker"
    FRONT_DESK = "front_desk"
    IT = "it"


class Action(StrEnum):
    """What a person can do in the program."""

    SEE_CLIENTS = "see_clients"
    RECORD = "record"
    WRITE_SESSIONS = "write_sessions"
    RUN_PLAYROOM = "run_playroom"
    COUNT = "count"
    PUBLISH = "publish"
    IMPORT = "import"
    MANAGE_USERS = "manage_users"
    BACK_UP = "back_up"
    SEE_AUDIT = "see_audit"


ROLE_NAMES: dict[Role, str] = {
    Role.COORDINATOR: N_("Coordinator"),
    Role.LAWYER: N_("Lawyer"),
    Role.PSYCHOLOGIST: N_("Psychologist"),
    Role.SOCIAL_WORKER: N_("Social worker"),
    Role.FRONT_DESK: N_("Front desk"),
    Role.IT: N_("IT officer"),
}

_COUNSELLOR = frozenset(
    {
        Action.SEE_CLIENTS,
        Action.RECORD,
        Action.WRITE_SESSIONS,
        Action.RUN_PLAYROOM,
    }
)

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.COORDINATOR: frozenset(Action),
    Role.LAWYER: _COUNSELLOR,
    Role.PSYCHOLOGIST: _COUNSELLOR,
    Role.SOCIAL_WORKER: _COUNSELLOR,
    Role.FRONT_DESK: frozenset({Action.SEE_CLIENTS, Action.RECORD, Action.RUN_PLAYROOM}),
    # Whoever may give a passphrase to others can sign in as them, so IT manages no accounts until
    # keys, and not rights, keep it from reading (docs/threats.md).
    Role.IT: frozenset({Action.BACK_UP}),
}


def role_name(role: Role) -> str:
    """Return the translated name of a role."""
    return _(ROLE_NAMES[role])


def may(role: Role, action: Action) -> bool:
    """Tell whether a role includes an action."""
    return action in ALLOWED[role]
