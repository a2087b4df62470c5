"""What stands for a child wherever it is counted: a code drawn by chance (docs/decisions/0035).

A child is a folded name in a file (contract.md section 3). Whoever may read the name finds the code
in a table: in the open of an ordinary file, sealed to the key of a restricted one. Nothing leads
from a name to a code but that table, so a code cannot be found by trying names.
"""

from collections.abc import Iterable, Mapping

from nacl.utils import random
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import sealing
from kadin_danisma.store.failures import BrokenVaultError

_CODE_BYTES = 16
#: Codes of one file by the folded names of its children.
Codes = Mapping[str, str]


def new_code() -> str:
    """Return a code for a child that tells nothing about it."""
    return f"c-{random(_CODE_BYTES).hex()}"


def remember(db: Connection, children: Iterable[tuple[str, str]]) -> None:
    """Give those children of ordinary files a code that have none yet.

    Args:
        db: The open vault.
        children: The id of the file and the folded name of each.
    """
    db.executemany(
        "INSERT INTO child_code (client_id, code, name) VALUES (?, ?, ?)"
        " ON CONFLICT (client_id, name) DO NOTHING",
        [(client_id, new_code(), folded) for client_id, folded in sorted(set(children))],
    )


def in_the_open(db: Connection) -> dict[tuple[str, str], str]:
    """Return the codes of all children of ordinary files, by the id of the file and the name."""
    found = db.execute("SELECT client_id, name, code FROM child_code WHERE name IS NOT NULL")
    return {(client_id, folded): code for client_id, folded, code in found}


def of_file(db: Connection, client_id: str) -> dict[str, str]:
    """Return the codes of an ordinary file by the folded names of its children."""
    return dict(
        db.execute(
            "SELECT name, code FROM child_code WHERE client_id = ? AND name IS NOT NULL",
            (client_id,),
        )
    )


def under_seal(db: Connection, client_id: str, secret: bytes) -> dict[str, str]:
    """Return the codes of a restricted file by the folded names of its children.

    Args:
        db: The open vault.
        client_id: Whose file.
        secret: Its private key.

    Raises:
        BrokenVaultError: A row was changed or belongs to another file or code.
    """
    found = {}
    for code, sealed in db.execute(
        "SELECT code, sealed FROM child_code WHERE client_id = ? AND sealed IS NOT NULL",
        (client_id,),
    ):
        said, bound = sealing.unseal(sealed, secret), _bound(client_id, code)
        if said is None or not said.startswith(bound):
            raise BrokenVaultError
        found[said.removeprefix(bound).decode()] = code
    return found


def add_sealed(db: Connection, client_id: str, public: bytes, codes: Codes) -> None:
    """Keep codes of a restricted file, each with its name sealed to the key of the file."""
    db.executemany(
        "INSERT INTO child_code (client_id, code, sealed) VALUES (?, ?, ?)",
        [
            (client_id, code, sealing.seal(_bound(client_id, code) + folded.encode(), public))
            for folded, code in codes.items()
        ],
    )


def put_sealed(db: Connection, client_id: str, public: bytes, codes: Codes) -> None:
    """Keep these codes of a file and no others, their names sealed to the key of the file."""
    _forget(db, client_id)
    add_sealed(db, client_id, public, codes)


def put_open(db: Connection, client_id: str, codes: Codes) -> None:
    """Keep these codes of a file and no others, their names in the open."""
    _forget(db, client_id)
    db.executemany(
        "INSERT INTO child_code (client_id, code, name) VALUES (?, ?, ?)",
        [(client_id, code, folded) for folded, code in codes.items()],
    )


def _forget(db: Connection, client_id: str) -> None:
    db.execute("DELETE FROM child_code WHERE client_id = ?", (client_id,))


def _bound(client_id: str, code: str) -> bytes:
    """Return what stands before a name, so that it cannot be put under another code or file."""
    return f"child\n{client_id}\n{code}\n".encode()
