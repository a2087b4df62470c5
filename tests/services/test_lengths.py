"""Every text has a greatest length, in every service that takes one; nothing is cut in silence."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from kadin_danisma.domain.checks import FREE_TEXTS, LONGEST_NOTE, LONGEST_TEXT, check
from kadin_danisma.domain.circle import reason_problem
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.records import Record
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import breaking, finding, giving, intake, people, reconciling
from kadin_danisma.services.desk import Desk, RefusedError
from tests import builders
from tests.builders import a_client, a_session

CLIENT = a_client()
RECORDS: list[Record] = [
    CLIENT,
    builders.an_application(CLIENT),
    a_session(CLIENT),
    builders.a_visit(CLIENT),
    builders.a_referral(CLIENT),
    builders.a_training(),
]
#: Made by the program or chosen from a list.
NOT_TYPED = {"id", "client_id", "application_id"}
TEXTS = [
    (record, field.name)
    for record in RECORDS
    for field in fields(record)
    if field.type in {str, "str"} and field.name not in NOT_TYPED
]
LONG = "a" * (LONGEST_TEXT + 1)


def problems(record: Record, name: str, length: int, desk: Desk) -> set[str]:
    changed: dict[str, Any] = {name: "1" * length}
    found = check(replace(record, **changed), desk.today())
    return {each.field for each in found if "karakterden" in each.reason}


@pytest.mark.parametrize(
    ("record", "name"), TEXTS, ids=lambda it: it if isinstance(it, str) else type(it).__name__
)
def test_a_text_of_a_record_is_so_long_and_no_longer(record: Record, name: str, desk: Desk) -> None:
    most = LONGEST_NOTE if name in FREE_TEXTS else LONGEST_TEXT

    assert problems(record, name, most, desk) == set()
    assert problems(record, name, most + 1, desk) == {name}


def test_the_service_says_at_which_field_and_keeps_nothing(desk: Desk) -> None:
    with pytest.raises(RefusedError) as caught:
        intake.open_file(desk, a_client(name=LONG))
    assert [problem.field for problem in caught.value.problems] == ["name"]
    assert "aaa" not in caught.value.message
    assert intake.count_clients(desk) == 0


def test_a_note_of_ten_thousand_letters_comes_back_whole(desk: Desk) -> None:
    client = a_client()
    intake.open_file(desk, client)
    session = a_session(client, note="ş" * LONGEST_NOTE)
    assert check(session, desk.today()) == []
    with pytest.raises(RefusedError):
        intake.record_session(desk, replace(session, note="ş" * (LONGEST_NOTE + 1)))


@pytest.mark.parametrize(
    "give",
    [
        lambda desk: people.add_user(desk, LONG, "Av.", Role.LAWYER, "yeni bir parola"),
        lambda desk: people.add_user(desk, "yeni", LONG, Role.LAWYER, "yeni bir parola"),
        lambda desk: giving.tell(
            desk, Period.parse("2026-01"), "summary", ("clients",), 0, LONG
        ),
        lambda desk: reconciling.confirm_all_known(desk, LONG * 3),
        lambda desk: breaking.break_seal(desk, "x", "x", "bir iki üç dört " * LONGEST_NOTE),
    ],
)  # fmt: skip
def test_a_longer_text_is_refused_calmly(give: Callable[[Desk], object], desk: Desk) -> None:
    with pytest.raises(KnownError) as caught:
        give(desk)
    assert "karakterden uzun" in caught.value.message


def test_a_reason_may_be_long_and_has_an_end() -> None:
    assert reason_problem("Acil durum, annesi arıyor, çocuk hastanede. " * 20) is None
    assert reason_problem("Acil durum, annesi arıyor, çocuk hastanede. " * 1000)


def test_a_search_for_a_million_letters_finds_nothing_and_harms_nobody(desk: Desk) -> None:
    assert finding.search(desk, "a" * 1_000_000) == []
    assert finding.search(desk, "a " * 500_000) == []
