"""Searching in notes as people do it: her own discipline's, with the place, and logged."""

from datetime import date
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold_words
from kadin_danisma.domain.views import NotesFound
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.i18n import _
from kadin_danisma.services import (
    casework,
    circles,
    finding,
    intake,
    people,
    referring,
    withdrawing,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit
from kadin_danisma.store.failures import ReadOnlyMediumError
from kadin_danisma.store.note_index import NoteIndex
from kadin_danisma.store.vault import Vault
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_user,
    an_application,
)

CLIENT = a_client(name="Işıl Yıldız")
WORD = "Zümrütankası"
NOTES = {
    "legal": f"{WORD} nafaka istiyor.",
    "psych": f"{WORD} uyuyamıyor.",
    "safety_plan": f"{WORD} komşusuna gidecek.",
}
READERS = {
    Role.LAWYER: "legal",
    Role.PSYCHOLOGIST: "psych",
    Role.SOCIAL_WORKER: "safety_plan",
}


@pytest.fixture
def staffed(vault_path: Path, clock: FixedClock) -> str:
    """A vault with a person of every role and a note of every discipline; its recovery code."""
    vault, code = Vault.create(vault_path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    desk = Desk(vault, clock)
    for role in Role:
        people.add_user(desk, str(role), "", role, PASSPHRASE)
    people.add_user(desk, "lawyer2", "", Role.LAWYER, PASSPHRASE)
    intake.open_file(desk, CLIENT)
    for day, (service, note) in enumerate(NOTES.items(), start=1):
        session = a_session(CLIENT, service=service, note=note, date=date(2026, 10, day))
        intake.record_session(desk, session)
    vault.close()
    return code


def search(desk: Desk, text: str, limit: int = 50) -> NotesFound:
    return finding.search_notes(desk, text, lambda _done, _total: None, limit)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.IT])
def test_each_role_finds_the_notes_of_its_own_discipline_and_no_others(
    staffed: str, vault_path: Path, clock: FixedClock, role: Role
) -> None:
    with Vault.open(vault_path, str(role), PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        if role not in READERS:
            with pytest.raises(NotAllowedError):
                search(desk, WORD)
            assert finding.searchable_notes(desk) == ()
            with vault.read() as db:
                assert audit.lines(db, 1)[0].action == "refused"
                assert db.execute("SELECT count(*) FROM note_segment").fetchone() == (0,)
            return
        found = search(desk, WORD)
        assert found.total == 1
        assert found.searched == finding.searchable_notes(desk)
        assert len(found.searched) == 1
        (line,) = found.lines
        assert line.service == READERS[role]
        assert line.snippet.text == NOTES[READERS[role]]
        assert [line.snippet.text[start:end] for start, end in line.snippet.marks] == [WORD]
        assert (line.file_no, line.name) == (CLIENT.file_no, CLIENT.name)


def test_the_recovery_code_searches_everything(
    staffed: str, vault_path: Path, clock: FixedClock
) -> None:
    with Vault.open(vault_path, "kurtarma", staffed, clock) as vault:
        found = search(Desk(vault, clock), WORD)
    assert set(found.searched) == set(Discipline)
    assert {line.service for line in found.lines} == set(NOTES)


def test_a_lawyer_who_waits_for_her_key_is_told_so(
    staffed: str, vault_path: Path, clock: FixedClock
) -> None:
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as vault:
        people.add_user(Desk(vault, clock), "yeni", "", Role.LAWYER, PASSPHRASE)
    with (
        Vault.open(vault_path, "yeni", PASSPHRASE, clock) as vault,
        pytest.raises(NotAllowedError) as refusal,
    ):
        search(Desk(vault, clock), WORD)
    assert refusal.value.message == _("You were not given the key of session notes yet.")


def test_a_search_is_logged_with_its_hits_and_without_its_words(
    staffed: str, vault_path: Path, clock: FixedClock
) -> None:
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        search(desk, "zumrut nafaka")
        search(desk, "yok")
        with vault.read() as db:
            said = [(line.action, line.subject) for line in audit.lines(db, 2)]
            about = db.execute("SELECT client_id FROM audit_file WHERE seq > 1").fetchall()
    assert about[-1:] == [(CLIENT.id,)]
    assert said == [("search.notes", "0"), ("search.notes", "1")]


def test_a_part_of_the_index_that_does_not_open_is_logged(
    staffed: str, vault_path: Path, clock: FixedClock
) -> None:
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        assert search(desk, WORD).total == 1
        with vault.write() as db:
            db.execute("UPDATE note_segment SET sealed = x'00'")
        assert search(desk, WORD).total == 1
        with vault.read() as db:
            assert audit.lines(db, 2)[1].action == "notes.torn"


def test_nothing_typed_finds_nothing_and_is_not_logged(
    staffed: str, vault_path: Path, clock: FixedClock
) -> None:
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as vault:
        found = search(Desk(vault, clock), " . ")
        assert (found.lines, found.total) == ((), 0)
        with vault.read() as db:
            assert audit.lines(db, 1)[0].action == "sign_in"


def test_the_latest_sessions_come_first_and_all_are_counted(
    staffed: str, vault_path: Path, clock: FixedClock
) -> None:
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        for day in (3, 9, 6):
            session = a_session(CLIENT, note=f"{WORD} yine", date=date(2026, 11, day))
            intake.record_session(desk, session)
        found = search(desk, WORD, limit=3)
    assert [line.date.day for line in found.lines] == [9, 6, 3]
    assert found.total == 4


def test_the_notes_of_a_restricted_file_are_found_by_its_circle_only(
    staffed: str, vault_path: Path, clock: FixedClock
) -> None:
    """What stood in the index before the file was sealed goes, and nothing of it comes back."""
    other = a_client("2026/0002")
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        intake.open_file(desk, other)
        intake.record_session(desk, a_session(other, note="Nafaka konuşuldu."))
        assert search(desk, WORD).total == 1
        circles.seal(desk, CLIENT.id, [])
        with vault.read() as db:
            assert db.execute("SELECT count(*) FROM note_segment").fetchone() == (0,)
        (line,) = search(desk, WORD).lines
        assert line.name == CLIENT.name
        assert line.snippet.text == NOTES["legal"]
        assert search(desk, "nafaka").total == 2
        secret = vault.secrets[Discipline.LEGAL]
        held = NoteIndex(vault, Discipline.LEGAL, secret)
        held.read()
        assert held.find(fold_words("konusuldu"))
        assert not held.find(fold_words(WORD))
    with Vault.open(vault_path, "lawyer2", PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        assert search(desk, WORD) == NotesFound((), 0, (Discipline.LEGAL,))
        assert [line.file_no for line in search(desk, "nafaka").lines] == [other.file_no]
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as vault:
        circles.unseal(Desk(vault, clock), CLIENT.id)
    with Vault.open(vault_path, "lawyer2", PASSPHRASE, clock) as vault:
        assert search(Desk(vault, clock), WORD).total == 1


def test_a_read_only_vault_is_searched(staffed: str, vault_path: Path, clock: FixedClock) -> None:
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock, read_only=True) as vault:
        desk = Desk(vault, clock)
        assert search(desk, WORD).total == 1
        assert search(desk, WORD).total == 1
        with pytest.raises(ReadOnlyMediumError):
            intake.open_file(desk, a_client("2026/0002"))


@pytest.mark.parametrize("restricted", [False, True])
def test_the_note_of_what_was_withdrawn_is_neither_shown_nor_counted(
    staffed: str, vault_path: Path, clock: FixedClock, restricted: bool
) -> None:
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as vault:
        desk, lawyer = Desk(vault, clock), vault.user.id
        hers = [
            intake.record_session(desk, a_session(CLIENT, service="legal", note=f"{WORD} bir")),
            intake.record_application(desk, an_application(CLIENT, note=f"{WORD} iki")),
            referring.refer(desk, a_referral(CLIENT, note=f"{WORD} üç")),
        ]
    if restricted:
        with Vault.open(vault_path, "derya", PASSPHRASE, clock) as vault:
            circles.seal(Desk(vault, clock), CLIENT.id, [lawyer])
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        assert _found(desk) == (4, 4)
        for less, each in enumerate(hers, start=1):
            record = casework.record_of(desk, each.kind, each.id)
            withdrawing.withdraw(desk, record, "twice")
            assert _found(desk) == (4 - less, 4 - less)
        withdrawing.take_back(desk, hers[0].kind, hers[0].id)
        assert _found(desk) == (2, 2)


def _found(desk: Desk) -> tuple[int, int]:
    """Return how many notes are said to be found, also in the log, and how many are shown."""
    found = search(desk, WORD)
    with desk.vault.read() as db:
        said = next(line.subject for line in audit.lines(db, 5) if line.action == "search.notes")
    assert said == str(found.total)
    return found.total, len(found.lines)
