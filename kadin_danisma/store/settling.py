"""What a sign-in puts in order before the work begins, and what of it the log shall say."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.auditing import NEW_PLACE
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.store import (
    anchor,
    audit,
    behind,
    circle_book,
    copied,
    founding_roster,
    identifying,
    keyring,
    log_signatures,
    meta,
    schema_objects,
    sealing,
    signing,
    slot_copies,
    vouching,
    withdrawal_book,
)
from kadin_danisma.store.carrying import LogLine, carry_journal, carry_statements
from kadin_danisma.store.failures import NoRosterYetError
from kadin_danisma.store.keyring import Grant
from kadin_danisma.store.probed import Probed
from kadin_danisma.store.roster import table
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import State
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.signing import Author
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.slots import FORMAT, Holding, Slot, SlotFile
from kadin_danisma.store.unlocking import Unlocked

#: What became of a change of the vault key that a crash broke off.
FINISHED = "key.rotate.finished"
UNDONE = "key.rotate.undone"
#: The roster was founded in a vault from before it.
FOUNDED = log_signatures.FOUNDED
#: A slot was not as the roster says, and was dropped.
SLOT_REFUSED = "slot.refused"
#: A slot was missing, and was put back from the vault.
SLOT_PUT_BACK = "slot.put_back"
#: The chain in the key file parted from that of the vault, which stands.
PARTED = "roster.parted"
#: A row about a person, or the key of a discipline, was not as the roster says.
ROWS_CHANGED = "roster.rows"


def settle_slots(
    db: Connection, book: SlotBook, unlocked: Unlocked, now: datetime
) -> list[LogLine]:
    """Bring vault, roster and key files level, and refuse what the roster does not bear out.

    What IT and waiting people said beside the vault is carried in, a slot that is not as the
    roster says is dropped, one that is missing is put back. An exchange of the vault key that a
    crash broke off is finished where the new file lies in its place, and undone elsewhere.
    """
    known = identifying.of_vault(db, book.file.vault_id, book.roster)
    lines, file = [], book.file
    if known.statements:
        if not unlocked.chain_holds or not book.roster.says_the_same(unlocked.roster):
            lines.append(LogLine(PARTED, ""))
        lines += carry_statements(db, book.roster, known, now)
        lines += carry_journal(db, file, book.roster, now)
        file = _signing(book, unlocked, file)
    else:
        if not book.roster.statements:
            file = founding_roster.found(db, book, unlocked)
        lines += _first_words(db, book)
    settled = len(file.headers) == 1
    if not settled:
        file = file.settled(unlocked.place)
        lines.append(LogLine(FINISHED if unlocked.place else UNDONE, ""))
    book.take_up(unlocked.key, file)
    staying, said = _staying(db, book, known if settled else None)
    lines += said
    if tuple(staying) != unlocked.slots.slots or file != unlocked.slots or lines:
        changed = book.write(db, file.with_slots(staying), book.roster)
        lines += [LogLine(ROWS_CHANGED, each) for each in changed]
    elif changed := table.differences(db, book.roster):
        table.write(db, book.roster)
        lines += [LogLine(ROWS_CHANGED, each) for each in changed]
    if not unlocked.healthy:
        book.write_files(book.file)
    return lines


def _first_words(db: Connection, book: SlotBook) -> list[LogLine]:
    """Let the founder of the roster sign for everything that was there before signatures.

    A crash may have kept the roster from the vault; the key file has it then, with nothing in it
    but what its founder said and IT beside the vault. Any other chain is none that is just made.

    Raises:
        NoRosterYetError: Somebody else comes in first.
    """
    statements, members = book.roster.statements, book.roster.members
    speakers = {each.by for each in statements if members[each.by].role is not Role.IT}
    if speakers != {book.author.user_id}:
        raise NoRosterYetError
    vouching.vouch(db, book.author)
    return [log_signatures.founding_line(db), *circle_book.founding_lines(db)]


def unsigned_lines(db: Connection, probed: Probed, user_id: str, planted: int) -> list[LogLine]:
    """Return what the log says of what nobody signed, as far as a sign-in looks back.

    Args:
        db: The vault, before anything is written.
        probed: What a look into it showed.
        user_id: Who signs in.
        planted: How many triggers, views and indexes were none of the schema's.
    """
    found = [LogLine(schema_objects.CHANGED, str(planted))] if planted else []
    if probed.version < audit.SIGNED_SINCE or not table.is_founded(db):
        return found
    anchored = probed.anchor.last.seq if probed.anchor else 0
    found += log_signatures.unsigned_lines(db, probed.roster, anchored, user_id)
    return found + withdrawal_book.unsigned_lines(db, probed.roster)


def tell(
    db: Connection,
    chain_key: bytes,
    lines: list[LogLine],
    user: User,
    author: Author,
    now: datetime,
) -> None:
    """Write lines into the log, signed by whoever signs in."""
    for line in lines:
        audit.add(
            db, chain_key, line.user or user, line.at or now, line.action, line.subject,
            line.files, author=author, evidence=line.evidence,
        )  # fmt: skip


def tidy_up(book: SlotBook) -> None:
    """Take out of the key files what the vault has now; until it had, a crash lost nothing."""
    if book.file.journal:
        book.write_files(replace(book.file, journal=()))
    book.forget_former()


def _staying(
    db: Connection, book: SlotBook, known: Roster | None
) -> tuple[list[Slot], list[LogLine]]:
    """Return the slots that are as the roster says, and what the log says of the others.

    Args:
        db: The vault.
        book: The key files.
        known: The roster as the vault had it: what the vault remembers of the slot of somebody of
            whom more was signed since, a crash left behind. None where the slots are those of two
            vault files, and comparable with nothing.
    """
    refused: set[str] = set()
    kept: dict[str, Slot] = {}
    copies = slot_copies.read(db)
    for slot in book.file.slots:
        member = book.roster.members.get(slot.user_id)
        if member and member.state is State.LEFT:
            continue
        copy = copies.get(slot.user_id)
        comparable = known is not None and known.members.get(slot.user_id) == member
        was_changed = comparable and copy is not None and slot_copies.is_changed(slot, copy)
        if slot.user_id in kept or was_changed or not book.is_hers(slot):
            # An id that nobody signed for is some stranger's text: it shall not stand in the log.
            refused.add(slot.user_id if member else "")
            # Nobody can tell what its boxes gave.
            meta.write(db, meta.ROTATION_DUE, "1")
        else:
            kept[slot.user_id] = _with_her_share(book, slot, copy)
    lines = [LogLine(SLOT_REFUSED, user_id) for user_id in sorted(refused)]
    for member in book.roster.members.values():
        copy = copies.get(member.id)
        missing = member.state is State.ACTIVE and member.id not in kept
        if missing and copy is not None and book.is_hers(copy):
            kept[member.id] = book.filled(copy, book.roster)
            lines.append(LogLine(SLOT_PUT_BACK, member.id))
    return list(kept.values()), lines


def _with_her_share(book: SlotBook, slot: Slot, copy: Slot | None) -> Slot:
    """Return a slot with what IT holds of this file, where the vault remembers another box.

    Each copy of the vault has pages of its own, and so another box (``slot_copies.is_changed``).
    """
    if slot.holding is not Holding.UPKEEP or (copy is not None and copy.boxes == slot.boxes):
        return slot
    return book.filled(slot, book.roster)


def _signing(book: SlotBook, unlocked: Unlocked, file: SlotFile) -> SlotFile:
    """Bring up the slot of whoever signs in for the first time since the roster was founded."""
    if unlocked.slot.format == FORMAT:
        return file
    member = book.roster.members[unlocked.slot.user_id]
    identity = founding_roster.enrolled(file, unlocked, member)
    book.identity = identity
    renewed = replace(identity, signing=signing.new_seed())
    book.roster = book.stating(member.now(public=renewed.public, own=unlocked.slot.own))
    book.identity = renewed
    slot = founding_roster.brought_up(unlocked, renewed, book.roster.root, file)
    return file.with_slot(slot).without_enrolment(slot.user_id)


def settle_keyring(db: Connection, book: SlotBook, user: User, grant: Grant) -> list[LogLine]:
    """Give whoever signs in what waited for her to come, and what a crash kept from her."""
    if book.mine.former:
        former = sealing.unseal(book.mine.former, book.private)
        if former is not None:
            keyring.renew(db, user.id, former, book.private)
    return [LogLine("key.grant", f"{each} {user.id}") for each in keyring.claim(db, user, grant)]


def arrival(db: Connection, path: Path, unlocked: Unlocked, probed: Probed) -> list[LogLine]:
    """Return what the log says of a sign-in."""
    exchanged = len(unlocked.slots.headers) > 1
    header = unlocked.slots.headers[unlocked.place]
    found = []
    restored = bool(probed.restoring)
    if behind.notice(
        db, header, rolled_back=probed.accepted, exchanged=exchanged, restored=restored
    ):
        found.append(LogLine("report.unknown", ""))
    if probed.unproved:
        found.append(LogLine(copied.UNPROVED, ""))
    if probed.accepted:
        standing = _standing(db, path, unlocked)
        return [*found, LogLine("rollback.accepted", standing), LogLine("sign_in", "")]
    if not probed.anchor:
        found.append(LogLine("anchor.missing", ""))
    if probed.unsigned:
        found.append(LogLine("anchor.unsigned", ""))
    if probed.swapped:
        found.append(LogLine("anchor.other", ""))
    return [*found, LogLine("sign_in", "" if probed.known_here else NEW_PLACE)]


def _standing(db: Connection, path: Path, unlocked: Unlocked) -> str:
    """Return the last line of the log and the last that was anchored: ``412 / 430``."""
    vault_id = unlocked.slots.vault_id
    here = SecondAnchor(path, audit.key_of(db, unlocked.key), vault_id).read()
    known = [each.last.seq for each in (anchor.read(path, unlocked.key, vault_id), here) if each]
    return f"{audit.last(db).seq} / {max(known, default=0)}"
