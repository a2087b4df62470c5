"""Two names that a tired eye takes for one are one; what cannot be seen is no name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.names import name_problem, resembles, skeleton

TURKISH = "abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("leyIa", "leyla"),
        ("ley1a", "leyla"),
        ("ley|a", "leyla"),
        ("leyİa", "leyla"),
        ("leyıa", "leyla"),
        ("LEYLA", "leyla"),
        ("cerniIe", "cemile"),
        ("avvni", "awni"),
        ("0rhan", "Orhan"),
        ("leylа", "leyla"),
        ("lеуlа", "leyla"),
        ("ΑΥΤΕΝ", "aYten"),
        ("le\u200byla", "leyla"),
        ("le\u00adyla", "leyla"),
        ("leyla\u0301", "leyla"),
        ("ｌｅｙｌａ", "leyla"),
        ("𝐥𝐞𝐲𝐥𝐚", "leyla"),
        ("ley la", "leyla"),
        ("ayşe.k", "ayse-k"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(name: str, other: str) -> None:
    assert skeleton(name) == skeleton(other)
    assert resembles(name, ["başka", other])


@pytest.mark.parametrize(
    ("name", "other"),
    [("leyla", "leyan"), ("elif", "elife"), ("ayşe", "ayten"), ("can", "cem"), ("nur", "nun")],
)
def test_other_names_are_free(name: str, other: str) -> None:
    assert not resembles(name, [other])


@pytest.mark.parametrize("name", ["kurtarrna", "Kurtarma", "kurtarma2", "kurtаrma-1", "kurtarmаl"])
def test_nobody_looks_like_a_recovery_sheet(name: str) -> None:
    assert resembles(name, [])


def test_a_woman_whose_name_only_begins_so_is_somebody_else() -> None:
    assert not resembles("kurtarmaz", [])


@pytest.mark.parametrize(
    "name",
    [
        "le\u200byla", "ley\u00adla", "leyla\u202e", "ley\nla", "leyla\x00", "ley\u3164la",
        "leyla\ufffd", "leyla\ue000", "leyla\U000e0041", "leyla\u2003", "x\u0336yz", "\U0001f600",
        "leyl\u0430", "\u03b1yten",
    ],
)  # fmt: skip
def test_a_name_with_something_unseen_or_of_two_scripts_is_refused(name: str) -> None:
    assert name_problem(name)


@pytest.mark.parametrize(
    "name",
    [
        "derya",
        "Av. Elif Ü.",
        "İrem Şıkoğlu",
        "ayşe-2",
        "Psk. (gece)",
        "Лейла",
        "s\u0327engu\u0308l",
    ],
)
def test_usual_names_are_fine(name: str) -> None:
    assert name_problem(name) is None


@given(st.text(alphabet=TURKISH, min_size=1))
def test_how_a_name_is_composed_or_written_large_makes_no_other_skeleton(name: str) -> None:
    assert name_problem(name) is None
    assert skeleton(unicodedata.normalize("NFD", name)) == skeleton(name)
    assert skeleton(skeleton(name)) == skeleton(name)
