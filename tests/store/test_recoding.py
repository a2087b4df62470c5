"""A vault whose frozen months still tell children apart by their names is opened and recoded."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from kadin_danisma.domain.counting import tables
from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.domain.facts import Facts, together
from kadin_danisma.domain.records import Client, PlayroomVisit
from kadin_danisma.domain.text import fold
from kadin_danisma.services import access
from kadin_danisma.store import (
    circles,
    facts,
    frozen_months,
    migrate,
    records,
    restricting,
    sealing,
    sweeping,
)
from kadin_danisma.store.circles import Mark
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.attacks.first_names import FIRST_NAMES
from tests.attacks.test_names_in_frozen_months import insider
from tests.builders import PASSPHRASE, a_client, a_user, a_visit
from tests.store import old

SCHEMA = 8
OPEN, SEALED = a_client("2026/0001"), a_client("2026/0002")
#: A file that was erased since its months were frozen.
ERASED = "0d4f6a0e-9f4e-4f0c-8c6e-0c6d3f2b8a11"
NOVEMBER = Period.parse("2026-11")
CODES = {"Rüzgar": "c-00aa11bb", "Zülal": "c-22cc33dd"}


@dataclass(frozen=True)
class Older:
    """A closed vault of the schema before, the key of its restricted file, and its months."""

    path: Path
    secret: bytes
    months: dict[str, Facts]


def a_visit_of(client: Client, child: str, month: int = 10) -> PlayroomVisit:
    return a_visit(client, child=child, date=date(2026, month, 8))


@pytest.fixture
def older(vault_path: Path, clock: FixedClock) -> Older:
    """September left before the file was sealed, October after; a child was misheard."""
    vault, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=SCHEMA)
    with vault:
        with vault.write() as db:
            for client in (OPEN, SEALED):
                old.put(db, client, vault.user.id)
            known, misheard = (a_visit_of(OPEN, child) for child in ("Işıl", "Efsun"))
            for visit in (known, misheard):
                old.put(db, visit, vault.user.id)
            visits = {code: a_visit_of(SEALED, child) for child, code in CODES.items()}
            secret = old.restrict(db, SEALED, visits)
            others = [(OPEN.id, fold(child)) for child in ("Işıl", "Efsun")]
            others.append((ERASED, fold("Poyraz")))
            by_name = [(SEALED.id, fold(child)) for child in CODES]
            by_code = [(SEALED.id, code) for code in CODES.values()]
            old.freeze(db, "2026-09", [*others, *by_name])
            old.freeze(db, "2026-10", [*others, *by_code])
            old.correct_child(db, misheard, "Efsa")
        months = frozen(vault)
    return Older(vault_path, secret, months)


def frozen(vault: Vault) -> dict[str, Facts]:
    with vault.read() as db:
        return frozen_months.read(db, 2026)


def children(months: dict[str, Facts]) -> int:
    return tables(together(months))[0].cells["playroom_children",].value


def traces(months: dict[str, Facts]) -> set[int]:
    return {int(visit.child) for month in months.values() for visit in month.visits}


def bare(months: dict[str, Facts]) -> dict[str, Facts]:
    """Return months without what stands for children."""
    return {
        key: replace(month, visits=tuple(sorted(v._replace(child="") for v in month.visits)))
        for key, month in months.items()
    }


def brought_up(older: Older, clock: FixedClock) -> Vault:
    return access.sign_in(older.path, "derya", PASSPHRASE, clock).vault


def test_nothing_in_the_months_changes_but_what_stands_for_children(
    older: Older, clock: FixedClock
) -> None:
    with brought_up(older, clock) as vault:
        months = frozen(vault)
    assert bare(months) == bare(older.months)
    # Of the restricted file the codes of October stay, which were drawn by chance already.
    assert len(traces(months) & traces(older.months)) == len(CODES)
    assert children(months) == children(older.months) == 7
    for key in months:
        assert children({key: months[key]}) == children({key: older.months[key]}) == 5


@pytest.mark.parametrize(
    ("client", "child", "new"),
    [
        (OPEN, "IŞIL", False),
        (OPEN, "Efsun", False),
        (OPEN, "Efsa", True),
        (OPEN, "Poyraz", True),
        (SEALED, "rüzgar", False),
        (SEALED, "Poyraz", True),
    ],
)
def test_a_child_that_comes_again_is_the_one_it_was(
    older: Older, clock: FixedClock, client: Client, child: str, *, new: bool
) -> None:
    """Also under the name it had before it was corrected, and where the file is restricted."""
    with brought_up(older, clock) as vault:
        with vault.write() as db:
            again = a_visit_of(client, child, month=11)
            stamp = Stamp(clock.now(), vault.user.id)
            records.add(db, again, stamp, {SEALED.id: older.secret})
        with vault.read() as db:
            whole = frozen(vault) | facts.read_months(db, [NOVEMBER])
        assert children(whole) == children(older.months) + new


def test_a_file_that_was_restricted_before_is_sealed_anew_and_opened(
    older: Older, clock: FixedClock
) -> None:
    other = sealing.new_private()
    with brought_up(older, clock) as vault:
        with vault.write() as db:
            restricting.reseal(db, SEALED.id, older.secret, other)
            restricting.unseal(db, SEALED.id, other)
            db.execute("DELETE FROM circle")
            records.add(db, a_visit_of(SEALED, "Zülal", 11), Stamp(clock.now(), vault.user.id))
        with vault.read() as db:
            whole = frozen(vault) | facts.read_months(db, [NOVEMBER])
        assert children(whole) == children(older.months)


def test_two_names_that_an_older_program_gave_one_code_become_two_children(
    older: Older, clock: FixedClock
) -> None:
    """It looked the code up after the name had been corrected."""
    with brought_up(older, clock) as vault, vault.write() as db:
        db.execute(
            "UPDATE playroom_visit SET child = 'c-00aa11bb' WHERE client_id = ?", (SEALED.id,)
        )
        restricting.unseal(db, SEALED.id, older.secret)
        db.execute("DELETE FROM circle")
        codes = db.execute("SELECT name FROM child_code WHERE client_id = ?", (SEALED.id,))
        assert {name for (name,) in codes} == {fold(child) for child in CODES}


def test_it_says_what_it_did_once(older: Older, clock: FixedClock) -> None:
    with brought_up(older, clock) as vault:
        done, left, *_of_the_roster = vault.notices
    assert "2" in done
    assert f"-schema{SCHEMA}-" in left
    with brought_up(older, clock) as vault:
        assert vault.notices == ()


def test_the_file_is_written_anew_at_the_first_sign_in(older: Older, clock: FixedClock) -> None:
    with Vault.open(older.path, "derya", PASSPHRASE, clock) as vault, vault.read() as db:
        assert sweeping.is_due(db)
    with brought_up(older, clock) as vault, vault.read() as db:
        assert not sweeping.is_due(db)


def test_a_vault_that_published_nothing_has_nothing_to_tell(
    vault_path: Path, clock: FixedClock
) -> None:
    Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=SCHEMA)[0].close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as vault, vault.read() as db:
        # Of the roster alone, which every vault of before is given.
        assert len(vault.notices) == 1
        assert migrate.version(db) == migrate.latest()


def test_no_name_is_found_in_it_any_more_and_nothing_that_was_made_of_one(
    older: Older, clock: FixedClock
) -> None:
    of_sealed = SEALED.id, SEALED.file_no
    made_of_names = traces(older.months) - traces({"": older.months["2026-10"]})
    with brought_up(older, clock):
        pass
    she = insider(older.path, clock, of_sealed, "derya")
    names = {*CODES, *FIRST_NAMES[::25]}
    assert len(made_of_names) == 2
    assert not made_of_names & she.numbers
    assert she.tries(names) == she.reads(CODES) == set()


def test_the_attack_finds_every_name_in_the_copy_that_was_made_before(
    older: Older, clock: FixedClock
) -> None:
    """The control, and the reason why it is said that the copy should be deleted."""
    with brought_up(older, clock):
        pass
    (copy,) = older.path.parent.glob(f"*-schema{SCHEMA}-*.vault")
    she = insider(older.path, clock, (SEALED.id, SEALED.file_no), "derya", before=copy)
    assert she.tries({*CODES, *FIRST_NAMES[::25]}) == set(CODES)


def test_a_child_of_an_accent_alone_is_counted_sealed_and_opened_like_any_other(
    vault_path: Path, clock: FixedClock
) -> None:
    """Nothing is left of such a name when it is folded, and older programs took it."""
    vault, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=SCHEMA)
    with vault, vault.write() as db:
        old.put(db, OPEN, vault.user.id)
        old.put(db, a_visit_of(OPEN, "\u0301", month=11), vault.user.id)
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as vault:
        with vault.write() as db:
            records.add(db, a_visit_of(OPEN, "\u0307", 11), Stamp(clock.now(), vault.user.id))
        with vault.read() as db:
            assert children(facts.read_months(db, [NOVEMBER])) == 1
        with vault.write() as db:
            secret = circles.draw(db, OPEN.id, Mark("-", vault.user.id))
            restricting.seal(db, OPEN.id, secret)
            restricting.unseal(db, OPEN.id, secret)
            db.execute("DELETE FROM circle")
        with vault.read() as db:
            assert children(facts.read_months(db, [NOVEMBER])) == 1
