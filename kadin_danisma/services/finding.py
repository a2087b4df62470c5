"""Finding a file before making a new one, and a record by its note; what was shown is logged."""

from collections.abc import Iterable
from dataclasses import replace

from kadin_danisma.domain import phone
from kadin_danisma.domain.checks import LONGEST_TEXT
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.likeness import compare, rank
from kadin_danisma.domain.records import (
    KIND_OF,
    Application,
    Client,
    Noted,
    Referral,
    Session,
    number_of,
)
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.snippet import snippet
from kadin_danisma.domain.text import fold_words
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import ClientLine, Duplicate, NoteLine, NotesFound
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.services import notes
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import Sight
from kadin_danisma.services.sightings import Sighting
from kadin_danisma.store import duplicates as likely
from kadin_danisma.store import note_index, overview
from kadin_danisma.store import search as index
from kadin_danisma.store.keyring import Secrets
from kadin_danisma.store.note_index import NoteIndex
from kadin_danisma.store.search import Fit


def search(desk: Desk, text: str, limit: int = 50) -> list[ClientLine]:
    """Return files of which every typed word begins some word of theirs (``isil`` finds Işıl).

    Names may be written together or apart. Behind them stand the files that sound like it, marked
    ``near``; where there is none of either, those a letter off or with a word less.
    A restricted file stands in no index: its circle finds it, because its few files are opened and
    compared at each search, and others by its number alone.
    """
    desk.require(Action.SEE_CLIENTS)
    # Nothing that is kept under a name is longer, so that more of it could not be found.
    text = text[:LONGEST_TEXT]
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        own: dict[Fit, list[ClientLine]] = {each: [] for each in Fit}
        for file in sight.own_files():
            if (fit := index.fit(file, text)) is not None:
                line = replace(sight.line_of(file.id), near=fit is not Fit.LETTERS)
                own[fit].append(line)
        found = _joined(own[Fit.LETTERS], index.find(db, text, limit, desk.today().year))
        if len(found) < limit:
            alike = [*own[Fit.SOUND], *index.find_near(db, text, limit, off=False)]
            found = _joined(found, alike)
        if not found:
            found = _joined(own[Fit.OFF], index.find_near(db, text, limit, off=True))
        found = [sight.client_line(line) for line in found[:limit]]
    _remember(desk, "search", (line.id for line in found), text)
    return found


def _joined(lines: list[ClientLine], others: Iterable[ClientLine]) -> list[ClientLine]:
    """Return lines with those of others that are not among them."""
    known = {line.id for line in lines}
    return lines + [line for line in others if line.id not in known]


def all_clients(desk: Desk, limit: int = 100, offset: int = 0) -> list[ClientLine]:
    """Return the files opened or changed last."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        found = [sight.client_line(line) for line in index.latest(db, limit, offset)]
    desk.listed("list.clients", (line.id for line in found))
    return found


def likely_duplicates(desk: Desk, client: Client) -> list[Duplicate]:
    """Return the files that may be the same woman's, the likeliest first.

    A restricted file is compared for its circle alone; to others not even its number is told.
    """
    desk.require(Action.SEE_CLIENTS)
    number = phone.stored_form(client.phone)
    # A longer name is kept nowhere; somebody may have pasted a whole letter into the field.
    client = replace(client, name=client.name[:LONGEST_TEXT])
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        hers = [
            Duplicate(sight.line_of(file.id), why, asks)
            for file in sight.own_files()
            for why, asks in (compare(client, file, number),)
            if why and file.id != client.id
        ]
        others = likely.likely_duplicates(db, client, number)
        found = hers + [replace(hit, line=sight.client_line(hit.line)) for hit in others]
    _remember(desk, "search.duplicates", (hit.line.id for hit in found))
    return sorted(found, key=lambda hit: rank(hit.likeness, asks=hit.asks))


def searchable_notes(desk: Desk) -> tuple[Discipline, ...]:
    """Return the disciplines in whose notes she can search; none where she reads no notes."""
    return tuple(each for each in Discipline if each in desk.vault.readable())


def search_notes(desk: Desk, text: str, progress: Progress, limit: int = 50) -> NotesFound:
    """Return the records in whose note every typed word begins a word, as far as she may read.

    That she searched is logged, how much was found, and whose notes were shown; what she looked
    for is not.

    Args:
        desk: Whose notes: those of the disciplines whose key she holds.
        text: What was typed.
        progress: Told how many new notes were opened for the search; cancels by raising.
        limit: How many lines at the most.

    Raises:
        NotAllowedError: She may read no notes at all.
    """
    desk.require(Action.SEE_CLIENTS)
    secrets = _readable(desk)
    words = tuple(dict.fromkeys(fold_words(text[:LONGEST_TEXT])))
    if not words:
        return NotesFound((), 0, searchable_notes(desk))
    hits: set[str] = set()
    torn = 0
    for discipline, secret in secrets.items():
        notes_of = NoteIndex(desk.vault, discipline, secret)
        notes_of.read()
        notes_of.complete(progress)
        hits |= notes_of.find(words)
        torn += len(notes_of.torn)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        hits |= note_index.find_apart(db, words, secrets, sight.keys)
        hits = overview.standing_noted(db, hits)
        lines = [
            _note_line(client and sight.record(client), notes.opened(desk, db, record), words)
            for record, client in overview.latest_noted(db, hits, limit)
            if client is None or sight.seal_of(client.id) is not Seal.CLOSED
        ]
    if torn:
        desk.note("notes.torn", str(torn))
    shown = {line.client_id for line in lines if line.client_id}
    desk.note("search.notes", str(len(hits)), shown)
    return NotesFound(tuple(lines), len(hits), searchable_notes(desk))


def _readable(desk: Desk) -> Secrets:
    """Return the keys of the notes to be searched: keys decide, the role is asked without one."""
    secrets = desk.vault.readable()
    if not secrets:
        desk.require(Action.READ_NOTES)
        raise NotAllowedError(_("You were not given the key of session notes yet."))
    return secrets


def _note_line(
    client: Client | None, found: notes.Opened[Noted], words: tuple[str, ...]
) -> NoteLine:
    record = found.record
    return NoteLine(
        KIND_OF[type(record)],
        record.id,
        client.id if client else None,
        client.file_no if client else "",
        client.name if client else "",
        "" if isinstance(record, Referral) else number_of(record),
        record.date,
        _about(record),
        snippet(record.note, words),
        found.trust or Trust.UNKNOWN,
    )


def _about(record: Noted) -> str:
    """Return the code that tells most of a record in one word."""
    match record:
        case Session():
            return record.service
        case Application():
            return record.channel
        case Referral():
            return record.institution


def _remember(desk: Desk, action: str, client_ids: Iterable[str], text: str = "") -> None:
    now = desk.clock.now()
    sighting = Sighting(action, frozenset(client_ids), now, text)
    desk.note_sighting(desk.sightings.found(sighting))
