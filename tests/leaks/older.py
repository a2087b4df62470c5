"""A session as the program before the wall wrote it: its note in plain text, and an earlier one."""

from sqlcipher3.dbapi2 import Connection

from tests.leaks.markers import marker

_WHEN = "2026-02-06T10:00:00+03:00"
_CODED = (
    "legal_status", "marital", "education", "employment", "income", "social_security", "district",
    "heard_from", "may_call", "may_leave_message",
)  # fmt: skip
_EMPTY = ("name", "kimlik_no", "phone", "call_hours", "must_not_know", "may_collect", "safety_note")


def write_plain_notes(db: Connection) -> None:
    """Write a file, a session with a note, and what the note said before."""
    _insert(
        db,
        "client",
        {"id": "c", "file_no": marker("older vault.file_no")}
        | dict.fromkeys(_CODED, "not_asked")
        | dict.fromkeys(_EMPTY, ""),
    )
    _insert(
        db,
        "session",
        {
            "id": "s", "revision": "2", "report_month": "2026-02", "number": "G-0",
            "client_id": "c",
            "date": "2026-02-06", "service": "legal", "channel": "phone", "counsellor": "",
            "outcome": "completed", "note": marker("older vault.note"),
        },
    )  # fmt: skip
    db.execute(
        "INSERT INTO history (kind, record_id, revision, at, by, field, old, new)"
        " VALUES ('session', 's', 2, ?, '', 'note', ?, ?)",
        (_WHEN, marker("older vault.history"), marker("older vault.note")),
    )


def _insert(db: Connection, table: str, values: dict[str, str]) -> None:
    row = {"revision": 1, "entered_at": _WHEN, "changed_at": _WHEN, "changed_by": ""} | values
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)
