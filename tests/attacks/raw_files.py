"""An insider: her own passphrase, the raw files, our own low-level functions, and bytes to write.

She never asks a service, which might refuse politely. She opens her slot, edits what the key file
says, signs with her own keys, seals it with the key she holds, and writes it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from kadin_danisma.domain.records import User
from kadin_danisma.store import keys, sealing, slot_files, slots
from kadin_danisma.store.connection import Mode, connected
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.journal import PURPOSE, Entry
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.roster import envelope
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Member, Statement, Subject
from kadin_danisma.store.signing import message, sign
from kadin_danisma.store.slots import Holding, Slot, SlotFile
from tests.attacks.centre import Centre, passphrase_of
from tests.store.disk import slot_file_of

AT = "2026-11-22T10:00:00+03:00"
#: What she chooses for a slot that she makes for herself under another name.
CHOSEN = "kara kedi gece gece geldi"


class Insider:
    """Somebody who opened her slot, and what came out of it.

    Args:
        path: The vault.
        name: Her user name.
        passphrase: Hers.
        content: The key file she has; that beside the vault by default.
        key_file: The content of the file on her stick.

    Raises:
        LookupError: Her passphrase opens nothing in it.
    """

    def __init__(
        self,
        path: Path,
        name: str,
        passphrase: str,
        content: bytes | None = None,
        key_file: bytes | None = None,
    ) -> None:
        self.path = path
        self.file = slot_files.decode(content or slot_files.read_copies(path)[0])
        for slot in self.file.slots_of(name):
            opened = slot.open(self.file.vault_id, slot.derive(passphrase, key_file))
            if opened is not None:
                break
        else:
            raise LookupError
        self.slot, self.identity, self.root = slot, opened.identity, opened.root
        self.held = opened.held[0]
        (self.mac_key,) = slots.seals(slot.holding, opened.held)
        self.chain = envelope.unseal(self.file.roster, self.mac_key, self.file.vault_id)

    @property
    def id(self) -> str:
        """Whose slot it is."""
        return self.slot.user_id

    @property
    def roster(self) -> Roster:
        """Who is who, as the key file says."""
        return Roster.read(self.file.vault_id, self.chain)

    @property
    def me(self) -> Member:
        """How the roster has her."""
        return self.roster.members[self.id]

    def writes(self, *, chain: Iterable[Statement] | None = None, **changes: Any) -> None:
        """Write the key file with something else in it, as its next generation."""
        said = self.chain if chain is None else chain
        usual = {
            "generation": self.file.generation + 1,
            "roster": envelope.seal(said, self.mac_key, self.file.vault_id),
        }
        self.file = replace(self.file, **usual | changes)
        self.puts(slot_files.encode(self.file, [self.mac_key]))

    def puts(self, content: bytes) -> None:
        """Write the bytes of both key files."""
        for path in slot_files.paths(self.path):
            path.write_bytes(content)

    def edits(self, user_id: str, change: Callable[[Slot], Slot]) -> None:
        """Write another content into the slots of somebody."""
        edited = tuple(
            change(slot) if slot.user_id == user_id else slot for slot in self.file.slots
        )
        self.writes(slots=edited)

    def signs(self, subject: Subject, **changes: Any) -> Statement:
        """Return a statement behind the chain, under her signature whoever it says it is by."""
        seed = changes.pop("seed", self.identity.signing)
        vault_id = changes.pop("vault_id", self.file.vault_id)
        last = self.chain[-1]
        said = Statement(last.number + 1, last.digest(self.file.vault_id), AT, self.id, subject)
        return replace(said, **changes).signed(vault_id, seed)

    def states(self, subject: Subject, **changes: Any) -> None:
        """Write a statement behind the chain into the key file."""
        self.chain = (*self.chain, self.signs(subject, **changes))
        self.writes()

    def notes(self, *, by: str = "", **changes: Any) -> Entry:
        """Return a line of the journal under her signature, whoever it says it is by."""
        number = self.file.generation + 1
        entry = replace(Entry(AT, by or self.id, "backup", "yedek.vault", number), **changes)
        content = message(PURPOSE, self.file.vault_id, *entry.said)
        return replace(entry, signature=sign(self.identity.signing, content))

    def a_slot(
        self,
        user_id: str,
        name: str,
        identity: Identity,
        *,
        holding: Holding,
        held: bytes,
        kdf: Kdf | None = None,
        root: str | None = None,
    ) -> Slot:
        """Return a slot that opens with a passphrase of her choice."""
        user = User(id=user_id, name=name, title=name, role=self.me.role)
        vault_id = self.file.vault_id
        made = slots.make_slot(
            vault_id, user, CHOSEN, identity, kdf or Kdf.for_tests(),
            root=self.root if root is None else root,
        )  # fmt: skip
        return made.holds(vault_id, holding, [held])

    def reads_with(self, vault_key: bytes) -> bool:
        """Tell whether a key opens the vault file that lies there today."""
        try:
            with connected(self.path, vault_key, Mode.COPY) as db:
                db.execute("SELECT count(*) FROM client").fetchone()
        except Exception:  # noqa: BLE001 (whatever stops her)
            return False
        return True


def insider(centre: Centre, name: str) -> Insider:
    """Return somebody of the centre with nothing but her passphrase and the files."""
    return Insider(centre.path, name, passphrase_of(name))


def with_slot_first(file: SlotFile, *added: Slot) -> tuple[Slot, ...]:
    """Return the slots of a file with others before them."""
    return (*added, *file.slots)


def vault_key_for(identity: Identity, centre: Centre, user_id: str) -> bytes | None:
    """Return the vault key if it was sealed to a key pair under somebody's id."""
    label = f"{Holding.VAULT} "
    file = slot_file_of(centre.path)

    for slot in file.slots:
        for box in slot.boxes if slot.user_id == user_id else ():
            said = sealing.unseal(box, identity.sealing)
            if said and said.startswith(label.encode()):
                return said[-keys.KEY_BYTES :]
    return None
