"""What becomes of a note when its record is taken to another file."""

from collections.abc import Mapping

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.circle import file_of
from kadin_danisma.domain.records import Noted
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import note_index, notes, sweeping


def carry(db: Connection, before: Noted, after: Noted, files: Mapping[str, bytes]) -> None:
    """Take the note of a record along; that of a contact goes under the seal of a restricted file.

    Args:
        db: The open vault, in which the record is of its new file already.
        before: The record as it stood.
        after: As it stands now.
        files: The public keys of the restricted files.

    Raises:
        KnownError: It would leave a restricted file, or leave another one for it.
    """
    file, target = file_of(before), file_of(after)
    if file == target or not {file, target} & files.keys():
        return
    if file is not None or target is None:
        raise KnownError(_("A record cannot be moved into a restricted file or out of it."))
    notes.wrap(db, target, files[target], {after.id})
    # What stood under the seal of its disciplines alone: words in the index, rows that were moved.
    note_index.forget(db)
    sweeping.order(db)
