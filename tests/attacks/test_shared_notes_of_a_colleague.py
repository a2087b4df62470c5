"""A colleague with SQL writes no note of a contact or a referral in another's name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Application, Session, User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.services import casework, finding, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import keyring, notes, sealing, signed_content, trust, users
from kadin_danisma.store.signed_content import Content
from kadin_danisma.store.vault import Vault
from tests.attacks.insider import Insider, at_work
from tests.builders import PASSPHRASE, a_client, a_session, a_user, an_application

HERS = "kendi parolası beş kelimedir onun"
WRITTEN = "ablası aradı, eve telefon edilmesin"
FORGED = "eve telefon edilebilir"
AT = "2026-11-22T10:00:00+03:00"


@dataclass
class Story:
    """A contact that a lawyer took, and a session of hers."""

    path: Path
    clock: FixedClock
    people: dict[str, User] = field(default_factory=dict)
    contact: Application = field(default_factory=lambda: an_application(note=WRITTEN))
    session: Session = field(default_factory=lambda: a_session(a_client(), note=FORGED))

    def put(self, insider: Insider, revision: int, text: str, signature: bytes) -> None:
        """Write a wording for all disciplines in the lawyer's name."""
        for discipline in Discipline:
            public = insider.unlocked.roster.disciplines[discipline]
            bound = notes._bound(self.contact.id, revision)
            packed = signed_content.packed(bound, Content(text.encode(), signature))
            insider.db.execute(
                "INSERT INTO shared_note (record_id, revision, discipline, sealed, print, at, by)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self.contact.id,
                    revision,
                    str(discipline),
                    sealing.seal(packed, public),
                    b"x" * 18,
                    AT,
                    self.people["leyla"].id,
                ),
            )

    def content(self, insider: Insider, table: str, record_id: str) -> Content:
        """Return a genuine wording with its signature, which a holder of the key can open."""
        private = insider.unlocked.identity.sealing
        secret = keyring.held(insider.db, insider.author.user_id, private)[Discipline.LEGAL]
        (sealed,) = insider.db.execute(
            f"SELECT sealed FROM {table} WHERE record_id = ? AND discipline = 'legal'",
            (record_id,),
        ).fetchone()
        opened = sealing.unseal(sealed, secret)
        assert opened is not None
        content = signed_content.unpacked(notes._bound(record_id, 1), opened)
        assert content is not None
        return content


@pytest.fixture
def story(vault: Vault, clock: FixedClock) -> Story:
    made = Story(vault.path, clock)
    for name, role in {
        "leyla": Role.LAWYER, "nur": Role.LAWYER, "deniz": Role.PSYCHOLOGIST,
        "selin": Role.FRONT_DESK,
    }.items():  # fmt: skip
        person = a_user(name, title=f"Uzm. {name.title()}", role=role)
        made.people[name] = users.add_user(vault, person, PASSPHRASE)
    vault.close()
    for name in made.people:
        with Vault.open(vault.path, name, PASSPHRASE, clock) as opened:
            users.change_passphrase(opened, PASSPHRASE, HERS)
    with Vault.open(vault.path, "leyla", HERS, clock) as opened:
        desk, client = Desk(opened, clock), a_client()
        intake.open_file(desk, client)
        made.session = a_session(client, note=FORGED)
        intake.record_session(desk, made.session)
        intake.record_application(desk, made.contact)
    return made


def unsigned(story: Story, insider: Insider) -> None:
    """She writes it as if nobody signed."""
    story.put(insider, 2, FORGED, b"")


def signed_by_herself(story: Story, insider: Insider) -> None:
    """She puts her own signature there."""
    leyla = story.people["leyla"].id
    said = notes.signed_parts(story.contact.id, 2, Discipline.LEGAL, AT, leyla, FORGED)
    story.put(insider, 2, FORGED, insider.author.sign(notes.SHARED_SIGNATURE, *said))


def her_note_of_a_session(story: Story, insider: Insider) -> None:
    """She takes what the lawyer signed at a session."""
    content = story.content(insider, "sealed_note", story.session.id)
    story.put(insider, 2, content.said.decode(), content.signature)


def her_first_wording_as_a_later_one(story: Story, insider: Insider) -> None:
    content = story.content(insider, "shared_note", story.contact.id)
    story.put(insider, 2, FORGED, content.signature)


FORGERIES: dict[Callable[[Story, Insider], None], str] = {
    unsigned: "selin",
    signed_by_herself: "deniz",
    her_note_of_a_session: "nur",
    her_first_wording_as_a_later_one: "nur",
}


def read_by(story: Story, name: str) -> tuple[str, Trust | None, list[Trust]]:
    """Return what somebody reads, and what is told of it at the record and in the search."""
    with Vault.open(story.path, name, HERS, story.clock) as opened:
        desk = Desk(opened, story.clock)
        found = casework.record_of(desk, Kind.APPLICATION, story.contact.id)
        assert isinstance(found, Application)
        told = casework.note_trust(desk, story.contact.id, Kind.APPLICATION)
        lines = finding.search_notes(desk, found.note, lambda *_: None).lines
        return found.note, told, [x.trust for x in lines if x.record_id == story.contact.id]


@pytest.mark.parametrize("name", ["leyla", "deniz"])
def test_what_she_wrote_is_hers(story: Story, name: str) -> None:
    assert read_by(story, name) == (WRITTEN, Trust.SIGNED, [Trust.SIGNED])


@pytest.mark.parametrize("forge", FORGERIES)
@pytest.mark.parametrize("name", ["leyla", "deniz"])
def test_a_note_in_her_name_is_told_to_every_counsellor(
    story: Story, forge: Callable[[Story, Insider], None], name: str
) -> None:
    with at_work(story.path, FORGERIES[forge], HERS) as insider:
        forge(story, insider)
    assert read_by(story, name) == (FORGED, Trust.UNKNOWN, [Trust.UNKNOWN])


@pytest.mark.parametrize("forge", FORGERIES)
def test_without_the_check_she_would_have_spoken_for_the_lawyer(
    story: Story, forge: Callable[[Story, Insider], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(story.path, FORGERIES[forge], HERS) as insider:
        forge(story, insider)
    monkeypatch.setattr(trust, "judged", lambda *_said: Trust.SIGNED)
    assert read_by(story, "leyla")[:2] == (FORGED, Trust.SIGNED)


def test_the_words_for_one_discipline_exchanged_are_told_there(story: Story) -> None:
    """Whoever holds one discipline's key cannot make another discipline read something else."""
    with at_work(story.path, "deniz", HERS) as insider:
        public = insider.unlocked.roster.disciplines[Discipline.LEGAL]
        bound = notes._bound(story.contact.id, 1)
        packed = signed_content.packed(bound, Content(FORGED.encode(), b""))
        insider.db.execute("DROP TRIGGER IF EXISTS shared_note_stays")
        insider.db.execute(
            "UPDATE shared_note SET sealed = ? WHERE record_id = ? AND discipline = 'legal'",
            (sealing.seal(packed, public), story.contact.id),
        )
    assert read_by(story, "leyla")[:2] == (FORGED, Trust.UNKNOWN)
    assert read_by(story, "deniz")[:2] == (WRITTEN, Trust.SIGNED)


def test_two_notes_exchanged_open_nowhere_and_whoever_may_read_them_is_told(story: Story) -> None:
    """Neither says what the other said, and a correction of the rest destroys nothing."""
    other = an_application(note="başka bir kadın", number="B-2026-00777")
    with Vault.open(story.path, "leyla", HERS, story.clock) as opened:
        intake.record_application(Desk(opened, story.clock), other)
    both = (story.contact.id, other.id)
    with at_work(story.path, "nur", HERS) as insider:
        query = "SELECT discipline, sealed FROM shared_note WHERE record_id = ?"
        sealed = [insider.db.execute(query, (each,)).fetchall() for each in both]
        for record_id, rows in zip(both, reversed(sealed), strict=True):
            insider.db.executemany(
                "UPDATE shared_note SET sealed = ? WHERE record_id = ? AND discipline = ?",
                [(content, record_id, discipline) for discipline, content in rows],
            )
    for name, hers in {"leyla": True, "deniz": True, "selin": False}.items():
        with Vault.open(story.path, name, HERS, story.clock) as opened:
            desk = Desk(opened, story.clock)
            for record_id in both:
                found = casework.record_of(desk, Kind.APPLICATION, record_id)
                assert isinstance(found, Application)
                assert found.note == ""
                said = casework.closed_note_words(desk, record_id, Kind.APPLICATION)
                assert ("hasar görmüş" in said) is hers, name


def test_a_note_taken_back_in_her_name_is_told(story: Story) -> None:
    with at_work(story.path, "selin", HERS) as insider:
        for discipline in Discipline:
            insider.db.execute(
                "INSERT INTO shared_note (record_id, revision, discipline, sealed, print, at, by)"
                " VALUES (?, 2, ?, x'', ?, ?, ?)",
                (story.contact.id, str(discipline), b"x" * 18, AT, story.people["leyla"].id),
            )
    with Vault.open(story.path, "leyla", HERS, story.clock) as opened:
        (line,) = casework.history(Desk(opened, story.clock), Kind.APPLICATION, story.contact.id)
    assert (line.old, line.new, line.trust) == (WRITTEN, "", Trust.UNKNOWN)
