"""What stands in the log: every deed with its sentence and its kind, and what is asked of the log.

One table for all floors. ``tests/domain/test_auditing.py`` walks the code and fails for a deed
that is logged and does not stand here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kadin_danisma.domain.change import Kind
from kadin_danisma.i18n import N_, _


class DeedKind(StrEnum):
    """What sort of thing a line of the log tells."""

    VIEW = "view"
    CHANGE = "change"
    #: Something left the vault or came into it.
    TRAFFIC = "traffic"
    #: Who comes in, and with which keys.
    PEOPLE = "people"
    #: What the coordinator should hear of.
    ALARM = "alarm"


DEED_KINDS: Mapping[DeedKind, str] = {
    DeedKind.VIEW: N_("Viewed"),
    DeedKind.CHANGE: N_("Changed"),
    DeedKind.TRAFFIC: N_("In and out"),
    DeedKind.PEOPLE: N_("Users"),
    DeedKind.ALARM: N_("Alarms"),
}

_VIEWS: Mapping[str, str] = {
    "client.view": N_("viewed a file"),
    "record.view": N_("opened a record"),
    "history.view": N_("viewed corrections"),
    "safety.view": N_("saw the safety notes of a file"),
    "search": N_("searched and saw the results"),
    "search.duplicates": N_("saw files that may be of the same woman"),
    "search.notes": N_("searched in notes"),
    "list.clients": N_("saw the list of clients"),
    "list.today": N_("saw files on the first page"),
    "list.playroom": N_("saw children of the playroom"),
    "list.applications": N_("saw the list of applications"),
    "list.referrals": N_("saw the list of referrals"),
    "list.withdrawn": N_("saw the list of what was withdrawn"),
    "client.closed": N_("tried to open a restricted file (saw its number only)"),
    "counts": N_("viewed true counts"),
    "report.preview": N_("viewed the preview of a report"),
    "audit.view": N_("viewed the log"),
    "audit.file": N_("viewed a file's access history"),
    "audit.compared": N_("compared the log with a printed state"),
}
_CHANGES: Mapping[str, str] = {
    "client.add": N_("opened a file"),
    "client.correct": N_("corrected a file"),
    "application.add": N_("recorded an application"),
    "application.correct": N_("corrected an application"),
    "application.link": N_("linked a contact to a file"),
    "session.add": N_("recorded a session"),
    "session.correct": N_("corrected a session"),
    "playroom_visit.add": N_("checked a child in"),
    "playroom_visit.out": N_("handed a child over"),
    "playroom_visit.back": N_("undid a check-out"),
    "playroom_visit.correct": N_("corrected a playroom visit"),
    "referral.add": N_("recorded a referral"),
    "referral.answer": N_("recorded an answer"),
    "referral.correct": N_("corrected a referral"),
    "training.add": N_("recorded a training"),
    "training.correct": N_("corrected a training"),
    "client.withdraw": N_("withdrew a file"),
    "client.take_back": N_("took back the withdrawal of a file"),
    "application.withdraw": N_("withdrew an application"),
    "application.take_back": N_("took back the withdrawal of an application"),
    "application.move": N_("moved an application to another file"),
    "session.withdraw": N_("withdrew a session"),
    "session.take_back": N_("took back the withdrawal of a session"),
    "session.move": N_("moved a session to another file"),
    "playroom_visit.withdraw": N_("withdrew a playroom visit"),
    "playroom_visit.take_back": N_("took back the withdrawal of a playroom visit"),
    "playroom_visit.move": N_("moved a playroom visit to another file"),
    "referral.withdraw": N_("withdrew a referral"),
    "referral.take_back": N_("took back the withdrawal of a referral"),
    "referral.move": N_("moved a referral to another file"),
    "training.withdraw": N_("withdrew a training"),
    "training.take_back": N_("took back the withdrawal of a training"),
    "minimum": N_("raised the privacy threshold of reports"),
    "detail": N_("set the level of detail for a year"),
    "vault.create": N_("created the vault"),
    "demo.create": N_("made the demo"),
}
_TRAFFIC: Mapping[str, str] = {
    "report": N_("exported a report"),
    "report.print": N_("printed a report"),
    "report.custom": N_("exported a table of its own"),
    "report.told": N_("recorded a number shared outside a report"),
    "report.returned": N_("brought back a report that the vault did not know"),
    "report.all_known": N_("said that all reports are known again"),
    "import": N_("imported a workbook"),
    "import.checked": N_("checked a workbook"),
    "backup": N_("made a backup"),
    "restore": N_("restored from a backup"),
    "audit.export": N_("exported the log"),
    "audit.print": N_("printed the state of the log"),
}
_PEOPLE: Mapping[str, str] = {
    "sign_in": N_("signed in"),
    "conduct.accept": N_("accepted the duty of confidentiality"),
    "user.add": N_("added a user"),
    "user.remove": N_("closed an account"),
    "user.passphrase": N_("changed a passphrase"),
    "user.key_file.use": N_("began to use a key file"),
    "user.key_file.drop": N_("uses no key file any more"),
    "circle.open": N_("restricted a file"),
    "circle.widen": N_("gave somebody access to a restricted file"),
    "circle.narrow": N_("took away somebody's access to a restricted file"),
    "circle.close": N_("opened a restricted file for everybody again"),
    "circle.before": N_("signed for the circle of a file from before signatures"),
    "circle.recovery": N_("allowed the new recovery code to open a restricted file"),
    "break_glass.seen": N_("read the reason of an emergency access"),
    "user.admit": N_("approved a waiting account"),
    "key.grant": N_("gave the key of session notes"),
    "key.rotate": N_("changed the key of the vault"),
    "key.rotate.finished": N_("finished an interrupted change of the vault key"),
    "key.rotate.undone": N_("undid an interrupted change of the vault key"),
    "roster.found": N_("signed for everybody who works here"),
    "recovery.use": N_("used the recovery code"),
    "recovery.begin": N_("began to replace the recovery sheets"),
    "recovery.verify": N_("typed the recovery sheets back"),
    "recovery.renew": N_("replaced the recovery sheets"),
    "recovery.drop": N_("made recovery sheets invalid"),
    "recovery.try": N_("tried the recovery sheets"),
}
_ALARMS: Mapping[str, str] = {
    "playroom_visit.out_excluded": N_(
        "handed a child to somebody the mother had ruled out, after asking her"
    ),
    "playroom_visit.in_excluded": N_(
        "wrote down as who may collect a child somebody whom the mother had ruled out, after asking"
    ),
    "refused": N_("tried something not allowed for the role"),
    "break_glass": N_("used emergency access on a restricted file"),
    "break_glass.failed": N_("tried emergency access on a restricted file and failed"),
    # Noted by whoever signs in next: the vault is shut while it happens (store/tries.py).
    "sign_in.failed": N_("noted a wrong passphrase"),
    "user.passphrase.failed": N_("failed to change the passphrase"),
    "user.key_file.failed": N_("failed to change the use of a key file"),
    "log.unsigned": N_("found lines of the log that nobody signed"),
    "withdrawal.unsigned": N_("found withdrawals that nobody signed"),
    "anchor.missing": N_("found no check file beside the vault"),
    "anchor.unsigned": N_("found that nobody had signed how the vault was closed"),
    "anchor.other": N_("found another vault than last time at this place"),
    "report.unknown": N_("found that reports unknown to this vault may have been published"),
    "clock.confirmed": N_("said that the clock is right, though it is years away from the log"),
    "rollback.accepted": N_("accepted an older state of the vault"),
    "restore.unproved": N_("restored a backup that may have been changed"),
    "notes.torn": N_("rebuilt damaged parts of the search in notes"),
    "backup.failed": N_("failed to make a backup"),
    "report.failed": N_("failed to export a report"),
    "import.failed": N_("failed to import a workbook"),
    "audit.failed": N_("failed to export the log"),
    "slot.refused": N_("found an entry in the key files that nobody signed, and took it out"),
    "slot.put_back": N_("found an entry of the key files missing, and put it back"),
    "roster.parted": N_(
        "found another list of people in the key files; that of the vault is valid"
    ),
    "schema.changed": N_("found triggers or views in the vault that are not the program's"),
    "roster.rows": N_("found what the vault says of a person changed, and put it right"),
    "journal.refused": N_("found lines about IT's work that IT did not sign"),
    "audit.differs": N_("found that the log differs from a printed state"),
}
_BY_KIND: Mapping[DeedKind, Mapping[str, str]] = {
    DeedKind.VIEW: _VIEWS,
    DeedKind.CHANGE: _CHANGES,
    DeedKind.TRAFFIC: _TRAFFIC,
    DeedKind.PEOPLE: _PEOPLE,
    DeedKind.ALARM: _ALARMS,
}
#: Every deed that is logged: its kind, and its sentence to be translated.
DEEDS: Mapping[str, tuple[DeedKind, str]] = {
    action: (kind, said) for kind, deeds in _BY_KIND.items() for action, said in deeds.items()
}
#: The subject of a sign-in at a place this computer remembers nothing of: a new computer, a moved
#: folder, or somebody took the memory away.
NEW_PLACE = "new_place"


@dataclass(frozen=True, slots=True)
class LogQuery:
    """What is asked of the log; an empty field asks for all.

    Args:
        user_id: Who did it.
        kind: What sort of thing.
        first: The first day, in Istanbul.
        last: The last day.
        client_id: Whose file.
    """

    user_id: str = ""
    kind: DeedKind | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log has come; printed, it is an anchor on paper."""

    seq: int
    at: dt.datetime
    #: The seal of the last line: it stands for the whole log up to there.
    head: bytes


def deed(action: str) -> str:
    """Return what a line of the log says was done; an action without words stays as it is."""
    return _(DEEDS[action][1]) if action in DEEDS else action


def kind_of(action: str) -> DeedKind:
    """Return the kind of a deed; one that nobody knows deserves to be looked at."""
    return DEEDS[action][0] if action in DEEDS else DeedKind.ALARM


def kind_name(kind: DeedKind) -> str:
    """Return the translated name of a kind."""
    return _(DEED_KINDS[kind])


def actions_of(kind: DeedKind) -> tuple[str, ...]:
    """Return the deeds of a kind."""
    return tuple(_BY_KIND[kind])


def correction_of(kind: Kind) -> str:
    """Return the deed of correcting a record of a kind."""
    return f"{kind}.correct"


def withdrawal_of(kind: Kind) -> str:
    """Return the deed of withdrawing a record of a kind."""
    return f"{kind}.withdraw"


def taking_back_of(kind: Kind) -> str:
    """Return the deed of letting a withdrawn record of a kind stand again."""
    return f"{kind}.take_back"


def moving_of(kind: Kind) -> str:
    """Return the deed of moving a record of a kind to another file."""
    return f"{kind}.move"


def in_groups(head: bytes) -> tuple[str, ...]:
    """Return a seal in groups of four letters and digits, to be compared by eye."""
    return tuple(head[at : at + 2].hex() for at in range(0, len(head), 2))
