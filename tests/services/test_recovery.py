"""Sheets as people handle them: made, typed back, tried, lost, replaced, and used by whom."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.reports import raster
from kadin_danisma.services import access, intake, people, recovery
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.recovery import Papers
from kadin_danisma.services.sheets import Reader, Typed
from kadin_danisma.store import audit
from tests.builders import PASSPHRASE, a_client, a_session

#: Opens somebody's desk, after the one before was left.
SignIn = Callable[[str, str], Desk]


def read(*texts: str) -> Typed:
    """Type sheets one after the other."""
    reader = Reader()
    *before, last = texts
    assert all(reader.take(text) is None for text in before)
    found = reader.take(last)
    assert found is not None
    return found


def actions(desk: Desk) -> list[str]:
    with desk.vault.read() as db:
        return [line.action for line in reversed(audit.lines(db))]


@pytest.fixture
def sign_in(vault_path: Path, clock: FixedClock) -> Iterator[SignIn]:
    opened: list[Desk] = []

    def sit_down(name: str, secret: str) -> Desk:
        for desk in opened:
            desk.vault.close()
        opened.append(access.sign_in(vault_path, name, secret, clock))
        return opened[-1]

    yield sit_down
    for desk in opened:
        desk.vault.close()


@pytest.fixture
def three(vault_path: Path, clock: FixedClock) -> Papers:
    """Three sheets that were typed back on the first day; the founder has gone home."""
    desk, code = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    made = recovery.papers(desk, recovery.founded(code), Kind.SHARES)
    assert recovery.must_verify(desk)
    recovery.complete(desk, made, read(made.texts[2], made.texts[0]))
    assert not recovery.must_verify(desk)
    desk.vault.close()
    return made


def test_any_two_of_three_sheets_sign_in_and_no_single_one_does(
    three: Papers, sign_in: SignIn
) -> None:
    for pair in ((0, 1), (2, 1), (0, 2)):
        typed = read(*(three.texts[number] for number in pair))
        assert recovery.came_by_recovery(sign_in("kurtarma", typed.code))
    for text in three.texts:
        with pytest.raises(WrongCredentialsError):
            sign_in("kurtarma", text)


def test_the_first_sheets_are_asked_for_until_they_are_typed_back(
    vault_path: Path, clock: FixedClock, sign_in: SignIn
) -> None:
    desk, code = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    people.add_user(desk, "avukat", "", Role.LAWYER, PASSPHRASE)
    desk.vault.close()
    desk = sign_in("derya", PASSPHRASE)
    assert recovery.must_verify(desk)
    assert not recovery.must_verify(sign_in("avukat", PASSPHRASE))
    desk = sign_in("derya", PASSPHRASE)
    recovery.verify(desk, Typed(code, Kind.CODE))
    assert not recovery.must_verify(desk)


def test_a_fresh_code_takes_the_place_of_one_nobody_kept(
    vault_path: Path, clock: FixedClock, sign_in: SignIn
) -> None:
    desk, lost = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    desk.vault.close()
    desk = sign_in("derya", PASSPHRASE)
    assert recovery.missing(desk) == frozenset()
    made = recovery.papers(desk, recovery.begin(desk), Kind.CODE)
    recovery.complete(desk, made, read(*made.texts))
    people.add_user(desk, "avukat", "", Role.LAWYER, PASSPHRASE)
    with pytest.raises(WrongCredentialsError):
        sign_in("kurtarma", lost)
    assert set(sign_in("kurtarma", made.new.code).vault.readable()) == set(Discipline)
    assert set(sign_in("avukat", PASSPHRASE).vault.readable()) == {Discipline.LEGAL}


def test_a_fresh_code_gives_no_new_key_to_a_discipline_that_has_notes_or_holders(
    vault_path: Path, clock: FixedClock, sign_in: SignIn
) -> None:
    desk, _lost = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    people.add_user(desk, "avukat", "", Role.LAWYER, PASSPHRASE)
    client = a_client()
    intake.open_file(desk, client)
    intake.record_session(desk, a_session(client, service="psych", note="Bir not."))
    desk.vault.close()
    desk = sign_in("derya", PASSPHRASE)
    assert recovery.missing(desk) == {Discipline.LEGAL, Discipline.PSYCHOLOGICAL}
    with pytest.raises(KnownError):
        recovery.begin(desk)
    made = recovery.papers(desk, recovery.begin(desk, without=True), Kind.CODE)
    recovery.complete(desk, made, read(*made.texts))
    assert set(sign_in("kurtarma", made.new.code).vault.readable()) == {Discipline.SOCIAL}
    assert set(sign_in("avukat", PASSPHRASE).vault.readable()) == {Discipline.LEGAL}


def test_what_is_typed_back_must_stand_on_the_new_sheets(three: Papers, sign_in: SignIn) -> None:
    desk = sign_in("derya", PASSPHRASE)
    old = read(three.texts[0], three.texts[1])
    new = recovery.papers(desk, recovery.begin(desk, old), Kind.SHARES)
    with pytest.raises(WrongCredentialsError):
        recovery.complete(desk, new, old)
    with pytest.raises(WrongCredentialsError):
        recovery.complete(desk, new, Typed(new.new.code, Kind.CODE))
    recovery.complete(desk, new, read(new.texts[1], new.texts[2]))
    assert recovery.standing(desk).verified is not None


def test_new_sheets_never_silently_open_less_than_the_old_ones(
    three: Papers, sign_in: SignIn
) -> None:
    desk = sign_in("derya", PASSPHRASE)
    assert recovery.missing(desk) == frozenset(Discipline)
    with pytest.raises(KnownError):
        recovery.begin(desk)
    old = read(three.texts[0], three.texts[1])
    new = recovery.papers(desk, recovery.begin(desk, old), Kind.CODE)
    recovery.complete(desk, new, read(*new.texts))
    assert recovery.standing(desk).closed == frozenset()
    assert set(sign_in("kurtarma", new.new.code).vault.readable()) == set(Discipline)


def test_sheets_made_without_the_lost_ones_say_what_they_do_not_open(
    three: Papers, sign_in: SignIn
) -> None:
    desk = sign_in("derya", PASSPHRASE)
    new = recovery.papers(desk, recovery.begin(desk, without=True), Kind.CODE)
    recovery.complete(desk, new, read(*new.texts))
    assert recovery.standing(desk).closed == frozenset(Discipline)


def test_an_older_sheet_is_told_apart_by_its_mark(
    three: Papers, sign_in: SignIn, clock: FixedClock
) -> None:
    desk = sign_in("derya", PASSPHRASE)
    clock.moment = clock.moment.replace(month=12)
    old = read(three.texts[0], three.texts[1])
    new = recovery.papers(desk, recovery.begin(desk, old), Kind.SHARES)
    recovery.complete(desk, new, read(new.texts[1], new.texts[2]))
    with pytest.raises(WrongCredentialsError, match=r"22\.11\.2026.*22\.12\.2026"):
        recovery.try_out(desk, old)
    with pytest.raises(KnownError, match=r"22\.11\.2026.*22\.12\.2026"):
        read(three.texts[0], new.texts[1])


def test_a_year_after_they_were_last_tried_the_drill_is_due(
    three: Papers, sign_in: SignIn, clock: FixedClock
) -> None:
    desk = sign_in("derya", PASSPHRASE)
    assert not recovery.standing(desk).is_due
    clock.moment = clock.moment.replace(year=2027)
    assert recovery.standing(desk).is_due
    recovery.try_out(desk, read(three.texts[0], three.texts[1]))
    assert not recovery.standing(desk).is_due


def test_every_coordinator_hears_once_of_each_use(three: Papers, sign_in: SignIn) -> None:
    desk = sign_in("derya", PASSPHRASE)
    people.add_user(desk, "ikinci", "", Role.COORDINATOR, PASSPHRASE)
    people.add_user(desk, "avukat", "", Role.LAWYER, PASSPHRASE)
    assert recovery.uses(desk) == []
    rescued = sign_in("kurtarma", read(three.texts[0], three.texts[1]).code)
    assert recovery.uses(rescued) == []
    for name in ("derya", "ikinci"):
        desk = sign_in(name, PASSPHRASE)
        (said,) = recovery.uses(desk)
        assert "22.11.2026" in said
        assert recovery.uses(desk) == []
    assert recovery.uses(sign_in("avukat", PASSPHRASE)) == []


def test_each_step_is_logged(three: Papers, sign_in: SignIn) -> None:
    typed = read(three.texts[0], three.texts[1])
    desk = sign_in("kurtarma", typed.code)
    new = recovery.papers(desk, recovery.begin(desk), Kind.CODE)
    recovery.abandon(desk)
    new = recovery.papers(desk, recovery.begin(desk), Kind.CODE)
    recovery.complete(desk, new, read(*new.texts))
    desk = sign_in("derya", PASSPHRASE)
    recovery.try_out(desk, read(*new.texts))
    told = [action for action in actions(desk) if action.startswith("recovery.")]
    assert told == [
        "recovery.verify", "recovery.use", "recovery.begin", "recovery.drop", "recovery.begin",
        "recovery.renew", "recovery.drop", "recovery.try",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["", "   ", "kısa", "7QK-03F", "x" * 33, "0" * 41])
def test_a_slip_is_said_before_anything_is_tried(typed: str) -> None:
    with pytest.raises(KnownError):
        Reader().take(typed)


def test_one_sheet_twice_or_a_code_after_a_sheet_is_refused_and_the_first_one_kept(
    three: Papers,
) -> None:
    reader = Reader()
    assert reader.take(three.texts[0]) is None
    for wrong in (three.texts[0], three.new.code):
        with pytest.raises(KnownError):
            reader.take(wrong)
    assert reader.first == 1
    assert reader.take(three.texts[1]) is not None


def test_the_paper_says_no_names_and_no_place(three: Papers, vault_path: Path) -> None:
    said = raster.text(three.pdf)
    for secret in ("derya", str(vault_path), vault_path.name, PASSPHRASE):
        assert secret not in said
    for text in three.texts:
        assert all(group in said for group in text.split("-"))
