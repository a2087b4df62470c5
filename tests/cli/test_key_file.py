"""``--key-file`` stands beside ``--user`` wherever somebody signs in."""

from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.services import access, second_factor
from tests.builders import PASSPHRASE
from tests.cli.conftest import Say

SIGNS_IN = ("import", "counts", "report", "backup", "verify", "restore")


@pytest.fixture
def key(centre: Path, tmp_path: Path, clock: FixedClock) -> Path:
    desk = access.sign_in(centre, "derya", PASSPHRASE, clock)
    with desk.vault:
        return second_factor.use(desk, PASSPHRASE, tmp_path)


def test_every_command_that_signs_in_takes_it_and_acts_only_with_it(
    centre: Path, key: Path, acting: Say, tmp_path: Path
) -> None:
    book = tmp_path / "bos.xlsx"
    assert acting("counts", centre, "--period", "2026", "--key-file", key).status == 0
    assert acting("backup", centre, tmp_path, "--key-file", key).status == 0
    (copy,) = tmp_path.glob("*.vault")
    calls = {
        "import": ("import", centre, book, "--dry-run"),
        "counts": ("counts", centre, "--period", "2026"),
        "report": ("report", centre, "--period", "2026", "--out", tmp_path, "--format", "csv"),
        "backup": ("backup", centre, tmp_path),
        "verify": ("verify", centre),
        "restore": ("restore", copy, tmp_path / "geri.vault"),
    }
    assert tuple(calls) == SIGNS_IN
    for words in calls.values():
        without = acting(*words)
        assert without.status == 3, words
        assert "anahtar dosyası" in without.err
        assert acting(*words, "--key-file", key).status != 3, words
    assert (tmp_path / "geri.vault").exists()


def test_a_wrong_file_is_a_wrong_sign_in_and_a_missing_one_is_said(
    centre: Path, key: Path, acting: Say, tmp_path: Path
) -> None:
    wrong = tmp_path / "baska.anahtar"
    wrong.write_bytes(bytes(32))
    call = ("counts", centre, "--period", "2026", "--key-file")
    assert acting(*call, wrong).status == 3
    missing = acting(*call, tmp_path / "yok.anahtar")
    assert missing.status == 4
    assert "takılı" in missing.err
    assert acting(*call, key).status == 0


def test_the_help_says_so(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    for command in SIGNS_IN:
        with pytest.raises(SystemExit):
            say(command, "--help")
        assert "--key-file" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        say("new", "--help")
    assert "--key-file" not in capsys.readouterr().out
