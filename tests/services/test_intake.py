"""Taking in: what breaks a rule is refused field by field, and nothing of it is written."""

from dataclasses import replace
from datetime import date

import pytest

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.records import Client, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import ConflictError
from kadin_danisma.services import casework, finding, intake
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.store import audit
from tests.builders import a_client, a_session, an_application


def fields_of(refusal: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [problem.field for problem in refusal.value.problems]


def test_a_woman_may_stay_nameless(desk: Desk) -> None:
    client = Client(file_no=intake.next_file_no(desk))
    assert intake.open_file(desk, client) == Change(Kind.CLIENT, client.id)
    assert casework.client(desk, client.id).name == ""


def test_a_file_is_stored_tidy_and_its_phone_in_one_form(desk: Desk) -> None:
    client = a_client(" 2026/0009 ", name="  Ayşe  ", phone="0500 000 12 34")
    intake.open_file(desk, client)
    stored = casework.client(desk, client.id)
    assert (stored.file_no, stored.name, stored.phone) == ("2026/0009", "Ayşe", "+905000001234")


def test_numbers_follow_the_highest_of_the_year(desk: Desk) -> None:
    assert intake.next_file_no(desk) == "2026/0001"
    for number in ("2025/0999", "2026/0041", "2026/0007", "2026/12A", "eski-3"):
        intake.open_file(desk, a_client(number))
    assert intake.next_file_no(desk) == "2026/0042"
    intake.record_application(desk, an_application(None, number="B-2026-00184"))
    assert intake.next_application_no(desk) == "B-2026-00185"
    assert intake.next_session_no(desk) == "G-2026-00001"


def test_a_taken_file_number_is_refused(desk: Desk) -> None:
    intake.open_file(desk, a_client("2026/0001"))
    with pytest.raises(RefusedError) as refusal:
        intake.open_file(desk, a_client("2026/0001"))
    assert fields_of(refusal) == ["file_no"]


def test_everything_wrong_with_a_file_is_said_at_once(desk: Desk) -> None:
    client = a_client("", kimlik_no="12345678901", birth_year=1850)
    with pytest.raises(RefusedError) as refusal:
        intake.open_file(desk, client)
    assert fields_of(refusal) == ["file_no", "kimlik_no", "birth_year"]
    assert finding.all_clients(desk) == []


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({"date": date(1989, 12, 31)}, "date"),
        ({"date": date(2026, 11, 23)}, "date"),
        ({"violence_types": ("none", "threat")}, "violence_types"),
        ({"number": ""}, "number"),
    ],
)
def test_an_application_that_breaks_a_rule_is_refused(
    desk: Desk, named: dict[str, object], field: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        intake.record_application(desk, an_application(None, **named))
    assert fields_of(refusal) == [field]


@pytest.mark.parametrize("minutes", [0, 721, -5])
def test_a_session_lasts_between_one_and_720_minutes(desk: Desk, minutes: int) -> None:
    client = a_client()
    intake.open_file(desk, client)
    with pytest.raises(RefusedError) as refusal:
        intake.record_session(desk, a_session(client, minutes=minutes))
    assert fields_of(refusal) == ["minutes"]


def test_a_session_cannot_name_the_application_of_another_file(desk: Desk) -> None:
    one, two = a_client("2026/0001"), a_client("2026/0002")
    other, contact = an_application(two), an_application(None)
    for client in (one, two):
        intake.open_file(desk, client)
    for application in (other, contact):
        intake.record_application(desk, application)
    for application in (other, contact):
        with pytest.raises(RefusedError) as refusal:
            intake.record_session(desk, a_session(one, application_id=application.id))
        assert fields_of(refusal) == ["application_id"]


def test_a_stale_correction_is_refused_and_the_first_one_stands(desk: Desk) -> None:
    client = a_client()
    intake.open_file(desk, client)
    opened = casework.client(desk, client.id)
    intake.correct(desk, replace(opened, district="buca"))
    with pytest.raises(ConflictError):
        intake.correct(desk, replace(opened, district="konak"))
    assert casework.client(desk, client.id).district == "buca"
    assert [line.new for line in casework.history(desk, Kind.CLIENT, client.id)] == ["buca"]


def test_every_writing_leaves_a_line_in_the_log_and_a_refused_one_none(desk: Desk) -> None:
    client = a_client()
    intake.open_file(desk, client)
    session = a_session(client)
    intake.record_session(desk, session)
    with pytest.raises(RefusedError):
        intake.record_session(desk, replace(session, minutes=0))
    with desk.vault.read() as db:
        actions = [line.action for line in audit.lines(db)]
    assert actions[:2] == ["session.add", "client.add"]


def test_a_session_comes_back_whole(desk: Desk) -> None:
    client = a_client()
    intake.open_file(desk, client)
    session = a_session(client, note="Güvenlik planı konuşuldu.\nİkinci satır.")
    intake.record_session(desk, session)
    desk.vault.user = replace(desk.vault.user, role=Role.LAWYER)
    assert casework.record_of(desk, Kind.SESSION, session.id) == replace(session, revision=1)
    assert isinstance(casework.client_page(desk, client.id).timeline[0].record, Session)
