"""Long work beside the window: one worker thread, progress, cancel; no Qt inside the work."""

import gc
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _

T = TypeVar("T")


class CancelledError(KnownError):
    """The person stopped the work; nothing was kept of it."""


class Progress:
    """What the work calls to say how far it is; raises where it was asked to stop.

    Args:
        report: Receives (done, total); total 0 means "nobody knows".
    """

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._stopped = threading.Event()

    def __call__(self, done: int, total: int = 0) -> None:
        """Say how far the work is.

        Raises:
            CancelledError: The person asked to stop.
        """
        if self._stopped.is_set():
            raise CancelledError(_("Stopped. Nothing was changed."))
        self._report(done, total)

    def before_the_first(self, done: int, total: int = 0) -> None:
        """Say how far the work is; only before its first step can it still be stopped.

        For work that must be finished once it has begun: half of it would be worse than all.

        Raises:
            CancelledError: Nothing was done yet, and the person asked to stop.
        """
        if done == 0:
            self(done, total)
        else:
            self._report(done, total)

    def stop(self) -> None:
        """Ask the work to stop at its next word of progress."""
        self._stopped.set()


class Job(Generic[T]):
    """One piece of work under way."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def cancel(self) -> None:
        """Ask the work to stop; it ends with ``CancelledError`` as its failure."""
        self._progress.stop()


@dataclass(frozen=True, slots=True)
class _Errand:
    """Work under way and who waits for it; kept and let go of in the window's thread only.

    Both may hold widgets, and a widget that is let go of in another thread takes the process down.
    """

    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[KnownError], None]
    progress: Callable[[int, int], None] | None
    unclaimed: Callable[[Any], None] | None
    broken: Callable[[], None] | None
    steps: Progress


class Background(QObject):
    """Runs work one after the other in a single thread of its own.

    While work is under way Python collects no garbage by itself: it would do so in whatever thread
    happens to need memory, and there may be widgets in it.
    """

    #: Emitted by the worker: how far an errand is, and that it has ended.
    _moved = Signal(int, float, float)
    _ended = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._errands: dict[int, _Errand] = {}
        self._futures: dict[int, Future[Any]] = {}
        self._last = 0
        self._moved.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None],
        progress: Callable[[int, int], None] | None = None,
        *,
        unclaimed: Callable[[T], None] | None = None,
        broken: Callable[[], None] | None = None,
    ) -> Job[T]:
        """Start work; the three answers arrive in the window's thread.

        Args:
            work: What to do; receives a ``Progress`` and touches no Qt.
            done: Receives the result.
            failed: Receives the fault of the world; any other exception is raised as a fault of
                the program in the window's thread.
            progress: Receives (done, total).
            unclaimed: Receives the result where everything was closed before it arrived: a vault
                that was opened has to be let go of all the same.
            broken: Called before a fault of the program is raised: what waits must not wait on.
        """
        self._last += 1
        number = self._last
        steps = Progress(lambda so_far, total: self._moved.emit(number, so_far, total))
        self._errands[number] = _Errand(work, done, failed, progress, unclaimed, broken, steps)
        gc.disable()
        future = self._pool.submit(self._perform, number)
        self._futures[number] = future
        future.add_done_callback(lambda _future: self._ended.emit(number))
        return Job(steps)

    def finish(self) -> None:
        """Ask all work to stop where it still may, and wait until it has; nothing is left half."""
        for errand in self._errands.values():
            errand.steps.stop()
        self.close()

    def close(self) -> None:
        """Wait for the work under way; nothing may be started afterwards."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        for number, future in self._futures.items():
            _let_go(self._errands[number], future)
        self._errands.clear()
        self._futures.clear()
        gc.enable()

    def _perform(self, number: int) -> Any:
        """Do an errand, in the worker's thread."""
        errand = self._errands[number]
        return errand.work(errand.steps)

    @Slot(int, float, float)
    def _tell(self, number: int, so_far: float, total: float) -> None:
        errand = self._errands.get(number)
        if errand is not None and errand.progress is not None:
            errand.progress(int(so_far), int(total))

    @Slot(int)
    def _deliver(self, number: int) -> None:
        errand, future = self._errands.pop(number, None), self._futures.pop(number, None)
        if not self._errands:
            gc.enable()
        if errand is None or future is None or future.cancelled():
            return
        try:
            result = future.result()
        except KnownError as error:
            errand.failed(error)
        except BaseException:
            if errand.broken is not None:
                errand.broken()
            raise
        else:
            errand.done(result)


def _let_go(errand: _Errand, future: Future[Any]) -> None:
    """Hand a result that nobody waits for any more to whoever puts it away."""
    if errand.unclaimed is None or future.cancelled() or future.exception() is not None:
        return
    # Closing must go on, also over a full disk.
    with suppress(KnownError):
        errand.unclaimed(future.result())
