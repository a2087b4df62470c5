"""Whose name was tried at the door: wrong tries are remembered, and told once somebody is in."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kadin_danisma.domain.dates import Clock
from kadin_danisma.store import slot_files, user_rows
from kadin_danisma.store.files import is_writable, write_atomically
from kadin_danisma.store.rows import Connection
from kadin_danisma.store.vault import Vault
from kadin_danisma.store.waiting import COUNTED_FOR, MOST, Try, place, read, seconds_since

#: What the log calls a wrong try.
FAILED = "sign_in.failed"
_FORMAT = "kadin-danisma-tries/1"


def remember(path: Path, name: str, clock: Clock) -> None:
    """Remember a wrong try; on a medium that cannot be written nothing is remembered."""
    with suppress(OSError):
        if is_writable(path):
            tried = Try(clock.now(), clock.ticks(), _account_of(path, name))
            _write(path, [*read(path), tried][-MOST:])


def carry(vault: Vault, clock: Clock) -> None:
    """Write the tries into the log, now that somebody is in, and keep what still counts.

    Her passphrase answers for the tries at her own name and at unknown names. Those at a
    colleague's stay: signing in to one's own account makes no guess at another one free.
    """
    tries = read(vault.path)
    if not tries or vault.read_only:
        return
    with vault.write() as db:
        for each in tries:
            if not each.logged:
                vault.audit(db, FAILED, _subject(db, each))
    open_still = [
        replace(each, logged=True)
        for each in tries
        if each.user_id not in ("", vault.user.id) and seconds_since(each, clock) < COUNTED_FOR
    ]
    with suppress(OSError):
        if open_still:
            _write(vault.path, open_still)
        else:
            place(vault.path).unlink(missing_ok=True)


def since_last_sign_in(db: Connection, user_id: str) -> list[datetime]:
    """Return when wrong passphrases were typed at a person's name since she was last in."""
    before = db.execute(
        "SELECT seq FROM audit WHERE action = 'sign_in' AND user_id = ?"
        " ORDER BY seq DESC LIMIT 1 OFFSET 1",
        (user_id,),
    ).fetchone()
    found = db.execute(
        "SELECT subject FROM audit WHERE action = ? AND seq > ? ORDER BY seq",
        (FAILED, before[0] if before else 0),
    )
    said = (subject.rpartition(" ") for (subject,) in found)
    return [datetime.fromisoformat(moment) for who, _space, moment in said if who == user_id]


def _subject(db: Connection, each: Try) -> str:
    """Return whom it concerned, and when; the file is not sealed, so no other text gets through."""
    known = user_rows.find(db, each.user_id) is not None
    moment = each.at.isoformat(timespec="seconds")
    return f"{each.user_id} {moment}" if known else moment


def _account_of(path: Path, name: str) -> str:
    """Return the id of the account of a name, empty where there is none."""
    for content in slot_files.read_copies(path):
        with suppress(slot_files.UnreadableError):
            found = slot_files.decode(content).slots_of(name)
            return found[0].user_id if found else ""
    return ""


def _write(path: Path, tries: list[Try]) -> None:
    said = [
        {
            "at": each.at.isoformat(),
            "ticks": each.ticks,
            "user": each.user_id,
            "logged": each.logged,
        }
        for each in tries
    ]
    content = json.dumps({"format": _FORMAT, "tries": said}, indent=1)
    write_atomically(place(path), content.encode())
