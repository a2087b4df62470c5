"""Nothing that was written into a vault stands in plain text in any file."""

from pathlib import Path

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.domain.text import fold_words
from kadin_danisma.store import backup, keyring, meta, preferences, records, renewal
from kadin_danisma.store.note_index import NoteIndex
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user
from tests.leaks.markers import marker
from tests.leaks.scanner import Scanner
from tests.store.disk import snapshot

MARKER = f"gizli görüşme notu {marker('store')}"


def leaks(folder: Path) -> list[str]:
    scanner = Scanner()
    return [
        name
        for name, content in snapshot(folder).items()
        if scanner.scan(content) or b"SQLite format 3" in content
    ]


def write_and_search(vault: Vault, clock: FixedClock) -> None:
    """Write a note with the marker, and search for it."""
    client = a_client()
    with vault.write() as db:
        records.add(db, client, Stamp(clock.now(), vault.user.id))
        note = a_session(client, note=MARKER)
        records.add(db, note, Stamp(clock.now(), vault.user.id))
        secret = keyring.unclaimed(db)[Discipline.LEGAL]
    index = NoteIndex(vault, Discipline.LEGAL, secret)
    index.read()
    index.complete(lambda _done, _total: None)
    assert index.find(fold_words(MARKER)) == {note.id}


def test_no_file_of_a_vaults_life_holds_plain_text(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "merkez.vault"
    vault, _code = Vault.create(path, MARKER, a_user(), PASSPHRASE, clock, schema=1)
    vault.close()
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        with opened.write() as db:
            for number in range(500):
                preferences.put(db, opened.user.id, f"{number}", MARKER * 20)
            assert leaks(tmp_path) == []
        with opened.read() as db:
            db.execute("SELECT key FROM preference ORDER BY value || key DESC").fetchall()
        assert any(name.endswith("-wal") for name in snapshot(tmp_path))
        assert leaks(tmp_path) == []
        write_and_search(opened, clock)
        new = renewal.begin(opened, {})
        renewal.complete(opened, new.set_id, Kind.CODE, "", new.code)
        assert leaks(tmp_path) == []
        seen: list[str] = []
        backup.make_backup(opened, tmp_path, clock, lambda *_pages: seen.extend(leaks(tmp_path)))
        assert seen == []
    restored = tmp_path / "restored.vault"
    backup.restore(path, restored, "derya", PASSPHRASE, clock)
    assert leaks(tmp_path) == []
    with Vault.open(restored, "kurtarma", new.code, clock) as opened, opened.read() as db:
        assert meta.read(db, meta.CENTRE) == MARKER


def test_the_scan_would_find_the_marker(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(MARKER, encoding="utf-8")
    (tmp_path / "b").write_text(MARKER, encoding="utf-16-le")
    assert leaks(tmp_path) == ["a", "b"]
