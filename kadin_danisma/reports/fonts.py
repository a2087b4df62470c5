"""The shipped font, known to reportlab under two names."""

import unicodedata
from collections.abc import Container
from io import BytesIO

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kadin_danisma.paths import resources_folder

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
#: A width that was computed may be less than that of the word it was made for by the last digit.
_ROUNDING = 0.01


def register() -> None:
    """Make both faces known; the second time does nothing."""
    known = pdfmetrics.getRegisteredFontNames()
    for name in (REGULAR, BOLD):
        if name not in known:
            path = resources_folder() / "fonts" / f"{name}.ttf"
            # Read here, because reportlab would look for a path it cannot open on the network.
            pdfmetrics.registerFont(TTFont(name, BytesIO(path.read_bytes())))


def width_of(text: str, font: str, size: float) -> float:
    """Return how wide a text is, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def lacking(text: str) -> str:
    """Return the letters of a text that cannot be printed, each once."""
    register()
    # The stubs know no fonts of this kind.
    known: Container[int] = vars(pdfmetrics.getFont(REGULAR))["face"].charToGlyph
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        dict.fromkeys(sign for sign in composed if ord(sign) not in known and not sign.isspace())
    )


def printable(text: str) -> str:
    """Return a text as it is printed; letters that cannot be are told by their numbers: [U+0645].

    Neither font nor reportlab could set Arabic, say; a name with letters left out is another name.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    missing = lacking(composed)
    return "".join(f"[U+{ord(sign):04X}]" if sign in missing else sign for sign in composed)


def split(text: str, font: str, size: float, width: float) -> list[tuple[str, bool]]:
    """Return the lines of a text that fit a width, at least one.

    Args:
        text: The text.
        font: Its face.
        size: Its size.
        width: What a line may take.

    Returns:
        Each line, and whether its last word goes on in the next one, because it is longer than
        any line.
    """
    lines: list[tuple[str, bool]] = []
    width += _ROUNDING
    for line in simpleSplit(printable(text), font, size, width):
        # Only a word alone on its line is wider than the line.
        while width_of(line, font, size) > width and len(line) > 1:
            fit = _fitting(line, font, size, width)
            lines.append((line[:fit], True))
            line = line[fit:]
        lines.append((line, False))
    return lines or [("", False)]


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """Return the lines of a text that fit a width; at least one."""
    return [line for line, _goes_on in split(text, font, size, width)]


def _fitting(word: str, font: str, size: float, width: float) -> int:
    """Return how many letters of a word fit a width; one at the least, and never half a sign."""
    fit = 1
    while fit < len(word) and width_of(word[: fit + 1], font, size) <= width:
        fit += 1
    while 1 < fit < len(word) and unicodedata.combining(word[fit]):
        fit -= 1
    return fit
