"""The three disciplines between which stands the wall: what one hears, the others cannot read."""

from enum import StrEnum

from kadin_danisma.domain.records import Noted, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import N_, _


class Discipline(StrEnum):
    """Whose a session note is; the stored value is the key."""

    LEGAL = "legal"
    PSYCHOLOGICAL = "psychological"
    SOCIAL = "social"


_NAMES: dict[Discipline, str] = {
    Discipline.LEGAL: N_("Legal notes"),
    Discipline.PSYCHOLOGICAL: N_("Psychological notes"),
    Discipline.SOCIAL: N_("Social work notes"),
}

_READERS: dict[Discipline, str] = {
    Discipline.LEGAL: N_("lawyers"),
    Discipline.PSYCHOLOGICAL: N_("psychologists"),
    Discipline.SOCIAL: N_("social workers"),
}

_OF_SERVICE = {
    "legal": Discipline.LEGAL,
    "psych": Discipline.PSYCHOLOGICAL,
    "family": Discipline.PSYCHOLOGICAL,
    "child": Discipline.PSYCHOLOGICAL,
    "group": Discipline.PSYCHOLOGICAL,
}

_OF_ROLE = {
    Role.LAWYER: frozenset({Discipline.LEGAL}),
    Role.PSYCHOLOGIST: frozenset({Discipline.PSYCHOLOGICAL}),
    Role.SOCIAL_WORKER: frozenset({Discipline.SOCIAL}),
}


def discipline_name(discipline: Discipline) -> str:
    """Return the translated name of a discipline's notes."""
    return _(_NAMES[discipline])


def readers_name(discipline: Discipline) -> str:
    """Return the translated name of those who can be given the key to a discipline's notes."""
    return _(_READERS[discipline])


def discipline_of(service: str) -> Discipline:
    """Return whose the note of a session of this service is; what is nobody's is social work."""
    return _OF_SERVICE.get(service, Discipline.SOCIAL)


def readers_of(record: Noted) -> tuple[Discipline, ...]:
    """Return whose the note of a record is: a session's one discipline's, another's all of them's.

    Docs/decisions/0045.
    """
    return (discipline_of(record.service),) if isinstance(record, Session) else tuple(Discipline)


def disciplines_of(role: Role) -> frozenset[Discipline]:
    """Return the disciplines whose notes a role may be given the key to."""
    return _OF_ROLE.get(role, frozenset())
