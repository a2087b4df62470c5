"""What was withdrawn, in reports that were published, in workbooks, and in vaults from before."""

from datetime import date
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.domain.records import KIND_OF, Application, Client, Record, Session
from kadin_danisma.errors import KnownError
from kadin_danisma.services import casework, importing, intake, reporting, withdrawing
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import facts, records, rows
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user, a_visit, an_application
from tests.exchange.books import Book
from tests.services import centre
from tests.services.withdrawals import (
    APPLICATION,
    ONE,
    REFERRAL,
    SESSION,
    VISIT,
    empty_before,
    lists,
    tables,
    withdraw,
)
from tests.store import old

SAMPLE = Path(__file__).parent.parent / "data" / "ornek-yil.xlsx"
JULY, AUGUST, QUARTER = (Period.parse(key) for key in ("2026-07", "2026-08", "2026-Q3"))


@pytest.fixture
def busy(desk: Desk) -> Desk:
    centre.fill(desk)
    return desk


def published(desk: Desk, period: Period, folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in reporting.publish(desk, period, folder, ("json",))]


def one_of(desk: Desk, kind: type[Record], month: str) -> Record:
    with desk.vault.read() as db:
        tail = "WHERE date LIKE :month ORDER BY id LIMIT 1"
        found: list[Record] = records.read(db, kind, tail, {"month": f"{month}-%"})
    return found[0]


def months(desk: Desk) -> dict[str, facts.Facts]:
    with desk.vault.read() as db:
        return facts.read_months(db, Period.parse("2026").months)


def counted(desk: Desk, period: Period) -> int:
    with desk.vault.read() as db:
        found = facts.read(db, period)
    return len(found.applications) + sum(each.times for each in found.sessions)


@pytest.mark.parametrize("kind", [Application, Session])
def test_a_published_month_stays_as_it_left_and_the_true_counts_follow(
    busy: Desk, tmp_path: Path, kind: type[Record]
) -> None:
    first = published(busy, JULY, tmp_path / "1")
    frozen, true = months(busy)["2026-07"], counted(busy, JULY)
    record = one_of(busy, kind, "2026-07")
    withdrawing.withdraw(busy, record, "never_happened")
    assert counted(busy, JULY) == true - 1
    assert months(busy)["2026-07"] == frozen
    assert published(busy, JULY, tmp_path / "2") == first
    withdrawing.take_back(busy, KIND_OF[kind], record.id)
    assert counted(busy, JULY) == true
    assert months(busy)["2026-07"] == frozen


def test_what_was_withdrawn_while_its_month_left_belongs_to_the_next_when_taken_back(
    busy: Desk, tmp_path: Path
) -> None:
    """It was in no report yet; it comes later, as contract.md section 4 says of late records."""
    record = one_of(busy, Session, "2026-07")
    withdrawing.withdraw(busy, record, "never_happened")
    published(busy, JULY, tmp_path)
    before = months(busy)
    withdrawing.take_back(busy, Kind.SESSION, record.id)
    after = months(busy)
    assert after["2026-07"] == before["2026-07"]
    assert _sessions(after["2026-08"]) == _sessions(before["2026-08"]) + 1
    with busy.vault.read() as db:
        assert facts.count_late(db, AUGUST) == 1


def test_a_record_moved_after_its_month_left_stays_in_the_report_where_it_was(
    busy: Desk, tmp_path: Path
) -> None:
    first = published(busy, JULY, tmp_path / "1")
    record = one_of(busy, Session, "2026-07")
    other = a_client("2026/0999")
    intake.open_file(busy, other)
    frozen = months(busy)["2026-07"]
    withdrawing.move(busy, record, other.id)
    assert months(busy)["2026-07"] == frozen
    assert published(busy, JULY, tmp_path / "2") == first
    assert casework.client_page(busy, other.id).sessions == 1


def test_the_quarter_is_made_of_its_months_as_they_left(busy: Desk, tmp_path: Path) -> None:
    published(busy, JULY, tmp_path / "1")
    before = _sessions(months(busy)["2026-07"])
    withdrawing.withdraw(busy, one_of(busy, Session, "2026-07"), "twice")
    withdrawing.withdraw(busy, one_of(busy, Session, "2026-08"), "twice")
    published(busy, QUARTER, tmp_path / "2")
    assert _sessions(months(busy)["2026-07"]) == before


def _sessions(of: facts.Facts) -> int:
    return sum(each.times for each in of.sessions)


def test_the_same_workbook_again_adds_nothing_of_what_was_withdrawn(desk: Desk) -> None:
    importing.import_workbook(desk, SAMPLE)
    withdrawn: list[Record] = []
    with desk.vault.read() as db:
        for kind in rows.TABLE_OF:
            if kind is not Client:
                withdrawn += records.read(db, kind, "ORDER BY date, id LIMIT 2")
    for record in withdrawn:
        if not isinstance(record, Application):
            withdrawing.withdraw(desk, record, "twice")
    again = importing.import_workbook(desk, SAMPLE)
    assert (again.refused, set(again.added.values())) == ([], {0})
    for record in withdrawn:
        with desk.vault.read() as db:
            standing = records.get(db, type(record), record.id)
        assert (standing is None) == (not isinstance(record, Application))


def test_new_rows_of_a_withdrawn_file_or_application_are_refused_calmly(
    desk: Desk, tmp_path: Path
) -> None:
    book = Book()
    importing.import_workbook(desk, book.write(tmp_path / "a.xlsx"))
    with desk.vault.read() as db:
        session, application = (
            records.find_by(db, kind, "number", number)
            for kind, number in ((Session, "G-1"), (Application, "B-1"))
        )
        before = db.execute("SELECT count(*) FROM session").fetchone()
    assert session
    assert application
    withdrawing.withdraw(desk, session, "never_happened")
    withdrawing.withdraw(desk, application, "never_happened")
    again = importing.import_workbook(desk, tmp_path / "a.xlsx")
    assert (again.refused, set(again.added.values())) == ([], {0})
    path = book.add("Görüşmeler", "G-3|2026/1|B-1|2026-03-05|||legal|phone").write(tmp_path / "b")
    with pytest.raises(KnownError, match="geri çek"):
        importing.import_workbook(desk, path)
    with desk.vault.read() as db:
        assert db.execute("SELECT count(*) FROM session").fetchone() == before


def test_a_vault_from_before_knows_who_entered_what_from_its_log(
    vault_path: Path, clock: FixedClock
) -> None:
    """Records that stand as they were entered by whoever changed them last; others by the log."""
    vault, _code = Vault.create(vault_path, "Örnek Merkez", a_user(), PASSPHRASE, clock, schema=12)
    client = a_client()
    once = a_session(client, number="G-1", date=date(2026, 10, 1))
    twice = a_session(client, number="G-2", date=date(2026, 10, 2))
    visit = a_visit(client)
    with vault:
        her = vault.user.id
        with vault.write() as db:
            for record in (client, once, twice, visit):
                old.put(db, record, her)
            vault.audit(db, "session.add", twice.number, [client.id])
            vault.audit(db, "session.add", "G-9", [client.id])
            for table, key in (("session", twice.id), ("playroom_visit", visit.id)):
                db.execute(
                    f"UPDATE {table} SET revision = 2, changed_by = 'other' WHERE id = ?", (key,)
                )
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        entered = dict(
            db.execute(
                "SELECT id, entered_by FROM session UNION SELECT id, entered_by FROM playroom_visit"
            )
        )
        assert entered == {once.id: her, twice.id: her, visit.id: ""}
        assert len(records.read(db, Session, "")) == 2
        assert opened.withdrawals.doubtful(db) == {}


def test_an_older_workbook_is_not_disturbed_by_an_application_that_stands(desk: Desk) -> None:
    client = a_client()
    intake.open_file(desk, client)
    intake.record_application(desk, an_application(client, number="B-1", date=date(2026, 10, 1)))
    assert importing.import_workbook(desk, SAMPLE).refused == []


@pytest.mark.parametrize(
    "record", [SESSION, APPLICATION, VISIT, REFERRAL], ids=lambda each: type(each).__name__
)
def test_what_somebody_lets_stand_in_a_withdrawn_file_counts_and_breaks_no_page(
    full: Desk, record: Record
) -> None:
    """With SQL: it is told (decision 0044), and the counts and reports of everybody else go on."""
    empty_before(full, ONE)
    withdraw(full, ONE)
    with full.vault.write() as db:
        table = rows.TABLE_OF[type(record)]
        db.execute(f"UPDATE {table} SET withdrawn = '' WHERE id = ?", (record.id,))
    shown = tables(full)
    assert shown["summary"]
    assert shown["clients_by_age_band"] == 2 * isinstance(record, Application | Session)
    lists(full)
    months(full)
    casework.record_of(full, KIND_OF[type(record)], record.id)
    withdraw(full, record)
    assert tables(full)["clients_by_age_band"] == 0
