"""Invented people and records: each builder makes one that keeps the rules; name what matters."""

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role

PASSPHRASE = "sarı kedi yavaş yavaş uyandı"


def a_user(name: str = "derya", *, title: str = "Derya A.", role: Role = Role.COORDINATOR) -> User:
    """Return a member of staff, a coordinator unless said otherwise."""
    return User(name=name, title=title, role=role)
