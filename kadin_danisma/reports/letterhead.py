"""The head of an official paper: municipality, unit and centre, each on a line of its own."""

import re

#: After these words another body begins: "Örnek Belediyesi | Kadın Hizmetleri Müdürlüğü | ...".
#: A sign between them comes first, so that it goes as well; it is looked for where a row of spaces
#: begins only, so that a long row is not walked again from each of its spaces.
_ENDS = re.compile(
    r"(?<!\s)\s+[–—|/]\s+|,\s+|(?<=\bBelediyesi)\s+|(?<=\bBelediye Başkanlığı)\s+"
    r"|(?<=\bDairesi Başkanlığı)\s+|(?<=\bMüdürlüğü)\s+|(?<=\bMunicipality)\s+"
    r"|(?<=\bDirectorate)\s+"
)


def lines(centre: str) -> tuple[str, ...]:
    """Return the name of a centre as it stands on the head of a paper.

    The name is told as it was written when the vault was made; where it names the municipality or
    a unit of it, each has a line of its own.

    Args:
        centre: The whole name, for example "Örnek Belediyesi Kadın Danışma Merkezi".
    """
    return tuple(part for part in _ENDS.split(centre) if part) or (centre,)
