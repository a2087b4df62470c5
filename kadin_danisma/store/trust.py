"""What a signature says of who wrote something, by the roster."""

from kadin_danisma.domain.trust import Trust
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Member
from kadin_danisma.store.signing import Part


def judged(
    roster: Roster, by: str, at: str, signature: bytes | None, purpose: str, *said: Part
) -> Trust:
    """Return whether somebody signed something (arguments: ``Roster.wrote``).

    Returns:
        SIGNED; SHARED where she signed with the key of a passphrase that somebody else had set;
        otherwise UNKNOWN.
    """
    if not signature:
        return Trust.UNKNOWN
    if roster.wrote(by, at, signature, purpose, *said):
        return Trust.SIGNED
    if roster.wrote(by, at, signature, purpose, *said, alone=False):
        return Trust.SHARED
    return Trust.UNKNOWN


def names_of(roster: Roster) -> dict[str, set[str]]:
    """Return every name that each member ever answered to, by her id."""
    names: dict[str, set[str]] = {}
    for statement in roster.statements:
        if isinstance(subject := statement.subject, Member):
            names.setdefault(subject.id, set()).add(subject.name)
    return names
