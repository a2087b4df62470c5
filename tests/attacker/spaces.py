"""The tables of many reports that ask the same of the same units, brought to one grain."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from tests.attacker.calendar import Calendar
from tests.attacker.reading import Codes, Form, Of

#: What a space is called: the unit, and the dimensions that are asked of together.
Name = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Space:
    """All tables of one unit by one set of dimensions, by period."""

    unit: str
    dims: tuple[str, ...]
    several_answers: bool
    #: A period has several where a table was published once more with other groups.
    forms: dict[str, list[Form]]

    def wanted(self, calendar: Calendar, period: str) -> frozenset[Of]:
        """Return what is asked of a period by its own table or that of a longer one around it."""
        around = (form for other in calendar.around(period) for form in self.forms.get(other, ()))
        return frozenset(of for form in around for of in form.cells())

    def is_inside(self, calendar: Calendar, period: str) -> bool:
        """Tell whether a table of this space was published of a part of a period."""
        return any(inner in self.forms for inner in calendar.within(period) if inner != period)

    def grain(self, periods: Iterable[str]) -> dict[str, tuple[Codes, ...]]:
        """Return the coarsest categories of which all those of these periods are made."""
        forms = [form for period in periods for form in self.forms.get(period, ())]
        return {dim: refined([form.split[dim] for form in forms]) for dim in self.dims}

    def atoms(self, periods: Iterable[str]) -> list[Of]:
        """Return the finest cells that the tables of these periods tell apart."""
        grain = self.grain(periods)
        return [
            frozenset(zip(self.dims, codes, strict=True))
            for codes in product(*(grain[dim] for dim in self.dims))
        ]


def spaces_of(forms: Iterable[Form]) -> Iterator[Space]:
    """Bring the tables together that ask the same."""
    together: dict[tuple[str, tuple[str, ...], bool], dict[str, list[Form]]] = defaultdict(dict)
    for form in forms:
        name = form.unit, tuple(sorted(form.split)), form.several_answers
        together[name].setdefault(form.period, []).append(form)
    for (unit, dims, several), by_period in together.items():
        yield Space(unit, dims, several, by_period)


def refined(partitions: Sequence[Sequence[Codes]]) -> tuple[Codes, ...]:
    """Return the codes that no partition tells apart, together."""
    groups: dict[tuple[int, ...], set[str]] = defaultdict(set)
    places = [
        {code: at for at, codes in enumerate(parts) for code in codes} for parts in partitions
    ]
    for code in dict.fromkeys(code for place in places for code in place):
        groups[tuple(place.get(code, -1) for place in places)].add(code)
    return tuple(frozenset(codes) for codes in groups.values())


def inside(small: Of, large: Of) -> bool:
    """Tell whether every unit counted by the one is counted by the other."""
    asked = dict(small)
    return all(dim in asked and asked[dim] <= codes for dim, codes in large)
