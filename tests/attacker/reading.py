"""What leaves the centre, as a stranger reads it: published JSON documents, and nothing else.

Shares only the format with the program (contract.md section 4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

FORMAT = "kadin-danisma-report/1"
STAR = "*"
_TOTAL = "_total"
#: Codes that are counted together; a single category is a set of one.
Codes = frozenset[str]
#: What is asked of the units counted: one set of codes for each dimension that is asked of.
Of = frozenset[tuple[str, Codes]]
EVERYTHING: Of = frozenset()


class Count(NamedTuple):
    """How many units of a period have one of these codes in each of these dimensions.

    The same count has the same name wherever it is printed: the total of every table of women and
    the line of the summary are one ``Count``.
    """

    period: str
    unit: str
    of: Of = EVERYTHING

    def __str__(self) -> str:
        asked = " and ".join(f"{dim} {'+'.join(sorted(codes))}" for dim, codes in sorted(self.of))
        return f"{self.period}: {self.unit}{' with ' + asked if asked else ''}"


@dataclass(frozen=True, slots=True)
class Form:
    """How one table of a report is laid out."""

    period: str
    unit: str
    #: The published categories by dimension, as the codes they stand for.
    split: Mapping[str, tuple[Codes, ...]]
    several_answers: bool

    def cells(self) -> Iterable[Of]:
        """Yield every cell and margin of the table."""
        sides = [[None, *((dim, codes) for codes in parts)] for dim, parts in self.split.items()]
        for labels in product(*sides):
            yield frozenset(label for label in labels if label)

    def lines(self) -> Iterable[tuple[Count, list[Count]]]:
        """Yield every margin with the cells that it is split into, dimension by dimension."""
        for margin in self.cells():
            for dim in self.split.keys() - dict(margin).keys():
                cells = [margin | {(dim, codes)} for codes in self.split[dim]]
                yield (
                    Count(self.period, self.unit, margin),
                    [Count(self.period, self.unit, of) for of in cells],
                )


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as read."""

    period: str
    minimum: int
    forms: tuple[Form, ...]
    #: Every printed place in turn: a number, or None for a star.
    printed: tuple[tuple[Count, int | None], ...]

    def stars(self) -> Iterable[Count]:
        """Yield what is hidden."""
        return (count for count, number in self.printed if number is None)


def read(document: Mapping[str, Any]) -> Reading:
    """Read one published document.

    Raises:
        ValueError: It is none.
    """
    if document["format"] != FORMAT:
        raise ValueError("not a published report")
    period = str(document["period"])
    forms: list[Form] = []
    printed: list[tuple[Count, int | None]] = []
    for table in document["tables"]:
        codes = _codes_of(table)
        if table["id"] != "summary":
            split = {dim: tuple(named.values()) for dim, named in codes.items()}
            forms.append(Form(period, table["unit"], split, bool(table["multi"])))
        for *labels, value in table["rows"]:
            number = None if value == STAR else int(value)
            printed.append((_count(period, table, codes, labels), number))
    return Reading(period, int(document["rule"]["minimum"]), tuple(forms), tuple(printed))


def _codes_of(table: Mapping[str, Any]) -> dict[str, dict[str, Codes]]:
    """Return what each published label of each dimension stands for."""
    return {
        dim: {
            label: frozenset(table["groups"].get(dim, {}).get(label, [label]))
            for label in table["categories"][dim]
        }
        for dim in table["dims"]
    }


def _count(
    period: str,
    table: Mapping[str, Any],
    codes: Mapping[str, Mapping[str, Codes]],
    labels: list[str],
) -> Count:
    if table["id"] == "summary":
        return Count(period, labels[0])
    asked = zip(table["dims"], labels, strict=True)
    of = frozenset((dim, codes[dim][label]) for dim, label in asked if label != _TOTAL)
    return Count(period, table["unit"], of)


def second_versions(documents: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the numbers under which two documents differ: what came between is their difference.

    A table on request has a number of its own.
    """
    first: dict[str, Mapping[str, Any]] = {}
    return [
        number
        for document in documents
        if first.setdefault(number := str(document["number"]), document) != document
    ]
