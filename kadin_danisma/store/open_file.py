"""The vault file while it is open: its hold, its one connection, its anchor."""

from contextlib import suppress
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import audit, opening
from kadin_danisma.store.anchor import Keeper
from kadin_danisma.store.connection import Mode, connect, guard
from kadin_danisma.store.failures import FullDiskError, UnreachableMediumError, known_faults
from kadin_danisma.store.files import Hold, sync_folder
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.unlocking import Unlocked


class OpenFile:
    """A vault file that is open for work, or only for reading.

    Args:
        path: The file.
        hold: Its hold.
        db: The connection, not yet guarded.
        unlocked: What opened it.
        read_only: Whether the medium is left alone.
        root: On what its roster rests; empty before it has one.
    """

    def __init__(
        self,
        path: Path,
        hold: Hold,
        db: Connection,
        unlocked: Unlocked,
        *,
        read_only: bool,
        root: str,
    ) -> None:
        self.path = path
        self.db = db
        self.key = unlocked.key
        self.read_only = read_only
        self.hold = hold
        self._vault_id = unlocked.slots.vault_id
        self.closed = False
        self.root = root
        self._begin(db)

    def exchange(self, part: Path, key: bytes) -> None:
        """Put a whole, checked copy under another key in place of the file and go on with it.

        Raises:
            KnownError: The disk fails. As long as the copy has not taken the place of the file,
                the work goes on with the old one.
        """
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()
        try:
            # A log left beside the new file would be taken for its own.
            if opening.has_log(self.path):
                raise UnreachableMediumError
            sync_folder(self.path.parent)
            self.hold.exchange(part, self.path)
            self.key = key
        finally:
            self._reopen()

    def rest_on(self, root: str) -> None:
        """Anchor from now on what the roster rests on."""
        self.root = root
        self.anchor.rest_on(root)

    def close(self) -> None:
        """Bring everything into the one file and let go of it; closing twice is fine."""
        if self.closed:
            return
        self.closed = True
        try:
            # On a full disk the log stays beside the file; the next opening brings it in.
            with suppress(FullDiskError), known_faults():
                if not self.read_only:
                    self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.db.close()
            if not self.read_only:
                self.anchor.rest()
            self.hold.close()

    def _reopen(self) -> None:
        """Connect to what lies there now; where that fails, the next sign-in goes on."""
        try:
            self._begin(connect(self.path, self.key, Mode.WORK))
        except BaseException:
            self.closed = True
            self.hold.close()
            raise

    def _begin(self, db: Connection) -> None:
        self.db = db
        second = SecondAnchor(self.path, audit.key_of(db, self.key), self._vault_id)
        self.anchor = Keeper(self.path, self.hold, self.key, self._vault_id, second, self.root)
        guard(db)
