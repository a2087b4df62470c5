"""Laying what belongs together on pages, untorn where it fits on one."""

from collections.abc import Iterable

from kadin_danisma.reports.blocks import Block
from kadin_danisma.reports.grid import Grid
from kadin_danisma.reports.pdf_file import HEIGHT, WIDTH

SIDE = 50.0
TOP = 46.0
#: Room at the top of the second and all later pages for their running head.
HEAD = 22.0
#: Room for the foot with the footnote above it.
BOTTOM = 64.0
TEXT_WIDTH = WIDTH - 2 * SIDE
_BETWEEN = 17.0
#: What belongs together and is not torn over two pages where it fits on one.
Section = list[Block]
#: Blocks with the heights at which they begin.
Page = list[tuple[float, Block]]


def paginate(sections: Iterable[Section]) -> list[Page]:
    """Lay the sections on pages, each whole where it fits on one."""
    pages: list[Page] = [[]]
    y = HEIGHT - TOP
    for section in sections:
        whole = sum(block.height(TEXT_WIDTH) for block in section) <= y - BOTTOM
        queue = list(section)
        if not whole and pages[-1]:
            y = _turn(pages)
        while queue:
            block = queue.pop(0)
            height = block.height(TEXT_WIDTH)
            if height > y - BOTTOM:
                parts = block.split(y - BOTTOM) if isinstance(block, Grid) else None
                if parts:
                    pages[-1].append((y, parts[0]))
                    block = parts[1]
                if parts or pages[-1]:
                    queue.insert(0, block)
                    y = _turn(pages)
                    continue
            pages[-1].append((y, block))
            y -= height
        y -= _BETWEEN
    return pages


def _turn(pages: list[Page]) -> float:
    """Begin a new page and return where its text begins."""
    pages.append([])
    return HEIGHT - TOP - HEAD
