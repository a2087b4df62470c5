"""Long work runs beside the window: result, progress, cancel and both kinds of fault."""

import gc
import threading

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from kadin_danisma.errors import KnownError
from kadin_danisma.ui.background import Background, CancelledError, Progress


@pytest.fixture
def background(qapp: object):
    made = Background()
    yield made
    made.close()


class Ears:
    """Hears the answers of a piece of work."""

    def __init__(self) -> None:
        self.result: object = None
        self.error: KnownError | None = None
        self.steps: list[tuple[int, int]] = []
        self.thread: int | None = None

    def done(self, result: object) -> None:
        self.result = result
        self.thread = threading.get_ident()

    def failed(self, error: KnownError) -> None:
        self.error = error

    def progress(self, done: int, total: int) -> None:
        self.steps.append((done, total))


def test_the_result_arrives_in_the_window_s_thread(qtbot: QtBot, background: Background):
    ears = Ears()
    background.run(lambda _progress: threading.get_ident(), ears.done, ears.failed)
    qtbot.waitUntil(lambda: ears.result is not None)
    assert ears.thread == threading.get_ident()
    assert ears.result != threading.get_ident()


def test_progress_is_heard_in_order(qtbot: QtBot, background: Background):
    ears = Ears()

    def work(progress: Progress) -> str:
        for step in range(3):
            progress(step, 3)
        return "ok"

    background.run(work, ears.done, ears.failed, ears.progress)
    qtbot.waitUntil(lambda: ears.result == "ok")
    assert ears.steps == [(0, 3), (1, 3), (2, 3)]


def test_a_fault_of_the_world_is_handed_over(qtbot: QtBot, background: Background):
    ears = Ears()

    def work(_progress: Progress) -> None:
        raise KnownError("Disk dolu.")

    background.run(work, ears.done, ears.failed)
    qtbot.waitUntil(lambda: ears.error is not None)
    assert ears.error is not None
    assert ears.error.message == "Disk dolu."


def test_work_stops_when_it_is_asked_to(qtbot: QtBot, background: Background):
    ears = Ears()
    started, asked = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        asked.wait(5)
        progress(1, 2)

    job = background.run(work, ears.done, ears.failed)
    started.wait(5)
    job.cancel()
    asked.set()
    qtbot.waitUntil(lambda: ears.error is not None)
    assert isinstance(ears.error, CancelledError)


def test_a_fault_of_the_program_is_not_swallowed(qtbot: QtBot, background: Background):
    ears = Ears()

    def work(_progress: Progress) -> None:
        raise ZeroDivisionError

    with capture_exceptions() as caught:
        background.run(work, ears.done, ears.failed)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert ears.error is None


def test_no_garbage_is_collected_while_another_thread_works(qtbot: QtBot, background: Background):
    ears = Ears()
    background.run(lambda _progress: gc.isenabled(), ears.done, ears.failed)
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: ears.result is not None)
    assert ears.result is False
    assert gc.isenabled()


def test_closing_over_work_under_way_lets_garbage_be_collected_again(qtbot: QtBot):
    made = Background()
    ears = Ears()
    made.run(lambda _progress: 1, ears.done, ears.failed)
    made.close()
    assert gc.isenabled()


def test_work_that_must_be_finished_stops_only_before_its_first_step():
    heard: list[tuple[int, int]] = []
    progress = Progress(lambda done, total: heard.append((done, total)))
    progress.before_the_first(0, 2)
    progress.stop()
    progress.before_the_first(1, 2)
    with pytest.raises(CancelledError):
        progress.before_the_first(0, 2)
    assert heard == [(0, 2), (1, 2)]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("fault", [None, KnownError("Disk dolu.")])
def test_a_result_that_nobody_waits_for_any_more_is_put_away(fault: KnownError | None):
    background, ears = Background(), Ears()
    put_away: list[object] = []

    def put(result: object) -> None:
        put_away.append(result)
        if fault is not None:
            raise fault

    background.run(lambda _progress: "open", ears.done, ears.failed, unclaimed=put)
    background.close()
    assert put_away == ["open"]
    assert ears.result is None


def test_a_result_that_arrived_is_not_put_away(qtbot: QtBot, background: Background):
    ears = Ears()
    put_away: list[object] = []
    background.run(lambda _progress: "open", ears.done, ears.failed, unclaimed=put_away.append)
    qtbot.waitUntil(lambda: ears.result == "open")
    background.close()
    assert put_away == []
