"""The files a report leaves in: one function for all formats, each library loaded when needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from kadin_danisma.domain.table import ProtectedTable
from kadin_danisma.i18n import current_language, use_language
from kadin_danisma.reports.report import Report, report_number
from kadin_danisma.reports.theme import Theme

#: {format: its writer}; every writer has ``write(report) -> bytes``.
_WRITERS = {"pdf": "pdf", "xlsx": "xlsx", "csv": "csv_file", "json": "json_file"}
FORMATS = tuple(_WRITERS)


def render(report: Report, file_format: str) -> bytes:
    """Return the report as a file, in the report's own language.

    Args:
        report: The report.
        file_format: One of FORMATS.

    Returns:
        The bytes of the file; the same report always gives the same ones.
    """
    with _speaking(report.language):
        writer = import_module(f"kadin_danisma.reports.{_WRITERS[file_format]}")
        data: bytes = writer.write(report)
        return data


def preview(report: Report) -> bytes:
    """Return the pages of a report that did not leave yet, as PDF; every page says so."""
    from kadin_danisma.reports import pdf

    with _speaking(report.language):
        return pdf.write(report, preview=True)


def file_name(report: Report, file_format: str) -> str:
    """Return the name of the file; it names the period (or its own number) and nobody."""
    is_report = report.number == report_number(report.period)
    named = report.period.key if is_report else report.number.replace("/", "-")
    return f"kadin-danisma-{named}.{file_format}"


def chart_svg(table: ProtectedTable, theme: Theme) -> bytes:
    """Return the chart of a table as SVG for the window, in the active language."""
    from kadin_danisma.reports import charts

    return charts.chart_svg(table, theme)


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """Let everything inside be said in a language."""
    before = current_language()
    if language != before:
        use_language(language)
    try:
        yield
    finally:
        if language != before:
            use_language(before)
