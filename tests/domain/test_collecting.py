"""Only the people whom the mother named collect a child; whom she ruled out is told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.collecting import (
    Pickup,
    Standing,
    Verdict,
    collectors,
    is_named,
    pickup,
)
from kadin_danisma.domain.text import upper
from tests.builders import a_client, a_visit
from tests.foreign.test_patterns import SECONDS, within


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("anne", ("anne",)),
        ("anne, teyze", ("anne", "teyze")),
        ("Anne ve Teyze Işıl; dede", ("Anne", "Teyze Işıl", "dede")),
        ("anne / anneanne", ("anne", "anneanne")),
        ("anne veya abla", ("anne", "abla")),
        (" , ; ", ()),
        ("", ()),
    ],
)
def test_the_people_are_told_apart(written: str, names: tuple[str, ...]) -> None:
    assert collectors(written) == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("anne; baba almasın", ("anne",)),
        ("anneanne, teyze. Babası alamaz", ("anneanne", "teyze")),
        ("anneanne ama eşi değil", ("anneanne",)),
        ("baba ve amca almasın", ()),
        ("baba, amca almasın", ()),
        ("baba almasın, teyze alabilir", ("teyze alabilir",)),
        ("baba hariç herkes", ()),
        ("anneanne (babaya vermeyin)", ("anneanne",)),
        ("Hatice (teyze); babası (yasak)", ("Hatice (teyze)",)),
        ("Babası gelirse polis çağırın", ()),
        ("anne. Baba uzak dursun", ("anne",)),
        ("babası yasaklı", ()),
        ("babaya teslim etmeyiniz", ()),
        ("dayısına verilmiyor", ()),
        ("anne gecikirse teyze alsın", ("anne gecikirse teyze alsın",)),
        ("teyze Işıl Sakin 0532 112 34 55", ("teyze Işıl Sakin 0532 112 34 55",)),
        ("Yasin Solmaz, Bursa'dan teyze", ("Yasin Solmaz", "Bursa'dan teyze")),
        ("Hatice Yılmaz, Solmaz Sönmez", ("Hatice Yılmaz", "Solmaz Sönmez")),
    ],
)
def test_who_is_denied_is_nobody_who_may(written: str, names: tuple[str, ...]) -> None:
    assert collectors(written) == names


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("anne, Teyze Işıl", "TEYZE IŞIL"),
        ("Anne, teyze", "  anne "),
        ("anne", "annesi"),
        ("annesi", "anne"),
        ("anneanne", "anneannesi"),
        ("anneanne", "anne anne"),
        ("anneanne", "anane"),
        ("anneannesi Hatice Kaya", "anneanne"),
        ("anneannesi Hatice Kaya", "Hatice"),
        ("anneannesi Hatice Kaya", "HATİCE KAYA"),
        ("anneannesi Hatice Kaya", "Hatice Hanım"),
        ("Hatice", "hatice kaya"),
        ("Hatice (teyze)", "teyzesi Hatice"),
        ("Ayşegül", "Ayşe Gül"),
        ("teyze", "teyzesi Işıl"),
        ("annem", "anneanne"),
        ("eşim", "kocası"),
        ("dayım", "dayım"),
        ("anne, anneanne", "anneanne ve anne"),
        ("Hatice Kaya, dede", "dede, Hatice"),
        ("anneanne Hatice", "Hatice, anneanne"),
        ("teyze Işıl", "teyze, Işıl"),
        ("Metin dayısı", "dayısı Metin"),
        ("dadı", "dadısı"),
        ("baba almasın, teyze alabilir", "teyzesi"),
    ],
)
def test_who_is_allowed_is_recognised_in_another_spelling(written: str, typed: str) -> None:
    assert is_named(typed, written)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("anne, teyze", "baba"),
        ("", "anne"),
        # There may be two aunts, and a surname is shared by who must not come.
        ("anne, teyze Işıl", "teyze"),
        ("anneanne Hatice Kaya", "Kaya"),
        ("anneanne Hatice Kaya", "Mehmet Kaya"),
        ("anneanne Hatice", "babaanne Hatice"),
        ("anneanne Hatice", "anneanne Fatma"),
        ("teyze", "Işıl"),
        ("anne", ""),
        # Her own "babam" is the grandfather, and not the child's "baba".
        ("babam", "baba"),
        ("babam", "babası"),
        ("annem", "babaanne"),
        ("dayım", "dayı"),
        ("annesinin arkadaşı", "annesi"),
        ("Esin", "eşi"),
        ("uvey baba", "baba"),
        ("baba, amca almasın", "baba"),
        ("baba ve amca almasın", "baba"),
        # Who comes with somebody named is not named by that.
        ("anne", "anne, baba"),
        ("anne", "anne ve babası"),
        ("anne", "anne baba"),
        ("anne", "Murat ile anne"),
        ("anneanne", "anneanne dede"),
        ("anneanne Hatice", "anneanne Hatice, dede"),
        # Somebody's mother is not the child's.
        ("anne", "Murat'ın annesi"),
        ("anne", "Muratın annesi"),
        ("Hatice", "Hatice'nin kocası"),
        # A nanny is not her dad.
        ("dadı", "baba"),
    ],
)
def test_what_could_be_somebody_else_is_not_recognised(written: str, typed: str) -> None:
    assert not is_named(typed, written)


@pytest.mark.parametrize(
    ("must_not_know", "typed"),
    [
        ("eşi", "eşi"),
        ("eşi", "baba"),
        ("eşi", "Babası Mehmet"),
        ("eşi", "kocası"),
        ("eski eşi", "çocuğun babası"),
        ("kocası Mehmet Kaya", "Mehmet"),
        ("Mehmet", "mehmed kaya"),
        ("Mehmet Kaya", "Kaya"),
        ("eşi ve kayınvalidesi", "babaanne"),
        ("kaynanası", "Babaannesi"),
        ("kayınpederi", "dede"),
        ("babası", "dede"),
        ("annesi", "anneanne"),
        ("annesi", "annesi"),
        ("ablası", "teyze"),
        ("ağabeyi", "dayısı"),
        ("abisi", "dayı"),
        ("kardeşi", "dayı"),
        ("görümcesi", "halası"),
        ("sevgilisi", "üvey baba"),
        ("erkek arkadaşı Ali", "Ali"),
        ("eşinin ailesi", "amca"),
        ("eşinin kardeşi", "amcası"),
        ("hiç kimse", "komşu"),
        ("komşusu", "komşu Ayşe"),
        ("husband", "father"),
        ("eşinin annesi", "babaanne"),
        ("eşinin annesi", "kayınvalidesi"),
        ("kayınvalidesi", "babasının annesi"),
        ("eşinin abisi", "amca"),
        ("eşinin babası", "kayınpeder"),
        ("kaynı", "amcası"),
        ("kayınları", "kaynı"),
        ("beyi", "baba"),
        ("eşi", "beyi"),
        ("herkesten gizli", "komşu"),
        ("eşten gizli", "baba"),
        ("evdekiler bilmesin", "hala"),
        ("baba tarafı", "babaanne"),
        ("eşinin çevresi", "amca"),
        ("oğlumun babası", "eşi"),
        ("Alinin haberi olmasın", "Ali"),
        ("Murat", "Murat'ın annesi"),
        ("Murat", "Muro"),
        ("eşi Mehmet", "Memo"),
        ("İbo", "İbrahim Bey"),
        ("Fatoş", "Fatma teyze"),
    ],
)
def test_who_must_not_know_is_told_in_any_words(must_not_know: str, typed: str) -> None:
    verdict = Pickup("teyze Işıl", must_not_know).verdict(typed)
    assert verdict.standing is Standing.EXCLUDED
    assert verdict.because in must_not_know


@pytest.mark.parametrize(
    "typed",
    ["anne, baba", "anne ve babası", "anne baba", "anne ile eşi", "annesi, Murat", "anneyle baba",
     "Murat ile anne", "anne Murat", "Murat'ın annesi", "eşinin annesi"],
)  # fmt: skip
def test_who_comes_with_the_mother_is_not_let_through_with_her(typed: str) -> None:
    verdict = Pickup("anne", must_not_know="eşi Murat").verdict(typed)
    assert verdict == Verdict(Standing.EXCLUDED, "eşi Murat")


@pytest.mark.parametrize(
    ("must_not_know", "typed"),
    [
        ("eşi", "annesi"),
        ("eşi", "anneanne"),
        ("eşi", "Esin"),
        ("eşi", "komşu"),
        ("eşi Mehmet", "Hatice"),
        ("kayınvalidesi", "baba"),
        ("kayınvalidesi", "anneanne"),
        ("sevgilisi", "amca"),
        ("işyeri", "teyze"),
        ("eşi", "dadı"),
        ("eşi", "Eşref"),
        ("eşi", "Babaeski'den Ayşe"),
        ("eşinin annesi", "anneanne"),
        ("eşinin abisi", "dayı"),
        ("Ali", "Aliye"),
        ("Murat", "Mario"),
        ("Mehmet", "Muro"),
        ("", "eşi"),
        ("hiç kimse", "anne"),
    ],
)
def test_a_stranger_is_not_taken_for_who_must_not_know(must_not_know: str, typed: str) -> None:
    assert Pickup("dede Halil", must_not_know).verdict(typed).standing is Standing.STRANGER


@pytest.mark.parametrize(
    ("may_collect", "must_not_know", "typed"),
    [
        ("anne", "annesi, babası", "anne"),
        ("anne", "annesi", "Annesi"),
        ("anneanne Hatice Kaya", "eşi Mehmet Kaya", "Hatice Kaya"),
        ("teyze", "kardeşi", "teyze"),
        ("anneanne", "eşinin ailesi", "anneanne"),
        ("hala", "eşinin ailesi", "hala"),
        ("teyze", "kimse", "teyze"),
    ],
)
def test_who_is_named_is_not_held_up_by_what_is_vague(
    may_collect: str, must_not_know: str, typed: str
) -> None:
    assert Pickup(may_collect, must_not_know).verdict(typed).standing is Standing.NAMED


@pytest.mark.parametrize(
    ("may_collect", "must_not_know", "typed"),
    [
        ("anne, baba", "eşi", "baba"),
        ("anneanne", "annesi", "anneanne"),
        ("Mehmet", "eşi Mehmet", "Mehmet"),
        ("baba", "kocası", "babası"),
    ],
)
def test_who_stands_in_both_places_must_be_asked_for(
    may_collect: str, must_not_know: str, typed: str
) -> None:
    assert Pickup(may_collect, must_not_know).verdict(typed).standing is Standing.EXCLUDED


@pytest.mark.parametrize(
    "said",
    ["babaya vermeyin", "babası yasaklı", "babasına teslim etmeyiniz", "babası gelirse polise de",
     "anneanne (babaya vermeyin)", "baba uzak dursun", "babasını istemiyorum", "babası (yasak)",
     "babası (anneye sormadan verilmesin)", "babası (teslim edilmesin)"],
)  # fmt: skip
def test_a_denial_in_whatever_words_never_lets_anybody_pass(said: str) -> None:
    assert Pickup(said).verdict("baba").standing is Standing.EXCLUDED
    assert Pickup("teyze", file_may_collect=said).verdict("eşi").standing is Standing.EXCLUDED


def test_a_denial_counts_wherever_it_is_written() -> None:
    visit = a_visit(a_client(), may_collect="anne; amcası almasın")
    client = a_client(
        may_collect="anneanne, babasına verilmesin", safety_note="Dedesi okulun önünde beklemiş."
    )
    at_the_door = pickup(visit, client)
    for who in ("amca", "baba", "eşi", "dede"):
        assert at_the_door.verdict(who).standing is Standing.EXCLUDED, who
    assert at_the_door.verdict("anne").standing is Standing.NAMED
    assert at_the_door.verdict("teyze").standing is Standing.STRANGER
    assert pickup(visit, None).verdict("baba").standing is Standing.STRANGER


@given(st.lists(st.sampled_from(["anne", "teyze Işıl", "dede", "İpek abla"]), min_size=1))
def test_everybody_who_was_written_down_is_named(people: list[str]) -> None:
    written = ", ".join(people)
    assert collectors(written) == tuple(people)
    assert all(is_named(person, written) for person in people)


@given(st.text("abcçdefgğhıijklmnoöprsştuüvyzâ", min_size=1, max_size=12))
def test_whoever_is_written_word_for_word_must_not_know(name: str) -> None:
    for typed in (name, upper(name), f"  {name} "):
        assert Pickup("teyze Işıl", name).verdict(typed).standing is Standing.EXCLUDED


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_nobody_is_named_in_words_that_are_not_there(may: str, must_not: str, who: str) -> None:
    assert Pickup(may, must_not).verdict(who).standing in Standing
    assert Pickup("", must_not).verdict(who).standing is not Standing.NAMED


@pytest.mark.parametrize("piece", ["a ve ", "anne ", "babasının ", "(", "vermeyin,"])
def test_a_letter_pasted_into_a_field_is_answered_in_a_moment(piece: str) -> None:
    with within(SECONDS):
        Pickup(piece * 4_000, "eşi").ruled_out()
        Pickup("teyze", "eşi").verdict(piece * 4_000)


@pytest.mark.parametrize(
    ("may_collect", "ruled_out"),
    [
        ("eşi", ("eşi",)),
        ("anneanne, baba", ("baba",)),
        ("anneanne; babası almasın", ()),
        ("anne", ()),
        ("", ()),
    ],
)
def test_whom_she_names_though_she_ruled_them_out_is_found(
    may_collect: str, ruled_out: tuple[str, ...]
) -> None:
    found = Pickup(may_collect, must_not_know="eşi").ruled_out()
    assert tuple(who for who, _why in found) == ruled_out
    assert all(why == "eşi" for _who, why in found)
