"""The three streams as the shell hands them over: closed, full, or not what they should be."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.builders import PASSPHRASE
from tests.cli.conftest import Say

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the shell is that of Linux")

# The child imports pytest because the cheap key derivation asks for it (store/keys.py).
PROGRAM = """
import sys, pytest
from kadin_danisma.app import install_hooks, main
install_hooks()
sys.exit(main(sys.argv[1:]))
"""
WHO = ("--user", "derya", "--password-stdin")
SAMPLE = Path(__file__).resolve().parent.parent / "data" / "ornek-yil.xlsx"
LOST = pytest.mark.parametrize("where", [">&-", ">/dev/full"])
#: Every command that somebody signs in for, on the vault ``v``.
ACTING = {
    "import": ("v", SAMPLE),
    "counts": ("v", "--period", "2026-10"),
    "report": ("v", "--period", "2026-10", "--out", "out"),
    "backup": ("v", "stick"),
    "verify": ("v",),
    "restore": ("copy", "restored"),
}
ACTS = pytest.mark.parametrize("command", list(ACTING))


def run(
    folder: Path, streams: str, *words: object, typed: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Call the program from a shell that does this to its streams."""
    given = f"{PASSPHRASE}\n".encode() if typed is None else typed
    program = (sys.executable, "-c", PROGRAM, *map(str, words))
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {streams}', "sh", *program],
        cwd=folder,
        input=given,
        capture_output=True,
        check=False,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parent.parent.parent)
    return {**os.environ, "PYTHONPATH": root}


@pytest.fixture
def folder(say: Say, tmp_path: Path) -> Path:
    """A folder with a vault ``v`` and a backup of it, ``copy``."""
    acts = {"typed": f"{PASSPHRASE}\n"}
    assert say("new", tmp_path / "v", "--centre", "Örnek", *WHO, **acts).status == 0
    assert say("restore", _backed_up(say, tmp_path), tmp_path / "copy", *WHO, **acts).status == 0
    return tmp_path


def _backed_up(say: Say, folder: Path) -> Path:
    stick = folder / "stick"
    stick.mkdir()
    say("backup", folder / "v", stick, *WHO, typed=f"{PASSPHRASE}\n")
    (made,) = stick.glob("*.vault")
    return made


@pytest.mark.slow
@LOST
@ACTS
def test_where_the_answer_cannot_be_written_the_work_stands_and_is_told_beside(
    folder: Path, command: str, where: str
) -> None:
    done = run(folder, where, command, *ACTING[command], *WHO)
    told = done.stderr.decode()
    assert done.returncode == 0, told
    assert "standart çıktı" in told.lower()
    assert "Error" not in told
    made = {"report": "out", "backup": "stick", "restore": "restored"}.get(command)
    if made:
        assert made in told
        assert any(path.name.startswith(made) for path in folder.iterdir())


@LOST
def test_true_counts_are_not_said_beside(folder: Path, where: str) -> None:
    told = run(folder, where, "counts", "v", "--period", "2026-10", *WHO).stderr.decode()
    assert "Toplam" not in told


@LOST
@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["text", "json"])
def test_new_makes_nothing_where_its_code_would_be_lost(
    tmp_path: Path, where: str, as_json: tuple[str, ...]
) -> None:
    done = run(tmp_path, where, "new", "v", "--centre", "Örnek", *WHO, *as_json)
    assert done.returncode == 4, done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


@LOST
@pytest.mark.parametrize("words", [("--version",), ("--help",), ("counts", "--help")])
def test_what_only_tells_something_ends_with_nought(
    tmp_path: Path, where: str, words: tuple[str, ...]
) -> None:
    assert run(tmp_path, where, *words).returncode == 0


@LOST
def test_a_refusal_keeps_its_status_where_it_cannot_be_written(folder: Path, where: str) -> None:
    wrong = run(folder, where, "counts", "v", "--period", "2026", "--json", *WHO, typed=b"yok\n")
    assert wrong.returncode == 3
    assert run(folder, where, "nonsense", "--json").returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_without_standard_error_the_answer_is_written_all_the_same(
    folder: Path, where: str
) -> None:
    done = run(folder, where, "counts", "v", "--period", "2026-10", "--json", *WHO)
    assert (done.returncode, json.loads(done.stdout)["period"]) == (0, "2026-10")
    assert run(folder, where, "nonsense").returncode == 2


def test_without_both_outputs_the_work_stands(folder: Path) -> None:
    assert run(folder, ">&- 2>&-", "backup", "v", "stick", *WHO).returncode == 0
    assert len(list(folder.glob("stick/*.vault"))) == 2


@pytest.mark.slow
@pytest.mark.parametrize("where", ["<&-", "</dev/null >&- <&-", "0>there"])
@pytest.mark.parametrize("command", ["new", *ACTING])
def test_missing_standard_input_is_wrong_use(tmp_path: Path, command: str, where: str) -> None:
    more = ("v", "--centre", "Örnek") if command == "new" else ACTING[command]
    done = run(tmp_path, where, command, *more, *WHO)
    assert done.returncode == 2, done.stderr.decode()
    assert {path.name for path in tmp_path.iterdir()} <= {"there"}


@pytest.mark.parametrize("command", ["new", *ACTING])
def test_every_command_refuses_a_passphrase_that_is_not_utf_8(folder: Path, command: str) -> None:
    more = ("w", "--centre", "Örnek") if command == "new" else ACTING[command]
    before = sorted(folder.rglob("*"))
    done = run(folder, "", command, *more, *WHO, typed="parola çok uzun şimdi\n".encode("cp1254"))
    told = done.stderr.decode()
    assert done.returncode == 4, told
    assert "UTF-8" in told
    assert "parola çok" not in told
    assert "Error" not in told
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("typed", ["", "a", "on bir harf", "s\u0327o\u0308 yedi har"])
def test_new_refuses_a_passphrase_of_fewer_than_twelve_characters(
    say: Say, tmp_path: Path, typed: str
) -> None:
    answer = say("new", tmp_path / "v", "--centre", "Örnek", *WHO, typed=f"{typed}\n")
    assert answer.status == 4
    assert "12" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_new_takes_a_passphrase_of_twelve_characters(say: Say, tmp_path: Path) -> None:
    typed = "on iki harfş\n"
    assert say("new", tmp_path / "v", "--centre", "Örnek", *WHO, typed=typed).status == 0


def test_a_path_that_is_not_utf_8_is_answered_as_it_was_named(tmp_path: Path) -> None:
    name = b"kasa-\xfe.vault".decode("utf-8", "surrogateescape")
    done = run(tmp_path, "", "new", name, "--centre", "Örnek", *WHO)
    assert done.returncode == 0, done.stderr.decode()
    assert b"kasa-\xfe.vault" in done.stdout
    checked = run(tmp_path, "", "verify", name, *WHO, "--json")
    assert (checked.returncode, json.loads(checked.stdout)["sound"]) == (0, True)
    copied = run(tmp_path, "", "restore", name, name + "2", *WHO, "--json")
    assert copied.returncode == 0
    assert json.loads(copied.stdout)["vault"] == name + "2"


def test_a_user_name_that_is_not_utf_8_is_nobody(folder: Path) -> None:
    name = b"derya\xfe".decode("utf-8", "surrogateescape")
    acts = ("--user", name, "--password-stdin")
    assert run(folder, "", "counts", "v", "--period", "2026", *acts).returncode == 3
    made = run(folder, "", "new", "w", "--centre", "Örnek", *acts)
    assert made.returncode == 4
    assert not (folder / "w").exists()


def at_a_terminal(
    folder: Path, *words: object, encoding: str = "utf-8", stop_at: bytes | None = None
) -> tuple[int, bytes]:
    """Call the program at a terminal, type the passphrase, and press Ctrl+C at some word."""
    ours, its = os.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        cwd=folder, stdin=its, stdout=its, stderr=its, start_new_session=True,
        env=_environment() | {"PYTHONIOENCODING": encoding},
    )  # fmt: skip
    os.close(its)
    os.write(ours, f"{PASSPHRASE}\n".encode())
    said = b""
    with suppress(OSError):  # The other end is closed when the program ends.
        while piece := os.read(ours, 4096):
            said += piece
            if stop_at and stop_at in said:
                program.send_signal(signal.SIGINT)
                stop_at = None
    os.close(ours)
    return program.wait(), said


@pytest.mark.parametrize("encoding", ["cp857", "cp1252"])
def test_an_old_terminal_shows_the_recovery_code(tmp_path: Path, encoding: str) -> None:
    words = ("new", "ş.vault", "--centre", "Örnek Şişli", *WHO)
    status, said = at_a_terminal(tmp_path, *words, encoding=encoding)
    assert status == 0, said
    assert re.search(r"([0-9A-Z]{3}-){10}", said.decode(encoding))
    assert "Error" not in said.decode(encoding)
    assert (tmp_path / "ş.vault").exists()


def test_ctrl_c_says_stopped_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    status, said = at_a_terminal(tmp_path, "demo", "v", stop_at=b"%")
    assert status == 130, said
    assert "Durduruldu." in said.decode()
    assert "Error" not in said.decode()
    assert list(tmp_path.iterdir()) == []
