"""Whether reports may have left that a vault does not know, because it was made from a copy.

A backup has a beginning of its own, so a vault that finds itself in a file with another beginning
than it knows of itself was made from one, whoever did it and however. So was one whose older state
a coordinator accepted. What was published after that state is unknown to it, until somebody brings
the reports back or says that there were none (``services.reconciling``).
"""

from datetime import date

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import audit, copied, meta


def notice(
    db: Connection, header: bytes, *, rolled_back: bool, exchanged: bool, restored: bool = False
) -> bool:
    """Look at a sign-in whether the vault was made from a copy, and remember that.

    Args:
        db: The open vault, before anything new stands in its log.
        header: The bytes with which its file begins.
        rolled_back: Whether a coordinator accepted an older state just now.
        exchanged: Whether a change of the vault key was broken off, which gave it a new file.
        restored: Whether IT made it of a copy, which may begin as the vault it was made of.

    Returns:
        Whether that is news: ``restore`` has noted it already.
    """
    known = meta.read(db, meta.OWN_FILE)
    from_copy = bool(known) and known != header.hex() and not exchanged
    copied.mark(db, header, "")
    is_news = (from_copy or rolled_back or restored) and since(db) is None
    if is_news:
        mark(db)
    return is_news


def mark(db: Connection) -> None:
    """Remember that reports may be missing since the last line of the log, or since before."""
    if since(db) is None:
        meta.write(db, meta.UNKNOWN_SINCE, audit.last(db).at[:10])


def since(db: Connection) -> date | None:
    """Return the day since which reports may have left unknown; None where all are known."""
    said = meta.read(db, meta.UNKNOWN_SINCE)
    return date.fromisoformat(said) if said else None


def settle(db: Connection) -> None:
    """Remember that all reports are known again."""
    meta.write(db, meta.UNKNOWN_SINCE, "")
