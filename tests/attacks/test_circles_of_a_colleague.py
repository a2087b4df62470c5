"""A colleague with SQL draws no circle that anybody would seal to, and breaks no seal in a name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Session, User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.services import breaking, casework, circles, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit, backup, circle_book, glass, sealing
from kadin_danisma.store.circle_book import CircleBook, DoubtfulCircleError
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.roster import table
from kadin_danisma.store.roster.statement import Kind, Member, State
from kadin_danisma.store.signing import Author
from tests.attacks.insider import LATE, Insider, at_work
from tests.builders import PASSPHRASE, a_session
from tests.services.restricted import FILE_NO, Centre, found

MINE = sealing.new_private()
REASON = "Kocası kapıda bekliyor, adresini bilmem gerekiyor."


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock) -> Centre:
    """A file that the coordinator sealed to a lawyer; the front desk is in no circle."""
    made = found(vault_path, clock)
    made.seal("derya", "avukat")
    return made


def _draw(centre: Centre, insider: Insider, public: bytes) -> None:
    insider.db.execute(
        "UPDATE circle SET public = ? WHERE client_id = ?", (public, centre.client.id)
    )


def _sign(centre: Centre, insider: Insider, action: str, whom: str, evidence: str) -> None:
    """Write a line about the circle that she signs herself."""
    me = insider.unlocked.roster.members[insider.author.user_id].user
    audit.add(
        insider.db, insider.chain_key, me, LATE, action, f"{FILE_NO} {whom}",
        [centre.client.id], author=insider.author, evidence=evidence,
    )  # fmt: skip


def her_key(centre: Centre, insider: Insider) -> None:
    """She puts a public key of her own in place of the file's."""
    _draw(centre, insider, sealing.public_of(MINE))


def her_key_signed(centre: Centre, insider: Insider) -> None:
    """She also signs that she drew the circle anew, and before that took it away."""
    her_key(centre, insider)
    evidence = circle_book.evidence(sealing.public_of(MINE))
    for action in ("circle.close", "circle.open", "circle.narrow", "circle.before"):
        _sign(centre, insider, action, insider.author.user_id, evidence)


def her_key_behind_a_broken_glass(centre: Centre, insider: Insider) -> None:
    """She says that she broke the seal with the code, and narrowed the circle then."""
    her_key(centre, insider)
    at = LATE.isoformat(timespec="seconds")
    hers = insider.author
    said = glass.evidence(hers, centre.client.id, hers.user_id, at, "x")
    code = next(each for each in insider.unlocked.roster.members if each.startswith("recovery"))
    _sign(centre, insider, "break_glass", "", said.replace(hers.user_id, code))
    evidence = circle_book.evidence(sealing.public_of(MINE))
    _sign(centre, insider, "circle.narrow", hers.user_id, evidence)


def a_member_more(centre: Centre, insider: Insider) -> None:
    """She puts herself among the people of the circle."""
    insider.db.execute(
        "INSERT INTO circle_member (client_id, user_id, sealed, added_at, added_by)"
        " SELECT client_id, ?, sealed, added_at, added_by FROM circle_member LIMIT 1",
        (insider.author.user_id,),
    )


def no_circle(centre: Centre, insider: Insider) -> None:
    """She takes the circle away, so that the file passes for an ordinary one."""
    for name in ("circle_member", "circle"):
        insider.db.execute(f"DELETE FROM {name}")


def her_line_about_somebody_else(centre: Centre, insider: Insider) -> None:
    """She writes the line in the coordinator's name, without a signature."""
    her_key(centre, insider)
    coordinator = insider.unlocked.roster.members[centre.ids["derya"]].user
    insider.forge_line(coordinator, "circle.narrow", f"{FILE_NO} x", centre.client.id)


FORGERIES: tuple[Callable[[Centre, Insider], None], ...] = (
    her_key, her_key_signed, her_key_behind_a_broken_glass, a_member_more, no_circle,
    her_line_about_somebody_else,
)  # fmt: skip


def _a_code_of_her_own(insider: Insider) -> Author:
    """Sign a recovery code that stands on no sheet, as a coordinator may."""
    book = insider.unlocked.roster
    new = Identity.new()
    code = Member(
        "recovery-9", "kurtarma-9", "", Role.COORDINATOR, State.ACTIVE, new.public, Kind.RECOVERY
    )
    grown = book.stating(insider.author, LATE.isoformat(timespec="seconds"), code)
    table.write(insider.db, grown)
    return Author(code.id, book.vault_id, new.signing)


def in_the_name_of_the_code(centre: Centre, insider: Insider) -> None:
    code = _a_code_of_her_own(insider)
    user = User(id=code.user_id, name="kurtarma-9", title="", role=Role.COORDINATOR)
    audit.add(
        insider.db, insider.chain_key, user, LATE, "circle.narrow", f"{FILE_NO} x",
        [centre.client.id], author=code,
        evidence=circle_book.evidence(sealing.public_of(MINE)),
    )  # fmt: skip


def behind_a_glass_that_it_broke(centre: Centre, insider: Insider) -> None:
    code, at = _a_code_of_her_own(insider), LATE.isoformat(timespec="seconds")
    said = glass.evidence(code, centre.client.id, insider.author.user_id, at, "x")
    _sign(centre, insider, "break_glass", "", said)
    _sign(centre, insider, "circle.narrow", "x", circle_book.evidence(sealing.public_of(MINE)))


@pytest.mark.parametrize("forge", [in_the_name_of_the_code, behind_a_glass_that_it_broke])
def test_a_coordinator_draws_no_circle_with_a_code_that_stands_on_no_sheet(
    centre: Centre,
    forge: Callable[[Centre, Insider], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with at_work(centre.path, "ikinci") as insider:
        her_key(centre, insider)
        forge(centre, insider)

    def is_doubtful() -> bool:
        with centre.at("psikolog") as desk:
            return casework.client_page(desk, centre.client.id).circle_doubtful

    assert is_doubtful()
    monkeypatch.setattr(CircleBook, "_is_code", lambda _book, user_id: "recovery" in user_id)
    assert not is_doubtful(), "the control shows nothing"


def a_new_session(centre: Centre) -> Session:
    return a_session(centre.client, counsellor="Psk. Görüşen", note="duruşmanotu")


@pytest.mark.parametrize("forge", FORGERIES)
def test_everybody_is_told_and_nothing_more_is_sealed_to_it(
    centre: Centre, forge: Callable[[Centre, Insider], None]
) -> None:
    with at_work(centre.path, "danisma") as insider:
        forge(centre, insider)
    assert backup.verify(centre.path, "derya", PASSPHRASE) != []
    for name in ("derya", "avukat", "psikolog"):
        with centre.at(name) as desk:
            assert casework.client_page(desk, centre.client.id).circle_doubtful
            with pytest.raises(DoubtfulCircleError):
                intake.record_session(desk, a_new_session(centre))
    with centre.at("derya") as desk:
        for act in (circles.widen, circles.narrow):
            with pytest.raises(DoubtfulCircleError):
                act(desk, centre.client.id, {centre.ids["psikolog"]})


def test_without_the_check_she_would_read_what_is_saved_from_now_on(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(centre.path, "danisma") as insider:
        her_key(centre, insider)
    monkeypatch.setattr(CircleBook, "let_pass", lambda *_said: None)
    session = a_new_session(centre)
    with centre.at("psikolog") as desk:
        intake.record_session(desk, session)
    with at_work(centre.path, "danisma") as insider:
        (sealed,) = insider.db.execute(
            "SELECT sealed FROM sealed_part WHERE record_id = ?", (session.id,)
        ).fetchone()
    assert "Psk. Görüşen".encode() in (sealing.unseal(sealed, MINE) or b"")


def test_what_the_circle_does_itself_is_not_doubtful(centre: Centre) -> None:
    def is_fine(desk: Desk) -> bool:
        return not casework.client_page(desk, centre.client.id).circle_doubtful

    with centre.at("avukat") as desk:
        circles.widen(desk, centre.client.id, {centre.ids["psikolog"]})
        assert is_fine(desk)
    with centre.at("psikolog") as desk:
        circles.narrow(desk, centre.client.id, {centre.ids["avukat"]})
        intake.record_session(desk, a_new_session(centre))
        assert is_fine(desk)
    with centre.at("ikinci") as desk:
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
        circles.widen(desk, centre.client.id, {centre.ids["ikinci"]})
        assert is_fine(desk)
    with centre.at("ikinci") as desk:
        circles.unseal(desk, centre.client.id)
        assert is_fine(desk)
    assert backup.verify(centre.path, "derya", PASSPHRASE) == []
    centre.seal("avukat2", "avukat2")
    with centre.at("derya") as desk:
        assert is_fine(desk)
        intake.record_session(desk, replace(a_new_session(centre), note=""))


def test_a_line_of_an_act_that_was_undone_is_forgotten(centre: Centre) -> None:
    with centre.at("derya") as desk:
        book, db_of = desk.vault.circles, desk.vault

        def widen_and_be_cut_off() -> None:
            with db_of.write() as db:
                db_of.audit(
                    db, "circle.widen", f"{FILE_NO} {centre.ids['danisma']}", [centre.client.id],
                    evidence=circle_book.evidence(bytes(32)),
                )  # fmt: skip
                assert book.may_change(db, centre.client.id, centre.ids["danisma"])
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            widen_and_be_cut_off()
        with db_of.read() as db:
            assert not book.may_change(db, centre.client.id, centre.ids["danisma"])


def test_a_notice_of_a_broken_seal_in_a_colleagues_name_is_told(
    centre: Centre, clock: FixedClock
) -> None:
    with centre.at("ikinci") as desk:
        breaking.break_seal(desk, centre.client.id, centre.code, REASON)
    with at_work(centre.path, "danisma") as insider:
        insider.db.execute(
            "INSERT INTO broken_seal (id, client_id, at, by) VALUES ('x', ?, ?, ?)",
            (centre.client.id, LATE.isoformat(), centre.ids["avukat"]),
        )
        insider.db.execute(
            "INSERT INTO broken_seal_reader (broken_id, user_id, sealed) VALUES ('x', ?, x'')",
            (centre.ids["derya"],),
        )
    with centre.at("derya") as desk:
        told = {each.by: each.trust for each in breaking.unseen(desk)}
    assert told == {"AVUKAT": Trust.UNKNOWN, "IKINCI": Trust.SHARED}
