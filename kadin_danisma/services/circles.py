"""Restricted files: sealing one to its circle, changing who is in it, opening it for all again.

Docs/decisions/0019. Each act is one transaction, with a log line for each person it concerns.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.records import Client, User
from kadin_danisma.domain.role import Action, may
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import standing
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import circle_book, circles, records, restricting, sweeping, user_rows
from kadin_danisma.store.recovery import is_recovery
from kadin_danisma.store.rows import Connection


def choices(desk: Desk) -> list[User]:
    """Return the people who can be in a circle: who see files and have a key of their own."""
    desk.require(Action.RESTRICT)
    with desk.vault.read() as db:
        return _choices(db)


def members(desk: Desk, client_id: str) -> list[User]:
    """Return the circle of a file, nobody where it is an ordinary one; this everybody may know."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        return circles.members(db, client_id)


def seal(desk: Desk, client_id: str, member_ids: Collection[str]) -> Change:
    """Seal a file to a circle; whoever seals it is in the circle.

    Raises:
        KnownError: It is restricted already, or somebody cannot be in a circle.
    """
    desk.require(Action.RESTRICT)
    wanted = {each for each in (*member_ids, desk.user.id) if not is_recovery(each)}
    with _changing(desk, client_id) as (db, client):
        if client_id in circles.publics(db):
            raise KnownError(_("This file is restricted already."))
        _refuse_strangers(db, wanted)
        mark = desk.stamp().mark()
        secret = circles.draw(db, client_id, mark)
        circles.admit(db, client_id, secret, wanted | _codes(db), mark)
        restricting.seal(db, client_id, secret, mark)
        for user_id in sorted(wanted):
            _tell(desk, db, client, "circle.open", user_id)
    return Change(Kind.CLIENT, client_id)


def widen(desk: Desk, client_id: str, member_ids: Collection[str]) -> Change:
    """Take people into the circle of a restricted file.

    Raises:
        ClosedFileError: The file is closed to whoever tries.
        KnownError: It is not restricted, or somebody cannot be in a circle.
    """
    desk.require(Action.RESTRICT)
    with _changing(desk, client_id) as (db, client):
        secret = _key(desk, db, client_id)
        new = set(member_ids) - {user.id for user in circles.members(db, client_id)}
        _refuse_strangers(db, new)
        circles.admit(db, client_id, secret, new, desk.stamp().mark())
        for user_id in sorted(new):
            _tell(desk, db, client, "circle.widen", user_id)
    return Change(Kind.CLIENT, client_id)


def narrow(desk: Desk, client_id: str, member_ids: Collection[str]) -> Change:
    """Take people out of the circle; the file gets a new key, because they may have kept the old.

    Raises:
        ClosedFileError: The file is closed to whoever tries.
        KnownError: It is not restricted, or nobody would be left.
    """
    desk.require(Action.RESTRICT)
    with _changing(desk, client_id) as (db, client):
        old = _key(desk, db, client_id)
        present = {user.id for user in circles.members(db, client_id)}
        leaving = present & set(member_ids)
        if not leaving:
            return Change(Kind.CLIENT, client_id)
        if not present - leaving:
            raise KnownError(
                _("Somebody must keep access. Nothing was changed: choose another person first.")
            )
        staying = present - leaving | circles.codes_of(db, client_id)
        mark = desk.stamp().mark()
        secret = circles.draw(db, client_id, mark)
        circles.dismiss(db, client_id, leaving)
        circles.admit(db, client_id, secret, staying, mark)
        restricting.reseal(db, client_id, old, secret, mark)
        for user_id in sorted(leaving):
            _tell(desk, db, client, "circle.narrow", user_id)
    desk.vault.lent.pop(client_id, None)
    return Change(Kind.CLIENT, client_id)


def unseal(desk: Desk, client_id: str) -> Change:
    """Make an ordinary file of a restricted one, for everybody who sees files.

    Raises:
        ClosedFileError: The file is closed to whoever tries.
        KnownError: It is not restricted.
    """
    desk.require(Action.RESTRICT)
    with _changing(desk, client_id) as (db, client):
        restricting.unseal(db, client_id, _key(desk, db, client_id))
        circles.dissolve(db, client_id)
        desk.vault.audit(db, "circle.close", client.file_no, [client_id])
    desk.vault.lent.pop(client_id, None)
    return Change(Kind.CLIENT, client_id)


def without_recovery(desk: Desk) -> list[str]:
    """Return the ids of her restricted files that the recovery code in force cannot open.

    A new code gets no key by itself: else whoever may renew it could read every restricted file.
    """
    with desk.vault.read() as db:
        return [key for key in Sight(desk, db).keys if _lacking(db, key)]


def hand_to_recovery(desk: Desk) -> Change:
    """Let the recovery code in force open her restricted files that it cannot; this is logged."""
    desk.require(Action.RESTRICT)
    with desk.vault.write() as db:
        for client_id, secret in Sight(desk, db).keys.items():
            _hand_over(desk, db, client_id, secret, _lacking(db, client_id))
    return Change(Kind.VAULT, desk.vault.vault_id)


def carry_over(desk: Desk, code: str, set_id: str) -> None:
    """Let a new recovery code open the restricted files that the one in force opens.

    Args:
        desk: Who renews the code.
        code: The one in force, which she typed: she could open these files with it anyway.
        set_id: In whose name the new one opens the vault.

    Raises:
        WrongCredentialsError: It is not the recovery code.
    """
    desk.require(Action.RENEW_RECOVERY)
    opened = desk.vault.unlocked_by_code(code)
    with desk.vault.write() as db:
        keys = circles.keys_of(db, opened.slot.user_id, opened.unseal)
        for client_id, secret in keys.items():
            _hand_over(desk, db, client_id, secret, {set_id})


def finish(desk: Desk) -> None:
    """Take out of the vault file what sealing overwrote, if a crash came between."""
    sweeping.sweep(desk.vault)


def refuse_orphans(db: Connection, user_id: str) -> None:
    """Refuse that the last person of a circle leaves: only the recovery code could open the file.

    Raises:
        KnownError: Some restricted files have nobody else.
    """
    if files := circles.only_member_of(db, user_id):
        raise KnownError(
            _(
                "Nobody else has access to {files}. Ask this person to add a colleague first. If "
                "that is impossible, open the file with the recovery code and add one yourself."
            ).format(files=", ".join(files))
        )


@contextmanager
def _changing(desk: Desk, client_id: str) -> Iterator[tuple[Connection, Client]]:
    """Lend the transaction of one act on a file, and sweep the vault file after it."""
    with desk.vault.write() as db:
        client = standing.found(desk, db, Client, client_id)
        desk.vault.circles.let_pass(db, [client_id])
        yield db, client
        sweeping.order(db)
    # The act itself is done. On a full disk the sweep stays due until the next sign-in.
    with suppress(KnownError):
        sweeping.sweep(desk.vault)


def _key(desk: Desk, db: Connection, client_id: str) -> bytes:
    sight = Sight(desk, db)
    if sight.seal_of(client_id) is Seal.NONE:
        raise KnownError(_("This file is not restricted."))
    sight.let_pass(client_id)
    if not desk.vault.circles.may_change(db, client_id, desk.user.id):
        raise KnownError(_("Only somebody who has access can change who has access."))
    return sight.keys[client_id]


def _tell(desk: Desk, db: Connection, client: Client, action: str, user_id: str) -> None:
    """Write the line about one person of a circle; with it the key of the file is signed."""
    evidence = circle_book.evidence(circles.publics(db)[client.id])
    desk.vault.audit(db, action, f"{client.file_no} {user_id}", [client.id], evidence=evidence)


def _hand_over(
    desk: Desk, db: Connection, client_id: str, secret: bytes, code_ids: Collection[str]
) -> None:
    if not code_ids:
        return
    client = records.get(db, Client, client_id, withdrawn=True)
    assert client is not None
    desk.vault.circles.let_pass(db, [client_id])
    circles.admit(db, client_id, secret, code_ids, desk.stamp().mark())
    desk.vault.audit(db, "circle.recovery", client.file_no, [client_id])


def _codes(db: Connection) -> set[str]:
    """Return in whose names recovery codes open the vault.

    Raises:
        KnownError: None of them could open a restricted file.
    """
    if codes := circles.recovery_ids(db):
        return codes
    raise KnownError(
        _(
            "The recovery code of this vault cannot open restricted files yet. Please sign in once "
            "with the user name \u201ckurtarma\u201d and the code, then try again."
        )
    )


def _lacking(db: Connection, client_id: str) -> set[str]:
    """Return the recovery codes in force that do not open a file."""
    return circles.recovery_ids(db) - circles.codes_of(db, client_id)


def _choices(db: Connection) -> list[User]:
    ready = circles.ready(db)
    return [
        user
        for user in user_rows.all_of(db)
        if user.id in ready and may(user.role, Action.SEE_CLIENTS)
    ]


def _refuse_strangers(db: Connection, user_ids: Collection[str]) -> None:
    if set(user_ids) - {user.id for user in _choices(db)}:
        raise KnownError(
            _(
                "One of the people chosen cannot be given access: they do not see files, have "
                "left, or have not signed in yet."
            )
        )
