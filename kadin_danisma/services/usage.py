"""What is used most: which codes the centre wrote down lately, so that lists offer them first."""

from collections.abc import Mapping

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.role import Action
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import usage


def code_uses(desk: Desk, kind: Kind, field: str) -> Mapping[str, int]:
    """Return how often each code stands in a field of the latest records of a kind.

    It puts lists in order and is shown to nobody.

    Args:
        desk: Whose list.
        kind: The kind of record.
        field: The name of its field.
    """
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        return usage.code_uses(db, kind, field)
