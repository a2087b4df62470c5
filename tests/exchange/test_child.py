"""The reader of a foreign workbook is a process of its own: bounded, stoppable, little believed.

Here the process is a real one; what it is handed and what it hands back is looked at from outside.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kadin_danisma.exchange import child, telling
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.reader import read_workbook, take_up
from kadin_danisma.exchange.refusal import Unfit, UnfitFileError
from tests import house
from tests.exchange.books import TODAY, Book

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(autouse=True)
def in_this_process() -> None:
    """Nothing is read in this process here."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Book().write(tmp_path / "book.xlsx")


def stand_in(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """Let another program stand in for the reader: one that was taken over by what it read."""
    says = (
        "import sys, json, os, time\n"
        "def say(word):\n"
        "    data = word if isinstance(word, bytes) else json.dumps(word).encode()\n"
        "    os.write(1, len(data).to_bytes(4, 'big') + data)\n"
    )
    monkeypatch.setattr(child, "command", lambda: [sys.executable, "-c", says + source])


def refusal(path: Path) -> str:
    (only,) = read_workbook(path, Known(), TODAY).refused
    assert (only.sheet, only.row, only.column) == (None, None, None)
    return only.reason


def sentence(unfit: Unfit) -> str:
    return UnfitFileError(unfit).message


def children() -> set[str]:
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {number for each in found for number in each.read_text().split()}


def test_a_workbook_is_read_by_another_process(book: Path) -> None:
    reading = read_workbook(book, Known(), TODAY)

    assert reading.refused == []
    assert sum(map(len, reading.rows.values())) == 12


@linux
def test_it_has_the_file_and_a_pipe_and_nothing_else_of_ours(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KADIN_SECRET", "passphrase")
    tell = tmp_path / "told.json"
    stand_in(
        monkeypatch,
        "links = {}\n"
        "for name in os.listdir('/proc/self/fd'):\n"
        "    try: links[name] = os.readlink(f'/proc/self/fd/{name}')\n"
        "    except OSError: pass\n"
        f"open({str(tell)!r}, 'w').write(json.dumps([dict(os.environ), links]))\n",
    )
    with (tmp_path / "open.vault").open("wb") as vault:
        os.set_inheritable(vault.fileno(), True)
        refusal(book)

    environment, links = json.loads(tell.read_text(encoding="utf-8"))
    assert "KADIN_SECRET" not in environment
    assert links["0"] == str(book)
    assert links["1"].startswith("pipe:")
    assert links["2"] == os.devnull
    assert not [link for link in links.values() if link.endswith(".vault")]


@linux
def test_its_memory_and_its_means_are_bounded(book: Path, tmp_path: Path) -> None:
    limits: list[str] = []

    def look(_done: int, _total: int) -> None:
        found = [Path(f"/proc/{number}/limits") for number in children()]
        limits.extend(each.read_text(encoding="utf-8") for each in found)

    wide = Book()
    for number in range(4000):
        wide.add("Eğitimler", f"2026-03-08|Konu {number}|muhtarlar|25")
    read_workbook(wide.write(tmp_path / "wide.xlsx"), Known(), TODAY, look)

    lines = {line[:25].strip(): line[25:].split() for line in limits[-1].splitlines()}
    assert int(lines["Max data size"][0]) <= 300_000_000
    assert lines["Max file size"][0] == "0"
    assert lines["Max processes"][0] == "0"


@linux
def test_stopping_ends_it_at_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "time.sleep(60)")
    before = children()

    def stop(_done: int, _total: int) -> None:
        assert children() - before
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        read_workbook(book, Known(), TODAY, stop)

    assert time.monotonic() - began < 5
    assert children() == before


@linux
@pytest.mark.parametrize("word", ["[1]", "['unfit', 'damaged']", "['book', [], 0]"])
def test_it_is_gone_when_the_reading_ends_however_it_ends(
    word: str, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, f"say({word}); time.sleep(60)")
    before = children()

    taken = take_up(book, TODAY)

    assert children() == before
    assert taken.compare(Known()).refused


@linux
def test_it_is_gone_when_somebody_stops_between_two_rows(book: Path) -> None:
    before = children()

    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as kept:
        read_workbook(book, Known(), TODAY, stop)

    # Also while the fault, and all it holds, is looked at.
    assert kept.value.__traceback__
    assert children() == before


def test_one_that_takes_too_long_is_given_up(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MOST_SECONDS", 0.3)
    stand_in(monkeypatch, "time.sleep(60)")

    assert refusal(book) == sentence(Unfit.TOO_SLOW)


#: The reader itself, but for what it does with the file; it may take a third of a second.
SERVE = f"""
sys.path.insert(0, {str(house.ROOT)!r})
from kadin_danisma.exchange import decoder
words = decoder.words
decoder.MOST_SECONDS = time.process_time() + 0.3
def slowly(file):
    {{}}
    yield from words(file)
decoder.words = slowly
decoder.serve()
"""


def test_one_that_takes_too_much_of_the_processor_ends_itself(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, SERVE.format("while True: pass"))

    assert refusal(book) == sentence(Unfit.TOO_SLOW)


@linux
def test_it_does_not_outlive_whoever_started_it(book: Path) -> None:
    # Whoever starts our reader here is ended at once, and lets go of nothing.
    started = (
        "import subprocess, sys\n"
        "with open(sys.argv[2], 'rb') as file:\n"
        "    made = subprocess.Popen([sys.executable, '-c', sys.argv[1]], stdin=file, stdout=-1)\n"
        "print(made.pid, flush=True)\n"
        "made.wait()"
    )
    idle = f"import sys, time\n{SERVE.format('time.sleep(60)')}"
    words = [sys.executable, "-c", started, idle, str(book)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        reader = Path("/proc", parent.stdout.readline().strip())
        assert _waits(reader)
        parent.kill()

    began = time.monotonic()
    while _waits(reader) and time.monotonic() - began < 20:
        time.sleep(0.05)

    assert not _waits(reader)


def _waits(process: Path) -> bool:
    """Tell whether a process runs: one that nobody buried is dead all the same."""
    try:
        said = process.joinpath("stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return said.rpartition(")")[2].split()[0] != "Z"


def test_a_busy_computer_is_no_fault_of_the_file(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, SERVE.format("time.sleep(1)"))

    assert read_workbook(book, Known(), TODAY).refused == []


@pytest.mark.parametrize(
    "source",
    [
        "",
        "os.abort()",
        "os._exit(1)",
        "os.kill(os.getpid(), 9)",
        "x = bytearray(10**12)",
        "os.write(1, b'\\0')",
        "os.write(1, b'\\0\\0\\0\\x09[1]')",
        "os.write(1, b'\\xff\\xff\\xff\\xff')",
    ],
)
def test_one_that_breaks_off_is_a_calm_refusal(
    source: str, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, source)

    assert refusal(book) == sentence(Unfit.BROKEN_OFF)


def test_the_window_is_free_while_it_reads(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "while True: pass")
    asked = threading.Event()
    beats = 0

    def stop(_done: int, _total: int) -> None:
        if asked.is_set():
            raise KeyboardInterrupt

    def work() -> None:
        with pytest.raises(KeyboardInterrupt):
            read_workbook(book, Known(), TODAY, stop)

    worker = threading.Thread(target=work)
    worker.start()
    began = time.monotonic()
    while time.monotonic() - began < 0.3:
        beats += 1
    asked.set()
    worker.join(5)
    assert not worker.is_alive()
    assert beats > 1000


def told(*words: object) -> telling.Told:
    said: Iterator[bytes] = iter(
        [word if isinstance(word, bytes) else json.dumps(word).encode() for word in words]
    )
    return telling.Told(said, 5000)


BOOK = ["book", [["Danışanlar", True]], 10]


@pytest.mark.parametrize(
    "words",
    [
        [],
        [b"{"],
        [b"[" * 100_000],
        [b"\xff"],
        [{}],
        [[]],
        [[1]],
        [["rows", 0, 1, []]],
        [["book"]],
        [["book", [["a", 1]], 0]],
        [["book", [[1, True]], 0]],
        [["book", [["a" * 201, True]], 0]],
        [["book", [["a", True]] * 1001, 0]],
        [["book", [], -1]],
        [["book", [], True]],
        [["book", [], 1e99]],
        [["unfit", "no such reason"]],
        [["unfit", ["damaged"]]],
    ],
)
def test_a_beginning_that_cannot_be_is_refused(words: list[object]) -> None:
    with pytest.raises(UnfitFileError) as caught:
        told(*words)
    assert caught.value.unfit is Unfit.BROKEN_OFF


@pytest.mark.parametrize(
    "word",
    [
        ["rows", 1, 1, []],
        ["rows", 0, -1, []],
        ["rows", 0, 1, {}],
        ["rows", 0, 1, [[]]],
        ["rows", 0, 1, [5]],
        ["rows", 0, 1, [["1"]]],
        ["rows", 0, 1, [[0]]],
        ["rows", 0, 1, [[1_048_577]]],
        ["rows", 0, 1, [[2, 0, "x"]]],
        ["rows", 0, 1, [[2, 16_385, "x"]]],
        ["rows", 0, 1, [[2, 1]]],
        ["rows", 0, 1, [[2, 1, None]]],
        ["rows", 0, 1, [[2, 1, {}]]],
        ["rows", 0, 1, [[2, 1, ["no fault"]]]],
        ["rows", 0, 1, [[2, 1, [1, "no look"]]]],
        ["rows", 0, 1, [[2, 1, "a" * 20_001]]],
        b'["rows",0,1,[[2,1,NaN]]]',
        b'["rows",0,1,[[2,1,1e999]]]',
        b'["rows",0,1,[[2,1,' + b"9" * 4000 + b"]]]",
        ["end", 1],
        ["end"],
        ["more"],
    ],
)
def test_a_word_that_cannot_be_is_refused(word: object) -> None:
    with pytest.raises(UnfitFileError) as caught:
        list(told(BOOK, word).rows("Danışanlar"))
    assert caught.value.unfit is Unfit.BROKEN_OFF


@pytest.mark.parametrize("word", [["rows", 0, 1, []], ["rows", 0, 1, [[2, 1, "a" * 9999]] * 50]])
def test_one_that_never_ends_is_stopped(word: object) -> None:
    data = json.dumps(word).encode()

    def forever() -> Iterator[bytes]:
        yield json.dumps(BOOK).encode()
        while True:
            yield data

    with pytest.raises(UnfitFileError) as caught:
        for _rows in telling.Told(forever(), 5000).rows("Danışanlar"):
            pass
    assert caught.value.unfit is Unfit.TOO_MUCH


def test_what_is_said_is_what_was_read() -> None:
    cells = {"1": "Işıl \ud83d", "2": True, "3": 1.5, "4": [2.0, "day"], "5": ["too_long"]}
    row = [7, *[part for place, value in cells.items() for part in (int(place), value)]]

    ((_done, (found,)),) = told(BOOK, ["rows", 0, 1, [row]], ["end", 0]).rows("Danışanlar")

    assert telling.row_to_say(found) == row
