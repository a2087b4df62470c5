"""The journal beside a vault: IT's lines count once, nonsense is counted, no sign-in is stopped."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.views import AuditLine
from kadin_danisma.store import audit, journal, slot_files, slots, users
from kadin_danisma.store.journal import Entry
from kadin_danisma.store.signing import Author
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import keys_of, slot_file_of

HERS = "beş başka kelime burada duruyor"
AT = "2026-11-22T10:00:00+03:00"


@pytest.fixture
def kept(vault: Vault, clock: FixedClock) -> Vault:
    """A closed vault with a lawyer and an IT officer who has a passphrase of her own."""
    users.add_user(vault, a_user("elif", role=Role.LAWYER), HERS)
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    vault.close()
    with Stewardship.open(vault.path, "irem", PASSPHRASE, clock) as keeper:
        keeper.change_passphrase(PASSPHRASE, HERS)
    with Vault.open(vault.path, "derya", PASSPHRASE, clock):
        pass
    return vault


def author_of(path: Path, name: str) -> Author:
    """Return somebody as who she is, with her signing key: all that she herself can sign with."""
    file = slot_file_of(path)
    (slot,) = file.slots_of(name)
    opened = slot.open(file.vault_id, slot.derive(HERS))
    assert opened is not None
    return Author(slot.user_id, file.vault_id, opened.identity.signing)


def a_line(by: Author, number: int, **changes: object) -> Entry:
    bare = Entry(AT, by.user_id, journal.BACKED_UP, "yedek.vault", number)
    return replace(bare, **changes).signed(by)  # type: ignore[arg-type]


def slip_in(vault: Vault, *entries: Entry) -> None:
    """Write lines into the key files as whoever has the key that seals them can."""
    file = slot_file_of(vault.path)
    changed = replace(file, journal=tuple(entries))
    slot_files.write(vault.path, changed, [slots.mac_key(vault._key)])


def next_number(vault: Vault) -> int:
    """Return the number of a line that stands there since the last sign-in."""
    file = slot_file_of(vault.path)
    slot_files.write(
        vault.path, replace(file, generation=file.generation + 1), [slots.mac_key(vault._key)]
    )
    return file.generation + 1


def told(vault: Vault, clock: FixedClock, name: str = "derya") -> list[AuditLine]:
    """Sign in and return what the log tells since IT's own passphrase."""
    passphrase = PASSPHRASE if name == "derya" else HERS
    with Vault.open(vault.path, name, passphrase, clock) as opened, opened.read() as db:
        assert opened.first_break(db) is None
        return [
            line
            for line in audit.lines(db)
            if line.action in {journal.BACKED_UP, "journal.refused"}
        ]


def said(lines: Iterable[AuditLine]) -> list[tuple[str, str, str]]:
    return [(line.by, line.action, line.subject) for line in lines]


def test_what_it_signed_is_told_in_its_name_once(kept: Vault, clock: FixedClock) -> None:
    line = a_line(author_of(kept.path, "irem"), next_number(kept))
    slip_in(kept, line)
    assert said(told(kept, clock)) == [("irem", "backup", "yedek.vault")]
    assert slot_file_of(kept.path).journal == ()
    slip_in(kept, line)
    assert said(told(kept, clock)) == [("irem", "backup", "yedek.vault")], "put back, it is known"


@pytest.mark.parametrize("number", [0, -1, 10**6])
def test_a_line_whose_number_would_count_for_ever_is_refused(
    kept: Vault, clock: FixedClock, number: int
) -> None:
    slip_in(kept, a_line(author_of(kept.path, "irem"), number))
    assert said(told(kept, clock)) == [("derya", "journal.refused", "1")]


def test_its_own_backup_is_told_before_it_has_a_passphrase_of_its_own(
    vault: Vault, clock: FixedClock, stick: Path
) -> None:
    users.add_user(vault, a_user("irem", role=Role.IT), HERS)
    vault.close()
    with Stewardship.open(vault.path, "irem", HERS, clock) as keeper:
        made = keeper.make_backup(stick)
        keeper.change_passphrase(HERS, "altı başka kelime burada duruyor yine")
    assert said(told(vault, clock)) == [("irem", "backup", made.name)]


@pytest.mark.parametrize(
    "at",
    [
        "yesterday", "", "2026-11-22", "2026-99-99T99:99:99+99:99", "2026-02-30T10:00:00+03:00",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "x" * 10**5,
    ],
)  # fmt: skip
def test_a_line_of_no_moment_is_refused_and_stops_nobody(
    kept: Vault, clock: FixedClock, at: str
) -> None:
    irem = author_of(kept.path, "irem")
    slip_in(kept, a_line(irem, number := next_number(kept), at=at), a_line(irem, number))
    assert said(told(kept, clock, "elif")) == [
        ("elif", "journal.refused", "1"), ("irem", "backup", "yedek.vault"),
    ]  # fmt: skip


@pytest.mark.parametrize("at", ["2031-01-01T10:00:00+03:00", "2020-01-01T10:00:00+03:00"])
def test_a_line_of_another_day_is_dated_where_the_log_stands(
    kept: Vault, clock: FixedClock, at: str
) -> None:
    """A clock that went wrong, or somebody who dates back: the log stays in its order."""
    clock.moment = datetime(2026, 11, 22, 12, 0, tzinfo=ISTANBUL)
    slip_in(kept, a_line(author_of(kept.path, "irem"), next_number(kept), at=at))
    (line,) = told(kept, clock)
    assert line.by == "irem"
    assert line.at == clock.moment


@pytest.mark.parametrize(
    "changes",
    [
        {"action": "break_glass", "subject": "2026/0123"},
        {"action": "user.add"},
        {"action": "sign_in", "subject": ""},
        {"action": journal.KEY_FILE_DROPPED, "subject": "somebody else"},
        {"subject": "x" * 201},
        {"subject": "yedek\n2026-11-22 derya"},
        {"subject": "\u202e"},
    ],
)
def test_it_tells_of_nothing_but_what_it_may_do(
    kept: Vault, clock: FixedClock, changes: dict[str, object]
) -> None:
    slip_in(kept, a_line(author_of(kept.path, "irem"), next_number(kept), **changes))
    assert said(told(kept, clock)) == [("derya", "journal.refused", "1")]


def test_nobody_writes_a_line_in_anothers_name(kept: Vault, clock: FixedClock) -> None:
    irem, elif_ = author_of(kept.path, "irem"), author_of(kept.path, "elif")
    number = next_number(kept)
    genuine = a_line(irem, number)
    slip_in(
        kept,
        a_line(elif_, number),
        a_line(replace(elif_, user_id=irem.user_id), number),
        replace(genuine, subject="baska.vault"),
        replace(genuine, number=number - 1),
        replace(genuine, at="2026-11-22T09:59:59+03:00"),
        replace(genuine, by=elif_.user_id),
        replace(genuine, signature=b""),
        a_line(replace(irem, vault_id="another vault"), number),
        a_line(replace(irem, user_id="nobody"), number),
    )
    refused = said(told(kept, clock))
    assert [each[:2] for each in refused] == [("derya", "journal.refused")]
    assert int(refused[0][2]) >= 8


@pytest.mark.parametrize(
    "written",
    ["null", "5", '"x"', "{}", "[]", '["x"]', "[1,2,3,4,5,6]", '["a","b","c","d",true,"00"]',
     '["a","b","c","d",1,"zz"]', '["\\ud800","b","backup","d",99,"00"]'],
)  # fmt: skip
def test_nonsense_in_its_place_is_refused_line_by_line(
    kept: Vault, clock: FixedClock, written: str
) -> None:
    genuine = a_line(author_of(kept.path, "irem"), number := next_number(kept))
    marked = Entry("", "", "mark", "", number)
    file = replace(slot_file_of(kept.path), journal=(marked, genuine))
    content = slot_files.encode(file, [])
    document = slot_files.json.loads(content)
    document["journal"][0] = slot_files.json.loads(written)
    mac = slots.keys.mac(slots.mac_key(kept._key), slots.canonical(_without_macs(document)))
    document["macs"] = [mac.hex()]
    for path in keys_of(kept.path):
        path.write_text(slot_files.json.dumps(document), encoding="utf-8")
    assert said(told(kept, clock, "elif")) == [
        ("elif", "journal.refused", "1"), ("irem", "backup", "yedek.vault"),
    ]  # fmt: skip


def _without_macs(document: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in document.items() if name != "macs"}
