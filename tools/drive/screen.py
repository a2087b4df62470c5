"""What stands on the screen, read as a screen reader reads it (AT-SPI), and pressed by mouse."""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 (the version comes first)

T = TypeVar("T")
#: How often the screen is looked at while something is waited for, in seconds.
_GLANCE = 0.1
#: How long something that was asked for may take to appear, in seconds.
PATIENCE = 30.0
#: How long the whole of it may take, in seconds.
LONGEST = 180.0
#: What the program is called in the list of everything on the screen.
_PROGRAM = "kadin-danisma"
_SECRET = "password text"
_FIELDS = ("text", _SECRET, "entry")
_TRIES, _PATIENCE_WITH_KEYS = 4, 3.0
_BUTTONS = ("push button", "toggle button", "radio button")


class LateError(Exception):
    """Something that a person would wait for did not appear."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be seen.

    Args:
        name: What it is called.
        role: What it is: ``text``, ``push button``, ``label`` ...
        said: What else is said of it: its description.
        works: Whether it can be used now.
        has_keys: Whether keys go there.
        text: What was typed into it; dots for a passphrase.
        middle: Where it stands.
    """

    name: str
    role: str
    said: str
    works: bool
    has_keys: bool
    text: str
    middle: tuple[int, int]


class Screen:
    """Everything of the program that can be seen now.

    Args:
        environment: Leads to the display.
        trouble: Says why nothing more can be waited for; empty as long as all is well.
    """

    def __init__(self, environment: Mapping[str, str], trouble: Callable[[], str]) -> None:
        self._environment = environment
        self._trouble = trouble
        self._end = time.monotonic() + LONGEST

    def things(self) -> list[Thing]:
        """Return everything that can be seen, windows in front last."""
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        found: list[Thing] = []
        for program in _children(desktop):
            if _ask(program.get_name, "") == _PROGRAM:
                found += _seen(program)
        return found

    def find(self, name: str, *roles: str) -> Thing | None:
        """Return what is called so, the last one where there are several."""
        fitting = [
            thing
            for thing in self.things()
            if thing.name == name and (not roles or thing.role in roles)
        ]
        return fitting[-1] if fitting else None

    def wait_for(self, name: str, *roles: str) -> Thing:
        """Return what is called so, once it is there and can be used."""

        def usable() -> Thing | None:
            thing = self.find(name, *roles)
            return thing if thing and thing.works else None

        return self.until(usable, name)

    def until(self, look: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
        """Look again and again, until there is something.

        Args:
            look: Returns what it sees, or nothing.
            what: What is waited for, to be told when it does not come.
            patience: For how many seconds.

        Raises:
            LateError: It did not come, or the program has ended or told a fault.
        """
        latest = min(time.monotonic() + patience, self._end)
        while time.monotonic() < latest:
            if found := look():
                return found
            if trouble := self._trouble():
                raise LateError(f"not there: {what}. {trouble}")
            time.sleep(_GLANCE)
        raise LateError(f"waited in vain for: {what}")

    def press(self, name: str, *roles: str) -> None:
        """Click on what is called so, once it can be used and stands still."""
        places: list[tuple[int, int]] = []

        def still() -> bool:
            places.append(self.wait_for(name, *(roles or _BUTTONS)).middle)
            return len(places) > 1 and places[-1] == places[-2]

        self.until(still, f"{name}, at rest")
        x, y = places[-1]
        self._move("mousemove", "--sync", str(x), str(y), "click", "1")

    def enter(self, name: str, words: str) -> None:
        """Put words into the field that is called so, in place of what stands there.

        A key that the X server lost on a busy machine is noticed, and the words are typed again.
        """
        self.press(name, *_FIELDS)
        self.wait_for_keys(name, *_FIELDS)
        for _try in range(_TRIES):
            self.keys("ctrl+a")
            self.type(words)
            with suppress(LateError):
                self.until(lambda: self._holds(name, words), name, patience=_PATIENCE_WITH_KEYS)
                return
        raise LateError(f"the keys do not arrive: {name}")

    def wait_for_keys(self, name: str, *roles: str) -> None:
        """Wait until what is called so has the cursor."""

        def has_keys() -> bool:
            thing = self.find(name, *roles)
            return thing is not None and thing.has_keys

        self.until(has_keys, f"{name}, with the cursor")

    def type(self, words: str) -> None:
        """Type words, key by key."""
        self._move("type", "--delay", "25", "--", words)

    def keys(self, *names: str) -> None:
        """Press keys, as ``F2`` or ``ctrl+Return``."""
        self._move("key", "--delay", "30", *names)

    def _holds(self, name: str, words: str) -> bool:
        """Tell whether that was typed; of a passphrase one sees how long it is."""
        field = self.find(name, *_FIELDS)
        if field is None:
            return False
        return len(field.text) == len(words) if field.role == _SECRET else field.text == words

    def _move(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, timeout=30)


def _ask(question: Callable[[], T], otherwise: T) -> T:
    """Ask something on the screen that may just have gone."""
    try:
        return question()
    except GLib.Error:
        return otherwise


def _children(thing: Any) -> Iterator[Any]:
    for place in range(_ask(thing.get_child_count, 0)):
        if (child := _ask(partial(thing.get_child_at_index, place), None)) is not None:
            yield child


def _seen(thing: Any) -> Iterator[Thing]:
    """Yield it and everything in it, as far as it can be seen."""
    thing.clear_cache()
    states = _ask(thing.get_state_set, None)
    if states is None or not states.contains(Atspi.StateType.SHOWING):
        return
    place = _ask(lambda: thing.get_extents(Atspi.CoordType.SCREEN), None)
    if place is not None:
        yield Thing(
            _ask(thing.get_name, ""),
            _ask(thing.get_role_name, ""),
            _ask(thing.get_description, ""),
            states.contains(Atspi.StateType.ENABLED),
            states.contains(Atspi.StateType.FOCUSED),
            _text(thing),
            (place.x + place.width // 2, place.y + place.height // 2),
        )
    for child in _children(thing):
        yield from _seen(child)


def _text(thing: Any) -> str:
    """Return what stands in a field."""
    inside = _ask(thing.get_text_iface, None)
    if inside is None:
        return ""
    length = _ask(lambda: Atspi.Text.get_character_count(inside), 0)
    return _ask(lambda: Atspi.Text.get_text(inside, 0, length), "")
