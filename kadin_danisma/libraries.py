"""The shared libraries that a Linux desktop lends the window, and the Debian packages they are in.

Standard library only: dev.py asks before anything is installed, and the program before Qt would
end the process over one of them. The lists were measured on bare Debian 12; what the built program
wants besides what it carries is held against them when it is built (tools/bundle/completeness.py).
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Callable, Mapping

from kadin_danisma.paths import program_folder

#: Shared library -> Debian package, for Qt without a display (QT_QPA_PLATFORM=offscreen).
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
}
#: What a window on a real display needs besides. Qt names xcb-cursor whichever of them is missing.
WINDOW = {
    "libxcb.so.1": "libxcb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
#: What a window on Wayland needs in place of that.
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
#: What else is taken from the system, by the command line too.
OTHERS = {
    "libexpat.so.1": "libexpat1",
    "libgcc_s.so.1": "libgcc-s1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "liblzma.so.5": "liblzma5",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
#: What may be missing: then no printer is found, or pictures are drawn without the graphics card.
OPTIONAL = {"libcups.so.2": "libcups2", "libxcb-glx.so.0": "libxcb-glx0"}

#: No name of a library is longer; unbounded, a long text would be tried from each of its places.
_NAMED = re.compile(r"(?<![\w.+-])lib[\w.+-]{0,80}?\.so[.\d]{0,40}")


def loads(library: str) -> bool:
    """Tell whether a shared library can be loaded here; it stays loaded for whoever wants it.

    What the built program carries counts as there: what that needs in turn stands in the tables.
    """
    if getattr(sys, "frozen", False) and (program_folder() / library).exists():
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing(*groups: Mapping[str, str], loads: Callable[[str], bool] = loads) -> dict[str, str]:
    """Return the Debian package of each library that cannot be loaded.

    Args:
        groups: Tables of this module.
        loads: Tries to load a library.
    """
    wanted = {library: package for group in groups for library, package in group.items()}
    return {library: package for library, package in wanted.items() if not loads(library)}


def missing_for_window(
    environment: Mapping[str, str], loads: Callable[[str], bool] = loads
) -> dict[str, str]:
    """Return what is missing before a window can be shown; there may be two ways to a screen.

    Args:
        environment: Says which screens there are, and which one Qt shall use.
        loads: Tries to load a library.
    """
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    ways = [
        missing(group, loads=loads)
        for screen, name, group in (
            ("DISPLAY", "xcb", WINDOW),
            ("WAYLAND_DISPLAY", "wayland", WAYLAND),
        )
        if environment.get(screen) and platform in ("", name)
    ]
    shortest: dict[str, str] = min(ways, key=len, default={})
    return {**missing(OFFSCREEN, loads=loads), **shortest}


def named_by(error: ImportError, loads: Callable[[str], bool] = loads) -> dict[str, str]:
    """Return the shared library over which an import failed; nothing where it failed otherwise.

    Its package is empty where it stands in no table here. Where Qt lacks one it may lack more, and
    nobody shall learn of them one by one.

    Args:
        error: Why the import failed.
        loads: Tries to load a library.
    """
    found = _NAMED.search(error.msg)
    if found is None or "shared object" not in error.msg:
        return {}
    known = {**OFFSCREEN, **WINDOW, **WAYLAND, **OTHERS, **OPTIONAL}
    others = missing(OFFSCREEN, loads=loads) if found[0] in OFFSCREEN else {}
    return {found[0]: known.get(found[0], ""), **others}
