"""Names of accounts: what may stand in one, and which two a tired eye takes for one.

``leyIa`` with a capital i is not ``leyla``, and a log that says so is read as if it were. Two names
with one skeleton look alike. The table is a small part of Unicode's confusables (UTS 39): the
letters of the scripts that somebody here can type.
"""

import unicodedata
from collections.abc import Iterable

from kadin_danisma.domain.recovery import RECOVERY_NAME
from kadin_danisma.i18n import _

#: Signs that look like a small Latin one, each group before what it looks like. What is small and
#: what is capital looks different, so both stand here.
_GROUPS = {
    "a": "аАαΑɑ", "b": "вВβΒЬьƄ", "c": "сСϲϹ", "d": "ԁ", "e": "еЕεΕҽє", "f": "ϝ", "g": "ɡ",
    "h": "нНΗһҺհ", "j": "јЈϳ", "k": "кКκΚ", "l": "іІιΙɩɪӀӏǀ|1ıİI", "m": "мМΜ", "n": "ΝηпՈո",
    "o": "оОοΟσ0օՕ", "p": "рРρΡ", "q": "ԛ", "r": "гʀ", "s": "ѕЅ", "t": "тТτΤ", "u": "υսՍ",
    "v": "νѵѴ", "w": "ԝԜω", "x": "хХχΧ", "y": "уУΥүҮγ", "z": "ΖᴢƵ",
}  # fmt: skip
_LOOKS_LIKE = {ord(sign): letter for letter, signs in _GROUPS.items() for sign in signs}
#: Of small letters, what is left: a small i is a capital one to whoever types it.
_SMALL = {ord("i"): "l"}
#: Two letters that stand close and look like one.
_PAIRS = (("rn", "m"), ("vv", "w"))
#: What the number behind the name of a recovery sheet becomes.
_FIGURES = frozenset("lo23456789")
#: Letters, figures of ten, punctuation, currency and arithmetic; a space is a space.
_SHOWN = ("Lu", "Ll", "Lt", "Lo", "Nd", "P", "Sc", "Sm")
#: Letters by their kind, and still nothing to see.
_BLANK = "\u115f\u1160\u3164\uffa0"


def name_problem(text: str) -> str | None:
    """Return why an account may not be called so, or None."""
    composed = unicodedata.normalize("NFC", text)
    if not all(map(_is_seen, composed)):
        return _(
            "A name consists of letters, figures and punctuation. This one contains a picture or "
            "something invisible."
        )
    if len({_script(sign) for sign in composed if sign.isalpha()}) > 1:
        return _("A name is written in one script. This one mixes letters of two.")
    return None


def skeleton(name: str) -> str:
    """Return what is left of a name for a tired eye; two with one skeleton look alike."""
    plain = unicodedata.normalize("NFKD", name.translate(_LOOKS_LIKE)).translate(_LOOKS_LIKE)
    seen = "".join(sign for sign in plain.lower() if sign.isalnum()).translate(_SMALL)
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen


def resembles(name: str, others: Iterable[str]) -> bool:
    """Tell whether a name looks like one of others, or like one of the recovery sheets."""
    mine, kept = skeleton(name), skeleton(RECOVERY_NAME)
    is_kept = mine.startswith(kept) and set(mine.removeprefix(kept)) <= _FIGURES
    return is_kept or mine in map(skeleton, others)


def looks_taken() -> str:
    """Return what is said of a name that resembles another."""
    return _(
        "This user name looks like one that is there already, and the log could be misread. "
        "Please choose another one."
    )


def _is_seen(sign: str) -> bool:
    shown = unicodedata.category(sign).startswith(_SHOWN) and sign not in _BLANK
    return shown or sign == " "


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
