"""What is said at the foot of the window can be read to its end."""

from collections.abc import Callable

import pytest

from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.toast import STAYS
from kadin_danisma.ui.widgets.unfinished import waiting_words
from tests.ui.clipping import clipped


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_long_sentence_is_not_cut_off_in_a_small_window(
    window: MainWindow, dressed: Callable[[str, int], None], percent: int
) -> None:
    dressed("light", percent)
    window.resize(1024, 700)
    for undo in (None, window.lock):
        window.toast.say(waiting_words(), undo)
        assert clipped(window.toast) == []
        assert window.rect().contains(window.toast.geometry())


def test_a_short_one_after_a_long_one_is_as_small_as_ever(window: MainWindow) -> None:
    window.resize(1024, 700)
    window.toast.say("Kaydedildi.")
    small = window.toast.size()
    window.toast.say(waiting_words() * 2)
    assert window.toast.height() > small.height()
    window.toast.say("Kaydedildi.")
    assert window.toast.size() == small


def test_a_long_sentence_stays_for_as_long_as_it_takes_to_read(window: MainWindow) -> None:
    window.toast.say("Kaydedildi.")
    assert window.toast._timer.interval() == STAYS
    window.toast.say(waiting_words())
    assert window.toast._timer.interval() > STAYS
