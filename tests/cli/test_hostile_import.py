"""A file made to cost, or none at all, is refused by ``import``: status 4, and nothing changes."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kadin_danisma.exchange import child
from tests.cli.conftest import Say
from tests.exchange import hostile

WHOLE = (None, None, None)


def places(data: dict[str, Any]) -> list[tuple[object, object, object]]:
    return [(each["sheet"], each["row"], each["column"]) for each in data["refused"]]


@pytest.mark.parametrize(
    ("make", "place"),
    [
        (lambda: hostile.digits(20_000), ("Danışanlar", 2, "Doğum Yılı")),
        (lambda: hostile.digits_as_text(80_000), ("Danışanlar", 2, "Doğum Yılı")),
        (hostile.same_long_note, WHOLE),
        (hostile.same_training, WHOLE),
        (hostile.nested, WHOLE),
    ],
)
def test_a_file_made_to_cost_is_refused_and_the_vault_does_not_grow(
    make: Callable[[], bytes], place: tuple[object, ...], acting: Say, centre: Path, tmp_path: Path
) -> None:
    file = tmp_path / "kitap.xlsx"
    file.write_bytes(make())
    before = centre.stat().st_size

    answer = acting("import", centre, file, "--json")

    assert answer.status == 4
    assert answer.data["added"] == dict.fromkeys(answer.data["added"], 0)
    assert places(answer.data) == [place]
    assert "111" not in answer.out
    assert centre.stat().st_size - before < 100_000


@pytest.mark.skipif(sys.platform == "win32", reason="makes a pipe")
def test_a_pipe_is_refused_at_once(acting: Say, centre: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "kitap.xlsx")

    answer = acting("import", centre, tmp_path / "kitap.xlsx", "--json")

    assert answer.status == 4
    assert places(answer.data) == [WHOLE]


def test_a_reader_that_dies_is_a_calm_refusal(
    acting: Say, centre: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kitap.xlsx"
    file.write_bytes(hostile.digits(5, ""))
    monkeypatch.setattr(child, "command", lambda: [sys.executable, "-c", "import os; os.abort()"])

    answer = acting("import", centre, file, "--json")

    assert answer.status == 4
    assert places(answer.data) == [WHOLE]
    assert "yarıda kesildi" in answer.out
