"""What stands for a child wherever it is counted: a code drawn by chance (docs/decisions/0035).

A child is a folded name in a file (contract.md section 3). Whoever may read the name finds the code
in a table: in the open of an ordinary file, sealed to the key of a restricted one. Nothing leads
from a name to a code but that table, so a code cannot be found by trying names.
"""

import hmac
from collections.abc import Iterable, Mapping

from nacl.utils import random
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import keys, sealing
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
        said = sealing.unseal(sealed, secret)
        if said is None:
            raise BrokenVaultError
        proof, name = said[: keys.KEY_BYTES], said[keys.KEY_BYTES :]
        # Anybody can seal a name to the key of a file beside a code of her own choice, and would
        # know the child by it when it comes; only who reads the file can prove a row.
        if not hmac.compare_digest(proof, _proof(secret, client_id, code, name)):
            raise BrokenVaultError
        found[name.decode()] = code
    return found


def add_sealed(db: Connection, client_id: str, secret: bytes, codes: Codes) -> None:
    """Keep codes of a restricted file, each with its name sealed to the key of the file.

    Args:
        db: The open vault.
        client_id: Whose file.
        secret: Its private key.
        codes: The codes by the folded names.
    """
    public = sealing.public_of(secret)
    rows = []
    for folded, code in codes.items():
        name = folded.encode()
        proof = _proof(secret, client_id, code, name)
        rows.append((client_id, code, sealing.seal(proof + name, public)))
    db.executemany("INSERT INTO child_code (client_id, code, sealed) VALUES (?, ?, ?)", rows)


def put_sealed(db: Connection, client_id: str, secret: bytes, codes: Codes) -> None:
    """Keep these codes of a file and no others, their names sealed to its key (``add_sealed``)."""
    _forget(db, client_id)
    add_sealed(db, client_id, secret, codes)


def put_open(db: Connection, client_id: str, codes: Codes) -> None:
    """Keep these codes of a file and no others, their names in the open."""
    _forget(db, client_id)
    db.executemany(
        "INSERT INTO child_code (client_id, code, name) VALUES (?, ?, ?)",
        [(client_id, code, folded) for folded, code in codes.items()],
    )


def _forget(db: Connection, client_id: str) -> None:
    db.execute("DELETE FROM child_code WHERE client_id = ?", (client_id,))


def _proof(secret: bytes, client_id: str, code: str, name: bytes) -> bytes:
    """Return what only a holder of the key of a file can say of a code and a name of it."""
    return keys.mac(secret, f"child\n{client_id}\n{code}\n".encode() + name)
