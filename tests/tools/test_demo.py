from datetime import date
from pathlib import Path

import pytest

from tools import demo


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "demo-output"
    monkeypatch.setattr(demo, "FOLDER", place)
    monkeypatch.setattr(demo, "MARK", place / "BU-BIR-DEMO.txt")
    return place


def test_a_demo_replaces_the_last_one(folder: Path) -> None:
    assert demo._make_room()
    (folder / "demo.vault").write_text("old", encoding="ascii")
    assert demo._make_room()
    assert [path.name for path in folder.iterdir()] == ["BU-BIR-DEMO.txt"]


def test_a_folder_that_holds_something_else_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "merkez.vault").write_text("real", encoding="ascii")
    assert not demo._make_room()
    assert demo.main([]) == 1
    assert (folder / "merkez.vault").read_text(encoding="ascii") == "real"


@pytest.mark.parametrize(
    ("today", "month"), [(date(2026, 11, 22), "2026-10"), (date(2027, 1, 1), "2026-12")]
)
def test_last_month_is_the_one_before(today: date, month: str) -> None:
    assert demo._last_month(today) == month
