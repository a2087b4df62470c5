"""Finding a file before making a new one."""

from kadin_danisma.domain import phone
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ClientLine, Duplicate
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import search as index


def search(desk: Desk, text: str, limit: int = 50) -> list[ClientLine]:
    """Return files of which every typed word begins some word of theirs (``isil`` finds Işıl)."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        return index.find(db, text, limit)


def all_clients(desk: Desk, limit: int = 100, offset: int = 0) -> list[ClientLine]:
    """Return the files opened or changed last."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        return index.latest(db, limit, offset)


def likely_duplicates(desk: Desk, client: Client) -> list[Duplicate]:
    """Return the files that may be the same woman's, the likeliest first."""
    desk.require(Action.SEE_CLIENTS)
    number = phone.normalise(client.phone)
    with desk.vault.read() as db:
        return index.likely_duplicates(db, client, number)
