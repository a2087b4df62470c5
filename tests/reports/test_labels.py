import pytest

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import TOTAL
from kadin_danisma.i18n import use_language
from kadin_danisma.reports import labels, trends
from kadin_danisma.reports.groups import all_groups
from kadin_danisma.reports.plain_text import harmless
from tests.reports.builders import a_report


def test_every_unit_dimension_and_group_has_a_name() -> None:
    for definition in counting.TABLES:
        assert labels.unit_name(definition.unit)
        assert all(labels.dim_name(dim) for dim, _keys in definition.dims)
    assert all(labels.category(dim, name) for dim, name in all_groups())


def test_groups_of_a_dimension_are_told_apart_by_their_names() -> None:
    for period in ("2026-10", "2026-Q3", "2026"):
        for table in a_report(period).tables:
            for dim, keys in table.categories.items():
                names = [labels.category(dim, key) for key in (*keys, TOTAL)]
                assert len(set(names)) == len(names)


def test_titles_tell_the_kind_of_period() -> None:
    titles = [labels.report_title(Period.parse(key)) for key in ("2026-10", "2026-Q3", "2026")]
    assert titles == [
        "AYLIK FAALİYET RAPORU", "ÜÇ AYLIK FAALİYET RAPORU", "YILLIK FAALİYET RAPORU",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "base", "printed"),
    [
        (57, 174, "%32,8"),
        (1, 3, "%33"),
        (2, 3, "%67"),
        (1, 8, "%13"),
        (17, 49, "%35"),
        (17, 50, "%34,0"),
        (1, 2000, "%0,1"),
        (0, 5, "%0"),
        (7, 7, "%100"),
        (70, 70, "%100,0"),
        ("*", 5, "*"),
        (5, "*", "–"),
        (0, 0, "–"),
    ],
)
def test_shares_are_printed_the_turkish_way(
    value: int | str, base: int | str, printed: str
) -> None:
    assert labels.percent(value, base) == printed


def test_shares_are_printed_the_english_way_in_english() -> None:
    use_language("en")
    try:
        assert labels.percent(57, 174) == "32.8%"
        assert labels.percent(17, 49) == "35%"
        assert labels.shown(1234) == "1,234"
        assert trends.change(2234, 1000) == "+1,234 (123.4%)"
    finally:
        use_language("tr")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_text_that_looks_like_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Konak", "a=1", "*", "2026/10-1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text
