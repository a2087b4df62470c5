"""Breaking a seal with the recovery code: what it lends, who must learn of it, and the reason.

The reason may name somebody, so it is sealed to each of its readers: coordinators and circle.
"""

from collections.abc import Iterable

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import new_id
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import BrokenSeal
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import circles, glass, keyring, moments, sealing
from kadin_danisma.store.circles import Lent, Mark, Unseal
from kadin_danisma.store.log_signatures import LogSignatures


def lend(db: Connection, client_id: str, code_id: str, private: bytes) -> Lent:
    """Return what a recovery code opens of a file.

    Args:
        db: The open vault.
        client_id: Whose file.
        code_id: In whose name the code opens the vault.
        private: Its private key.

    Raises:
        KnownError: The file is restricted, and it was not sealed to this code.
    """

    def unseal(sealed: bytes) -> bytes | None:
        return sealing.unseal(sealed, private)

    file = circles.keys_of(db, code_id, unseal).get(client_id)
    if file is None and client_id in circles.publics(db):
        raise KnownError(
            _(
                "The recovery code was renewed after this file was restricted, and cannot open it "
                "yet. Only the people with access can."
            )
        )
    return Lent(file, keyring.held(db, code_id, private))


def note(db: Connection, client_id: str, mark: Mark, reason: str, readers: Iterable[str]) -> str:
    """Note that a seal was broken, and seal the reason to whoever must learn of it.

    Returns:
        The id of the notice, which belongs into the evidence of its line in the log (``glass``).
    """
    broken_id = new_id()
    db.execute(
        "INSERT INTO broken_seal (id, client_id, at, by) VALUES (?, ?, ?, ?)",
        (broken_id, client_id, mark.at, mark.by),
    )
    keys = dict(db.execute("SELECT user_id, public FROM person_key"))
    said = f"{broken_id}\n{reason}".encode()
    db.executemany(
        "INSERT INTO broken_seal_reader (broken_id, user_id, sealed) VALUES (?, ?, ?)",
        [
            (broken_id, reader, sealing.seal(said, keys[reader]) if reader in keys else b"")
            for reader in sorted(set(readers))
        ],
    )
    return broken_id


def unseen(
    db: Connection, user_id: str, unseal: Unseal, signatures: LogSignatures
) -> list[BrokenSeal]:
    """Return the broken seals that a person has not acknowledged, the latest first."""
    found = db.execute(
        "SELECT broken.id, client_id, file_no, at, coalesce(title, ''), sealed, by"
        " FROM broken_seal_reader AS reader JOIN broken_seal AS broken ON broken.id = broken_id"
        " JOIN client ON client.id = client_id LEFT JOIN user ON user.id = by"
        " WHERE reader.user_id = ? AND seen_at IS NULL ORDER BY at DESC, broken.id",
        (user_id,),
    )
    return [
        BrokenSeal(
            id=broken_id,
            client_id=client_id,
            file_no=file_no,
            at=moments.read(at),
            by=title,
            reason=_reason(broken_id, sealed, unseal),
            trust=_trust(db, signatures, (broken_id, at), client_id, by),
        )
        for broken_id, client_id, file_no, at, title, sealed, by in found.fetchall()
    ]


def _trust(
    db: Connection, signatures: LogSignatures, notice: tuple[str, str], client_id: str, by: str
) -> Trust:
    """Return what can be told of a notice: its line in the log is signed by whom it names."""
    found = db.execute(
        "SELECT seq FROM audit JOIN audit_file USING (seq)"
        " WHERE action = ? AND user_id = ? AND client_id = ?",
        (glass.ACTION, by, client_id),
    ).fetchall()
    lines = [line for (seq,) in found if (line := signatures.line(seq))]
    for line in lines:
        judged = signatures.judge(line)
        is_of_it = client_id in line.files and glass.notice_of(line.evidence) == notice
        if judged is Trust.BEFORE or is_of_it:
            return judged
    return Trust.UNKNOWN


def _reason(broken_id: str, sealed: bytes, unseal: Unseal) -> str | None:
    said = unseal(sealed) if sealed else None
    head, _newline, reason = (said or b"").decode(errors="replace").partition("\n")
    return reason if head == broken_id else None


def acknowledge(db: Connection, broken_id: str, user_id: str, at: str) -> tuple[str, str] | None:
    """Note that a person has read of a broken seal.

    Returns:
        The id and the number of its file, or None where there was nothing to acknowledge.
    """
    done = db.execute(
        "UPDATE broken_seal_reader SET seen_at = ?"
        " WHERE broken_id = ? AND user_id = ? AND seen_at IS NULL",
        (at, broken_id, user_id),
    )
    if not done.rowcount:
        return None
    client_id, file_no = db.execute(
        "SELECT client_id, file_no FROM broken_seal JOIN client ON client.id = client_id"
        " WHERE broken_seal.id = ?",
        (broken_id,),
    ).fetchone()
    return client_id, file_no
