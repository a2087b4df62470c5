"""Wrong tries at the door, in a small file beside the vault: after two of them the next one waits.

``<vault>.tries`` holds moments and, of the name, the id of the account it belongs to or nothing;
never what was typed. It makes guessing at this computer slow and is no lock: whoever can delete the
file, or copies the vault, is stopped by Argon2id alone (docs/decisions/0018).
"""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kadin_danisma.domain.dates import ISTANBUL, Clock
from kadin_danisma.store import slot_files, user_rows
from kadin_danisma.store.files import beside, is_writable, write_atomically
from kadin_danisma.store.rows import Connection
from kadin_danisma.store.vault import Vault

ENDING = ".tries"
#: What the log calls a wrong try.
FAILED = "sign_in.failed"
#: Slips that cost nothing.
FREE = 2
#: The longest wait, in seconds.
LONGEST = 60
_FORMAT = "kadin-danisma-tries/1"
#: Seconds after which a try makes nobody wait any more; sixty tries an hour is the most anyway.
_COUNTED_FOR = 3600.0
_MOST = 500
_LARGEST_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class Try:
    """One wrong try."""

    at: datetime
    #: When, by the seconds for which the computer had run.
    ticks: float
    #: The account whose name was typed; empty where there is none of that name.
    user_id: str
    #: Whether it stands in the log already.
    logged: bool = False


def delay_after(count: int) -> int:
    """Return the seconds to wait after so many wrong tries: 0, 0, 2, 4, 8 … 60."""
    return 0 if count <= FREE else min(2 ** (count - FREE), LONGEST)


def wait_left(path: Path, clock: Clock) -> float:
    """Return the seconds until the next try at a vault; 0 where it may be made at once."""
    passed = [_passed(each, clock) for each in _read(path)]
    count = sum(1 for seconds in passed if seconds < _COUNTED_FOR)
    return max(0.0, delay_after(count) - passed[-1]) if count else 0.0


def remember(path: Path, name: str, clock: Clock) -> None:
    """Remember a wrong try; on a medium that cannot be written nothing is remembered."""
    with suppress(OSError):
        if is_writable(path):
            tried = Try(clock.now(), clock.ticks(), _account_of(path, name))
            _write(path, [*_read(path), tried][-_MOST:])


def carry(vault: Vault, clock: Clock) -> None:
    """Write the tries into the log, now that somebody is in, and keep what still counts.

    Her passphrase answers for the tries at her own name and at unknown names. Those at a
    colleague's stay: signing in to one's own account makes no guess at another one free.
    """
    tries = _read(vault.path)
    if not tries or vault.read_only:
        return
    with vault.write() as db:
        for each in tries:
            if not each.logged:
                vault.audit(db, FAILED, _subject(db, each))
    open_still = [
        replace(each, logged=True)
        for each in tries
        if each.user_id not in ("", vault.user.id) and _passed(each, clock) < _COUNTED_FOR
    ]
    with suppress(OSError):
        if open_still:
            _write(vault.path, open_still)
        else:
            _place(vault.path).unlink(missing_ok=True)


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


def _passed(each: Try, clock: Clock) -> float:
    """Return the seconds since a try, or fewer, never more: both clocks have to say so.

    Setting the day forward does not help, because the computer has not run so long. Set back, the
    day says nothing and the computer's own seconds count. After it was started anew at least those
    have passed for which it runs since.
    """
    ticks, told = clock.ticks(), (clock.now() - each.at).total_seconds()
    seen = ticks - each.ticks if ticks >= each.ticks else ticks
    return seen if told < 0 else min(seen, told)


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


def _place(path: Path) -> Path:
    return beside(path.resolve(), ENDING)


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
    write_atomically(_place(path), content.encode())


def _read(path: Path) -> list[Try]:
    """Return the tries, the latest last; a file that is missing or damaged says nothing."""
    try:
        with _place(path).open("rb") as file:
            said = json.loads(file.read(_LARGEST_FILE))
        return [_try(each) for each in said["tries"]][-_MOST:]
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return []


def _try(said: dict[str, Any]) -> Try:
    at = datetime.fromisoformat(said["at"])
    if at.tzinfo is None:
        raise ValueError("a moment without its place")
    return Try(
        at.astimezone(ISTANBUL), float(said["ticks"]), str(said["user"]), bool(said["logged"])
    )
