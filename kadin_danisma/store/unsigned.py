"""What a full check says of lines, circles and withdrawals that nobody signed."""

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.i18n import ngettext
from kadin_danisma.progress import Progress
from kadin_danisma.store import audit
from kadin_danisma.store.circle_book import CircleBook
from kadin_danisma.store.log_signatures import LogSignatures
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.withdrawal_book import WithdrawalBook


def findings(db: Connection, roster: Roster, progress: Progress | None) -> list[str]:
    """Return what is not as somebody signed it, as sentences.

    Args:
        db: The vault.
        roster: Who is who; nobody in a vault from before signatures.
        progress: Told how many lines were looked at; cancels by raising.
    """
    if not (roster.statements and audit.has_signatures(db)):
        return []
    return [*_lines(db, roster, progress), *_circles(db, roster), *_withdrawals(db, roster)]


def _lines(db: Connection, roster: Roster, progress: Progress | None) -> list[str]:
    found = LogSignatures(db, roster).unknown(progress=progress)
    said = ngettext(
        "{n} line of the log was not signed by the person it names: line {first}.",
        "{n} lines of the log were not signed by the people they name; the first is line {first}.",
        len(found),
    )
    return [said.format(n=len(found), first=found[0])] if found else []


def _circles(db: Connection, roster: Roster) -> list[str]:
    count = len(CircleBook(lambda: roster).doubtful(db))
    said = ngettext(
        "The access list of {n} restricted file is not as the people on it signed it.",
        "The access lists of {n} restricted files are not as the people on them signed them.",
        count,
    )
    return [said.format(n=count)] if count else []


def _withdrawals(db: Connection, roster: Roster) -> list[str]:
    count = len(WithdrawalBook(lambda: roster).doubtful(db))
    said = ngettext(
        "{n} record is marked as withdrawn, or as valid again, without a signature.",
        "{n} records are marked as withdrawn, or as valid again, without a signature.",
        count,
    )
    return [said.format(n=count)] if count else []
