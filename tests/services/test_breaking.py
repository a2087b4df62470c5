"""Breaking the glass: the recovery code and a reason open one file, and others are told."""

from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.recovery import Kind as Sheets
from kadin_danisma.errors import KnownError, NotAllowedError, WrongCredentialsError
from kadin_danisma.services import breaking, casework, circles, finding, people, recovery
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.sheets import Typed
from kadin_danisma.store import audit, renewal, sealing
from tests.services.restricted import FILE_NO, Centre, found, shown
from tests.store.test_wall import everything

REASON = "Acilden aradılar, kimin araması gerektiğini öğrenmemiz lazım."


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock) -> Centre:
    made = found(vault_path, clock)
    made.seal("avukat", "psikolog")
    return made


def notes_of(desk: Desk, client_id: str) -> set[str]:
    page = casework.client_page(desk, client_id)
    return {e.record.note for e in page.timeline if isinstance(e.record, Session)}


def actions(desk: Desk) -> list[tuple[str, str]]:
    with desk.vault.read() as db:
        return [(line.action, line.subject) for line in audit.lines(db, 500)]


def test_the_one_file_opens_with_all_its_notes_until_the_program_is_locked(centre: Centre) -> None:
    with centre.at("avukat2") as desk:
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
        assert breaking.is_broken(desk, centre.client.id)
        assert casework.client(desk, centre.client.id).name == "Gülçiçek Saklıoğlu"
        assert notes_of(desk, centre.client.id) == {"duruşmanotu", "duruşmanotu psikolog"}
        assert ("break_glass", FILE_NO) in actions(desk)
    with centre.at("avukat2") as desk:
        assert not breaking.is_broken(desk, centre.client.id)
        assert casework.client_page(desk, centre.client.id).seal is Seal.CLOSED


def test_the_other_restricted_files_stay_closed(centre: Centre) -> None:
    with centre.at("psikolog") as desk:
        (other,) = [line.id for line in finding.all_clients(desk) if line.id != centre.client.id]
        circles.seal(desk, other, set())
    with centre.at("avukat2") as desk:
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
        assert casework.client_page(desk, other).seal is Seal.CLOSED


def test_a_note_of_another_discipline_opens_in_an_ordinary_file_too(centre: Centre) -> None:
    with centre.at("avukat") as desk:
        circles.unseal(desk, centre.client.id)
    with centre.at("ikinci") as desk:
        assert notes_of(desk, centre.client.id) == {""}
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
        assert notes_of(desk, centre.client.id) == {"duruşmanotu", "duruşmanotu psikolog"}
        assert desk.vault.secrets == {}


def test_the_front_desk_and_it_break_no_seal(centre: Centre) -> None:
    with pytest.raises(NotAllowedError), centre.at("bilgi"):
        pytest.fail("IT has no desk at an open vault")
    with centre.at("danisma") as desk, pytest.raises(NotAllowedError):
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)


def test_without_the_code_nothing_opens_and_the_try_is_logged(centre: Centre) -> None:
    with centre.at("derya") as desk:
        with pytest.raises(WrongCredentialsError):
            breaking.break_seal(desk, centre.client.id, "7QK-03F", REASON)
        assert ("break_glass.failed", FILE_NO) in actions(desk)
        assert casework.client_page(desk, centre.client.id).seal is Seal.CLOSED


@pytest.mark.parametrize("reason", ["", "acil", "çok çok çok acil", "aaaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_a_reason_is_a_whole_sentence(centre: Centre, reason: str) -> None:
    with centre.at("derya") as desk, pytest.raises(RefusedError) as refusal:
        breaking.break_seal(desk, centre.client.id, centre.code, reason)
    assert refusal.value.problems[0].field == "reason"


def test_coordinators_and_circle_read_the_reason_until_they_acknowledge_it(
    centre: Centre,
) -> None:
    with centre.at("avukat2") as desk:
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
        assert breaking.unseen(desk) == []
    for name in ("derya", "ikinci", "avukat", "psikolog"):
        with centre.at(name) as desk:
            (told,) = breaking.unseen(desk)
            assert (told.file_no, told.by, told.reason) == (FILE_NO, "AVUKAT2", REASON)
            breaking.acknowledge(desk, told.id)
            assert breaking.unseen(desk) == []
            assert ("break_glass.seen", FILE_NO) in actions(desk)
            with pytest.raises(KnownError):
                breaking.acknowledge(desk, told.id)
    with centre.at("danisma") as desk:
        assert breaking.unseen(desk) == []


def test_a_reason_that_is_no_text_does_not_shut_the_first_page(centre: Centre) -> None:
    """Whoever knows somebody's public key can seal bytes to her and lay them there with SQL."""
    with centre.at("avukat2") as desk:
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
        with desk.vault.write() as db:
            (public,) = db.execute(
                "SELECT public FROM person_key WHERE user_id = ?", (centre.ids["derya"],)
            ).fetchone()
            db.execute(
                "UPDATE broken_seal_reader SET sealed = ? WHERE user_id = ?",
                (sealing.seal(b"\xff\xfe", public), centre.ids["derya"]),
            )
    with centre.at("derya") as desk:
        (told,) = breaking.unseen(desk)
        assert told.reason is None


def test_the_reason_stands_nowhere_in_the_open(centre: Centre) -> None:
    with centre.at("avukat2") as desk:
        breaking.break_seal(
            desk, centre.client.id, centre.code, "Gülçiçek Saklıoğlu acilde yatıyor"
        )
        with desk.vault.read() as db:
            content = b"\n".join(everything(db))
    assert shown(content) == []


def test_who_signs_in_with_the_code_gives_a_reason_too(centre: Centre) -> None:
    with centre.at("kurtarma") as desk:
        assert casework.client_page(desk, centre.client.id).seal is Seal.CLOSED
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
        assert casework.history(desk, Kind.CLIENT, centre.client.id)


def test_a_file_whose_circle_is_gone_is_taken_over_with_the_code(centre: Centre) -> None:
    """Both lost their keys: the coordinator set them new passphrases."""
    with centre.at("derya") as desk:
        for name in ("avukat", "psikolog"):
            people.reset_passphrase(desk, centre.ids[name], "sarı kedi yavaş yavaş uyandı")
        assert circles.members(desk, centre.client.id) == []
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
        circles.widen(desk, centre.client.id, {centre.ids["avukat"]})
    with centre.at("avukat") as desk:
        assert casework.client(desk, centre.client.id).name == "Gülçiçek Saklıoğlu"


def test_a_code_renewed_with_the_old_one_in_hand_opens_what_the_old_one_did(
    centre: Centre,
) -> None:
    with centre.at("derya") as desk:
        new = recovery.begin(desk, Typed(centre.code, Sheets.CODE))
        renewal.complete(desk.vault, new.set_id, Sheets.CODE, "", new.code)
        assert ("circle.recovery", FILE_NO) in actions(desk)
        breaking.break_seal(desk, centre.client.id, new.code, REASON)
    with centre.at("psikolog") as desk:
        assert circles.without_recovery(desk) == []


def test_a_renewed_code_opens_no_restricted_file_until_its_circle_hands_it_over(
    centre: Centre,
) -> None:
    """Else whoever may renew the code could read every restricted file with it."""
    with centre.at("derya") as desk:
        new = renewal.begin(desk.vault, {})
        renewal.complete(desk.vault, new.set_id, Sheets.CODE, "", new.code)
        with pytest.raises(KnownError):
            breaking.break_seal(desk, centre.client.id, new.code, REASON)
        assert circles.without_recovery(desk) == []
    with centre.at("psikolog") as desk:
        assert circles.without_recovery(desk) == [centre.client.id]
        circles.hand_to_recovery(desk)
        assert ("circle.recovery", FILE_NO) in actions(desk)
        assert circles.without_recovery(desk) == []
    with centre.at("derya") as desk:
        breaking.break_seal(desk, centre.client.id, new.code, REASON)
