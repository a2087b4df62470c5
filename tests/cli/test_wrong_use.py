import argparse
import json
from pathlib import Path

import pytest

from kadin_danisma import cli, cli_parser
from kadin_danisma.cli_commands import COMMANDS, Window
from kadin_danisma.domain.dates import Clock
from tests.cli.conftest import Say


@pytest.mark.parametrize(
    "words",
    [
        "nonsense",
        "--nonsense",
        "--json",
        "new",
        "new x.vault --user a --password-stdin",
        "counts x.vault --period 2026-13 --user a --password-stdin",
        "counts x.vault --period 2026",
        "counts x.vault --user a --password-stdin",
        "counts x.vault --per 2026 --user a --password-stdin",
        "report x.vault --period 2026 --out o --format docx --user a --password-stdin",
        "report x.vault --period 2026 --out o --format , --user a --password-stdin",
        "demo x.vault --months 0",
        "demo x.vault --clients -3",
        "demo x.vault --sessions many",
        "import x.vault",
        "counts x.vault --period 2026 --user a",
    ],
)
def test_wrong_use_ends_with_two_and_makes_nothing(
    say: Say, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = say(*words.split())
    assert answer.status == 2
    assert answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["counts", "backup", "verify", "restore"])
def test_a_link_that_leads_back_to_itself_is_no_fault_of_the_program(
    acting: Say, command: str, tmp_path: Path
) -> None:
    loop = tmp_path / "loop.vault"
    loop.symlink_to(loop)
    rest = {"counts": ("--period", "2026"), "verify": ()}.get(command, (tmp_path / "there",))
    assert acting(command, loop, *rest).status == 4
    assert list(tmp_path.iterdir()) == [loop]


@pytest.mark.parametrize("place", ["", ".", "/"])
def test_a_folder_without_a_name_is_no_place_for_a_vault(
    acting: Say, centre: Path, tmp_path: Path, place: str
) -> None:
    assert acting("new", place, "--centre", "Örnek Merkez").status == 4
    made = Path(acting("backup", centre, tmp_path).out.strip())
    assert acting("restore", made, place).status == 4


def test_a_message_repeats_nothing_of_what_was_typed(say: Say) -> None:
    answer = say("counts", "Ayşe", "--nonsense", "Yılmaz")
    assert answer.status == 2
    assert "Ayşe" not in answer.err
    assert "Yılmaz" not in answer.err


def test_wrong_use_is_one_json_object_too(say: Say) -> None:
    assert set(say("counts", "x", "--period", "2026-Q9", "--json").data) == {"error"}


def test_every_command_of_the_contract_has_its_help() -> None:
    parser = cli_parser.build()
    (commands,) = (
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
    assert set(commands.choices) == set(COMMANDS)
    assert all(command.format_help() for command in commands.choices.values())


def test_help_ends_with_nought(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        say("counts", "--help")
    assert ended.value.code == 0
    assert "Kullanım" in capsys.readouterr().out


def test_what_the_system_refuses_is_told_without_the_path(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    for fault in (FileNotFoundError, PermissionError, IsADirectoryError):

        def refuse(_call: object, fault: type[OSError] = fault) -> int:
            raise fault(1, "refused", "/home/ayşe")

        monkeypatch.setitem(COMMANDS, "template", refuse)
        answer = say("template", "x.xlsx", "--json")
        assert answer.status == 4
        assert "ayşe" not in answer.out + answer.err


def test_a_fault_of_the_program_is_not_taken_for_one_of_the_world(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_call: object) -> int:
        raise ValueError

    monkeypatch.setitem(COMMANDS, "template", fail)
    window = Window(qt_version=str, check=list)
    with pytest.raises(ValueError):  # noqa: PT011 (ours, without a text)
        cli.main(["template", "x.xlsx"], window, Clock())


def test_an_import_into_no_vault_has_the_shape_of_a_refusal(say: Say, tmp_path: Path) -> None:
    acts = ("--user", "a", "--password-stdin", "--json")
    answer = say("import", tmp_path / "none.vault", tmp_path / "none.xlsx", *acts, typed="x")
    assert answer.status == 4
    assert set(json.loads(answer.out)) == {"added", "refused", "notes"}
