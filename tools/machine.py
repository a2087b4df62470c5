"""What this machine lacks before the program can run: Python's parts and shared libraries.

Standard library only, because it runs before anything is installed. Only Debian and Pardus are
looked at: on Windows everything comes with the wheels. The lists were measured on bare Debian 12.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

OLDEST_PYTHON = (3, 11)
#: Shared library -> Debian package, for Qt without a display (QT_QPA_PLATFORM=offscreen).
OFFSCREEN_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
#: What a window on a real display needs besides. Qt names xcb-cursor whichever of them is missing.
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
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


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(*, window: bool, bundle: bool) -> list[str]:
    """Return the Debian packages that are missing, in the order in which they would be missed.

    Args:
        window: Whether a real display will be used.
        bundle: Whether the program is to be packed.
    """
    missing = []
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    libraries = {**OFFSCREEN_LIBRARIES, **(WINDOW_LIBRARIES if window or bundle else {})}
    missing += [package for library, package in libraries.items() if not _loads(library)]
    if bundle:
        missing += _missing_for_bundle()
    return missing


def _missing_for_bundle() -> list[str]:
    """PyInstaller reads programs with objdump and packs Python's own shared library."""
    missing = [] if shutil.which("objdump") else ["binutils"]
    library = sysconfig.get_config_var("INSTSONAME")
    if library and str(library).startswith("libpython") and not _loads_python(str(library)):
        missing.append(f"libpython{sys.version_info.major}.{sys.version_info.minor}")
    return missing


def _loads_python(library: str) -> bool:
    folder = sysconfig.get_config_var("LIBDIR")
    return _loads(library) or bool(folder and (Path(str(folder)) / library).exists())


def provide_packages(*, window: bool, bundle: bool) -> None:
    """Install what is missing when we may, otherwise say exactly what to type.

    Raises:
        MissingError: Packages are missing and this user may not install them, or apt failed.
    """
    if not is_debian():
        return
    missing = missing_packages(window=window, bundle=bundle)
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
