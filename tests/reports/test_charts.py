from xml.etree import ElementTree as ET

from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.charts import bars, series
from kadin_danisma.reports.theme import DARK, LIGHT
from kadin_danisma.reports.writers import chart_svg
from tests.reports.builders import a_cross_table, a_table, naively_protected

SVG = "{http://www.w3.org/2000/svg}"


def a_protected(outside: int, women: int = 2) -> bytes:
    table = a_table(
        {"centre": 400, "surrounding": 120, "outside": outside, "unknown": 300},
        women={"outside": women},
    )
    return chart_svg(naively_protected(table), LIGHT)


def test_a_chart_shows_categories_and_published_values() -> None:
    root = ET.fromstring(a_protected(3))
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert words == [
        "Merkez ilçeler", "400", "Çevre ilçeler", "*", "İzmir dışı", "*", "Bilinmiyor", "300",
    ]  # fmt: skip


def test_a_chart_says_in_words_what_it_shows_and_refers_to_nothing_outside() -> None:
    data = a_protected(3)
    title = ET.fromstring(data).find(f"{SVG}title")
    assert title is not None
    assert title.text is not None
    assert "Merkez ilçeler: 400" in title.text
    assert b"DOCTYPE" not in data


def test_the_bar_of_a_hidden_number_tells_nothing_of_its_size() -> None:
    assert a_protected(3) == a_protected(1) == a_protected(110)


def test_the_longest_bar_fills_the_width_and_zero_has_none() -> None:
    drawing = bars([10, 5, 0], [20, 20, 20], 100, LIGHT)
    assert [shape.width for shape in drawing.contents if hasattr(shape, "width")] == [100, 50]


def test_a_hidden_number_has_no_bar_that_could_be_compared() -> None:
    drawing = bars([10, MARK], [20, 20], 100, LIGHT)
    assert [shape.width for shape in drawing.contents if hasattr(shape, "width")] == [100]


def test_a_cross_table_is_drawn_by_the_totals_of_its_rows() -> None:
    table = naively_protected(a_cross_table([[10, 20], [30, 40]]))
    assert [value for _label, value in series(table)] == [30, 70]


def test_an_empty_bar_of_what_is_not_known_is_left_out_and_another_zero_is_not() -> None:
    table = a_table({"centre": 400, "surrounding": 120, "outside": 0, "unknown": 0})
    assert [value for _label, value in series(naively_protected(table))] == [400, 120, 0]


def test_the_theme_decides_the_colours_and_nothing_else() -> None:
    table = naively_protected(a_table({"centre": 40, "outside": 9}))
    light, dark = chart_svg(table, LIGHT), chart_svg(table, DARK)
    assert light != dark
    assert len(ET.fromstring(light).findall(".//")) == len(ET.fromstring(dark).findall(".//"))
