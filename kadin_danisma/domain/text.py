"""Turkish text: folding for search, upper and lower case, sorting, and what may not stand in it.

Facts: shared reference, domain.md 6.1 (measured). Python's own ``lower`` and ``upper`` are wrong
for I, İ, ı and i, and dotless ı has no decomposition, so stripping accents alone does not find it.
"""

import re
import unicodedata

#: Small letters and what they fold to. Replacing them one by one takes a fifth of the time that
#: ``translate`` takes on the text of a note.
_FOLD = tuple(zip("ışğüöçâîû", "isguocaiu", strict=True))
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_ORDER = {letter: index for index, letter in enumerate(_ALPHABET)}
_BARE = str.maketrans("âîûáàäãéèêëíìïóòôúùñ", "aiuaaaaeeeeiiiooouun")
#: Left-to-right marks, embeddings, overrides and isolates: they can make text read as another.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Spaces of any kind: what Unicode calls a space or separator, line breaks, and the zero-width
#: ones it does not. Control characters that look like space (vertical tab, form feed) are not.
_SPACES = (
    " \t\n\r\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
#: Control characters, line separators, and halves of letters and non-letters that no text file
#: may hold; as a pattern, because an import asks this of every cell.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_CONTROL_IN_LINES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the form in which two spellings of a word are equal (Işıl, ISIL, isil -> isil)."""
    composed = unicodedata.normalize("NFC", text).replace("İ", "i").lower()
    for letter, bare_letter in _FOLD:
        composed = composed.replace(letter, bare_letter)
    if composed.isascii():
        # Nearly all that is written in Turkish: nothing is left that could be taken apart.
        return " ".join(composed.split())
    decomposed = unicodedata.normalize("NFD", composed)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.replace("\u2019", "'").split())


def fold_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, without punctuation, in their order."""
    return tuple(_WORD.findall(fold(text)))


def upper(text: str) -> str:
    """Return the text in Turkish capitals (ışıl -> IŞIL, inci -> İNCİ)."""
    return unicodedata.normalize("NFC", text).translate(_UPPER).upper()


def lower(text: str) -> str:
    """Return the text in Turkish small letters (IŞIL -> ışıl, İNCİ -> inci)."""
    return unicodedata.normalize("NFC", text).translate(_LOWER).lower()


def sort_key(text: str) -> tuple[tuple[int, int], ...]:
    """Return a key that sorts by the Turkish alphabet, ı before i, ç after c; figures first."""
    return tuple(
        (2, _ORDER[letter]) if letter in _ORDER else (1 if letter.isalnum() else 0, ord(letter))
        for letter in lower(text).translate(_BARE)
    )


def tidy(text: str) -> str:
    """Return the text composed (NFC) and without spaces of any kind around it."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip(_SPACES)


def has_direction_controls(text: str) -> bool:
    """Tell whether invisible controls of writing direction stand in the text."""
    return _DIRECTION.search(text) is not None


def has_control_characters(text: str, *, line_breaks: bool = False) -> bool:
    """Tell whether control characters stand in the text.

    Args:
        text: The text.
        line_breaks: Whether line breaks and tabs are fine (they are in notes).
    """
    return (_CONTROL_IN_LINES if line_breaks else _CONTROL).search(text) is not None
