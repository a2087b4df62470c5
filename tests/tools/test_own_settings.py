"""Tools make their vaults anew at the same places, and this computer holds it against nobody."""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.paths import anchors_folder
from kadin_danisma.store.failures import RolledBackVaultError
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tools import demo, pictures
from tools.bench import __main__ as bench
from tools.bench.figure import Figure
from tools.own_settings import own_settings


def _copied(kept: Path, place: Path) -> Path:
    """Lay a kept vault where a tool works, as at each of its runs."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(kept, place)) / "kept.vault"


def _use(vault: Path, clock: FixedClock) -> None:
    with Vault.open(vault, "derya", PASSPHRASE, clock) as opened, opened.write() as db:
        opened.audit(db, "client.view", "2026/0001")


@pytest.fixture
def kept(tmp_path: Path, clock: FixedClock) -> Path:
    folder = tmp_path / "kept"
    folder.mkdir()
    vault, _code = Vault.create(folder / "kept.vault", "Örnek", a_user(), PASSPHRASE, clock)
    vault.close()
    return folder


def test_a_vault_can_be_laid_at_the_same_place_run_after_run(
    kept: Path, tmp_path: Path, clock: FixedClock
) -> None:
    for _run in range(2):
        with own_settings():
            _use(_copied(kept, tmp_path / "work"), clock)


def test_without_settings_of_its_own_the_second_run_is_refused(
    kept: Path, tmp_path: Path, clock: FixedClock
) -> None:
    _use(_copied(kept, tmp_path / "work"), clock)
    with pytest.raises(RolledBackVaultError):
        _use(_copied(kept, tmp_path / "work"), clock)


def test_the_settings_of_the_user_are_left_and_come_back() -> None:
    users = anchors_folder()
    with own_settings() as folder:
        assert anchors_folder().parent == folder
    assert anchors_folder() == users
    assert not folder.exists()


def test_the_bench_measures_with_settings_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    users, seen = anchors_folder(), []

    def measure(*_said: object) -> Iterator[Figure]:
        seen.append(anchors_folder())
        yield Figure("nothing", 1, 1, 2, "ms", relative=True, bare_is="nothing")

    monkeypatch.setattr(bench, "KEPT", tmp_path)
    monkeypatch.setattr(bench, "measure", measure)
    monkeypatch.setattr(bench, "use_language", lambda _language: None)
    assert bench.main([]) == 0
    assert seen
    assert users not in seen


def test_the_demo_starts_its_programs_with_settings_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    users, seen = anchors_folder(), []

    def run(*words: str, **_named: object) -> subprocess.CompletedProcess[str]:
        seen.append(anchors_folder())
        return subprocess.CompletedProcess(words, 3, "")

    monkeypatch.setattr(demo, "FOLDER", tmp_path / "demo-output")
    monkeypatch.setattr(demo, "MARK", tmp_path / "demo-output" / "BU-BIR-DEMO.txt")
    monkeypatch.setattr(demo, "_run", run)
    assert demo.main([]) == 3
    assert seen
    assert users not in seen


def test_pictures_are_taken_with_settings_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    users, seen = anchors_folder(), []

    def take(*_said: object, **_named: object) -> list[Path]:
        seen.append(anchors_folder())
        return []

    monkeypatch.setattr(pictures, "take", take)
    monkeypatch.setattr(sys, "stdin", io.StringIO("x\n"))
    assert pictures.main([str(tmp_path / "v"), str(tmp_path), "--password-stdin"]) == 0
    assert seen
    assert users not in seen
