"""The report on paper: A4, tagged, with charts beside the tables, the same bytes every time."""

from collections.abc import Iterator

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.table import ProtectedTable
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _
from kadin_danisma.reports import fonts, labels, letterhead, notes, trends
from kadin_danisma.reports.blocks import Facts, Figures, Notes, Pairs, Signatures, Words
from kadin_danisma.reports.grid import Grid, grid_of, shows_nothing
from kadin_danisma.reports.pagination import SIDE, TEXT_WIDTH, Section, paginate
from kadin_danisma.reports.pdf_file import HEIGHT, WIDTH, PdfFile
from kadin_danisma.reports.pen import HEADING, SMALL, STRONG, TEXT, TITLE, Pen
from kadin_danisma.reports.report import Report
from kadin_danisma.reports.theme import PAPER

#: Where the foot begins, and the footnote above it.
_FOOT = 42.0
_NOTE = 57.0
#: Light enough to read through.
_WATERMARK = "#F3EFF8"


def write(report: Report, *, preview: bool = False) -> bytes:
    """Return the report as PDF; the same report always gives the same bytes.

    Args:
        report: The report.
        preview: Whether it did not leave yet: then every page says so.
    """
    title = f"{labels.report_title(report.period)} {report.number}, {report.centre}"
    file = PdfFile(title, report.language, report.issued)
    pages = paginate(_sections(report))
    explained = False
    for number, page in enumerate(pages, start=1):
        _furniture(file.pen, report, number, len(pages), preview=preview)
        for top, block in page:
            block.draw(file.pen, file.pen.structure.root, SIDE, top, TEXT_WIDTH)
        if any(isinstance(block, Figures | Grid) and block.has_marks for _top, block in page):
            _footnote(file.pen, again=explained)
            explained = True
        file.turn()
    return file.finished()


def _footnote(pen: Pen, *, again: bool) -> None:
    """Explain the mark at the foot of a page that has one; a screen reader hears it once."""
    if not again:
        pen.words(pen.structure.root.add("P"), SIDE, _NOTE, TEXT_WIDTH, notes.mark_note(), SMALL)
        return
    with pen.structure.artifact():
        pen.words(None, SIDE, _NOTE, TEXT_WIDTH, notes.mark_note(), SMALL)


def _sections(report: Report) -> Iterator[Section]:
    yield _opening(report)
    for at, table in enumerate(report.tables, start=1):
        yield _table(report, at, table)
    if together := notes.groups_used(report):
        yield [
            Words(_("What the groups contain"), HEADING, "H2", after=5),
            Pairs(together, SMALL),
            *(Words(told, SMALL) for told in notes.abbreviations(together)),
        ]
    # Who signs has the notes before her eyes: the two stand on one page.
    yield [
        Words(_("Method and notes"), HEADING, "H2", after=5),
        Notes(notes.method_notes(report)),
        Signatures((_("Prepared by (title, signature)"), _("Approved by (title, signature)"))),
    ]


def _opening(report: Report) -> Section:
    period = report.period
    days = f"{show_date(period.first)} – {show_date(period.last)}"
    *above, own = letterhead.lines(report.centre)
    blocks: Section = [
        *(Words(line, STRONG) for line in above),
        Words(own, STRONG, after=3),
        Words(labels.heading(period), TITLE, "H1", after=6),
        Facts(
            (
                (_("Period"), f"{period.title} ({days})"),
                (_("Report no"), report.number),
                (_("Issued on"), show_date(report.issued)),
            )
        ),
    ]
    if report.demo:
        blocks.append(Words(notes.demo_note(), STRONG, after=8))
    if sentences := notes.opening(report):
        blocks.append(Words(" ".join(sentences), TEXT, after=8))
    if figures := trends.key_figures(report):
        blocks += _tiles(report, figures)
    return blocks


def _tiles(report: Report, figures: list[trends.KeyFigure]) -> Section:
    if not any(figure.trend for figure in figures):
        return [Figures(figures, after=6)]
    return [Figures(figures, after=5), Words(notes.trend_note(report), SMALL, after=4)]


def _table(report: Report, at: int, table: ProtectedTable) -> Section:
    title = Words(f"{at}. {table_title(table.id)}", HEADING, "H2", after=5)
    if shows_nothing(table):
        return [title, Words(notes.nothing_shown())]
    return [
        title,
        grid_of(report, table, TEXT_WIDTH),
        Words(labels.base_note(table), SMALL),
    ]


def _furniture(pen: Pen, report: Report, number: int, pages: int, *, preview: bool) -> None:
    """Draw what stands on every page: running head, foot, and the watermark."""
    foot = f"{_('Report no')} {report.number} · {show_date(report.issued)}"
    if preview:
        _watermark(pen, _("PREVIEW"))
        foot = _("Preview: this report has not been published")
    elif report.demo:
        _watermark(pen, _("DEMO"))
    page = _("Page {number} / {pages}").format(number=number, pages=pages)
    pen.line(SIDE, _FOOT, TEXT_WIDTH, PAPER.line)
    with pen.structure.artifact():
        pen.words(None, SIDE, _FOOT - 4, TEXT_WIDTH, foot, SMALL)
        pen.words(None, SIDE, _FOOT - 4, TEXT_WIDTH, page, SMALL, "right")
        if number > 1:
            title = labels.heading(report.period)
            pen.words(None, SIDE, HEIGHT - 36, TEXT_WIDTH, title, SMALL)
    if number > 1:
        pen.line(SIDE, HEIGHT - 52, TEXT_WIDTH, PAPER.line)


def _watermark(pen: Pen, word: str) -> None:
    canvas = pen.canvas
    with pen.structure.artifact():
        canvas.saveState()
        canvas.setFillColor(_WATERMARK)
        canvas.setFont(fonts.BOLD, 96)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(52)
        canvas.drawCentredString(0, -30, word)
        canvas.restoreState()
