"""Files that somebody exchanges: older pages, older files, shortened logs, and what is no vault.

Whatever is sealed with the right key passes for genuine; only the anchor beside the vault tells
that it is older.
"""

import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kadin_danisma.domain.recovery import Kind
from kadin_danisma.store import renewal, slot_files
from kadin_danisma.store.connection import PAGE_BYTES
from kadin_danisma.store.files import beside
from tools.ordeal.bench import Bench
from tools.ordeal.damage import Examiner, Tamper
from tools.ordeal.table import Tally
from tools.ordeal.work import Recovering, Start, correct, create, save, sign_in, vault_of

_AGES = 8


class History(Start):
    """A vault at eight ages, in folders of their own, and after that with new keys."""

    name = "a vault at eight ages"

    def prepare(self, folder: Path) -> None:
        """Save a record, close, keep a copy; correct it, close, keep a copy; and so on."""
        now = folder / "now"
        now.mkdir()
        create(now).close()
        for age in range(1, _AGES + 1):
            with sign_in(vault_of(now)) as vault, vault.write() as db:
                if age % 2:
                    save(vault, db, age // 2 + 1)
                else:
                    correct(vault, db, age // 2)
            shutil.copytree(now, folder / str(age))
        with sign_in(vault_of(now)) as vault:
            new = renewal.begin(vault, {})
            renewal.complete(vault, new.set_id, Kind.CODE, "", new.code)


def put_back_pages(bench: Bench, tries: int) -> Tally:
    """Put older pages of the same vault back: one by one, and several at once."""
    tally = bench.open_case("older pages put back")
    history = bench.prepared(History())
    dice = bench.random(tally.case)
    newest = history / str(_AGES)
    size = vault_of(newest).stat().st_size
    ages = [age for age in range(1, _AGES) if vault_of(history / str(age)).stat().st_size == size]
    examiner = Examiner(bench, tally, newest)
    for number in range(tries):
        older = vault_of(history / str(dice.choice(ages)))
        pages = _differing(older, vault_of(newest))
        several = dice.randint(1, len(pages)) if number else len(pages)
        chosen = dice.sample(pages, 1 if number % 2 else several)
        harm = partial(_put_back, older=older, pages=chosen)
        examiner.try_out(harm, f"pages {sorted(chosen)} of age {older.parent.name}")
    return tally


def put_back_files(bench: Bench) -> Tally:
    """Put a whole older vault back: alone, with its own key files, and under newer key files."""
    tally = bench.open_case("older vault put back")
    history = bench.prepared(History())
    for now, what in ((str(_AGES), ("",)), (str(_AGES), ("", *slot_files.ENDINGS)), ("now", ("",))):
        examiner = Examiner(bench, tally, history / now)
        for age in range(1, _AGES):
            harm = partial(_copy, source=vault_of(history / str(age)), endings=what)
            examiner.try_out(harm, f"{len(what)} file(s) of age {age}")
    return tally


def put_back_keys(bench: Bench) -> Tally:
    """Put older key files back, in which a withdrawn code or a person who left still opens."""
    tally = bench.open_case("older key files put back")
    history = bench.prepared(History())
    examiner = Examiner(bench, tally, history / "now")
    source = vault_of(history / "1")
    for endings in (slot_files.ENDINGS, slot_files.ENDINGS[:1], slot_files.ENDINGS[1:]):
        examiner.try_out(partial(_copy, source=source, endings=endings), " ".join(endings))
    return tally


def shorten_log(bench: Bench, tries: int) -> Tally:
    """Cut the log that a crash left, anywhere; once, delete it."""
    tally = bench.open_case("log cut or deleted after a crash")
    start = bench.prepared(Recovering())
    log = beside(vault_of(start), "-wal")
    dice = bench.random(tally.case)
    examiner = Examiner(bench, tally, start)
    for number in range(tries):
        length = dice.randrange(log.stat().st_size) if number else 0
        harm = partial(_cut, name=log.name, length=length)
        examiner.try_out(harm, f"{length} of {log.stat().st_size} bytes left")
    return tally


def put_foreign(bench: Bench) -> Tally:
    """Put something in place of the vault file that is no vault, or another one's."""
    tally = bench.open_case("empty, foreign, plain or cut file")
    start = bench.prepared(History()) / str(_AGES)
    harms: dict[str, Tamper] = {
        "missing": lambda folder: vault_of(folder).unlink(),
        "empty": partial(_write, make=lambda _old: b""),
        "text": partial(_write, make=lambda old: b"Merhaba\n" * (len(old) // 8)),
        "other bytes": partial(_write, make=lambda old: bytes(byte ^ 0x55 for byte in old)),
        "a byte too long": partial(_write, make=lambda old: old + b"\0"),
        "cut by bytes": partial(_write, make=lambda old: old[:-1000]),
        "cut by a page": partial(_write, make=lambda old: old[:-PAGE_BYTES]),
        "one page": partial(_write, make=lambda old: old[:PAGE_BYTES]),
        "a page twice": partial(_write, make=lambda old: old[:-PAGE_BYTES] + old[4096:8192]),
        "plain database": _write_plain,
        "another centre's": _write_foreign,
    }
    examiner = Examiner(bench, tally, start)
    for name, harm in harms.items():
        examiner.try_out(harm, name)
    return tally


def _pages(path: Path) -> list[bytes]:
    content = path.read_bytes()
    return [content[at : at + PAGE_BYTES] for at in range(0, len(content), PAGE_BYTES)]


def _differing(older: Path, newer: Path) -> list[int]:
    both = zip(_pages(older), _pages(newer), strict=False)
    return [number for number, (old, new) in enumerate(both) if old != new]


def _put_back(folder: Path, older: Path, pages: list[int]) -> None:
    present, former = _pages(vault_of(folder)), _pages(older)
    for number in pages:
        present[number] = former[number]
    vault_of(folder).write_bytes(b"".join(present))


def _copy(folder: Path, source: Path, endings: tuple[str, ...]) -> None:
    for ending in endings:
        shutil.copyfile(beside(source, ending), beside(vault_of(folder), ending))


def _cut(folder: Path, name: str, length: int) -> None:
    if length:
        (folder / name).write_bytes((folder / name).read_bytes()[:length])
    else:
        (folder / name).unlink()


def _write(folder: Path, make: Callable[[bytes], bytes]) -> None:
    vault_of(folder).write_bytes(make(vault_of(folder).read_bytes()))


def _write_plain(folder: Path) -> None:
    vault_of(folder).unlink()
    db = sqlite3.connect(vault_of(folder))
    db.execute("CREATE TABLE client (name TEXT)")
    db.close()


def _write_foreign(folder: Path) -> None:
    other = folder / "other"
    other.mkdir()
    create(other).close()
    vault_of(folder).write_bytes(vault_of(other).read_bytes())
    shutil.rmtree(other)
