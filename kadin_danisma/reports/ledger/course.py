"""How a woman's year went, as far as reports count it, and how it could have gone instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kadin_danisma.domain import lists

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What a woman told in the applications of one month."""

    month: str
    types: frozenset[str] = NOTHING
    who: frozenset[str] = NOTHING


@dataclass(frozen=True, slots=True)
class Course:
    """How a woman's year went.

    Attributes:
        came: The months in which she applied or had a completed session.
        known: Whether she had applied before the year began.
        told: What she told, one entry for each month in which she applied.
    """

    came: frozenset[str]
    known: bool
    told: tuple[Said, ...]

    @property
    def applied(self) -> frozenset[str]:
        """Return the months in which she applied."""
        return frozenset(said.month for said in self.told)

    def lines(self, months: frozenset[str]) -> tuple[str, ...]:
        """Return the lines of the summary of a period in which she is counted."""
        if not self.came & months:
            return ()
        if not self.applied & months:
            return ("clients", "clients_continuing")
        first = not self.known and min(self.applied) in months
        return ("clients", "clients_first" if first else "clients_returning")

    def others(self, heard: Mapping[str, Sequence[Said]]) -> Iterator["Course"]:
        """Yield courses she could have had instead.

        Args:
            heard: What women told in each month: she could have told the same.
        """
        yield replace(self, known=not self.known)
        for month in sorted(self.came):
            told = tuple(said for said in self.told if said.month != month)
            yield from self._known_or_not(told)
            for said in (Said(month), *heard.get(month, ())):
                yield from self._known_or_not(tuple(sorted((*told, said), key=_month_of)))
        for told in self._told_later():
            yield replace(self, told=told)
        for told in _retold(self.told):
            yield replace(self, told=told)

    def _told_later(self) -> Iterator[tuple[Said, ...]]:
        """Yield what she told, one time of it told in another of her months."""
        for at, said in enumerate(self.told):
            others = (*self.told[:at], *self.told[at + 1 :])
            for month in sorted(self.came - self.applied):
                yield tuple(sorted((*others, replace(said, month=month)), key=_month_of))

    def _known_or_not(self, told: tuple[Said, ...]) -> Iterator["Course"]:
        yield replace(self, told=told)
        yield replace(self, told=told, known=not self.known)


def _month_of(said: Said) -> str:
    return said.month


def _retold(told: tuple[Said, ...]) -> Iterator[tuple[Said, ...]]:
    """Yield what she could have told instead, in the same applications."""
    yield tuple(replace(said, types=NOTHING) for said in told)
    for label in lists.REAL_VIOLENCE:
        one = frozenset((label,))
        yield tuple(replace(said, types=one) for said in told)
        yield tuple(replace(said, types=said.types | one) for said in told)
        yield tuple(replace(said, types=said.types - one) for said in told)
    for label in lists.PERPETRATOR_RELATION.keys:
        one = frozenset((label,))
        yield tuple(replace(said, who=one) for said in told)
        yield tuple(replace(said, who=said.who | one) for said in told)
        yield tuple(replace(said, who=said.who - one) for said in told)
    for at, said in enumerate(told if len(told) > 1 else ()):
        for other in _resaid(said):
            yield (*told[:at], other, *told[at + 1 :])


def _resaid(said: Said) -> Iterator[Said]:
    """Yield what she could have told instead in one month."""
    yield replace(said, types=NOTHING)
    for label in lists.REAL_VIOLENCE:
        yield replace(said, types=said.types ^ {label})
    for label in lists.PERPETRATOR_RELATION.keys:
        yield replace(said, who=said.who ^ {label})
