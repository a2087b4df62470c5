"""What comes before the first day of work: the duty of confidentiality, and one's own passphrase.

Until both are done the desk serves nothing (``Desk.require``), whatever the window shows.
"""

from kadin_danisma.domain import conduct, passphrase
from kadin_danisma.domain.steps import Step
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.services import key_change
from kadin_danisma.services.desk import Desk, not_allowed
from kadin_danisma.store import recovery, user_rows
from kadin_danisma.store import users as accounts

ACCEPTED = "conduct.accept"


def due(desk: Desk) -> frozenset[Step]:
    """Return what the signed-in person has to do before she can work.

    Nobody in a demo is real. The recovery code is paper and no person: each use of it is logged.
    """
    vault = desk.vault
    if vault.demo or recovery.is_recovery(desk.user.id):
        return frozenset()
    with vault.read() as db:
        accepted = user_rows.has_accepted(db, desk.user.id, ACCEPTED, conduct.VERSION)
    steps = set() if accepted else {Step.CONDUCT}
    if not vault.slots.mine.own:
        steps.add(Step.OWN_PASSPHRASE)
    return frozenset(steps)


def accept_conduct(desk: Desk) -> None:
    """Accept the code of conduct as it stands today; dated and logged.

    Raises:
        KnownError: The medium cannot be written.
    """
    with desk.writing(ACCEPTED, conduct.VERSION) as db:
        user_rows.accept(db, desk.user.id, desk.clock.now())
    desk.first_steps -= {Step.CONDUCT}


def choose_passphrase(desk: Desk, new: str, progress: Progress | None = None) -> None:
    """Set one's own passphrase in place of the one somebody else gave; renews the key pairs too.

    The key of the vault is changed behind it (``key_change.end_older``).

    Only while it is due: afterwards the present passphrase is asked for (``change_passphrase``).

    Raises:
        NotAllowedError: It is not due.
        KnownError: It is too short, or the one she was given.
    """
    if Step.OWN_PASSPHRASE not in desk.first_steps:
        raise not_allowed()
    if passphrase.is_weak(new):
        raise KnownError(_("This is short: somebody could guess it."))
    if desk.vault.slots.opens_with(new):
        raise KnownError(_("This is the passphrase you were given. Please choose another one."))
    accounts.reset_passphrase(desk.vault, desk.user.id, new)
    key_change.end_older(desk, progress)
    desk.first_steps -= {Step.OWN_PASSPHRASE}


def go_on_by_script(desk: Desk) -> str:
    """Let the command line work before the code of conduct was accepted; return what it says.

    It shows no file, and what IT scripts with it must not stop at a question (contract.md 1). A
    passphrase that somebody else knows stops it all the same.
    """
    if Step.CONDUCT not in desk.first_steps:
        return ""
    desk.first_steps -= {Step.CONDUCT}
    return _(
        "This user has not accepted the duty of confidentiality yet. The window asks for it at "
        "the first sign-in."
    )
