"""A whole day leaves no socket, and no file outside the vault and the chosen folder.

Watched from outside with strace where it is installed, and from inside with Python's audit hooks
everywhere: the first sees every library, the second works on every machine.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stories.day import MARKER

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "data" / "ornek-yil.xlsx"
#: System calls that make a file, change one, give it a name, or reach for a network.
CALLS = (
    "open,openat,creat,truncate,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink,"
    "symlinkat,mknod,mknodat,socket,connect,bind,sendto"
)
CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
#: Devices that keep nothing.
NOWHERE = ("/dev/null", "/dev/tty", "/proc/", "/dev/shm/", "/dev/ptmx")

HOOK = """
import sys
def watch(event, arguments):
    if event.startswith("socket."):
        sys.stderr.write(f"SOCKET {event}\\n")
    if event == "open" and isinstance(arguments[0], str) and isinstance(arguments[1], str):
        if set(arguments[1]) & set("wax+"):
            sys.stderr.write(f"WRITE {arguments[0]}\\n")
sys.addaudithook(watch)
import runpy
runpy.run_module("tests.stories.day", run_name="__main__")
"""


def the_day(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """Let the day be lived through in a home of its own, and return how it ended."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "TMPDIR": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("KADIN_DANISMA_TEST_KDF", None)
    return subprocess.run(
        [*before, str(folder), str(SAMPLE)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def assert_nothing_lies_about(folder: Path) -> None:
    home = folder.parent / "home"
    assert [str(path) for path in home.rglob("*") if path.is_file()] == []
    endings = {"".join(path.suffixes[-2:]) for path in folder.rglob("*") if path.is_file()}
    assert {ending.rpartition(".")[2] for ending in endings} <= {
        "vault", "keys", "keys2", "anchor", "pdf", "xlsx", "csv", "json",
    }  # fmt: skip
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert MARKER.encode() not in content
            assert MARKER.encode("utf-16-le") not in content
            assert b"Ayse" not in content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "merkez"
    made.mkdir()
    (made / "secilen").mkdir()
    return made


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here")
def test_no_library_opens_a_socket_or_writes_elsewhere(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "calls"
    strace = ["strace", "-f", "-qq", "-e", f"trace={CALLS}", "-o", str(log)]
    ended = the_day(folder, *strace, sys.executable, "-m", "tests.stories.day")
    assert ended.returncode == 0, ended.stderr[-2000:]
    written = 0
    for line in log.read_text(errors="replace").splitlines():
        match = CALL.match(line)
        if match is None or " = -1 " in line:
            continue
        call, rest = match.groups()
        assert call not in {"socket", "connect", "bind", "sendto"}, line
        if call in {"open", "openat"} and not WRITES.search(rest):
            continue
        written += 1
        for path in PATH.findall(rest):
            if path.startswith("/") and not path.startswith(NOWHERE):
                assert path.startswith(str(folder)), line
    assert written > 10
    assert_nothing_lies_about(folder)


def test_no_module_of_python_opens_a_socket_or_writes_elsewhere(folder: Path) -> None:
    ended = the_day(folder, sys.executable, "-c", HOOK)
    assert ended.returncode == 0, ended.stderr[-2000:]
    said = ended.stderr.splitlines()
    assert [line for line in said if line.startswith("SOCKET")] == []
    written = [line.removeprefix("WRITE ") for line in said if line.startswith("WRITE ")]
    assert written
    assert [path for path in written if not path.startswith((str(folder), *NOWHERE))] == []
    assert_nothing_lies_about(folder)
