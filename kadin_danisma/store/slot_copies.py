"""The slots once more, inside the vault: what somebody takes out of the key file is put back."""

import json
from contextlib import suppress
from dataclasses import replace

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import migrate, slot_files
from kadin_danisma.store.roster import table
from kadin_danisma.store.slots import UNSIGNED, Holding, Slot, SlotFile


def write(db: Connection, file: SlotFile) -> None:
    """Remember the slots of a key file, in the transaction that writes it."""
    if migrate.version(db) < table.SCHEMA:
        return
    db.execute("DELETE FROM slot_copy")
    db.executemany(
        "INSERT OR REPLACE INTO slot_copy (user_id, said) VALUES (?, ?)",
        [(slot.user_id, json.dumps(slot_files.slot_to_json(slot))) for slot in file.slots],
    )


def is_changed(slot: Slot, copy: Slot) -> bool:
    """Tell whether somebody wrote another content into a slot whose person keeps her keys.

    Args:
        slot: The slot in the key file.
        copy: What the vault remembers of it.
    """
    if slot.format == UNSIGNED != copy.format:
        # Nothing leads back to the format before: it opens for nobody, whatever key it names.
        return True
    if slot.public != copy.public:
        return False
    one, other = (replace(each, former=b"") for each in (slot, copy))
    if slot.holding is Holding.UPKEEP:
        # Each copy of the vault has pages, and so boxes, of its own.
        one, other = replace(one, boxes=()), replace(other, boxes=())
    return one != other


def read(db: Connection) -> dict[str, Slot]:
    """Return the slots that are remembered, by their people; one that cannot be read is none."""
    found = {}
    for user_id, said in db.execute("SELECT user_id, said FROM slot_copy"):
        with suppress(ValueError, KeyError, TypeError):
            found[user_id] = slot_files.slot_from_json(json.loads(said))
    return found
