"""A recovery sheet says what somebody without training needs, and nothing that helps a thief."""

from collections.abc import Iterator
from datetime import date

import pytest

from kadin_danisma.i18n import use_language
from kadin_danisma.reports import raster, recovery_sheet
from tests.reports import paper

DAY = date(2026, 11, 22)
TEXTS = tuple(f"{number}2E-NR0-9E8-P69-EW6-N3C-QGS-1EZ-3KS-W9C-4B8-9G1-3V9-CP4" for number in "123")

#: Of what the list of people rests on.
WORDS = "kapalı elma deniz yokuş şarkı bulut"


@pytest.fixture(autouse=True)
def turkish() -> Iterator[None]:
    use_language("tr")
    yield
    use_language("tr")


def three() -> bytes:
    return recovery_sheet.write("Örnek Merkez", TEXTS, "2ENR", DAY, WORDS)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in paper.reader(pdf).pages]


def test_each_sheet_is_one_page_with_its_own_part_only() -> None:
    said = pages(three())
    assert len(said) == 3
    for number, page in enumerate(said, start=1):
        assert f"Kurtarma sayfası {number} / 3" in page
        assert "Örnek Merkez" in page
        assert "22.11.2026" in page
        assert WORDS in page
        assert [f"{other}2E" in page for other in "123"] == [
            other == str(number) for other in "123"
        ]


def test_a_single_sheet_is_not_numbered() -> None:
    (said,) = pages(recovery_sheet.write("Örnek Merkez", ["7QK-03F-9XB"], "", DAY, WORDS))
    assert "Kurtarma sayfası\n" in said
    assert "/ 3" not in said
    assert "işareti" not in said


def test_what_to_do_is_told_in_five_numbered_steps() -> None:
    for pdf in (three(), recovery_sheet.write("Örnek Merkez", ["7QK"], "", DAY, WORDS)):
        said = pages(pdf)[0]
        assert [f"{step}." in said for step in range(1, 6)] == [True] * 5
        assert "kurtarma" in said


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_sheet_fits_on_its_page_and_a_screen_reader_finds_all_of_it(language: str) -> None:
    use_language(language)
    long_name = "Büyükşehir Belediyesi Kadın Danışma ve Dayanışma Merkezi Müdürlüğü " * 2
    pdf = recovery_sheet.write(long_name.strip(), TEXTS, "2ENR", DAY, WORDS)
    assert len(raster.page_widths(pdf)) == 3
    assert paper.unmarked(pdf) == []
    boxes = [page.get("/MediaBox") for page in paper.reader(pdf).pages]
    assert len(boxes) == 3
    lowest: list[float] = []
    for page in paper.reader(pdf).pages:
        page.extract_text(visitor_text=lambda _t, _c, at, _f, _s: lowest.append(at[5]))
    assert min(height for height in lowest if height) > 40


def test_the_file_itself_tells_neither_code_nor_author() -> None:
    pdf = paper.reader(three())
    said = " ".join(str(value) for value in (pdf.metadata or {}).values())
    assert "NR0" not in said
    assert pdf.metadata is not None
    assert not pdf.metadata.author


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert three() == three()


def test_it_says_to_renew_at_once_when_a_sheet_is_lost_and_means_the_steel_safe() -> None:
    for pdf in (three(), recovery_sheet.write("Örnek Merkez", ["7QK-03F-9XB"], "", DAY, WORDS)):
        for page in pages(pdf):
            said = " ".join(page.split())
            assert "Sayfa kaybolursa hemen yenileyin" in said
            assert "“kurtarma”" in said
            assert "çelik kasa" in said.lower()
            assert " kasa" not in said.lower().replace("çelik kasa", "")
