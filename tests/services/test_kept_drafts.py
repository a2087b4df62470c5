"""A draft goes with its record, in one transaction, and with nothing else."""

import json
from dataclasses import replace

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, NotAllowedError
from kadin_danisma.services import (
    applications,
    casework,
    circles,
    drafts,
    intake,
    people,
    withdrawing,
)
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.store import audit, sealing, users
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user, an_application

TYPED = {"note": "yarım kalan cümle", "reasons": ["divorce"]}


@pytest.fixture
def client(desk: Desk) -> Client:
    made = a_client()
    intake.open_file(desk, made)
    return made


def a_draft(form: Form = Form.SESSION, **named: object) -> Draft:
    return replace(Draft("d", form, None, opened={}, typed=dict(TYPED)), **named)


def ids(desk: Desk) -> list[str]:
    return [each.id for each in drafts.kept(desk)]


def test_it_comes_back_as_it_was_kept(desk: Desk) -> None:
    made = a_draft(
        begun_at=desk.clock.now(), client_id="c", record_id="r", revision=3, day="2026-11-22"
    )
    drafts.keep(desk, made)
    assert drafts.kept(desk) == [made]


def test_the_latest_begun_stands_first(desk: Desk, clock: FixedClock) -> None:
    for name in ("first", "second"):
        drafts.keep(desk, a_draft(id=name, begun_at=clock.now()))
        clock.wait(60)
    assert ids(desk) == ["second", "first"]


def test_saving_the_record_takes_its_draft_and_no_other(desk: Desk, client: Client) -> None:
    drafts.keep(desk, a_draft())
    drafts.keep(desk, a_draft(id="other"))
    with desk.finishing("d", "session"):
        intake.record_session(desk, a_session(client))
    assert ids(desk) == ["other"]
    intake.record_session(desk, a_session(client, number="G-2"))
    assert ids(desk) == ["other"]


def test_a_refused_record_leaves_it(desk: Desk, client: Client) -> None:
    drafts.keep(desk, a_draft())
    with desk.finishing("d", "session"), pytest.raises(RefusedError):
        intake.record_session(desk, a_session(client, minutes=-5))
    desk.vault.user = replace(desk.vault.user, role=Role.FRONT_DESK)
    with desk.finishing("d", "session"), pytest.raises(NotAllowedError):
        intake.record_session(desk, a_session(client))
    assert ids(desk) == ["d"]


def test_a_record_that_fails_on_the_way_to_the_disk_leaves_it(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_said: object, **_named: object) -> None:
        raise KnownError("Disk dolu.")

    drafts.keep(desk, a_draft())
    with monkeypatch.context() as patch:
        patch.setattr(audit, "add", full)
        with desk.finishing("d", "session"), pytest.raises(KnownError):
            intake.record_session(desk, a_session(client))
    assert ids(desk) == ["d"]
    assert casework.client_page(desk, client.id).sessions == 0


def test_looking_at_a_file_or_opening_one_on_the_way_finishes_nothing(desk: Desk) -> None:
    drafts.keep(desk, a_draft(Form.APPLICATION))
    opened = a_client("2026/0900")
    with desk.finishing("d", "application"):
        intake.open_file(desk, opened)
        casework.client_page(desk, opened.id)
        assert ids(desk) == ["d"]
        intake.record_application(desk, an_application(opened))
    assert ids(desk) == []


def test_nothing_of_it_stands_in_the_log(desk: Desk) -> None:
    with desk.vault.read() as db:
        before = len(audit.lines(db, 1000))
    drafts.keep(desk, a_draft())
    drafts.kept(desk)
    drafts.throw_away(desk, "d")
    with desk.vault.read() as db:
        assert len(audit.lines(db, 1000)) == before


def test_it_stays_hers_when_the_file_is_restricted_and_she_is_outside(
    desk: Desk, client: Client
) -> None:
    lawyer = users.add_user(desk.vault, a_user("elif", role=Role.LAWYER), PASSPHRASE)
    path, clock = desk.vault.path, desk.clock
    desk.close()
    with Vault.open(path, "elif", PASSPHRASE, clock) as vault:
        drafts.keep(Desk(vault, clock), a_draft(client_id=client.id))
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        circles.seal(Desk(vault, clock), client.id, [])
        assert drafts.kept(Desk(vault, clock)) == []
    with Vault.open(path, "elif", PASSPHRASE, clock) as vault:
        assert vault.user.id == lawyer.id
        assert [each.typed for each in drafts.kept(Desk(vault, clock))] == [TYPED]


def a_former(desk: Desk, key: str, said: dict[str, object]) -> None:
    """Keep something as a program before decision 0039 did at the lock."""
    public = sealing.public_of(desk.vault.slots.private)
    people.set_preference(desk, key, sealing.seal(json.dumps(said).encode(), public).hex())


def test_what_a_former_program_kept_at_the_lock_is_brought_over_once(desk: Desk) -> None:
    a_former(desk, "draft.application", {
        "words": "ay", "client_id": "", "opens_new": True, "day": "22.11.2026", "time": "10.00",
        "channel": "phone", "applicant_role": "self", "reasons": ["divorce"],
        "violence_types": [], "perpetrators": [],
    })  # fmt: skip
    a_former(desk, "draft.form", {
        "form": "session", "client_id": "c", "record_id": "", "revision": 0, "day": "2026-11-22",
        "opened": {"note": ""}, "typed": {"note": "yarım"},
    })  # fmt: skip
    found = {each.form: each for each in drafts.kept(desk)}
    assert set(found) == {Form.APPLICATION, Form.SESSION}
    call = found[Form.APPLICATION].typed
    assert (call["words"], call["date"], call["opens_new"]) == ("ay", "22.11.2026", "yes")
    assert found[Form.SESSION].typed == {"note": "yarım"}
    assert found[Form.SESSION].client_id == "c"
    # When it was begun nobody knows: it is shown as from before.
    assert {each.begun_at for each in found.values()} == {None}
    assert people.preference(desk, "draft.form", "-") == "-"
    assert len(drafts.kept(desk)) == 2


def a_former_form(**named: object) -> str:
    whole = {
        "form": "session", "client_id": "c", "record_id": "", "revision": 0, "day": "2026-11-22",
        "opened": {}, "typed": {"note": "yarım"},
    }  # fmt: skip
    return json.dumps(whole | named)


#: What a colleague with SQL can seal to her public key; none of it is what a program of ours wrote.
PLANTED = [
    *(("draft.form", said) for said in (
        b"[]", b"{}", b"5", b"null", "yarım".encode(), b"\xff\xfe", b'{"form": "session"}',
        b'{"form": "x"}', b"[" * 100_000,
    )),
    *(("draft.form", a_former_form(**part).encode()) for part in (
        {"form": []}, {"form": "withdrawal"}, {"client_id": ["c"]}, {"record_id": {"a": 1}},
        {"revision": "0"}, {"day": "dün"}, {"opened": 5}, {"typed": [1]}, {"typed": {"note": 7}},
        {"typed": {"reasons": [{}]}},
    )),
    *(("draft.application", said) for said in (
        b"[]", b"5", b'"x"', b"null", b'{"words": 5}', b'{"client_id": {}}', b"\xff",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("key", "said"), PLANTED, ids=range(len(PLANTED)))
def test_what_no_program_of_ours_wrote_is_no_draft(desk: Desk, key: str, said: bytes) -> None:
    public = sealing.public_of(desk.vault.slots.private)
    people.set_preference(desk, key, sealing.seal(said, public).hex())
    assert drafts.kept(desk) == []
    # It is looked at once, and gone.
    assert people.preference(desk, key, "-") == "-"


def test_one_that_cannot_be_read_does_not_take_the_other_along(desk: Desk) -> None:
    public = sealing.public_of(desk.vault.slots.private)
    people.set_preference(desk, "draft.application", sealing.seal(b"[]", public).hex())
    people.set_preference(desk, "draft.form", sealing.seal(a_former_form().encode(), public).hex())
    assert [each.form for each in drafts.kept(desk)] == [Form.SESSION]


def test_it_follows_its_record_to_the_file_to_which_that_was_moved(
    desk: Desk, client: Client
) -> None:
    other, session = a_client("2026/0002"), a_session(client)
    intake.open_file(desk, other)
    intake.record_session(desk, session)
    drafts.keep(desk, a_draft(client_id=client.id, record_id=session.id, revision=1))
    withdrawing.move(desk, casework.record_of(desk, Kind.SESSION, session.id), other.id)
    assert [each.client_id for each in drafts.kept(desk)] == [other.id]


def test_it_does_not_tell_into_which_closed_file_its_contact_went(
    desk: Desk, client: Client
) -> None:
    contact = an_application()
    intake.record_application(desk, contact)
    users.add_user(desk.vault, a_user("elif", role=Role.LAWYER), PASSPHRASE)
    path, clock = desk.vault.path, desk.clock
    desk.close()
    with Vault.open(path, "elif", PASSPHRASE, clock) as vault:
        drafts.keep(Desk(vault, clock), a_draft(Form.APPLICATION, record_id=contact.id))
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        circles.seal(Desk(vault, clock), client.id, [])
        applications.link(Desk(vault, clock), contact.id, client.id)
    with Vault.open(path, "elif", PASSPHRASE, clock) as vault:
        assert [each.client_id for each in drafts.kept(Desk(vault, clock))] == [""]
