"""Texts as a workbook stores them: the table of shared texts, and escaped characters."""

import re

from kadin_danisma.exchange import markup

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Return a stored text with ``_xHHHH_`` as what it stands for (ECMA-376, ST_Xstring)."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Letters beyond the basic plane may be written as two escapes, which belong together.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def shared_strings(part: bytes | None) -> list[str]:
    """Return the shared texts by their index, rich text joined, readings aids left out.

    Args:
        part: The part of the shared texts, None where the workbook has none.
    """
    if part is None:
        return []
    table = _Table()
    for _done in markup.feed(table.expat, part):
        pass
    return table.texts


class _Table:
    """Gathers the texts of the items while the part is parsed."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = False
        self.expat = markup.new_parser()
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        tag = markup.local(name)
        if tag == "si":
            self._pieces.clear()
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "t" and not self._phonetic:
            self.expat.CharacterDataHandler = self._pieces.append

    def _end(self, name: str) -> None:
        tag = markup.local(name)
        if tag == "t":
            self.expat.CharacterDataHandler = None
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self.texts.append(unescape("".join(self._pieces)))
