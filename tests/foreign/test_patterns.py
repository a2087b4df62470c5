"""Every pattern of the program is linear: a million characters cost it what a million may cost.

The patterns are found in the source. One without a case here fails, and so does one that has no
name: whoever writes a new one says which texts are the worst for it.
"""

import itertools
import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from tests import house
from tests.foreign import found

MILLION = 1_000_000
#: A linear pattern needs a twentieth of it; one that tries twice needs minutes.
SECONDS = 4.0
#: What is worst for each: the pieces of which a long text is made that nearly fits.
CASES: dict[str, list[str]] = {
    "domain.collecting:_STATEMENTS": [" ", ".", "aaaa.", " ama", " ama ", ";", "\n", "a"],
    "domain.collecting:_COMMAS": [",", "/", "a"],
    "domain.collecting:_DENIED": ["al", "alma", "almasinla", "m", "bilinme", "degil"],
    "domain.collecting:_NOT_DONE": ["m", "ma", "mayin", "miyo", "masinlar", "a"],
    "domain.collecting:_BETWEEN": [" ", " v", " ve", "ya da ", ",", "\n", " ya  "],
    "domain.collecting:_BRACKETS": ["(", ")", "(a", "(a)", "a"],
    "domain.dates:_TURKISH_DATE": ["1", "1.", "11.", "."],
    "domain.dates:_ISO_DATE": ["1", "1-", "1111-11-", "-"],
    "domain.dates:_TIME": ["1", "1:", "11:11", ":"],
    "domain.dates:_PERIOD": ["1", "1111-Q1", "1111-", "-Q"],
    "domain.kinship:_SPOUSE": ["es", "esi", "esin", "esim", "i", "n"],
    "domain.kinship:_FORM": ["anne", "annem", "anneannemiz", "baba", "i", "m", "n", "annelerinin"],
    "domain.kinship:_OF_THE_CHILD": ["cocug", "un", "ogl", "imiz", "n", "cocuklarin"],
    "domain.kinship:_CASE_OF_A_NAME": ["n", "in", "yi", "den", "yla"],
    "domain.phone:_ABROAD": ["+", "1", "+1", "+4930123456789012"],
    "domain.phone:_IGNORED": [" ", "(", "-0", "\u00a0"],
    "domain.snippet:_WORD": ["a", "a\u0301", "\u0301", "_a", "1_"],
    "domain.sounds:_SH": ["s", "sc", "sch", "sh"],
    "domain.sounds:_CH": ["t", "tc", "tch", "d", "dj", "c"],
    "domain.sounds:_PH": ["p", "ph"],
    "domain.sounds:_KH": ["k", "kh", "x"],
    "domain.sounds:_GLIDE": ["i", "ai", "aib", "a", "u"],
    "domain.sounds:_LONG_GLIDE": ["i", "iy", "iya", "y"],
    "domain.sounds:_SOFT_G": ["g", "ag", "agb", "a"],
    "domain.sounds:_WEAK_H": ["h", "ah", "ahb", "a"],
    "domain.sounds:_HARD_D": ["d", "ad", "dk"],
    "domain.sounds:_HARD_B": ["b", "ab", "bk"],
    "domain.sounds:_HARD_G": ["g", "ag", "g\n"],
    "domain.sounds:_BEFORE_A_LIP": ["n", "nb", "anp"],
    "domain.sounds:_TWICE": ["a", "ab", "aab", "\n"],
    "domain.text:_DIRECTION": ["\u202e", "a", "\u2066x"],
    "domain.text:_CONTROL": ["\x00", "a", "\ud800", "\n"],
    "domain.text:_CONTROL_IN_LINES": ["\x00", "a", "\ud800", "\n"],
    "domain.text:_WORD": ["a", "_", "a_", "ğ ", "\u0301"],
    "exchange.cells:_WHOLE": ["1", "-1", "-", "1a"],
    "exchange.cells:_ELEVEN": ["1", "11111111111a"],
    "exchange.cells:_SHORT_YEAR": ["1", "1.1.", "11/", "."],
    "exchange.cells:_DATE_FORM": ["1", "1.1.", "1111-11-", "."],
    "exchange.cells:_TIME_FORM": ["1", "1:", ":11", "1.", "11:11:"],
    "exchange.grid:_NUMBER": ["1", "1.", ".1", "1e", "1e1", "+1", ".", "e", "1.1e+"],
    "exchange.grid:_ZONE": ["Z", "+", "+11", "-11:", "+11:11"],
    "exchange.grid:_REFERENCE": ["A", "1", "A1", "AAA"],
    "exchange.looks:_SPAN": ["[", "[h", "h", "[hms", "[m[", "[]"],
    "exchange.looks:_DECORATION": ["[", '"', "\\", "_", "*", "[]", '"[', "[[]", "a"],
    "exchange.looks:_AM_PM": ["A", "AM/P", "A/", "AM"],
    "exchange.looks:_SCIENTIFIC": ["e", "e+", "E"],
    "exchange.package:_DRIVE": ["A", ":", "A:"],
    "exchange.package:_PERCENT": ["%", "%a", "%41", "a"],
    "exchange.package:_CONTROL": ["a", "\x01", "\x7f"],
    "exchange.strings:_ESCAPE": ["_x", "_x0007", "_x0007_", "_", "_x_x00"],
    "reports.charts:_CLIP": ["<clipPath", "<clipPath>", "<", "</clipPath", "<a>"],
    "reports.letterhead:_ENDS": [
        " ", ",", ", ", " |", " | ", "Belediyesi", "Belediyesi ", "Dairesi Başkanlığı", "\n",
    ],
    "reports.labels:_SPAN": ["1", "1-", "-", "1-1"],
    "reports.xlsx:_FORBIDDEN": ["[", "a", "\\"],
    "services.auditing:_ID": ["a", "0-", "-", "aaaaaaaa-"],
    "services.inspecting:_NOT_HEX": ["a", "g", " "],
    "libraries:_NAMED": ["lib", "lib.so", "lib.", "liba.so.1"],
    "store.moments:_MOMENT": ["2026-11-", "2026-11-22T10:00:00+", "20", "1"],
    "ui.printers:_NO_PAPER": ["print to ", "image", "e-", "document ", "a"],
    "ui.shell.fitting:_STATE": ["1", "1000x", "1000x1000 ", " maximised", "x"],
    "store.schema_objects:_WRITTEN_ALIKE": [" ", '"', "[", "]", "`", "a"],
    "store.migrate:_NAME": ["1", "1111_a", "_", "1111_.sql"],
    "ui.typed:_DAY_MONTH": ["1", "1.", "1 1 ", "."],
    "ui.typed:_DAY_MONTH_YEAR": ["1", "1.", "1 1 ", "."],
    "ui.typed:_PACKED_DAY": ["1", "11111111"],
    "ui.typed:_TIME": ["1", "1.", ":", "1:11"],
    "ui.typed:_PACKED_TIME": ["1", "111"],
    "ui.typed:_HOUR": ["1", "1a"],
}  # fmt: skip
#: With these every pattern is tried, whatever its author thought of.
GENERAL = ["1", "a", " ", ".", "_", "[", '"', "e", "-", "\u0301", "<", "m"]
#: What makes a text that nearly fits not fit.
ENDINGS = ["", "\x00!", "x"]


class TooDearError(Exception):
    """The time was up."""


@contextmanager
def within(seconds: float, *, waiting: bool = False) -> Iterator[None]:
    """Stop what takes more seconds of the processor; how busy the machine is does not matter.

    Args:
        seconds: How many.
        waiting: Whether to count also those in which it only waits.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooDearError

    timer = signal.ITIMER_REAL if waiting else signal.ITIMER_VIRTUAL
    number = signal.SIGALRM if waiting else signal.SIGVTALRM
    before = signal.signal(number, stop)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, before)


def feed(pattern: re.Pattern[str], uses: Iterable[str], text: str) -> None:
    """Use a pattern as its module does."""
    for use in uses:
        match use:
            case "sub":
                pattern.sub("", text)
            case "finditer":
                for _match in pattern.finditer(text):
                    pass
            case _:
                getattr(pattern, use)(text)


def long_texts(pieces: list[str], length: int) -> Iterator[str]:
    for piece, ending in itertools.product(pieces, ENDINGS):
        yield (piece * (length // len(piece) + 1))[:length] + ending


def mixed_texts(pieces: list[str], length: int) -> Iterator[str]:
    """Yield texts of two pieces: in turn, and one after the other."""
    half = length // 2
    for one, other in itertools.permutations(pieces, 2):
        yield (one + other) * (half // (len(one) + len(other))) + "\x00"
        yield one * (half // len(one)) + other * (half // len(other)) + "\x00"


def test_every_pattern_has_a_case() -> None:
    names = {
        name
        for path, text in house.sources(house.PACKAGE)
        for name in found.patterns_in(path, text)
    }
    assert names == CASES.keys()


@pytest.mark.parametrize(
    "source",
    [
        "import re\nNEW = re.compile('a+')",
        "import re\ndef f(text):\n    return re.sub('a+', '', text)",
        "import re\ndef f(text):\n    return re.compile('a').match(text)",
    ],
)
def test_a_new_pattern_is_found(source: str) -> None:
    names = list(found.patterns_in("kadin_danisma/domain/text.py", source))
    assert len(names) == 1
    assert not CASES.keys() & set(names)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_a_million_characters_cost_no_pattern_more_than_a_moment(name: str) -> None:
    pattern, uses = found.pattern(name), found.uses(name)
    for text in long_texts(CASES[name], MILLION):
        with within(SECONDS):
            feed(pattern, uses, text)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_no_mixture_makes_a_pattern_try_twice(name: str) -> None:
    pattern, uses = found.pattern(name), found.uses(name)
    pieces = list(dict.fromkeys([*CASES[name], *GENERAL]))
    for text in mixed_texts(pieces, 40_000):
        with within(SECONDS / 2):
            feed(pattern, uses, text)


@pytest.mark.parametrize(
    ("written", "piece"),
    [
        # What stood in grid.py, looks.py, collecting.py, letterhead.py and charts.py before.
        (r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", "1"),
        (r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "["),
        (r"\s*[,;/\n]\s*|\s+(?:ve|veya|ya da|and|or)\s+", " "),
        (r"(?<=\bMüdürlüğü)\s+|\s+[–—|/]\s+|,\s+", " "),
        (r"(?s)<clipPath.*?</clipPath>", "<clipPath"),
    ],
)
def test_a_pattern_that_tries_twice_is_caught(written: str, piece: str) -> None:
    pattern, uses = re.compile(written), ["fullmatch", "search", "sub"]
    with pytest.raises(TooDearError):  # noqa: PT012 (whichever of them it is)
        for text in long_texts([piece], MILLION):
            with within(1):
                feed(pattern, uses, text)
