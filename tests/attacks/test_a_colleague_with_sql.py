"""A colleague with her own passphrase and an SQL prompt speaks for nobody but herself."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.services import auditing, recovery, tampering
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import backup, log_signatures, preferences, users
from kadin_danisma.store.vault import Vault
from tests.attacks.insider import LATE, Insider, at_work
from tests.builders import PASSPHRASE, a_user

HERS = "kendi parolası beş kelimedir onun"


@pytest.fixture
def centre(vault: Vault, clock: FixedClock) -> dict[str, User]:
    """A centre whose people have passphrases of their own; nobody is signed in."""
    staff = {"leyla": Role.LAWYER, "nur": Role.LAWYER, "selin": Role.FRONT_DESK}
    found = {"derya": vault.user}
    for name, role in staff.items():
        found[name] = users.add_user(vault, a_user(name, title=name.title(), role=role), PASSPHRASE)
    vault.close()
    for name in staff:
        with Vault.open(vault.path, name, PASSPHRASE, clock) as opened:
            users.change_passphrase(opened, PASSPHRASE, HERS)
    return found


@pytest.fixture(autouse=True)
def path(vault: Vault) -> Path:
    return vault.path


def shown(path: Path, clock: FixedClock) -> list[auditing.LogLine]:
    """Return the log as the coordinator reads it."""
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        return auditing.page(Desk(opened, clock), LogQuery())


def forged(lines: list[auditing.LogLine]) -> auditing.LogLine:
    return next(line for line in lines if line.line.at == LATE)


def break_glass_for(insider: Insider, victim: User) -> None:
    insider.forge_line(victim, "break_glass", "2026/0001")


def carry_her_word(insider: Insider, victim: User) -> None:
    """She signs as the carrier of a deed, with a statement of somebody else as evidence."""
    log_signatures.audit.add(
        insider.db, insider.chain_key, victim, LATE, "user.passphrase", victim.id,
        author=insider.author, evidence="statement 2",
    )  # fmt: skip


def sign_with_her_own_key(insider: Insider, victim: User) -> None:
    """She gives her own signature out as the colleague's."""
    me = insider.author
    as_victim = type(me)(victim.id, me.vault_id, me.seed)
    log_signatures.audit.add(
        insider.db, insider.chain_key, victim, LATE, "break_glass", "2026/0001", author=as_victim
    )


def under_her_name(insider: Insider, victim: User) -> None:
    """She signs a line of her own that shows the colleague's name."""
    mine = insider.unlocked.roster.members[insider.author.user_id].user
    masked = User(id=mine.id, name=victim.name, title=mine.title, role=mine.role)
    log_signatures.audit.add(
        insider.db, insider.chain_key, masked, LATE, "break_glass", "2026/0001",
        author=insider.author,
    )  # fmt: skip


def move_her_line(insider: Insider, victim: User) -> None:
    """She writes a genuine line of the colleague once more, at the end and at another moment."""
    row = insider.db.execute(
        "SELECT action, subject, signature FROM audit WHERE user_id = ? ORDER BY seq DESC LIMIT 1",
        (victim.id,),
    ).fetchone()
    seq = insider.forge_line(victim, row[0], row[1])
    insider.db.execute("UPDATE audit SET signature = ? WHERE seq = ?", (row[2], seq))
    insider.reseal_log(seq)


FORGERIES: tuple[Callable[[Insider, User], None], ...] = (
    break_glass_for, carry_her_word, sign_with_her_own_key, under_her_name, move_her_line,
)  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_line_in_a_colleagues_name_is_marked_found_and_told(
    centre: dict[str, User],
    path: Path,
    clock: FixedClock,
    forge: Callable[[Insider, User], None],
) -> None:
    with at_work(path, "selin", HERS) as insider:
        forge(insider, centre["leyla"])
        seq = log_signatures.audit.last(insider.db).seq
    (problem,) = backup.verify(path, "derya", PASSPHRASE)
    assert str(seq) in problem
    lines = shown(path, clock)
    assert forged(lines).line.trust is Trust.UNKNOWN
    assert forged(lines).mark == "yazanı doğrulanamadı"
    assert {each.line.trust for each in lines if each.line.seq != seq} <= {
        Trust.SIGNED, Trust.SHARED,
    }  # fmt: skip
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        desk = Desk(opened, clock)
        (told,) = tampering.unread(desk)
        assert str(seq) in told.said
        numbers = [line.line.action for line in auditing.page(desk, LogQuery())]
        assert numbers.count(log_signatures.UNSIGNED) == 1


@pytest.mark.parametrize("forge", FORGERIES)
def test_without_the_check_of_signatures_each_of_them_would_have_passed(
    centre: dict[str, User],
    path: Path,
    clock: FixedClock,
    forge: Callable[[Insider, User], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with at_work(path, "selin", HERS) as insider:
        forge(insider, centre["leyla"])
    monkeypatch.setattr(log_signatures.LogSignatures, "judge", lambda _self, _line: Trust.SIGNED)
    # What she wrote stands in a file that nobody closed: that much is said in any case.
    assert set(backup.verify(path, "derya", PASSPHRASE)) <= {backup.unproved()}
    line = forged(shown(path, clock))
    assert (line.line.by, line.mark) == ("leyla", "")


def test_a_line_that_says_it_was_told_already_keeps_nobody_from_being_told(
    centre: dict[str, User], path: Path, clock: FixedClock
) -> None:
    with at_work(path, "selin", HERS) as insider:
        seq = insider.forge_line(centre["leyla"], "break_glass", "2026/0001")
        insider.forge_line(centre["derya"], log_signatures.UNSIGNED, f"{seq} {seq + 1}")
        insider.forge_line(centre["leyla"], "recovery.use", "")
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        desk = Desk(opened, clock)
        (told,) = tampering.unread(desk)
        assert all(str(each) in told.said for each in (seq, seq + 1, seq + 2))
        assert recovery.uses(desk) == []


@pytest.mark.parametrize("at", ["yesterday", "", "2026-11-22T10:00:00", "0001-01-01T00:00+03:00"])
def test_a_line_at_no_moment_stops_nobody_and_is_told(
    centre: dict[str, User], path: Path, clock: FixedClock, at: str
) -> None:
    """She signs it herself, as one that was looked for at every sign-in."""
    with at_work(path, "selin", HERS) as insider:
        me, before = insider.author, log_signatures.audit.last(insider.db)
        row = (before.seq + 1, at, me.user_id, "selin", log_signatures.UNSIGNED, "1")
        said = log_signatures.audit.said_in(before.mac, row, "", "", ())
        insider.db.execute(
            "INSERT INTO audit (seq, at, user_id, user_name, action, subject, mac, signature,"
            " evidence, carried_by) VALUES (?, ?, ?, ?, ?, ?, zeroblob(32), ?, '', '')",
            (*row, me.sign(log_signatures.audit.SIGNATURE, *said)),
        )
        insider.reseal_log(before.seq + 1)
    for name, passphrase in (("leyla", HERS), ("derya", PASSPHRASE)):
        with Vault.open(path, name, passphrase, clock):
            pass
    lines = shown(path, clock)
    assert {line.line.seq: line.line.trust for line in lines}[row[0]] is Trust.UNKNOWN
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        assert [str(row[0]) in each.said for each in tampering.unread(Desk(opened, clock))] == [
            True
        ]


@pytest.mark.parametrize("since", [0, 1_000])
def test_lines_of_her_own_behind_it_keep_nobody_from_being_told(
    centre: dict[str, User],
    path: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    since: int,
) -> None:
    """Without a look back to what the coordinator signed last she would not hear of it."""
    monkeypatch.setattr(log_signatures, "_MOST_SINCE_HERS", since)
    with at_work(path, "selin", HERS) as insider:
        seq = insider.forge_line(centre["leyla"], "break_glass", "2026/0001")
        # And one in the coordinator's own name, as if she had been there since.
        insider.forge_line(centre["derya"], "sign_in", "")
        for _number in range(120):
            log_signatures.audit.add(
                insider.db, insider.chain_key, centre["selin"], LATE, "client.list", "",
                author=insider.author,
            )  # fmt: skip
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        told = [each.said for each in tampering.unread(Desk(opened, clock))]
    assert any(str(seq) in each for each in told) is (since > 0)


@pytest.mark.parametrize("said", ["999999", "nonsense", "999999 2026-11-22T10:00:00+03:00 00", ""])
def test_nobody_else_says_that_a_coordinator_has_read_it(
    centre: dict[str, User], path: Path, clock: FixedClock, said: str
) -> None:
    with at_work(path, "selin", HERS) as insider:
        seq = insider.forge_line(centre["leyla"], "break_glass", "2026/0001")
        for key in ("tampering.seen", "recovery.seen"):
            preferences.put(insider.db, centre["derya"].id, key, said)
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        desk = Desk(opened, clock)
        (told,) = tampering.unread(desk)
        assert str(seq) in told.said
        assert recovery.uses(desk) == []
        tampering.acknowledge(desk, [told])
        assert tampering.unread(desk) == []


def test_whoever_set_her_first_passphrase_does_not_sign_with_it_later(
    vault: Vault, path: Path, clock: FixedClock
) -> None:
    leyla = users.add_user(vault, a_user("leyla", role=Role.LAWYER), PASSPHRASE)
    vault.close()
    with Vault.open(path, "leyla", PASSPHRASE, clock) as opened:
        first, then = opened.author, clock.moment
        clock.moment += timedelta(days=1)
        users.change_passphrase(opened, PASSPHRASE, HERS)
    clock.moment += timedelta(minutes=1)
    with at_work(path, "derya") as insider:
        for at in (then, clock.moment):
            log_signatures.audit.add(
                insider.db, insider.chain_key, leyla, at, "break_glass", "2026/0001", author=first
            )
        signatures = log_signatures.LogSignatures(insider.db, insider.unlocked.roster)
        last = log_signatures.audit.last(insider.db).seq
        assert signatures.unknown() == [last - 1, last]


def test_a_signature_taken_away_breaks_the_chain(centre: dict[str, User], path: Path) -> None:
    with at_work(path, "selin", HERS) as insider:
        insider.db.execute("UPDATE audit SET signature = NULL WHERE seq = 3")
    assert backup.verify(path, "derya", PASSPHRASE) != []


def test_a_line_taken_out_or_changed_leaves_those_behind_it_unsigned(
    centre: dict[str, User], path: Path, clock: FixedClock
) -> None:
    """She seals the whole chain anew and writes both anchors; the others' signatures she cannot."""
    with at_work(path, "selin", HERS) as insider:
        insider.db.execute("UPDATE audit SET subject = 'x' WHERE seq = 3")
        insider.reseal_log()
        behind = log_signatures.audit.last(insider.db).seq - 2
    (problem,) = backup.verify(path, "derya", PASSPHRASE)
    assert str(behind) in problem


def test_nobody_but_the_founder_says_that_lines_were_there_before_signatures(
    centre: dict[str, User], path: Path
) -> None:
    with at_work(path, "selin", HERS) as insider:
        insider.db.execute("DELETE FROM audit")
        for _number in range(3):
            insider.forge_line(centre["leyla"], "break_glass", "2026/0001")
        line = log_signatures.founding_line(insider.db)
        me = insider.unlocked.roster.members[insider.author.user_id].user
        log_signatures.audit.add(
            insider.db, insider.chain_key, me, LATE, line.action, line.subject,
            author=insider.author, evidence=line.evidence,
        )  # fmt: skip
    (problem,) = backup.verify(path, "derya", PASSPHRASE)
    assert "3 " in problem
