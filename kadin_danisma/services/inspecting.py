"""What leaves of the log: for an inspector, or its state on paper, to be compared with later."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path

from kadin_danisma.domain.auditing import LogQuery, LogState, in_groups, kind_name
from kadin_danisma.domain.dates import written_date
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.reports.log_sheet import GROUPS_COMPARED, LogRow, LogSheet, moment
from kadin_danisma.services.auditing import in_words
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.tampering import root_words
from kadin_danisma.store import audit, log_reading, records
from kadin_danisma.store.failures import known_faults
from kadin_danisma.store.files import write_atomically

FORMATS = ("pdf", "xlsx", "csv")
#: More is neither read on paper nor made in the memory of an office PC.
MOST_LINES = 50_000
_NOT_HEX = re.compile(r"[^0-9a-f]")


class Comparison(StrEnum):
    """What a printed state and the log say of each other."""

    STANDS = "stands"
    #: The line is there and says something else, or one before it was changed.
    CHANGED = "changed"
    #: The log does not reach so far: its end was cut off, or an older vault lies here.
    SHORTER = "shorter"


@dataclass(frozen=True, slots=True)
class Checked:
    """The end of the chain, and where it first does not fit."""

    state: LogState
    broken: int | None


def check(desk: Desk) -> Checked:
    """Check the whole chain; takes about five seconds for a million lines."""
    desk.require(Action.SEE_AUDIT)
    with desk.vault.read() as db:
        last = audit.last(db)
        broken = desk.vault.first_break(db)
    return Checked(LogState(last.seq, datetime.fromisoformat(last.at), last.mac), broken)


def export(desk: Desk, query: LogQuery, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write the lines asked for into a folder, with what was checked on the first page.

    Raises:
        KnownError: There are too many lines for one file, or the folder cannot be written.
    """
    desk.require(Action.SEE_AUDIT)
    with desk.telling_failure("audit.failed"):
        sheet = _sheet(desk, query)
        stem = f"kadin-danisma-log-{sheet.made_at:%Y%m%d-%H%M}"
        # Logged before a file is written: what left without a line could never be told again.
        desk.note(
            "audit.export", str(len(sheet.rows)), [query.client_id] if query.client_id else ()
        )
        return [_written(folder / f"{stem}.{name}", _rendered(sheet, name)) for name in formats]


def print_state(desk: Desk, folder: Path) -> Path:
    """Write the state of the log as PDF, to be printed and kept away from the computer."""
    desk.require(Action.SEE_AUDIT)
    with desk.telling_failure("audit.failed"):
        desk.note("audit.print")
        sheet = _sheet(desk, None)
        path = folder / f"kadin-danisma-log-state-{sheet.made_at:%Y%m%d-%H%M}.pdf"
        return _written(path, _rendered(sheet, "pdf"))


def compare(desk: Desk, seq: int, groups: str) -> Comparison:
    """Compare the log with a printed state: its last line and the first five groups.

    The whole chain up to that line is checked: a key holder could change a line and leave the
    seals behind it as they are.

    Raises:
        KnownError: Fewer than five groups were typed.
    """
    desk.require(Action.SEE_AUDIT)
    typed = _NOT_HEX.sub("", groups.lower())
    if len(typed) < 4 * GROUPS_COMPARED:
        raise KnownError(_("Please type all five groups of the printed state."))
    with desk.vault.read() as db:
        if audit.last(db).seq < seq:
            found = Comparison.SHORTER
        else:
            said = "".join(in_groups(audit.line_at(db, seq).mac))
            fits = said.startswith(typed) and desk.vault.first_break(db, upto=seq) is None
            found = Comparison.STANDS if fits else Comparison.CHANGED
    desk.note("audit.compared" if found is Comparison.STANDS else "audit.differs", str(seq))
    return found


def _sheet(desk: Desk, query: LogQuery | None) -> LogSheet:
    checked = check(desk)
    rows: tuple[LogRow, ...] = ()
    asked: tuple[str, ...] = ()
    if query is not None:
        rows, asked = _rows(desk, query), _asked(desk, query)
    vault = desk.vault
    return LogSheet(
        vault.centre, vault.vault_id, vault.demo, desk.user.name, desk.clock.now(),
        checked.state, checked.broken, root_words(desk), asked, rows,
    )  # fmt: skip


def _rows(desk: Desk, query: LogQuery) -> tuple[LogRow, ...]:
    with desk.vault.read() as db:
        people = log_reading.people(db, desk.vault.roster)
        lines = list(islice(log_reading.every(db, query), MOST_LINES + 1))
        if len(lines) <= MOST_LINES:
            lines = log_reading.judged(lines, desk.vault.signatures(db))
    if len(lines) > MOST_LINES:
        raise KnownError(
            _("These are more than {n} lines. Please choose a shorter time or one person.").format(
                n=MOST_LINES
            )
        )
    words = (in_words(line, people) for line in lines)
    return tuple(
        (each.line.seq, moment(each.line.at), each.line.by, each.deed, each.shown) for each in words
    )


def _asked(desk: Desk, query: LogQuery) -> tuple[str, ...]:
    """Return in words which lines were asked for."""
    with desk.vault.read() as db:
        person = log_reading.people(db, desk.vault.roster).get(query.user_id, "")
        client = (
            records.get(db, Client, query.client_id, withdrawn=True) if query.client_id else None
        )
    days = [written_date(day) if day else "…" for day in (query.first, query.last)]
    said = (
        person,
        kind_name(query.kind) if query.kind else "",
        client.file_no if client else "",
        " – ".join(days) if query.first or query.last else "",
    )
    return tuple(word for word in said if word) or (_("all lines"),)


def _rendered(sheet: LogSheet, name: str) -> bytes:
    # What draws and makes workbooks is loaded when it is wanted.
    from kadin_danisma.reports import log_paper, log_tables

    writers = {"pdf": log_paper.write, "xlsx": log_tables.write_xlsx, "csv": log_tables.write_csv}
    return writers[name](sheet)


def _written(path: Path, content: bytes) -> Path:
    with known_faults():
        write_atomically(path, content)
    return path
