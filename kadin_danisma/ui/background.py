"""Long work beside the window: one worker thread, progress, cancel; no Qt inside the work."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

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

    def stop(self) -> None:
        """Ask the work to stop at its next word of progress."""
        self._stopped.set()


class _Mailbox(QObject):
    """Brings calls from the worker thread to the window's thread."""

    called = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Queued always: work that ends before anybody listens is told of in this very thread,
        # and its answer must not overtake its own progress.
        self.called.connect(self._open, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _open(self, deliver: Callable[[], None]) -> None:
        deliver()


class Job(Generic[T]):
    """One piece of work under way."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def cancel(self) -> None:
        """Ask the work to stop; it ends with ``CancelledError`` as its failure."""
        self._progress.stop()


class Background(QObject):
    """Runs work one after the other in a single thread of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._mailbox = _Mailbox(self)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> Job[T]:
        """Start work; the three answers arrive in the window's thread.

        Args:
            work: What to do; receives a ``Progress`` and touches no Qt.
            done: Receives the result.
            failed: Receives the fault of the world; any other exception is raised as a fault of
                the program in the window's thread.
            progress: Receives (done, total).
        """

        def report(so_far: int, total: int) -> None:
            if progress is not None:
                self._mailbox.called.emit(lambda: progress(so_far, total))

        steps = Progress(report)
        future = self._pool.submit(work, steps)
        future.add_done_callback(
            lambda ended: self._mailbox.called.emit(lambda: _deliver(ended, done, failed))
        )
        return Job(steps)

    def close(self) -> None:
        """Wait for the work under way; nothing may be started afterwards."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _deliver(
    future: "Future[T]", done: Callable[[T], None], failed: Callable[[KnownError], None]
) -> None:
    if future.cancelled():
        return
    try:
        result = future.result()
    except KnownError as error:
        failed(error)
    else:
        done(result)
