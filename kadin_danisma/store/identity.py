"""A person's two key pairs: X25519, to which things are sealed, and Ed25519, which signs."""

from dataclasses import dataclass, field

from kadin_danisma.store import sealing, signing

#: How many bytes a written identity has.
IDENTITY_BYTES = sealing.PRIVATE_BYTES + signing.SEED_BYTES


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public halves; empty where somebody has no keys yet."""

    #: What is meant for her is sealed to this one.
    sealing: bytes = b""
    #: What she says is checked with this one.
    signing: bytes = b""


NO_KEYS = PublicKeys()


@dataclass(frozen=True, slots=True)
class Identity:
    """The private halves, which lie under her passphrase alone."""

    sealing: bytes = field(repr=False)
    signing: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "Identity":
        """Return fresh key pairs."""
        return cls(sealing.new_private(), signing.new_seed())

    @classmethod
    def from_bytes(cls, written: bytes) -> "Identity":
        """Return what ``to_bytes`` wrote."""
        return cls(written[: sealing.PRIVATE_BYTES], written[sealing.PRIVATE_BYTES :])

    def to_bytes(self) -> bytes:
        """Return the private halves one behind the other."""
        return self.sealing + self.signing

    @property
    def public(self) -> PublicKeys:
        """The public halves."""
        return PublicKeys(sealing.public_of(self.sealing), signing.public_of(self.signing))
