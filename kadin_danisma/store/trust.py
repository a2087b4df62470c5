"""What a signature says of who wrote something, by the roster."""

from kadin_danisma.domain.trust import Trust
from kadin_danisma.store import signing
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Member, State
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
    content = signing.message(purpose, roster.vault_id, *said)
    for public, until in _shared_keys(roster, by):
        if (not until or at <= until) and signing.is_signed(content, signature, public):
            return Trust.SHARED
    return Trust.UNKNOWN


def _shared_keys(roster: Roster, by: str) -> list[tuple[bytes, str]]:
    """Return the signing keys of somebody which another knew as well, and until when."""
    found: list[tuple[bytes, str]] = []
    for statement in roster.statements:
        subject = statement.subject
        if not isinstance(subject, Member) or subject.id != by:
            continue
        if found and not found[-1][1]:
            found[-1] = (found[-1][0], statement.at)
        if subject.state is State.ACTIVE and not subject.own:
            found.append((subject.public.signing, ""))
    return found


def names_of(roster: Roster) -> dict[str, set[str]]:
    """Return every name that each member ever answered to, by her id."""
    names: dict[str, set[str]] = {}
    for statement in roster.statements:
        if isinstance(subject := statement.subject, Member):
            names.setdefault(subject.id, set()).add(subject.name)
    return names
