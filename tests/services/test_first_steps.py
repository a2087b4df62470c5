"""Before the first day of work: nobody works who did not accept, or whose passphrase is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kadin_danisma.domain import conduct
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.steps import Step
from kadin_danisma.errors import KnownError, NotAllowedError, WrongCredentialsError
from kadin_danisma.i18n import use_language
from kadin_danisma.services import access, finding, first_steps, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE

NEW = "beyaz vapur erken kalktı"

pytestmark = pytest.mark.first_day


@pytest.fixture
def path(desk: Desk) -> Path:
    """A vault with a lawyer whom the coordinator added, closed."""
    people.add_user(desk, "elif", "Av. Elif K.", Role.LAWYER, PASSPHRASE)
    desk.vault.close()
    return desk.vault.path


@contextmanager
def at_desk(path: Path, clock: FixedClock, name: str, passphrase: str) -> Iterator[Desk]:
    desk = access.sign_in(path, name, passphrase, clock)
    with desk.vault:
        yield desk


def test_nobody_works_before_both_are_done(path: Path, clock: FixedClock) -> None:
    with at_desk(path, clock, "elif", PASSPHRASE) as desk:
        assert desk.first_steps == {Step.CONDUCT, Step.OWN_PASSPHRASE}
        with pytest.raises(NotAllowedError):
            finding.search(desk, "isil")
        first_steps.accept_conduct(desk)
        with pytest.raises(NotAllowedError):
            finding.search(desk, "isil")
        first_steps.choose_passphrase(desk, NEW)
        assert finding.search(desk, "isil") == []
    with at_desk(path, clock, "elif", NEW) as desk:
        assert not desk.first_steps
        assert finding.search(desk, "isil") == []


def test_leaving_in_the_middle_goes_on_there(path: Path, clock: FixedClock) -> None:
    with at_desk(path, clock, "elif", PASSPHRASE) as desk:
        first_steps.accept_conduct(desk)
    with at_desk(path, clock, "elif", PASSPHRASE) as desk:
        assert desk.first_steps == {Step.OWN_PASSPHRASE}


def test_who_set_her_own_passphrase_only_accepts(path: Path, clock: FixedClock) -> None:
    with at_desk(path, clock, "derya", PASSPHRASE) as desk:
        assert desk.first_steps == {Step.CONDUCT}


def test_accepting_is_dated_and_logged_with_the_version(path: Path, clock: FixedClock) -> None:
    with at_desk(path, clock, "derya", PASSPHRASE) as desk:
        first_steps.accept_conduct(desk)
        with desk.vault.read() as db:
            (at,) = db.execute("SELECT accepted_at FROM user WHERE name = 'derya'").fetchone()
            line = audit.lines(db, 1)[0]
    assert at.startswith("2026-11-22T10:00")
    assert (line.action, line.subject) == ("conduct.accept", conduct.VERSION)


def test_another_text_is_asked_for_again(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_desk(path, clock, "derya", PASSPHRASE) as desk:
        first_steps.accept_conduct(desk)
    monkeypatch.setattr(conduct, "VERSION", "2027-01")
    with at_desk(path, clock, "derya", PASSPHRASE) as desk:
        assert desk.first_steps == {Step.CONDUCT}


def test_the_date_alone_accepts_nothing(path: Path, clock: FixedClock) -> None:
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault, vault.write() as db:
        db.execute("UPDATE user SET accepted_at = '2026-01-01'")
    with at_desk(path, clock, "derya", PASSPHRASE) as desk:
        assert desk.first_steps == {Step.CONDUCT}


@pytest.mark.parametrize("new", ["kısa", PASSPHRASE], ids=["weak", "the one she was given"])
def test_a_passphrase_that_is_weak_or_known_is_refused(
    path: Path, clock: FixedClock, new: str
) -> None:
    with at_desk(path, clock, "elif", PASSPHRASE) as desk:
        with pytest.raises(KnownError):
            first_steps.choose_passphrase(desk, new)
        assert Step.OWN_PASSPHRASE in desk.first_steps


def test_the_passphrase_she_was_given_opens_nothing_afterwards(
    path: Path, clock: FixedClock
) -> None:
    with at_desk(path, clock, "elif", PASSPHRASE) as desk:
        first_steps.choose_passphrase(desk, NEW)
    with pytest.raises(WrongCredentialsError):
        access.sign_in(path, "elif", PASSPHRASE, clock)


def test_at_an_open_screen_nobody_sets_it_again_without_the_present_one(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        first_steps.choose_passphrase(desk, NEW)


def test_a_script_goes_on_before_the_duty_but_not_with_a_passphrase_others_know(
    path: Path, clock: FixedClock
) -> None:
    with at_desk(path, clock, "derya", PASSPHRASE) as desk:
        assert first_steps.go_on_by_script(desk)
        assert not desk.first_steps
    with at_desk(path, clock, "elif", PASSPHRASE) as desk:
        first_steps.go_on_by_script(desk)
        with pytest.raises(NotAllowedError):
            finding.search(desk, "isil")


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_text_names_its_sources(language: str) -> None:
    use_language(language)
    try:
        named = conduct.sources()
    finally:
        use_language("tr")

    for law in ("5237", "6698", "6284", "1136", "657", "5395"):
        assert law in named
    for article in ("134", "136", "137", "258", "12/4", "8/6", "36", "31", "279", "280"):
        assert article in named
    for duty in ("6284 sayılı Kanun m. 7", "5395 sayılı Kanun m. 6", "m. 4"):
        assert duty in named or language == "en"


def test_the_duty_to_report_is_ones_own_and_does_not_wait() -> None:
    told = " ".join(conduct.sentences())

    assert "yükümlülük bana aittir ve gecikemez" in told
    assert "birlikte karar" not in told


def test_the_text_says_that_a_lawyer_must_check_it() -> None:
    assert conduct.review() == "Yasal metin: belediyenin avukatınca kontrol edilecek."
