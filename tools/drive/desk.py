"""A desktop for one run: an X server, a window manager, and the bus of screen readers."""

import os
import shlex
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

#: Width, height and depth of the screen: that of an old office PC.
_SCREEN = "1366x900x24"
#: The keyboard of the centre: every Turkish letter lies on a key of its own.
_LAYOUT = "tr"
_A11Y_BUS = "/usr/libexec/at-spi-bus-launcher"
#: What would lead the program elsewhere than to this screen.
_FOREIGN = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "QT_STYLE_OVERRIDE")
#: How long the window manager may take to start, in seconds.
_PATIENCE = 20.0


@contextmanager
def desktop() -> Iterator[dict[str, str]]:
    """Lend a screen with a window manager; gives the environment for what shall appear on it.

    It must run under a session bus of its own (``dbus-run-session``).
    """
    with ExitStack() as all_of_it:
        server, display = _start_server()
        all_of_it.callback(_end, server)
        plain = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
        environment = {**plain, "DISPLAY": f":{display}"}
        subprocess.run(["setxkbmap", _LAYOUT], env=environment, check=True)
        ready = Path(all_of_it.enter_context(TemporaryDirectory())) / "ready"
        manager = ["openbox", "--startup", f"touch {shlex.quote(str(ready))}"]
        for command in (manager, [_A11Y_BUS, "--launch-immediately"]):
            all_of_it.callback(_end, _start(command, environment))
        _wait_for(ready)
        yield environment


def take_picture(path: Path, environment: Mapping[str, str]) -> None:
    """Keep what is on the screen."""
    subprocess.run(["import", "-window", "root", path], env=environment, check=False, timeout=20)


def _start_server() -> tuple["subprocess.Popen[bytes]", int]:
    """Start an X server on a free number, and return the number once it is ready."""
    reading, writing = os.pipe()
    command = [
        "Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp",
        # Otherwise it forgets the keyboard as soon as nobody looks at it.
        "-noreset",
    ]  # fmt: skip
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        return server, int(answer.readline())


def _start(command: list[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for(path: Path) -> None:
    latest = time.monotonic() + _PATIENCE
    while not path.exists():
        if time.monotonic() > latest:
            raise TimeoutError("the window manager does not start")
        time.sleep(0.05)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
