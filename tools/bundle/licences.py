"""The licences of everything in the bundle: a folder with each text, and an index of components.

Every file is traced to where it came from: a package of .venv, Python, a package of Debian, this
repository. A component without a text ends the build. Texts that wheels leave out lie in the
folder licences/ of the repository.
"""

import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Texts that no wheel carries.
KEPT = ROOT / "licences"
_OURS = "kadin-danisma"
_FONTS = "Noto Sans"
_PYTHON = "Python"
#: Component -> what it needs besides the texts of its own wheel.
EXTRA = {
    _OURS: ("../LICENSE", "../resources/words/LICENCE.txt"),
    _FONTS: ("../resources/fonts/OFL.txt",),
    _PYTHON: ("Python.txt",),
    "PySide6_Essentials": (
        "LGPL-3.0.txt",
        "../LICENSE",
        "Qt-third-parties.txt",
        "Unicode-ICU.txt",
    ),
    "shiboken6": ("LGPL-3.0.txt", "../LICENSE"),
    "sqlcipher3": ("SQLCipher.txt", "Apache-2.0.txt"),
}  # fmt: skip
#: What lies inside a component without files of its own: (name, licence, the component).
INSIDE = (
    ("Qt", "LGPL-3.0-only", "PySide6_Essentials"),
    ("ICU", "Unicode-3.0", "PySide6_Essentials"),
    ("SQLCipher", "BSD-3-Clause", "sqlcipher3"),
    ("SQLite", "public domain", "sqlcipher3"),
    ("OpenSSL", "Apache-2.0", "sqlcipher3"),
    ("libsodium", "ISC", "PyNaCl"),
    ("PDFium", "BSD-3-Clause AND Apache-2.0", "pypdfium2"),
    ("HiGHS", "MIT", "highspy"),
    ("OpenBLAS", "BSD-3-Clause", "numpy"),
    ("PyInstaller bootloader", "GPL-2.0-or-later WITH Bootloader-exception", "pyinstaller"),
)
#: What is ours and was made by others under a licence of its own.
_FONT_FOLDER = ROOT / "resources" / "fonts"
_OUR_LICENCE, _FONT_LICENCE, _PYTHON_LICENCE = "GPL-3.0-or-later", "OFL-1.1", "PSF-2.0"
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)


class UnlicensedError(Exception):
    """Something would be carried whose licence is not known."""


@dataclass(frozen=True, slots=True)
class Component:
    """One thing in the bundle that somebody made.

    Args:
        name: What it is called.
        version: Which one.
        licence: Under which licence, in short.
        texts: The files that say so.
    """

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


class Origins:
    """Knows where a file came from.

    Args:
        version: Our own version.
    """

    def __init__(self, version: str) -> None:
        self._version = version
        self._python = tuple(place.resolve() for place in _places_of_python())
        self._installed = {
            Path(str(file.locate())).resolve(): found
            for found in distributions()
            for file in found.files or ()
        }

    def of(self, path: Path) -> Component:
        """Return what a file belongs to.

        Raises:
            UnlicensedError: Nobody knows, or there is no text.
        """
        real = path.resolve()
        if (found := self._installed.get(real)) is not None:
            return of_distribution(found)
        if real.is_relative_to(_FONT_FOLDER):
            return _kept(_FONTS, "", _FONT_LICENCE)
        if any(real.is_relative_to(folder) for folder in self._python):
            return _kept(_PYTHON, platform.python_version(), _PYTHON_LICENCE)
        if real.is_relative_to(ROOT):
            return _kept(_OURS, self._version, _OUR_LICENCE)
        return of_debian(real)


def of_distribution(found: Distribution) -> Component:
    """Return an installed package with its texts.

    Raises:
        UnlicensedError: It brings no text, and none is kept for it.
    """
    name = found.metadata["Name"]
    own = (
        Path(str(file.locate()))
        for file in found.files or ()
        if ".dist-info" in file.parts[0] and _TEXT.search("/".join(file.parts[1:]))
    )
    return _checked(name, found.version, _licence(found), [*own, *_extra(name)])


def of_debian(path: Path) -> Component:
    """Return the package of Debian that a library came with.

    Raises:
        UnlicensedError: It came with none.
    """
    package = _dpkg("-S", str(path)).split(": ")[0]
    # Where /lib is a link to /usr/lib, packages may know a file by its old place.
    if not package and path.is_relative_to("/usr"):
        package = _dpkg("-S", f"/{path.relative_to('/usr')}").split(": ")[0]
    if not package:
        raise UnlicensedError(f"nobody knows whose this is: {path}")
    plain = package.split(":")[0]
    version = _dpkg("-W", "-f", "${Version}", package)
    text = Path("/usr/share/doc") / plain / "copyright"
    return _checked(plain, version, "see its text", [text] if text.exists() else [])


def write(folder: Path, components: Iterable[Component]) -> None:
    """Write every text and the index.

    Args:
        folder: Where to; what lay there goes.
        components: What is in the bundle.
    """
    shutil.rmtree(folder, ignore_errors=True)
    known = {component.name: component for component in components}
    lines = []
    for name in sorted(known, key=str.casefold):
        component = known[name]
        place = folder / name
        for text in component.texts:
            target = place / _file_name(text)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, target)
        lines.append(f"{name} | {component.version} | {component.licence} | {name}/")
    lines += [
        f"{name} | in {within} | {licence} | {within}/"
        for name, licence, within in INSIDE
        if within in known
    ]
    (folder / "INDEX.txt").write_text("\n".join([*_HEAD, *lines, ""]), encoding="utf-8")


_HEAD = (
    "What is in this program, and under which licence (bu programın içindekiler ve lisansları)",
    "",
    "component | version | licence | folder of its texts",
    "",
)


def _places_of_python() -> Iterator[Path]:
    """Yield where Python itself lies; on Debian its library is a package like others."""
    yield Path(sysconfig.get_path("stdlib"))
    yield Path(sysconfig.get_path("platstdlib"))
    if sys.platform == "win32":
        yield Path(sys.base_prefix)
    elif library := sysconfig.get_config_var("INSTSONAME"):
        yield Path(str(sysconfig.get_config_var("LIBDIR"))) / str(library)


def _kept(name: str, version: str, licence: str) -> Component:
    return _checked(name, version, licence, _extra(name))


def _extra(name: str) -> list[Path]:
    return [KEPT / place for place in EXTRA.get(name, ())]


def _checked(name: str, version: str, licence: str, texts: Iterable[Path]) -> Component:
    found = tuple(sorted({text.resolve() for text in texts}))
    if not found:
        raise UnlicensedError(f"no text of a licence: {name}")
    return Component(name, version, licence, found)


def _licence(found: Distribution) -> str:
    """Return the licence of a package in short."""
    said = found.metadata["License-Expression"] or found.metadata["License"] or "see its text"
    return str(said).splitlines()[0]


def _file_name(text: Path) -> str:
    """Return a name that tells texts of one package apart: where it lay below its licences."""
    parts = text.parts
    for marker in ("licenses", "LICENSES"):
        if marker in parts:
            return "-".join(parts[parts.index(marker) + 1 :])
    return text.name


def _dpkg(*words: str) -> str:
    if shutil.which("dpkg-query") is None:
        return ""
    done = subprocess.run(["dpkg-query", *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def files_of(entries: Iterable[tuple[str, str | None, str]]) -> Iterator[Path]:
    """Yield the files that PyInstaller's lists name; links inside the bundle are none."""
    for _name, source, kind in entries:
        if source and kind != "SYMLINK" and source not in ("-", "built-in"):
            yield Path(source)
