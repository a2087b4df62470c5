"""How a number looks in its cell: as a plain number, a day, a time of day or a span of time.

In a workbook a date is a number in the format of a date; nothing else tells the two apart.
"""

import re

from kadin_danisma.exchange.markup import damaged, elements, whole
from kadin_danisma.exchange.raw import Look

#: Workbooks know no more cell styles and number formats (65,490 in practice).
_MOST_STYLES = 65_536
#: The formats that workbooks name by number alone (ECMA-376 part 1, 18.8.30; 27-36 and 50-58
#: belong to East Asian editions).
_BUILT_IN = (
    dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), Look.DAY)
    | dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47), Look.TIME)
    | {46: Look.SPAN}
)
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
#: Quoted words, escaped and padding characters, colours, conditions, languages. No bracket stands
#: inside brackets: otherwise every one that is never closed would be looked for to the end.
_DECORATION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]')
_AM_PM = re.compile(r"AM/PM|A/P", re.IGNORECASE)
_GROUPS = ("cellXfs", "cellStyleXfs", "dxfs", "cellStyles")
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


def cell_looks(styles: bytearray | None) -> tuple[Look, ...]:
    """Return the look of every cell style of a workbook, by its index.

    Args:
        styles: The part of the styles, None where the workbook has none.

    Raises:
        UnfitFileError: There are more than any workbook has.
    """
    own: dict[int, Look] = {}
    looks: list[Look] = []
    inside = ""
    parts = elements(styles, *_GROUPS, "numFmt", "xf") if styles else ()
    for name, attributes in parts:
        if name in _GROUPS:
            inside = name
        elif name == "numFmt" and inside != "dxfs":
            own[whole(attributes.get("numFmtId"), 0)] = look_of(attributes.get("formatCode", ""))
        elif name == "xf" and inside == "cellXfs":
            number = whole(attributes.get("numFmtId"), 0)
            looks.append(own.get(number) or _BUILT_IN.get(number, Look.PLAIN))
        if len(looks) > _MOST_STYLES or len(own) > _MOST_STYLES:
            raise damaged()
    return tuple(looks)
