"""The report on paper: A4, tagged, with charts beside the tables, the same bytes every time."""

from collections.abc import Iterator

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.table import MARK, ProtectedTable
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _
from kadin_danisma.reports import fonts, labels, notes
from kadin_danisma.reports.blocks import Block, Facts, Figures, Notes, Signatures, Words
from kadin_danisma.reports.grid import Grid, grid_of
from kadin_danisma.reports.groups import NO_ANSWER, all_groups
from kadin_danisma.reports.pdf_file import HEIGHT, WIDTH, PdfFile
from kadin_danisma.reports.pen import HEADING, SMALL, STRONG, TITLE, Pen
from kadin_danisma.reports.report import Report
from kadin_danisma.reports.theme import PAPER

_SIDE = 50.0
_TOP = 46.0
#: Room at the top of the second and all later pages for their running head.
_HEAD = 22.0
_BOTTOM = 54.0
_BETWEEN = 20.0
_TEXT_WIDTH = WIDTH - 2 * _SIDE
#: Light enough to read through.
_WATERMARK = "#F3EFF8"
#: The counts that stand as tiles on the first page.
_KEY_FIGURES = ("clients", "applications", "sessions", "referrals", "playroom_visits", "contacts")
#: What belongs together and is not torn over two pages where it fits on one.
_Section = list[Block]
_Page = list[tuple[float, Block]]


def write(report: Report) -> bytes:
    """Return the report as PDF; the same report always gives the same bytes."""
    title = f"{labels.report_title(report.period)} {report.number}"
    file = PdfFile(title, report.language, report.issued)
    pages = _paginate(list(_sections(report)))
    for number, page in enumerate(pages, start=1):
        _furniture(file.pen, report, number, len(pages))
        for top, block in page:
            block.draw(file.pen, file.pen.structure.root, _SIDE, top, _TEXT_WIDTH)
        file.turn()
    return file.finished()


def _sections(report: Report) -> Iterator[_Section]:
    yield _opening(report)
    for at, table in enumerate(report.tables, start=1):
        yield _table(at, table)
    yield [
        Words(_("Method and notes"), HEADING, "H2", after=5),
        Notes(notes.method_notes(report)),
    ]
    if together := _groups_used(report):
        yield [
            Words(_("Categories counted together"), HEADING, "H2", after=5),
            Notes(together, SMALL),
        ]
    yield [Signatures((_("Prepared by (title, signature)"), _("Approved by (title, signature)")))]


def _opening(report: Report) -> _Section:
    period = report.period
    days = f"{show_date(period.first)} – {show_date(period.last)}"
    blocks: _Section = [
        Words(report.centre, STRONG, after=3),
        Words(labels.report_title(period), TITLE, "H1", after=6),
        Facts(
            (
                (_("Period"), f"{period.title} ({days})"),
                (_("Report no"), report.number),
                (_("Issued"), show_date(report.issued)),
            )
        ),
    ]
    if report.demo:
        blocks.append(Words(notes.demo_note(), STRONG, after=8))
    summary = report.table("summary")
    if summary:
        figures = [
            (labels.category("count", key), labels.shown(summary.cells[key,]))
            for key in _KEY_FIGURES
        ]
        blocks.append(Figures(figures))
    return blocks


def _table(at: int, table: ProtectedTable) -> _Section:
    said = labels.base_note(table)
    if MARK in table.cells.values():
        said = f"{said}\n{notes.mark_note()}"
    return [
        Words(f"{at}. {table_title(table.id)}", HEADING, "H2", after=5),
        grid_of(table, _TEXT_WIDTH),
        Words(said, SMALL),
    ]


def _groups_used(report: Report) -> list[str]:
    """Return, for each group in the report, which codes it stands for."""
    used = {
        (dim, name)
        for table in report.tables
        for dim, by_name in table.groups.items()
        for name in by_name
    }
    found: dict[str, None] = {}
    for (dim, name), group in all_groups().items():
        if (dim, name) in used:
            members = ", ".join(labels.category(dim, member) for member in group.members)
            # This one is the same in every dimension.
            start = "" if name == NO_ANSWER else f"{labels.dim_name(dim)} – "
            found[f"{start}{labels.category(dim, name)}: {members}."] = None
    return list(found)


def _paginate(sections: list[_Section]) -> list[_Page]:
    """Lay the sections on pages, each whole where it fits on one."""
    pages: list[_Page] = [[]]
    y = HEIGHT - _TOP
    for section in sections:
        whole = sum(block.height(_TEXT_WIDTH) for block in section) <= y - _BOTTOM
        queue = list(section)
        if not whole and pages[-1]:
            y = _turn(pages)
        while queue:
            block = queue.pop(0)
            height = block.height(_TEXT_WIDTH)
            if height > y - _BOTTOM:
                parts = block.split(y - _BOTTOM) if isinstance(block, Grid) else None
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


def _turn(pages: list[_Page]) -> float:
    """Begin a new page and return where its text begins."""
    pages.append([])
    return HEIGHT - _TOP - _HEAD


def _furniture(pen: Pen, report: Report, number: int, pages: int) -> None:
    """Draw what stands on every page: running head, foot, and the watermark of a demo."""
    if report.demo:
        _watermark(pen)
    foot = f"{_('Report no')} {report.number} · {show_date(report.issued)}"
    page = _("Page {number} / {pages}").format(number=number, pages=pages)
    pen.line(_SIDE, _BOTTOM - 12, _TEXT_WIDTH, PAPER.line)
    with pen.structure.artifact():
        pen.words(None, _SIDE, _BOTTOM - 16, _TEXT_WIDTH, foot, SMALL)
        pen.words(None, _SIDE, _BOTTOM - 16, _TEXT_WIDTH, page, SMALL, "right")
        if number > 1:
            title = f"{labels.report_title(report.period)} · {report.period.title}"
            pen.words(None, _SIDE, HEIGHT - 36, _TEXT_WIDTH, title, SMALL)
    if number > 1:
        pen.line(_SIDE, HEIGHT - 52, _TEXT_WIDTH, PAPER.line)


def _watermark(pen: Pen) -> None:
    canvas = pen.canvas
    with pen.structure.artifact():
        canvas.saveState()
        canvas.setFillColor(_WATERMARK)
        canvas.setFont(fonts.BOLD, 96)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(52)
        canvas.drawCentredString(0, -30, _("DEMO"))
        canvas.restoreState()
