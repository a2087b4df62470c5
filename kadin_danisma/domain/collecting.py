"""Who may collect a child from the playroom: the names the mother gave, and whether one is theirs.

domain.md 1 and features.md 52: only the person who was written down on arrival takes a child home.
"""

import re

from kadin_danisma.domain.text import fold, tidy

#: Between names people put a comma, a semicolon, a slash, a line break, "ve" or "veya". Spaces are
#: left to ``tidy``: looked for here, a long row of them would be walked again from each of them.
_BETWEEN = re.compile(r"[,;/\n]|\s(?:ve|veya|ya da|and|or)(?=\s)", re.IGNORECASE)


def collectors(may_collect: str) -> tuple[str, ...]:
    """Return the people who may collect, one by one, as they were written.

    Args:
        may_collect: What the mother said on arrival: "anne, teyze".
    """
    return tuple(name for part in _BETWEEN.split(may_collect) if (name := tidy(part)))


def is_named(person: str, may_collect: str) -> bool:
    """Tell whether somebody at the door is among those who may collect, compared with folding."""
    wanted = fold(tidy(person))
    return bool(wanted) and wanted in {fold(name) for name in collectors(may_collect)}
