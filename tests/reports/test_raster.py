"""A finished PDF is looked at from memory: its pages as pixels, its text read back."""

from kadin_danisma.reports import raster, writers
from tests.reports.builders import a_report


def test_pages_are_drawn_and_text_is_read_back() -> None:
    pdf = writers.render(a_report(), "pdf")
    widths = raster.page_widths(pdf)
    drawn = list(raster.pictures(pdf, 1.5))
    assert len(drawn) == len(widths) > 0
    for picture, points in zip(drawn, widths, strict=True):
        assert abs(picture.width - points * 1.5) <= 2
        assert len(picture.pixels) == picture.stride * picture.height
        assert len(set(picture.pixels)) > 2
    assert "Rapor" in raster.text(pdf)
