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
    pressed: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread hears of it.
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)
