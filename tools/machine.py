"""What this machine lacks before the program can run: Python's parts and shared libraries.

Standard library only, because it runs before anything is installed. Only Debian and Pardus are
looked at: on Windows everything comes with the wheels.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from kadin_danisma import libraries

OLDEST_PYTHON = (3, 11)

#: Program, or pattern of a file -> Debian package, for driving the built program (tools/drive).
DRIVING = {
    "Xvfb": "xvfb",
    "setxkbmap": "x11-xkb-utils",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "dbus-run-session": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/gi": "python3-gi",
    "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
}


class MissingError(Exception):
    """The machine lacks something; the message says what, and how to get it."""


def has_display() -> bool:
    """Tell whether a window could be shown to somebody."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_debian() -> bool:
    """Tell whether packages come from apt here (Debian, Pardus and their relatives)."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def missing_packages(*, window: bool, bundle: bool, drive: bool = False) -> list[str]:
    """Return the Debian packages that are missing, in the order in which they would be missed.

    Args:
        window: Whether a real display will be used.
        bundle: Whether the program is to be packed.
        drive: Whether the built program is to be driven on a screen of its own.
    """
    missing = []
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    groups = (libraries.OFFSCREEN, libraries.WINDOW) if window or bundle else (libraries.OFFSCREEN,)
    missing += libraries.missing(*groups, loads=libraries.loads).values()
    if bundle:
        missing += _missing_for_bundle()
    if drive:
        missing += [package for file, package in DRIVING.items() if not _is_there(file)]
    return missing


def _is_there(file: str) -> bool:
    return any(Path("/").glob(file.lstrip("/"))) or shutil.which(file) is not None


def _missing_for_bundle() -> list[str]:
    """PyInstaller reads programs with objdump and packs Python's own shared library."""
    missing = [] if shutil.which("objdump") else ["binutils"]
    library = sysconfig.get_config_var("INSTSONAME")
    if library and str(library).startswith("libpython") and not _loads_python(str(library)):
        missing.append(f"libpython{sys.version_info.major}.{sys.version_info.minor}")
    return missing


def _loads_python(library: str) -> bool:
    folder = sysconfig.get_config_var("LIBDIR")
    return libraries.loads(library) or bool(folder and (Path(str(folder)) / library).exists())


def provide_packages(*, window: bool, bundle: bool, drive: bool = False) -> None:
    """Install what is missing when we may, otherwise say exactly what to type.

    Raises:
        MissingError: Packages are missing and this user may not install them, or apt failed.
    """
    if not is_debian():
        return
    missing = missing_packages(window=window, bundle=bundle, drive=drive)
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        raise MissingError(
            "These system packages are missing (eksik sistem paketleri):\n"
            f"  {' '.join(missing)}\n"
            "Install them once with (kurmak için):\n"
            f"  sudo apt-get update && sudo {' '.join(command)}"
        )
    print(f"dev.py: installing system packages: {' '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=environment, check=False)
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise MissingError(
            "apt-get could not install them. Look at its messages above; without a network, "
            "install these packages from a stick (ağ yoksa paketleri bellekten kurun):\n"
            f"  {' '.join(missing)}"
        )


def require_python() -> None:
    """Refuse a Python that is too old, with the way to a newer one.

    Raises:
        MissingError: This Python is older than 3.11.
    """
    version = tuple(sys.version_info[:2])
    if version < OLDEST_PYTHON:
        raise MissingError(
            f"Python 3.11 or newer is needed, and this one is {version[0]}.{version[1]} "
            "(Python 3.11 veya üstü gerekli).\n"
            "  Debian 12, Pardus 23: sudo apt-get install python3 python3-venv\n"
            "  Windows: https://www.python.org/downloads/ and then: py -3.11 dev.py ..."
        )
