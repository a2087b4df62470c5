"""Records come back as they were stored, corrections keep history, nobody overwrites silently."""

from dataclasses import fields, replace
from datetime import date, datetime, time

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
)
from kadin_danisma.errors import ConflictError
from kadin_danisma.store import notes, publications, records, rows
from kadin_danisma.store.publications import Publication
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import (
    a_client,
    a_referral,
    a_session,
    a_training,
    a_visit,
    an_application,
)

CLIENT = a_client(
    name="Ğülşah İpek Öçüş", kimlik_no="10000000146", birth_year=1990, phone="+905000001234"
)
ALL: list[Record] = [
    CLIENT,
    an_application(
        CLIENT,
        time=time(9, 5),
        reasons=("violence", "divorce"),
        violence_types=("threat", "physical"),
        perpetrators=("husband",),
    ),
    an_application(None, reasons=()),
    a_session(CLIENT, note="Satır bir\nsatır iki: ğüşıöçİ", minutes=None),
    a_visit(CLIENT, time_out=time(11, 0), collected_by="anne"),
    a_referral(CLIENT, outcome="accepted", outcome_date=date(2026, 11, 20)),
    a_training(audience="muhtarlar"),
]


@pytest.fixture
def stamp(vault: Vault) -> Stamp:
    return Stamp(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL), vault.user.id)


def add(vault: Vault, stamp: Stamp, *new: Record) -> None:
    with vault.write() as db:
        for record in new:
            records.add(db, record, stamp)


def test_every_kind_of_record_comes_back_as_it_was_stored(vault: Vault, stamp: Stamp) -> None:
    add(vault, stamp, *ALL)
    with vault.read() as db:
        for record in ALL:
            bare = replace(record, note="") if isinstance(record, Session) else record
            assert records.get(db, type(record), record.id) == replace(bare, revision=1)
        note = notes.standing(db, ALL[3].id)
        assert note is not None
        assert note.open(vault.secrets) == "Satır bir\nsatır iki: ğüşıöçİ"


@pytest.mark.parametrize("kind", rows.TABLE_OF)
def test_a_table_has_just_the_columns_of_its_record_and_the_bookkeeping(
    vault: Vault, kind: type
) -> None:
    book = {"entered_at", "entered_by", "changed_at", "changed_by", "withdrawn"}
    if kind is not Client:
        book.add("report_month")
    with vault.read() as db:
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({rows.TABLE_OF[kind]})")}
    own = {field.name for field in fields(kind) if field.name not in {*rows.SEVERAL, "note"}}
    assert columns == own | book


def test_a_correction_raises_the_revision_and_keeps_what_was_said(
    vault: Vault, stamp: Stamp
) -> None:
    add(vault, stamp, CLIENT)
    with vault.write() as db:
        standing = records.get(db, Client, CLIENT.id)
        assert standing is not None
        records.correct(db, replace(standing, name="Işıl Yıldız", birth_year=None), stamp)
        after = records.get(db, Client, CLIENT.id)
        assert after is not None
        assert (after.revision, after.name, after.birth_year) == (2, "Işıl Yıldız", None)
        lines = records.history(db, Kind.CLIENT, CLIENT.id)
    assert {(line.field, line.old, line.new) for line in lines} == {
        ("name", "Ğülşah İpek Öçüş", "Işıl Yıldız"),
        ("birth_year", "1990", ""),
    }
    assert {line.by for line in lines} == {"Derya A."}


def test_several_answers_are_corrected_with_their_history(vault: Vault, stamp: Stamp) -> None:
    application = an_application(None, reasons=("violence", "divorce"))
    add(vault, stamp, application)
    with vault.write() as db:
        records.correct(db, replace(application, revision=1, reasons=("health",)), stamp)
        after = records.get(db, Application, application.id)
        (line,) = records.history(db, Kind.APPLICATION, application.id)
    assert after is not None
    assert after.reasons == ("health",)
    assert (line.field, line.old, line.new) == ("reasons", "violence; divorce", "health")


def test_the_second_of_two_open_windows_cannot_overwrite_the_first(
    vault: Vault, stamp: Stamp
) -> None:
    add(vault, stamp, CLIENT)
    opened = replace(CLIENT, revision=1)
    with vault.write() as db:
        records.correct(db, replace(opened, name="Birinci"), stamp)
    with pytest.raises(ConflictError), vault.write() as db:
        records.correct(db, replace(opened, name="İkinci"), stamp)
    with vault.read() as db:
        standing = records.get(db, Client, CLIENT.id)
        assert standing is not None
        assert standing.name == "Birinci"
        assert len(records.history(db, Kind.CLIENT, CLIENT.id)) == 1


def test_a_corrected_record_is_remembered_as_it_was_first_written(
    vault: Vault, stamp: Stamp
) -> None:
    referral = a_referral(CLIENT)
    visit = a_visit(CLIENT)
    add(vault, stamp, CLIENT, referral, visit)
    with vault.write() as db:
        answered = replace(
            referral, revision=1, outcome="accepted", outcome_date=date(2026, 11, 20)
        )
        records.correct(db, answered, stamp)
        records.correct(db, replace(answered, revision=2, outcome="rejected"), stamp)
        records.correct(db, replace(visit, revision=1, time_out=time(12, 0)), stamp)
        (stands, first) = records.forms_of(db, records.read(db, Referral, "")[0])
        (_, arrived) = records.forms_of(db, records.read(db, PlayroomVisit, "")[0])
    assert stands.outcome == "rejected"
    assert replace(first, revision=0) == referral
    assert replace(arrived, revision=0) == visit


def publish(vault: Vault, period: str) -> None:
    moment = datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL)
    with vault.write() as db:
        publications.add(db, Publication(period, f"no-{period}", moment, vault.user.id, "{}"))


def month_of(vault: Vault, record: Record) -> str:
    with vault.read() as db:
        table = rows.TABLE_OF[type(record)]
        found = db.execute(f"SELECT report_month FROM {table} WHERE id = ?", (record.id,))
        return str(found.fetchone()[0])


def test_a_late_record_belongs_to_the_first_month_still_unpublished(
    vault: Vault, stamp: Stamp
) -> None:
    early = a_training(date=date(2026, 8, 3))
    add(vault, stamp, early)
    publish(vault, "2026-08")
    publish(vault, "2026-09")
    late = a_training(date=date(2026, 8, 4))
    add(vault, stamp, late)
    assert month_of(vault, early) == "2026-08"
    assert month_of(vault, late) == "2026-10"


def test_a_published_quarter_and_year_close_their_months(vault: Vault, stamp: Stamp) -> None:
    publish(vault, "2025")
    publish(vault, "2026-Q1")
    late = a_training(date=date(2025, 2, 3))
    add(vault, stamp, late)
    assert month_of(vault, late) == "2026-04"


def test_a_corrected_date_moves_a_record_unless_it_was_published(
    vault: Vault, stamp: Stamp
) -> None:
    free, frozen = a_training(date=date(2026, 9, 9)), a_training(date=date(2026, 8, 8))
    add(vault, stamp, free, frozen)
    publish(vault, "2026-08")
    with vault.write() as db:
        records.correct(db, replace(free, revision=1, date=date(2026, 10, 1)), stamp)
        records.correct(db, replace(frozen, revision=1, date=date(2026, 10, 1)), stamp)
    assert month_of(vault, free) == "2026-10"
    assert month_of(vault, frozen) == "2026-08"


def test_a_record_cannot_hang_on_a_file_that_is_not_there(vault: Vault, stamp: Stamp) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        add(vault, stamp, a_session(CLIENT))
