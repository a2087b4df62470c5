"""A centre with a record of each kind, and all that its pages and counts show of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.records import Application, Client, Record, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.services import (
    casework,
    finding,
    intake,
    playroom,
    referring,
    reporting,
    today,
    trainings,
    withdrawing,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import facts, records
from kadin_danisma.store.vault import Vault
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_training,
    a_visit,
    an_application,
)

TODAY = date(2026, 11, 22)
ONE, TWO = a_client("2026/0001", name="Nur Deniz"), a_client("2026/0002", name="Ada Kaya")
APPLICATION = an_application(ONE, number="B-2026-00001", date=TODAY)
CONTACT = an_application(number="B-2026-00002", date=TODAY)
SESSION = a_session(ONE, number="G-2026-00001", date=TODAY, note="duruşma ertelendi")
VISIT = a_visit(ONE, date=TODAY)
REFERRAL = a_referral(ONE, date=TODAY)
TRAINING = a_training(date=TODAY)
#: One of every kind, in the order in which they can be withdrawn.
EVERY = (APPLICATION, CONTACT, SESSION, VISIT, REFERRAL, TRAINING, ONE)
STAFF = {
    "avukat": Role.LAWYER, "avukat2": Role.LAWYER, "psikolog": Role.PSYCHOLOGIST,
    "danisma": Role.FRONT_DESK, "ikinci": Role.COORDINATOR,
}  # fmt: skip
PERIODS = ("2026-10", "2026-11", "2026-Q4", "2026")


def enter(desk: Desk, *new: Record) -> None:
    for record in new:
        match record:
            case Client():
                intake.open_file(desk, record)
            case Application():
                intake.record_application(desk, record)
            case Session():
                intake.record_session(desk, record)
            case _ if record is VISIT:
                playroom.check_in(desk, VISIT)
            case _ if record is REFERRAL:
                referring.refer(desk, REFERRAL)
            case _ if record is TRAINING:
                trainings.add(desk, TRAINING)


class Staffed:
    """Lets one person sit down after the other."""

    def __init__(self, desk: Desk) -> None:
        self._vault, self._clock = desk.vault, desk.clock

    @contextmanager
    def at(self, name: str) -> Iterator[Desk]:
        self._vault.close()
        with Vault.open(self._vault.path, name, PASSPHRASE, self._clock) as vault:
            yield Desk(vault, self._clock)


def standing(desk: Desk, record: Record) -> Record:
    """Return a record as it stands now."""
    with desk.vault.read() as db:
        found: Record | None = records.get(db, type(record), record.id)
    assert found is not None
    return found


def withdraw(desk: Desk, record: Record, reason: str = "never_happened", why: str = "") -> None:
    withdrawing.withdraw(desk, standing(desk, record), reason, why)


def empty_before(desk: Desk, record: Record) -> None:
    """Withdraw what stands in a file, so that the file itself can be withdrawn."""
    if isinstance(record, Client):
        for each in (SESSION, APPLICATION, VISIT, REFERRAL):
            withdraw(desk, each)


def counted(desk: Desk) -> list[object]:
    """Return all that is counted, in every period, as counts and as reports see it."""
    with desk.vault.read() as db:
        by_date = [facts.read(db, Period.parse(key)) for key in PERIODS]
        by_month = [facts.read_months(db, Period.parse("2026").months)]
        late = [facts.count_late(db, Period.parse(key)) for key in PERIODS]
    return [*by_date, *by_month, *late]


def tables(desk: Desk, period: str = "2026") -> dict[str, int]:
    """Return the total of each table of counts."""
    return {
        table.id: sum(cell.value for cell in table.cells.values())
        for table in reporting.counts(desk, Period.parse(period))
    }


def lists(desk: Desk) -> str:
    """Return everything that pages, lists and searches show, in one text."""
    page = casework.client_page(desk, ONE.id)
    first = today.today(desk)
    return repr(
        (
            [entry.record.id for entry in page.timeline if not entry.withdrawn],
            (page.applications, page.sessions),
            finding.search(desk, "nur", 10),
            finding.all_clients(desk, 10),
            finding.likely_duplicates(desk, a_client("2026/0003", name="Nur Deniz")),
            intake.count_clients(desk),
            [line.visit.id for line in playroom.children_in(desk)],
            [line.visit.id for line in playroom.visits_on(desk, TODAY)],
            [visit.id for visit in playroom.children_of(desk, ONE.id)],
            [line.referral.id for line in referring.waiting(desk)],
            [line.referral.id for line in referring.referrals(desk)],
            (referring.count_waiting(desk), playroom.count_in(desk)),
            [each.id for each in trainings.trainings(desk)],
            (first.applications_today, first.contacts_today, first.month),
            [line.session.id for line in first.sessions],
            [line.referral.id for line in first.waiting],
            [line.visit.id for line in first.children_in],
        )
    )
