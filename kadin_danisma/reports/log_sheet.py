"""The log as it is handed to an inspector: what its first page says, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from kadin_danisma.domain.auditing import LogState, in_groups
from kadin_danisma.domain.dates import ISTANBUL, show_date, show_number, show_time
from kadin_danisma.i18n import _

#: So many groups of the head are compared by eye.
GROUPS_COMPARED = 5
#: Number, moment, person, deed and subject of a line, in words.
LogRow = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class LogSheet:
    """The log, or only its state, on paper or in a table.

    Args:
        centre: The centre's name.
        vault_id: Which vault.
        demo: Whether everybody in it is invented.
        made_by: Who made it.
        made_at: When.
        state: The end of the chain as it was checked.
        broken: The first line that does not fit its chain; None where all do.
        root: The six words of what the list of people rests on.
        asked: Which lines were asked for, in words; empty for all.
        rows: The lines, latest first; none where only the state is printed.
    """

    centre: str
    vault_id: str
    demo: bool
    made_by: str
    made_at: datetime
    state: LogState
    broken: int | None
    root: str = ""
    asked: tuple[str, ...] = ()
    rows: tuple[LogRow, ...] = field(default=())


def moment(at: datetime) -> str:
    """Return a moment in Istanbul, as it is written."""
    local = at.astimezone(ISTANBUL)
    return f"{show_date(local.date())} {show_time(local.time())}"


def heads() -> tuple[str, ...]:
    """Return the headings of the columns."""
    return (_("Line"), _("When"), _("Who"), _("What"), _("About"))


def verdict(sheet: LogSheet) -> str:
    """Return what the check of the chain found."""
    last = show_number(sheet.state.seq)
    if sheet.broken is None:
        return _("Checked from line 1 to line {last}: every line fits the one before it.").format(
            last=last
        )
    return _(
        "THE LOG WAS CHANGED: of lines 1 to {last}, line {broken} is the first that does not fit. "
        "Entries after that line cannot be trusted."
    ).format(last=last, broken=show_number(sheet.broken))


def facts(sheet: LogSheet) -> list[tuple[str, str]]:
    """Return what stands on the first page, name by name."""
    made = _("{moment}, by {name}").format(moment=moment(sheet.made_at), name=sheet.made_by)
    return [
        (_("Centre"), sheet.centre),
        (_("Made"), made),
        *([(_("Asked for"), ", ".join(sheet.asked))] if sheet.asked else []),
        *([(_("Lines here"), show_number(len(sheet.rows)))] if sheet.rows else []),
        (_("Integrity"), verdict(sheet)),
        (_("Last line"), f"{show_number(sheet.state.seq)} · {moment(sheet.state.at)}"),
        (_("Vault"), sheet.vault_id),
        *([(_("List of people"), sheet.root)] if sheet.root else []),
    ]


def head_lines(sheet: LogSheet) -> list[str]:
    """Return the head of the chain in groups, eight a line."""
    groups = in_groups(sheet.state.head)
    return ["  ".join(groups[at : at + 8]) for at in range(0, len(groups), 8)]


def compared(sheet: LogSheet) -> str:
    """Return the groups that are compared by eye."""
    return "  ".join(in_groups(sheet.state.head)[:GROUPS_COMPARED])


def notes(sheet: LogSheet) -> list[str]:
    """Return what whoever holds it should know."""
    said: Iterable[str] = (
        _("DEMO: the people in this log are not real.") if sheet.demo else "",
        _(
            "No client is named here. File numbers and the user names of staff are: keep it like "
            "a personnel record, and destroy it when it is no longer needed."
        )
        if sheet.rows
        else "",
        _(
            "The check code stands for the whole log up to its last line. Keep this paper away "
            "from the computer. To see whether the log was changed since: Administration > Log > "
            "Compare; type the number of the last line and the first five groups."
        ),
    )
    return [sentence for sentence in said if sentence]
