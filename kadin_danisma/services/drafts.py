"""What whoever is signed in typed and did not save: kept for her alone, until she says otherwise.

Nothing of it is written into the log: it is no record yet, and it is kept every few seconds.
"""

from collections.abc import Iterator
from dataclasses import replace

from kadin_danisma.domain.circle import Seal, file_of
from kadin_danisma.domain.drafts import Draft, from_before
from kadin_danisma.domain.records import KIND_OF, Record
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import drafts, preferences, records
from kadin_danisma.store.rows import Connection

#: Where a program from before decision 0039 kept what stood open at the lock.
_FORMER = ("draft.application", "draft.form")


def keep(desk: Desk, draft: Draft) -> None:
    """Keep what stands in a form; when this returns, it has reached the disk.

    Raises:
        KnownError: The disk is full, or the medium cannot be written.
    """
    with desk.vault.write() as db:
        drafts.put(db, desk.vault.drafts, draft.id, draft.as_text())


def kept(desk: Desk) -> list[Draft]:
    """Return what she left unfinished, the latest first; nothing where nothing can be written."""
    if desk.vault.read_only:
        return []
    _bring_over(desk)
    with desk.vault.read() as db:
        texts = drafts.all_of(db, desk.vault.drafts)
        sight = Sight(desk, db)
        found = [
            _placed(db, sight, draft)
            for draft in map(Draft.from_text, texts.values())
            if draft is not None
        ]
    return sorted(found, key=lambda draft: str(draft.begun_at or ""), reverse=True)


def waits(desk: Desk, draft: Draft) -> bool:
    """Tell whether what she typed waits: about a record of a file that is closed to her meanwhile.

    It stays hers and is kept, and nothing of the file is shown for it. Once she is let in it can be
    gone on with; until then it can only be thrown away.
    """
    if not draft.record_id:
        return False
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        files: set[str | None] = {draft.client_id or None}
        files.update(map(file_of, _records_of(db, draft)))
        return any(sight.seal_of(file) is Seal.CLOSED for file in files)


def _placed(db: Connection, sight: Sight, draft: Draft) -> Draft:
    """Return a draft with the file in which its record stands now: it may have been moved.

    Into a file that is closed to her it does not follow: that would tell her where it went.
    """
    for record in _records_of(db, draft):
        file = file_of(record)
        if sight.seal_of(file) is not Seal.CLOSED:
            return replace(draft, client_id=file or "")
    return draft


def _records_of(db: Connection, draft: Draft) -> Iterator[Record]:
    """Return the record a draft is about, if there is one; it may have been withdrawn."""
    for kind in KIND_OF if draft.record_id else ():
        record: Record | None = records.get(db, kind, draft.record_id, withdrawn=True)
        if record is not None:
            yield record


def throw_away(desk: Desk, draft_id: str) -> None:
    """Take a draft away for good: she said so, or nothing is left in the form."""
    with desk.vault.write() as db:
        drafts.drop(db, desk.user.id, draft_id)


def _bring_over(desk: Desk) -> None:
    """Keep what a former program kept at the lock, as everything is kept now."""
    with desk.vault.read() as db:
        former = _former(desk, db)
    if not former:
        return
    with desk.vault.write() as db:
        said = [desk.vault.open_own(former.get(key, "")) for key in _FORMER]
        for draft in from_before(*said):
            drafts.put(db, desk.vault.drafts, draft.id, draft.as_text())
        for key in former:
            preferences.drop(db, desk.user.id, key)


def _former(desk: Desk, db: Connection) -> dict[str, str]:
    held = preferences.of_user(db, desk.user.id)
    return {key: held[key] for key in _FORMER if key in held}
