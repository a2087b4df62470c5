"""The one place where pages hear that a record was added or corrected."""

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Carries every ``domain.change.Change`` from where it was made to the pages that care."""

    #: Emitted with a ``Change`` after its transaction was committed.
    changed = Signal(object)
