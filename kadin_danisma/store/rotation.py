"""Exchanging the key of the vault: a copy under a new key takes the place of the file.

Docs/decisions/0017. The old file is not touched until the new one is whole and checked. Before the
one takes the place of the other, the key files are written for both: whichever lies there after a
kill or a power cut, everybody who remains gets in, and the next sign-in ends what was begun.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.store import anchor, audit, keys, meta, slot_copies, slot_files, slots
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.audit import Line
from kadin_danisma.store.connection import Mode, connected, transaction
from kadin_danisma.store.copies import beginning, copy_pages, findings, row_counts
from kadin_danisma.store.failures import SpoiledCopyError, known_faults
from kadin_danisma.store.files import beside, create_private, sync_file
from kadin_danisma.store.open_file import OpenFile
from kadin_danisma.store.roster import envelope
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.slots import Slot, SlotFile


@dataclass(frozen=True, slots=True)
class NewFile:
    """The copy that is to take the place of the vault file."""

    part: Path
    key: bytes
    header: bytes
    #: The slots of everybody who remains, with what each holds of both files.
    slots: tuple[Slot, ...]
    #: The end of its log.
    last: Line


def undone_words() -> str:
    """Return what is said once after an exchange that a crash broke off."""
    return _(
        "The change of the vault key was interrupted and was undone. Nothing was lost, and the "
        "old key is in use again. Please start the change once more."
    )


def write_new_file(
    db: Connection,
    vault: Path,
    old_key: bytes,
    book: SlotBook,
    log: Callable[[Connection], None],
    progress: Progress | None,
) -> NewFile:
    """Write the vault once more under a new key and check it; the vault itself stays as it is.

    Args:
        db: The open vault.
        vault: Its file.
        old_key: Its key.
        book: Its slots.
        log: Writes the line of the log that tells of the exchange.
        progress: Told (pages done, pages in all); cancels by raising.

    Raises:
        KnownError: The copy could not be written and checked.
    """
    part, key = beside(vault, ".part"), keys.new_vault_key()
    part.unlink(missing_ok=True)
    try:
        create_private(part)
        with connected(part, key, Mode.COPY) as copy:
            copy_pages(db, copy, progress)
            if row_counts(copy) != row_counts(db):
                raise SpoiledCopyError
            header = beginning(part)
            made = _for_both(book, [(old_key, book.file.headers[0]), (key, header)])
            with transaction(copy):
                meta.write(copy, meta.KEYS_GENERATION, str(book.file.generation + 1))
                meta.write(copy, meta.ROTATION_DUE, "")
                # From its first moment in place it says that it is at home, and is no copy; and
                # what it remembers of the slots fits what they hold of it.
                meta.write(copy, meta.OWN_FILE, header.hex())
                both = replace(book.file, headers=(book.file.headers[0], header), slots=made)
                slot_copies.write(copy, both.settled(1))
                log(copy)
        sync_file(part)
        with connected(part, key, Mode.STILL) as copy:
            if findings(copy):
                raise SpoiledCopyError
            return NewFile(part, key, header, made, audit.last(copy))
    except BaseException:
        for leftover in (part, beside(part, "-journal")):
            leftover.unlink(missing_ok=True)
        raise


def put_in_place(file: OpenFile, book: SlotBook, new: NewFile) -> SlotFile:
    """Let the new file take the place of the old one; key files and anchor fit both meanwhile.

    Returns:
        What the key files say now: of both files.

    Raises:
        KnownError: The disk fails. The old file stays in use if the new one has not its place yet.
    """
    old_key = file.key
    try:
        both = _announce(file.db, file.path, book, old_key, new)
        file.exchange(new.part, new.key)
    except BaseException:
        if file.key == old_key:
            _take_back(book, new)
        raise
    book.take_up(new.key, both)
    return both


def _announce(
    db: Connection, vault: Path, book: SlotBook, old_key: bytes, new: NewFile
) -> SlotFile:
    """Write anchor and key files so that they fit the vault as it is and as it will be.

    Returns:
        What the key files say now.
    """
    file = book.file
    root = book.roster.root
    present = Anchor(file.vault_id, file.headers[0], audit.last(db), root=root)
    coming = Anchor(file.vault_id, new.header, new.last, root=root)
    anchor.write_both(vault, (present, old_key), (coming, new.key))
    # The chain is sealed under the key to come: whoever holds that of one file holds both.
    chain = envelope.seal(book.roster.statements, slots.mac_key(new.key), file.vault_id)
    headers = (file.headers[0], new.header)
    dual = replace(file.with_slots(new.slots), headers=headers, roster=chain)
    slot_files.write(vault, dual, [slots.mac_key(key) for key in (old_key, new.key)])
    return dual


def _take_back(book: SlotBook, new: NewFile) -> None:
    """Take the copy away that did not get its place, and let the key files fit the vault alone.

    What fails here is done by the next sign-in.
    """
    with suppress(KnownError), known_faults():
        new.part.unlink(missing_ok=True)
        book.write_files(book.file)


def _for_both(book: SlotBook, both: list[tuple[bytes, bytes]]) -> tuple[Slot, ...]:
    """Return the slots of everybody who remains, with what each holds of both files by the roster.

    Args:
        book: The slots as they are.
        both: The keys of the two files, and with what each begins.
    """
    made = []
    for slot in filter(book.is_hers, book.file.slots):
        holding = book.holding_of(slot)
        held = [slots.share(holding, key, header) for key, header in both]
        made.append(slot.holds(book.file.vault_id, holding, held))
    return tuple(made)
