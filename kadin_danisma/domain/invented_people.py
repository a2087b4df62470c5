"""Invented women and children, and the chance that makes them. Nobody here exists."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping
from itertools import accumulate

from kadin_danisma.domain import invented_words as words
from kadin_danisma.domain.records import Client

#: First name, birth year and sex.
Child = tuple[str, int, str]
_AGES = ((15, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 78))
_AGE_WEIGHTS = (2, 35, 79, 93, 99, 102)


class Dice:
    """Chance, with the shares of ``invented_words``."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (invented people, no secret)
        self._weights: dict[int, tuple[list[str], list[int]]] = {}

    def pick(self, shares: Mapping[str, int]) -> str:
        """Return one key, as often as its share says."""
        known = self._weights.get(id(shares))
        if known is None:
            known = (list(shares), list(accumulate(shares.values())))
            self._weights[id(shares)] = known
        return self.chance.choices(known[0], cum_weights=known[1])[0]

    def several(self, shares: Mapping[str, int], most: int) -> tuple[str, ...]:
        """Return one to ``most`` different keys."""
        wanted = self.chance.randint(1, most)
        return tuple(dict.fromkeys(self.pick(shares) for _ in range(wanted)))

    def happens(self, share: float) -> bool:
        """Tell whether something happens that happens in this share of cases."""
        return self.chance.random() < share

    def one_of(self, choices: tuple[str, ...]) -> str:
        """Return any of them."""
        return self.chance.choice(choices)

    def new_id(self) -> str:
        """Return an identity that depends on the seed alone."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def time(self, first: int = 9 * 60, last: int = 17 * 60) -> dt.time:
        """Return a time of day on a multiple of five minutes."""
        minute = max(0, self.chance.randint(first, max(first, last)) // 5 * 5)
        return dt.time(minute // 60, minute % 60)


def kimlik_no(serial: int) -> str:
    """Return a number whose check digits are right and which, beginning 999, is nobody's."""
    digits = [int(digit) for digit in f"999{serial * 7919 % 1_000_000:06d}"]
    digits.append((7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10)
    digits.append(sum(digits) % 10)
    return "".join(map(str, digits))


def invent_client(dice: Dice, day: dt.date, file_no: str, serial: int) -> Client:
    """Return a woman who comes for the first time.

    Args:
        dice: The chance of the story.
        day: The day on which she comes.
        file_no: The number of her file.
        serial: How many came before her; her kimlik no follows from it.
    """
    nameless = dice.happens(0.05)
    citizen = dice.pick(words.LEGAL_STATUS)
    guarded = dice.happens(0.45)
    return Client(
        id=dice.new_id(),
        file_no=file_no,
        name="" if nameless else _name(dice),
        kimlik_no=kimlik_no(serial) if citizen == "tr" and dice.happens(0.7) else "",
        birth_year=None if dice.happens(0.02) else day.year - _age(dice),
        legal_status=citizen,
        marital=dice.pick(words.MARITAL),
        education=dice.pick(words.EDUCATION),
        employment=dice.pick(words.EMPLOYMENT),
        income=dice.pick(words.INCOME),
        social_security=dice.pick(words.SOCIAL_SECURITY),
        district=dice.pick(words.DISTRICT),
        heard_from=dice.pick(words.HEARD_FROM),
        phone=f"+90500000{dice.chance.randrange(10_000):04d}" if dice.happens(0.86) else "",
        may_call=dice.pick(words.YES_NO),
        call_hours=dice.one_of(words.CALL_HOURS) if dice.happens(0.3) else "",
        may_leave_message=dice.pick(words.YES_NO),
        must_not_know=dice.one_of(words.MUST_NOT_KNOW) if guarded else "",
        may_collect=dice.one_of(words.COLLECTORS) if dice.happens(0.3) else "",
        safety_note=dice.one_of(words.SAFETY_NOTES) if dice.happens(0.15) else "",
    )


def _name(dice: Dice) -> str:
    first = dice.one_of(words.FIRST_NAMES)
    if dice.happens(0.08):
        first += f" {dice.one_of(words.FIRST_NAMES)}"
    return f"{first} {dice.one_of(words.SURNAMES)}"


def _age(dice: Dice) -> int:
    low, high = dice.chance.choices(_AGES, cum_weights=_AGE_WEIGHTS)[0]
    return dice.chance.randint(low, high)


def invent_children(dice: Dice, day: dt.date) -> list[Child]:
    """Return the children whom a woman may bring."""
    how_many = dice.chance.choices((0, 1, 2, 3), cum_weights=(45, 70, 92, 100))[0]
    names = dice.chance.sample(words.CHILDREN, how_many)
    return [
        (
            name if dice.happens(0.8) else f"Ç{place}",
            day.year - dice.chance.randint(1, 11),
            dice.one_of(("girl", "boy")),
        )
        for place, name in enumerate(names, start=1)
    ]
