"""From a name and a passphrase to what they bring out of the key files; nothing else is opened."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from nacl.utils import random
from sqlcipher3 import dbapi2

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.store import identifying, keys, sealing, slot_files, slots
from kadin_danisma.store.connection import SALT_BYTES, Mode, connected
from kadin_danisma.store.failures import (
    BrokenVaultError,
    ForeignVaultError,
    KeepersAccountError,
    KeysDamagedError,
    KeysMissingError,
    PendingAccountError,
    RefusedSlotError,
    WrongPassphraseError,
)
from kadin_danisma.store.files import Hold
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.slots import Holding, Opened, Slot, SlotFile

#: Key files that could be read, and their bytes.
Copies = list[tuple[SlotFile, bytes]]
#: A name stands once; ``kurtarma`` means each set of sheets, also while one replaces another.
_MOST_OF_A_NAME = 3


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a right passphrase brings out of the key files."""

    slots: SlotFile
    slot: Slot
    #: The key of the vault file as it lies there; of IT what she holds instead of it.
    key: bytes
    #: Whether both copies are there and say the same.
    healthy: bool
    #: Her private keys.
    identity: Identity
    #: Who is who, as the key file says; nobody where it is from before the roster.
    roster: Roster
    #: Whether all that the key file says of that holds.
    chain_holds: bool = True
    #: On what it rests, as her slot says; empty in one of the third format.
    root: str = ""
    #: What her passphrase made, with which a slot of the third format is filled anew.
    slot_key: bytes = b""
    #: Which of the beginnings in the key file the vault file has.
    place: int = 0
    #: The disciplines' keys, in whose hands they were made.
    secrets: Mapping[Discipline, bytes] = field(default_factory=dict)

    def unseal(self, sealed: bytes) -> bytes | None:
        """Return what was sealed to her, or None where it was not."""
        return sealing.unseal(sealed, self.identity.sealing)


def unlock(
    path: Path, hold: Hold, name: str, passphrase: str, key_file: bytes | None = None
) -> Unlocked:
    """Open the slot of a person who may open the vault (see ``unlock_slot``).

    Raises:
        KeepersAccountError: She looks after the vault and does not open it.
        PendingAccountError: Nobody who holds the vault key has let her in yet.
    """
    unlocked = unlock_slot(path, hold, name, passphrase, key_file)
    if unlocked.slot.holding is Holding.UPKEEP:
        raise KeepersAccountError
    if unlocked.slot.holding is Holding.WAITING:
        raise PendingAccountError(identifying.words(unlocked.roster, unlocked.slot))
    return unlocked


def unlock_slot(
    path: Path, hold: Hold, name: str, passphrase: str, key_file: bytes | None = None
) -> Unlocked:
    """Open a person's slot, in the newest copy of the key file that is genuine.

    An unknown name takes as long as a wrong passphrase and ends in the same error.

    Raises:
        KeyFileNeededError: The account needs a file on a stick as well.
        WrongCredentialsError: Name or passphrase are wrong.
        DamagedVaultError: The key files are missing, damaged, or of another vault.
    """
    contents = slot_files.read_copies(path)
    if not contents:
        raise KeysMissingError
    copies = newest_first(contents)
    if not copies:
        raise KeysDamagedError
    header = hold.first(SALT_BYTES)
    own = [copy for copy in copies if header in copy[0].headers]
    if not own:
        raise _foreign_or_broken(path, copies, name, passphrase, key_file)
    opened = _Try(header, passphrase, key_file).open(own, name)
    whole = next(said for file, said in own if file is opened.slots)
    healthy = len(contents) == len(slot_files.ENDINGS) and all(said == whole for said in contents)
    return replace(opened, healthy=healthy)


def newest_first(contents: list[bytes]) -> Copies:
    """Return the key files that can be read, the newest first; nothing is trusted."""
    found: Copies = []
    for content in contents:
        with suppress(slot_files.UnreadableError):
            found.append((slot_files.decode(content), content))
    return sorted(found, key=_generation, reverse=True)


def _generation(copy: tuple[SlotFile, bytes]) -> int:
    return copy[0].generation


class _Try:
    """One try at a name, in the copies of the key file one after the other.

    Args:
        header: With what the vault file begins.
        passphrase: What was typed.
        key_file: The content of the file on her stick.
    """

    def __init__(self, header: bytes, passphrase: str, key_file: bytes | None) -> None:
        self._header, self._passphrase, self._key_file = header, passphrase, key_file
        self._derived: dict[tuple[bytes, Kdf, bool], bytes] = {}
        self._tampered, self._refused = False, False
        #: The chain in the key file may have been cut; that in the vault decides about these.
        self._doubtful: list[Unlocked] = []

    def open(self, copies: Copies, name: str) -> Unlocked:
        """Open a person's slot in the first copy where it opens and the whole copy is genuine.

        Raises:
            KeysDamagedError: It opens, and the copies are not genuine.
            RefusedSlotError: It opens, and is not as the roster says.
            WrongCredentialsError: It does not open.
        """
        for file, content, slot in _asked(copies, name):
            opened = self._opened(file, slot)
            if opened is None:
                continue
            if not slot_files.is_genuine(content, slots.seals(slot.holding, opened.held)):
                self._tampered = True
                continue
            with suppress(RefusedSlotError):
                return self._unlocked(file, slot, opened)
            self._refused = True
        if self._doubtful:
            return self._doubtful[0]
        if self._tampered:
            raise KeysDamagedError
        if self._refused:
            raise RefusedSlotError
        if not self._derived:
            keys.derive(self._passphrase, random(keys.SALT_BYTES), copies[0][0].slots[0].kdf)
        raise WrongPassphraseError

    def _opened(self, file: SlotFile, slot: Slot) -> Opened | None:
        """Return what is in a slot for the passphrase; each cost is paid once."""
        if file.place_of(self._header) is None:
            return None
        cost = (slot.salt, slot.kdf, slot.key_file)
        if cost not in self._derived:
            self._derived[cost] = slot.derive(self._passphrase, self._key_file)
        return slot.open(file.vault_id, self._derived[cost])

    def _unlocked(self, file: SlotFile, slot: Slot, opened: Opened) -> Unlocked:
        """Return what a slot brought out, if it is that of whom the roster names.

        Raises:
            RefusedSlotError: It is not.
        """
        seals = slots.seals(slot.holding, opened.held)
        roster, holds = identifying.read_roster(file, seals, opened.root)
        place = file.headers.index(self._header)
        unlocked = Unlocked(
            file,
            slot,
            opened.held[place],
            healthy=False,
            identity=opened.identity,
            roster=roster,
            chain_holds=holds,
            root=opened.root,
            slot_key=self._derived[(slot.salt, slot.kdf, slot.key_file)],
            place=place,
        )
        try:
            identifying.let_pass(roster, slot)
        except RefusedSlotError:
            if slot.holding is Holding.VAULT:
                self._doubtful.append(unlocked)
            raise
        return unlocked


def _asked(copies: Copies, name: str) -> list[tuple[SlotFile, bytes, Slot]]:
    """Return the slots of a name, each of which costs a derivation before it can be proved genuine.

    A copy in which it stands more often than in any key file of ours is passed over.

    Raises:
        KeysDamagedError: There is no other copy.
    """
    plausible = [copy for copy in copies if len(copy[0].slots_of(name)) <= _MOST_OF_A_NAME]
    if not plausible:
        raise KeysDamagedError
    return [(*copy, slot) for copy in plausible for slot in copy[0].slots_of(name)]


def _foreign_or_broken(
    path: Path, copies: Copies, name: str, passphrase: str, key_file: bytes | None
) -> KnownError:
    """Tell a vault of other people from our own with a damaged beginning.

    Where the file opens with the beginning that the key file remembers, it is ours.
    """
    header = copies[0][0].headers[0]
    with suppress(WrongCredentialsError, KeysDamagedError, dbapi2.Error):
        opened = _Try(header, passphrase, key_file).open(copies, name)
        with connected(path, opened.key, Mode.STILL, header):
            return BrokenVaultError()
    return ForeignVaultError()
