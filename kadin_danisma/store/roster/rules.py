"""Who may state what: the rules by which a statement joins the roster or is refused."""

import unicodedata
import uuid
from collections.abc import Mapping

from kadin_danisma.domain.names import name_problem, resembles
from kadin_danisma.domain.recovery import is_recovery_name
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.store import sealing, signing
from kadin_danisma.store.identity import NO_KEYS
from kadin_danisma.store.moments import is_moment
from kadin_danisma.store.recovery import is_recovery
from kadin_danisma.store.roster.statement import DisciplineKey, Kind, Member, State, Statement

#: A name or a title is a line, not a page.
LONGEST_NAME = 200
#: IT asks for no more accounts than these before somebody is let in: each is compared with all.
_MOST_WAITING = 30

Members = Mapping[str, Member]


def is_well_formed(statement: Statement) -> bool:
    """Tell whether a statement could be made by this program at all."""
    if not is_moment(statement.at):
        return False
    subject = statement.subject
    if isinstance(subject, DisciplineKey):
        return len(subject.public) == sealing.PRIVATE_BYTES and sealing.takes(subject.public)
    return _has_her_id(subject) and _has_her_keys(subject) and _has_a_name(subject)


def may_begin(statement: Statement) -> bool:
    """Tell whether a statement may be the first: a coordinator who speaks for herself."""
    subject = statement.subject
    return isinstance(subject, Member) and statement.by == subject.id and _is_coordinator(subject)


def may_follow(members: Members, statement: Statement) -> bool:
    """Tell whether whoever says it may say it, as the roster stands before it.

    * A coordinator, or a recovery code, speaks about everybody.
    * Everybody exchanges her own keys, and changes nothing else by it.
    * IT asks for accounts, resets and removes them; nobody comes in by it.
    """
    author = members.get(statement.by)
    if author is None or author.state is not State.ACTIVE:
        return False
    subject = statement.subject
    if isinstance(subject, DisciplineKey):
        return _is_coordinator(author)
    if _takes_a_name(members, subject) or _leaves_nobody(members, subject):
        return False
    present = members.get(subject.id)
    if present is not None and present.kind is not subject.kind:
        return False
    if _is_coordinator(author):
        return True
    if author.role is Role.IT and author.id != subject.id:
        return _is_request(members, present, subject)
    return _is_renewal(author, subject)


def _is_coordinator(member: Member) -> bool:
    return member.role is Role.COORDINATOR and member.state is State.ACTIVE


def _is_renewal(author: Member, subject: Member) -> bool:
    """Tell whether somebody takes new keys and stays what she is."""
    is_hers = subject.own or not author.own
    return is_hers and subject == author.now(public=subject.public, own=subject.own)


def _is_request(members: Members, present: Member | None, subject: Member) -> bool:
    """Tell whether IT asks for what opens nothing."""
    if subject.kind is not Kind.PERSON or subject.public != NO_KEYS:
        return False
    if present is None:
        waiting = [each for each in members.values() if each.state is State.WAITING]
        if subject.state is not State.WAITING or len(waiting) >= _MOST_WAITING:
            return False
        # What cannot be seen in a name makes it another one and looks like none.
        if name_problem(subject.name) or name_problem(subject.title):
            return False
        # What looks like a colleague's name would be taken for hers in the log.
        others = [each.name for each in members.values() if each.state is not State.LEFT]
        return not resembles(subject.name, others)
    asked = present.now(state=subject.state, public=NO_KEYS, own=subject.own)
    return (
        subject.state is not State.ACTIVE and present.state is not State.LEFT and subject == asked
    )


def _takes_a_name(members: Members, subject: Member) -> bool:
    """Tell whether somebody else who has not left answers to the name."""
    if subject.state is State.LEFT:
        return False
    folded = fold(subject.name)
    return any(
        other.id != subject.id and other.state is not State.LEFT and fold(other.name) == folded
        for other in members.values()
    )


def _leaves_nobody(members: Members, subject: Member) -> bool:
    """Tell whether no person would be left who is a coordinator."""
    coordinators = {
        each.id for each in members.values() if each.kind is Kind.PERSON and _is_coordinator(each)
    }
    return coordinators == {subject.id} and not _is_coordinator(subject)


def is_line(text: str) -> bool:
    """Tell whether a text is one line that can be read, with spaces of any kind in it."""
    return len(text) <= LONGEST_NAME and all(
        each.isprintable() or unicodedata.category(each) == "Zs" for each in text
    )


def _has_her_id(subject: Member) -> bool:
    """Tell whether an id is one that this program makes for such a member."""
    if subject.kind is Kind.RECOVERY:
        return is_recovery(subject.id) and subject.role is Role.COORDINATOR
    try:
        return str(uuid.UUID(subject.id)) == subject.id
    except ValueError:
        return False


def _has_her_keys(subject: Member) -> bool:
    """Tell whether somebody active has both keys, and somebody who waits none."""
    lengths = (len(subject.public.sealing), len(subject.public.signing))
    if subject.state is State.ACTIVE:
        whole = lengths == (sealing.PRIVATE_BYTES, signing.PUBLIC_BYTES)
        return whole and sealing.takes(subject.public.sealing)
    return subject.state is State.LEFT or lengths == (0, 0)


def _has_a_name(subject: Member) -> bool:
    """Tell whether she has a name; those of recovery codes are nobody else's."""
    is_code = subject.kind is Kind.RECOVERY
    return (
        bool(subject.name.strip())
        and is_recovery_name(subject.name) == is_code
        and all(is_line(each) for each in (subject.name, subject.title))
    )
