"""A file is found by what people remember of it, in any spelling."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.views import Likeness
from kadin_danisma.store import records, search
from kadin_danisma.store.duplicates import likely_duplicates
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import a_client, a_session, an_application

ISIL = a_client("2026/0001", name="Işıl Yıldız", phone="+905000001234", kimlik_no="10000000146")
INCI = a_client("2026/0412", name="İnci Al-Şahin", phone="+905000009999")
NAMELESS = a_client("2025/0007", name="")


@pytest.fixture
def stocked(vault: Vault) -> Vault:
    stamp = Stamp(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL), vault.user.id)
    with vault.write() as db:
        records.add_many(db, [ISIL, INCI, NAMELESS], stamp)
        records.add(db, an_application(ISIL, date=date(2026, 10, 5)), stamp)
        records.add(db, a_session(ISIL, date=date(2026, 11, 3)), stamp)
    return vault


def found(vault: Vault, text: str) -> list[str]:
    with vault.read() as db:
        return [line.file_no for line in search.find(db, text, 50)]


@pytest.mark.parametrize("text", ["isil", "IŞIL", "ışıl yıl", "YILDIZ ışıl", "yildiz", "i y"])
def test_a_name_is_found_in_any_spelling_and_order(stocked: Vault, text: str) -> None:
    assert "2026/0001" in found(stocked, text)


@pytest.mark.parametrize("text", ["sahin", "AL-ŞAHİN", "al sahin", "inci"])
def test_parts_of_a_joined_name_are_found(stocked: Vault, text: str) -> None:
    assert found(stocked, text) == ["2026/0412"]


@pytest.mark.parametrize(
    "text",
    ["0500 000 12 34", "05000001234", "+90 500 000 1234", "000 12 34", "1234", "0500 000 12"],
)
def test_a_telephone_is_found_as_it_is_typed(stocked: Vault, text: str) -> None:
    assert "2026/0001" in found(stocked, text)


@pytest.mark.parametrize("text", ["2026/0412", "2026 0412", "0412", "412"])
def test_a_file_is_found_by_its_number(stocked: Vault, text: str) -> None:
    assert found(stocked, text) == ["2026/0412"]


def test_a_kimlik_no_is_found(stocked: Vault) -> None:
    assert found(stocked, "10000000146") == ["2026/0001"]


def test_what_fits_nobody_finds_nobody(stocked: Vault) -> None:
    assert found(stocked, "ışıl şahin") == []
    assert found(stocked, "   ") == []
    assert found(stocked, "%_*'\"") == []


def test_a_line_tells_the_last_contact(stocked: Vault) -> None:
    with stocked.read() as db:
        (line,) = search.find(db, "isil", 5)
        (nameless,) = search.find(db, "2025/0007", 5)
    assert line.last_contact == date(2026, 11, 3)
    assert nameless.last_contact is None


def test_a_corrected_name_is_found_and_the_old_one_no_longer(stocked: Vault) -> None:
    stamp = Stamp(datetime(2026, 11, 22, 11, 0, tzinfo=ISTANBUL), stocked.user.id)
    with stocked.write() as db:
        records.correct(db, replace(ISIL, revision=1, name="Işıl Demir"), stamp)
    assert found(stocked, "demir") == ["2026/0001"]
    assert found(stocked, "yıldız") == []


def duplicates(
    vault: Vault, client: Client, number: str | None = None
) -> dict[str, tuple[str, ...]]:
    with vault.read() as db:
        return {
            hit.line.file_no: tuple(hit.likeness) for hit in likely_duplicates(db, client, number)
        }


def test_likely_duplicates_are_found_by_name_phone_and_kimlik_no(stocked: Vault) -> None:
    assert duplicates(stocked, a_client("x", name="yildiz isil")) == {"2026/0001": (Likeness.NAME,)}
    assert duplicates(stocked, a_client("x", name=""), "+905000009999") == {
        "2026/0412": (Likeness.PHONE,)
    }
    assert duplicates(stocked, a_client("x", name="", kimlik_no="10000000146")) == {
        "2026/0001": (Likeness.KIMLIK_NO,)
    }


def test_a_file_is_no_duplicate_of_itself_and_a_nameless_one_of_nobody(stocked: Vault) -> None:
    assert duplicates(stocked, ISIL, ISIL.phone) == {}
    assert duplicates(stocked, a_client("x", name="")) == {}


def near(vault: Vault, text: str, *, off: bool = True) -> list[str]:
    with vault.read() as db:
        lines = search.find_near(db, text, 50, off=off)
    assert all(line.near for line in lines)
    return [line.file_no for line in lines]


AYSEGUL = a_client("2026/0020", name="Ayşegül Canbaz")
AYSE_GUL = a_client("2025/0021", name="Ayşe Gül Kaya")
MEHMED = a_client("2026/0022", name="Mehmed Tuğba Su")


@pytest.fixture
def spelt(stocked: Vault) -> Vault:
    stamp = Stamp(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL), stocked.user.id)
    with stocked.write() as db:
        records.add_many(db, [AYSEGUL, AYSE_GUL, MEHMED], stamp)
    return stocked


@pytest.mark.parametrize("text", ["ayşegül", "aysegu", "ayşe gül", "AYŞE GÜL", "ayse gu"])
def test_a_name_is_found_written_together_or_apart(spelt: Vault, text: str) -> None:
    assert sorted(found(spelt, text)) == ["2025/0021", "2026/0020"]


def test_what_is_written_together_is_one_name_after_another(spelt: Vault) -> None:
    assert found(spelt, "gülkaya") == ["2025/0021"]
    assert found(spelt, "kayagül") == []


@pytest.mark.parametrize("text", ["cambaz", "aysegul cambaz", "Canbas"])
def test_a_name_is_found_by_its_sound_or_a_letter_off(spelt: Vault, text: str) -> None:
    assert found(spelt, text) == []
    assert near(spelt, text) == ["2026/0020"]


def test_a_letter_off_is_looked_for_only_when_it_is_asked_for(spelt: Vault) -> None:
    assert near(spelt, "canbas", off=False) == []
    assert near(spelt, "cambaz", off=False) == ["2026/0020"]


def test_one_word_more_is_found(spelt: Vault) -> None:
    assert near(spelt, "ayşegül nur canbaz") == ["2026/0020"]
    assert near(spelt, "nur canbaz") == []


def test_a_name_and_a_number_typed_together_are_looked_for_apart(spelt: Vault) -> None:
    assert found(spelt, "Ayşegül Canbaz 0500 000 77 77") == []
    assert near(spelt, "Ayşegül Canbaz 0500 000 77 77") == ["2026/0020"]
    assert near(spelt, "aysegul cambaz 0500 000 77 77") == ["2026/0020"]
    assert near(spelt, "Başka Biri 0500 000 12 34") == ["2026/0001"]


def test_figures_are_never_near_each_other(spelt: Vault) -> None:
    assert near(spelt, "2026 0413") == []
    assert near(spelt, "0500 000 12 35") == []


def test_a_number_means_this_years_file_before_others(vault: Vault) -> None:
    stamp = Stamp(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL), vault.user.id)
    phoned = a_client("2024/0002", name="", phone="+905000000167")
    numbers = ["2024/0167", "2025/0167", "2026/0167", "2025/1670", "2026/1670"]
    with vault.write() as db:
        records.add_many(db, [phoned, *(a_client(each, name="") for each in numbers)], stamp)
    with vault.read() as db:
        for typed in ("0167", "167"):
            lines = [line.file_no for line in search.find(db, typed, 50, 2026)]
            assert lines[:3] == ["2026/0167", "2025/0167", "2024/0167"]
        assert lines == ["2026/0167", "2025/0167", "2024/0167", "2026/1670", "2025/1670"]
        assert search.find(db, "0167", 1, 2026)[0].file_no == "2026/0167"
        assert [line.file_no for line in search.find(db, "0167", 50, 2026)][-1] == "2024/0002"


TEXTS = st.lists(
    st.sampled_from(["ayşe", "gül", "ayşegül", "canbaz", "cambaz", "kaya", "gülkaya", "aysee"]),
    min_size=1, max_size=3,
).map(" ".join)  # fmt: skip


@given(text=TEXTS)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
def test_a_file_compared_by_itself_fits_as_the_index_finds_it(spelt: Vault, text: str) -> None:
    """The restricted files of a circle are compared one by one, and found all the same."""
    by_letters, by_sound = set(found(spelt, text)), set(near(spelt, text, off=False))
    likely = set(near(spelt, text))
    for client in (AYSEGUL, AYSE_GUL, MEHMED):
        fit = search.fit(client, text)
        assert (fit is search.Fit.LETTERS) == (client.file_no in by_letters)
        if fit is search.Fit.SOUND:
            assert client.file_no in by_sound
        if fit is search.Fit.OFF:
            assert client.file_no in likely


@pytest.mark.parametrize(
    ("name", "why"),
    [("Ayşe Gül Canbaz", Likeness.NAME), ("Ayşegül Nur Canbaz", Likeness.NAME),
     ("Ayşegül Cambaz", Likeness.NEAR_NAME), ("Ayşegül Canbza", Likeness.NEAR_NAME),
     ("Canbaz Ayşegül", Likeness.NAME)],
)  # fmt: skip
def test_a_likely_duplicate_is_found_in_any_spelling(
    spelt: Vault, name: str, why: Likeness
) -> None:
    with spelt.read() as db:
        (hit,) = likely_duplicates(db, a_client("x", name=name), None)
    assert (hit.line.file_no, hit.likeness, hit.asks) == ("2026/0020", (why,), True)
