"""A vault of the program before the roster opens, is brought up, and says what it did.

The vault lies in ``tests/data/vault-of-schema-8``; its README says who is in it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KeyFileNeededError, NotLetInError, WrongCredentialsError
from kadin_danisma.services import (
    access,
    breaking,
    casework,
    circles,
    finding,
    keeping,
    key_change,
    people,
    playroom,
    recovery,
    reporting,
    upkeep,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import audit, founding_roster, migrate, pending, records, slot_files
from kadin_danisma.store.failures import NoRosterYetError, PendingAccountError
from kadin_danisma.store.roster.statement import Kind, State
from kadin_danisma.store.slots import FORMAT, UNSIGNED, SlotFile
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client
from tests.store.disk import keys_of, snapshot

DATA = Path(__file__).parent.parent / "data" / "vault-of-schema-8"
TOLD = "mavi kapı ağır ağır açıldı"
OWN = {
    "derya": PASSPHRASE,
    "avukat": "beyaz vapur erken kalktı bugün",
    "psikolog": "yeşil defter masada unutuldu yine",
    "sosyal": "kırmızı balon çatıya takıldı dün",
    "danisma": TOLD,
    "irem": "gri martı çatıda uyudu dün",
    "anahtarli": "mor şemsiye kapıda kaldı yine",
    "bekleyen": "turuncu fener limanda yandı hep",
    "kurtarma": "0AE-NG8-0W0-FGS-RVJ-73Y-28T-Z1Y-68V-779-PQ4",
}
OPEN_FILE, RESTRICTED = "2026/0900", "2026/0901"
#: What each may read of the two files: (of the open one, of the restricted one).
NOTES = {
    "derya": (set(), None),
    "avukat": ({"duruşma notu 2026/0900"}, {"duruşma notu 2026/0901"}),
    "psikolog": ({"görüşme notu 2026/0900"}, {"görüşme notu 2026/0901"}),
    "sosyal": ({"ziyaret notu 2026/0900"}, None),
    "anahtarli": ({"duruşma notu 2026/0900"}, None),
    "danisma": (set(), None),
}


def put(name: str, path: Path) -> Path:
    """Lay a vault of the data at a place, with everything that belongs beside it."""
    path.parent.mkdir(exist_ok=True)
    for source in DATA.glob(f"{name}.kasa*"):
        shutil.copy(source, path.with_name(source.name.replace(f"{name}.kasa", path.name)))
    return path


@pytest.fixture
def clock() -> FixedClock:
    """The day after IT was there last."""
    return FixedClock(datetime(2026, 10, 21, 9, 0, tzinfo=ISTANBUL))


@pytest.fixture
def old(vault_path: Path) -> Path:
    """The vault as the older program left it."""
    return put("merkez", vault_path)


@pytest.fixture
def brought_up(old: Path, clock: FixedClock) -> Path:
    """The same after its coordinator signed in once."""
    with at(old, "derya", clock):
        pass
    return old


def key_file_of(name: str) -> list[bytes]:
    return [(DATA / "anahtarli.ikinci").read_bytes()] if name == "anahtarli" else []


@contextmanager
def at(path: Path, name: str, clock: FixedClock) -> Iterator[Desk]:
    """Sit down at somebody's desk."""
    desk = access.sign_in(path, name, OWN[name], clock, key_files=key_file_of(name))
    with desk.vault:
        yield desk


def its_desk(path: Path, clock: FixedClock) -> KeepersDesk:
    desk = access.enter(path, "irem", OWN["irem"], clock)
    assert isinstance(desk, KeepersDesk)
    return desk


def id_of(desk: Desk, file_no: str) -> str:
    return next(line.id for line in finding.all_clients(desk) if line.file_no == file_no)


def notes_in(desk: Desk, file_no: str) -> set[str] | None:
    """Return the notes she reads in a file; None where the file is closed to her."""
    page = casework.client_page(desk, id_of(desk, file_no))
    if page.seal is Seal.CLOSED:
        return None
    return {e.record.note for e in page.timeline if isinstance(e.record, Session)} - {""}


def reads(desk: Desk) -> tuple[set[str] | None, set[str] | None]:
    return notes_in(desk, OPEN_FILE), notes_in(desk, RESTRICTED)


def lines(desk: Desk) -> list[tuple[str, str]]:
    with desk.vault.read() as db:
        return [(line.action, line.subject) for line in audit.lines(db, 1000)]


def file_of(path: Path) -> SlotFile:
    return slot_files.decode(keys_of(path)[0].read_bytes())


def test_the_data_is_of_the_older_program(old: Path) -> None:
    assert file_of(old).format == UNSIGNED
    assert {slot.format for slot in file_of(old).slots} == {UNSIGNED}
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 1_000_000


@pytest.mark.parametrize("name", ["avukat", "psikolog", "sosyal", "danisma", "anahtarli"])
def test_before_a_coordinator_her_colleagues_are_told_calmly_to_wait(
    old: Path, clock: FixedClock, name: str
) -> None:
    before = snapshot(old.parent)
    with pytest.raises(NoRosterYetError) as refused, at(old, name, clock):
        pass
    assert refused.value.exit_status == 6
    assert snapshot(old.parent) == before


def test_before_her_it_and_whoever_waits_are_told_the_same(old: Path, clock: FixedClock) -> None:
    before = snapshot(old.parent)
    with pytest.raises(NoRosterYetError):
        its_desk(old, clock)
    with pytest.raises(NoRosterYetError):
        pending.set_own_passphrase(old, "bekleyen", OWN["bekleyen"], PASSPHRASE)
    with pytest.raises(NotLetInError):
        access.sign_in(old, "bekleyen", OWN["bekleyen"], clock)
    assert snapshot(old.parent) == before


def test_a_wrong_passphrase_is_still_a_wrong_passphrase(old: Path, clock: FixedClock) -> None:
    for name in ("derya", "avukat", "ayrilan"):
        with pytest.raises(WrongCredentialsError):
            Vault.open(old, name, "yanlış parola", clock)


def test_the_coordinator_comes_in_and_is_told_what_was_done(old: Path, clock: FixedClock) -> None:
    with at(old, "derya", clock) as desk:
        assert desk.user.role is Role.COORDINATOR
        assert desk.vault.notices == (founding_roster.founded_words(desk.vault.roster),)
        told = lines(desk)
        assert told.count(("roster.found", "")) == 1
        with desk.vault.read() as db:
            assert migrate.version(db) == migrate.latest()
            assert desk.vault.first_break(db) is None
        assert reporting.check_proofs(desk)[1] == []
        assert [each.period for each in reporting.published(desk)] == ["2026-09"]
        (broken,) = breaking.unseen(desk)
        assert "Acilden" in (broken.reason or "")
    (copy,) = [path for path in old.parent.glob("*-schema8-*") if path.suffix == ".vault"]
    assert slot_files.decode(keys_of(copy)[0].read_bytes()).format == UNSIGNED
    with at(old, "derya", clock) as desk:
        assert lines(desk).count(("roster.found", "")) == 1, "founded once"
        assert desk.vault.notices == ()


def test_who_is_who_is_signed_by_her_as_the_vault_knew_it(
    brought_up: Path, clock: FixedClock
) -> None:
    with at(brought_up, "derya", clock) as desk:
        members = {each.name: each for each in desk.vault.roster.members.values()}
        assert {each.by for each in desk.vault.roster.statements} == {desk.user.id}
    roles = {name: each.role for name, each in members.items() if each.kind is Kind.PERSON}
    assert roles == {
        "derya": Role.COORDINATOR, "avukat": Role.LAWYER, "psikolog": Role.PSYCHOLOGIST,
        "sosyal": Role.SOCIAL_WORKER, "danisma": Role.FRONT_DESK, "irem": Role.IT,
        "anahtarli": Role.LAWYER, "ayrilan": Role.LAWYER, "bekleyen": Role.LAWYER,
    }  # fmt: skip
    states = {name: each.state for name, each in members.items()}
    assert states.pop("ayrilan") is State.LEFT
    assert states.pop("bekleyen") is State.WAITING
    assert set(states.values()) == {State.ACTIVE}


@pytest.mark.parametrize("name", NOTES)
def test_after_her_everybody_reads_what_she_read_before(
    brought_up: Path, clock: FixedClock, name: str
) -> None:
    with at(brought_up, name, clock) as desk:
        assert reads(desk) == NOTES[name]
        member = desk.vault.roster.members[desk.user.id]
        assert member.own == (name != "danisma")
        assert desk.vault.slots.mine.format == FORMAT
        assert desk.vault.slots.mine.public == member.public
    with at(brought_up, name, clock) as desk:
        assert reads(desk) == NOTES[name], "and again, by the keys she has now"
    assert file_of(brought_up).enrolment_of(member.id) == b""


def test_what_she_left_half_written_is_still_hers(brought_up: Path, clock: FixedClock) -> None:
    with at(brought_up, "psikolog", clock) as desk:
        assert desk.vault.open_own(people.preference(desk, "draft")) == "yarım kalan cümle"


def test_the_circle_the_playroom_and_the_broken_seal_are_there(
    brought_up: Path, clock: FixedClock
) -> None:
    with at(brought_up, "avukat", clock) as desk:
        sealed = id_of(desk, RESTRICTED)
        assert {each.name for each in circles.members(desk, sealed)} == {"avukat", "psikolog"}
        assert casework.client(desk, sealed).name == "Tomurcuk Örnek"
        assert len(breaking.unseen(desk)) == 1
    with at(brought_up, "danisma", clock) as desk:
        (visit,) = playroom.children_of(desk, id_of(desk, OPEN_FILE))
        assert (visit.child, visit.collected_by) == ("Efe", "büyükhala")
    with at(brought_up, "derya", clock) as desk, desk.vault.read() as db:
        assert records.find_by(db, type(a_client()), "file_no", OPEN_FILE)


def test_it_looks_after_it_as_before(brought_up: Path, clock: FixedClock, stick: Path) -> None:
    with at(brought_up, "derya", clock) as coordinator:
        known = lines(coordinator)
    desk = its_desk(brought_up, clock)
    waits = {each.user.name: each.waits for each in keeping.accounts(desk)}
    assert waits.pop("bekleyen")
    assert waits == dict.fromkeys(
        ("derya", "avukat", "psikolog", "sosyal", "danisma", "irem", "anahtarli"), False
    )
    assert keeping.verify(desk) == []
    made = keeping.backup(desk, stick)
    keeping.add_account(desk, "elif", "Av. Elif K.", Role.LAWYER, TOLD)
    desk.close()
    with at(brought_up, "derya", clock) as coordinator:
        told = lines(coordinator)[: -len(known)]
        assert ("backup", made.name) in told
        assert {each.user.name for each in people.waiting(coordinator)} == {"bekleyen", "elif"}
        assert not {"journal.refused", "slot.refused"} & {action for action, _subject in told}


def test_whoever_waited_waits_on_and_compares_words_anew(
    brought_up: Path, clock: FixedClock
) -> None:
    with pytest.raises(PendingAccountError) as waits:
        Vault.open(brought_up, "bekleyen", OWN["bekleyen"], clock)
    assert waits.value.words == "", "her old keys cannot sign"
    words = access.set_first_passphrase(
        brought_up, "bekleyen", OWN["bekleyen"], "lacivert kaşık rafta durdu yine", clock
    )
    with at(brought_up, "derya", clock) as desk:
        (newcomer,) = people.waiting(desk)
        assert newcomer.words == words
        people.admit(desk, newcomer.user.id)
    with access.sign_in(
        brought_up, "bekleyen", "lacivert kaşık rafta durdu yine", clock
    ).vault as opened:
        assert opened.user.role is Role.LAWYER


def test_an_account_that_only_the_unsigned_journal_knew_is_refused_and_named(
    old: Path, clock: FixedClock
) -> None:
    """Nobody who can sign ever saw it: IT makes it anew, and signs."""
    (newest,) = [slot.user_id for slot in file_of(old).slots if slot.answers_to("yeni")]
    with at(old, "derya", clock) as desk:
        assert ("slot.refused", "") in lines(desk), "an id nobody signed for is not repeated"
    assert file_of(old).slot_of_user(newest) is None
    with pytest.raises(WrongCredentialsError):
        Vault.open(old, "yeni", TOLD, clock)


def test_the_key_file_of_an_account_is_still_needed(brought_up: Path, clock: FixedClock) -> None:
    with pytest.raises(KeyFileNeededError):
        Vault.open(brought_up, "anahtarli", OWN["anahtarli"], clock)
    with at(brought_up, "anahtarli", clock) as desk:
        assert people.needs_key_file(desk)
    with pytest.raises(KeyFileNeededError):
        Vault.open(brought_up, "anahtarli", OWN["anahtarli"], clock)


@pytest.mark.parametrize("after_her", [False, True])
def test_the_recovery_code_opens_it_before_and_after_a_coordinator(
    old: Path,
    clock: FixedClock,
    after_her: bool,
) -> None:
    if after_her:
        with at(old, "derya", clock):
            pass
    with at(old, "kurtarma", clock) as desk:
        assert set(desk.vault.secrets) == set(Discipline)
        assert recovery.came_by_recovery(desk)
        people.reset_passphrase(desk, _id_named(desk, "derya"), TOLD)
    with access.sign_in(old, "derya", TOLD, clock).vault as opened:
        assert opened.user.role is Role.COORDINATOR
    with at(old, "avukat", clock) as desk:
        assert reads(desk) == NOTES["avukat"]


def _id_named(desk: Desk, name: str) -> str:
    return next(user.id for user in people.users(desk) if user.name == name)


def test_whoever_left_stays_outside(brought_up: Path, clock: FixedClock) -> None:
    with pytest.raises(WrongCredentialsError):
        Vault.open(brought_up, "ayrilan", TOLD, clock)


def test_the_key_can_be_changed_before_the_others_have_signed_in(
    brought_up: Path, clock: FixedClock
) -> None:
    with at(brought_up, "derya", clock) as desk:
        key_change.change_key(desk)
    assert UNSIGNED in {slot.format for slot in file_of(brought_up).slots}
    for name, notes in NOTES.items():
        with at(brought_up, name, clock) as desk:
            assert reads(desk) == notes
    its_desk(brought_up, clock).close()
    with at(brought_up, "kurtarma", clock) as desk:
        assert set(desk.vault.secrets) == set(Discipline)


def test_its_backup_is_whole_restores_and_is_brought_up(tmp_path: Path, clock: FixedClock) -> None:
    backup = put("yedek", tmp_path / "stick" / "yedek.vault")
    assert upkeep.verify(backup, "derya", PASSPHRASE, clock) == []
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(backup, target, "derya", PASSPHRASE, clock)
    with at(target, "derya", clock) as desk:
        assert ("roster.found", "") in lines(desk)
    for name in ("avukat", "sosyal"):
        with at(target, name, clock) as desk:
            assert reads(desk) == NOTES[name]
