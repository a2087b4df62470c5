"""Sifting the applications of some days: what is wanted of them, and how many there are of each."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kadin_danisma.domain.views import ApplicationLine


class Standing(StrEnum):
    """Whether an application has a file."""

    ALL = "all"
    FILED = "filed"
    #: A contact.
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is wanted of applications; an empty field asks for all.

    Of an application in a restricted file of others nothing is known but its day and its file, so
    that it is among those with a file and among no channel, reason or person.
    """

    standing: Standing = Standing.ALL
    channel: str = ""
    reason: str = ""
    taken_by: str = ""

    def keeps(self, line: ApplicationLine) -> bool:
        """Tell whether an application is wanted."""
        application = line.application
        return (
            self.standing in (Standing.ALL, standing_of(line))
            and self.channel in ("", application.channel)
            and (not self.reason or self.reason in application.reasons)
            and self.taken_by in ("", line.taken_by_id)
        )

    def sift(self, lines: Iterable[ApplicationLine]) -> list[ApplicationLine]:
        """Return those that are wanted."""
        return [line for line in lines if self.keeps(line)]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many applications each choice would show, while the other choices stay as they are."""

    standing: Mapping[str, int]
    channel: Mapping[str, int]
    reason: Mapping[str, int]
    taken_by: Mapping[str, int]

    @classmethod
    def of(cls, lines: Iterable[ApplicationLine], sieve: Sieve) -> "Tally":
        """Count the applications of some days.

        Args:
            lines: All of them.
            sieve: What is wanted now.
        """
        every = list(lines)

        def counted(
            others: Sieve, keys: Callable[[ApplicationLine], Iterable[str]]
        ) -> dict[str, int]:
            found = others.sift(every)
            counts = Counter(key for line in found for key in set(keys(line)) if key)
            return {"": len(found), **counts}

        return cls(
            standing=counted(replace(sieve, standing=Standing.ALL), lambda x: [standing_of(x)]),
            channel=counted(replace(sieve, channel=""), lambda x: [x.application.channel]),
            reason=counted(replace(sieve, reason=""), lambda x: x.application.reasons),
            taken_by=counted(replace(sieve, taken_by=""), lambda x: [x.taken_by_id]),
        )


def standing_of(line: ApplicationLine) -> Standing:
    """Return whether an application has a file."""
    return Standing.FILED if line.application.client_id else Standing.CONTACT
