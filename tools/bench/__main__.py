"""``dev.py bench``: prints every figure named in the plan, its bare baseline and their ratio."""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import use_language
from kadin_danisma.services import access
from tools.bench import reports, vaults, window
from tools.bench.figure import HEADING, Figure
from tools.own_settings import own_settings

ROOT = Path(__file__).resolve().parents[2]
#: Kept between runs, because the large vault takes minutes to make.
KEPT = ROOT / "build" / "bench"
#: The sizes of centres of which a year of reports is published.
WOMEN_A_MONTH = (15, 60, 300)


def _demo(name: str, *size: str) -> tuple[Path, str, str]:
    """Return a demo vault of a size, its coordinator and her passphrase; made only once."""
    path = KEPT / f"{name}-{_edition()}.vault"
    said = path.with_suffix(".json")
    if not said.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in KEPT.glob(f"{name}-*"):
            old.unlink()
        print(f"bench: making {path.name} {' '.join(size)}", flush=True)
        command = [sys.executable, str(ROOT / "main.py"), "demo", str(path), "--json", *size]
        made = subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="utf-8")
        said.write_text(made.stdout, encoding="utf-8")
    chief = json.loads(said.read_text(encoding="utf-8"))["users"][0]
    return path, chief["name"], chief["passphrase"]


def _edition() -> str:
    """Return what the kept vaults depend on: tables and invented people, as a short hash."""
    package = ROOT / "kadin_danisma"
    made_of = [*sorted(package.rglob("*.sql")), *sorted((package / "domain").glob("inven*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()[:8]


def measure(clients: int, sessions: int, folder: Path) -> Iterator[Figure]:
    """Yield every figure.

    Args:
        clients: How many files the large vault has.
        sessions: How many sessions it has.
        folder: An empty folder for what is written while measuring.
    """
    path, user, passphrase = _demo("small")
    small = vaults.copy(path, folder)
    yield window.start(small)
    yield vaults.sign_in(small, user, passphrase)
    size = ("--clients", str(clients), "--sessions", str(sessions))
    path, user, passphrase = _demo(f"large-{clients}-{sessions}", *size)
    large = vaults.copy(path, folder)
    desk = access.sign_in(large, user, passphrase, Clock())
    yield vaults.save_session(desk, folder)
    yield window.search(desk, clients)
    yield vaults.counts(desk, sessions)
    desk.vault.close()
    yield vaults.importing_rows(folder)
    for women in WOMEN_A_MONTH:
        path, user, passphrase = _demo(f"reports-{women}", "--clients", str(2 * 12 * women))
        yield from reports.figures(vaults.copy(path, folder), user, passphrase, women)


def main(arguments: list[str]) -> int:
    """Measure and print; the exit status says whether every figure is what it should be."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--clients", type=int, default=100_000)
    parser.add_argument("--sessions", type=int, default=500_000)
    options = parser.parse_args(arguments)
    use_language("tr")
    folder = KEPT / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept = True
    print(HEADING)
    try:
        with own_settings():
            for figure in measure(options.clients, options.sessions, folder):
                print(figure.line(), flush=True)
                kept = kept and figure.kept
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
