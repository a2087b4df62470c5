"""A locked screen and a machine going to sleep lock the program; without a bus nothing breaks."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from kadin_danisma.ui.shell.session_bus import SessionBus, local_bus

ROOT = Path(__file__).resolve().parents[3]
OURS = ("kadin-danisma session", "kadin-danisma system")
needs_a_bus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon here"
)


@pytest.fixture
def address() -> Iterator[str]:
    """A bus of the test's own."""
    words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


def forget() -> None:
    for name in OURS:
        QDBusConnection.disconnectFromBus(name)


@pytest.fixture(autouse=True)
def never_connected(qapp: object) -> Iterator[None]:
    """Forget the connections of other tests: Qt keeps them by their names, failed ones too."""
    forget()
    yield
    forget()


@pytest.fixture
def desktop(address: str) -> Iterator[QDBusConnection]:
    """The desktop, which says things on that bus."""
    yield QDBusConnection.connectToBus(address, f"desktop {address}")
    QDBusConnection.disconnectFromBus(f"desktop {address}")


def listening(environment: dict[str, str]) -> SessionBus:
    """Return one whose wishes have arrived: they are asked for first, then the bus answers us."""
    made = SessionBus(environment)
    bus = "org.freedesktop.DBus"
    ask = QDBusMessage.createMethodCall(bus, "/org/freedesktop/DBus", bus, "GetId")
    for name in OURS:
        QDBusConnection(name).call(ask)
    return made


def a_signal(path: str, interface: str, name: str, *values: object) -> QDBusMessage:
    made = QDBusMessage.createSignal(path, interface, name)
    made.setArguments(list(values))
    return made


SLEEP = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
SCREEN = ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")


@needs_a_bus
@pytest.mark.parametrize(
    "said",
    [
        (*SCREEN, True),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
        (*SLEEP, True),
        ("/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session", "Lock"),
    ],
)
def test_whoever_leaves_the_screen_is_heard(
    qtbot: QtBot, desktop: QDBusConnection, address: str, said: tuple[str, str, str]
):
    environment = {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address}
    bus = listening(environment)
    with qtbot.waitSignal(bus.away):
        desktop.send(a_signal(*said))


@needs_a_bus
def test_a_screen_that_is_freed_and_the_end_of_sleep_lock_nothing(
    qtbot: QtBot, desktop: QDBusConnection, address: str
):
    environment = {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address}
    bus = listening(environment)
    away: list[str] = []
    bus.away.connect(lambda: away.append("away"))
    desktop.send(a_signal(*SCREEN, False))
    desktop.send(a_signal(*SLEEP, False))
    # What is said after them arrives after them.
    with qtbot.waitSignal(bus.away):
        desktop.send(a_signal(*SCREEN, True))
    assert away == ["away"]


@ClassInfo(**{"D-Bus Interface": "org.freedesktop.login1.Manager"})  # type: ignore[call-arg]
class Login(QObject):
    """The system's keeper of sessions; remembers who asked it to wait before it sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, ...]] = []

    @Slot(str, str, str, str, result=str)
    def Inhibit(self, what: str, who: str, why: str, mode: str) -> str:  # noqa: N802 (its name)
        """Wait."""
        self.asked.append((what, who, mode))
        return "descriptor"


@needs_a_bus
def test_sleep_is_asked_to_wait_until_the_program_has_locked(
    qtbot: QtBot, desktop: QDBusConnection, address: str
):
    login = Login()
    export = QDBusConnection.RegisterOption.ExportAllSlots
    assert desktop.registerService("org.freedesktop.login1")
    assert desktop.registerObject("/org/freedesktop/login1", login, export)
    made = SessionBus({"DBUS_SYSTEM_BUS_ADDRESS": address})
    qtbot.waitUntil(lambda: bool(login.asked))
    assert made.parent() is None
    assert login.asked == [("sleep", "Kadın Danışma", "delay")]


#: Hears the screen once, in a process of its own.
HEARING = """
import os
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from kadin_danisma.ui.shell.session_bus import SessionBus
app = QCoreApplication([])
bus = SessionBus(os.environ)
bus.away.connect(app.quit)
screen = QDBusMessage.createSignal("/x", "org.freedesktop.ScreenSaver", "ActiveChanged")
screen.setArguments([True])
own = QDBusConnection("kadin-danisma session")
if own.isConnected():
    own.send(screen)
    app.exec()
"""


def sockets_of(address: str, log: Path) -> list[str]:
    """Return what a process that listens to this bus does with sockets."""
    calls = "trace=socket,connect,bind,sendto"
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": "none:", "DBUS_SESSION_BUS_ADDRESS": address}
    subprocess.run(
        ["strace", "-f", "-qq", "-e", calls, "-o", str(log), sys.executable, "-c", HEARING],
        env={**os.environ, **nowhere, "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=60,
    )
    return [line.split(" ", 1)[1].strip() for line in log.read_text().splitlines()]


@needs_a_bus
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here")
def test_one_local_socket_is_opened_to_the_bus_and_nothing_else(address: str, tmp_path: Path):
    path = address.removeprefix("unix:path=").split(",")[0]
    opened, connected, *said = sockets_of(address, tmp_path / "calls")
    assert opened.startswith("socket(AF_UNIX,")
    assert f'sun_path="{path}"' in connected
    # What is said goes to whom the socket is connected with: no other address is ever named.
    assert all(line.startswith("sendto(") and "NULL, 0)" in line for line in said)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here")
def test_without_a_bus_no_socket_is_opened(tmp_path: Path):
    assert sockets_of("tcp:host=198.51.100.7,port=4711", tmp_path / "calls") == []


@pytest.mark.parametrize(
    "address",
    [
        "tcp:host=198.51.100.7,port=4711",
        "nonce-tcp:host=198.51.100.7,port=4711,noncefile=/x",
        "unixexec:path=/bin/sh",
        "autolaunch:",
        "unix:path=/run/bus;tcp:host=198.51.100.7,port=4711",
    ],
)
def test_only_a_socket_of_this_machine_is_a_bus(address: str):
    assert local_bus(address, "") == ""


def test_the_usual_socket_is_taken_where_nothing_is_said(tmp_path: Path):
    socket = tmp_path / "bus"
    assert local_bus("", str(socket)) == ""
    socket.touch()
    assert local_bus("", str(socket)) == f"unix:path={socket}"
    assert local_bus("unix:abstract=/tmp/x", str(socket)) == "unix:abstract=/tmp/x"


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus", "tcp:host=198.51.100.7"])
def test_without_a_bus_nothing_is_heard_and_nothing_breaks(qapp: object, address: str):
    environment = {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address}
    assert SessionBus(environment).parent() is None
