"""Children of the test run: they do real work on a vault, say what was acknowledged, and die.

A child is a fork of pytest itself, so the cheap key derivation of tests (store/keys.py) holds in it
for the reason it holds in any test, and nothing about that safeguard is bent.
"""

import os
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from kadin_danisma.errors import KnownError

#: Takes one word of what was acknowledged; it is out of the child once the call returns.
Say = Callable[[str], None]
Run = Callable[[Say], None]
#: How a child tells that the world failed it, and that it failed itself.
REFUSED, CRASHED = "refused", "crashed"
_PATIENCE = 120.0


def act(run: Run, handle: int) -> NoReturn:
    """Be the child: do the work, say it, end; never return into the tests.

    Args:
        run: The work.
        handle: Where its words go, one a line.
    """
    try:
        run(lambda word: _tell(handle, word))
    except KnownError as error:
        _tell(handle, f"{REFUSED} {type(error).__name__}")
    except BaseException as error:  # noqa: BLE001 (told to the parent, which counts it)
        _tell(handle, f"{CRASHED} {place_of(error)}")
    finally:
        os._exit(0)


def _tell(handle: int, word: str) -> None:
    os.write(handle, f"{word}\n".encode())


def place_of(error: BaseException) -> str:
    """Return the kind of an error and the line it came from."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} {place}"


def words(content: bytes) -> list[str]:
    """Return the words that were said to the end; one that was cut short was not said."""
    return [line.decode() for line in content.split(b"\n")[:-1]]


def run_and_kill(run: Run, after: int, delay: float) -> tuple[list[str], bool]:
    """Start a child and kill it.

    Args:
        run: What it does.
        after: The words to wait for.
        delay: The seconds to wait after them.

    Returns:
        What it said, and whether the kill met it alive.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        act(run, writing)
    os.close(writing)
    heard = b""
    try:
        while heard.count(b"\n") < after and (more := _hear(reading)):
            heard += more
        time.sleep(delay)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        while more := _hear(reading):
            heard += more
    finally:
        os.close(reading)
    return words(heard), os.WIFSIGNALED(status)


def _hear(reading: int) -> bytes:
    """Return what a child said next, nothing at its end.

    Raises:
        TimeoutError: It says nothing and does not end.
    """
    if not select.select([reading], [], [], _PATIENCE)[0]:
        raise TimeoutError
    return os.read(reading, 1 << 16)
