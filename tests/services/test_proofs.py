"""The proofs that are kept are added up again on demand; what was tampered with is found."""

import json
import zlib
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.errors import KnownError
from kadin_danisma.services import intake, reporting, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user, an_application

OCTOBER = Period.parse("2026-10")


@pytest.fixture
def published(desk: Desk, tmp_path: Path) -> Desk:
    """A desk that published an October of nine women, four of whom came by letter."""
    for n in range(9):
        client = a_client(f"2026/{n:04d}", birth_year=1990)
        intake.open_file(desk, client)
        channel = "walk_in" if n < 4 else "phone"
        intake.record_application(desk, an_application(client, channel=channel))
        intake.record_session(desk, a_session(client))
    reporting.publish(desk, OCTOBER, tmp_path, ["json"])
    return desk


def tamper(desk: Desk, column: str, old: str, new: str) -> None:
    """Change what is kept of the report of October, behind the program's back."""
    with desk.vault.write() as db:
        (kept,) = db.execute(f"SELECT {column} FROM publication").fetchone()
        packed = isinstance(kept, bytes)
        said = zlib.decompress(kept).decode() if packed else kept
        assert old in said
        changed = said.replace(old, new, 1)
        value = zlib.compress(changed.encode()) if packed else changed
        db.execute(f"UPDATE publication SET {column} = :value", {"value": value})


def test_sound_proofs_are_counted_and_nothing_is_said(published: Desk) -> None:
    assert reporting.check_proofs(published) == (1, [])


def test_a_star_that_was_turned_back_is_found(published: Desk) -> None:
    tamper(published, "report", '["face_to_face","*"]', '["face_to_face",4]')
    proofs, wrong = reporting.check_proofs(published)
    assert proofs == 1
    assert any("2026/10-1" in sentence for sentence in wrong)


def test_a_proof_that_claims_something_else_is_found(published: Desk) -> None:
    tamper(published, "proof", '"truth": [', '"truth": [1, ')
    assert reporting.check_proofs(published)[1]


def test_a_proof_of_another_report_is_found(published: Desk) -> None:
    tamper(published, "proof", '"2026/10-1"', '"2026/09-1"')
    assert reporting.check_proofs(published)[1]


def test_a_data_file_that_says_something_else_is_found(published: Desk) -> None:
    with published.vault.write() as db:
        (content,) = db.execute(
            "SELECT content FROM publication_file WHERE format = 'json'"
        ).fetchone()
        data = json.loads(content)
        data["tables"][0]["rows"][0][-1] = 99
        db.execute(
            "UPDATE publication_file SET content = :content WHERE format = 'json'",
            {"content": json.dumps(data).encode()},
        )
    (sentence,) = reporting.check_proofs(published)[1]
    assert "2026/10-1" in sentence


def test_the_check_tells_how_far_it_is_and_can_be_stopped(published: Desk) -> None:
    def stop(_done: int, of: int) -> None:
        assert of == 1
        raise KnownError("Durduruldu.")

    with pytest.raises(KnownError):
        reporting.check_proofs(published, stop)


def test_a_full_check_of_the_vault_adds_the_proofs_up(
    published: Desk, vault_path: Path, clock: FixedClock
) -> None:
    tamper(published, "report", '["face_to_face","*"]', '["face_to_face",4]')
    published.vault.close()
    found = upkeep.verify(vault_path, "derya", PASSPHRASE, clock)
    assert any("2026/10-1" in sentence for sentence in found)


def test_a_vault_older_than_proofs_is_checked_without_them(
    vault_path: Path, clock: FixedClock
) -> None:
    Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=7)[0].close()
    assert upkeep.verify(vault_path, "derya", PASSPHRASE, clock) == []
