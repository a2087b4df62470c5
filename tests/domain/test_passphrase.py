"""Passphrases are drawn evenly from words that are common, harmless and safe to type."""

import hashlib
import math
import secrets
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain import passphrase
from kadin_danisma.domain.passphrase import (
    LIST_SIZE,
    WORDS,
    canonical,
    generate,
    is_generated,
    strength_bits,
    word_list,
)
from kadin_danisma.domain.text import fold, sort_key, upper
from kadin_danisma.errors import KnownError

LISTED = word_list()
FOLDED = {fold(word) for word in LISTED}
#: The list that the promised strength and the canonical form belong to (decisions 0013, 0046).
DIGEST = "ba257b3c220a140743b008faae4f999d51e1e84722aa327e5a271b9e432d550e"
TURKISH = set("abcçdefgğhıijklmnoöprsştuüvyz")
#: What no word may begin with: with whatever ending, it would be read on a bad day.
BLOCKED_STEMS = (
    "şidde", "silah", "bıçak", "tabanca", "tüfek", "mermi", "bomba", "hançer", "kurşun", "kelepçe",
    "öldür", "ölüm", "cinayet", "katil", "mezar", "kefen", "ceset", "intihar", "idam", "işkence",
    "dayak", "dövme", "dövüş", "tokat", "şamar", "tekme", "yumruk", "boğmak", "vurmak", "yarala",
    "taciz", "tecavüz", "tehdit", "korku", "dehşet", "zulüm", "zorba", "esir", "tutsak", "rehin",
    "hasta", "kanser", "ilaç", "ameliyat", "yaralı", "ağrı", "sancı", "intikam", "nefret", "öfke",
    "anne", "baba", "kardeş", "teyze", "dayı", "amca", "evlat", "torun", "bebek", "çocuk", "kadın",
    "erkek", "gelin", "damat", "nikah", "düğün", "evlen", "boşan", "nişanl", "çeyiz", "balayı",
    "allah", "tanrı", "islam", "müslüm", "hristiyan", "yahudi", "kilise", "namaz", "oruç", "günah",
    "devlet", "millet", "hükümet", "seçim", "polis", "asker", "mahkeme", "hapis", "ceza", "savaş",
    "şarap", "alkol", "sarhoş", "uyuştur", "eroin", "kumar", "sigara", "salak", "aptal", "ahmak",
    "danışan", "danışma", "sığın", "mağdur", "başvuru", "takip", "gözetle",
)  # fmt: skip
#: A trade and a part of speech: harmless although they begin like a blocked stem.
HARMLESS = {"danışmak", "danışman"}
BLOCKED_WORDS = {
    "acı", "ateş", "ayı", "aşk", "balta", "cin", "domuz", "dul", "eşek", "kan", "kız", "koca",
    "köpek", "kurt", "öküz", "ölü", "öpücük", "suç", "sağ", "sol", "parti", "cami", "yas", "yılan",
}  # fmt: skip
#: What readers of the first list stumbled over: slang, animals' harness, orders, fear, rare words.
TAKEN_OUT = {
    "morluk", "torbacı", "aynasız", "tasma", "tasmalı", "tasmasız", "kesimlik", "hor", "baskı",
    "baskılı", "boğaz", "emretmek", "buyruk", "buyurmak", "dişlemek", "yular", "dizgin",
    "sürüngen", "taşralı", "göbekli", "çıtır", "fıstık", "keklik", "lokum", "taze", "parça",
    "yavru", "kamış", "torik", "top", "yumuşak", "gurbet", "batık", "atlamak", "fırlamak",
    "kapatmak", "sicim", "mengene", "pençe", "emniyet", "devriye", "konukevi", "izleyici",
    "dinleme", "çarşaf", "örtünmek", "grev", "lokavt", "toplumcu", "kadeh", "barmen", "beleş",
    "caka", "cakalı", "kıyak", "dalgacı", "mayışmak", "fırıldak", "zoka", "oylum", "evgin",
    "sorguç", "güzey", "tanin", "nazire", "tezyinat", "üveyik", "ehven", "hüzme", "tretuvar",
    "kruvasan", "pötikare", "jaluzi", "fiyort", "menengiç", "göbek", "fıstıkçı", "fıstıklı",
    "keklikçi", "lokumcu", "tazece", "tazeleme", "tazelik", "parçacı", "parçalı", "parçalık",
    "yavrulu", "kamışlı", "kamışlık", "yumuşama", "oylumlu", "toplumlu", "hortumcu", "masaj",
    "masajcı", "masör", "kıtır", "morlu", "sahlep",
}  # fmt: skip
#: Rude words, as they look without Turkish letters (a *şık* would be one).
RUDE_STEMS = (
    "sik", "got", "pic", "bok", "amc", "meme", "penis", "seks", "porn", "orosp", "kahpe", "fahis",
    "pezev", "ibne", "gavat", "yarak", "tasak", "osur", "sicm", "iseme", "kalta", "pust", "kasar",
)  # fmt: skip


def test_the_list_is_the_one_that_was_decided_on() -> None:
    text = "\n".join(LISTED) + "\n"
    assert hashlib.sha256(text.encode()).hexdigest() == DIGEST


def test_the_file_holds_one_word_a_line_sorted_and_nothing_else() -> None:
    path = passphrase.resources_folder() / "words" / "passphrase-tr.txt"
    assert path.read_bytes() == ("\n".join(LISTED) + "\n").encode()
    assert list(LISTED) == sorted(LISTED, key=sort_key)
    assert (path.parent / "LICENCE.txt").is_file()


def test_there_are_as_many_words_as_the_strength_says() -> None:
    assert len(LISTED) == len(set(LISTED)) == LIST_SIZE == 8192


def test_words_have_three_to_eight_letters_of_the_turkish_alphabet() -> None:
    assert {len(word) for word in LISTED} == {3, 4, 5, 6, 7, 8}
    assert set("".join(LISTED)) <= TURKISH


def test_no_two_words_are_the_same_without_turkish_letters() -> None:
    assert len(FOLDED) == LIST_SIZE
    assert set("".join(FOLDED)) <= set("abcdefghijklmnoprstuvyz")


def test_no_word_is_about_what_people_come_here_for_or_quarrel_over() -> None:
    found = [word for word in LISTED if word.startswith(BLOCKED_STEMS)]
    assert set(found) - HARMLESS == set()
    assert sorted(BLOCKED_WORDS & set(LISTED)) == []


def test_no_word_that_was_taken_out_comes_back() -> None:
    assert len(TAKEN_OUT) == 99
    assert sorted(TAKEN_OUT & set(LISTED)) == []


def test_no_word_looks_rude_without_turkish_letters() -> None:
    assert [word for word in FOLDED if word.startswith(RUDE_STEMS)] == []


def slips(word: str) -> set[str]:
    """Return what one missed, doubled or wrong key makes of a folded word."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    missed = {left + right[1:] for left, right in halves if right}
    more = {left + letter + right for left, right in halves for letter in letters}
    other = {left + letter + right[1:] for left, right in halves if right for letter in letters}
    return (missed | more | other) - {word}


def test_a_slip_of_the_finger_rarely_makes_another_word_of_the_list() -> None:
    sample = sorted(FOLDED)[::16]
    made = [slip for word in sample for slip in slips(word)]
    assert sum(slip in FOLDED for slip in made) / len(made) < 1 / 150


def test_five_words_are_worth_more_than_sixty_four_bits() -> None:
    assert strength_bits() == 65.0
    assert strength_bits(4) == 52.0
    assert strength_bits(5, 7776) == pytest.approx(64.62, abs=0.01)


@given(words=st.integers(1, 12), size=st.integers(2, 10_000))
def test_the_strength_is_that_of_all_equally_likely_passphrases(words: int, size: int) -> None:
    assert strength_bits(words, size) == pytest.approx(math.log2(size**words))


def test_a_passphrase_is_five_listed_words_with_single_spaces() -> None:
    made = generate()
    assert len(made.split(" ")) == WORDS == 5
    assert set(made.split(" ")) <= set(LISTED)
    assert is_generated(made)


@pytest.mark.parametrize("words", [1, 4, 6, 12])
def test_as_many_words_as_asked_for(words: int) -> None:
    assert len(generate(words).split(" ")) == words


@pytest.mark.parametrize("words", [0, -1])
def test_no_words_are_no_passphrase(words: int) -> None:
    with pytest.raises(ValueError, match="at least one word"):
        generate(words)


def test_every_word_is_drawn_on_its_own_from_the_whole_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn_from: list[tuple[str, ...]] = []

    def draw(choices: tuple[str, ...]) -> str:
        drawn_from.append(choices)
        return choices[0] if len(drawn_from) < 3 else choices[-1]

    monkeypatch.setattr(secrets, "choice", draw)
    first, last = LISTED[0], LISTED[-1]
    assert generate() == f"{first} {first} {last} {last} {last}"
    assert drawn_from == [LISTED] * 5


def test_chance_comes_from_the_system_and_falls_evenly() -> None:
    drawn = Counter(LISTED.index(word) * 8 // LIST_SIZE for word in generate(800).split(" "))
    assert sorted(drawn) == list(range(8))
    assert all(40 <= count <= 160 for count in drawn.values())  # six standard deviations


def test_no_passphrase_comes_twice() -> None:
    assert len({generate() for _time in range(50)}) == 50


MADE = st.lists(st.sampled_from(LISTED), min_size=5, max_size=8)


def typed_by(hand: str, words: list[str]) -> str:
    """Return a passphrase as somebody types it who is tired, or whose keyboard is foreign."""
    match hand:
        case "without Turkish letters":
            return fold(" ".join(words))
        case "in capitals":
            return upper(" ".join(words))
        case "in foreign capitals":
            return fold(" ".join(words)).upper()
        case "with a capital at the start":
            return " ".join(upper(word[0]) + word[1:] for word in words)
        case _:
            return "  " + "\u00a0 ".join(words) + "\t"


@pytest.mark.parametrize(
    "hand",
    [
        "without Turkish letters",
        "in capitals",
        "in foreign capitals",
        "with a capital at the start",
        "with spaces everywhere",
    ],
)
@given(words=MADE)
@settings(deadline=None, max_examples=20)
def test_a_generated_passphrase_is_known_however_it_is_typed(hand: str, words: list[str]) -> None:
    assert canonical(typed_by(hand, words)) == " ".join(words)


@given(words=MADE, others=MADE)
@settings(deadline=None, max_examples=20)
def test_different_passphrases_stay_different(words: list[str], others: list[str]) -> None:
    same = canonical(" ".join(words)) == canonical(" ".join(others))
    assert same == (words == others)


@given(st.text())
@settings(deadline=None)
def test_the_canonical_form_of_a_canonical_form_is_itself(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    "chosen",
    [
        "",
        "Kırmızı  Bisiklet",
        "güneş deniz kalem DEFTER",
        "güneş deniz kalem defter Xyz",
        "Güneş-deniz-kalem-defter-masa",
        "0500 Işıl'ın 3. kedisi Tekir",
    ],
)
def test_what_a_person_chose_is_left_as_it_is(chosen: str) -> None:
    assert canonical(chosen) == chosen
    assert not is_generated(chosen)


def test_only_the_listed_spelling_counts_as_generated() -> None:
    assert is_generated("güneş deniz kalem defter masa")
    assert not is_generated("gunes deniz kalem defter masa")
    assert not is_generated("güneş deniz kalem masa")


@pytest.fixture(params=["missing", "cut", "doubled", "binary"])
def damaged_list(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the program lie where its list of words is not what was shipped."""
    content = {
        "cut": "\n".join(LISTED[:100]).encode(),
        "doubled": "\n".join(LISTED[:-1] + LISTED[:1]).encode(),
        "binary": b"\xff\xfe" * 1000,
    }
    if request.param in content:
        (tmp_path / "words").mkdir()
        (tmp_path / "words" / "passphrase-tr.txt").write_bytes(content[request.param])
    monkeypatch.setattr(passphrase, "resources_folder", lambda: tmp_path)


@pytest.mark.usefixtures("damaged_list")
def test_no_weak_passphrase_is_made_from_a_damaged_list() -> None:
    with pytest.raises(KnownError):
        generate()


@pytest.mark.usefixtures("damaged_list")
def test_a_damaged_list_keeps_nobody_out() -> None:
    assert canonical("gunes deniz kalem defter masa") == "gunes deniz kalem defter masa"
