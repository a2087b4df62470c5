"""How a number looks in its cell: as a plain number, a day, a time of day or a span of time.

In a workbook a date is a number in the format of a date; nothing else tells the two apart.
"""

import re
from enum import Enum

from kadin_danisma.exchange.markup import elements, whole


class Look(Enum):
    """What the number format makes of a number."""

    PLAIN = "plain"
    #: With a day in it, perhaps also a time.
    DAY = "day"
    TIME = "time"
    #: Hours that go on after 24, as in ``[h]:mm``.
    SPAN = "span"


#: The formats that workbooks name by number alone (ECMA-376 part 1, 18.8.30; 27-36 and 50-58
#: belong to East Asian editions).
_BUILT_IN = (
    dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), Look.DAY)
    | dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47), Look.TIME)
    | {46: Look.SPAN}
)
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
#: Quoted words, escaped and padding characters, colours, conditions, languages.
_DECORATION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_AM_PM = re.compile(r"AM/PM|A/P", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[eE][+-]")


def look_of(code: str) -> Look:
    """Return how a format code makes a number look."""
    first = code.split(";")[0]
    if _SPAN.search(first):
        return Look.SPAN
    if first.strip().lower() in {"general", "standard", "@"}:
        return Look.PLAIN
    bare = _SCIENTIFIC.sub("", _DECORATION.sub("", first))
    clock = bool(_AM_PM.search(bare))
    bare = _AM_PM.sub("", bare).lower()
    clock = clock or "h" in bare or "s" in bare
    # A lone m is a month; beside hours or seconds it is minutes.
    if "y" in bare or "d" in bare or ("m" in bare and not clock):
        return Look.DAY
    return Look.TIME if clock else Look.PLAIN


def cell_looks(styles: bytes | None) -> tuple[Look, ...]:
    """Return the look of every cell style of a workbook, by its index.

    Args:
        styles: The part of the styles, None where the workbook has none.
    """
    own: dict[int, Look] = {}
    looks: list[Look] = []
    inside = ""
    for name, attributes in elements(styles) if styles else ():
        if name in {"cellXfs", "cellStyleXfs", "dxfs", "cellStyles"}:
            inside = name
        elif name == "numFmt" and inside != "dxfs":
            own[whole(attributes.get("numFmtId"), 0)] = look_of(attributes.get("formatCode", ""))
        elif name == "xf" and inside == "cellXfs":
            number = whole(attributes.get("numFmtId"), 0)
            looks.append(own.get(number) or _BUILT_IN.get(number, Look.PLAIN))
    return tuple(looks)
