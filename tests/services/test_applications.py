"""All applications of some days, and a contact that turns out to be somebody with a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Application
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.views import ApplicationLine
from kadin_danisma.errors import KnownError
from kadin_danisma.services import (
    applications,
    casework,
    circles,
    intake,
    people,
)
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.store import audit, overview, sweeping
from kadin_danisma.store.circles import ClosedFileError
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_user, an_application
from tests.store.test_wall import pages

HERS, OTHER = a_client("2026/0001"), a_client("2026/0002", name="Gül Deneme")
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
CONTACT = an_application(number="B-2", date=date(2026, 10, 5), time=time(11, 0), note="Aradı.")


@dataclass
class Staff:
    """The vault and the people who sit down at it, one after the other."""

    path: Path
    clock: FixedClock

    @contextmanager
    def at(self, name: str) -> Iterator[Desk]:
        with Vault.open(self.path, name, PASSPHRASE, self.clock) as vault:
            yield Desk(vault, self.clock)


@pytest.fixture
def staff(vault_path: Path, clock: FixedClock) -> Staff:
    """A lawyer and two at the front desk; an application of a file and a contact in October."""
    made = Staff(vault_path, clock)
    vault, _code = Vault.create(vault_path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    with vault:
        desk = Desk(vault, clock)
        people.add_user(desk, "leyla", "Av. Leyla", Role.LAWYER, PASSPHRASE)
        people.add_user(desk, "selin", "Selin C.", Role.FRONT_DESK, PASSPHRASE)
        for client in (HERS, OTHER):
            intake.open_file(desk, client)
    with made.at("selin") as desk:
        intake.record_application(desk, CONTACT)
    with made.at("leyla") as desk:
        earlier = an_application(HERS, number="B-1", date=FIRST, channel="email")
        intake.record_application(desk, earlier)
        for day in (date(2026, 9, 30), date(2026, 11, 1)):
            intake.record_application(desk, an_application(date=day))
    return made


def of_october(desk: Desk) -> list[ApplicationLine]:
    return applications.applications(desk, FIRST, LAST)


def log(desk: Desk, *actions: str) -> list[tuple[str, str]]:
    with desk.vault.read() as db:
        lines = audit.lines(db, 500)
    return [(line.action, line.subject) for line in lines if line.action in actions]


def counted(desk: Desk) -> tuple[int, int]:
    """Return how many applications and contacts the month counts."""
    with desk.vault.read() as db:
        found = overview.so_far(db, FIRST, LAST)
    return found.applications, found.contacts


def test_all_of_the_days_are_there_latest_first_with_and_without_a_file(staff: Staff) -> None:
    with staff.at("leyla") as desk:
        contact, hers = of_october(desk)
        assert (contact.application.number, contact.file_no, contact.taken_by) == (
            "B-2", "", "Selin C.",
        )  # fmt: skip
        assert (hers.application.number, hers.file_no, hers.taken_by) == (
            "B-1", HERS.file_no, "Av. Leyla",
        )  # fmt: skip


@pytest.mark.parametrize(("name", "readable"), [("leyla", True), ("selin", False)])
def test_a_list_tells_that_there_is_a_note_and_never_its_words(
    staff: Staff, name: str, readable: bool
) -> None:
    with staff.at(name) as desk:
        contact, hers = of_october(desk)
        assert (contact.has_note, contact.note_closed) == (readable, not readable)
        assert (hers.has_note, hers.note_closed) == (False, False)
        assert "Aradı." not in repr(of_october(desk))


def test_who_took_it_stays_whoever_corrects_it(staff: Staff) -> None:
    with staff.at("leyla") as desk:
        applications.link(desk, CONTACT.id, HERS.id)
        assert {line.taken_by for line in of_october(desk)} == {"Selin C.", "Av. Leyla"}


def test_one_of_a_restricted_file_is_a_number_to_others(staff: Staff) -> None:
    with staff.at("leyla") as desk:
        circles.seal(desk, HERS.id, [])
        assert of_october(desk)[1].application.channel == "email"
    with staff.at("selin") as desk:
        closed = of_october(desk)[1]
        found = closed.application
        assert (closed.file_no, closed.seal, closed.taken_by) == (HERS.file_no, Seal.CLOSED, "")
        assert (found.number, found.channel, found.reasons, found.time) == ("", "", (), None)
        assert found.date == FIRST


def test_which_files_were_shown_is_logged_once(staff: Staff) -> None:
    with staff.at("selin") as desk:
        of_october(desk)
        of_october(desk)
        assert log(desk, "list.applications") == [("list.applications", "1")]


def test_a_contact_becomes_an_application_of_the_file(staff: Staff) -> None:
    with staff.at("derya") as desk:
        assert counted(desk) == (1, 1)
        applications.link(desk, CONTACT.id, HERS.id)
        assert counted(desk) == (2, 0)
        assert log(desk, "application.link") == [("application.link", "B-2")]
        page = casework.client_page(desk, HERS.id)
        assert next(entry.record.id for entry in page.timeline) == CONTACT.id
        (line,) = casework.history(desk, Kind.APPLICATION, CONTACT.id)
        assert (line.field, line.old, line.new) == ("client_id", "", HERS.file_no)


def test_its_note_goes_with_it(staff: Staff) -> None:
    with staff.at("selin") as desk:
        applications.link(desk, CONTACT.id, HERS.id)
    with staff.at("leyla") as desk:
        linked = casework.record_of(desk, Kind.APPLICATION, CONTACT.id)
        assert isinstance(linked, Application)
        assert (linked.client_id, linked.note) == (HERS.id, "Aradı.")


def test_what_belongs_to_a_file_is_not_linked_to_another(staff: Staff) -> None:
    with staff.at("selin") as desk:
        applications.link(desk, CONTACT.id, HERS.id)
        with pytest.raises(RefusedError):
            applications.link(desk, CONTACT.id, OTHER.id)
        shown = casework.record_of(desk, Kind.APPLICATION, CONTACT.id)
        assert isinstance(shown, Application)
        assert shown.client_id == HERS.id


def test_nobody_links_to_a_file_that_is_closed_to_her(staff: Staff) -> None:
    with staff.at("leyla") as desk:
        circles.seal(desk, HERS.id, [])
    with staff.at("selin") as desk:
        with pytest.raises(ClosedFileError):
            applications.link(desk, CONTACT.id, HERS.id)
        assert of_october(desk)[0].file_no == ""
        assert log(desk, "application.link") == []


@pytest.mark.parametrize("missing", ["contact", "file"])
def test_what_is_not_there_is_not_linked(staff: Staff, missing: str) -> None:
    ids = {"contact": CONTACT.id, "file": HERS.id} | {missing: "nobody"}
    with staff.at("selin") as desk, pytest.raises(KnownError):
        applications.link(desk, ids["contact"], ids["file"])


def test_what_every_lawyer_could_open_is_in_no_page_after_it_went_under_a_seal(
    staff: Staff,
) -> None:
    with staff.at("leyla") as desk:
        circles.seal(desk, HERS.id, [])
        with desk.vault.read() as db:
            query = "SELECT sealed FROM shared_note WHERE record_id = ?"
            former = [sealed for (sealed,) in db.execute(query, (CONTACT.id,))]
        assert len(former) == 3
        key = desk.vault._key
    assert all(sealed in pages(staff.path, key) for sealed in former)
    with staff.at("leyla") as desk:
        applications.link(desk, CONTACT.id, HERS.id)
    assert not any(sealed in pages(staff.path, key) for sealed in former)


def test_the_vault_is_swept_after_a_note_went_under_a_seal(staff: Staff) -> None:
    with staff.at("leyla") as desk:
        circles.seal(desk, HERS.id, [])
        applications.link(desk, CONTACT.id, HERS.id)
        with desk.vault.read() as db:
            assert not sweeping.is_due(db)
