"""A file is found by what people remember of it, in any spelling."""

from dataclasses import replace
from datetime import date, datetime

import pytest

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
