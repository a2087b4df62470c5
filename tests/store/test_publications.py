"""What left the centre is kept with its files and its proof, whatever schema it began in."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.store import publications
from kadin_danisma.store.publications import Publication, PublicationKind
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL)
REPORT = Publication("2026-10", "2026/10-1", NOW, "derya", "{}")
TOLD = Publication("2026-10", "2026/10-2", NOW, "derya", "{}", PublicationKind.TOLD)


def test_a_publication_comes_back_with_its_files_and_its_proof(vault: Vault) -> None:
    with vault.write() as db:
        publications.add(db, REPORT, {"pdf": b"%PDF", "json": b"{}"}, {"families": [1, "ü"]})
        publications.add(db, TOLD)
        assert publications.find(db, "2026-10") == REPORT
        assert publications.all_of(db) == [REPORT, TOLD]
        assert publications.files_of(db, "2026/10-1") == {"pdf": b"%PDF", "json": b"{}"}
        assert publications.proof_of(db, "2026/10-1") == {"families": [1, "ü"]}
        assert publications.files_of(db, "2026/10-2") == {}
        assert publications.proof_of(db, "2026/10-2") is None


@pytest.mark.parametrize("kind", [PublicationKind.REPORT, PublicationKind.RETURNED])
def test_a_period_has_one_report_whoever_tries(vault: Vault, kind: PublicationKind) -> None:
    second = Publication("2026-10", "2026/10-3", NOW, "derya", "{}", kind)
    with vault.write() as db:
        publications.add(db, REPORT)
    with pytest.raises(dbapi2.IntegrityError), vault.write() as db:
        publications.add(db, second)


@pytest.mark.parametrize("period", ["2026-10", "2026-Q4", "2026"])
@pytest.mark.parametrize("kind", PublicationKind)
def test_whatever_left_freezes_its_months(vault: Vault, period: str, kind: PublicationKind) -> None:
    with vault.write() as db:
        publications.add(db, Publication(period, "1", NOW, "derya", "{}", kind))
        assert publications.published_months(db) == {
            month.key for month in Period.parse(period).months
        }


def test_publications_of_an_older_vault_are_all_there_in_their_order(
    vault_path: Path, clock: FixedClock
) -> None:
    old, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=7)
    with old.write() as db:
        for number, moment in (("2026/10-1", "2026-11-02"), ("2026/09-1", "2026-10-02")):
            db.execute(
                "INSERT INTO publication (period, number, issued_at, issued_by, report)"
                " VALUES (?, ?, ?, 'derya', '{}')",
                (number[:-2].replace("/", "-"), number, f"{moment}T10:00:00+03:00"),
            )
    old.close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as vault, vault.read() as db:
        found = publications.all_of(db)
        assert [each.number for each in found] == ["2026/09-1", "2026/10-1"]
        assert {each.kind for each in found} == {PublicationKind.REPORT}
        assert publications.files_of(db, "2026/09-1") == {}
        assert publications.proof_of(db, "2026/09-1") is None
