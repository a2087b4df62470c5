"""The shipped font, known to reportlab under two names."""

from io import BytesIO

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kadin_danisma.paths import resources_folder

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"


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


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """Return the lines of a text that fit a width; at least one."""
    return list(simpleSplit(text, font, size, width)) or [""]
