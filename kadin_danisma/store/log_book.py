"""What follows from the signed lines of the log about some acts, read on as the log grows."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.trust import Trust
from kadin_danisma.store import audit
from kadin_danisma.store.audit import START, Line
from kadin_danisma.store.log_signatures import LogSignatures, SignedLine
from kadin_danisma.store.roster.chain import Roster


class LogBook(ABC):
    """The state that the signed lines of one vault's log add up to.

    Args:
        roster: Returns who is who.
    """

    #: The actions of the lines that count.
    actions: ClassVar[tuple[str, ...]]

    def __init__(self, roster: Callable[[], Roster]) -> None:
        self._roster = roster
        self._last: Line = START
        self.forget()

    @abstractmethod
    def forget(self) -> None:
        """Begin with the state of a log without lines."""

    @abstractmethod
    def take(self, line: SignedLine) -> None:
        """Take in the next line that somebody signed."""

    def read_on(self, db: Connection) -> None:
        """Take in what the log says since it was read last."""
        if audit.line_at(db, self._last.seq) != self._last:
            # What was read in a transaction that was undone.
            self._last = START
            self.forget()
        marks = ", ".join("?" * len(self.actions))
        found = db.execute(
            f"SELECT seq FROM audit WHERE action IN ({marks}) AND seq > ? ORDER BY seq",
            (*self.actions, self._last.seq),
        ).fetchall()
        if found:
            signatures = LogSignatures(db, self._roster())
            for (seq,) in found:
                line = signatures.line(seq)
                if line and signatures.judge(line) in {Trust.SIGNED, Trust.SHARED}:
                    self.take(line)
            self._last = audit.line_at(db, found[-1][0])
