"""Every pair of colours is measured; nobody has to squint."""

from dataclasses import fields

import pytest

from kadin_danisma.reports import theme
from kadin_danisma.ui import style
from kadin_danisma.ui.style import BORDER_PAIRS, TEXT_PAIRS, THEMES, Theme, Tone, contrast

both = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def test_contrast_of_black_on_white_is_twenty_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)


@both
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids=" on ".join)
def test_text_reads_well_on_its_ground(theme: Theme, pair: tuple[str, str]):
    text, ground = (getattr(theme, name) for name in pair)
    assert contrast(text, ground) >= 4.5


@both
@pytest.mark.parametrize("pair", BORDER_PAIRS, ids=" on ".join)
def test_borders_of_controls_stand_out(theme: Theme, pair: tuple[str, str]):
    border, ground = (getattr(theme, name) for name in pair)
    assert contrast(border, ground) >= 3


@both
@pytest.mark.parametrize("tone", Tone)
def test_pills_of_every_tone_read_well(theme: Theme, tone: Tone):
    text, ground = theme.tone(tone)
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
def test_charts_and_paper_wear_the_windows_colours(name: str):
    """Two floors that may not see each other agree on every colour they share."""
    drawn, worn = getattr(theme, name), getattr(style, name)
    for part in fields(drawn):
        assert getattr(drawn, part.name) == getattr(worn, part.name), part.name
