"""What one discipline writes, nobody else can read: not even with the vault key and SQL."""

import shutil
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import KIND_OF, Session, User
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import WrongCredentialsError
from kadin_danisma.store import (
    audit,
    backup,
    keyring,
    migrate,
    notes,
    records,
    renewal,
    sealing,
    users,
    wall,
)
from kadin_danisma.store.connection import PAGE_BYTES, SALT_BYTES, Mode, connect
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user
from tests.store.old import put

CLIENT = a_client()
MARKER = "ŞİFRELİ görüşme şahidi ğüşıöçİ"
SERVICES = {
    Discipline.LEGAL: "legal",
    Discipline.PSYCHOLOGICAL: "psych",
    Discipline.SOCIAL: "safety_plan",
}
HOLDERS = {
    Discipline.LEGAL: Role.LAWYER,
    Discipline.PSYCHOLOGICAL: Role.PSYCHOLOGIST,
    Discipline.SOCIAL: Role.SOCIAL_WORKER,
}
SESSIONS = {
    each: a_session(CLIENT, service=service, note=f"{MARKER} {each}")
    for each, service in SERVICES.items()
}


def of(role: Role) -> User:
    return a_user(str(role), role=role)


@pytest.fixture
def staffed(vault: Vault, clock: FixedClock) -> Vault:
    """A vault with a person of every role, and a session note of every discipline."""
    for role in Role:
        users.add_user(vault, of(role), PASSPHRASE)
    stamp = Stamp(clock.now(), vault.user.id)
    with vault.write() as db:
        records.add(db, CLIENT, stamp)
        records.add_many(db, list(SESSIONS.values()), stamp)
    return vault


def readable(vault: Vault) -> dict[Discipline, str | None]:
    with vault.read() as db:
        standing = {each: notes.standing(db, session.id) for each, session in SESSIONS.items()}
    secrets = vault.readable()
    return {each: note.open(secrets) if note else "" for each, note in standing.items()}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.IT])
def test_each_role_reads_its_own_discipline_and_no_other(
    staffed: Vault, clock: FixedClock, role: Role
) -> None:
    staffed.close()
    with Vault.open(staffed.path, str(role), PASSPHRASE, clock) as opened:
        assert {each for each in opened.secrets if HOLDERS[each] is role} == set(opened.secrets)
        for each, text in readable(opened).items():
            assert text == (SESSIONS[each].note if HOLDERS[each] is role else None)


def everything(db: Connection) -> Iterator[bytes]:
    """Yield every value of every table."""
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for row in db.execute(f'SELECT * FROM "{table}"'):
            yield from (v if isinstance(v, bytes) else str(v).encode() for v in row)


def pages(path: Path, key: bytes) -> bytes:
    """Return every page of a vault, decrypted, free ones too: all that its key alone can see.

    SQLCipher 4: AES-256-CBC; a page ends with its IV and its seal, the file begins with a salt.
    """
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed here")
    content, plain = path.read_bytes(), b""
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start : start + PAGE_BYTES]
        body = page[SALT_BYTES if start == 0 else 0 : -80]
        cipher = ["openssl", "enc", "-d", "-aes-256-cbc", "-nopad", "-K", key.hex()]
        done = subprocess.run(
            [*cipher, "-iv", page[-80:-64].hex()], input=body, capture_output=True, check=True
        )
        plain += done.stdout
    return plain


def shows(content: bytes) -> bool:
    forms = [MARKER.encode(), MARKER.encode("utf-16-le"), fold(MARKER).encode(), b"rme \xc5\x9fahi"]
    return any(form in content for form in forms)


def test_the_vault_key_and_sql_give_ciphertext_only(staffed: Vault) -> None:
    key, path = staffed._key, staffed.path
    with staffed.read() as db:
        values = list(everything(db))
    wal = path.with_name(path.name + "-wal").read_bytes()
    assert not any(shows(value) for value in values)
    assert not shows(wal)
    staffed.close()
    db = connect(path, key, Mode.STILL)
    try:
        assert db.execute("SELECT count(*) FROM sealed_note").fetchone() == (3,)
        secrets = [row[0] for row in db.execute("SELECT sealed FROM keyring")]
        assert db.execute("SELECT count(unclaimed) FROM discipline").fetchone() == (0,)
    finally:
        db.close()
    assert len(secrets) == 6
    assert not any(sealing.unseal(sealed, key) for sealed in secrets)
    image = pages(path, key)
    assert not shows(image)
    assert CLIENT.name.encode() in image
    assert not any(secret in image for secret in staffed.secrets.values())


def test_the_scan_would_find_a_note() -> None:
    assert shows(f"x{MARKER}y".encode())
    assert shows(fold(MARKER).encode())
    assert not shows(zlib.compress(MARKER.encode()))


def test_a_note_moved_to_another_record_does_not_open(staffed: Vault) -> None:
    legal = SESSIONS[Discipline.LEGAL]
    with staffed.read() as db:
        note = notes.standing(db, legal.id)
    assert note is not None
    assert note.open(staffed.secrets) == legal.note
    assert replace(note, record_id=SESSIONS[Discipline.SOCIAL].id).open(staffed.secrets) is None
    assert replace(note, revision=2).open(staffed.secrets) is None
    assert replace(note, discipline=Discipline.SOCIAL).open(staffed.secrets) is None
    assert replace(note, sealed=note.sealed[:-1] + b"x").open(staffed.secrets) is None


def test_a_wording_is_never_changed(staffed: Vault) -> None:
    with pytest.raises(dbapi2.IntegrityError), staffed.write() as db:
        db.execute("UPDATE sealed_note SET at = ''")


def test_a_note_is_recognised_without_being_opened(staffed: Vault) -> None:
    legal = SESSIONS[Discipline.LEGAL]
    with staffed.read() as db:
        assert notes.says(db, legal.id, legal.note)
        assert not notes.says(db, legal.id, legal.note + ".")
        assert notes.says(db, "nobody", "")
        assert not notes.says(db, "nobody", "a note")


def test_whoever_sets_a_passphrase_anew_does_not_get_the_keys(
    staffed: Vault, clock: FixedClock
) -> None:
    """Else a coordinator could read everything as the lawyer."""
    (lawyer,) = [user for user in users.all_of(staffed) if user.role is Role.LAWYER]
    staffed.close()
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        assert opened.secrets == {}
        users.reset_passphrase(opened, lawyer.id, "yeni parola")
        with opened.read() as db:
            assert [(user.id, each) for user, each in keyring.waiting(db)] == [
                (lawyer.id, Discipline.LEGAL)
            ]
    with Vault.open(staffed.path, lawyer.name, "yeni parola", clock) as opened:
        assert set(readable(opened).values()) == {None}


def test_ones_own_new_passphrase_keeps_the_keys(staffed: Vault, clock: FixedClock) -> None:
    staffed.close()
    with Vault.open(staffed.path, "lawyer", PASSPHRASE, clock) as opened:
        users.change_passphrase(opened, PASSPHRASE, "yeni parola")
    with Vault.open(staffed.path, "lawyer", "yeni parola", clock) as opened:
        assert set(opened.secrets) == {Discipline.LEGAL}


def test_whoever_left_stands_on_no_keyring(staffed: Vault) -> None:
    (lawyer,) = [user for user in users.all_of(staffed) if user.role is Role.LAWYER]
    users.remove_user(staffed, lawyer.id)
    with staffed.read() as db:
        assert db.execute(
            "SELECT count(*) FROM keyring WHERE user_id = ?", (lawyer.id,)
        ).fetchone() == (0,)


def test_the_keyring_survives_a_backup_and_its_way_back(
    staffed: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    copy = backup.make_backup(staffed, tmp_path, clock)
    target = tmp_path / "geri" / "merkez.vault"
    backup.restore(copy, target, "derya", PASSPHRASE, clock)
    with Vault.open(target, "lawyer", PASSPHRASE, clock) as opened:
        assert readable(opened)[Discipline.LEGAL] == SESSIONS[Discipline.LEGAL].note


def an_old_vault(path: Path, clock: FixedClock) -> str:
    """Make a vault as the program before the wall made it, with notes; return its code."""
    old, code = Vault.create(path, "Örnek", a_user(), PASSPHRASE, clock, schema=2)
    sql = (
        "INSERT INTO session (id, revision, entered_at, changed_at, changed_by, report_month,"
        " number, client_id, date, service, channel, counsellor, outcome, note)"
        " VALUES (?, ?, :at, :at, ?, '2026-10', ?, ?, '2026-10-06', ?, 'phone', '', 'completed', ?)"
    ).replace(":at", "'2026-10-06T10:00:00+03:00'")
    with old.write() as db:
        put(db, CLIENT, old.user.id)
        for each, session in SESSIONS.items():
            revision = 2 if each is Discipline.LEGAL else 1
            db.execute(
                sql,
                (session.id, revision, old.user.id, session.number, CLIENT.id,
                 session.service, session.note),
            )  # fmt: skip
        legal = SESSIONS[Discipline.LEGAL]
        db.execute(
            "INSERT INTO history (kind, record_id, revision, at, by, field, old, new)"
            " VALUES (?, ?, 2, '2026-10-07T10:00:00+03:00', ?, 'note', ?, ?)",
            (str(KIND_OF[Session]), legal.id, old.user.id, f"önce {MARKER}", legal.note),
        )
    old.close()
    return code


def test_an_old_vault_gets_its_wall_with_everything_that_was_said(
    vault_path: Path, clock: FixedClock
) -> None:
    an_old_vault(vault_path, clock)
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        assert opened.secrets == {}
        key = opened._key
        users.add_user(opened, of(Role.LAWYER), PASSPHRASE)
    assert not shows(pages(vault_path, key))
    (before,) = vault_path.parent.glob("*-schema2-*.vault")
    assert shows(pages(before, key))
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as opened:
        assert set(opened.secrets) == {Discipline.LEGAL}
        with opened.read() as db:
            said = notes.wordings(db, SESSIONS[Discipline.LEGAL].id)
            assert [each.open(opened.secrets) for each in said] == [
                f"önce {MARKER}",
                SESSIONS[Discipline.LEGAL].note,
            ]
            assert set(keyring.unclaimed(db)) == set(Discipline)
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        new = renewal.begin(opened, {})
        renewal.complete(opened, new.set_id, Kind.CODE, "", new.code)
    with Vault.open(vault_path, "kurtarma", new.code, clock) as opened:
        assert readable(opened) == {each: session.note for each, session in SESSIONS.items()}
        with opened.read() as db:
            assert keyring.unclaimed(db) == {}
    with Vault.open(vault_path, "lawyer", PASSPHRASE, clock) as opened:
        assert set(opened.secrets) == {Discipline.LEGAL}


def test_the_code_of_a_vault_older_than_the_wall_may_be_the_first_to_come_in(
    vault_path: Path, clock: FixedClock
) -> None:
    code = an_old_vault(vault_path, clock)
    with Vault.open(vault_path, "kurtarma", code, clock) as opened:
        assert readable(opened) == {each: session.note for each, session in SESSIONS.items()}
        with opened.read() as db:
            assert keyring.unclaimed(db) == {}


def test_typing_back_the_code_of_an_old_vault_takes_no_key_that_nobody_else_has(
    vault_path: Path, clock: FixedClock
) -> None:
    """The vault never knew its key, so nobody signs for it and nothing could be sealed to it."""
    code = an_old_vault(vault_path, clock)
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        with pytest.raises(WrongCredentialsError):
            renewal.complete(opened, "recovery", Kind.CODE, "", code)
        with opened.read() as db:
            assert set(keyring.unclaimed(db)) == set(Discipline)
            told = {(line.action, line.subject) for line in audit.lines(db)}
        assert ("slot.refused", "recovery") in told
    with pytest.raises(WrongCredentialsError):
        Vault.open(vault_path, "kurtarma", code, clock)


def test_a_new_recovery_code_closes_the_wall_of_an_old_vault(
    vault_path: Path, clock: FixedClock
) -> None:
    an_old_vault(vault_path, clock)
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        new = renewal.begin(opened, {})
        with opened.read() as db:
            assert set(keyring.unclaimed(db)) == set(Discipline)
        renewal.complete(opened, new.set_id, Kind.CODE, "", new.code)
        with opened.read() as db:
            assert keyring.unclaimed(db) == {}
    with Vault.open(vault_path, "kurtarma", new.code, clock) as opened:
        assert set(opened.secrets) == set(Discipline)


@pytest.mark.parametrize("after", [1, 2, 5])
def test_a_migration_broken_off_midway_changes_nothing_and_succeeds_later(
    vault_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    code = an_old_vault(vault_path, clock)
    real, calls = sealing.seal, []

    def killed(content: bytes, public: bytes) -> bytes:
        calls.append(content)
        if len(calls) == min(after, 4):
            raise KeyboardInterrupt
        return real(content, public)

    with monkeypatch.context() as patch:
        patch.setattr(wall.notes.sealing, "seal", killed)
        with pytest.raises(KeyboardInterrupt):
            Vault.open(vault_path, "derya", PASSPHRASE, clock)
    assert backup.verify(vault_path, "derya", PASSPHRASE) == []
    with Vault.open(vault_path, "kurtarma", code, clock) as opened:
        assert readable(opened) == {each: session.note for each, session in SESSIONS.items()}
        with opened.read() as db:
            assert migrate.version(db) == migrate.latest()
            assert db.execute("SELECT count(*) FROM history").fetchone() == (0,)


def test_what_a_former_program_kept_opens_for_its_author_alone(
    staffed: Vault, clock: FixedClock
) -> None:
    kept = sealing.seal(MARKER.encode(), sealing.public_of(staffed.slots.private)).hex()
    assert not shows(bytes.fromhex(kept))
    assert staffed.open_own(kept) == MARKER
    assert staffed.open_own("") == staffed.open_own("eski düz metin") == ""
    staffed.close()
    with Vault.open(staffed.path, "lawyer", PASSPHRASE, clock) as opened:
        assert opened.open_own(kept) == ""
