"""Whoever holds the vault key, an SQL prompt and a list of first names finds none of a sealed file.

She is at the front desk: her passphrase opens the vault, and she is in no circle. She reads every
value of every table and every decrypted page, and tries every name with every key she has, in every
way in which a trace might have been made of it. Each control plants a trace, which she finds.
"""

import base64
import hashlib
import hmac
import json
import re
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.domain.records import PlayroomVisit
from kadin_danisma.domain.text import fold
from kadin_danisma.services import access, casework, circles, intake, playroom, reporting
from kadin_danisma.store.connection import Mode, connected
from kadin_danisma.store.vault import Vault
from tests.attacks.first_names import FIRST_NAMES
from tests.builders import PASSPHRASE, a_visit
from tests.services.restricted import Centre, found
from tests.store.test_wall import everything, pages

#: What the restricted file's children are called, the name that was corrected among them.
CHILDREN = ("Rüzgar", "Zülal", "Efsun")
#: As many as were enough to find a child before its code was drawn by chance.
FEW = (*FIRST_NAMES[:20], *CHILDREN)
PURPOSES = ("", "anchor", "audit-chain", "note-index", "roster", "slots-mac", "report", "drafts")
_WINDOW = 8
Trace = Callable[[bytes, bytes], bytes]


def _blake(size: int, **named: bytes) -> Trace:
    return lambda key, said: hashlib.blake2b(said, key=key[:64], digest_size=size, **named).digest()


TRACES: tuple[Trace, ...] = (
    _blake(32, person=b"kadin-danisma"),
    _blake(64),
    _blake(32),
    _blake(16),
    _blake(8),
    lambda key, said: hmac.digest(key, said, "sha256"),
    lambda key, said: hashlib.sha256(key + said).digest(),
    lambda key, said: hashlib.sha512(key + said).digest(),
)


@dataclass
class Insider:
    """What she has: keys, what she reads in the vault, and the sealed file's id and number."""

    keys: set[bytes]
    client_id: str
    file_no: str
    #: Every piece of eight bytes that stands anywhere, in the clear or packed or as digits.
    pieces: set[bytes] = field(default_factory=set)
    #: Every whole number of six digits or more.
    numbers: set[int] = field(default_factory=set)
    #: What may be a salt with a short trace behind it, in what hangs on the sealed file.
    salted: list[bytes] = field(default_factory=list)
    text: bytes = b""

    def takes(self, content: bytes) -> None:
        """Take in some bytes as they are, and what is packed or spelt in them."""
        self.text += b"\n" + content
        for each in (content, *_spelt(content)):
            self.pieces.update(each[at : at + _WINDOW] for at in range(len(each) - _WINDOW + 1))
        self.numbers.update(int(digits) for digits in re.findall(rb"\d{6,20}", content))
        for each in _unpacked(content):
            self.takes(each)

    def tries(self, names: Iterable[str]) -> set[str]:
        """Return the names of which some stored trace was made."""
        return {name for name in names if self._is_hit(name)}

    def reads(self, names: Iterable[str]) -> set[str]:
        """Return the names that stand there as they are, or folded."""
        return {
            n for n in names if re.search(rb"\b(%b|%b)\b" % (_utf(n), _utf(fold(n))), self.text)
        }

    def _is_hit(self, name: str) -> bool:
        for said in self._sayings(name):
            if any(self._is_stored(trace(key, said)) for key in self.keys for trace in TRACES):
                return True
        return any(
            hashlib.blake2b(_utf(each), salt=value[:16], digest_size=len(value) - 16).digest()
            == value[16:]
            for value in self.salted
            for each in (name, fold(name))
        )

    def _is_stored(self, digest: bytes) -> bool:
        head = digest[:_WINDOW]
        number = int.from_bytes(head)
        return (
            head in self.pieces
            or not self.numbers.isdisjoint((number, number >> 1, number >> 2 << 1))
            or int.from_bytes(head, "little") in self.numbers
        )

    def _sayings(self, name: str) -> Iterator[bytes]:
        """Yield what a trace might have been made of."""
        folded = fold(name)
        yield from (_utf(name), _utf(folded))
        for about in (self.client_id, self.file_no):
            for between in ("", "\n", "|"):
                yield _utf(about + between + folded)
            yield _utf(folded + about)
            yield json.dumps([about, folded]).encode()
            yield json.dumps(["2026", about, folded]).encode()
            yield json.dumps([2026, about, folded], separators=(",", ":")).encode()


def _utf(text: str) -> bytes:
    return text.encode()


def _spelt(content: bytes) -> Iterator[bytes]:
    """Yield what stands in some bytes as hexadecimal digits or in base64."""
    for digits in re.findall(rb"[0-9a-fA-F]{16,}", content):
        yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    for letters in re.findall(rb"[A-Za-z0-9+/_-]{22,}", content):
        yield base64.urlsafe_b64decode(letters[: len(letters) // 4 * 4].translate(_URL))


_URL = bytes.maketrans(b"+/", b"-_")


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield what stands packed in some bytes, as far as it can be unpacked."""
    for at in re.finditer(rb"x[\x01\x5e\x9c\xda]", content):
        try:
            said = zlib.decompressobj().decompress(content[at.start() :], 1 << 20)
        except zlib.error:
            continue
        if len(said) >= _WINDOW:
            yield said


def insider(
    path: Path,
    clock: FixedClock,
    about: tuple[str, str],
    name: str = "danisma",
    before: Path | None = None,
) -> Insider:
    """Sign in once with her own passphrase, take what she gets, and read the vault with it.

    Args:
        path: The vault.
        clock: The present moment.
        about: The id and the number of the sealed file.
        name: Who she is.
        before: An older copy which she reads in place of the vault, with the same key.
    """
    with Vault.open(path, name, PASSPHRASE, clock) as vault:
        key = vault._key
        own = {key, vault.slots.private, *vault.secrets.values()}
        own |= {vault.subkey(purpose) for purpose in PURPOSES}
    path = before or path
    she = Insider({b"", *own}, *about)
    with connected(path, key, Mode.STILL) as db:
        for (value,) in db.execute("SELECT value FROM meta"):
            if re.fullmatch("([0-9a-f]{2}){16,64}", value):
                she.keys |= {_utf(value)[:64], bytes.fromhex(value)}
        she.keys.update(row[0] for row in db.execute("SELECT public FROM circle"))
        for value in everything(db):
            she.takes(value)
        she.salted = _prints(db, she.client_id)
    log = path.with_name(path.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    she.takes(pages(path, key))
    return she


def _prints(db: Connection, client_id: str) -> list[bytes]:
    found = db.execute(
        "SELECT print FROM sealed_note JOIN session ON session.id = record_id WHERE client_id = ?",
        (client_id,),
    )
    return [value for (value,) in found if len(value) > 16]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    """A centre whose October left, with two children of the file that is to be sealed."""
    clock = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL))
    centre = found(tmp_path_factory.mktemp("centre") / "merkez.vault", clock)
    with centre.at("derya") as desk:
        for child in CHILDREN[:2]:
            visit = a_visit(centre.client, child=child, date=date(2026, 10, 8), sex="boy")
            playroom.check_in(desk, visit)
        reporting.publish(desk, Period.parse("2026-10"), tmp_path_factory.mktemp("out"), ["json"])
        # One of them was misheard, and is corrected after October left.
        record = casework.record_of(desk, Kind.PLAYROOM_VISIT, visit.id)
        assert isinstance(record, PlayroomVisit)
        intake.correct(desk, replace(record, child=CHILDREN[2]))
    return centre


@pytest.fixture(scope="module")
def sealed(published: Centre, tmp_path_factory: pytest.TempPathFactory) -> Centre:
    """The same centre: the file is sealed, its children come again, and November leaves."""
    folder = tmp_path_factory.mktemp("sealed")
    centre = copied(published, folder)
    centre.seal("avukat", "psikolog")
    with centre.at("psikolog") as desk:
        for child in CHILDREN:
            playroom.check_in(desk, a_visit(centre.client, child=child, date=date(2026, 11, 22)))
    centre.clock.moment = datetime(2026, 12, 2, 10, 0, tzinfo=ISTANBUL)
    with centre.at("derya") as desk:
        reporting.publish(desk, Period.parse("2026-11"), folder / "out", ["json"])
    return centre


def copied(centre: Centre, folder: Path) -> Centre:
    for path in centre.path.parent.glob(centre.path.name + "*"):
        shutil.copy(path, folder)
    clock = FixedClock(centre.clock.now())
    return replace(centre, path=folder / centre.path.name, clock=clock)


def attack(centre: Centre) -> Insider:
    return insider(centre.path, centre.clock, (centre.client.id, centre.client.file_no))


def test_before_the_file_is_sealed_the_names_stand_there(published: Centre) -> None:
    """The control: she reads what is there to be read."""
    assert attack(published).reads(CHILDREN) == set(CHILDREN)


def test_no_name_in_turkey_leads_to_anything_that_is_stored(sealed: Centre) -> None:
    she = attack(sealed)
    assert len(FIRST_NAMES) > 700
    assert set(CHILDREN) <= set(FIRST_NAMES)
    assert len(she.keys) >= len(PURPOSES) + 8
    assert she.reads(CHILDREN) == set()
    assert she.tries(FIRST_NAMES) == set()


def traces_of(centre: Centre) -> set[str]:
    """Return what stands for children in frozen months."""
    with centre.at("danisma") as desk, desk.vault.read() as db:
        packed = [row[0] for row in db.execute("SELECT facts FROM frozen_month")]
    return {visit[1] for each in packed for visit in json.loads(zlib.decompress(each))["visits"]}


def test_what_stood_for_a_child_before_its_file_was_sealed_is_nowhere_any_more(
    published: Centre, tmp_path: Path
) -> None:
    centre = copied(published, tmp_path)
    before = {int(trace) for trace in traces_of(centre)}
    with centre.at("danisma") as desk, desk.vault.read() as db:
        codes = {row[0].encode() for row in db.execute("SELECT code FROM child_code")}
    she = attack(centre)
    assert len(before) == 3
    assert before <= she.numbers
    assert all(code in she.text for code in codes)
    centre.seal("avukat")
    she = attack(centre)
    assert not before & she.numbers
    assert not any(code in she.text for code in codes)


def test_it_is_gone_at_the_next_sign_in_where_the_program_was_killed_before_it_swept(
    published: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = copied(published, tmp_path)
    before = {int(trace) for trace in traces_of(centre)}
    with monkeypatch.context() as patch:
        patch.setattr("kadin_danisma.store.sweeping.sweep", lambda _vault: None)
        centre.seal("avukat")
    with access.sign_in(centre.path, "danisma", PASSPHRASE, centre.clock).vault:
        pass
    she = attack(centre)
    assert not before & she.numbers
    assert she.tries(FEW) == set()


@pytest.mark.slow
def test_sealing_anew_without_somebody_and_opening_and_sealing_again_leaves_nothing(
    sealed: Centre, tmp_path: Path
) -> None:
    centre = copied(sealed, tmp_path)
    with centre.at("avukat") as desk:
        circles.narrow(desk, centre.client.id, {centre.ids["psikolog"]})
    assert attack(centre).reads(CHILDREN) == set()
    with centre.at("avukat") as desk:
        circles.unseal(desk, centre.client.id)
        circles.seal(desk, centre.client.id, set())
    she = attack(centre)
    assert she.reads(CHILDREN) == set()
    assert she.tries(FEW) == set()


Plant = Callable[[Connection, str], None]


def _as_frozen_until_now(db: Connection, client_id: str) -> bytes:
    """Return October with what stood for a child until now: made of its name with a stored key."""
    (key,) = db.execute("SELECT value FROM meta WHERE key = 'report_key'").fetchone()
    said = json.dumps(["2026", client_id, fold(CHILDREN[0])]).encode()
    trace = int.from_bytes(TRACES[0](bytes.fromhex(key), said)[:8]) >> 2 << 1
    (packed,) = db.execute("SELECT facts FROM frozen_month WHERE month = '2026-10'").fetchone()
    facts = json.loads(zlib.decompress(packed))
    facts["visits"][0][1] = str(trace)
    return zlib.compress(json.dumps(facts).encode())


def plant_in_a_frozen_month(db: Connection, client_id: str) -> None:
    facts = _as_frozen_until_now(db, client_id)
    db.execute("UPDATE frozen_month SET facts = ? WHERE month = '2026-10'", (facts,))


def plant_in_a_page_that_is_free(db: Connection, client_id: str) -> None:
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("CREATE TABLE left_behind (facts BLOB)")
    db.execute("INSERT INTO left_behind VALUES (?)", (_as_frozen_until_now(db, client_id),))
    db.execute("DROP TABLE left_behind")


def plant_in_a_code(db: Connection, _client_id: str) -> None:
    (key,) = db.execute("SELECT value FROM meta WHERE key = 'audit_chain_key'").fetchone()
    code = hmac.digest(bytes.fromhex(key), fold(CHILDREN[0]).encode(), "sha256").hex()[:16]
    db.execute("UPDATE child_code SET code = ? WHERE sealed IS NOT NULL LIMIT 1", (f"c-{code}",))


def plant_beside_the_seal(db: Connection, client_id: str) -> None:
    digest = hashlib.sha256(f"{client_id}|{fold(CHILDREN[0])}".encode()).digest()
    of_file = "SELECT code, sealed FROM child_code WHERE client_id = ?"
    for code, sealed in db.execute(of_file, (client_id,)).fetchall():
        db.execute("UPDATE child_code SET sealed = ? WHERE code = ?", (digest + sealed, code))


def plant_in_base64(db: Connection, _client_id: str) -> None:
    digest = base64.b64encode(hashlib.blake2b(CHILDREN[0].encode()).digest()).decode()
    db.execute("INSERT INTO meta (key, value) VALUES ('seen', ?)", (digest,))


def plant_behind_a_salt(db: Connection, client_id: str) -> None:
    salt = bytes(range(16))
    trace = hashlib.blake2b(CHILDREN[0].encode(), salt=salt, digest_size=2).digest()
    db.execute("DROP TRIGGER sealed_note_stays")
    sessions = "SELECT id FROM session WHERE client_id = ?"
    statement = f"UPDATE sealed_note SET print = ? WHERE record_id IN ({sessions})"
    db.execute(statement, (salt + trace, client_id))


@pytest.mark.slow
@pytest.mark.parametrize(
    "plant",
    [
        plant_in_a_frozen_month,
        plant_in_a_page_that_is_free,
        plant_in_a_code,
        plant_beside_the_seal,
        plant_in_base64,
        plant_behind_a_salt,
    ],
)
def test_she_finds_the_child_wherever_a_trace_of_its_name_is_kept(
    sealed: Centre, tmp_path: Path, plant: Plant
) -> None:
    """The negative controls: the same attack on a copy that was weakened on purpose."""
    centre = copied(sealed, tmp_path)
    with centre.at("danisma") as desk:
        with desk.vault.read() as db:
            db.set_authorizer(None)
        with desk.vault.write() as db:
            plant(db, centre.client.id)
    assert attack(centre).tries(FEW) >= {CHILDREN[0]}
