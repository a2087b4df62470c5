"""What came of the ordeals: one line a case, and the verdict."""

from dataclasses import dataclass, field

from tools.ordeal.work import Harm

_HEADINGS = ("case", "tries", "lost", "not opening", "unnoticed", "verdict")
_SHOWN_NOTES = 8


@dataclass(slots=True)
class Tally:
    """The counts of one case."""

    case: str
    tries: int = 0
    #: Acknowledged records or changes that were lost.
    lost: int = 0
    #: How often the vault did not open, or was not whole.
    shut: int = 0
    #: How often the harm was done and nobody noticed.
    unnoticed: int = 0
    #: A control has to fail: it shows that the ordeal can see the harm.
    is_control: bool = False
    #: Where harm was done, and what else is worth saying.
    notes: list[str] = field(default_factory=list)
    remark: str = ""

    def add(self, harm: Harm, where: str) -> None:
        """Count one try and note where harm came of it."""
        self.tries += 1
        self.lost += harm.lost
        self.shut += harm.shut
        if harm.lost or harm.shut:
            self.notes.append(f"{where}: {harm.what}")

    def miss(self, where: str) -> None:
        """Count one harm that nobody noticed."""
        self.unnoticed += 1
        self.notes.append(where)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, shut or overlooked."""
        return self.tries > 0 and not (self.lost or self.shut or self.unnoticed)

    @property
    def has_held(self) -> bool:
        """Whether the case came out as it must; a control must do harm."""
        return self.tries > 0 and self.is_clean != self.is_control

    @property
    def verdict(self) -> str:
        """The one word of the last column."""
        if self.is_control:
            return "control: fails, as it must" if self.has_held else "CONTROL DID NOT FAIL"
        return "held" if self.is_clean else "FAILED"


def render(tallies: list[Tally]) -> str:
    """Return the table, and under it where harm was done."""
    rows = [_HEADINGS] + [
        (each.case, *map(str, (each.tries, each.lost, each.shut, each.unnoticed)), each.verdict)
        for each in tallies
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if column in {0, len(row) - 1} else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    remarks = [f"{each.case}: {each.remark}" for each in tallies if each.remark]
    lines += ["", *remarks] if remarks else []
    for each in tallies:
        if each.notes and not each.is_control:
            lines += ["", f"{each.case}:", *(f"  {note}" for note in each.notes[:_SHOWN_NOTES])]
            if len(each.notes) > _SHOWN_NOTES:
                lines.append(f"  ... and {len(each.notes) - _SHOWN_NOTES} more")
    return "\n".join(lines)
