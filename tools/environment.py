"""The folder .venv: made when missing, filled from requirements.lock, never touched otherwise.

Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tools.machine import MissingError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
WHEELHOUSE = ROOT / "wheelhouse"
_STAMP = VENV / "requirements.stamp"


def program(name: str) -> str:
    """Return the path of a program of .venv."""
    folder, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return str(VENV / folder / f"{name}{ending}")


def _wanted_stamp() -> str:
    """Return Python's version, without the last part, and the lock's hash."""
    version = ".".join(str(part) for part in sys.version_info[:2])
    lock = LOCK.read_bytes().replace(b"\r\n", b"\n")
    return f"{version} {hashlib.sha256(lock).hexdigest()}\n"


def prepare() -> None:
    """Make .venv match requirements.lock; does nothing when it already does.

    Raises:
        MissingError: The packages could not be had.
    """
    stamp = _STAMP.read_text(encoding="ascii") if _STAMP.exists() else ""
    if stamp == _wanted_stamp():
        return
    if not _usable(stamp):
        print(f"dev.py: making {VENV.name} (sanal ortam kuruluyor)", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    _install()
    _STAMP.write_text(_wanted_stamp(), encoding="ascii")


def _usable(stamp: str) -> bool:
    """Tell whether the present .venv runs and belongs to this version of Python."""
    if not Path(program("python")).exists():
        return False
    if stamp and stamp.split()[0] != _wanted_stamp().split()[0]:
        return False
    answer = subprocess.run(
        [program("python"), "-c", "import pip, sys; print(*sys.version_info[:2], sep='.')"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() == _wanted_stamp().split()[0]


def _install() -> None:
    command = [
        program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK),
    ]  # fmt: skip
    if WHEELHOUSE.is_dir():
        print("dev.py: installing from ./wheelhouse, without a network", flush=True)
        command += ["--no-index", "--find-links", str(WHEELHOUSE)]
    else:
        print("dev.py: installing the packages of requirements.lock (once)", flush=True)
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise MissingError(
            "The packages of requirements.lock could not be installed; pip says why above.\n"
            "Without a network, fill a folder on a PC that has one, and carry it here "
            "(ağ yoksa):\n"
            "  python3 -m pip download -d wheelhouse --only-binary :all: --require-hashes "
            "-r requirements.lock\n"
            "Then run the same command again: dev.py uses ./wheelhouse when it is there."
        )
