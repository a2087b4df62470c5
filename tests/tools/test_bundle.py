import ast
import re
import shutil
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

from kadin_danisma import libraries
from tests import house
from tools.bundle import completeness, licences

ROOT = house.ROOT
NEEDED = [
    re.split(r"[=<>]", named)[0]
    for named in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
]


class Unlicensed(Distribution):
    """A package that brings no text and is not known to us."""

    def read_text(self, filename: str) -> str | None:
        return "Name: invented\nVersion: 1\n" if filename == "METADATA" else None

    def locate_file(self, path: object) -> Path:
        return Path(str(path))


def constant(name: str) -> list[str]:
    """A list of names in build.spec."""
    tree = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return list(ast.literal_eval(node.value))
    raise LookupError(name)


def imported_by_us() -> set[str]:
    found = set()
    for _path, text in house.sources("kadin_danisma", "main.py"):
        for _line, name in house.imports(text):
            parts = name.split(".")
            found |= {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return found


def test_nothing_that_the_program_imports_is_left_out_of_the_bundle() -> None:
    assert not imported_by_us() & set(constant("EXCLUDED"))


def test_every_part_of_qt_that_the_program_imports_is_asked_for() -> None:
    used = {
        name for name in imported_by_us() if name.startswith("PySide6.Qt") and name.count(".") == 1
    }
    assert {f"PySide6.{name}" for name in constant("QT_MODULES")} == used


@pytest.mark.parametrize("name", [*NEEDED, "shiboken6", "pyinstaller"])
def test_everything_the_program_stands_on_has_the_text_of_its_licence(name: str) -> None:
    found = licences.of_distribution(distribution(name))
    assert all(text.read_bytes().strip() for text in found.texts)


def test_qt_comes_with_the_lgpl_and_the_gpl_it_refers_to() -> None:
    texts = licences.of_distribution(distribution("PySide6_Essentials")).texts
    first_lines = [text.read_text(encoding="utf-8").strip().splitlines()[0] for text in texts]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in first_lines
    assert "GNU GENERAL PUBLIC LICENSE" in first_lines


def test_a_package_without_a_text_ends_the_build() -> None:
    with pytest.raises(licences.UnlicensedError, match="invented"):
        licences.of_distribution(Unlicensed())


def test_a_file_of_nobody_ends_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "libstray.so"
    stray.write_bytes(b"")
    with pytest.raises(licences.UnlicensedError, match=r"libstray\.so"):
        licences.Origins("1").of(stray)


def test_files_are_traced_to_who_made_them() -> None:
    origins = licences.Origins("1")
    names = {
        origins.of(path).name
        for path in (
            ROOT / "kadin_danisma" / "app.py",
            ROOT / "resources" / "fonts" / "NotoSans-Bold.ttf",
            Path(ast.__file__),
            Path(pytest.__file__),
        )
    }
    assert names == {"kadin-danisma", "Noto Sans", "Python", "pytest"}


def test_the_folder_holds_every_text_and_an_index_of_all(tmp_path: Path) -> None:
    folder = tmp_path / "licences"
    folder.mkdir()
    (folder / "of-an-older-build.txt").write_text("x", encoding="ascii")
    found = [licences.of_distribution(distribution(name)) for name in ("numpy", "sqlcipher3")]
    licences.write(folder, [*found, found[0]])
    index = (folder / "INDEX.txt").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("numpy | ") for line in index) == 1
    assert "OpenSSL | in sqlcipher3 | Apache-2.0 | sqlcipher3/" in index
    assert not any(line.startswith("Qt ") for line in index)
    assert (folder / "sqlcipher3" / "SQLCipher.txt").exists()
    written = [path for path in (folder / "numpy").iterdir() if path.is_file()]
    assert len(written) == len(found[0].texts)
    assert not (folder / "of-an-older-build.txt").exists()


def test_what_stands_inside_others_names_components_that_exist() -> None:
    for _name, _licence, within in licences.INSIDE:
        assert distribution(within).metadata["Name"] == within


def test_a_module_of_ours_that_is_not_carried_ends_the_build(tmp_path: Path) -> None:
    for name in ("__init__", "app", "ui/__init__", "ui/printing"):
        path = tmp_path / "kadin_danisma" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    carried = ["kadin_danisma", "kadin_danisma.app", "kadin_danisma.ui", "json"]
    with pytest.raises(completeness.IncompleteError, match=r"kadin_danisma\.ui\.printing$"):
        completeness.check_modules(carried, tmp_path)
    completeness.check_modules([*carried, "kadin_danisma.ui.printing"], tmp_path)


def test_a_library_that_nobody_would_name_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = {
        "libmine.so": ["libc.so.6", *libraries.WINDOW, "libother.so.1"],
        "libother.so.1": ["libQt6OpenGL.so.6"],
    }
    monkeypatch.setattr(completeness, "needed_by", lambda file: needs[file.name])
    files = [Path(name) for name in needs]
    with pytest.raises(completeness.IncompleteError) as told:
        completeness.check_libraries(files)
    assert str(told.value).endswith(": libQt6OpenGL.so.6 (for libother.so.1)")


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("objdump") is None, reason="needs objdump"
)
def test_what_a_real_library_needs_is_read_from_it() -> None:
    import PySide6.QtGui

    assert "libstdc++.so.6" in completeness.needed_by(Path(PySide6.QtGui.__file__))
