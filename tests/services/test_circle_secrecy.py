"""Somebody with the vault key and an SQL prompt, outside the circle, gets nothing of the file."""

from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.text import fold
from kadin_danisma.services import access, circles, intake, playroom
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import records, sealing, sweeping
from kadin_danisma.store.failures import FullDiskError
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_visit
from tests.services.restricted import MARKS, TODAY, Centre, found, shown
from tests.store.test_wall import everything, pages


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock) -> Centre:
    return found(vault_path, clock)


def in_rows(centre: Centre, name: str = "derya") -> list[str]:
    """Return the marks that an SQL prompt shows, in every column of every table."""
    with centre.at(name) as desk, desk.vault.read() as db:
        return shown(b"\n".join(everything(db)))


def in_pages(centre: Centre) -> list[str]:
    """Return the marks in every decrypted page of the file, free ones too."""
    with centre.at("derya") as desk:
        key = desk.vault._key
        log = centre.path.with_name(centre.path.name + "-wal")
        assert not log.exists() or not shown(log.read_bytes())
    return shown(pages(centre.path, key))


def test_every_mark_but_the_notes_is_there_before_the_file_is_sealed(centre: Centre) -> None:
    """The control: the scan sees what it looks for."""
    notes = {"duruşmanotu", "eskinot", "aradıağladı", "dilekçenotu"}
    assert set(in_rows(centre)) == set(MARKS) - notes
    assert set(in_pages(centre)) >= set(MARKS) - notes


def test_no_table_and_no_page_shows_anything_of_a_sealed_file(centre: Centre) -> None:
    centre.seal("avukat", "psikolog")
    assert in_rows(centre) == []
    assert in_pages(centre) == []


def test_what_is_written_to_a_sealed_file_is_sealed_too(centre: Centre) -> None:
    centre.seal("avukat", "psikolog")
    with centre.at("avukat2") as desk:
        session = a_session(centre.client, counsellor="Psk. Görüşen", note="duruşmanotu")
        intake.record_session(desk, session)
    with centre.at("psikolog") as desk:
        playroom.check_in(
            desk, a_visit(centre.client, child="Goncagül", may_collect="büyükhala", date=TODAY)
        )
    assert in_rows(centre) == []
    assert in_pages(centre) == []


def test_all_keys_of_people_outside_open_nothing_of_it(centre: Centre) -> None:
    """Also the second lawyer, whose discipline's key opens every other legal note."""
    centre.seal("avukat", "psikolog")
    with centre.at("avukat2") as desk, desk.vault.read() as db:
        sealed = [
            value
            for table, column in (
                ("sealed_part", "sealed"),
                ("sealed_note", "sealed"),
                ("shared_note", "sealed"),
                ("circle_member", "sealed"),
            )
            for (value,) in db.execute(f"SELECT {column} FROM {table}")
        ]
        keys = [*desk.vault.secrets.values(), desk.vault._key, desk.vault.slots.private]
    assert len(sealed) > 8
    assert len(keys) == 3
    assert not any(sealing.unseal(value, key) for value in sealed for key in keys)


def test_a_guess_at_a_name_or_a_note_cannot_be_tried(centre: Centre) -> None:
    """No digest of any sealed text is left in the open: two sealings of one file share nothing."""

    def rests() -> set[bytes]:
        with centre.at("derya") as desk, desk.vault.read() as db:
            rows = db.execute("SELECT sealed, at FROM sealed_part").fetchall()
            for table in ("sealed_note", "shared_note"):
                rows += db.execute(f"SELECT sealed, print FROM {table}").fetchall()
            rows += db.execute("SELECT child, sex FROM playroom_visit").fetchall()
        return {v for row in rows for v in row if isinstance(v, bytes) and v}

    centre.seal("avukat")
    first = rests()
    with centre.at("avukat") as desk:
        circles.unseal(desk, centre.client.id)
    centre.seal("avukat")
    assert not first & rests()
    with centre.at("derya") as desk, desk.vault.read() as db:
        for table in ("sealed_note", "shared_note"):
            assert db.execute(f"SELECT DISTINCT print FROM {table}").fetchall() == [(b"",)]


def test_the_file_is_swept_after_a_crash_between_sealing_and_sweeping(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_vault: Vault) -> None:
        raise KeyboardInterrupt

    with centre.at("avukat") as desk:
        with monkeypatch.context() as patch:
            patch.setattr(sweeping, "sweep", killed)
            with pytest.raises(KeyboardInterrupt):
                circles.seal(desk, centre.client.id, set())
        with desk.vault.read() as db:
            assert sweeping.is_due(db)
    desk = access.sign_in(centre.path, "derya", PASSPHRASE, centre.clock)
    with desk.vault, desk.vault.read() as db:
        assert not sweeping.is_due(db)
    assert in_pages(centre) == []


def test_a_full_disk_while_sweeping_does_not_undo_the_seal(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_vault: Vault) -> None:
        raise FullDiskError

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "sweep", full)
        centre.seal("avukat")
    with centre.at("derya") as desk, desk.vault.read() as db:
        assert sweeping.is_due(db)
    assert in_rows(centre) == []


def test_sweeping_takes_out_what_overwriting_leaves(vault: Vault, clock: FixedClock) -> None:
    """Many files opened at random leave copies of names behind; the swept file has none."""
    desk, key = Desk(vault, clock), vault._key
    clients = [
        a_client(f"2026/{n:04d}", name=f"Ad{n * 7919 % 991:03d}qx " + "z" * (n % 7 * 60))
        for n in range(1, 121)
    ]
    with vault.write() as db:
        for client in clients:
            records.add(db, client, desk.stamp())
    for client in clients[::12]:
        circles.seal(desk, client.id, set())
    vault.close()
    image = pages(vault.path, key)
    names = [client.name.split()[0] for client in clients]
    left = [name for name in names if name.encode() in image or fold(name).encode() in image]
    assert left == [name for place, name in enumerate(names) if place % 12]
