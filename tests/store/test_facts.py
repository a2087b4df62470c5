"""What is read to be counted is what the records say, dated as asked, without anything personal."""

from datetime import date, datetime, time

from kadin_danisma.domain.counting import tables
from kadin_danisma.domain.dates import ISTANBUL, Period
from kadin_danisma.domain.facts import Facts, together
from kadin_danisma.domain.records import Record
from kadin_danisma.store import facts, publications, records
from kadin_danisma.store.publications import Publication
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import a_client, a_referral, a_session, a_visit, an_application

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL)
ONE, TWO, THREE = (a_client(f"2026/000{n}") for n in (1, 2, 3))


def store(vault: Vault, *new: Record) -> None:
    with vault.write() as db:
        for record in new:
            records.add(db, record, Stamp(NOW, vault.user.id))


def summary(vault: Vault, period: str) -> dict[str, int]:
    with vault.read() as db:
        return summed(facts.read(db, Period.parse(period)))


def reported(vault: Vault, period: str) -> dict[str, int]:
    """Return the summary of a period as reports count it."""
    with vault.read() as db:
        return summed(together(facts.read_months(db, Period.parse(period).months)))


def summed(found: Facts) -> dict[str, int]:
    return {key[0]: cell.value for key, cell in tables(found)[0].cells.items()}


def test_first_and_last_day_belong_to_the_period(vault: Vault) -> None:
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)]
    store(vault, ONE, *(a_session(ONE, date=day) for day in days))
    assert summary(vault, "2026-10")["sessions"] == 2
    assert summary(vault, "2026-Q4")["sessions"] == 3
    assert summary(vault, "2026")["sessions"] == 4


def test_only_completed_sessions_count_and_make_a_client(vault: Vault) -> None:
    store(vault, ONE, TWO, a_session(ONE), a_session(TWO, outcome="no_show"))
    counted = summary(vault, "2026-10")
    assert (counted["sessions"], counted["clients"], counted["clients_continuing"]) == (1, 1, 1)


def test_a_woman_is_new_in_the_period_of_her_earliest_application(vault: Vault) -> None:
    store(
        vault,
        ONE,
        TWO,
        THREE,
        an_application(ONE, date=date(2026, 10, 5)),
        an_application(TWO, date=date(2025, 3, 5)),
        an_application(TWO, date=date(2026, 10, 9)),
        # A session before her first application is no reason to call her new.
        a_session(THREE, date=date(2026, 10, 2)),
        an_application(THREE, date=date(2026, 11, 2)),
    )
    counted = summary(vault, "2026-10")
    assert counted["clients"] == 3
    assert counted["clients_first"] == 1
    assert counted["clients_returning"] == 1
    assert counted["clients_continuing"] == 1


def test_contacts_make_no_client(vault: Vault) -> None:
    store(vault, an_application(None), an_application(None))
    counted = summary(vault, "2026-10")
    assert (counted["contacts"], counted["applications"], counted["clients"]) == (2, 0, 0)


def test_children_visits_and_minutes_are_told_apart(vault: Vault) -> None:
    day = date(2026, 10, 7)
    store(
        vault,
        ONE,
        a_visit(ONE, date=day, child="Efe", time_in=time(9, 0), time_out=time(9, 45)),
        a_visit(ONE, date=day, child="EFE ", time_in=time(14, 0), time_out=time(14, 45)),
        a_visit(ONE, date=day, child="Gül", time_in=time(9, 0)),
        a_referral(ONE, date=day),
    )
    counted = summary(vault, "2026-10")
    assert counted["playroom_visits"] == 3
    assert counted["playroom_children"] == 2
    assert counted["playroom_hours"] == 2
    assert (counted["referrals"], counted["clients"]) == (1, 0)


def test_reports_find_late_records_in_their_later_month_and_counts_by_date(vault: Vault) -> None:
    with vault.write() as db:
        publications.add(db, Publication("2026-09", "2026/09-1", NOW, vault.user.id, "{}"))
    store(
        vault,
        ONE,
        an_application(ONE, date=date(2026, 9, 5)),
        a_session(ONE, date=date(2026, 9, 6)),
    )
    assert summary(vault, "2026-09")["sessions"] == 1
    assert reported(vault, "2026-09")["sessions"] == 0
    late = reported(vault, "2026-10")
    assert (late["sessions"], late["applications"], late["clients_first"]) == (1, 1, 1)


def test_late_records_are_counted_and_sessions_only_where_they_took_place(vault: Vault) -> None:
    with vault.write() as db:
        publications.add(db, Publication("2026-09", "2026/09-1", NOW, vault.user.id, "{}"))
    day = date(2026, 9, 6)
    store(
        vault,
        ONE,
        a_session(ONE, date=day),
        a_session(ONE, date=day, outcome="no_show"),
        a_referral(ONE, date=day),
        an_application(ONE, date=date(2026, 10, 1)),
    )
    with vault.read() as db:
        assert facts.count_late(db, Period.parse("2026-10")) == 2
        assert facts.count_late(db, Period.parse("2026-09")) == 0
        assert facts.count_late(db, Period.parse("2026-Q4")) == 2


def test_facts_hold_no_name_number_or_note(vault: Vault) -> None:
    client = a_client("D-SECRET", name="Gizli Ad", phone="+905000001234", kimlik_no="10000000146")
    store(
        vault,
        client,
        an_application(client, number="B-SECRET"),
        a_session(client, number="G-SECRET", note="gizli not", counsellor="Gizli Görüşmeci"),
    )
    with vault.read() as db:
        said = repr(facts.read(db, Period.parse("2026-10"))).lower()
    assert all(word not in said for word in ("gizli", "secret", "5000001234", "10000000146"))
