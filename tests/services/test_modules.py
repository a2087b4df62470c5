import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kadin_danisma.services import modules


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A small program of an invented name: two floors, one module in each."""
    for name, text in (
        ("__init__", ""),
        ("store/__init__", ""),
        ("store/vault", "import json\n"),
        ("ui/__init__", ""),
        ("ui/printing", "from sample_program_of_tests.store import vault\n"),
    ):
        path = tmp_path / "sample_program_of_tests" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="ascii")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("sample_program_of_tests")
    for name in [name for name in sys.modules if name.startswith("sample_program_of_tests")]:
        del sys.modules[name]


def change(package: ModuleType, module: str, text: str) -> None:
    assert package.__file__ is not None
    (Path(package.__file__).parent / module).write_text(text, encoding="ascii")
    importlib.invalidate_caches()


def amiss(package: ModuleType) -> list[str]:
    return modules.amiss(package, frozenset({"store", "ui"}))


def test_every_module_of_the_program_can_be_imported() -> None:
    assert modules.amiss() == []


def test_a_complete_program_lacks_nothing(package: ModuleType) -> None:
    assert amiss(package) == []


def test_a_module_that_lacks_another_is_named_with_it(package: ModuleType) -> None:
    change(package, "ui/printing.py", "from invented_for_printing import QPrinter\n")
    assert amiss(package) == ["sample_program_of_tests.ui.printing (invented_for_printing)"]


def test_what_is_imported_only_on_the_day_it_is_needed_is_tried_too(package: ModuleType) -> None:
    late = "def print_out():\n    def deep():\n        import invented_for_printing\n    deep()\n"
    change(package, "ui/printing.py", late)
    assert amiss(package) == ["sample_program_of_tests.ui.printing (invented_for_printing)"]


def test_a_module_that_was_left_out_is_missed_by_whoever_uses_it(package: ModuleType) -> None:
    assert package.__file__ is not None
    (Path(package.__file__).parent / "store" / "vault.py").unlink()
    importlib.invalidate_caches()
    (found,) = amiss(package)
    assert found.startswith("sample_program_of_tests.ui.printing (")


def test_a_whole_floor_that_cannot_be_listed_is_missed(package: ModuleType) -> None:
    assert modules.amiss(package, frozenset({"store", "ui", "reports"})) == [
        "sample_program_of_tests.reports"
    ]
