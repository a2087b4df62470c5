"""The wall between the disciplines as people meet it: who reads, who waits, who hands out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline, discipline_of
from kadin_danisma.domain.lists import SERVICE
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import ConflictError, NotAllowedError, WrongCredentialsError
from kadin_danisma.services import casework, importing, intake, keyring, people
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.store import audit, records
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user

SAMPLE = Path(__file__).parent.parent / "data" / "ornek-yil.xlsx"
CLIENT = a_client()
NOTE = "Dava dosyası konuşuldu."
SESSION = a_session(CLIENT, service="legal", note=NOTE, counsellor="avukat")
STAFF = {"avukat": Role.LAWYER, "psikolog": Role.PSYCHOLOGIST, "derya2": Role.COORDINATOR}

#: Opens a person's desk, after the one before was left.
SignIn = Callable[[str], Desk]


@pytest.fixture
def code(vault_path: Path, clock: FixedClock) -> str:
    """The recovery code of a vault with a file and a legal note; its founder has gone home."""
    vault, code = Vault.create(vault_path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    with vault:
        desk = Desk(vault, clock)
        intake.open_file(desk, CLIENT)
        intake.record_session(desk, SESSION)
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as later:
        for name, role in STAFF.items():
            people.add_user(Desk(later, clock), name, "", role, PASSPHRASE)
    return code


@pytest.fixture
def sign_in(code: str, vault_path: Path, clock: FixedClock) -> Iterator[SignIn]:
    """A way to sit down at the desk of each in turn."""
    opened: list[Vault] = []

    def sit_down(name: str) -> Desk:
        for vault in opened:
            vault.close()
        passphrase = code if name == "kurtarma" else PASSPHRASE
        opened.append(Vault.open(vault_path, name, passphrase, clock))
        return Desk(opened[-1], clock)

    yield sit_down
    for vault in opened:
        vault.close()


def note_at(desk: Desk) -> tuple[str, bool]:
    found = casework.record_of(desk, Kind.SESSION, SESSION.id)
    (entry,) = casework.client_page(desk, CLIENT.id).timeline
    assert isinstance(found, Session)
    assert entry.record == found
    assert entry.note_closed == casework.note_is_closed(desk, SESSION.id)
    return found.note, entry.note_closed


def corrected(desk: Desk, **changes: str) -> None:
    standing = casework.record_of(desk, Kind.SESSION, SESSION.id)
    intake.correct(desk, replace(standing, **changes))


def test_every_service_belongs_to_one_discipline() -> None:
    assert {discipline_of(code.key) for code in SERVICE} == set(Discipline)
    assert discipline_of("group") is Discipline.PSYCHOLOGICAL
    assert discipline_of("safety_plan") is Discipline.SOCIAL


def test_from_the_paper_code_to_the_lawyer_who_reads(sign_in: SignIn, code: str) -> None:
    """The story of a first week: nobody reads by chance, the code is needed once, then no more."""
    assert note_at(sign_in("avukat")) == ("", True)
    desk = sign_in("derya")
    assert note_at(desk) == ("", True)
    assert [(each.user.name, each.discipline) for each in keyring.waiting(desk)] == [
        ("avukat", Discipline.LEGAL),
        ("psikolog", Discipline.PSYCHOLOGICAL),
    ]
    with pytest.raises(WrongCredentialsError):
        keyring.grant_by_code(desk, "yanlış")
    assert keyring.grant_by_code(desk, code) == 2
    assert keyring.waiting(desk) == []
    assert note_at(desk) == ("", True)
    people.add_user(desk, "avukat2", "", Role.LAWYER, PASSPHRASE)
    lawyer = sign_in("avukat")
    assert note_at(lawyer) == (NOTE, False)
    (second,) = keyring.waiting(lawyer)
    keyring.grant(lawyer, second.user.id, Discipline.LEGAL)
    assert note_at(sign_in("avukat2")) == (NOTE, False)
    assert note_at(sign_in("psikolog")) == ("", True)
    with sign_in("kurtarma").vault.read() as db:
        said = [line.action for line in audit.lines(db)]
    assert said.count("key.grant") == 3
    assert said.count("recovery.use") == 1


def test_the_recovery_code_breaks_the_glass_and_is_logged(sign_in: SignIn) -> None:
    desk = sign_in("kurtarma")
    assert note_at(desk) == (NOTE, False)
    with desk.vault.read() as db:
        assert audit.lines(db)[-1].by
        assert any(line.action == "sign_in" for line in audit.lines(db, 5))


def test_nobody_hands_out_what_she_does_not_hold(sign_in: SignIn) -> None:
    coordinator = sign_in("derya")
    waiting = keyring.waiting(coordinator)
    with pytest.raises(NotAllowedError):
        keyring.grant(coordinator, waiting[0].user.id, waiting[0].discipline)
    desk = sign_in("psikolog")
    assert keyring.waiting(desk) == []
    with pytest.raises(NotAllowedError):
        keyring.grant_by_code(desk, "x")


def test_a_note_that_cannot_be_read_stays_whatever_is_corrected(sign_in: SignIn, code: str) -> None:
    desk = sign_in("derya")
    keyring.grant_by_code(desk, code)
    corrected(desk, service="psych", counsellor="Av. Derya A.")
    with pytest.raises(RefusedError) as refusal:
        corrected(desk, note="üzerine yazılan")
    assert refusal.value.problems[0].field == "note"
    assert note_at(sign_in("psikolog")) == ("", True)
    assert note_at(sign_in("avukat")) == (NOTE, False)


def test_whoever_reads_a_note_corrects_it_and_its_history_is_hers(
    sign_in: SignIn, code: str
) -> None:
    keyring.grant_by_code(sign_in("derya"), code)
    lawyer = sign_in("avukat")
    corrected(lawyer, note="Dava kazanıldı.")
    corrected(lawyer, channel="phone")
    corrected(lawyer, note="")
    assert note_at(lawyer) == ("", False)
    lines = casework.history(lawyer, Kind.SESSION, SESSION.id)
    assert [(line.field, line.old, line.new) for line in lines if line.field == "note"] == [
        ("note", "Dava kazanıldı.", ""),
        ("note", NOTE, "Dava kazanıldı."),
    ]
    others = casework.history(sign_in("derya"), Kind.SESSION, SESSION.id)
    assert {line.field for line in others} == {"channel"}


def test_a_note_goes_over_with_the_service_when_its_reader_changes_it(
    sign_in: SignIn, code: str
) -> None:
    keyring.grant_by_code(sign_in("derya"), code)
    corrected(sign_in("avukat"), service="psych")
    assert note_at(sign_in("avukat")) == ("", True)
    assert note_at(sign_in("psikolog")) == (NOTE, False)


def test_a_stale_correction_of_a_closed_note_is_a_conflict(sign_in: SignIn) -> None:
    desk = sign_in("derya")
    standing = casework.record_of(desk, Kind.SESSION, SESSION.id)
    corrected(desk, counsellor="Av. Derya A.")
    with pytest.raises(ConflictError):
        intake.correct(desk, standing)


def test_a_workbook_is_recognised_by_somebody_who_reads_none_of_its_notes(
    sign_in: SignIn, vault_path: Path
) -> None:
    desk = sign_in("derya")
    assert importing.import_workbook(desk, SAMPLE).refused == []
    again = importing.import_workbook(desk, SAMPLE)
    assert again.refused == []
    assert set(again.added.values()) == {0}
    with desk.vault.read() as db:
        row = db.execute("SELECT record_id FROM sealed_note ORDER BY rowid DESC LIMIT 1").fetchone()
        assert row is not None
        session = records.get(db, Session, row[0])
    assert session is not None
    recovery = sign_in("kurtarma")
    standing = casework.record_of(recovery, Kind.SESSION, session.id)
    intake.correct(recovery, replace(standing, note="Başka bir not."))
    refused = importing.import_workbook(sign_in("derya"), SAMPLE).refused
    assert [(each.sheet, each.column) for each in refused] == [("Görüşmeler", "Görüşme No")]
