"""Codes drawn by chance for the children of an older vault: the second half of schema step 9.

Until then a frozen month held what had been made of a child's folded name with a key that whoever
holds the vault key can read, so that a first name could be found by trying (docs/decisions/0035).
"""

from collections import defaultdict

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.text import fold
from kadin_danisma.i18n import ngettext
from kadin_danisma.store import child_codes, circles, frozen_months, meta
from kadin_danisma.store.frozen_months import Pseudonyms, Renaming

#: The step of the schema that this belongs to.
STEP = "0009_child_codes.sql"
#: Every name and every file that a visit ever had.
_NAMES = (
    "SELECT id, child FROM playroom_visit"
    " UNION SELECT record_id, old FROM history WHERE kind = 'playroom_visit' AND field = 'child'"
)
_FILES = (
    "SELECT id, client_id FROM playroom_visit UNION SELECT record_id, old FROM history"
    " JOIN client ON client.id = old WHERE kind = 'playroom_visit' AND field = 'client_id'"
)


def recode(db: Connection) -> str:
    """Give children codes, and exchange in frozen months whatever was made of their names.

    Children stay the same children there as far as the vault itself can tell who they are. Of a
    restricted file it cannot: what was frozen before it was sealed gets numbers drawn by chance.

    Returns:
        What was done, as a sentence; empty where nothing was frozen.
    """
    child_codes.remember(db, _in_the_open(db))
    names = [*child_codes.in_the_open(db).items(), *_coded_already(db)]
    months = frozen_months.rewrite(db, lambda pseudonyms: _renaming(pseudonyms, names))
    if not months:
        return ""
    meta.write(db, meta.SWEEP_DUE, "1")
    return ngettext(
        "Children in {count} published month are now kept under random codes, so that nobody can "
        "find a first name by trying. All counts and reports stay as they were.",
        "Children in {count} published months are now kept under random codes, so that nobody can "
        "find a first name by trying. All counts and reports stay as they were.",
        months,
    ).format(count=months)


def _in_the_open(db: Connection) -> set[tuple[str, str]]:
    """Return files and folded names of the children that visits of ordinary files ever named."""
    restricted = circles.publics(db)
    files = defaultdict(set)
    for record_id, client_id in db.execute(_FILES):
        files[record_id].add(client_id)
    return {
        (client_id, fold(name))
        for record_id, name in db.execute(_NAMES)
        for client_id in files[record_id]
        if client_id not in restricted
    }


def _coded_already(db: Connection) -> list[tuple[tuple[str, str], str]]:
    """Return the children of restricted files, who have a code in place of a name since then."""
    found = db.execute(
        "SELECT DISTINCT client_id, child FROM playroom_visit JOIN circle USING (client_id)"
    )
    return [((client_id, code), code) for client_id, code in found]


def _renaming(pseudonyms: Pseudonyms, names: list[tuple[tuple[str, str], str]]) -> Renaming:
    """Return what stands for a child from now on, by what was made of its name."""
    known = {
        pseudonyms.child(client_id, folded): pseudonyms.child(client_id, code)
        for (client_id, folded), code in names
    }
    return lambda trace: known.setdefault(trace, frozen_months.by_chance())
