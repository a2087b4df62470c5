"""Finding a file before making a new one; who was shown which files stands in the log."""

from collections.abc import Iterable

from kadin_danisma.domain import phone
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ClientLine, Duplicate
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import Sight
from kadin_danisma.services.sightings import Sighting
from kadin_danisma.store import search as index


def search(desk: Desk, text: str, limit: int = 50) -> list[ClientLine]:
    """Return files of which every typed word begins some word of theirs (``isil`` finds Işıl).

    A restricted file stands in no index: its circle finds it, because its few files are opened and
    compared at each search, and others by its number alone.
    """
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        hers = [sight.line_of(file.id) for file in sight.own_files() if index.matches(file, text)]
        known = {line.id for line in hers}
        others = [sight.client_line(line) for line in index.find(db, text, limit)]
    found = [*hers, *(line for line in others if line.id not in known)][:limit]
    _remember(desk, "search", (line.id for line in found), text)
    return found


def all_clients(desk: Desk, limit: int = 100, offset: int = 0) -> list[ClientLine]:
    """Return the files opened or changed last."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        found = [sight.client_line(line) for line in index.latest(db, limit, offset)]
    desk.listed("list.clients", (line.id for line in found))
    return found


def likely_duplicates(desk: Desk, client: Client) -> list[Duplicate]:
    """Return the files that may be the same woman's, the likeliest first."""
    desk.require(Action.SEE_CLIENTS)
    number = phone.normalise(client.phone)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        hers = [
            Duplicate(sight.line_of(file.id), why)
            for file in sight.own_files()
            if file.id != client.id and (why := index.likeness_of(client, file, number))
        ]
        found = hers + index.likely_duplicates(db, client, number)
    _remember(desk, "search.duplicates", (hit.line.id for hit in found))
    return sorted(found, key=lambda hit: -len(hit.likeness))


def _remember(desk: Desk, action: str, client_ids: Iterable[str], text: str = "") -> None:
    now = desk.clock.now()
    sighting = Sighting(action, frozenset(client_ids), now, text)
    desk.note_sighting(desk.sightings.found(sighting))
