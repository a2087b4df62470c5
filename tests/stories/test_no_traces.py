"""A whole life of a vault leaves no word, no file outside the list and no socket: leaks/life.py.

It is watched from inside by Python's audit hook and, where it is installed, from outside by strace;
afterwards everything it left is searched for every marker in every form.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kadin_danisma.domain.records import KIND_OF
from tests.leaks import workbooks
from tests.leaks.allowed import NOWHERE, Place, entry_for, is_allowed
from tests.leaks.markers import places
from tests.leaks.planting import all_places, word_for
from tests.leaks.scanner import CENTRE, PERSONS, Leak, Scanner
from tests.leaks.watcher import read_report

ROOT = Path(__file__).resolve().parents[2]
#: Calls of the system that make something, change it, give it a name, or reach for a network.
CALLS = (
    "open,openat,openat2,creat,truncate,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,"
    "symlink,symlinkat,mknod,mknodat,memfd_create,socket,socketpair,connect,bind,sendto,sendmsg,"
    "execve,execveat,vfork,shmget,mq_open"
)
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
_NAMES = {"open", "openat", "openat2"}
_NEVER = {"socket", "socketpair", "connect", "bind", "sendto", "sendmsg", "memfd_create", "vfork",
          "shmget", "mq_open"}  # fmt: skip


@dataclass(frozen=True)
class Lived:
    """What the story left behind."""

    folder: Path
    statuses: dict[str, int]
    said: dict[str, bytes]
    told: list[list[str]]
    calls: list[str]

    @property
    def folders(self) -> dict[Place, Path]:
        return {
            Place.VAULT: self.folder / "merkez",
            Place.CHOSEN: self.folder / "secilen",
            Place.REMEMBERED: self.folder / "home" / "CONFIG" / "kadin-danisma",
        }

    def all(self, kind: str) -> list[list[str]]:
        return [line[1:] for line in self.told if line[0] == kind]

    def scanner(self) -> Scanner:
        made = Scanner()
        for name, secret in self.all("secret"):
            made.add_secret(name, bytes.fromhex(secret))
        for name, text in self.all("secret text"):
            made.add_text(name, text)
            made.add_text(f"{name}, without dashes", text.replace("-", ""))
        return made


def live(folder: Path, *, cheap_keys: bool = True, calls: str = CALLS) -> Lived:
    """Let the story be lived in a home of its own."""
    for name in ("merkez", "secilen", "gelen", "home", "cwd"):
        (folder / name).mkdir()
    workbooks.taken(folder / "gelen" / "markers.xlsx")
    workbooks.refused(folder / "gelen" / "refused.xlsx")
    statuses, said, traced = {}, {}, []
    for part in ("first", "after"):
        trace = folder / f"{part}.calls"
        watched = _strace(trace, calls) if shutil.which("strace") else []
        ended = subprocess.run(
            [*watched, sys.executable, "-m", "tests.leaks.life", part, folder, folder / "report"],
            cwd=folder / "cwd",
            env=_environment(folder / "home", cheap_keys=cheap_keys),
            capture_output=True,
            timeout=240,
            check=False,
        )
        statuses[part], said[part] = ended.returncode, ended.stdout + b"\n" + ended.stderr
        if watched:
            traced += trace.read_text(errors="replace").splitlines()
    return Lived(folder, statuses, said, read_report(folder / "report"), traced)


def _strace(trace: Path, calls: str) -> list[str]:
    return ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "400", "-e", f"trace={calls}",
            "-o", str(trace)]  # fmt: skip


def _environment(home: Path, *, cheap_keys: bool) -> dict[str, str]:
    made = {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "XDG_RUNTIME_DIR": str(home),
        # With a desktop's bus one socket is opened, to that bus alone: test_session_bus.py.
        "DBUS_SESSION_BUS_ADDRESS": "none:",
        "DBUS_SYSTEM_BUS_ADDRESS": "none:",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "KADIN_DANISMA_TEST_KDF": "1" if cheap_keys else "",
    }
    made |= {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CACHE", "CONFIG", "STATE")}
    for name in ("tmp", "CONFIG"):
        (home / name).mkdir(exist_ok=True)
    return made


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return live(tmp_path_factory.mktemp("life"))


def test_the_story_was_lived_to_its_end(lived: Lived) -> None:
    said = {part: text.decode(errors="replace")[-3000:] for part, text in lived.said.items()}
    assert lived.all("done") == [["first"], ["after"]], said
    assert lived.statuses["first"] in {-signal.SIGKILL, 128 + signal.SIGKILL, 1}, said
    assert lived.statuses["after"] == 0, said


def test_no_file_holds_a_word_that_was_typed_or_a_key(lived: Lived) -> None:
    scanner, found = lived.scanner(), set()
    for place, folder in lived.folders.items():
        for leak in scanner.scan_folder(folder):
            entry = entry_for(f"{folder}/{leak.where.partition('>')[0]}", lived.folders)
            if entry is None or leak.what not in entry.shows:
                found.add((place, leak))
    assert found == set()


def test_the_search_sees_into_what_was_written(lived: Lived) -> None:
    seen = {
        (path.suffix, leak.what)
        for ending in ("pdf", "xlsx", "csv")
        for path in lived.folders[Place.CHOSEN].glob(f"kadin-danisma-????-??.{ending}")
        for leak in Scanner().scan(path.read_bytes())
    }
    assert seen == {(".pdf", CENTRE), (".xlsx", CENTRE), (".csv", CENTRE)}
    brought = Scanner().scan((lived.folder / "gelen" / "markers.xlsx").read_bytes())
    assert {leak.what for leak in brought} == {PERSONS}


def test_what_was_typed_really_is_in_the_vault(lived: Lived) -> None:
    stored = {(place, text) for place, text in lived.all("stored")}
    missing = [
        place
        for place in all_places()
        if not any(at == place and (places(text, [place]) or word_for(place) in text or
                                    text.endswith(word_for(place)[1:])) for at, text in stored)
    ]  # fmt: skip
    assert missing == []


def test_every_field_where_a_person_can_type_got_a_word_of_its_own(lived: Lived) -> None:
    planted = {place for (place,) in lived.all("planted")}
    #: The program numbers these; a workbook brings them in.
    numbered = {"application.number", "session.number"}
    assert set(all_places()) - planted == numbered
    assert {place.partition(".")[0] for place in all_places()} <= {str(k) for k in KIND_OF.values()}


def test_nothing_is_written_outside_the_list(lived: Lived) -> None:
    written = {path for (path,) in lived.all("written")}
    assert len(written) > 20
    assert {path for path in written if not is_allowed(path, lived.folders)} == set()
    lying = {
        str(path) for name in ("merkez", "secilen") for path in (lived.folder / name).rglob("*")
    }
    assert {path for path in lying if not is_allowed(path, lived.folders)} == set()
    left = [p for name in ("home", "cwd") for p in (lived.folder / name).rglob("*") if p.is_file()]
    assert {p.parent for p in left} == {lived.folders[Place.REMEMBERED]}
    assert [p for p in left if not is_allowed(str(p), lived.folders)] == []


def test_nothing_is_started_and_no_socket_is_opened(lived: Lived) -> None:
    assert lived.all("never") == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here")
def test_no_library_writes_outside_the_list_or_opens_a_socket(lived: Lived) -> None:
    own = str(lived.folder / "report")
    written = {path for path in _written(lived.calls) if path != own}
    assert len(written) > 20
    assert {path for path in written if not is_allowed(path, lived.folders)} == set()
    names = [match[1] for line in lived.calls if (match := _CALL.match(line))]
    readers = len(lived.all("reader"))
    assert readers > 0, "workbooks are read in this life"
    assert [name for name in names if name in _NEVER] == ["vfork"] * readers
    assert names.count("execve") == 2 + readers, (
        "only the interpreter itself is started, once a part, and once for each workbook"
    )


def test_nothing_that_is_said_or_shown_to_other_programs_holds_a_word(lived: Lived) -> None:
    scanner = lived.scanner()
    found: set[Leak] = set()
    for part, text in lived.said.items():
        found |= scanner.scan(text, f"said by {part}")
    for where, text in lived.all("said"):
        found |= scanner.scan(text.encode(), where)
    surfaces = lived.all("surface")
    assert len(surfaces) > 500
    for where, text in {(where, text) for where, text in surfaces if text}:
        found |= scanner.scan(text.encode(), where)
    assert found == set()


def _written(calls: list[str]) -> Iterator[str]:
    for line in calls:
        match = _CALL.match(line)
        if match is None or " = -1 " in line:
            continue
        call, rest = match.groups()
        if call.startswith("exec") or (call in _NAMES and not _WRITES.search(rest)):
            continue
        yield from (path for path in _PATH.findall(rest) if not path.startswith(NOWHERE))
