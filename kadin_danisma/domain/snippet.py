"""The part of a note in which words were found, with the places where they stand."""

import re
import unicodedata
from collections.abc import Sequence

from kadin_danisma.domain.text import fold
from kadin_danisma.domain.views import Snippet

#: A word with what is put above or below its letters, so that it is cut as ``fold_words`` cuts it.
_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
#: So much of a text is shown, and so much of it before the first word that was found.
_WIDTH, _BEFORE = 190, 50
_ELLIPSIS = "…"


def snippet(text: str, words: Sequence[str]) -> Snippet:
    """Return the part of a text around the first of some words.

    Args:
        text: The text.
        words: Folded words; every word of the text that one of them begins is marked.
    """
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    beginnings = tuple(words)
    found = [
        match.span()
        for match in _WORD.finditer(flat)
        if beginnings and fold(match[0]).startswith(beginnings)
    ]
    start, end = _window(flat, found[0][0] if found else 0)
    before = _ELLIPSIS if start else ""
    after = _ELLIPSIS if end < len(flat) else ""
    shift = len(before) - start
    marks = tuple((one + shift, other + shift) for one, other in found if start <= one < end)
    shown = before + flat[start:end] + after
    return Snippet(shown, tuple((one, min(other, end + shift)) for one, other in marks))


def _window(text: str, first: int) -> tuple[int, int]:
    """Return where the part that is shown begins and ends: between words, where there are any."""
    start = max(0, min(first - _BEFORE, len(text) - _WIDTH))
    if start and (gap := text.find(" ", start, first)) >= 0:
        start = gap + 1
    end = min(len(text), start + _WIDTH)
    if end < len(text) and (gap := text.rfind(" ", first, end)) > first:
        end = gap
    return start, end
