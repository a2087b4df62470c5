"""A file that was made to cost is refused, or read, within a moment and within bounds.

Each is read by the real process. What it may take is measured at the process itself.
"""

import gc
import io
import sys
import time
from pathlib import Path

import pytest

from kadin_danisma.exchange import decoder, markup
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.reader import MOST_REFUSALS, read_workbook
from tests.exchange import hostile
from tests.exchange.books import TODAY

#: What the task allows, and what is asked here on a busy machine.
SECONDS = 30.0
MEGABYTES = 300
#: Those that say nothing wrong: what is dear in them is passed over unread.
HARMLESS = {
    "a bracket a million times", "long shared string", "many relations", "many small parts",
}  # fmt: skip
#: Those of which every bad cell is named.
NAMED = {
    "20,000 digits", "80,000 digits", "a million digits", "a million digits and a letter",
    "a million digits as text", "long text",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_this_process() -> None:
    """Nothing is read in this process here."""


class Watch:
    """Remembers the most memory the reader had, each time it is asked how far it is."""

    def __init__(self) -> None:
        self.most = 0

    def __call__(self, _done: int, _total: int) -> None:
        for each in Path("/proc/self/task").glob("*/children"):
            for number in each.read_text(encoding="utf-8").split():
                self._look(Path(f"/proc/{number}/status"))

    def _look(self, status: Path) -> None:
        try:
            lines = status.read_text(encoding="utf-8").splitlines()
        except OSError:
            return
        kilobytes = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
        self.most = max([self.most, *kilobytes])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures by /proc")
@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_costs_next_to_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(hostile.FILES[name]())
    watch = Watch()

    began = time.monotonic()
    reading = read_workbook(path, Known(), TODAY, watch)
    taken = time.monotonic() - began

    assert taken < SECONDS
    assert watch.most < MEGABYTES * 1024
    if name in HARMLESS:
        assert reading.refused == []
    elif name in NAMED:
        assert all(refusal.sheet == "Danışanlar" for refusal in reading.refused)
    else:
        (only,) = reading.refused
        assert (only.sheet, only.row, only.column) == (None, None, None)
    assert decoder.MOST_SECONDS < SECONDS
    assert len(reading.refused) <= MOST_REFUSALS + 1


def test_parts_that_lie_over_one_another_are_refused_before_they_are_read() -> None:
    began = time.process_time()

    assert list(decoder.words(io.BytesIO(hostile.parts_over_one_another()))) == [
        b'["unfit","too_much"]'
    ]

    # To read them takes minutes.
    assert time.process_time() - began < 5


def test_nothing_of_a_part_is_kept_once_it_is_read() -> None:
    gc.collect()
    gc.disable()
    try:
        assert all(markup.is_well_formed(b"<a><b/></a>") for _part in range(10))
        assert gc.collect() == 0
    finally:
        gc.enable()
