"""What a sign-in puts in order before the work begins, and what of it the log shall say."""

from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.auditing import NEW_PLACE
from kadin_danisma.domain.records import User
from kadin_danisma.store import anchor, audit, keyring, rotation, sealing, user_rows
from kadin_danisma.store.keyring import Grant
from kadin_danisma.store.opening import Probed, Unlocked
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.slots import FORMAT, Slot

#: What was done, and to what.
LogLine = tuple[str, str]


def settle_slots(db: Connection, book: SlotBook, unlocked: Unlocked) -> list[LogLine]:
    """Heal the key files, drop the slots of people who left, bring up that of whoever signs in.

    A slot of an older format can be brought up by its person alone. An exchange of the vault key
    that a crash broke off is finished where the new file lies in its place, and undone elsewhere.
    """
    if len(unlocked.slots.headers) > 1:
        book.write(db, book.file.settled(unlocked.place))
        return [(rotation.FINISHED if unlocked.place else rotation.UNDONE, "")]
    mine = _brought_up(book, unlocked)
    present = [mine if slot == unlocked.slot else slot for slot in book.file.slots]
    staying = [slot for slot in present if user_rows.find_active(db, slot.user_id)]
    if tuple(staying) != book.file.slots:
        book.write(db, book.file.with_slots(staying))
    elif not unlocked.healthy:
        book.write_files(book.file)
    return []


def settle_keyring(db: Connection, user: User, private: bytes, grant: Grant) -> list[LogLine]:
    """Note the key pair of whoever signs in and give her what waited for her to come."""
    keyring.enrol(db, user.id, private)
    return [("key.grant", f"{each} {user.id}") for each in keyring.claim(db, user, grant)]


def arrival(db: Connection, path: Path, unlocked: Unlocked, probed: Probed) -> list[LogLine]:
    """Return what the log says of a sign-in."""
    if probed.accepted:
        return [("rollback.accepted", _standing(db, path, unlocked)), ("sign_in", "")]
    found: list[LogLine] = [] if probed.anchor else [("anchor.missing", "")]
    if probed.swapped:
        found.append(("anchor.other", ""))
    return [*found, ("sign_in", "" if probed.known_here else NEW_PLACE)]


def _brought_up(book: SlotBook, unlocked: Unlocked) -> Slot:
    """Return the slot of whoever signs in, in today's format."""
    if unlocked.slot.format == FORMAT:
        return unlocked.slot
    book.private = unlocked.private or sealing.new_private()
    bare = unlocked.slot.filled(book.file.vault_id, unlocked.slot_key, book.private)
    return book.filled(bare)


def _standing(db: Connection, path: Path, unlocked: Unlocked) -> str:
    """Return the last line of the log and the last that was anchored: ``412 / 430``."""
    vault_id = unlocked.slots.vault_id
    here = SecondAnchor(path, audit.key_of(db, unlocked.key), vault_id).read()
    known = [each.last.seq for each in (anchor.read(path, unlocked.key, vault_id), here) if each]
    return f"{audit.last(db).seq} / {max(known, default=0)}"
