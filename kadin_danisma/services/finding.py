"""Finding a file before making a new one; who was shown which files stands in the log."""

from collections.abc import Iterable

from kadin_danisma.domain import phone
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ClientLine, Duplicate
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sightings import Sighting
from kadin_danisma.store import search as index


def search(desk: Desk, text: str, limit: int = 50) -> list[ClientLine]:
    """Return files of which every typed word begins some word of theirs (``isil`` finds Işıl)."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        found = index.find(db, text, limit)
    _remember(desk, "search", (line.id for line in found), text)
    return found


def all_clients(desk: Desk, limit: int = 100, offset: int = 0) -> list[ClientLine]:
    """Return the files opened or changed last."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        found = index.latest(db, limit, offset)
    desk.listed("list.clients", (line.id for line in found))
    return found


def likely_duplicates(desk: Desk, client: Client) -> list[Duplicate]:
    """Return the files that may be the same woman's, the likeliest first."""
    desk.require(Action.SEE_CLIENTS)
    number = phone.normalise(client.phone)
    with desk.vault.read() as db:
        found = index.likely_duplicates(db, client, number)
    _remember(desk, "search.duplicates", (hit.line.id for hit in found))
    return found


def _remember(desk: Desk, action: str, client_ids: Iterable[str], text: str = "") -> None:
    now = desk.clock.now()
    sighting = Sighting(action, frozenset(client_ids), now, text)
    desk.note_sighting(desk.sightings.found(sighting))
