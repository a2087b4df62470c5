"""``python -m tools.wine FOLDER``: two programs open one vault at once, then the command line.

FOLDER holds a Windows Python 3.11 (``python.exe``) with the program's packages; how one is put
together for wine stands in docs/decisions/0034. Nothing of it is ever shipped.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
_SECONDS = "20"
_WHO = ("--user", "derya", "--password-stdin")
_PASSPHRASE = "sarı kedi yavaş yavaş uyandı\n"


def windows(path: Path) -> str:
    """Return how wine names a file of this machine."""
    return "Z:" + str(path).replace("/", "\\")


def started(python: Path, script: Path, *words: str, cheap: bool = False) -> subprocess.Popen[str]:
    """Start a script under wine; its streams are pipes, because wine's Python takes no others."""
    folders = (ROOT, python.parent / "DLLs")
    environment = {
        **os.environ,
        "PYTHONPATH": ";".join(map(windows, folders)),
        "WINEDEBUG": "-all",
        **({"KADIN_DANISMA_TEST_KDF": "1"} if cheap else {}),
    }
    return subprocess.Popen(
        ["wine", str(python), windows(script), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=environment,
    )


def race(python: Path, folder: Path) -> bool:
    """Let two programs open one vault; tell whether nobody was told anything but to wait."""
    script, vault = Path(__file__).parent / "racing.py", windows(folder / "yaris.vault")
    started(python, script, vault, "new", cheap=True).communicate()
    racers = [started(python, script, vault, _SECONDS, cheap=True) for _racer in range(2)]
    told = [racer.communicate()[0].strip().splitlines()[-1] for racer in racers]
    print(*told, sep="\n")
    counts = [set(counts_in(line)) for line in told]
    return all(found <= {"opened", "VaultInUseError"} for found in counts) and all(counts)


def counts_in(line: str) -> dict[str, int]:
    """Read what a racer printed."""
    pairs = (pair.split(": ") for pair in line.strip("{}").split(", ") if ": " in pair)
    return {name.strip("'"): int(count) for name, count in pairs if count.isdigit()}


def walk(python: Path, folder: Path) -> bool:
    """Call the command line; tell whether every command ended with nought."""
    vault, stick = windows(folder / "kasa.vault"), folder / "stick"
    stick.mkdir()
    call(python, "new", vault, "--centre", "Örnek İzmir", *_WHO)
    ended = [call(python, "backup", vault, windows(stick), *_WHO)]
    backup = windows(next(stick.glob("*.vault")))
    ended += [
        call(python, "verify", backup, *_WHO),
        call(python, "restore", backup, windows(folder / "yeni.vault"), *_WHO),
        call(python, "report", vault, "--period", "2026-10", "--out", windows(folder), *_WHO),
    ]
    return not any(ended)


def call(python: Path, *words: str) -> int:
    """Call one command and return its exit status."""
    process = started(python, ROOT / "main.py", *words)
    said, _none = process.communicate(_PASSPHRASE)
    print(f"{words[0]}: {process.returncode}", *said.splitlines()[-1:])
    return process.returncode


def main(arguments: list[str]) -> int:
    """Run both under the Python in a folder; the exit status is 0 where everything held."""
    python = Path(arguments[0]).resolve() / "python.exe"
    with TemporaryDirectory() as folder:
        held = [race(python, Path(folder)), walk(python, Path(folder))]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
