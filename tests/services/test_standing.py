"""Whatever is done to a withdrawn record is refused, with a sentence that says it was withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import KIND_OF, Client, Noted, PlayroomVisit, Record, Session
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import (
    applications,
    breaking,
    casework,
    circles,
    intake,
    playroom,
    referring,
    withdrawing,
)
from kadin_danisma.services import standing as standings
from kadin_danisma.services.desk import Desk, RefusedError, gone
from kadin_danisma.services.standing import WithdrawnError
from kadin_danisma.store.circles import ClosedFileError
from tests.builders import a_referral, a_session, a_visit
from tests.services.withdrawals import (
    APPLICATION,
    CONTACT,
    EVERY,
    ONE,
    REFERRAL,
    SESSION,
    TODAY,
    TWO,
    VISIT,
    Staffed,
    empty_before,
    enter,
    standing,
    withdraw,
)

Deed = Callable[[Desk], object]
FILE = "This file was withdrawn. Please take that back first."
RECORD = "This record was withdrawn: it counts nowhere. Please take that back first."
DEEDS: dict[str, tuple[Record, Deed]] = {
    "a child is collected": (
        VISIT, lambda desk: playroom.check_out(desk, VISIT.id, "anne", time(11)),
    ),
    "a departure is taken back": (VISIT, lambda desk: playroom.undo_check_out(desk, VISIT.id)),
    "a referral is answered": (
        REFERRAL, lambda desk: referring.close(desk, REFERRAL.id, "accepted", TODAY),
    ),
    "a contact is linked": (CONTACT, lambda desk: applications.link(desk, CONTACT.id, TWO.id)),
    "a contact is linked to it": (ONE, lambda desk: applications.link(desk, CONTACT.id, ONE.id)),
    "a session is moved back": (
        SESSION, lambda desk: withdrawing.move_back(desk, Kind.SESSION, SESSION.id, TWO.id),
    ),
    "a session is moved": (SESSION, lambda desk: withdrawing.move(desk, SESSION, TWO.id)),
    "a file is restricted": (ONE, lambda desk: circles.seal(desk, ONE.id, [])),
    "a broken seal": (ONE, lambda desk: breaking.break_seal(desk, ONE.id, "x", "sebep " * 5)),
    "the safety note is read": (ONE, lambda desk: casework.safety_of(desk, ONE.id)),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_done_to_a_withdrawn_record_is_refused_and_said(full: Desk, deed: str) -> None:
    record, act = DEEDS[deed]
    empty_before(full, record)
    withdraw(full, record)
    with pytest.raises(WithdrawnError) as refused:
        act(full)
    assert refused.value.message == _(FILE if isinstance(record, Client) else RECORD)


@pytest.mark.parametrize("record", EVERY, ids=lambda each: type(each).__name__)
def test_a_withdrawn_record_is_neither_corrected_nor_opened_nor_withdrawn_again(
    full: Desk, record: Record
) -> None:
    """So no note is added to it either, and what somebody has typed stays in her form."""
    empty_before(full, record)
    was = standing(full, record)
    withdraw(full, record)
    words = _(FILE if isinstance(record, Client) else RECORD)
    said = replace(was, note="sonradan") if isinstance(was, Noted) else was
    kind = KIND_OF[type(record)]
    for act in (
        lambda: intake.correct(full, said),
        lambda: casework.record_of(full, kind, record.id),
        lambda: withdrawing.withdraw(full, was, "twice"),
    ):
        with pytest.raises(WithdrawnError) as refused:
            act()
        assert refused.value.message == words
    assert standings.why_missing(full, kind, record.id).message == words


def test_nothing_new_leans_on_what_was_withdrawn(full: Desk) -> None:
    withdraw(full, SESSION)
    withdraw(full, APPLICATION)
    new = a_session(ONE, number="G-2026-00002", date=TODAY, application_id=APPLICATION.id)
    with pytest.raises(RefusedError) as refused:
        intake.record_session(full, new)
    assert refused.value.message == _(
        "The application of this session was withdrawn. Please take that back first."
    )
    empty_before_two = [VISIT, REFERRAL]
    for each in empty_before_two:
        withdraw(full, each)
    withdraw(full, ONE)
    for act in (
        lambda: playroom.check_in(full, a_visit(ONE, date=TODAY)),
        lambda: referring.refer(full, a_referral(ONE, date=TODAY)),
        lambda: intake.record_session(full, replace(new, application_id=None)),
    ):
        with pytest.raises(KnownError) as refusal:
            act()
        assert refusal.value.message == _(FILE)


def test_what_never_was_is_still_gone(full: Desk) -> None:
    with pytest.raises(KnownError) as refused:
        playroom.check_out(full, "none", "anne", time(11))
    assert not isinstance(refused.value, WithdrawnError)
    assert refused.value.message == gone().message


def test_a_child_that_was_collected_is_still_said_to_be(full: Desk) -> None:
    playroom.check_out(full, VISIT.id, "anne", time(12))
    with pytest.raises(KnownError) as refused:
        playroom.check_out(full, VISIT.id, "anne", time(12))
    assert refused.value.message == _("This child has already been collected.")


@pytest.mark.parametrize("kind", [Session, PlayroomVisit])
def test_of_a_restricted_file_nobody_else_learns_what_was_withdrawn(
    staffed: Staffed, kind: type[Record]
) -> None:
    record: Record = SESSION if kind is Session else VISIT
    with staffed.at("derya") as desk:
        circles.seal(desk, ONE.id, [])
        withdraw(desk, record)
    with staffed.at("psikolog") as hers, pytest.raises(ClosedFileError):
        casework.record_of(hers, KIND_OF[kind], record.id)


def test_once_taken_back_all_goes_on(full: Desk) -> None:
    withdraw(full, VISIT)
    withdrawing.take_back(full, Kind.PLAYROOM_VISIT, VISIT.id)
    playroom.check_out(full, VISIT.id, "anne", time(12))
    enter(full, a_session(ONE, number="G-2026-00009", date=TODAY))
