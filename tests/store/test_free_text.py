"""Every column for text has a verdict: who may read it (docs/decisions/0020)."""

import re

import pytest

from kadin_danisma.store.vault import Vault

#: Text that people type or that names them, and that is open to whoever may see its record.
OPEN = {
    "client": {
        "file_no", "name", "kimlik_no", "phone", "call_hours", "must_not_know", "may_collect",
        "safety_note",
    },
    "client_token": {"token", "words"},
    "application": {"number"},
    "session": {"number", "counsellor"},
    "playroom_visit": {"child", "may_collect", "collected_by"},
    # The folded name of a child; of a restricted file it stands under the seal of the file.
    "child_code": {"name"},
    "training": {"topic", "audience"},
    # What is written beside a withdrawal; of a session it is sealed to its discipline, of a
    # restricted file to the circle.
    "withdrawal": {"why"},
    "history": {"old", "new"},
    "user": {"name", "folded", "title"},
    "audit": {"user_name", "subject"},
    "meta": {"value"},
    "publication": {"number", "report"},
    # Who is who, signed: names and titles as the table user has them.
    "roster": {"said"},
    # What a program before drafts kept at the lock is sealed to its author.
    "preference": {"value"},
}  # fmt: skip
#: Keys of lists: what can stand in them is known beforehand.
CODED = {
    "client": {
        "legal_status", "marital", "education", "employment", "income", "social_security",
        "district", "heard_from", "may_call", "may_leave_message", "withdrawn",
    },
    "application": {"channel", "applicant_role", "withdrawn"},
    "application_code": {"list", "code"},
    "session": {"service", "channel", "outcome", "withdrawn"},
    "playroom_visit": {"sex", "withdrawn"},
    "training": {"withdrawn"},
    "referral": {"institution", "method", "consent", "outcome", "withdrawn"},
    "user": {"role"},
    # What bears a line out: numbers, keys, signatures and identities.
    "audit": {"action", "evidence"},
    # Whose restricted file: an identity.
    "sealed_note": {"circle"},
    "shared_note": {"circle"},
    "history": {"field"},
    "meta": {"key"},
    "preference": {"key"},
    "publication": {"period"},
    "publication_file": {"number", "format"},
    "frozen_month": {"month"},
    # The slots as they stand in the key file, where nobody's name is readable.
    "slot_copy": {"said"},
    # Drawn by chance.
    "child_code": {"code"},
}  # fmt: skip
#: Identities, moments, days and the like, in every table.
_PLAIN = re.compile(
    r"(\w+_)?id|(\w+_)?at|\w+_(by|date)|by|date|time(_in|_out)?|report_month|kind|discipline"
)


def text_columns(vault: Vault) -> set[tuple[str, str]]:
    """Return every column for text that is not plainly an identity, a moment or a kind."""
    with vault.read() as db:
        tables = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        return {
            (table, column[1])
            for table in tables
            for column in db.execute(f"PRAGMA table_info({table})")
            if column[2] == "TEXT" and not _is_plain(column[1])
        }


def _is_plain(column: str) -> bool:
    return _PLAIN.fullmatch(column) is not None and column != "collected_by"


def listed(verdicts: dict[str, set[str]]) -> set[tuple[str, str]]:
    return {(table, column) for table, columns in verdicts.items() for column in columns}


def test_every_column_for_text_has_one_verdict(vault: Vault) -> None:
    assert text_columns(vault) == listed(OPEN) | listed(CODED)
    assert not listed(OPEN) & listed(CODED)


@pytest.mark.parametrize("column", ["note", "legal_note", "plan", "text", "collected_by"])
def test_a_new_column_for_text_is_found(column: str) -> None:
    assert not _is_plain(column)


def test_what_was_said_has_no_column_in_the_open(vault: Vault) -> None:
    names = {column for _table, column in text_columns(vault)}
    assert not names & {"note", "notes", "plan", "text", "statement", "petition"}
