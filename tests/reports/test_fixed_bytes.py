"""No file says when or by whom it was made: made again in another year it is the same bytes."""

import time
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter.core

from kadin_danisma.domain.auditing import LogState
from kadin_danisma.exchange import template
from kadin_danisma.i18n import use_language
from kadin_danisma.reports import log_paper, log_tables, recovery_sheet, writers
from kadin_danisma.reports.log_sheet import LogSheet
from tests.reports.builders import a_report

DAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SHEET = LogSheet(
    "Örnek Merkez", "a vault", demo=False, made_by="derya", made_at=DAY,
    state=LogState(1, DAY, bytes(32)), broken=None,
    rows=((1, "22.11.2026 13:00", "derya", "kasa yapıldı", ""),),
)  # fmt: skip
SIGNS = "12E-NR0-9E8-P69-EW6-N3C-QGS-1EZ-3KS-W9C-4B8-9G1-3V9-CP4"


def _template() -> bytes:
    return template._template()


WRITERS: dict[str, Callable[[], bytes]] = {
    "report.xlsx": lambda: writers.render(a_report(women=12), "xlsx"),
    "report.pdf": lambda: writers.render(a_report(women=12), "pdf"),
    "preview.pdf": lambda: writers.preview(a_report(women=12)),
    "log.xlsx": lambda: log_tables.write_xlsx(SHEET),
    "log.pdf": lambda: log_paper.write(SHEET),
    "sheets.pdf": lambda: recovery_sheet.write("Örnek", (SIGNS,), "", date(2026, 11, 22), ""),
    "template.xlsx": _template,
}
EVERY = pytest.mark.parametrize("name", list(WRITERS))


class _Moments(type):
    """Lets a moment of today pass for one of a later clock."""

    def __instancecheck__(cls, other: object) -> bool:
        return isinstance(other, datetime)


@pytest.fixture
def years_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the clock of the libraries go on by some years."""

    class Later(datetime, metaclass=_Moments):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Later":
            return cls(2031, 5, 6, 7, 8, 9, tzinfo=tz)

    def go_on() -> None:
        now = time.time()
        monkeypatch.setattr(xlsxwriter.core, "datetime", Later)
        monkeypatch.setattr(time, "time", lambda: now + 5 * 366 * 86_400)
        monkeypatch.setattr(time, "localtime", lambda *_at: time.gmtime(now + 5 * 366 * 86_400))

    return go_on


@EVERY
def test_a_file_made_again_years_later_has_the_same_bytes(
    name: str, years_later: Callable[[], None]
) -> None:
    use_language("tr")
    before = WRITERS[name]()
    years_later()
    assert WRITERS[name]() == before


@pytest.mark.parametrize("name", [name for name in WRITERS if name.endswith(".xlsx")])
def test_a_workbook_names_nobody_who_made_it(name: str) -> None:
    with zipfile.ZipFile(BytesIO(WRITERS[name]())) as book:
        said = book.read("docProps/core.xml").decode()
        assert {part.date_time[0] for part in book.infolist()} == {1980}
    assert "derya" not in said
    assert Path.home().name not in said
