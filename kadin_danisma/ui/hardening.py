"""What the window asks of Windows: no pictures of it, and word of a locked screen and of sleep.

The only file of the window that calls the system directly (tests/house.py, ``HARDENING``); it is
loaded on Windows alone. Microsoft says of SetWindowDisplayAffinity that it is no security feature:
it keeps pictures out of screenshots, sharing and recordings by ordinary means, and no camera.
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

_MESSAGE = b"windows_generic_MSG"
_DESTROYED, _SHOWN, _MOVED, _POWER, _SESSION = 0x0002, 0x0018, 0x0047, 0x0218, 0x02B1
#: Of a power message: the machine goes to sleep (PBT_APMSUSPEND).
_SLEEP = 4
#: Of a session message: console or remote screen taken away, logged off, locked.
_AWAY = frozenset({2, 4, 6, 7})
#: WDA_EXCLUDEFROMCAPTURE, from Windows 10 2004 on; before, WDA_MONITOR, which shows black.
_INVISIBLE, _BLACK = 0x11, 0x01
_THIS_SESSION = 0


class Calls(Protocol):
    """What is asked of the system."""

    def exclude_from_capture(self, window: int) -> bool:
        """Keep a window out of pictures of the screen; False where it is no top-level window."""

    def tell_of_session(self, window: int, *, wanted: bool) -> None:
        """Send word of the locked screen to a window, or no more."""


class WindowsCalls:
    """The calls themselves."""

    def __init__(self) -> None:
        self._user = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
        self._session = ctypes.windll.wtsapi32  # type: ignore[attr-defined,unused-ignore]

    def exclude_from_capture(self, window: int) -> bool:
        """Keep a window out of pictures of the screen; False where it is no top-level window."""
        affinity = self._user.SetWindowDisplayAffinity
        handle = wintypes.HWND(window)
        return bool(affinity(handle, _INVISIBLE) or affinity(handle, _BLACK))

    def tell_of_session(self, window: int, *, wanted: bool) -> None:
        """Send word of the locked screen to a window, or no more."""
        handle = wintypes.HWND(window)
        if wanted:
            self._session.WTSRegisterSessionNotification(handle, _THIS_SESSION)
        else:
            self._session.WTSUnRegisterSessionNotification(handle)


class WindowsWatch(QAbstractNativeEventFilter):
    """Sees every message to our windows before Qt does.

    Args:
        away: Called when nobody is at the desk any more.
        calls: The calls of the system.
    """

    def __init__(self, away: Callable[[], None], calls: Calls) -> None:
        super().__init__()
        self._away = away
        self._calls = calls
        self._windows: set[int] = set()

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Hear a message, and let it go on to whom it belongs."""
        if kind == _MESSAGE:
            said = wintypes.MSG.from_address(int(message))
            self._hear(int(said.hWnd or 0), int(said.message), int(said.wParam or 0))
        return False, 0

    def _hear(self, window: int, message: int, detail: int) -> None:
        if message in (_SHOWN, _MOVED) and window not in self._windows:
            self._take(window)
        elif message == _DESTROYED and window in self._windows:
            self._windows.remove(window)
            self._calls.tell_of_session(window, wanted=False)
        elif (message == _POWER and detail == _SLEEP) or (message == _SESSION and detail in _AWAY):
            self._away()

    def _take(self, window: int) -> None:
        """Look after a window from its first appearance on, menus and lists too."""
        if self._calls.exclude_from_capture(window):
            self._windows.add(window)
            self._calls.tell_of_session(window, wanted=True)
