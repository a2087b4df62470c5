"""Single flipped bits: in the vault file, in its key files, in the log that a crash left."""

from functools import partial
from pathlib import Path
from unittest.mock import patch

from kadin_danisma.store import anchor, opening, slot_files
from kadin_danisma.store.files import beside
from tools.ordeal.bench import Bench
from tools.ordeal.damage import Examiner
from tools.ordeal.table import Tally
from tools.ordeal.work import Recovering, vault_of
from tools.ordeal.work_copies import BackingUp

#: The salt with which the file begins, and the first bytes of the first page.
_BEGINNING = 20 * 8


def flip_vault(bench: Bench, flips: int) -> Tally:
    """Flip bits of a vault at rest: a quarter of them in its beginning."""
    tally = bench.open_case("one bit flipped, vault file")
    start = bench.prepared(BackingUp())
    _flip(bench, tally, start, [vault_of(start)], flips)
    return tally


def flip_large_vault(bench: Bench, flips: int) -> Tally:
    """Do the same with a vault that is too large to be checked whole at every sign-in."""
    tally = bench.open_case("one bit flipped, large vault")
    start = bench.prepared(BackingUp())
    with patch.object(opening, "_CHECKED_WHOLE", 0):
        _flip(bench, tally, start, [vault_of(start)], flips)
    return tally


def flip_keys(bench: Bench, flips: int) -> Tally:
    """Flip bits of either key file; the other one heals it."""
    tally = bench.open_case("one bit flipped, key files")
    start = bench.prepared(BackingUp())
    _flip(bench, tally, start, list(slot_files.paths(vault_of(start))), flips)
    return tally


def flip_anchor(bench: Bench, flips: int) -> Tally:
    """Flip bits of the anchor; then nothing can be compared, and that is said."""
    tally = bench.open_case("one bit flipped, anchor")
    start = bench.prepared(BackingUp())
    _flip(bench, tally, start, [anchor.path_of(vault_of(start))], flips)
    return tally


def flip_after_crash(bench: Bench, flips: int) -> Tally:
    """Flip bits of the vault file while a crash has left its log beside it."""
    tally = bench.open_case("one bit flipped, vault file after a crash")
    start = bench.prepared(Recovering())
    _flip(bench, tally, start, [vault_of(start)], flips)
    return tally


def flip_log(bench: Bench, flips: int) -> Tally:
    """Flip bits of the log that a crash left; SQLite silently drops what stands behind."""
    tally = bench.open_case("one bit flipped, log after a crash")
    start = bench.prepared(Recovering())
    _flip(bench, tally, start, [beside(vault_of(start), "-wal")], flips)
    return tally


def _flip(bench: Bench, tally: Tally, start: Path, paths: list[Path], flips: int) -> None:
    dice = bench.random(tally.case)
    examiner = Examiner(bench, tally, start)
    for number in range(flips):
        path = paths[number % len(paths)]
        bits = path.stat().st_size * 8
        bit = number // 4 % _BEGINNING if number % 4 == 3 else dice.randrange(bits)
        harm = partial(_flip_bit, name=path.name, bit=bit)
        examiner.try_out(harm, f"{path.name}, byte {bit // 8} of {bits // 8}")


def _flip_bit(folder: Path, name: str, bit: int) -> None:
    path = folder / name
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)
