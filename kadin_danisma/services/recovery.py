"""The way back in without a back door: sheets made, typed back, tried, used and replaced."""

from dataclasses import dataclass
from datetime import datetime

from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.discipline import Discipline, discipline_name
from kadin_danisma.domain.recovery import Kind, RecoverySet
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.services import circles, tampering
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sheets import Typed
from kadin_danisma.store import audit, keyring, read_marks, recovery, renewal, sheets
from kadin_danisma.store.keyring import Secrets
from kadin_danisma.store.renewal import NewCode

__all__ = ["Kind", "NewCode"]

#: Up to which line of the log a coordinator was told of uses of the recovery sheets.
_SEEN = "recovery.seen"


@dataclass(frozen=True, slots=True)
class Papers:
    """What is to be printed, and typed back.

    Args:
        new: The code that stands on them.
        kind: Whether it is one sheet or three.
        mark: What tells three sheets from those of another set.
        texts: What stands on each, in groups.
        pdf: A page for each.
    """

    new: NewCode
    kind: Kind
    mark: str
    texts: tuple[str, ...]
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """What opens the vault now.

    Args:
        verified: The sheets in force; None while none were typed back.
        unfinished: Whether newer ones were made and not typed back.
        closed: The disciplines whose notes the sheets in force do not open.
        is_due: Whether they should be tried again.
    """

    verified: RecoverySet | None
    unfinished: bool
    closed: frozenset[Discipline]
    is_due: bool


def came_by_recovery(desk: Desk) -> bool:
    """Tell whether whoever is signed in came in by the recovery sheets."""
    return recovery.is_recovery(desk.user.id)


def standing(desk: Desk) -> Standing:
    """Return what opens the vault now."""
    desk.require(Action.RENEW_RECOVERY)
    sets = renewal.standing(desk.vault)
    verified = next((each for each in reversed(sets) if each.verified_at), None)
    return Standing(
        verified,
        unfinished=any(each.verified_at is None for each in sets) and verified is not None,
        closed=frozenset(Discipline) - renewal.held(desk.vault, verified.id)
        if verified
        else frozenset(),
        is_due=verified is None or verified.is_due(desk.today()),
    )


def must_verify(desk: Desk) -> bool:
    """Tell whether sheets must be made or typed back before the work goes on.

    Asked of coordinators until it is done; never of a demo, where nothing is worth a sheet.
    """
    vault = desk.vault
    if not desk.may(Action.RENEW_RECOVERY) or vault.demo or vault.read_only:
        return False
    return not any(each.verified_at for each in renewal.standing(vault))


def founded(code: str) -> NewCode:
    """Return the code with which a vault was just made."""
    return NewCode(recovery.RECOVERY_ID, code)


def begin(desk: Desk, typed: Typed | None = None, *, without: bool = False) -> NewCode:
    """Make a new code; the sheets in force stay in force until the new ones are typed back.

    Args:
        desk: Who renews.
        typed: The sheets in force, where she does not hold all keys that they open.
        without: Whether she knowingly makes sheets that open less, because the old ones are lost.

    Raises:
        WrongCredentialsError: The sheets in force were not typed rightly.
        KnownError: The new sheets would open less than those in force.
    """
    desk.require(Action.RENEW_RECOVERY)
    secrets: Secrets = desk.vault.secrets
    if typed is not None:
        secrets = {**secrets, **desk.vault.secrets_of_code(typed.code)}
    if not without and (lacking := missing(desk, secrets)):
        names = ", ".join(discipline_name(each) for each in sorted(lacking))
        raise KnownError(
            _("Without the old sheets the new ones would not open these notes: {names}.").format(
                names=names
            )
        )
    new = renewal.begin(desk.vault, secrets)
    if typed is not None:
        circles.carry_over(desk, typed.code, new.set_id)
    return new


def missing(desk: Desk, secrets: Secrets | None = None) -> frozenset[Discipline]:
    """Return the disciplines that sheets in force open and keys at hand do not.

    Args:
        desk: Who asks.
        secrets: The keys at hand; those of whoever is signed in by default.
    """
    desk.require(Action.RENEW_RECOVERY)
    at_hand = set(desk.vault.secrets if secrets is None else secrets)
    with desk.vault.read() as db:
        at_hand |= set(keyring.unclaimed(db))
    opened = [renewal.held(desk.vault, each.id) for each in renewal.standing(desk.vault)]
    return frozenset().union(*opened) - at_hand - renewal.unused(desk.vault)


def papers(desk: Desk, new: NewCode, kind: Kind) -> Papers:
    """Return the sheets of a new code; three are shared out anew each time, so ask once."""
    desk.require(Action.RENEW_RECOVERY)
    # What draws is loaded when it is wanted.
    from kadin_danisma.reports import recovery_sheet

    made = desk.today()
    texts: tuple[str, ...] = (new.code,)
    mark = ""
    if kind is Kind.SHARES:
        shared = sheets.sheets_of(new.code, made)
        texts, mark = tuple(each.text() for each in shared), shared[0].mark
    root = tampering.root_words(desk)
    pdf = recovery_sheet.write(desk.vault.centre, texts, mark, made, root)
    return Papers(new, kind, mark, texts, pdf)


def complete(desk: Desk, paper: Papers, typed: Typed) -> None:
    """Take what was typed back from new sheets; from now on they alone open the vault.

    Raises:
        WrongCredentialsError: It is not what stands on them.
    """
    desk.require(Action.RENEW_RECOVERY)
    if (typed.kind, typed.mark) != (paper.kind, paper.mark):
        raise WrongCredentialsError(_("This is not what is written on the new sheets."))
    renewal.complete(desk.vault, paper.new.set_id, paper.kind, paper.mark, typed.code)


def verify(desk: Desk, typed: Typed) -> None:
    """Take sheets of a vault whose sheets were never typed back, as somebody has them.

    Raises:
        WrongCredentialsError: They open nothing here.
    """
    desk.require(Action.RENEW_RECOVERY)
    found = _tried(desk, typed)
    renewal.complete(desk.vault, found.id, typed.kind, typed.mark, typed.code)


def abandon(desk: Desk) -> None:
    """Give new sheets up before they were typed back; those in force stay so."""
    desk.require(Action.RENEW_RECOVERY)
    renewal.abandon(desk.vault)


def try_out(desk: Desk, typed: Typed) -> RecoverySet:
    """Try sheets without using them; the day is noted.

    Raises:
        WrongCredentialsError: They open nothing here; where the vault knows why, it is said.
    """
    desk.require(Action.RENEW_RECOVERY)
    return _tried(desk, typed)


def uses(desk: Desk) -> list[str]:
    """Return, as sentences, each use of the sheets that a coordinator was not told of yet.

    They count as told from now on.
    """
    if not desk.may(Action.RENEW_RECOVERY) or desk.vault.read_only:
        return []
    with desk.vault.read() as db:
        seen = read_marks.upto(db, desk.vault.roster, desk.user.id, _SEEN)
        lines = audit.since(db, "recovery.use", seen)
        found = desk.vault.signatures(db).believed(lines)
        newest = audit.last(db).seq
    others = [line for line in found if line.by != desk.user.name]
    if found:
        at = desk.clock.now().isoformat(timespec="seconds")
        with desk.vault.write() as db:
            read_marks.note(db, desk.vault.author, _SEEN, newest, at)
    return [
        _("The recovery sheets were used on {day} at {time}.").format(
            day=show_date(line.at.date()), time=show_time(line.at.time())
        )
        for line in others
    ]


def not_opening(typed: Typed, replaced: datetime | None = None) -> str:
    """Return what is said of well-typed sheets that do not open the vault."""
    if typed.made is None:
        return _(
            "The code was typed correctly, but it does not open this vault. It was replaced, or "
            "it belongs to another centre: please check the date on the sheet."
        )
    made = show_date(typed.made)
    if replaced is None:
        return _(
            "These sheets of {made} do not open the vault: they were replaced since, or they "
            "belong to another centre. Look for newer sheets."
        ).format(made=made)
    return _("These sheets are of the set of {made}, replaced on {replaced}.").format(
        made=made, replaced=show_date(replaced.date())
    )


def _tried(desk: Desk, typed: Typed) -> RecoverySet:
    try:
        return renewal.try_out(desk.vault, typed.code)
    except WrongCredentialsError:
        said = not_opening(typed, _replaced(desk, typed))
        raise WrongCredentialsError(said) from None


def _replaced(desk: Desk, typed: Typed) -> datetime | None:
    """Return when the set of typed sheets was replaced, where this vault remembers it."""
    sets = renewal.every(desk.vault) if typed.mark else []
    return next((each.replaced_at for each in sets if each.mark == typed.mark), None)
