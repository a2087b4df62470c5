"""Reading a foreign file in a process of its own: the one place that starts a program, our own.

Whatever the file does to its reader, the window goes on: the reader can be stopped at any moment,
takes no more than it was given, and holds nothing of the vault (docs/decisions/0032).
"""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from typing import BinaryIO

from kadin_danisma.exchange import telling
from kadin_danisma.exchange.refusal import Unfit, UnfitFileError
from kadin_danisma.paths import READ_WORKBOOK, program_folder

#: How long it may keep us waiting, all in all, also on a computer that is busy with other things;
#: its processor time is counted by itself (``decoder.py``), and is a fifth of this.
MOST_SECONDS = 120.0
#: How long we wait for the end of one that says nothing more.
_END_SECONDS = 1.0
#: How long nobody is asked whether the work is to be stopped.
_TICK_SECONDS = 0.05
#: Words that wait to be taken.
_MOST_WAITING = 4
#: All that Windows needs to start a program; our own needs nothing.
_KEPT_OF_ENVIRONMENT = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP")


def words(file: BinaryIO, tick: Callable[[], None]) -> Generator[bytes, None, None]:
    """Yield what a reader of its own tells about a file; it ends with the iteration.

    Args:
        file: The workbook, opened by us: the reader learns no path.
        tick: Called while nothing arrives; stops everything by raising.

    Raises:
        UnfitFileError: The reader took too long, or says more at once than any workbook does.
    """
    with closing(_Reader(file)) as reader:
        waited = 0.0
        while True:
            since = time.monotonic()
            try:
                word = reader.heard.get(timeout=_TICK_SECONDS)
            except queue.Empty:
                tick()
            else:
                if word is None:
                    if reader.is_out_of_time():
                        raise UnfitFileError(Unfit.TOO_SLOW)
                    return
                yield word
                # What we do with a word is not the reader's time.
                continue
            waited += time.monotonic() - since
            if waited > MOST_SECONDS:
                raise UnfitFileError(Unfit.TOO_SLOW)


def command() -> list[str]:
    """Return how the reader is started: the program itself, also where it is built into one."""
    built = getattr(sys, "frozen", False)
    own = [] if built else ["-B", "-E", "-S", str(program_folder() / "main.py")]
    return [sys.executable, *own, READ_WORKBOOK]


class _Reader:
    """The process, and a thread that hears it."""

    def __init__(self, file: BinaryIO) -> None:
        self.heard: queue.Queue[bytes | None] = queue.Queue(_MOST_WAITING)
        self._stopped = threading.Event()
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own program, no shell)
                command(),
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                close_fds=True,
                env={name: os.environ[name] for name in _KEPT_OF_ENVIRONMENT if name in os.environ},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise UnfitFileError(Unfit.BROKEN_OFF) from error
        threading.Thread(target=self._hear, name="reader", daemon=True).start()

    def is_out_of_time(self) -> bool:
        """Tell whether the process, which says nothing more, ended because its time was used up."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(_END_SECONDS) == telling.OUT_OF_TIME
        return False

    def close(self) -> None:
        """End the process at once."""
        self._stopped.set()
        self._process.kill()
        self._process.wait()

    def _hear(self) -> None:
        """Hand on what the process says; None at its end, and where it says what cannot be."""
        said = self._process.stdout
        assert said is not None
        with said, suppress(OSError):
            while head := said.read(telling.HEAD_BYTES):
                length = int.from_bytes(head, "big")
                if len(head) < telling.HEAD_BYTES or length > telling.LONGEST_WORD:
                    break
                word = said.read(length)
                if len(word) < length or not self._hand_on(word):
                    break
        self._hand_on(None)

    def _hand_on(self, word: bytes | None) -> bool:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self.heard.put(word, timeout=_TICK_SECONDS)
                return True
        return False
