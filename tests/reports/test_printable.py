"""What stands on paper: every letter, also those that no font of ours has, and no word cut off."""

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.auditing import LogState
from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.reports import fonts, log_paper, pdf, raster, recovery_sheet
from kadin_danisma.reports.log_sheet import LogSheet
from kadin_danisma.reports.pen import STRONG
from tests.reports.builders import a_report

WIDTH = 300.0
CODE = "-".join(["AAA"] * 14)
#: All that a tidy text may hold (domain.text).
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")), max_size=120
)


def bare(text: str) -> str:
    return "".join(text.split())


@given(TEXTS)
def test_lines_fit_and_hold_every_letter(text: str) -> None:
    fonts.register()
    lines = fonts.wrapped(text, STRONG.font, STRONG.size, WIDTH)
    assert bare("".join(lines)) == bare(fonts.printable(text))
    assert all(fonts.width_of(line, STRONG.font, STRONG.size) <= WIDTH for line in lines)


@given(TEXTS)
def test_a_letter_is_printed_or_told_by_its_number(text: str) -> None:
    printed = fonts.printable(text)
    assert fonts.lacking(printed) == ""
    for sign in unicodedata.normalize("NFC", text):
        assert sign in printed or f"[U+{ord(sign):04X}]" in printed


@given(
    st.text("abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZâîû '.-–“”(),&/0123456789")
)
def test_what_is_written_in_turkish_is_printed_as_it_is(text: str) -> None:
    assert fonts.printable(text) == text
    assert fonts.printable(unicodedata.normalize("NFD", text)) == text


def test_only_a_word_longer_than_the_line_is_broken() -> None:
    fonts.register()
    broken = fonts.split(f"iki {'ş' * 200} kelime", STRONG.font, STRONG.size, WIDTH)
    assert broken[0] == ("iki", False)
    assert [goes_on for _line, goes_on in broken[1:-2]] == [True] * len(broken[1:-2])
    assert broken[-1] == ("kelime", False)


@pytest.mark.parametrize("centre", ["Örnek مركز 🌸", "Ş" * 200, "م" * 200, "kadın " * 30])
def test_every_paper_keeps_every_letter_of_the_name(centre: str) -> None:
    day = date(2026, 11, 1)
    papers = (
        recovery_sheet.write(centre, [CODE], "", day, "bir iki üç dört beş"),
        pdf.write(a_report(centre=centre)),
        log_paper.write(a_log(centre)),
    )
    for made in papers:
        assert bare(fonts.printable(centre)) in bare(raster.text(made))


def test_the_last_words_of_a_sheet_stay_on_paper_under_a_long_name() -> None:
    made = recovery_sheet.write("م" * 200, [CODE], "", date(2026, 11, 1), "bir iki üç dört beş")
    assert "bir iki üç dört beş" in raster.text(made)
    assert len(raster.texts(made)) == 2


def a_log(centre: str, who: str = "ش" * 30) -> LogSheet:
    at = datetime(2026, 11, 1, 9, 30, tzinfo=ISTANBUL)
    rows = ((1, "01.11.2026 09.30", who, "dosya açtı", f"2026/{'9' * 150}"),)
    return LogSheet(
        centre, "id", demo=False, made_by="derya", made_at=at, state=LogState(1, at, bytes(32)),
        broken=None, rows=rows,
    )  # fmt: skip


def test_a_line_of_the_log_keeps_every_letter() -> None:
    said = bare(raster.text(log_paper.write(a_log("Örnek"))))
    assert "[U+0634]" * 30 in said
    assert f"2026/{'9' * 150}" in said


def test_a_line_of_the_log_that_is_higher_than_a_page_goes_on_below() -> None:
    paper = raster.texts(log_paper.write(a_log("Örnek", "ش" * 200)))
    assert bare("".join(paper)).count("[U+0634]") >= 190  # The others stand around a page's foot.
    assert len(paper) == 4
