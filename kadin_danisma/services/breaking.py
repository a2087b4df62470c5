"""Breaking the glass: one file opens with the recovery code, for a reason that others will read."""

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import Problem
from kadin_danisma.domain.circle import reason_problem
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.recovery import RECOVERY_NAME
from kadin_danisma.domain.role import Action, Role
from kadin_danisma.domain.text import tidy
from kadin_danisma.domain.views import BrokenSeal
from kadin_danisma.services import standing
from kadin_danisma.services.desk import Desk, RefusedError, gone
from kadin_danisma.services.patience import patiently
from kadin_danisma.store import breaking, circles, glass, user_rows
from kadin_danisma.store.rows import Connection
from kadin_danisma.store.signing import Author


def break_seal(desk: Desk, client_id: str, code: str, reason: str) -> Change:
    """Open one file and all its notes until the program is locked; takes as long as a sign-in.

    Every coordinator and everybody in the circle reads the reason on her first page.

    Raises:
        RefusedError: The reason is not a whole sentence.
        WrongCredentialsError: It is not the recovery code; the try is logged.
        KnownError: The file is not sealed to this code.
    """
    desk.require(Action.BREAK_GLASS)
    reason = tidy(reason)
    if problem := reason_problem(reason):
        raise RefusedError([Problem("reason", problem)])
    file_no = _file_no(desk, client_id)
    with desk.telling_failure("break_glass.failed", file_no):
        opened = patiently(
            desk.vault.path, RECOVERY_NAME, code, desk.clock, desk.vault.unlocked_by_code
        )
    signer = Author(opened.slot.user_id, desk.vault.vault_id, opened.identity.signing)
    with desk.vault.write() as db:
        lent = breaking.lend(db, client_id, opened.slot.user_id, opened.identity.sealing)
        mark = desk.stamp().mark()
        notice = breaking.note(db, client_id, mark, reason, _readers(desk, db, client_id))
        evidence = glass.evidence(signer, client_id, mark.by, mark.at, notice)
        desk.vault.audit(db, "break_glass", file_no, [client_id], evidence=evidence)
    desk.vault.fix_anchor()
    desk.vault.lent[client_id] = lent
    return Change(Kind.CLIENT, client_id)


def is_broken(desk: Desk, client_id: str) -> bool:
    """Tell whether whoever is signed in opened a file with the recovery code."""
    return client_id in desk.vault.lent


def unseen(desk: Desk) -> list[BrokenSeal]:
    """Return the broken seals that whoever is signed in has not acknowledged, the latest first."""
    with desk.vault.read() as db:
        signatures = desk.vault.signatures(db)
        return breaking.unseen(db, desk.user.id, desk.vault.unseal, signatures)


def acknowledge(desk: Desk, broken_id: str) -> Change:
    """Note that whoever is signed in has read of a broken seal; this is logged too."""
    with desk.vault.write() as db:
        moment = desk.stamp().mark().at
        client = breaking.acknowledge(db, broken_id, desk.user.id, moment)
        if client is None:
            raise gone()
        client_id, file_no = client
        desk.vault.audit(db, "break_glass.seen", file_no, [client_id])
    return Change(Kind.VAULT, desk.vault.vault_id)


def _readers(desk: Desk, db: Connection, client_id: str) -> list[str]:
    """Return who must learn of it; whoever broke the seal only where there is nobody else."""
    found = {user.id for user in user_rows.all_of(db) if user.role is Role.COORDINATOR}
    found |= {user.id for user in circles.members(db, client_id)}
    return sorted(found - {desk.user.id} or {desk.user.id})


def _file_no(desk: Desk, client_id: str) -> str:
    with desk.vault.read() as db:
        return standing.found(desk, db, Client, client_id).file_no
