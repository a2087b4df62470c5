"""A published month stays what it was, whatever becomes of its records, and names nobody."""

import zlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.domain.facts import Facts
from kadin_danisma.domain.records import Client, Record
from kadin_danisma.store import facts, frozen_months, records
from kadin_danisma.store.failures import BrokenVaultError
from kadin_danisma.store.frozen_months import Pseudonyms
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_session,
    a_user,
    a_visit,
    an_application,
    erase_files,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL)
OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")
CLIENT = a_client("D-SECRET", name="Gizli Ad", birth_year=1990, district="bornova")


def store(vault: Vault, *new: Record) -> None:
    with vault.write() as db:
        for record in new:
            records.add(db, record, Stamp(NOW, vault.user.id))


def month(vault: Vault, period: Period) -> Facts:
    with vault.read() as db:
        return facts.read_months(db, [period])[period.key]


def freeze(vault: Vault, *periods: Period) -> None:
    with vault.write() as db:
        frozen_months.freeze(db, facts.read_months(db, periods), NOW)


def stocked(vault: Vault) -> None:
    store(
        vault,
        CLIENT,
        an_application(CLIENT, date=date(2026, 10, 5), violence_types=("physical",)),
        a_session(CLIENT, date=date(2026, 10, 6)),
        a_session(CLIENT, date=date(2026, 11, 6)),
        a_visit(CLIENT, date=date(2026, 10, 6), child="Gizli Çocuk", birth_year=2019),
        a_visit(CLIENT, date=date(2026, 11, 6), child="gizli çocuk", birth_year=2019),
    )


def test_a_frozen_month_is_what_it_was_after_a_correction(vault: Vault) -> None:
    stocked(vault)
    before = month(vault, OCTOBER)
    freeze(vault, OCTOBER)
    with vault.write() as db:
        standing = records.get(db, Client, CLIENT.id)
        assert standing is not None
        records.correct(db, replace(standing, birth_year=1950), Stamp(NOW, vault.user.id))
    assert month(vault, OCTOBER) == before
    assert month(vault, NOVEMBER).clients[0].birth_year == 2026 - 60


def test_freezing_again_changes_nothing(vault: Vault) -> None:
    stocked(vault)
    freeze(vault, OCTOBER)
    before = month(vault, OCTOBER)
    store(vault, a_session(CLIENT, date=date(2026, 10, 9)))
    freeze(vault, OCTOBER)
    assert month(vault, OCTOBER) == before


def test_a_woman_and_her_child_are_the_same_in_frozen_and_open_months(vault: Vault) -> None:
    stocked(vault)
    freeze(vault, OCTOBER)
    october, november = month(vault, OCTOBER), month(vault, NOVEMBER)
    assert october.clients[0].client == november.clients[0].client
    assert october.visits[0].child == november.visits[0].child


def test_nothing_in_a_frozen_month_names_anybody_or_tells_a_day(vault: Vault) -> None:
    stocked(vault)
    freeze(vault, OCTOBER)
    with vault.read() as db:
        (content,) = db.execute("SELECT facts FROM frozen_month").fetchone()
    said = zlib.decompress(content).decode()
    for word in ("gizli", "secret", CLIENT.id, "bornova", "-10-"):
        assert word not in said.lower()
    kept = month(vault, OCTOBER)
    assert kept.clients[0].birth_year == 2026 - 39 != CLIENT.birth_year
    assert kept.visits[0].birth_year == 2026 - 11


def test_numbers_of_women_mean_nothing_in_another_year_or_vault(vault: Vault) -> None:
    with vault.read() as db:
        this, next_ = Pseudonyms(db, 2026), Pseudonyms(db, 2027)
    assert this.woman("a") != next_.woman("a")
    assert this.woman("a") != this.woman("b")
    assert this.child("a", "c-1") != next_.child("a", "c-1")
    assert this.child("a", "c-1") != this.child("b", "c-1")
    with vault.write() as db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'report_key'", ("00" * 32,))
        assert Pseudonyms(db, 2026).woman("a") != this.woman("a")


def test_two_vaults_count_one_child_under_numbers_that_share_nothing(
    vault: Vault, tmp_path: Path, clock: FixedClock
) -> None:
    """Also with one key: what stands for a child is not made of its name."""
    other, _code = Vault.create(tmp_path / "b.vault", "Başka", a_user(), PASSPHRASE, clock)
    with other:
        for each in (vault, other):
            with each.write() as db:
                db.execute("UPDATE meta SET value = ? WHERE key = 'report_key'", ("00" * 32,))
            stocked(each)
        one, two = month(vault, OCTOBER), month(other, OCTOBER)
    assert one.clients == two.clients
    assert one.visits[0].child != two.visits[0].child


def test_children_of_one_name_in_two_files_are_two(vault: Vault) -> None:
    stocked(vault)
    other = a_client("2026/0002")
    store(vault, other, a_visit(other, date=date(2026, 10, 6), child="Gizli Çocuk"))
    assert len({visit.child for visit in month(vault, OCTOBER).visits}) == 2


def test_a_name_never_comes_into_a_month_in_place_of_a_code_that_is_gone(vault: Vault) -> None:
    stocked(vault)
    with vault.write() as db:
        db.execute("DELETE FROM child_code")
    with pytest.raises(BrokenVaultError):
        month(vault, OCTOBER)


def test_a_woman_keeps_her_number_when_the_key_of_the_vault_changes(vault: Vault) -> None:
    stocked(vault)
    before = month(vault, NOVEMBER)
    vault.rotate_key()
    assert month(vault, NOVEMBER) == before


def test_a_frozen_month_outlives_the_erasure_of_its_files(vault: Vault) -> None:
    stocked(vault)
    before = month(vault, OCTOBER)
    freeze(vault, OCTOBER)
    erase_files(vault)
    assert month(vault, OCTOBER) == before
    assert month(vault, NOVEMBER).clients == ()


def test_frozen_months_of_past_years_are_forgotten(vault: Vault) -> None:
    empty = Facts(2024, (), (), (), (), (), 0, 0)
    with vault.write() as db:
        frozen_months.freeze(db, {"2024-12": empty, "2025-01": empty}, NOW)
        frozen_months.forget_before(db, 2025)
        assert frozen_months.read(db, 2024) == {}
        assert list(frozen_months.read(db, 2025)) == ["2025-01"]
