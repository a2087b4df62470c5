from typing import Any
from xml.etree import ElementTree as ET

from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.sparks import spark, spark_svg
from kadin_danisma.reports.theme import DARK, LIGHT
from kadin_danisma.reports.trends import Point

WIDTH, HEIGHT = 105.0, 20.0


def drawn(*values: Point) -> tuple[list[Any], list[Any], list[Any]]:
    """The strokes of a line, its dots and its stars, without the ground line."""
    shapes = spark(values, WIDTH, HEIGHT, LIGHT).contents[1:]
    return (
        [shape for shape in shapes if hasattr(shape, "x1")],
        [shape for shape in shapes if hasattr(shape, "cx")],
        [shape for shape in shapes if hasattr(shape, "text")],
    )


def test_a_line_begins_at_zero_and_its_greatest_value_reaches_the_top() -> None:
    _strokes, dots, _stars = drawn(0, 10, 20)
    ground = dots[0].cy
    assert [dot.cy - ground for dot in dots] == [0, HEIGHT / 2, HEIGHT]


def test_no_stroke_leads_over_a_hidden_number_or_a_missing_report() -> None:
    strokes, dots, stars = drawn(10, 20, MARK, 30, None, 40, 50)
    reached = {(stroke.x1, stroke.y1, stroke.x2, stroke.y2) for stroke in strokes}
    places = [(dot.cx, dot.cy) for dot in dots]
    assert reached == {(*places[0], *places[1]), (*places[3], *places[4])}
    assert [star.text for star in stars] == [MARK]


def test_a_star_stands_on_the_ground_at_its_period() -> None:
    _strokes, dots, (star,) = drawn(10, MARK, 0)
    assert star.x == (dots[0].cx + dots[1].cx) / 2
    assert star.y == dots[1].cy


def test_the_last_number_is_the_largest_dot_and_a_hidden_last_one_is_none() -> None:
    _strokes, dots, _stars = drawn(10, 20)
    assert dots[1].r > dots[0].r
    assert len(drawn(10, 20, MARK)[1]) == 2


def test_the_window_gets_it_with_its_words_in_its_colours() -> None:
    light, dark = (spark_svg([10, MARK, 20], "Eğilim", theme) for theme in (LIGHT, DARK))
    title = ET.fromstring(light).find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "Eğilim"
    assert light != dark
