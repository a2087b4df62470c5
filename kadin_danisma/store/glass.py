"""The evidence of a broken seal: the recovery code itself signs who used it, and for which file.

So nobody who does not have the code can say that she broke a seal with it.
"""

import json
from collections.abc import Sequence

from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Kind
from kadin_danisma.store.signing import Author

#: What stands in the log.
ACTION = "break_glass"
_PURPOSE = "break-glass"


def evidence(code: Author, client_id: str, by: str, at: str, notice: str) -> str:
    """Return the evidence of a line about a broken seal.

    Args:
        code: The recovery code as somebody who signs; one from before signatures cannot yet.
        client_id: Whose file.
        by: Who broke the seal.
        at: When, as ISO text.
        notice: The id of the notice that others will read.
    """
    said = (client_id, by, at, notice)
    signature = code.sign(_PURPOSE, *said).hex() if code.seed else ""
    return json.dumps([code.user_id, at, notice, signature], separators=(",", ":"))


def is_borne_out(roster: Roster, client_id: str, by: str, written: str) -> bool:
    """Tell whether a recovery code of the vault signed that somebody broke a seal with it."""
    said = _read(written)
    if said is None:
        return False
    code_id, at, notice, signature = said
    member = roster.members.get(code_id)
    if member is None or member.kind is not Kind.RECOVERY:
        return False
    try:
        signed = bytes.fromhex(signature)
    except ValueError:
        return False
    return roster.wrote(code_id, at, signed, _PURPOSE, client_id, by, at, notice)


def code_of(written: str) -> str:
    """Return the id of the recovery code that the evidence of a line is from; empty for none."""
    said = _read(written)
    return said[0] if said else ""


def notice_of(written: str) -> tuple[str, str]:
    """Return the notice that the evidence of a line is about, and its moment; empty for none."""
    said = _read(written)
    return (said[2], said[1]) if said else ("", "")


def _read(written: str) -> Sequence[str] | None:
    try:
        said = json.loads(written)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(said, list) and len(said) == 4
    return said if whole and all(isinstance(each, str) for each in said) else None
