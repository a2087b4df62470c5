"""A colleague with SQL writes no note in another's name, also one with the discipline's key."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Session, User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.services import casework, finding, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import keyring, notes, sealing, signed_content, trust, users
from kadin_danisma.store.signed_content import Content
from kadin_danisma.store.vault import Vault
from tests.attacks.insider import Insider, at_work
from tests.builders import PASSPHRASE, a_client, a_session, a_user

HERS = "kendi parolası beş kelimedir onun"
FIRST = "eşine haber verilmesin"
SECOND = "eşiyle görüşülebilir"
FORGED = "eşini aradım, adresi verdim"
AT = "2026-11-22T10:00:00+03:00"


@dataclass
class Story:
    """A file with two sessions of a lawyer, the first one's note corrected."""

    path: Path
    clock: FixedClock
    people: dict[str, User] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)

    def page_of(self, name: str) -> dict[str, tuple[str, Trust | None]]:
        """Return the notes of the file as somebody reads them, with what is told of them."""
        with Vault.open(self.path, name, HERS, self.clock) as opened:
            desk = Desk(opened, self.clock)
            page = casework.client_page(desk, self.sessions[0].client_id)
            return {
                entry.record.id: (entry.record.note, entry.note_trust)
                for entry in page.timeline
                if isinstance(entry.record, Session)
            }

    def put(
        self, insider: Insider, session: Session, revision: int, text: str, signature: bytes
    ) -> None:
        """Write a wording in the first lawyer's name."""
        public = insider.unlocked.roster.disciplines[Discipline.LEGAL]
        bound = notes._bound(session.id, revision)
        packed = signed_content.packed(
            bound, Content(text.encode(errors="surrogateescape"), signature)
        )
        row = (session.id, revision, "legal", sealing.seal(packed, public), b"x" * 18, AT)
        insider.db.execute(
            "INSERT OR REPLACE INTO sealed_note (record_id, revision, discipline, sealed, print,"
            " at, by) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*row, self.people["leyla"].id),
        )


@pytest.fixture
def story(vault: Vault, clock: FixedClock) -> Story:
    made = Story(vault.path, clock)
    for name, role in {
        "leyla": Role.LAWYER, "nur": Role.LAWYER, "selin": Role.FRONT_DESK
    }.items():  # fmt: skip
        person = a_user(name, title=f"Av. {name.title()}", role=role)
        made.people[name] = users.add_user(vault, person, PASSPHRASE)
    vault.close()
    for name in made.people:
        with Vault.open(vault.path, name, PASSPHRASE, clock) as opened:
            users.change_passphrase(opened, PASSPHRASE, HERS)
    with Vault.open(vault.path, "leyla", HERS, clock) as opened:
        desk, client = Desk(opened, clock), a_client()
        intake.open_file(desk, client)
        made.sessions = [a_session(client, note=FIRST), a_session(client, note="dava açıldı")]
        for session in made.sessions:
            intake.record_session(desk, session)
        standing = casework.record_of(desk, Kind.SESSION, made.sessions[0].id)
        assert isinstance(standing, Session)
        intake.correct(desk, replace(standing, note=SECOND))
    return made


def test_her_own_notes_are_hers(story: Story) -> None:
    assert set(story.page_of("nur").values()) == {
        (SECOND, Trust.SIGNED), ("dava açıldı", Trust.SIGNED)
    }  # fmt: skip


def unsigned(story: Story, insider: Insider) -> tuple[str, str]:
    """She writes it as before signatures."""
    story.put(insider, story.sessions[0], 3, FORGED, b"")
    return story.sessions[0].id, FORGED


def signed_by_herself(story: Story, insider: Insider) -> tuple[str, str]:
    """She puts her own signature there."""
    session = story.sessions[0]
    leyla = story.people["leyla"].id
    said = notes.signed_parts(session.id, 3, Discipline.LEGAL, AT, leyla, FORGED)
    story.put(insider, session, 3, FORGED, insider.author.sign(notes.SIGNATURE, *said))
    return session.id, FORGED


def _first_wording(story: Story, insider: Insider) -> Content:
    """Return the first wording with its genuine signature: who holds the key can open it."""
    session = story.sessions[0]
    secret = keyring.held(insider.db, insider.author.user_id, insider.unlocked.identity.sealing)[
        Discipline.LEGAL
    ]
    (sealed,) = insider.db.execute(
        "SELECT sealed FROM sealed_note WHERE record_id = ? AND revision = 1", (session.id,)
    ).fetchone()
    opened = sealing.unseal(sealed, secret)
    assert opened is not None
    content = signed_content.unpacked(notes._bound(session.id, 1), opened)
    assert content is not None
    assert content.said.decode() == FIRST
    return content


def an_older_wording_again(story: Story, insider: Insider) -> tuple[str, str]:
    """She brings the first wording back as the latest one."""
    content = _first_wording(story, insider)
    story.put(insider, story.sessions[0], 3, FIRST, content.signature)
    return story.sessions[0].id, FIRST


def a_wording_at_another_record(story: Story, insider: Insider) -> tuple[str, str]:
    """She puts it under another session."""
    content = _first_wording(story, insider)
    story.put(insider, story.sessions[1], 1, FIRST, content.signature)
    return story.sessions[1].id, FIRST


FORGERIES: dict[Callable[[Story, Insider], tuple[str, str]], str] = {
    unsigned: "selin",
    signed_by_herself: "selin",
    an_older_wording_again: "nur",
    a_wording_at_another_record: "nur",
}


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_note_in_a_lawyers_name_is_told_wherever_it_is_read(
    story: Story, forge: Callable[[Story, Insider], tuple[str, str]]
) -> None:
    with at_work(story.path, FORGERIES[forge], HERS) as insider:
        session_id, text = forge(story, insider)
    assert story.page_of("leyla")[session_id] == (text, Trust.UNKNOWN)
    with Vault.open(story.path, "leyla", HERS, story.clock) as opened:
        desk = Desk(opened, story.clock)
        assert casework.note_trust(desk, session_id) is Trust.UNKNOWN
        found = finding.search_notes(desk, text, lambda _done, _total: None)
        assert [line.trust for line in found.lines if line.record_id == session_id] == [
            Trust.UNKNOWN
        ]
        corrected = [
            line.trust
            for line in casework.history(desk, Kind.SESSION, session_id)
            if line.field == "note" and line.new == text
        ]
        assert set(corrected) <= {Trust.UNKNOWN}


@pytest.mark.parametrize("forge", FORGERIES)
def test_without_the_check_she_would_have_spoken_for_the_lawyer(
    story: Story,
    forge: Callable[[Story, Insider], tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with at_work(story.path, FORGERIES[forge], HERS) as insider:
        session_id, text = forge(story, insider)
    monkeypatch.setattr(trust, "judged", lambda *_said: Trust.SIGNED)
    assert story.page_of("leyla")[session_id] == (text, Trust.SIGNED)


def test_a_note_taken_back_in_her_name_is_told(story: Story) -> None:
    session = story.sessions[0]
    with at_work(story.path, "selin", HERS) as insider:
        insider.db.execute(
            "INSERT INTO sealed_note (record_id, revision, discipline, sealed, print, at, by)"
            " VALUES (?, 3, 'legal', x'', ?, ?, ?)",
            (session.id, b"x" * 18, AT, story.people["leyla"].id),
        )
    with Vault.open(story.path, "leyla", HERS, story.clock) as opened:
        desk = Desk(opened, story.clock)
        (taken, corrected) = casework.history(desk, Kind.SESSION, session.id)
        assert (taken.new, taken.trust, corrected.trust) == ("", Trust.UNKNOWN, Trust.SIGNED)
        standing = casework.record_of(desk, Kind.SESSION, story.sessions[1].id)
        assert isinstance(standing, Session)
        intake.correct(desk, replace(standing, note=""))
        (hers,) = casework.history(desk, Kind.SESSION, story.sessions[1].id)
        assert (hers.new, hers.trust) == ("", Trust.SIGNED)


@pytest.mark.parametrize("signature", [b"", bytes(64)])
def test_bytes_that_are_no_text_do_not_keep_the_file_from_being_opened(
    story: Story, signature: bytes
) -> None:
    second = story.sessions[1]
    with at_work(story.path, "selin", HERS) as insider:
        story.put(insider, second, 9, "\udcff\udcfe", signature)
    text, trust_of_it = story.page_of("leyla")[second.id]
    assert text == "\ufffd\ufffd"
    assert trust_of_it is Trust.UNKNOWN
