"""Windows' own messages, made by hand: locked screens and sleep lock, windows stay unpictured."""

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray

from kadin_danisma.ui.hardening import WindowsCalls, WindowsWatch

WINDOW, CHILD = 0x00A1, 0x00C4
SHOWN, MOVED, DESTROYED, POWER, SESSION, PAINT = 0x18, 0x47, 0x02, 0x218, 0x2B1, 0x0F


class FakeCalls:
    """Remembers what was asked; a child window cannot be excluded, as on Windows."""

    def __init__(self) -> None:
        self.excluded: list[int] = []
        self.told: list[tuple[int, bool]] = []

    def exclude_from_capture(self, window: int) -> bool:
        if window == CHILD:
            return False
        self.excluded.append(window)
        return True

    def tell_of_session(self, window: int, *, wanted: bool) -> None:
        self.told.append((window, wanted))


class Windows:
    """Sends messages the way Windows does."""

    def __init__(self) -> None:
        self.calls = FakeCalls()
        self.away = 0
        self.watch = WindowsWatch(self._leave, self.calls)

    def send(self, message: int, detail: int = 0, window: int = WINDOW) -> tuple[bool, int]:
        said = wintypes.MSG(hWnd=window, message=message, wParam=detail)
        return self.watch.nativeEventFilter(
            QByteArray(b"windows_generic_MSG"), ctypes.addressof(said)
        )

    def _leave(self) -> None:
        self.away += 1


@pytest.fixture
def windows() -> Windows:
    return Windows()


@pytest.mark.parametrize(
    ("message", "detail"),
    [
        pytest.param(SESSION, 7, id="the screen was locked"),
        pytest.param(SESSION, 2, id="somebody else has the console"),
        pytest.param(SESSION, 4, id="the remote screen was closed"),
        pytest.param(SESSION, 6, id="logged off"),
        pytest.param(POWER, 4, id="sleep"),
    ],
)
def test_whoever_leaves_is_heard(windows: Windows, message: int, detail: int):
    windows.send(message, detail)
    assert windows.away == 1


@pytest.mark.parametrize(("message", "detail"), [(SESSION, 8), (SESSION, 1), (POWER, 7), (7, 4)])
def test_whoever_comes_back_locks_nothing(windows: Windows, message: int, detail: int):
    windows.send(message, detail)
    assert windows.away == 0


@pytest.mark.parametrize("first", [SHOWN, MOVED])
def test_a_window_stays_out_of_pictures_from_its_first_appearance(windows: Windows, first: int):
    windows.send(first, 1)
    windows.send(MOVED)
    assert windows.calls.excluded == [WINDOW]
    assert windows.calls.told == [(WINDOW, True)]


def test_a_window_made_anew_under_the_same_number_is_taken_anew(windows: Windows):
    for message in (SHOWN, DESTROYED, SHOWN):
        windows.send(message, 1)
    assert windows.calls.excluded == [WINDOW, WINDOW]
    assert windows.calls.told == [(WINDOW, True), (WINDOW, False), (WINDOW, True)]


def test_a_part_of_a_window_is_none(windows: Windows):
    windows.send(SHOWN, 1, window=CHILD)
    assert windows.calls.told == []


def test_every_message_goes_on_to_qt(windows: Windows):
    for message in (SHOWN, DESTROYED, POWER, SESSION, PAINT):
        assert windows.send(message) == (False, 0)


def test_messages_of_other_systems_are_left_alone(windows: Windows):
    assert windows.watch.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    assert windows.away == 0


class Library:
    """A library of Windows that writes down how it is called."""

    def __init__(self, answers: dict[tuple[str, int], int] | None = None) -> None:
        self.called: list[tuple[str, int, int]] = []
        self._answers = answers or {}

    def __getattr__(self, name: str):
        def call(window, detail: int = -1) -> int:
            self.called.append((name, window.value, detail))
            return self._answers.get((name, detail), 1)

        return call


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch) -> type:
    class Libraries:
        user32 = Library()
        wtsapi32 = Library()

    monkeypatch.setattr(ctypes, "windll", Libraries, raising=False)
    return Libraries


def test_windows_is_asked_by_its_own_names(libraries):
    calls = WindowsCalls()
    assert calls.exclude_from_capture(WINDOW)
    calls.tell_of_session(WINDOW, wanted=True)
    calls.tell_of_session(WINDOW, wanted=False)
    assert libraries.user32.called == [("SetWindowDisplayAffinity", WINDOW, 0x11)]
    assert libraries.wtsapi32.called == [
        ("WTSRegisterSessionNotification", WINDOW, 0),
        ("WTSUnRegisterSessionNotification", WINDOW, -1),
    ]


def test_an_older_windows_shows_black_instead(libraries):
    libraries.user32 = Library({("SetWindowDisplayAffinity", 0x11): 0})
    assert WindowsCalls().exclude_from_capture(WINDOW)
    assert libraries.user32.called[-1] == ("SetWindowDisplayAffinity", WINDOW, 0x01)
