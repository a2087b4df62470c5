"""Wrong tries: how long the next one waits, what the file says, and what it survives."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.store import audit, tries, users, waiting
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user


def file_of(vault: Path) -> Path:
    return vault.with_name(vault.name + waiting.ENDING)


def try_wrongly(vault: Path, clock: FixedClock, times: int, name: str = "derya") -> None:
    """Note wrong tries, each as soon as it may be made."""
    for _time in range(times):
        clock.wait(waiting.wait_left(vault, clock))
        tries.remember(vault, name, clock)


def test_the_wait_grows_from_nothing_to_a_minute() -> None:
    assert [waiting.delay_after(n) for n in range(10)] == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60]
    assert waiting.delay_after(10_000) == 60


@pytest.mark.parametrize(("times", "seconds"), [(1, 0), (2, 0), (3, 2), (4, 4), (8, 60), (20, 60)])
def test_so_many_tries_wait_so_long(
    closed: Path, clock: FixedClock, times: int, seconds: int
) -> None:
    try_wrongly(closed, clock, times)
    assert waiting.wait_left(closed, clock) == seconds
    clock.wait(seconds)
    assert waiting.wait_left(closed, clock) == 0


@pytest.mark.parametrize("days", [1, 4000, -1, -4000])
def test_setting_the_day_neither_helps_nor_locks_out(
    closed: Path, clock: FixedClock, days: int
) -> None:
    try_wrongly(closed, clock, 8)
    clock.moment += timedelta(days=days)
    assert waiting.wait_left(closed, clock) == 60
    clock.wait(60)
    assert waiting.wait_left(closed, clock) == 0


def test_a_clock_put_right_by_seconds_makes_it_two_minutes_at_the_most(
    closed: Path, clock: FixedClock
) -> None:
    try_wrongly(closed, clock, 8)
    clock.wait(59)
    clock.moment -= timedelta(seconds=58)
    assert waiting.wait_left(closed, clock) == 59
    clock.wait(59)
    assert waiting.wait_left(closed, clock) == 0


def test_starting_the_computer_anew_shortens_nothing_and_locks_nobody_out(
    closed: Path, clock: FixedClock
) -> None:
    try_wrongly(closed, clock, 8)
    clock.moment += timedelta(minutes=5)
    clock.running = 20
    assert waiting.wait_left(closed, clock) == 40
    clock.wait(40)
    assert waiting.wait_left(closed, clock) == 0


def test_after_an_hour_the_wait_begins_anew(closed: Path, clock: FixedClock) -> None:
    try_wrongly(closed, clock, 8)
    clock.wait(3600)
    try_wrongly(closed, clock, 1)
    assert waiting.wait_left(closed, clock) == 0


def test_the_file_knows_an_account_by_its_id_and_nothing_else(
    closed: Path, clock: FixedClock, vault: Vault
) -> None:
    tries.remember(closed, "DERYA", clock)
    tries.remember(closed, "Gizli Ad", clock)
    text = file_of(closed).read_text()
    said = json.loads(text)
    assert [each["user"] for each in said["tries"]] == [vault.user.id, ""]
    assert set(said["tries"][0]) == {"at", "ticks", "user", "logged"}
    assert "gizli" not in text.lower()
    assert "derya" not in text.lower()
    assert file_of(closed).stat().st_mode & 0o777 == 0o600


def test_the_file_does_not_grow_without_end(closed: Path, clock: FixedClock) -> None:
    for _time in range(510):
        tries.remember(closed, "derya", clock)
        clock.wait(1)
    assert len(json.loads(file_of(closed).read_text())["tries"]) == 500


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"tries": 5}', b'{"tries": [{}]}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_damaged_file_is_as_good_as_none(closed: Path, clock: FixedClock, content: bytes) -> None:
    file_of(closed).write_bytes(content)
    assert waiting.wait_left(closed, clock) == 0
    tries.remember(closed, "derya", clock)
    assert len(json.loads(file_of(closed).read_text())["tries"]) == 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
)
_ENTRY = st.fixed_dictionaries(
    {
        "at": st.datetimes().map(lambda at: at.isoformat() + "+03:00") | _JSON,
        "ticks": st.floats() | st.integers() | _JSON,
        "user": st.text(max_size=9) | _JSON,
        "logged": st.booleans() | _JSON,
    }
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_ENTRY | _JSON, max_size=12))
def test_whatever_somebody_writes_into_it_nobody_waits_longer_than_a_minute(
    closed: Path, clock: FixedClock, entries: list[Any]
) -> None:
    file_of(closed).write_text(json.dumps({"tries": entries}))
    assert 0 <= waiting.wait_left(closed, clock) <= waiting.LONGEST


def test_a_deleted_file_is_survived(closed: Path, clock: FixedClock) -> None:
    try_wrongly(closed, clock, 5)
    file_of(closed).unlink()
    assert waiting.wait_left(closed, clock) == 0


def test_on_a_medium_that_cannot_be_written_nothing_is_noted_and_nothing_fails(
    closed: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "is_writable", lambda _path: False)
    tries.remember(closed, "derya", clock)
    assert not file_of(closed).exists()


def test_a_full_disk_does_not_hide_that_the_passphrase_was_wrong(
    closed: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tries, "write_atomically", full)
    tries.remember(closed, "derya", clock)


def failed_lines(vault: Vault) -> list[str]:
    with vault.read() as db:
        return [line.subject for line in audit.lines(db) if line.action == tries.FAILED]


def test_the_tries_go_into_the_log_and_the_file_goes(vault: Vault, clock: FixedClock) -> None:
    tries.remember(vault.path, "derya", clock)
    tries.remember(vault.path, "kimse", clock)
    tries.carry(vault, clock)
    assert failed_lines(vault) == [
        "2026-11-22T10:00:00+03:00",
        f"{vault.user.id} 2026-11-22T10:00:00+03:00",
    ]
    assert not file_of(vault.path).exists()


def test_ones_own_passphrase_buys_no_free_guess_at_a_colleagues(
    vault: Vault, clock: FixedClock
) -> None:
    colleague = users.add_user(vault, a_user("zeynep", role=Role.PSYCHOLOGIST), PASSPHRASE)
    try_wrongly(vault.path, clock, 5, "zeynep")
    tries.carry(vault, clock)
    assert len(failed_lines(vault)) == 5
    assert waiting.wait_left(vault.path, clock) == 8
    clock.wait(8)
    tries.remember(vault.path, "zeynep", clock)
    assert waiting.wait_left(vault.path, clock) == 16
    tries.carry(vault, clock)
    assert len(failed_lines(vault)) == 6, "each try is logged once"
    with vault.read() as db:
        assert len(tries.since_last_sign_in(db, colleague.id)) == 6
        assert tries.since_last_sign_in(db, vault.user.id) == []


def test_no_foreign_text_gets_from_the_file_into_the_log(vault: Vault, clock: FixedClock) -> None:
    tries.remember(vault.path, "derya", clock)
    forged = json.loads(file_of(vault.path).read_text())
    forged["tries"][0]["user"] = "Ayşe Yılmaz arandı"
    file_of(vault.path).write_text(json.dumps(forged))
    tries.carry(vault, clock)
    assert failed_lines(vault) == ["2026-11-22T10:00:00+03:00"]
