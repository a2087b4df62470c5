"""What lies inside a seal: to what it belongs, its author's signature, and what it says.

What was sealed before there were signatures begins with what it belongs to.
"""

from dataclasses import dataclass

from kadin_danisma.store.signing import SIGNATURE_BYTES

_SIGNED = b"signed/1\n"


@dataclass(frozen=True, slots=True)
class Content:
    """What was sealed."""

    said: bytes
    #: Empty where it was sealed before there were signatures.
    signature: bytes = b""

    @property
    def text(self) -> str:
        """Return what it says as words; what somebody sealed that are none shows as such."""
        return self.said.decode(errors="replace")


#: What a part says that was not sealed yet.
NOTHING = Content(b"")


def packed(bound: bytes, content: Content) -> bytes:
    """Return what is sealed.

    Args:
        bound: To which record it belongs, so that it cannot be put under another one.
        content: What it says.
    """
    head = _SIGNED + bound + content.signature if content.signature else bound
    return head + content.said


def unpacked(bound: bytes, opened: bytes) -> Content | None:
    """Return what was sealed, or None where it belongs to another record."""
    if opened.startswith(_SIGNED + bound):
        rest = opened.removeprefix(_SIGNED + bound)
        return Content(rest[SIGNATURE_BYTES:], rest[:SIGNATURE_BYTES])
    return Content(opened.removeprefix(bound)) if opened.startswith(bound) else None
