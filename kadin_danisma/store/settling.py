"""What a sign-in puts in order before the work begins, and what of it the log shall say."""

from dataclasses import replace
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.auditing import NEW_PLACE
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.store import (
    anchor,
    audit,
    behind,
    keyring,
    meta,
    roster,
    sealing,
    slots,
    user_rows,
)
from kadin_danisma.store.carrying import LogLine, carry
from kadin_danisma.store.keyring import Grant
from kadin_danisma.store.opening import Probed, Unlocked
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.slots import FORMAT, Holding, Slot

#: IT lost the vault key that a slot of older days had given.
TAKEN = "key.taken"
#: What became of a change of the vault key that a crash broke off.
FINISHED = "key.rotate.finished"
UNDONE = "key.rotate.undone"


def settle_slots(db: Connection, book: SlotBook, unlocked: Unlocked) -> list[LogLine]:
    """Heal the key files, drop the slots of people who left, carry in what IT did beside the vault.

    A slot of an older format can be brought up by its person alone. An exchange of the vault key
    that a crash broke off is finished where the new file lies in its place, and undone elsewhere.
    """
    file = book.file
    mac_key = slots.mac_key(unlocked.key)
    lines = carry(db, file, roster.unseal(file.roster, mac_key, file.vault_id))
    if len(file.headers) > 1:
        file = file.settled(unlocked.place)
        lines.append(LogLine(FINISHED if unlocked.place else UNDONE, ""))
    book.take_up(unlocked.key, file)
    present = [
        _brought_up(book, unlocked) if slot.user_id == unlocked.slot.user_id else slot
        for slot in file.slots
    ]
    staying = [_kept_out(book, slot) for slot in present if user_rows.find_active(db, slot.user_id)]
    for slot in staying:
        before = unlocked.slots.slot_of_user(slot.user_id)
        if slot.holding is Holding.UPKEEP and before and before.holding is Holding.VAULT:
            meta.write(db, meta.ROTATION_DUE, "1")
            lines.append(LogLine(TAKEN, slot.user_id))
    if tuple(staying) != unlocked.slots.slots or file.journal or file != unlocked.slots:
        book.write(db, replace(file.with_slots(staying), journal=()))
    elif not unlocked.healthy:
        book.write_files(book.file)
    return lines


def _kept_out(book: SlotBook, slot: Slot) -> Slot:
    """Return the slot of IT without the vault key, and every other one as it is."""
    held = slot.holding is Holding.VAULT and slot.format == FORMAT
    return book.filled(slot) if held and slot.role is Role.IT else slot


def settle_keyring(db: Connection, user: User, private: bytes, grant: Grant) -> list[LogLine]:
    """Note the key pair of whoever signs in and give her what waited for her to come."""
    keyring.enrol(db, user.id, private)
    return [LogLine("key.grant", f"{each} {user.id}") for each in keyring.claim(db, user, grant)]


def arrival(db: Connection, path: Path, unlocked: Unlocked, probed: Probed) -> list[LogLine]:
    """Return what the log says of a sign-in."""
    exchanged = len(unlocked.slots.headers) > 1
    header = unlocked.slots.headers[unlocked.place]
    found = []
    if behind.notice(db, header, rolled_back=probed.accepted, exchanged=exchanged):
        found.append(LogLine("report.unknown", ""))
    if probed.accepted:
        standing = _standing(db, path, unlocked)
        return [*found, LogLine("rollback.accepted", standing), LogLine("sign_in", "")]
    if not probed.anchor:
        found.append(LogLine("anchor.missing", ""))
    if probed.swapped:
        found.append(LogLine("anchor.other", ""))
    return [*found, LogLine("sign_in", "" if probed.known_here else NEW_PLACE)]


def _brought_up(book: SlotBook, unlocked: Unlocked) -> Slot:
    """Return the slot of whoever signs in, in today's format."""
    if unlocked.slot.format == FORMAT:
        return book.mine
    book.private = unlocked.private or sealing.new_private()
    bare = unlocked.slot.filled(book.file.vault_id, unlocked.slot_key, book.private)
    return book.filled(bare)


def _standing(db: Connection, path: Path, unlocked: Unlocked) -> str:
    """Return the last line of the log and the last that was anchored: ``412 / 430``."""
    vault_id = unlocked.slots.vault_id
    here = SecondAnchor(path, audit.key_of(db, unlocked.key), vault_id).read()
    known = [each.last.seq for each in (anchor.read(path, unlocked.key, vault_id), here) if each]
    return f"{audit.last(db).seq} / {max(known, default=0)}"
