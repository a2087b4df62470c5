"""Hears from a Linux desktop that the screen is locked or the machine goes to sleep, by D-Bus.

Only the sockets of this machine's own buses are spoken to: an address that names another kind
(``tcp:``, ``unixexec:``, ``autolaunch:``) is as good as none. Nothing about anybody is said there.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCall

#: Who tells ``ActiveChanged(bool)`` when the screen is locked or freed.
_SCREENS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_LOGIN = "org.freedesktop.login1"
_LOGIN_PATH = "/org/freedesktop/login1"
_SYSTEM_SOCKET = "/run/dbus/system_bus_socket"


#: Our slots as Qt names them: text, although the binding's type hints ask for bytes.
_HEARD, _LOCKED = cast("bytes", SLOT("heard(bool)")), cast("bytes", SLOT("heard_lock()"))


def local_bus(named: str, usual: str) -> str:
    """Return the address of a bus on this machine, empty where there is none.

    Args:
        named: What the environment says; may be empty.
        usual: The path of the socket where it says nothing.
    """
    if not named:
        return f"unix:path={usual}" if usual and Path(usual).exists() else ""
    parts = [part for part in named.split(";") if part]
    return named if all(part.startswith("unix:") for part in parts) else ""


class SessionBus(QObject):
    """Listens at the bus of the session (the screen) and that of the system (sleep, session).

    Args:
        environment: The variables of the process.
        parent: Lives as long as this.
    """

    #: Emitted when nobody is at the desk any more.
    away = Signal()

    def __init__(self, environment: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        runtime = environment.get("XDG_RUNTIME_DIR", "")
        session = local_bus(
            environment.get("DBUS_SESSION_BUS_ADDRESS", ""), f"{runtime}/bus" if runtime else ""
        )
        system = local_bus(environment.get("DBUS_SYSTEM_BUS_ADDRESS", ""), _SYSTEM_SOCKET)
        self._waits: QDBusPendingCall | None = None
        if session:
            self._hear_screen(QDBusConnection.connectToBus(session, "kadin-danisma session"))
        if system:
            self._hear_system(QDBusConnection.connectToBus(system, "kadin-danisma system"))

    @Slot(bool)
    def heard(self, is_away: bool) -> None:
        """Hear that the screen was locked or freed, or that sleep begins or is over."""
        if is_away:
            self.away.emit()

    @Slot()
    def heard_lock(self) -> None:
        """Hear that the session was locked."""
        self.away.emit()

    def _hear_screen(self, bus: QDBusConnection) -> None:
        for screen in _SCREENS:
            bus.connect("", "", screen, "ActiveChanged", self, _HEARD)

    def _hear_system(self, bus: QDBusConnection) -> None:
        manager = f"{_LOGIN}.Manager"
        bus.connect("", "", manager, "PrepareForSleep", self, _HEARD)
        bus.connect("", "", f"{_LOGIN}.Session", "Lock", self, _LOCKED)
        # Sleep waits until we have locked. The answer holds the descriptor that makes it wait;
        # it is closed when the process is replaced.
        wait = QDBusMessage.createMethodCall(_LOGIN, _LOGIN_PATH, manager, "Inhibit")
        wait.setArguments(["sleep", "Kadın Danışma", "Locks before sleep", "delay"])
        self._waits = bus.asyncCall(wait)
