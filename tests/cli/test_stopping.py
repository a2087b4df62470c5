"""Ctrl+C, and what fails only when everything is done."""

import signal
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma import cli_commands, cli_new
from kadin_danisma.services import access
from kadin_danisma.store.vault import Vault
from tests.cli.conftest import Say

NEW = ("--centre", "Örnek")


def press() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["text", "json"])
def test_ctrl_c_says_stopped(
    say: Say, monkeypatch: pytest.MonkeyPatch, as_json: tuple[str, ...]
) -> None:
    def stop(_call: object) -> int:
        press()
        return 0

    monkeypatch.setitem(cli_commands.COMMANDS, "template", stop)
    answer = say("template", "x.xlsx", *as_json)
    assert answer.status == 130
    assert answer.err == "Durduruldu.\n"
    assert bool(answer.out) is bool(as_json)


@pytest.mark.parametrize("is_pressed", [True, False], ids=["pressed", "a fault"])
def test_ctrl_c_while_the_database_asks_what_is_allowed_is_told_as_such_and_a_fault_is_not(
    say: Say, monkeypatch: pytest.MonkeyPatch, is_pressed: bool
) -> None:
    def judge(*_asked: object) -> int:
        if is_pressed:
            press()
        return int(dbapi2.SQLITE_DENY)

    def ask(_call: object) -> int:
        db = dbapi2.connect(":memory:")
        db.set_authorizer(judge)
        db.execute("SELECT 1")
        return 0

    monkeypatch.setitem(cli_commands.COMMANDS, "template", ask)
    if not is_pressed:
        with pytest.raises(dbapi2.Error):
            say("template", "x.xlsx")
        return
    answer = say("template", "x.xlsx")
    assert (answer.status, answer.err) == (130, "Durduruldu.\n")


@pytest.mark.parametrize("moment", ["before", "after"])
def test_new_leaves_no_vault_whose_code_nobody_saw(
    acting: Say, vault_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    create = access.create_vault

    def interrupted(*asked: object) -> object:
        if moment == "before":
            press()
        made = create(*asked)  # type: ignore[arg-type]
        press()
        return made

    monkeypatch.setattr(access, "create_vault", interrupted)
    answer = acting("new", vault_path, *NEW)
    assert answer.status == 130
    assert "Durduruldu" in answer.err
    assert answer.out == ""
    assert list(vault_path.parent.iterdir()) == []


def test_new_keeps_a_vault_whose_code_was_said(
    acting: Say, vault_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_new = cli_new._say_new

    def interrupted(call: cli_commands.Call, code: str) -> bool:
        heard = say_new(call, code)
        press()
        return heard

    monkeypatch.setattr(cli_new, "_say_new", interrupted)
    assert acting("new", vault_path, *NEW).status == 130
    monkeypatch.undo()
    assert vault_path.exists()


def test_what_fails_at_closing_takes_nothing_back(
    centre: Path, acting: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = Vault.close

    def failing(self: Vault) -> None:
        close(self)
        raise OSError(5, "refused", "/home/ayşe")

    monkeypatch.setattr(Vault, "close", failing)
    answer = acting("counts", centre, "--period", "2026-10", "--json")
    assert answer.status == 0
    assert answer.data["period"] == "2026-10"
    assert "güvende" in answer.err
    assert "ayşe" not in answer.err
