"""Turkish words of kinship: which person a word names, in every form it is written in.

"annesi", "annem" and "anane" are not three people. A form says whose relative is meant: what is
written in a woman's file is hers ("eşi"), what is said at the door is the child's ("baba").
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kadin_danisma.domain.text import fold_words

#: What is written apart and is one word, folded.
_JOINED: Mapping[str, str] = {
    "anne anne": "anneanne", "baba anne": "babaanne", "buyuk anne": "buyukanne",
    "buyuk baba": "buyukbaba", "kayin valide": "kayinvalide", "kayin peder": "kayinpeder",
    "kayin birader": "kayinbirader", "kayin baba": "kayinpeder", "kayin ana": "kayinvalide",
    "kiz kardes": "kizkardes", "erkek kardes": "erkekkardes", "uvey baba": "uveybaba",
    "uvey anne": "uveyanne", "erkek arkadas": "sevgili", "is yeri": "isyeri",
}  # fmt: skip
#: The stems, folded, and the word that stands for each.
_STEMS: Mapping[str, str] = {
    "anne": "anne", "ana": "anne", "baba": "baba", "koca": "es",
    "anneanne": "anneanne", "annanne": "anneanne", "annane": "anneanne", "ananne": "anneanne",
    "anane": "anneanne", "babaanne": "babaanne", "babanne": "babaanne", "babane": "babaanne",
    "buyukanne": "buyukanne", "nine": "buyukanne", "nene": "buyukanne",
    "dede": "dede", "buyukbaba": "dede",
    "abla": "abla", "kizkardes": "kizkardes", "erkekkardes": "erkekkardes", "kardes": "kardes",
    "agabey": "agabey", "abi": "agabey", "agbi": "agabey", "ogul": "ogul", "oglu": "ogul",
    "teyze": "teyze", "hala": "hala", "amca": "amca", "dayi": "dayi", "yenge": "yenge",
    "eniste": "eniste", "kuzen": "kuzen", "yegen": "yegen",
    "kayinvalide": "kayinvalide", "kaynana": "kayinvalide", "kayinpeder": "kayinpeder",
    "kaynata": "kayinpeder", "kayinbaba": "kayinpeder", "kayinbirader": "kayinbirader",
    "kayinco": "kayinbirader", "kayin": "kayinbirader", "kayn": "kayinbirader",
    "gorumce": "gorumce", "baldiz": "baldiz", "elti": "elti",
    "bacanak": "bacanak", "uveybaba": "uveybaba", "uveyanne": "uveyanne",
    "sevgili": "sevgili", "nisanli": "sevgili", "partner": "sevgili", "dost": "sevgili",
    "komsu": "komsu", "arkadas": "arkadas", "isyeri": "isyeri", "patron": "isyeri",
    "dadi": "dadi", "bakici": "dadi",
    "aile": "aile", "akraba": "aile", "evdeki": "aile",
    "taraf": "aile", "yakin": "aile", "cevre": "aile",
    "herkes": "herkes", "kimse": "herkes", "hicbiri": "herkes", "hickimse": "herkes",
}  # fmt: skip
#: Words without Turkish suffixes: "dadı" is a nanny, not her dad, and "Murat Bey" no husband.
_AS_THEY_ARE: Mapping[str, str] = {
    "mother": "anne", "mum": "anne", "mom": "anne", "father": "baba", "dad": "baba",
    "husband": "es", "ex": "es", "exi": "es", "beyi": "es", "beyim": "es",
    "grandmother": "buyukanne", "grandfather": "dede", "family": "aile",
    "everybody": "herkes", "nobody": "herkes",
}  # fmt: skip
#: "eş" takes no suffix of which a name could be made: Esin is a woman, not a husband.
_SPOUSE = re.compile(r"es(?:i(?:n(?:e|in|den|i))?|i?yle|ler|leri|e|ten|im(?:e|in|i|le|den)?)?")
#: Whose it is, and the case; on folded letters.
_SUFFIXES = (
    r"(?P<mine>[iu]?m(?:[iu]z)?)?(?:s?[iu]|[iu]?n(?:[iu]z)?|l[ae]r[iu]?)?"
    r"(?P<case>n[iu]n|[iu]n|n?[iuae]|y[iuae]|y?l[ae]|n?[dt][ae]n?|y[iu]m)?"
)
_FORM = re.compile(f"(?P<stem>{'|'.join(sorted(_STEMS, key=len, reverse=True))}){_SUFFIXES}")
#: Whose father somebody is adds nothing: "çocuğumun babası" is the child's father.
_OF_THE_CHILD = re.compile(r"(?:cocu[gk](?:lar)?|ogl|kiz)(?:[iu]m(?:[iu]z)?|[iu])?n?[iu]n")
#: What stands behind the apostrophe of a name whose bearer is not meant ("Murat'ın annesi").
_OWNING = frozenset({"in", "un", "nin", "nun", "s"})
#: Before these words a name that ends so owns them without an apostrophe as well; before others it
#: may be a name by itself ("Metin dayısı").
_OWNED = frozenset({"anne", "baba", "es"})
#: What a short name carries in a sentence; a longer one is told by how it begins.
_CASE_OF_A_NAME = re.compile(r"n?[iu]n|y?[iuae]|[dt][ae]n?|y?l[ae]")
#: Short names that do not begin as the name does.
_CALLED: Mapping[str, str] = {
    "memo": "mehmet", "memet": "mehmet", "mistik": "mustafa", "musti": "mustafa", "apo": "abdullah",
    "amo": "ahmet", "maho": "mahmut", "hatus": "hatice", "fadik": "fadime",
}  # fmt: skip
#: Words beside a person that are no name.
_BESIDE = frozenset(
    [
        "hanim",
        "bey",
        "bay",
        "bayan",
        "cocugun",
        "cocuklarin",
        "kendi",
        "kendisi",
        "eski",
        "bosandigi",
        "oz",
        "imam",
        "nikahli",
        "resmi",
        "birlikte",
        "yasadigi",
        "kisi",
        "sadece",
        "yalniz",
        "yalnizca",
        "only",
        "the",
        "her",
        "his",
        "olan",
        "adi",
        "bir",
        "da",
        "de",
        "ile",
        "sn",
        "sayin",
        "kesinlikle",
        "hic",
        "hicbir",
        "tum",
        "butun",
        "onun",
        "alabilir",
        "alsin",
        "gelebilir",
        "gelsin",
    ]
)
#: Of these a child has one.
ONLY_ONE = frozenset({"anne", "baba", "anneanne", "babaanne", "es"})
#: What a relative of hers is to her child: nobody else can be meant.
_TO_HER_CHILD: Mapping[str, tuple[str, ...]] = {
    "es": ("baba", "uveybaba"), "sevgili": ("uveybaba",), "uveybaba": ("es", "sevgili"),
    "anne": ("anneanne", "buyukanne"), "baba": ("dede", "es"),
    "abla": ("teyze",), "kizkardes": ("teyze", "abla", "kardes"), "agabey": ("dayi",),
    "erkekkardes": ("dayi", "agabey", "kardes"), "ogul": ("agabey",),
    "kayinvalide": ("babaanne", "buyukanne"), "kayinpeder": ("dede",),
    "kayinbirader": ("amca",), "gorumce": ("hala",), "baldiz": ("teyze",), "elti": ("yenge",),
    "bacanak": ("eniste",), "buyukanne": ("anneanne", "babaanne"),
    "anneanne": ("buyukanne",), "babaanne": ("buyukanne", "kayinvalide"),
    "dede": ("kayinpeder",), "amca": ("kayinbirader",), "hala": ("gorumce",),
}  # fmt: skip
#: What may be meant as well; said of somebody whom the mother named herself it does not count.
_PERHAPS: Mapping[str, tuple[str, ...]] = {
    "kardes": ("teyze", "dayi", "hala", "amca", "abla", "agabey", "kizkardes", "erkekkardes"),
    "arkadas": ("komsu",),
}
_RELATIVES = frozenset(_STEMS.values()) - {
    "komsu", "arkadas", "isyeri", "dadi", "herkes", "anne"
}  # fmt: skip
#: What a mother's own "annem" is to her child; what is not listed stands for itself alone.
_OF_MINE: Mapping[str, str] = {
    "anne": "anneanne", "baba": "dede", "abla": "teyze", "kizkardes": "teyze", "agabey": "dayi",
    "erkekkardes": "dayi", "kayinvalide": "babaanne", "es": "es", "sevgili": "sevgili",
}  # fmt: skip


#: Who it is to a child when two words of kinship name one person ("eşinin annesi").
_BY_THE_FATHER: Mapping[str, frozenset[str]] = {
    "anne": frozenset({"babaanne", "kayinvalide"}), "baba": frozenset({"dede", "kayinpeder"}),
    "agabey": frozenset({"amca", "kayinbirader"}), "abla": frozenset({"hala", "gorumce"}),
    "erkekkardes": frozenset({"amca", "kayinbirader"}),
    "kizkardes": frozenset({"hala", "gorumce"}),
    "kardes": frozenset({"amca", "hala", "kayinbirader", "gorumce"}),
}  # fmt: skip
_BY_THE_MOTHER: Mapping[str, frozenset[str]] = {
    "anne": frozenset({"anneanne"}), "baba": frozenset({"dede"}),
    "agabey": frozenset({"dayi"}), "abla": frozenset({"teyze"}),
    "erkekkardes": frozenset({"dayi"}), "kizkardes": frozenset({"teyze"}),
    "kardes": frozenset({"dayi", "teyze"}),
}  # fmt: skip
_BY: Mapping[str, Mapping[str, frozenset[str]]] = {
    "es": _BY_THE_FATHER, "baba": _BY_THE_FATHER, "sevgili": _BY_THE_FATHER,
    "anne": _BY_THE_MOTHER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as written or said: the words of kinship, and the names beside them.

    Args:
        words: The whole, folded and without spaces.
        kin: The relations, each by one word.
        mine: Those in the mother's own words ("annem").
        names: What is left, folded.
        of_another: Whether it is somebody's ("eşinin kardeşi"): no relation stands for it alone.
        by_way: Who that is to the child ("eşinin annesi" is her "babaanne"), where it can be told.
    """

    words: str
    kin: frozenset[str]
    mine: frozenset[str]
    names: tuple[str, ...]
    of_another: bool
    by_way: frozenset[str] = frozenset()

    @property
    def is_mother(self) -> bool:
        """Tell whether the mother is meant, and nobody beside her."""
        return self.kin == {"anne"} and not self.of_another

    @property
    def to_the_child(self) -> frozenset[str]:
        """Return what she or he is to the child, read as the mother wrote it down for the door."""
        if self.of_another:
            return frozenset()
        return frozenset(
            _OF_MINE.get(word, f"{word} of mine") if word in self.mine else word
            for word in self.kin
        )


def person(text: str) -> Person:
    """Return who is meant by a few words."""
    kin, mine, by_way, names = set[str](), set[str](), set[str](), list[str]()
    owner, of_another = "", False
    for word in _joined(fold_words(text)):
        if _OF_THE_CHILD.fullmatch(word):
            continue
        if word in _OWNING and names:
            of_another = True
            continue
        found = _read(word)
        if found is None:
            if word not in _BESIDE:
                names.append(word)
            continue
        relation, is_mine, is_genitive = found
        known = _BY.get(owner, {}).get(relation, frozenset())
        by_way |= known
        kin |= known or {relation}
        of_another = of_another or is_genitive or (relation in _OWNED and _is_owner(names))
        owner = relation if is_genitive else ""
        if is_mine:
            mine.add(relation)
    whole = "".join(fold_words(text))
    return Person(
        whole, frozenset(kin), frozenset(mine), tuple(names), of_another, frozenset(by_way)
    )


def surely(kin: Iterable[str]) -> frozenset[str]:
    """Return everybody who is meant by relations of a woman, seen from her and from her child."""
    given = frozenset(kin)
    return given.union(*(_TO_HER_CHILD.get(word, ()) for word in given))


def perhaps(kin: Iterable[str]) -> frozenset[str]:
    """Return everybody who may be meant: a family is any of its people."""
    given = surely(kin)
    if "aile" in given:
        given |= _RELATIVES
    return given.union(*(_PERHAPS.get(word, ()) for word in given))


def near(one: str, other: str) -> bool:
    """Tell whether two folded names may be one: with a suffix, or a letter off."""
    short, long = sorted((one, other), key=len)
    if short == long or (len(short) > 3 and long.startswith(short) and len(long) < len(short) + 4):
        return True
    if len(short) < 4 or len(long) - len(short) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def speaks_of(written: str, name: str) -> bool:
    """Tell whether a folded word of a sentence may be a name ("Alinin haberi olmasın")."""
    if near(name, written) or _is_short_for(name, written) or _is_short_for(written, name):
        return True
    return len(name) == 3 and _CASE_OF_A_NAME.fullmatch(written.removeprefix(name)) is not None


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether a folded word may be what somebody of a name is called: Muro, Fatoş, Memo."""
    if short in _CALLED:
        return near(_CALLED[short], name)
    beginning = short.removesuffix("s").removesuffix("o")
    return short.endswith(("o", "os")) and len(beginning) > 1 and name.startswith(beginning)


def _is_owner(names: list[str]) -> bool:
    return bool(names) and len(names[-1]) > 4 and names[-1].endswith(("in", "un"))


def _joined(words: tuple[str, ...]) -> list[str]:
    text = f" {' '.join(words)} "
    for apart, joined in _JOINED.items():
        text = text.replace(f" {apart}", f" {joined}")
    return text.split()


def _read(word: str) -> tuple[str, bool, bool] | None:
    """Return the relation a folded word names, whether it is hers, and whether it owns the next."""
    if word in _AS_THEY_ARE:
        return _AS_THEY_ARE[word], word == "beyim", False
    if _SPOUSE.fullmatch(word):
        return "es", word.startswith("esim"), word in ("esinin", "esimin")
    found = _FORM.fullmatch(word)
    if found is None:
        return None
    case = found["case"] or ""
    return _STEMS[found["stem"]], bool(found["mine"]), case.endswith("n") and "d" not in case
