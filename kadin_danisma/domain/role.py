"""Who may do what, and how far: one table of roles, actions and scopes.

Services ask it through ``Desk.require``; the page "Who may do what" shows it; nothing else decides.
"""

from collections.abc import Mapping
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
    #: Not asked of the table but of the keys a person holds (decision 0016); a test compares them.
    READ_NOTES = "read_notes"
    RUN_PLAYROOM = "run_playroom"
    COUNT = "count"
    PUBLISH = "publish"
    IMPORT = "import"
    MANAGE_USERS = "manage_users"
    #: At IT's desk, beside the vault: whoever is given an account there still has to be let in.
    KEEP_ACCOUNTS = "keep_accounts"
    BACK_UP = "back_up"
    SEE_AUDIT = "see_audit"
    RENEW_RECOVERY = "renew_recovery"
    RESTRICT = "restrict"
    BREAK_GLASS = "break_glass"


class Scope(StrEnum):
    """How far an action reaches."""

    NOTHING = "nothing"
    #: The centre as a whole; no single file.
    CENTRE = "centre"
    ALL_FILES = "all_files"
    #: The notes of the disciplines whose key the person holds.
    OWN_NOTES = "own_notes"


ROLE_NAMES: dict[Role, str] = {
    Role.COORDINATOR: N_("Coordinator"),
    Role.LAWYER: N_("Lawyer"),
    Role.PSYCHOLOGIST: N_("Psychologist"),
    Role.SOCIAL_WORKER: N_("Social worker"),
    Role.FRONT_DESK: N_("Front desk"),
    Role.IT: N_("IT officer"),
}

_ACTION_NAMES: dict[Action, str] = {
    Action.SEE_CLIENTS: N_("Search and view files"),
    Action.RECORD: N_("Open files; record applications, referrals and trainings; correct them"),
    Action.WRITE_SESSIONS: N_("Record sessions and write their notes"),
    Action.READ_NOTES: N_("Read notes, and search in them"),
    Action.RUN_PLAYROOM: N_("Check children in and out of the playroom"),
    Action.COUNT: N_("See true counts"),
    Action.PUBLISH: N_("Publish protected reports"),
    Action.IMPORT: N_("Import workbooks"),
    Action.MANAGE_USERS: N_("Open and close accounts"),
    Action.KEEP_ACCOUNTS: N_("Make and reset accounts, which a coordinator approves"),
    Action.BACK_UP: N_("Make and restore backups"),
    Action.SEE_AUDIT: N_("Read the log"),
    Action.RENEW_RECOVERY: N_("Try and replace the recovery sheets"),
    Action.RESTRICT: N_("Restrict files to a circle, and change one’s own circles"),
    Action.BREAK_GLASS: N_("Open one file with the recovery code, for a reason"),
}

_SCOPE_NAMES: dict[Scope, str] = {
    Scope.NOTHING: N_("no"),
    Scope.CENTRE: N_("yes"),
    Scope.ALL_FILES: N_("all files"),
    Scope.OWN_NOTES: N_("own discipline’s notes"),
}

_COUNSELLOR: dict[Action, Scope] = {
    Action.SEE_CLIENTS: Scope.ALL_FILES,
    Action.RECORD: Scope.ALL_FILES,
    Action.WRITE_SESSIONS: Scope.ALL_FILES,
    Action.READ_NOTES: Scope.OWN_NOTES,
    Action.RUN_PLAYROOM: Scope.ALL_FILES,
    Action.RESTRICT: Scope.ALL_FILES,
    Action.BREAK_GLASS: Scope.ALL_FILES,
}

#: What is not named here is nothing.
ALLOWED: dict[Role, Mapping[Action, Scope]] = {
    Role.COORDINATOR: {
        Action.SEE_CLIENTS: Scope.ALL_FILES,
        Action.RECORD: Scope.ALL_FILES,
        Action.WRITE_SESSIONS: Scope.ALL_FILES,
        Action.RUN_PLAYROOM: Scope.ALL_FILES,
        Action.COUNT: Scope.CENTRE,
        Action.PUBLISH: Scope.CENTRE,
        Action.IMPORT: Scope.CENTRE,
        Action.MANAGE_USERS: Scope.CENTRE,
        Action.BACK_UP: Scope.CENTRE,
        Action.SEE_AUDIT: Scope.CENTRE,
        Action.RENEW_RECOVERY: Scope.CENTRE,
        Action.RESTRICT: Scope.ALL_FILES,
        Action.BREAK_GLASS: Scope.ALL_FILES,
    },
    Role.LAWYER: _COUNSELLOR,
    Role.PSYCHOLOGIST: _COUNSELLOR,
    Role.SOCIAL_WORKER: _COUNSELLOR,
    Role.FRONT_DESK: {
        Action.SEE_CLIENTS: Scope.ALL_FILES,
        Action.RECORD: Scope.ALL_FILES,
        Action.RUN_PLAYROOM: Scope.ALL_FILES,
    },
    # IT holds no key that opens the vault (decision 0017).
    Role.IT: {Action.KEEP_ACCOUNTS: Scope.CENTRE, Action.BACK_UP: Scope.CENTRE},
}


#: What changes something, gives something out or must stand in the log: not done at a backup,
#: which is only read.
CHANGING = frozenset(
    {
        Action.RECORD,
        Action.WRITE_SESSIONS,
        Action.RUN_PLAYROOM,
        Action.COUNT,
        Action.PUBLISH,
        Action.IMPORT,
        Action.MANAGE_USERS,
        Action.KEEP_ACCOUNTS,
        Action.RENEW_RECOVERY,
        Action.RESTRICT,
        Action.BREAK_GLASS,
    }
)


def role_name(role: Role) -> str:
    """Return the translated name of a role."""
    return _(ROLE_NAMES[role])


def action_name(action: Action) -> str:
    """Return in words what an action is."""
    return _(_ACTION_NAMES[action])


def scope_name(scope: Scope) -> str:
    """Return in words how far an action reaches."""
    return _(_SCOPE_NAMES[scope])


def scope_of(role: Role, action: Action) -> Scope:
    """Return how far an action of a role reaches."""
    return ALLOWED[role].get(action, Scope.NOTHING)


def may(role: Role, action: Action) -> bool:
    """Tell whether a role includes an action."""
    return scope_of(role, action) is not Scope.NOTHING
