"""Who may take a child home from the playroom: whom the mother named, and whom she ruled out.

domain.md 1 and features.md 52: only the person who was written down on arrival takes a child home.
Whoever is ruled out is found with generous reading, whoever is named with a strict one: to ask the
mother once more costs a minute (docs/decisions/0041).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kadin_danisma.domain.checks import LONGEST_TEXT
from kadin_danisma.domain.kinship import ONLY_ONE, Person, perhaps, person, speaks_of, surely
from kadin_danisma.domain.records import Client, PlayroomVisit
from kadin_danisma.domain.text import fold_words, tidy

#: What ends a statement: what is denied behind it denies nothing before it. Spaces are left to
#: ``tidy``: looked for here, a long row of them would be walked again from each of them.
_STATEMENTS = re.compile(r"[;\n]|(?<=\w{4})\.(?=\s)|\s(?:ama|fakat|ancak|but)(?=\s)", re.IGNORECASE)
_COMMAS = re.compile(r"[,/]")
#: Between names people put a comma, a slash, "ve" or "veya".
_BETWEEN = re.compile(r"[,/]|\s(?:ve|veya|ya da|ile|and|or)(?=\s)", re.IGNORECASE)
#: Beside what is said of her ("Hatice (teyze)") a bracket may hold what denies somebody else.
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DENIED = re.compile(
    r"degil|haric|asla|yasak(?:li)?|olmaz|olmasin|disinda|disindaki|not|never|except|uzak"
    r"|uzaklastirma(?:li)?|tedbir(?:li)?|sakincali|tehlikeli|yok|izinsiz|polis|polise"
    r"|jandarma|jandarmaya"
    r"|(?:al|alin|ala|ver|veril|verile|gel|gele|bil|bilin|edil|edile|et|ede|birak|birakil|ogren"
    r"|yaklas|yaklastiril|cikar|gotur|goture|goturul)"
    r"m[ae](?:sin(?:l[ae]r)?|z(?:l[ae]r)?|y[ae]cak(?:l[ae]r)?|l[iu]|m[ae]l[iu])"
)


#: How a verb ends that says what is not to be done, or is not done; no name ends so.
_NOT_DONE = re.compile(
    r"(?<=\w)m(?:[ae](?:sin(?:l[ae]r)?|yin(?:iz)?|y[ae]cak(?:l[ae]r)?)\Z|[iu]yor)"
)


class Standing(StrEnum):
    """What is written about somebody at the door."""

    NAMED = "named"
    #: Nothing is written about her or him.
    STRANGER = "stranger"
    #: Must not know, or must not collect.
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How somebody stands, and because of which words."""

    standing: Standing
    because: str = ""


@dataclass(frozen=True, slots=True)
class Pickup:
    """Everything that is written about who may take a child home.

    Args:
        may_collect: What the mother said on arrival.
        must_not_know: Who must not know, as her file says.
        file_may_collect: Who may collect, as her file says.
        safety_note: What else matters for her safety.
    """

    may_collect: str
    must_not_know: str = ""
    file_may_collect: str = ""
    safety_note: str = ""

    def verdict(self, who: str) -> Verdict:
        """Return how somebody at the door stands."""
        return self._verdict(who, [person(each) for each in self._collectors()])

    def _verdict(self, who: str, named: Sequence[Person]) -> Verdict:
        # Nothing longer is kept; somebody may have pasted a whole letter into the field.
        who = who[:LONGEST_TEXT]
        typed = person(who)
        if not typed.words:
            return Verdict(Standing.STRANGER)
        people = [person(part) for part in _parts(who)]
        for each in (typed, *people):
            if because := self._against(each, named):
                return Verdict(Standing.EXCLUDED, because)
        # Of two who come together both must be named; one may have a comma within ("teyze, Işıl").
        one = named if len(people) < 2 else [each for each in named if each.names]
        is_named = _is_any(typed, one) or all(_is_any(each, named) for each in people)
        return Verdict(Standing.NAMED if people and is_named else Standing.STRANGER)

    def ruled_out(self) -> tuple[tuple[str, str], ...]:
        """Return whom the mother names though she ruled them out, and because of which words."""
        people = self._collectors()
        named = [person(each) for each in people]
        found = [(who, self._verdict(who, named)) for who in people]
        return tuple(
            (who, each.because) for who, each in found if each.standing is Standing.EXCLUDED
        )

    def _collectors(self) -> tuple[str, ...]:
        return collectors(self.may_collect[:LONGEST_TEXT])

    def _against(self, typed: Person, named: Sequence[Person]) -> str:
        """Return the words by which one person was ruled out; none where nothing speaks of her."""
        is_named = _is_any(typed, named)
        mother_is_named = any("anne" in each.to_the_child for each in named)
        for text in _parts(self.must_not_know):
            if _may_not_know(typed, text, is_named=is_named, mother_is_named=mother_is_named):
                return text
        for text in self._spoken_against(is_named=is_named):
            if _is_meant(typed, person(text), is_named=is_named):
                return text
        return ""

    def _spoken_against(self, *, is_named: bool) -> list[str]:
        """Return who is denied; of whom she named herself, a note that speaks of her is none."""
        texts = (self.may_collect, self.file_may_collect, self.safety_note)
        denied = [part for text in texts for part in _read(text)[1]]
        return denied if is_named else denied + _parts(self.safety_note)


def pickup(visit: PlayroomVisit, client: Client | None) -> Pickup:
    """Return what is written about who may take a child home.

    Args:
        visit: The child's visit.
        client: The mother's file.
    """
    if client is None:
        return Pickup(visit.may_collect)
    return Pickup(visit.may_collect, client.must_not_know, client.may_collect, client.safety_note)


def collectors(may_collect: str) -> tuple[str, ...]:
    """Return the people who may collect, one by one, as they were written.

    Args:
        may_collect: What the mother said on arrival: "anne, teyze". Where she also ruled somebody
            out ("baba almasın") that is nobody who may, nor is anybody of whom it may be said.
    """
    return _read(may_collect)[0]


def is_named(who: str, may_collect: str) -> bool:
    """Tell whether somebody at the door is among those who may collect, however it is written."""
    return Pickup(may_collect).verdict(who).standing is Standing.NAMED


def _is_any(typed: Person, named: Sequence[Person]) -> bool:
    return any(_is_same(typed, each) for each in named)


def _is_same(typed: Person, written: Person) -> bool:
    """Tell whether somebody is who was written down; what could be two people is not one."""
    if typed.words == written.words:
        return True
    if typed.of_another or written.of_another:
        return False
    kin = written.to_the_child
    # More than is written is somebody more: "anne baba" is not "anne".
    if kin and not typed.kin <= kin:
        return False
    if typed.names and written.names:
        one, other = set(typed.names), set(written.names)
        fits = written.names[0] in one and (one <= other or other <= one)
        return fits or "".join(typed.names) == "".join(written.names)
    both = kin & typed.kin
    return bool(both & ONLY_ONE if written.names else both)


def _may_not_know(typed: Person, text: str, *, is_named: bool, mother_is_named: bool) -> bool:
    """Tell whether somebody may be who must not know.

    The mother herself knows: her "annesi" is the child's grandmother, unless nothing else says so.
    """
    written = person(text)
    is_mother = typed.is_mother
    if is_mother and mother_is_named:
        return _has_name_of(written, typed.names)
    if typed.words == written.words or (is_mother and "anne" in written.kin):
        return True
    if not is_named and not is_mother and "herkes" in written.kin:
        return True
    return _is_meant(typed, written, is_named=is_named, vague=True)


def _is_meant(typed: Person, written: Person, *, is_named: bool, vague: bool = False) -> bool:
    """Tell whether words may speak of somebody; what is vague counts not if the mother named her.

    Args:
        typed: Who stands at the door.
        written: The words, as the mother says them of her own people.
        is_named: Whether she named who stands there.
        vague: Whether words that mean many ("ailesi") mean each of them.
    """
    said = written.by_way if is_named and written.of_another else written.kin
    kin = perhaps(said) if vague and not is_named else surely(said)
    # Widened on one side at a time: two grandmothers are not one because both are called so.
    if not typed.is_mother and (kin & typed.kin or said & surely(typed.kin)):
        return True
    return _has_name_of(written, typed.names[:1] if is_named else typed.names)


def _has_name_of(written: Person, names: Iterable[str]) -> bool:
    return any(speaks_of(other, one) for one in names for other in written.names)


def _parts(text: str) -> list[str]:
    parts = [each for line in _STATEMENTS.split(text) for each in _BETWEEN.split(line)]
    return [part for each in parts if (part := tidy(each))]


def _read(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who may and who must not, statement by statement.

    "anne, baba almasın" may deny both: whoever stands before a denial with a comma only is neither.
    """
    may: list[str] = []
    must_not: list[str] = []
    for statement in _STATEMENTS.split(_BRACKETS.sub(_bracket, text)):
        parts = [part for each in _BETWEEN.split(statement) if (part := tidy(each))]
        denied = [_is_denied(part) for part in parts]
        last = max((at for at, is_denied in enumerate(denied) if is_denied), default=-1)
        joined = _COMMAS.split(statement)
        commas = [len([part for each in _BETWEEN.split(one) if (part := tidy(each))])
                  for one in joined]  # fmt: skip
        first = _start_of_group(commas, last)
        may += parts[last + 1 :]
        must_not += parts[first : last + 1]
    return tuple(may), tuple(must_not)


def _bracket(found: re.Match[str]) -> str:
    """Make a statement of its own of a bracket that denies a relative of hers.

    The mother is whom one asks: "babası (anneye sormadan verilmesin)" denies the father.
    """
    inside = found[1]
    denies = _is_denied(inside) and bool(person(inside).kin - {"anne"})
    return f"; {inside} ;" if denies else found[0]


def _start_of_group(sizes: list[int], last: int) -> int:
    """Return where the group begins that is denied: "baba ve amca almasın" denies both."""
    begins = 0
    for size in sizes:
        if begins + size > last:
            return begins
        begins += size
    return begins


def _is_denied(part: str) -> bool:
    words = fold_words(part)
    return any(_DENIED.fullmatch(word) or _NOT_DONE.search(word) for word in words)
