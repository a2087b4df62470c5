"""Whoever leaves the desk is noticed, whatever becomes of the clocks meanwhile."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.ui.idleness import ASLEEP, IDLE, Idleness, steady


class Clocks:
    """A clock of the day and one nobody can set, both moved by hand."""

    def __init__(self) -> None:
        self.wall = 1_800_000_000.0
        self.unset = 50.0
        self.idleness = Idleness(lambda: self.wall, lambda: self.unset)

    def go_on(self, seconds: float) -> None:
        """Let time go by while somebody looks every second."""
        while seconds > 0:
            step = min(1.0, seconds)
            self.wall += step
            self.unset += step
            seconds -= step
            self.idleness.left()


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def test_after_five_minutes_it_is_over(clocks: Clocks):
    clocks.go_on(IDLE - 1)
    assert clocks.idleness.left() == pytest.approx(1)
    clocks.go_on(1)
    assert clocks.idleness.left() == 0


def test_every_input_begins_the_five_minutes_anew(clocks: Clocks):
    for _time in range(3):
        clocks.go_on(IDLE - 1)
        clocks.idleness.touch()
        assert clocks.idleness.left() == IDLE


def test_input_after_the_end_brings_nothing_back(clocks: Clocks):
    clocks.go_on(IDLE)
    clocks.idleness.touch()
    assert clocks.idleness.left() == 0


@pytest.mark.parametrize(
    ("wall", "unset"),
    [
        pytest.param(ASLEEP + 1, 0, id="suspend, or the clock set forward"),
        pytest.param(ASLEEP + 1, ASLEEP + 1, id="a suspend both clocks saw"),
        pytest.param(-86_400, ASLEEP + 1, id="a suspend hidden by setting the clock back"),
    ],
)
def test_time_nobody_watched_ends_it_at_once(clocks: Clocks, wall: float, unset: float):
    clocks.wall += wall
    clocks.unset += unset
    assert clocks.idleness.left() == 0


def test_the_key_that_wakes_the_machine_is_no_sign_of_her(clocks: Clocks):
    clocks.wall += 3600
    clocks.idleness.touch()
    assert clocks.idleness.left() == 0


@pytest.mark.parametrize("back", [10, 3600, 10 * 365 * 86_400])
def test_a_clock_set_back_gains_nothing(clocks: Clocks, back: int):
    clocks.go_on(IDLE - 10)
    clocks.wall -= back
    assert clocks.idleness.left() == pytest.approx(10)
    clocks.go_on(10)
    assert clocks.idleness.left() == 0


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e6)), max_size=40))
def test_no_play_with_the_clocks_keeps_it_open_for_longer(steps: list[tuple[float, float]]):
    clocks = Clocks()
    gone = 0.0
    for wall, unset in steps:
        clocks.wall += wall
        clocks.unset += unset
        gone += unset
        left = clocks.idleness.left()
        assert left <= max(0.0, IDLE - gone) + 0.001


def test_the_unset_clock_goes_on_while_the_machine_sleeps():
    assert steady() >= time.monotonic() - 1
