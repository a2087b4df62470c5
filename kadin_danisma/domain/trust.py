"""Whose word something is: what a signature, or its absence, says of a line, a note or a field."""

from enum import StrEnum

from kadin_danisma.i18n import _


class Trust(StrEnum):
    """What can be told of who wrote something."""

    #: Whoever it names signed it.
    SIGNED = "signed"
    #: Signed with the key of her first passphrase, which somebody else had set and knew.
    SHARED = "shared"
    #: A colleague signed that it was there; what its author had signed herself fits it, or it is
    #: from a time at which nothing was signed and was written anew since.
    CARRIED = "carried"
    #: From before there were signatures, and somebody signed that it was there then.
    BEFORE = "before"
    #: Nobody who could be asked signed it: it may be forged.
    UNKNOWN = "unknown"


def trust_words(trust: Trust, *, carried_by: str = "", sealed_by: str = "") -> str:
    """Return what is said beside something; nothing where all is as it should be.

    Args:
        trust: What can be told of it.
        carried_by: Who brought a line in and signed that.
        sealed_by: Who sealed a field that others had written, and signed that.
    """
    match trust:
        case Trust.UNKNOWN:
            return _("its author could not be verified")
        case Trust.BEFORE:
            return _("from before signatures")
        case Trust.SHARED:
            return _("signed with a first passphrase that others knew")
        case Trust.CARRIED if carried_by:
            return _("carried in by {name}").format(name=carried_by)
        case Trust.CARRIED if sealed_by:
            return _("encrypted and signed by {name}").format(name=sealed_by)
    return ""
