"""Invented people and records: each builder makes one that keeps the rules; name what matters."""

from datetime import date, time
from typing import Any

from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Referral,
    Session,
    Training,
    User,
    new_id,
)
from kadin_danisma.domain.role import Role
from kadin_danisma.store.vault import Vault

PASSPHRASE = "sarı kedi yavaş yavaş uyandı"


def a_user(name: str = "derya", *, title: str = "Derya A.", role: Role = Role.COORDINATOR) -> User:
    """Return a member of staff, a coordinator unless said otherwise."""
    return User(name=name, title=title, role=role)


def a_client(file_no: str = "2026/0001", **named: Any) -> Client:
    """Return a file."""
    return Client(**{"file_no": file_no, "name": "Işıl Yıldız"} | named)


def an_application(client: Client | None = None, **named: Any) -> Application:
    """Return an application of a file, or a contact."""
    usual = {
        "number": f"B-{new_id()}",
        "client_id": client.id if client else None,
        "date": date(2026, 10, 5),
        "channel": "phone",
        "reasons": ("violence",),
    }
    return Application(**usual | named)


def a_session(client: Client, **named: Any) -> Session:
    """Return a completed session of a file."""
    usual = {
        "number": f"G-{new_id()}",
        "client_id": client.id,
        "date": date(2026, 10, 6),
        "service": "legal",
        "channel": "appointment",
        "minutes": 50,
    }
    return Session(**usual | named)


def a_visit(client: Client, **named: Any) -> PlayroomVisit:
    """Return a visit of a child who is still in."""
    usual = {
        "client_id": client.id,
        "child": "Efe",
        "birth_year": 2020,
        "date": date(2026, 11, 22),
        "time_in": time(9, 30),
        "may_collect": "anne",
    }
    return PlayroomVisit(**usual | named)


def a_referral(client: Client, **named: Any) -> Referral:
    """Return a referral that waits for an answer."""
    usual = {
        "client_id": client.id,
        "date": date(2026, 11, 2),
        "institution": "bar_legal_aid",
        "method": "letter",
        "consent": "yes",
    }
    return Referral(**usual | named)


def a_training(**named: Any) -> Training:
    """Return a training."""
    usual = {"date": date(2026, 10, 9), "topic": "6284 sayılı Kanun", "participants": 30}
    return Training(**usual | named)


def erase_files(vault: Vault) -> None:
    """Take every file and its records out of the vault, by hand."""
    tables = (
        "client_token", "sealed_note", "shared_note", "playroom_visit", "child_code", "referral",
        "session", "application", "client",
    )  # fmt: skip
    with vault.write() as db:
        for table in tables:
            db.execute(f"DELETE FROM {table}")
