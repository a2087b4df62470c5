import sys
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.errors import KnownError
from kadin_danisma.services import selftest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    return tmp_path


def test_a_sound_program_passes_every_check(clock: FixedClock) -> None:
    checks = selftest.run(clock, list)
    assert [(check.ok, check.detail) for check in checks] == [(True, "")] * 6


@pytest.mark.slow
def test_what_is_amiss_with_the_window_fails_its_check(clock: FixedClock) -> None:
    checks = selftest.run(clock, lambda: ["No font.", "No words."])
    assert [check.ok for check in checks] == [True, True, True, True, False, True]
    assert checks[4].detail == "No font. No words."


@pytest.mark.slow
def test_a_module_that_was_left_out_is_named(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtPrintSupport", None)
    monkeypatch.delitem(sys.modules, "kadin_danisma.ui.printing", raising=False)
    last = selftest.run(clock, list)[-1]
    assert not last.ok
    assert "kadin_danisma.ui.printing (PySide6.QtPrintSupport)" in last.detail


def test_a_place_that_cannot_be_written_fails_calmly(
    clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> str:
        raise KnownError("The disk is full.")

    monkeypatch.setattr(selftest, "_make", refuse)
    checks = selftest.run(clock, list)
    assert not checks[0].ok
    assert checks[0].detail == "The disk is full."


@pytest.mark.slow
def test_nothing_is_left_behind(clock: FixedClock, home: Path) -> None:
    selftest.run(clock, list)
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_the_versions_of_what_the_store_stands_on_are_told() -> None:
    versions = selftest.versions()
    assert versions["sqlcipher"].startswith("4.")
    assert versions["sqlite"].startswith("3.")
