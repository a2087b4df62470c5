"""The same workbook again adds nothing; a changed record is refused; equal rows are counted."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Record
from kadin_danisma.exchange.content import Known
from kadin_danisma.exchange.reader import Reading
from tests.exchange.books import Book, places, read

C, A, S = "Danışanlar", "Başvurular", "Görüşmeler"
P, R, T = "Oyun Odası", "Yönlendirmeler", "Eğitimler"
topics = st.lists(st.sampled_from("abc"), max_size=8)


def records(reading: Reading) -> list[Record]:
    return [record for rows in reading.rows.values() for _, record in rows]


def vault_of(book: Book, folder: Path) -> Known:
    """Return what a vault knows after importing a workbook, with a life of its own."""
    stored = []
    for record in records(read(book, folder)):
        changed = replace(record, revision=3)
        if hasattr(record, "must_not_know"):
            changed = replace(changed, must_not_know="Kayınvalide", call_hours="10.00")
        if hasattr(record, "may_collect"):
            changed = replace(changed, may_collect="Anneanne")
        stored.append(changed)
    return Known.of(stored)


def test_the_same_workbook_again_adds_nothing(tmp_path: Path) -> None:
    again = read(Book(), tmp_path, vault_of(Book(), tmp_path))

    assert (again.refused, again.notes, records(again)) == ([], [], [])
    assert again.already_known == 12


def test_spelling_and_order_of_answers_are_no_other_content(tmp_path: Path) -> None:
    known = vault_of(Book(), tmp_path)
    book = Book().put(A, 2, "Nedenler", "BOŞANMA; violence").put(A, 3, "Nedenler", "sorulmadı")
    book.put(C, 2, "Medeni Durum", "EVLİ (RESMÎ NİKÂHLI)").put(R, 3, "Sonuç", "waiting")

    assert read(book, tmp_path, known).already_known == 12


@pytest.mark.parametrize(
    ("sheet", "header", "value", "number"),
    [
        (C, "Ad Soyad", "Ada Deneme", "Dosya No"),
        (C, "T.C. Kimlik No", "", "Dosya No"),
        (C, "Doğum Yılı", 1989, "Dosya No"),
        (C, "İlçe", "Konak", "Dosya No"),
        (C, "Telefonla Aranabilir", "hayır", "Dosya No"),
        (A, "Dosya No", "", "Başvuru No"),
        (A, "Tarih", "2026-03-01", "Başvuru No"),
        (A, "Saat", "9:31", "Başvuru No"),
        (A, "Nedenler", "şiddet", "Başvuru No"),
        (A, "Şiddet Uygulayan", "father", "Başvuru No"),
        (S, "Başvuru No", "", "Görüşme No"),
        (S, "Süre (dk)", 51, "Görüşme No"),
        (S, "Not", "Aransın.", "Görüşme No"),
        (S, "Sonuç", "no_show", "Görüşme No"),
    ],
)
def test_a_known_number_with_other_content_is_refused(
    sheet: str, header: str, value: object, number: str, tmp_path: Path
) -> None:
    known = vault_of(Book(), tmp_path)

    reading = read(Book().put(sheet, 2, header, value), tmp_path, known)

    assert places(reading)[0] == (sheet, 2, number)
    assert "other content" in reading.refused[0].reason
    # A session whose application has lost its file is wrong as well.
    assert places(reading)[1:] == ([(S, 2, "Başvuru No")] if header == "Dosya No" else [])


def test_a_later_workbook_leans_on_what_the_vault_knows(tmp_path: Path) -> None:
    known = vault_of(Book(), tmp_path)
    book = Book()
    for rows in book.grid.values():
        del rows[1:]
    book.add(S, "G-9|2026/1|B-1|2026-05-05|||legal|phone").add(P, "2026/2|Ada|||2026-05-05|9:00")

    reading = read(book, tmp_path, known)

    assert reading.refused == []
    ((_, session),) = reading.rows[Kind.SESSION]
    assert session.client_id == known.clients["2026/1"].id
    assert session.application_id == known.applications["B-1"].id


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("G-9|2026/2|B-1|2026-05-05|||legal|phone", "another file"),
        ("G-9|2026/2|B-2|2026-05-05|||legal|phone", "has no file"),
        ("G-9|2026/2|B-3|2026-05-05|||legal|phone", "has this application"),
    ],
)
def test_an_application_of_the_vault_must_fit_too(line: str, reason: str, tmp_path: Path) -> None:
    known = vault_of(Book(), tmp_path)
    book = Book()
    for rows in book.grid.values():
        del rows[1:]

    reading = read(book.add(S, line), tmp_path, known)

    assert places(reading) == [(S, 2, "Başvuru No")]
    assert reason in reading.refused[0].reason


def test_a_child_has_the_year_of_birth_the_vault_knows(tmp_path: Path) -> None:
    known = vault_of(Book(), tmp_path)
    book = (
        Book().add(P, "2026/1|ÇAĞAN|2019||2026-05-05|9:00").add(P, "2026/1|Cagan|||5.5.2026|9:00")
    )

    reading = read(book, tmp_path, known)

    assert places(reading) == [(P, 4, "Doğum Yılı")]
    assert "In the vault" in reading.refused[0].reason


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=topics, now=topics)
def test_equal_rows_are_events_as_often_as_they_stand(
    before: list[str], now: list[str], tmp_path: Path
) -> None:
    def with_trainings(topics: list[str]) -> Book:
        book = Book()
        for topic in topics:
            book.add(T, f"2026-05-05|{topic}|muhtarlar|10")
        return book

    known = vault_of(with_trainings(before), tmp_path)

    reading = read(with_trainings(now), tmp_path, known)

    added = [getattr(record, "topic", "") for _, record in reading.rows[Kind.TRAINING]]
    expected = {topic: max(0, now.count(topic) - before.count(topic)) for topic in "abc"}
    assert {topic: added.count(topic) for topic in "abc"} == expected
    assert len(records(reading)) == sum(expected.values())
