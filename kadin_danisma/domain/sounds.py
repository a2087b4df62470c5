"""Words that sound alike in Turkish, or are one letter off; all of it on folded words (``fold``).

What is heard on a telephone is written in more than one way: Mehmed and Mehmet, Tuba and Tuğba,
Leila and Leyla, Canbaz and Cambaz. Folding has made ğ, ı, ö, ş and ü bare letters already.
"""

import re
from string import ascii_lowercase

#: Letters Turkish does not have, and groups that stand for one of its letters.
_SH = re.compile(r"sch|sh")
_CH = re.compile(r"tch|ch|dj")
_PH = re.compile(r"ph")
_KH = re.compile(r"kh|^x")
#: A glide: Leila, Aişe, Zülfye. Between other letters i and y are two things.
_GLIDE = re.compile(r"(?<=[aeu])i(?=[^aeiu])")
_LONG_GLIDE = re.compile(r"(?<=.)iy(?=[aeu])")
#: ğ lengthens the vowel before it, and h is weak where no vowel follows.
_SOFT_G = re.compile(r"(?<=[aeiu])g(?=[^aeiu])")
_WEAK_H = re.compile(r"(?<=[aeiu])h(?=[^aeiu]|$)")
#: A word does not end in a voiced stop, and m stands before a lip.
_HARD_D = re.compile(r"(?<=.)d(?=$|[fhkpst])")
_HARD_B = re.compile(r"(?<=.)b(?=$|[fhkpst])")
_HARD_G = re.compile(r"(?<=.)g$")
_BEFORE_A_LIP = re.compile(r"(?<=.)n(?=[bp])")
#: Letters that stand twice are said once.
_TWICE = re.compile(r"(.)\1+")
#: Spellings of other languages and what is heard, the first that fits. The order matters here and
#: below: each step reads what the one before has made.
_GROUPS = ((_SH, "s"), (_CH, "c"), (_PH, "f"), (_KH, "h"))
#: ö and ü were folded; o and u are what most often changes between the languages here.
_LETTERS = (
    ("gh", "g"), ("th", "t"), ("x", "ks"), ("q", "k"), ("w", "v"), ("j", "c"),
    ("o", "u"),
)  # fmt: skip
#: What Turkish itself does not tell apart by ear.
_BY_EAR = (
    (_GLIDE, "y"), (_LONG_GLIDE, "y"), (_SOFT_G, ""), (_WEAK_H, ""), (_HARD_D, "t"),
    (_HARD_B, "p"), (_HARD_G, "k"), (_BEFORE_A_LIP, "m"), (_TWICE, r"\1"),
)  # fmt: skip
#: With which letters a word may begin whose sound begins with the letter; others with itself.
_OPENINGS = {
    "c": ("c", "dj", "j", "tch"), "f": ("f", "ph"), "h": ("h", "kh", "x"), "k": ("k", "q"),
    "u": ("o", "u"), "v": ("v", "w"),
}  # fmt: skip
#: Shorter words sound like too many others, or have too many neighbours.
SHORTEST_SOUND = 3
SHORTEST_OFF = 4


def sound(word: str) -> str:
    """Return what is heard of a folded word; two words of one sound are told apart by eye only."""
    if not word.isalpha() or not word.isascii():
        return word
    for pattern, heard in _GROUPS:
        word = pattern.sub(heard, word)
    for letters, heard in _LETTERS:
        word = word.replace(letters, heard)
    for pattern, heard in _BY_EAR:
        word = pattern.sub(heard, word)
    return word


def openings(word: str) -> tuple[str, ...]:
    """Return the letters with which every folded word of the same sound begins."""
    first = sound(word)[:1]
    return _OPENINGS.get(first, (first,)) if first else ()


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two folded words sound alike; words of two letters only where they are one."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_SOUND:
        return False
    return sound(one) == sound(other)


def is_one_off(one: str, other: str) -> bool:
    """Tell whether a letter too many, too few, wrong or in its neighbour's place parts two words.

    Only words of letters are compared, and only where the longer one has four or more: a number
    with another figure is another number.
    """
    if not (one.isalpha() and other.isalpha()):
        return one == other
    if max(len(one), len(other)) < SHORTEST_OFF or abs(len(one) - len(other)) > 1:
        return one == other
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[1:] == shorter


def neighbours(word: str) -> frozenset[str]:
    """Return every folded word for which ``is_one_off`` holds, as far as ASCII letters go."""
    if not word.isalpha():
        return frozenset()
    pairs = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    made = {before + behind[1:] for before, behind in pairs if behind}
    made |= {before + behind[1] + behind[0] + behind[2:] for before, behind in pairs if behind[1:]}
    for letter in ascii_lowercase:
        made |= {before + letter + behind for before, behind in pairs}
        made |= {before + letter + behind[1:] for before, behind in pairs if behind}
    return frozenset(each for each in made - {word} if is_one_off(word, each))
