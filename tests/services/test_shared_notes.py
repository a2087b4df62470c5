"""Notes of applications and referrals as people meet them: who writes, who reads, what stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Application, Record, Referral
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.services import (
    applications,
    breaking,
    casework,
    circles,
    finding,
    importing,
    intake,
    people,
    referring,
)
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_referral, a_user, an_application
from tests.exchange.books import Book

CLIENT = a_client(name="Işıl Yıldız")
SAID = "Zümrütankası aradı,\nnafakayı sordu."
CONTACT = an_application(note=SAID, number="B-2026-00001")
REFERRAL = a_referral(CLIENT, note="Zümrütankası dilekçesini aldı.")
COUNSELLORS = (Role.LAWYER, Role.PSYCHOLOGIST, Role.SOCIAL_WORKER)
REASON = "Danışanın durumu acil ve görüşmecisine ulaşılamıyor bugün."


class Staff:
    """The vault and the people who sit down at it, one after the other."""

    def __init__(self, path: Path, clock: FixedClock) -> None:
        self.path, self.clock, self.code = path, clock, ""

    def at(self, name: str) -> Desk:
        passphrase = self.code if name == "kurtarma" else PASSPHRASE
        return Desk(Vault.open(self.path, name, passphrase, self.clock), self.clock)


@pytest.fixture
def staff(vault_path: Path, clock: FixedClock) -> Staff:
    """People of every role; the front desk took a contact and sent a referral, with a note each."""
    made = Staff(vault_path, clock)
    vault, made.code = Vault.create(vault_path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    with vault:
        for role in Role:
            people.add_user(Desk(vault, clock), str(role), f"Uzm. {role}", role, PASSPHRASE)
    with (desk := made.at("front_desk")).vault:
        intake.open_file(desk, CLIENT)
        intake.record_application(desk, CONTACT)
        referring.refer(desk, REFERRAL)
    return made


def read(desk: Desk, record: Record) -> str:
    kind = Kind.APPLICATION if isinstance(record, Application) else Kind.REFERRAL
    found = casework.record_of(desk, kind, record.id)
    assert isinstance(found, Application | Referral)
    return found.note


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.IT])
def test_all_counsellors_read_it_and_others_see_that_there_is_one(staff: Staff, role: Role) -> None:
    with (desk := staff.at(str(role))).vault:
        closed = role not in COUNSELLORS
        assert read(desk, CONTACT) == ("" if closed else SAID)
        assert read(desk, REFERRAL) == ("" if closed else REFERRAL.note)
        assert casework.note_is_closed(desk, CONTACT.id, Kind.APPLICATION) is closed
        trust = casework.note_trust(desk, REFERRAL.id, Kind.REFERRAL)
        assert trust is (None if closed else Trust.SHARED)
        (entry,) = casework.client_page(desk, CLIENT.id).timeline
        assert isinstance(entry.record, Referral)
        assert (entry.note_closed, entry.record.note) == (closed, "" if closed else REFERRAL.note)


def test_whoever_cannot_read_it_corrects_the_rest_and_the_note_stays(staff: Staff) -> None:
    with (desk := staff.at("front_desk")).vault:
        shown = casework.record_of(desk, Kind.APPLICATION, CONTACT.id)
        assert isinstance(shown, Application)
        intake.correct(desk, replace(shown, channel="email"))
        with pytest.raises(RefusedError) as refusal:
            intake.correct(desk, replace(shown, revision=2, note="üzerine"))
        assert [problem.field for problem in refusal.value.problems] == ["note"]
    with (desk := staff.at("lawyer")).vault:
        assert read(desk, CONTACT) == SAID
        lines = casework.history(desk, Kind.APPLICATION, CONTACT.id)
        assert [line.field for line in lines] == ["channel"]


def test_a_counsellor_corrects_it_and_the_former_wording_is_kept(staff: Staff) -> None:
    with (desk := staff.at("psychologist")).vault:
        shown = casework.record_of(desk, Kind.REFERRAL, REFERRAL.id)
        assert isinstance(shown, Referral)
        intake.correct(desk, replace(shown, note="Baro aradı."))
    with (desk := staff.at("social_worker")).vault:
        assert read(desk, REFERRAL) == "Baro aradı."
        (line,) = casework.history(desk, Kind.REFERRAL, REFERRAL.id)
        assert (line.field, line.old, line.new) == ("note", REFERRAL.note, "Baro aradı.")
        assert line.trust is Trust.SHARED
    with (desk := staff.at("coordinator")).vault:
        assert casework.history(desk, Kind.REFERRAL, REFERRAL.id) == []


def test_the_answer_to_a_referral_leaves_its_note(staff: Staff) -> None:
    with (desk := staff.at("front_desk")).vault:
        referring.close(desk, REFERRAL.id, "accepted", staff.clock.today())
    with (desk := staff.at("lawyer")).vault:
        referring.close(desk, REFERRAL.id, "waiting", None)
        assert read(desk, REFERRAL) == REFERRAL.note


@pytest.mark.parametrize("role", COUNSELLORS)
def test_it_is_found_by_its_words_with_its_record(staff: Staff, role: Role) -> None:
    with (desk := staff.at(str(role))).vault:
        found = finding.search_notes(desk, "zumrut", lambda *_: None)
        assert found.total == 2
        referral, contact = found.lines
        assert (referral.kind, referral.client_id, referral.file_no, referral.name) == (
            Kind.REFERRAL, CLIENT.id, CLIENT.file_no, CLIENT.name,
        )  # fmt: skip
        assert (contact.kind, contact.record_id, contact.client_id) == (
            Kind.APPLICATION, CONTACT.id, None,
        )  # fmt: skip
        assert (contact.file_no, contact.name, contact.number) == ("", "", "B-2026-00001")
        assert "nafakayı sordu" in contact.snippet.text
        assert {line.trust for line in found.lines} == {Trust.SHARED}


@pytest.mark.parametrize("name", ["front_desk", "coordinator"])
def test_whoever_reads_no_notes_searches_none(staff: Staff, name: str) -> None:
    with (desk := staff.at(name)).vault, pytest.raises(NotAllowedError):
        finding.search_notes(desk, "zumrut", lambda *_: None)


def test_in_a_restricted_file_the_circle_alone_reads_finds_and_links(staff: Staff) -> None:
    with (desk := staff.at("lawyer")).vault:
        circles.seal(desk, CLIENT.id, [])
        assert read(desk, REFERRAL) == REFERRAL.note
        applications.link(desk, CONTACT.id, CLIENT.id)
        assert read(desk, CONTACT) == SAID
        assert finding.search_notes(desk, "zumrut", lambda *_: None).total == 2
    with (desk := staff.at("psychologist")).vault:
        assert finding.search_notes(desk, "zumrut", lambda *_: None).total == 0
        assert casework.client_page(desk, CLIENT.id).timeline == ()


def test_a_broken_seal_opens_the_notes_of_that_file_for_whoever_broke_it(staff: Staff) -> None:
    with (desk := staff.at("lawyer")).vault:
        circles.seal(desk, CLIENT.id, [])
    with (desk := staff.at("coordinator")).vault:
        breaking.break_seal(desk, CLIENT.id, staff.code, REASON)
        assert read(desk, REFERRAL) == REFERRAL.note
        assert read(desk, CONTACT) == ""


def test_nothing_of_a_note_stands_in_the_log(staff: Staff) -> None:
    with (desk := staff.at("lawyer")).vault:
        read(desk, CONTACT)
        finding.search_notes(desk, "zumrut nafaka", lambda *_: None)
        with desk.vault.read() as db:
            said = db.execute("SELECT action, subject, evidence FROM audit").fetchall()
    assert not [line for line in said if "mrüt" in repr(line) or "nafaka" in repr(line)]


def test_a_workbook_with_notes_is_imported_once_whatever_became_of_them_since(
    staff: Staff, tmp_path: Path
) -> None:
    book = Book().with_further()
    book.put("Başvurular", 3, "Not", "Ablası aradı.").put("Yönlendirmeler", 2, "Not", "Dilekçe.")
    path = book.write(tmp_path / "kitap.xlsx")
    with (desk := staff.at("coordinator")).vault:
        added = importing.import_workbook(desk, path)
        assert (added.refused, added.added["referrals"]) == ([], 2)
        again = importing.import_workbook(desk, path)
        assert (again.refused, sum(again.added.values())) == ([], 0)
    with (desk := staff.at("lawyer")).vault:
        found = finding.search_notes(desk, "dilekce", lambda *_: None)
        (line,) = [line for line in found.lines if line.record_id != REFERRAL.id]
        mine = casework.record_of(desk, Kind.REFERRAL, line.record_id)
        assert isinstance(mine, Referral)
        intake.correct(desk, replace(mine, note="Dilekçe geri geldi."))
        circles.seal(desk, mine.client_id, [])
    with (desk := staff.at("coordinator")).vault:
        again = importing.import_workbook(desk, path)
        assert (again.refused, sum(again.added.values())) == ([], 0)
        fresh = book.put("Başvurular", 3, "Not", "Kardeşi aradı.").write(tmp_path / "b.xlsx")
        (refused,) = importing.import_workbook(desk, fresh).refused
        assert (refused.sheet, refused.row, refused.column) == ("Başvurular", 3, "Başvuru No")


@pytest.mark.parametrize("note", ["x" * 10_001, "bir\x07iki"])
def test_a_note_that_cannot_stand_is_refused_beside_its_field(staff: Staff, note: str) -> None:
    with (desk := staff.at("front_desk")).vault, pytest.raises(RefusedError) as refusal:
        intake.record_application(desk, an_application(note=note))
    assert [problem.field for problem in refusal.value.problems] == ["note"]
