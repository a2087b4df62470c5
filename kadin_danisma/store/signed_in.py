"""What a vault is to whoever is signed in: who she is, what she signs, what she alone opens."""

from abc import ABC, abstractmethod

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.domain.recovery import RECOVERY_NAME
from kadin_danisma.errors import WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.store import drafts, keyring, sealing
from kadin_danisma.store.circle_book import CircleBook
from kadin_danisma.store.keyring import Secrets
from kadin_danisma.store.log_signatures import LogSignatures
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.signing import Author
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.unlocking import Unlocked
from kadin_danisma.store.writer import Writer


class SignedIn(ABC):
    """The part of a vault that belongs to the person who opened it."""

    slots: SlotBook
    user: User
    secrets: Secrets
    circles: CircleBook

    @property
    def roster(self) -> Roster:
        """Who is who."""
        return self.slots.roster

    @property
    def author(self) -> Author:
        """Whoever is signed in, as somebody who signs what she writes."""
        return self.slots.author

    @property
    def writer(self) -> Writer:
        """Whoever is signed in, as somebody who writes records."""
        return Writer(self.author, self.roster, self.circles)

    def signatures(self, db: Connection) -> LogSignatures:
        """Return what tells who signed which line of the log."""
        return LogSignatures(db, self.roster)

    def readable(self) -> Secrets:
        """Return the keys of the disciplines whose notes the signed-in person may read."""
        entitled = keyring.entitled(self.user)
        return {each: secret for each, secret in self.secrets.items() if each in entitled}

    @property
    def drafts(self) -> drafts.Owner:
        """Whoever is signed in, as the owner of what she left unfinished."""
        return drafts.Owner(self.user.id, self.slots.private)

    def open_own(self, sealed: str) -> str:
        """Return what was sealed to whoever is signed in; empty where it was not, or no text."""
        try:
            said = self.unseal(bytes.fromhex(sealed)) if sealed else None
            return said.decode() if said else ""
        except ValueError:
            return ""

    def unseal(self, sealed: bytes) -> bytes | None:
        """Return what was sealed to whoever is signed in, or None where it was not."""
        return sealing.unseal(sealed, self.slots.private)

    def secrets_of_code(self, code: str) -> Secrets:
        """Return the keys of disciplines that the recovery code opens; takes as long as a sign-in.

        Raises:
            WrongCredentialsError: It is not the recovery code.
        """
        found = self.unlocked_by_code(code)
        return self.held(found.identity.sealing, found.slot.user_id)

    def unlocked_by_code(self, code: str) -> Unlocked:
        """Return what the recovery code brings out of the key files.

        Raises:
            WrongCredentialsError: It is not the recovery code; takes as long as a sign-in.
        """
        try:
            return self.unlocked_anew(RECOVERY_NAME, code)
        except WrongCredentialsError:
            said = _("This is not the recovery code of this vault.")
            raise WrongCredentialsError(said) from None

    @abstractmethod
    def unlocked_anew(self, name: str, passphrase: str) -> Unlocked:
        """Return what a passphrase brings out of the key files as they lie on the disk now."""

    @abstractmethod
    def held(self, private: bytes, user_id: str) -> Secrets:
        """Return the keys of disciplines that a person's private key opens."""
