"""What goes out on standard output and standard error, whatever they are: closed, full, ancient.

A terminal of an old code page lacks letters; what stands nearest is written in their place.
"""

import os
import sys
import unicodedata
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

_STANDARD = (0, 1, 2)
#: Signs that do not come apart into a plain one and its marks, and what stands nearest.
_NEAREST = {
    "ı": "i", "İ": "I", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-",
    "…": "...", "·": "-", "•": "*", "→": "->", "×": "x", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip


def occupy() -> None:
    """Let nothing be opened in the place of a closed stream: others write there without looking."""
    for place in _STANDARD:
        try:
            os.fstat(place)
        except OSError:
            # The lowest free number is taken, which is this one.
            os.open(os.devnull, os.O_RDWR)


def prepare() -> None:
    """Let what is led into a file or pipe be UTF-8, and names of files pass as they are.

    Windows would write a redirected answer in its old code page, which lacks letters.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and (not stream.isatty() or _is_utf_8(stream)):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def write(stream: TextIO | None, text: str) -> bool:
    """Write a text and tell whether it went out.

    Args:
        stream: Where; None where it is closed.
        text: What; letters that the stream lacks are spelt as nearly as it can.
    """
    if stream is None:
        return False
    try:
        stream.write(spelt(text, stream))
        stream.flush()
    except (OSError, ValueError):
        _silence(stream)
        return False
    return True


def can_spell(text: str, stream: TextIO | None) -> bool:
    """Tell whether a stream has all letters of a text."""
    try:
        text.encode(_encoding(stream))
    except UnicodeEncodeError:
        return False
    return True


def spelt(text: str, stream: TextIO | None) -> str:
    """Return a text in letters that a stream has, each as near as can be."""
    if not isinstance(stream, TextIOWrapper) or stream.errors == "surrogateescape":
        return text
    return spelt_in(text, stream.encoding)


def spelt_in(text: str, encoding: str) -> str:
    """Return a text in letters that an encoding has, each as near as can be."""
    return "".join(_spelt(letter, encoding) for letter in text)


def _spelt(letter: str, encoding: str) -> str:
    bare = unicodedata.normalize("NFKD", _NEAREST.get(letter, letter))
    for way in (letter, _NEAREST.get(letter, letter), _without_marks(bare)):
        try:
            way.encode(encoding)
        except UnicodeEncodeError:
            continue
        return way
    return "?"


def _without_marks(text: str) -> str:
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def _encoding(stream: TextIO | None) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def _is_utf_8(stream: TextIOWrapper) -> bool:
    return stream.encoding.lower().replace("-", "").replace("_", "") == "utf8"


def _silence(stream: TextIO) -> None:
    """Lead a stream nowhere: at the end Python tries it once more, and fails the process."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)
        stream.flush()
