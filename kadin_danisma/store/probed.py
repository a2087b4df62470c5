"""What a look into a vault showed before anything is written to it."""

from dataclasses import dataclass

from kadin_danisma.store import anchor
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.copied import Copied
from kadin_danisma.store.roster.chain import Roster


@dataclass(frozen=True, slots=True)
class Probed:
    """What a look into a vault shows."""

    #: The version of its schema.
    version: int
    #: The genuine anchor beside it, where there is one.
    anchor: Anchor | None
    #: Who is who, as vault and key file say together; nobody before there is a roster.
    roster: Roster
    #: Whether she is a coordinator, by the roster or by the tables of a vault from before it.
    is_coordinator: bool
    #: Whether it was rolled back and a coordinator accepts that.
    accepted: bool = False
    #: Whether what was accepted is a copy of which nobody can tell whether it was changed.
    unproved: bool = False
    #: Whether this computer remembers it at this place.
    known_here: bool = False
    #: Whether another vault lay at this place when it was last used.
    swapped: bool = False
    #: Whether it was closed and does not carry what the program signs then.
    unsigned: bool = False
    #: What it says of itself where it is a copy, which can only be read.
    copied: Copied | None = None
    #: Which restoring by IT nobody has taken up yet (``copied.restoring``).
    restoring: str = ""

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what whoever signed in should be told once."""
        said = [self.copied.words] if self.copied else []
        if not (self.anchor or self.accepted or self.copied):
            said.append(anchor.missing())
        if self.unsigned and not self.copied:
            said.append(anchor.unsigned())
        if self.swapped:
            said.append(anchor.swapped())
        return tuple(said)
