"""Faults with a marker wherever Python could repeat one: text, locals, repr, cause, destructor."""

from typing import NoReturn

from kadin_danisma.domain.records import Client
from tests.leaks.markers import marker


class Faulty:
    """Something whose end is a fault that nobody can catch."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"Faulty({self.text})"

    def __del__(self) -> None:
        raise ValueError(self.text)


def broken(place: str) -> NoReturn:
    """Raise a fault that holds the marker of a place in every way a traceback could show."""
    word = marker(place)
    client = Client(file_no=word, name=word)
    try:
        raise KeyError(client)
    except KeyError as cause:
        fault = ValueError(f"{word} {client!r}")
        fault.add_note(word)
        raise fault from cause
