"""A script of IT backs up and checks a vault that its account cannot open."""

from pathlib import Path

import pytest

from kadin_danisma.domain.role import Role
from kadin_danisma.store import users
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.cli.conftest import Answer, Say
from tests.store.disk import anchor_of, flip


@pytest.fixture
def kept(vault: Vault) -> Path:
    """A closed vault with an IT officer ``irem``."""
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    vault.close()
    return vault.path


@pytest.fixture
def as_irem(say: Say) -> Say:
    """Call the command line as IT."""

    def call(*words: object) -> Answer:
        return say(*words, "--user", "irem", "--password-stdin", typed=f"{PASSPHRASE}\n")

    return call


def test_it_backs_up_and_the_coordinator_opens_the_backup(
    kept: Path, tmp_path: Path, as_irem: Say, say: Say
) -> None:
    done = as_irem("backup", kept, tmp_path, "--json")
    assert done.status == 0, done.err
    (copy,) = tmp_path.glob("kadin-danisma-*.vault")
    acts = ("--user", "derya", "--password-stdin")
    checked = say("verify", copy, "--json", *acts, typed=f"{PASSPHRASE}\n")
    assert (checked.status, checked.data) == (0, {"sound": True, "problems": []})


def test_it_checks_a_vault_and_finds_a_changed_page(kept: Path, as_irem: Say) -> None:
    assert as_irem("verify", kept, "--json").data == {"sound": True, "problems": []}
    flip(kept, 2 * 4096 + 100)
    found = as_irem("verify", kept, "--json")
    assert found.status == 5
    assert len(found.data["problems"]) == 1


def test_it_is_refused_what_stands_in_the_vault(kept: Path, as_irem: Say) -> None:
    refused = as_irem("counts", kept, "--period", "2026-10")
    assert refused.status == 6
    assert refused.out == ""


def test_a_backup_is_verified_and_restored_and_takes_nothing_in(
    kept: Path, tmp_path: Path, as_irem: Say, say: Say
) -> None:
    assert as_irem("backup", kept, tmp_path).status == 0
    (copy,) = tmp_path.glob("kadin-danisma-*.vault")

    def as_derya(*words: object) -> Answer:
        return say(*words, "--user", "derya", "--password-stdin", typed=f"{PASSPHRASE}\n")

    for words in (
        ("counts", copy, "--period", "2026-10"),
        ("import", copy, tmp_path / "yıl.xlsx"),
        ("report", copy, "--period", "2026-10", "--out", tmp_path),
        ("backup", copy, tmp_path),
    ):
        refused = as_derya(*words)
        assert refused.status == 4
        assert "Bu bir yedek" in refused.err
        assert "yalnız okunur" in refused.err
    anchor_of(copy).unlink()
    target = tmp_path / "yeni.vault"
    assert as_derya("verify", copy).status == 5
    assert as_derya("restore", copy, target).status == 5
    assert not target.exists()
    assert as_derya("restore", copy, target, "--accept-unproved").status == 0
    assert as_derya("verify", target).status == 0
