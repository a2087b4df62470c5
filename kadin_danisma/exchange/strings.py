"""Texts as a workbook stores them: the table of shared texts, and escaped characters."""

import re
from sys import getsizeof

from kadin_danisma.domain.text import tidy
from kadin_danisma.exchange import markup
from kadin_danisma.exchange.budget import LONGEST_TEXT, Budget
from kadin_danisma.exchange.raw import Fault

#: As many letters as a workbook keeps in a cell, each written as an escape.
LONGEST_STORED = 7 * 32_767
#: A place in a list.
_PLACE_HOLDS = 8
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Return a stored text with ``_xHHHH_`` as what it stands for (ECMA-376, ST_Xstring)."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Letters beyond the basic plane may be written as two escapes, which belong together.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def shared_strings(part: bytearray | None, budget: Budget) -> list[str | Fault]:
    """Return the shared texts by their index, rich text joined, readings aids left out.

    Args:
        part: The part of the shared texts, None where the workbook has none.
        budget: What may be kept of them.
    """
    if part is None:
        return []
    table = _Table(budget)
    for _done in markup.feed(table.expat, part):
        pass
    return table.texts


class Pieces:
    """A text that arrives in pieces, of which no more is kept than a cell may hold."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def clear(self) -> None:
        """Begin anew."""
        self._pieces.clear()
        self._length = 0

    def add(self, piece: str) -> None:
        """Add a piece."""
        self._length += len(piece)
        if self._length <= LONGEST_STORED:
            self._pieces.append(piece)

    def joined(self) -> str | None:
        """Return the text as stored; None where it was too long."""
        return "".join(self._pieces) if self._length <= LONGEST_STORED else None

    def text(self) -> str | Fault:
        """Return the text as it is meant, without spaces around it."""
        stored = self.joined()
        text = None if stored is None else tidy(unescape(stored))
        if text is None or len(text.replace("\r\n", "\n")) > LONGEST_TEXT:
            return Fault.TOO_LONG
        return text


class _Table:
    """Gathers the texts of the items while the part is parsed."""

    def __init__(self, budget: Budget) -> None:
        self.texts: list[str | Fault] = []
        self._budget = budget
        self._pieces = Pieces()
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
            self.expat.CharacterDataHandler = self._pieces.add

    def _end(self, name: str) -> None:
        tag = markup.local(name)
        if tag == "t":
            self.expat.CharacterDataHandler = None
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            text = self._pieces.text()
            self._budget.hold(getsizeof(text) + _PLACE_HOLDS)
            self.texts.append(text)
