"""The process that reads a foreign workbook: it has the file and a pipe, and nothing else of ours.

It is this program, started anew by ``child.py`` with one hidden word. It never sees a vault, a key
or a name of a file; what it finds it tells through its standard output (``telling.py``).
"""

import gc
import os
import select
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any, BinaryIO

from kadin_danisma.exchange import telling
from kadin_danisma.exchange.budget import ROW_TELLS
from kadin_danisma.exchange.columns import SHEETS, own_sheets
from kadin_danisma.exchange.raw import Row
from kadin_danisma.exchange.refusal import Unfit, UnfitFileError
from kadin_danisma.exchange.workbook import Workbook

if sys.platform != "win32":
    import resource

#: What the process may take. Its time is that of the processor, on every system: that others keep
#: the computer busy is no fault of a file's. The wall clock is watched from outside, for longer.
MOST_MEMORY = 260_000_000
_MOST_ADDRESSES = 1_000_000_000
MOST_SECONDS = 25.0
#: Seconds after which the system ends a process that was taken over, and does not end itself.
_GRACE_SECONDS = 5
_LOOK_SECONDS = 0.5
#: Rows and letters after which a word is sent.
_ROWS_A_WORD = 500
_LETTERS_A_WORD = 200_000


def serve() -> int:
    """Read the workbook at standard input and tell it on standard output.

    Returns:
        The exit status; a refused file is no fault.
    """
    threading.Thread(target=_watch, name="watch", daemon=True).start()
    _confine()
    # Nothing here lives in circles, and there is much of it.
    gc.disable()
    with os.fdopen(0, "rb") as file, os.fdopen(1, "wb") as out:
        for word in words(file):
            out.write(len(word).to_bytes(telling.HEAD_BYTES, "big") + word)
            out.flush()
    return 0


def words(file: BinaryIO) -> Iterator[bytes]:
    """Yield all words about a file; the last may say why it is refused."""
    try:
        for word in _words(file):
            yield telling.encode(word)
    except UnfitFileError as error:
        yield telling.encode(["unfit", error.unfit.value])
    except MemoryError:
        yield telling.encode(["unfit", Unfit.TOO_MUCH.value])


def _words(file: BinaryIO) -> Iterator[list[Any]]:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    book = Workbook(file, size)
    places = book.own_sheets()
    sizes = [book.size(place) for place in places]
    titles = [(sheet.title, sheet.part is not None) for sheet in book.sheets]
    yield ["book", titles, sum(sizes)]
    names = [sheet.name for sheet in SHEETS]
    before = 0
    for name, place, size in zip(own_sheets(titles), places, sizes, strict=True):
        number = names.index(name)
        for done, rows in _portions(book, place):
            book.budget.tell(ROW_TELLS)
            yield ["rows", number, before + done, rows]
        yield ["end", number]
        before += size


def _portions(book: Workbook, place: int) -> Iterator[tuple[int, list[list[Any]]]]:
    """Yield the rows of a sheet in portions of a bearable size, and how far they reach."""
    portion: list[list[Any]] = []
    letters = 0
    for done, rows in book.rows(place):
        for row in rows:
            spent = _spend(book, row)
            portion.append(telling.row_to_say(row))
            letters += spent
            if len(portion) >= _ROWS_A_WORD or letters > _LETTERS_A_WORD:
                yield done, portion
                portion, letters = [], 0
        yield done, portion
        portion, letters = [], 0


def _spend(book: Workbook, row: Row) -> int:
    spent = telling.cost(row)
    if spent > telling.LONGEST_ROW:
        raise UnfitFileError(Unfit.TOO_MUCH)
    book.budget.tell(spent)
    return spent


def _watch() -> None:
    """End the process once its time is used up, or nobody is left who hears it."""
    while time.process_time() < MOST_SECONDS and _is_heard(_LOOK_SECONDS):
        pass
    os._exit(telling.OUT_OF_TIME)


def _is_heard(seconds: float) -> bool:
    """Wait so long, and tell whether the other end of the standard output is still there."""
    if sys.platform == "win32":
        # It cannot be asked there: what is written next, or the time, ends an orphan.
        time.sleep(seconds)
        return True
    pipe = select.poll()
    pipe.register(1, 0)
    return not pipe.poll(seconds * 1000)


def _confine() -> None:
    """Let the process take so much and no more, start nothing, and write no file."""
    if sys.platform == "win32":
        # There is no such call without a library of its own: the budgets and the clock remain.
        return
    limits = {
        "RLIMIT_DATA": MOST_MEMORY,
        "RLIMIT_AS": _MOST_ADDRESSES,
        "RLIMIT_CPU": round(MOST_SECONDS) + _GRACE_SECONDS,
        "RLIMIT_NPROC": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
    }
    for name, most in limits.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (least, least))
