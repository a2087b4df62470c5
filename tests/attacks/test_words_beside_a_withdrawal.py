"""Words beside a withdrawal: nobody lays others there unseen, and none keep a page from opening."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.withdrawal import Withdrawn
from kadin_danisma.services import casework, withdrawing
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import keyring, sealing, withdrawal_words
from tests.attacks.insider import LATE, Insider, at_work
from tests.builders import PASSPHRASE
from tests.services.restricted import Centre, found, session_of_the_lawyer
from tests.services.withdrawals import standing


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock) -> Centre:
    return found(vault_path, clock)


@pytest.fixture
def session(centre: Centre) -> Session:
    return session_of_the_lawyer(centre)


def _said(desk: Desk, centre: Centre, session: Session) -> Withdrawn:
    page = casework.client_page(desk, centre.client.id)
    (said,) = [each.withdrawn for each in page.timeline if each.record.id == session.id]
    assert said is not None
    return said


@pytest.mark.parametrize("why", ["!", "x", "YQ==", b64encode(bytes(400)).decode()])
def test_words_that_nobody_could_have_written_are_closed_and_her_file_opens(
    centre: Centre, session: Session, why: str
) -> None:
    with centre.at("avukat") as desk:
        withdrawing.withdraw(desk, standing(desk, session), "twice", "iki kez")
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        insider.db.execute("UPDATE withdrawal SET why = ? WHERE record_id = ?", (why, session.id))
    with centre.at("avukat") as desk:
        said = _said(desk, centre, session)
    assert (said.why, said.why_closed) == ("", True)


def test_words_that_are_no_text_are_closed_too(centre: Centre, session: Session) -> None:
    """Whoever knows the public key of the discipline can seal bytes under the right head."""
    with centre.at("avukat") as desk:
        withdrawing.withdraw(desk, standing(desk, session), "twice", "iki kez")
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        head = f"withdrawal\n{session.id}\n2\n".encode()
        sealed = sealing.seal(head + b"\xff\xfe", keyring.publics(insider.db)[Discipline.LEGAL])
        words = b64encode(sealed).decode()
        insider.db.execute("UPDATE withdrawal SET why = ? WHERE record_id = ?", (words, session.id))
    with centre.at("avukat") as desk:
        said = _said(desk, centre, session)
    assert (said.why, said.why_closed) == ("", True)


def _words(insider: Insider, session: Session, why: str) -> str:
    """Return words as they are stored, sealed as anybody can who knows the discipline's key."""
    head = f"withdrawal\n{session.id}\n2\n"
    public = keyring.publics(insider.db)[Discipline.LEGAL]
    return b64encode(sealing.seal((head + why).encode(), public)).decode()


@pytest.mark.parametrize("hers", ["iki kez", ""])
@pytest.mark.parametrize("stored", [lambda why: why, lambda why: withdrawal_words.salted(why)[0]])
def test_words_laid_beside_somebodys_withdrawal_are_shown_as_not_hers(
    centre: Centre, session: Session, hers: str, stored: Callable[[str], str]
) -> None:
    forged = "danışan yalan söylüyor"
    with centre.at("avukat") as desk:
        withdrawing.withdraw(desk, standing(desk, session), "twice", hers)
        assert _why(desk, centre, session) == (hers, Trust.SIGNED)
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        insider.db.execute(
            "INSERT OR REPLACE INTO withdrawal VALUES ('session', ?, 2, ?, ?, ?, ?)",
            (
                session.id, centre.client.id, _words(insider, session, stored(forged)),
                LATE.isoformat(timespec="seconds"), centre.ids["avukat"],
            ),
        )  # fmt: skip
    with centre.at("avukat") as desk:
        assert _why(desk, centre, session) == (forged, Trust.UNKNOWN)
        # The withdrawal itself is hers all the same.
        assert _said(desk, centre, session).is_proved


def test_words_that_somebody_took_away_are_missed(centre: Centre, session: Session) -> None:
    with centre.at("avukat") as desk:
        withdrawing.withdraw(desk, standing(desk, session), "twice", "iki kez")
    with at_work(centre.path, "psikolog", PASSPHRASE) as insider:
        insider.db.execute("DELETE FROM withdrawal")
    with centre.at("avukat") as desk:
        assert _why(desk, centre, session) == ("", Trust.UNKNOWN)


def test_the_line_of_the_log_lets_nobody_try_what_was_written() -> None:
    traces = {withdrawal_words.salted("iki kez")[1] for _each in range(3)}
    assert len(traces) == 3


def test_words_of_before_they_were_signed_are_read_as_they_were(
    centre: Centre, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with centre.at("avukat") as desk:
        monkeypatch.setattr(withdrawal_words, "salted", lambda why: (why, ""))
        withdrawing.withdraw(desk, standing(desk, session), "twice", "iki kez")
        assert _why(desk, centre, session) == ("iki kez", Trust.SIGNED)


def _why(desk: Desk, centre: Centre, session: Session) -> tuple[str, Trust]:
    said = _said(desk, centre, session)
    return said.why, said.why_trust
