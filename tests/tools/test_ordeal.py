"""The instruments of the ordeals see what they claim to see, and a table says what came of it."""

import errno
import os
import random
import shutil
import sys
from pathlib import Path

import pytest

from kadin_danisma.domain.role import Role
from kadin_danisma.services import circles
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit, users
from kadin_danisma.store.failures import FullDiskError
from tools.ordeal import ptrace
from tools.ordeal.child import CRASHED, REFUSED, Run, Say, run_and_kill
from tools.ordeal.disk import Disk
from tools.ordeal.doors import Doors, sign_in_by
from tools.ordeal.steps import Fuse, Kind, Step, trace
from tools.ordeal.table import Tally, render
from tools.ordeal.work import Harm, compare, sign_in, vault_of
from tools.ordeal.work_circle import shown_in_pages, write_file
from tools.ordeal.work_roster import ROWS, id_of, staffed

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="children are forked and traced on Linux"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


@pytest.fixture
def tracing() -> None:
    if not ptrace.is_possible():
        pytest.skip("children cannot be traced here: other processor, or it is forbidden")


def write(path: Path, content: bytes, *, sync: bool = False) -> None:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY)
    os.write(handle, content)
    if sync:
        os.fsync(handle)
    os.close(handle)


def sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def leftovers(start: Path, work: Run, target: Path) -> list[dict[str, bytes]]:
    """Return what forty power cuts at the end of some work leave."""
    disk = Disk(start)
    for step in trace(work, start).steps:
        disk.do(step)
    found = []
    for number in range(40):
        place = target / str(number)
        place.mkdir(parents=True)
        disk.cut(random.Random(number), place)
        found.append({path.name: path.read_bytes() for path in place.iterdir()})
    return found


def test_two_names_of_one_file_are_one_file_after_a_cut_too(tmp_path: Path) -> None:
    start = tmp_path / "disk"
    start.mkdir()
    (start / "one").write_bytes(b"a")
    (start / "two").hardlink_to(start / "one")
    left = tmp_path / "left"
    left.mkdir()
    Disk(start).cut(random.Random(1), left)
    assert (left / "one").samefile(left / "two")


def test_a_child_says_what_it_did_and_how_it_failed() -> None:
    def fail_known(say: Say) -> None:
        say("one")
        raise FullDiskError

    def fail_by_bug(say: Say) -> None:
        say("one")
        raise LookupError

    known, alive = run_and_kill(fail_known, 9, 0)
    assert (known, alive) == (["one", f"{REFUSED} FullDiskError"], False)
    (_one, crash), _alive = run_and_kill(fail_by_bug, 9, 0)
    assert crash.startswith(f"{CRASHED} LookupError test_ordeal.py:")


def test_a_child_is_killed_after_the_words_that_were_waited_for() -> None:
    def talk(say: Say) -> None:
        while True:
            say("word")

    said, alive = run_and_kill(talk, 3, 0)
    assert alive
    assert len(said) >= 3


@pytest.mark.usefixtures("tracing")
def test_every_step_on_the_disk_is_seen_in_its_order(tmp_path: Path) -> None:
    def work(say: Say) -> None:
        write(tmp_path / "a", b"first", sync=True)
        say("written")
        (tmp_path / "a").rename(tmp_path / "b")
        (tmp_path / "c").hardlink_to(tmp_path / "b")
        (tmp_path / "b").unlink()
        (tmp_path / "gone").unlink(missing_ok=True)
        (tmp_path / "folder").mkdir()
        with (tmp_path / "c").open("wb") as file:
            file.write(b"x")
        sync_folder(tmp_path)

    done = trace(work, tmp_path)
    assert done.said == ["written"]
    assert [step.kind for step in done.steps] == [
        Kind.CREATE, Kind.WRITE, Kind.SYNC, Kind.SAY, Kind.RENAME, Kind.LINK, Kind.UNLINK,
        Kind.FOLDER, Kind.TRUNCATE, Kind.WRITE, Kind.SYNC,
    ]  # fmt: skip
    assert done.steps[1].data == b"first"
    assert done.steps[4] == Step(Kind.RENAME, f"{tmp_path}/a", target=f"{tmp_path}/b")


@pytest.mark.usefixtures("tracing")
def test_a_child_dies_before_the_step_at_which_it_is_killed(tmp_path: Path) -> None:
    def work(say: Say) -> None:
        for name in "abc":
            write(tmp_path / name, b"x")
            say(name)

    fuse = Fuse(3)
    done = trace(work, tmp_path, fuse.burn)
    assert done.killed
    assert done.said == ["a"]
    assert str(fuse.met) == "write b"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"x", "b": b""}


@pytest.mark.usefixtures("tracing")
def test_a_failing_disk_fails_from_the_chosen_step_on(tmp_path: Path) -> None:
    def work(say: Say) -> None:
        for name in "abc":
            try:
                write(tmp_path / name, b"x")
            except OSError as error:
                say(f"{name} {error.errno}")

    done = trace(work, tmp_path, Fuse(1, errno.ENOSPC, frozenset({Kind.WRITE})).burn)
    assert done.said == [f"b {errno.ENOSPC}", f"c {errno.ENOSPC}"]
    assert (tmp_path / "b").read_bytes() == b""


@pytest.mark.usefixtures("tracing")
def test_what_was_synced_outlives_a_power_cut_and_the_rest_may_not(tmp_path: Path) -> None:
    start = tmp_path / "start"
    start.mkdir()
    (start / "old").write_bytes(b"old" * 400)

    def work(_say: Say) -> None:
        write(start / "safe", b"safe", sync=True)
        sync_folder(start)
        write(start / "old", b"new" * 400)
        write(start / "unnamed", b"content", sync=True)

    left = leftovers(start, work, tmp_path / "left")
    assert all(found["safe"] == b"safe" for found in left)
    contents = {found["old"] for found in left}
    assert {b"old" * 400, b"new" * 400} < contents, "torn ones are among them"
    assert {"unnamed" in found for found in left} == {True, False}


def test_a_table_says_of_each_case_whether_it_held() -> None:
    held, lost, control, blind, missed = (
        Tally("held"), Tally("lost"), Tally("control", is_control=True),
        Tally("blind", is_control=True), Tally("missed"),
    )  # fmt: skip
    for each in (held, blind):
        each.add(Harm(), "")
    for each in (lost, control):
        each.add(Harm(lost=2, what="records are gone"), "step 7")
    missed.tries += 1
    missed.miss("page 3")
    said = render([held, lost, control, blind, missed])
    for case, verdict in [
        ("held", "held"), ("lost", "FAILED"), ("control", "control: fails, as it must"),
        ("blind", "CONTROL DID NOT FAIL"), ("missed", "FAILED"),
    ]:  # fmt: skip
        assert any(line.startswith(case) and line.endswith(verdict) for line in said.split("\n"))
    assert "  step 7: records are gone" in said
    assert [each.has_held for each in (held, lost, control, blind)] == [True, False, True, False]


def test_a_case_without_a_single_try_has_not_held() -> None:
    assert Tally("nothing").verdict == "FAILED"
    assert not Tally("nothing", is_control=True).has_held


def test_a_door_is_found_as_it_stands_and_not_as_it_should(tmp_path: Path) -> None:
    path = vault_of(tmp_path)
    staffed(tmp_path, ("elif", Role.LAWYER), ("irem", Role.IT))
    at_first = {"derya": "first", "elif": "first", "irem": "keeps", "gül": "out"}
    doors = Doors([], at_first)
    assert doors.found(path) == at_first
    assert doors.missed(doors.found(path)) is None
    with sign_in(path) as vault:
        users.remove_user(vault, id_of(vault, "elif"))
    acknowledged = Doors(["will elif out", "has elif out"], at_first)
    assert acknowledged.found(path)["elif"] == "out"
    assert Doors(["will elif out"], at_first).found(path)["elif"] == "out"
    lost = doors.missed(doors.found(path))
    assert lost is not None
    assert lost.lost == 1
    still_in = Doors(["will derya out", "has derya out"], at_first)
    assert still_in.missed(still_in.found(path)) is not None


def test_an_alarm_and_an_unsigned_line_of_the_log_are_heard(tmp_path: Path) -> None:
    staffed(tmp_path)
    with sign_in(vault_of(tmp_path)) as vault:
        assert compare(vault, ROWS) == Harm()
        with vault.write() as db:
            vault.audit(db, "slot.refused", "")
        assert compare(vault, ROWS).what == "alarm: slot.refused"
        assert compare(vault, ROWS, expected=frozenset({"slot.refused"})) == Harm()
        with vault.write() as db:
            audit.add(db, vault._chain_key, vault.user, vault.clock.now(), "client.view", "")
        assert "not signed" in compare(vault, ROWS, expected=frozenset({"slot.refused"})).what


def test_a_name_in_a_page_is_seen_through_the_encryption(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed here")
    staffed(tmp_path, ("elif", Role.LAWYER))
    with sign_in_by(vault_of(tmp_path), "elif", "first") as vault:
        client_id = write_file(vault)
        key = vault._key
    assert shown_in_pages(vault.path, key)
    with sign_in_by(vault_of(tmp_path), "elif", "first") as vault:
        circles.seal(Desk(vault, vault.clock), client_id, [])
    assert not shown_in_pages(vault.path, key)
