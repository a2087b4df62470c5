import pytest

from kadin_danisma.exchange.looks import Look, cell_looks, look_of


@pytest.mark.parametrize(
    ("code", "look"),
    [
        ("General", Look.PLAIN), ("@", Look.PLAIN), ("0.00E+00", Look.PLAIN), ("", Look.PLAIN),
        ("#,##0.00\\ [$TL-41F]", Look.PLAIN), ('0 "gün"', Look.PLAIN), ("[Red]0", Look.PLAIN),
        ("[>=100]0;[Blue]0", Look.PLAIN), ('0" dakika"', Look.PLAIN), ("0_d", Look.PLAIN),
        ("dd.mm.yyyy", Look.DAY), ("[$-41F]d mmmm yyyy dddd;@", Look.DAY), ("mmm", Look.DAY),
        ("yyyy-mm-dd h:mm:ss", Look.DAY), ("d/m/yy h:mm AM/PM", Look.DAY),
        ("hh:mm", Look.TIME), ("h:mm AM/PM", Look.TIME), ("mm:ss", Look.TIME),
        ('h "saat" mm "dakika"', Look.TIME), ("[$-F400]h:mm:ss AM/PM", Look.TIME),
        ("[h]:mm", Look.SPAN), ("[hh]:mm:ss", Look.SPAN), ("[mm]", Look.SPAN),
    ],
)  # fmt: skip
def test_a_format_tells_days_from_times_from_numbers(code: str, look: Look) -> None:
    assert look_of(code) is look


def test_formats_known_by_number_alone_and_styles_of_styles() -> None:
    numbers = (0, 14, 22, 20, 46, 1, 999)
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    named = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    styles = f"<styleSheet>{named}<cellXfs>{cells}</cellXfs></styleSheet>"

    assert cell_looks(styles.encode()) == (
        Look.PLAIN, Look.DAY, Look.DAY, Look.TIME, Look.SPAN, Look.PLAIN, Look.PLAIN,
    )  # fmt: skip
    assert cell_looks(None) == ()
