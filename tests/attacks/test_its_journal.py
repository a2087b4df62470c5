"""The journal beside the vault, written by IT and by whoever else has its key."""

import time
from dataclasses import replace
from datetime import datetime

import pytest

from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.store import carrying, signing
from kadin_danisma.store.journal import KEY_FILE_USED, Entry
from tests.attacks.centre import Centre
from tests.attacks.conftest import Holds, always
from tests.attacks.raw_files import AT, insider

LATE = "2026-11-22T23:55:00+03:00"
FORGED: dict[str, dict[str, object]] = {
    "a colleague broke the glass at night": {
        "by": "derya", "action": "seal.break", "subject": "2026/0001", "at": LATE,
    },
    "a colleague made a backup": {"by": "derya"},
    "a colleague who waits made a backup": {"by": "yeni"},
    "nobody made a backup": {"by": "yok"},
    "the recovery code made a backup": {"by": "recovery"},
    "she looked at a file": {"action": "client.view", "subject": "2026/0001"},
    "she signed in": {"action": "sign_in"},
    "she removed somebody": {"action": "user.remove", "subject": "derya"},
    "a colleague took up a key file": {"action": KEY_FILE_USED, "subject": "derya"},
    "it was yesterday": {"at": "yesterday"},
    "it was no day": {"at": "2026-13-45T99:00:00+03:00"},
    "it was in digits of another script": {"at": "٢٠٢٦-11-22T10:00:00+03:00"},
    "it was long ago": {"at": "0001-01-01T00:00:00+03:00"},
    "a name of many lines": {"subject": "yedek\nBAŞKA SATIR"},
    "a name that turns the line": {"subject": "yedek\u202e.vault"},
    "a name without end": {"subject": "y" * 100_000},
    "it has no number": {"number": 0},
    "it has a number of before nought": {"number": -5},
    "it has a number of years ahead": {"number": 1 << 40},
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_no_line_says_what_it_did_not_do(holds: Holds, how: str) -> None:
    def attack(centre: Centre) -> bool:
        it = insider(centre, "bilgi")
        changes = dict(FORGED[how])
        by = str(changes.pop("by", "bilgi"))
        if changes.get("subject") == "derya":
            changes["subject"] = centre.ids["derya"]
        line = it.notes(by=centre.ids.get(by, by), **changes)
        it.writes(journal=(line,))
        before = {"seal.break", "client.view", "user.remove", KEY_FILE_USED, "backup"}
        try:
            said = [each for each in centre.log() if each[1] in before | {"sign_in"}]
        except (ValueError, KeyError):
            # A raw fault at everybody's sign-in.
            return True
        return bool([e for e in said if e[1] != "sign_in" and line.subject in e[2]]) or (
            how == "she signed in" and ("bilgi", "sign_in", line.subject) in said
        )

    def as_it_was(db: object, file: object, roster: object, now: datetime) -> object:
        """Take every line into the log, as it was before they were signed."""
        return [
            carrying.LogLine(
                each.action,
                each.subject,
                roster.members[each.by].user,  # type: ignore[attr-defined]
                datetime.fromisoformat(each.at),
            )
            for each in file.journal  # type: ignore[attr-defined]
        ]

    from kadin_danisma.store import settling

    centre = holds(attack, (settling, "carry_journal", as_it_was))
    assert [(a, s) for _b, a, s in centre.log() if a == "journal.refused"] == [
        ("journal.refused", "1")
    ]
    assert len(centre.told()) == 1


def test_a_line_of_hers_stands_once_however_often_it_is_put_back(centre: Centre) -> None:
    it = insider(centre, "bilgi")
    line = it.notes()
    for _time in range(3):
        it = insider(centre, "bilgi")
        it.writes(journal=(line, line))
        centre.works("derya")
    assert [s for _b, a, s in centre.log() if a == "backup"].count(line.subject) <= 2


def test_a_line_that_waits_signed_by_somebody_else_is_not_hers(holds: Holds) -> None:
    def attack(centre: Centre) -> bool:
        lawyer = insider(centre, "avukat")
        lawyer.writes(journal=(lawyer.notes(by=centre.ids["bilgi"]),))
        return "backup" in [action for _by, action, _on in centre.log()]

    holds(attack, (signing, "is_signed", always))


@pytest.mark.parametrize(
    "said", [0, None, [], {}, "x", ["a"], [1, 2, 3, 4, 5, 6], [AT] * 5 + ["zz"]]
)
def test_what_is_no_line_at_all_stops_nobody(centre: Centre, said: object) -> None:
    import json

    from kadin_danisma.store import keys, slot_files
    from kadin_danisma.store.slots import canonical

    it = insider(centre, "bilgi")
    it.writes()
    content = json.loads(slot_files.read_copies(centre.path)[0])
    content.pop("macs")
    content["journal"] = [said, said]
    seal = keys.mac(it.mac_key, canonical(content)).hex()
    it.puts(json.dumps(content | {"macs": [seal]}).encode())
    assert centre.gets_in("avukat")
    assert ("journal.refused", "2") in [line[1:] for line in centre.log()]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["empty", "badly signed"])
def test_a_hundred_thousand_lines_are_counted_and_cost_no_more_than_a_moment(
    centre: Centre, kind: str
) -> None:
    from kadin_danisma.store import slot_files

    it = insider(centre, "bilgi")
    bad = Entry(AT, it.id, "backup", "y", 1 << 40, bytes(64))
    lines = 100_000 if kind == "empty" else 12_000
    line = (
        replace(bad, by="", at="", action="", subject="", signature=b"") if kind == "empty" else bad
    )
    it.writes(journal=(line,) * lines)
    size = slot_files.paths(centre.path)[0].stat().st_size
    compact = slot_files.paths(centre.path)[0].read_bytes()
    import json

    it.puts(json.dumps(json.loads(compact), separators=(",", ":")).encode())
    began = time.monotonic()
    assert centre.gets_in("avukat"), size
    assert time.monotonic() - began < 20
    assert ("journal.refused", str(lines)) in [line[1:] for line in centre.log()]
    assert len(centre.told()) == 1


def test_a_reset_dated_back_takes_no_signature_away(holds: Holds) -> None:
    from kadin_danisma.store.identity import NO_KEYS
    from kadin_danisma.store.roster.chain import Roster
    from kadin_danisma.store.roster.statement import State

    def attack(centre: Centre) -> bool:
        with centre.at("avukat") as desk:
            author = desk.vault.author
            noted = datetime(2026, 11, 22, 9, 59, tzinfo=ISTANBUL).isoformat()
            signature = author.sign("note", noted, "x")
        it = insider(centre, "bilgi")
        reset = it.roster.members[author.user_id].now(
            state=State.WAITING, public=NO_KEYS, own=False
        )
        it.states(reset, at="2000-01-01T00:00:00+03:00")
        with centre.at("derya") as desk:
            roster = desk.vault.roster
            assert roster.members[author.user_id] == reset
            return not roster.wrote(author.user_id, noted, signature, "note", noted, "x")

    holds(attack, (Roster, "_end_by", lambda _roster, statement: statement.at))
