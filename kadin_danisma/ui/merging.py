"""When two people corrected one record: what each of them said, field by field (no Qt)."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from kadin_danisma.domain.records import Record

R = TypeVar("R", bound=Record)
_OWN = frozenset({"id", "revision"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two records differ."""

    field: str
    mine: Any
    theirs: Any
    #: Whether the field was changed here, so that mine is the likelier answer.
    mine_is_newer: bool


def differences(base: R, mine: R, theirs: R) -> list[Difference]:
    """Return the fields in which mine and theirs differ.

    Args:
        base: The record as it was when the form was opened.
        mine: As the form has it.
        theirs: As it stands in the vault now.
    """
    return [
        Difference(
            name,
            getattr(mine, name),
            getattr(theirs, name),
            getattr(mine, name) != getattr(base, name),
        )
        for name in base.__slots__
        if name not in _OWN and getattr(mine, name) != getattr(theirs, name)
    ]


def merged(theirs: R, chosen: dict[str, Any]) -> R:
    """Return what stands in the vault now, with the chosen values in place of its own."""
    return replace(theirs, **chosen)
