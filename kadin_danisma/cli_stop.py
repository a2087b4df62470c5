"""Ctrl+C on the command line, which waits for what must be whole or not there."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: What a shell makes of a program that Ctrl+C ended.
STOPPED = 130


@contextmanager
def kept_back() -> Iterator[Callable[[], bool]]:
    """Keep Ctrl+C back inside; what is given tells whether it was pressed."""
    with _noted(lambda: None) as is_pressed:
        yield is_pressed


@contextmanager
def heard() -> Iterator[Callable[[], bool]]:
    """Let Ctrl+C stop what is inside; what is given tells whether it was pressed.

    Pressed while SQLite asks the program whether a statement is allowed, it is no
    ``KeyboardInterrupt`` any more when it comes out, but an error of the database.
    """
    with _noted(_stop) as is_pressed:
        yield is_pressed


def _stop() -> None:
    raise KeyboardInterrupt


@contextmanager
def _noted(answer: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    pressed: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread hears of it.
        yield lambda: False
        return

    def note(number: int, _frame: object) -> None:
        pressed.append(number)
        answer()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)
