"""What a coordinator has to hear of: what somebody changed beside the vault."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import AuditLine
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import (
    audit,
    carrying,
    log_signatures,
    read_marks,
    schema_objects,
    settling,
    withdrawal_book,
)
from kadin_danisma.store.fingerprint import words_of
from kadin_danisma.store.roster.chain import Roster

#: Up to which line of the log a coordinator has read of it.
_SEEN = "tampering.seen"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found at a sign-in and put right.

    Args:
        at: When.
        said: What, as a sentence.
        number: Of the line of the log that tells of it.
    """

    at: datetime
    said: str
    number: int


def unread(desk: Desk) -> list[Finding]:
    """Return what the signed-in coordinator has not read yet, the first one first."""
    if not desk.may(Action.MANAGE_USERS):
        return []
    with desk.vault.read() as db:
        seen = read_marks.upto(db, desk.vault.roster, desk.user.id, _SEEN)
        lines = [line for action in _SENTENCES for line in audit.since(db, action, seen)]
        found = desk.vault.signatures(db).believed(lines)
    found.sort(key=_number)
    return [
        Finding(line.at, _SENTENCES[line.action](line.subject, desk.vault.roster), line.seq)
        for line in found
    ]


def acknowledge(desk: Desk, read: Sequence[Finding]) -> None:
    """Note what the signed-in coordinator has read; what came behind it she has not."""
    desk.require(Action.MANAGE_USERS)
    newest = max((each.number for each in read), default=0)
    with desk.vault.read() as db:
        if newest <= read_marks.upto(db, desk.vault.roster, desk.user.id, _SEEN):
            return
    at = desk.clock.now().isoformat(timespec="seconds")
    with desk.vault.write() as db:
        read_marks.note(db, desk.vault.author, _SEEN, newest, at)


def root_words(desk: Desk) -> str:
    """Return the six words of what the list of people rests on; they stand on the sheets too."""
    return words_of(bytes.fromhex(desk.vault.roster.root))


def _number(line: AuditLine) -> int:
    return line.seq


def _who(subject: str, roster: Roster) -> str:
    member = roster.members.get(subject)
    return member.title or member.name if member else _("somebody nobody signed for")


def _refused(subject: str, roster: Roster) -> str:
    return _(
        "The key files had an entry for {who} that was not signed. It opened nothing and was "
        "taken out."
    ).format(who=_who(subject, roster))


def _put_back(subject: str, roster: Roster) -> str:
    return _("The entry of {who} was missing in the key files and was put back.").format(
        who=_who(subject, roster)
    )


def _parted(_subject: str, _roster: Roster) -> str:
    return _(
        "The list of people in the key files differed from that of the vault. The list in the "
        "vault is valid."
    )


def _rows(subject: str, roster: Roster) -> str:
    return _(
        "What the vault says of {who} was changed by somebody and was put right from what was "
        "signed."
    ).format(who=_who(subject, roster))


def _journal(subject: str, _roster: Roster) -> str:
    count = int(subject) if subject.isdecimal() else 1
    return ngettext(
        "{n} line about IT's work was not signed by IT. It was not taken into the log.",
        "{n} lines about IT's work were not signed by IT. They were not taken into the log.",
        count,
    ).format(n=count)


def _unsigned(subject: str, _roster: Roster) -> str:
    return ngettext(
        "A line of the log was not signed by the person it names: {lines}. Do not rely on it.",
        "Lines of the log were not signed by the people they name: {lines}. Do not rely on them.",
        len(subject.split()),
    ).format(lines=", ".join(subject.split()))


def _silenced(subject: str, _roster: Roster) -> str:
    return ngettext(
        "{n} record is marked as withdrawn, or as valid again, without a signature. It is counted, "
        "and shown in red in its file; the log says in which.",
        "{n} records are marked as withdrawn, or as valid again, without a signature. They are "
        "counted, and shown in red in their files; the log says in which.",
        len(subject.split()),
    ).format(n=len(subject.split()))


def _acting(subject: str, _roster: Roster) -> str:
    count = int(subject) if subject.isdecimal() else 1
    return ngettext(
        "{n} trigger, view or index of the database was not the program's own. It was taken out "
        "or put right. Find out who could write to the vault.",
        "{n} triggers, views or indexes of the database were not the program's own. They were "
        "taken out or put right. Find out who could write to the vault.",
        count,
    ).format(n=count)


_SENTENCES: Mapping[str, Callable[[str, Roster], str]] = {
    settling.SLOT_REFUSED: _refused,
    settling.PARTED: _parted,
    schema_objects.CHANGED: _acting,
    settling.SLOT_PUT_BACK: _put_back,
    settling.ROWS_CHANGED: _rows,
    carrying.REFUSED: _journal,
    log_signatures.UNSIGNED: _unsigned,
    withdrawal_book.UNSIGNED: _silenced,
}
