"""Looking at a finished PDF: its pages as pictures for the screen, and its text read back.

pypdfium2 is loaded on first use. Nothing is written to a file (docs/decisions/0011).
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

#: PDF counts in points, 72 an inch.
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels.

    Args:
        width: Pixels across.
        height: Pixels down.
        stride: Bytes a line.
        pixels: Blue, green, red and an unused byte for each pixel.
    """

    width: int
    height: int
    stride: int
    pixels: bytes


def page_widths(pdf: bytes) -> tuple[float, ...]:
    """Return the width of each page in points."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return tuple(document[number].get_width() for number in range(len(document)))


def pictures(pdf: bytes, scale: float) -> Iterator[Picture]:
    """Yield each page as a picture.

    Args:
        pdf: The document.
        scale: Pixels a point.
    """
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number in range(len(document)):
            bitmap = document[number].render(scale=scale, prefer_bgrx=True)
            yield Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page of a PDF."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = (document[number].get_textpage() for number in range(len(document)))
        return tuple(str(page.get_text_range()) for page in pages)


def text(pdf: bytes) -> str:
    """Return all text of a PDF, page after page."""
    return "\n".join(texts(pdf))
