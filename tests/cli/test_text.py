import io

from kadin_danisma.cli_text import Speaker, table_lines
from kadin_danisma.domain.table import TOTAL, Cell, Table, as_data


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def a_table() -> Table:
    cells = {
        ("legal", "phone"): Cell(1200, 9),
        ("legal", "walk_in"): Cell(0, 0),
        ("legal", TOTAL): Cell(1200, 9),
        (TOTAL, "phone"): Cell(1200, 9),
        (TOTAL, "walk_in"): Cell(0, 0),
        (TOTAL, TOTAL): Cell(1200, 9),
    }
    categories = {"service": ("legal",), "channel": ("phone", "walk_in")}
    dims = ("service", "channel")
    return Table("sessions_by_service_and_channel", "sessions", dims, (), categories, {}, cells)


def spoken(terminal: io.StringIO) -> tuple[Speaker, io.StringIO]:
    result = io.StringIO()
    return Speaker(as_json=False, result=result, beside=terminal), result


def test_progress_is_drawn_on_a_terminal_once_a_hundredth() -> None:
    terminal = Terminal()
    speaker, result = spoken(terminal)
    for done in range(1001):
        speaker.progress(done, 1000)
    speaker.result({}, ["done"])
    assert terminal.getvalue().count("\r") == 101
    assert terminal.getvalue().endswith("\n")
    assert result.getvalue() == "done\n"


def test_progress_is_not_drawn_where_nobody_looks_or_nobody_knows() -> None:
    for beside, total in ((io.StringIO(), 10), (Terminal(), 0)):
        speaker, _result = spoken(beside)
        speaker.progress(5, total)
        assert beside.getvalue() == ""


def test_a_table_is_shown_without_its_empty_rows_and_with_its_total() -> None:
    lines = [line.split() for line in table_lines([a_table()])]
    assert ["Hukuki", "danışmanlık", "Telefon", "1.200"] in lines
    assert ["Toplam", "1.200"] in lines
    assert not any("randevusuz" in word for line in lines for word in line)


def test_a_table_as_data_has_every_row() -> None:
    data = as_data(a_table())
    assert len(data["rows"]) == 6
    assert ["_total", "_total", 1200] in data["rows"]
    assert data["filter"] == {}
