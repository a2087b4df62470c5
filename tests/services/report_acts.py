"""What is tried of reports by every role (tests/services/acts.py), and the means of trying."""

from collections.abc import Callable
from pathlib import Path

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError, NotAllowedError
from kadin_danisma.services import clockwise, detail, giving, outgoing, reconciling, reporting
from kadin_danisma.services.desk import Desk

SEPTEMBER = Period.parse("2026-09")
NOWHERE = Path("yok.xlsx")

Act = Callable[[Desk], object]


def beside(desk: Desk) -> Path:
    """Return a folder that is there."""
    return desk.vault.path.parent


def unless_refused(act: Callable[[], object]) -> object:
    """Try what something else than the role refuses here: who gets so far was let in."""
    try:
        return act()
    except NotAllowedError:
        raise
    except KnownError:
        return None


#: What the act needs, by ``module.function``.
OF_REPORTS: dict[str, tuple[Action, Act]] = {
    "reporting.counts": (Action.COUNT, lambda desk: reporting.counts(desk, SEPTEMBER)),
    "reporting.preview": (Action.PUBLISH, lambda desk: reporting.preview(desk, SEPTEMBER)),
    "reporting.publish": (
        Action.PUBLISH,
        lambda desk: reporting.publish(desk, SEPTEMBER, beside(desk), ["json"]),
    ),
    "clockwise.confirm": (Action.PUBLISH, clockwise.confirm),
    "reporting.for_paper": (
        Action.PUBLISH,
        lambda desk: reporting.for_paper(desk, SEPTEMBER),
    ),
    "reconciling.missing_since": (Action.PUBLISH, reconciling.missing_since),
    "reconciling.bring_back": (
        Action.PUBLISH,
        lambda desk: unless_refused(lambda: reconciling.bring_back(desk, NOWHERE)),
    ),
    "reconciling.confirm_all_known": (
        Action.PUBLISH,
        lambda desk: reconciling.confirm_all_known(desk, "Hiçbir rapor eksik değil."),
    ),
    "giving.custom": (
        Action.PUBLISH,
        lambda desk: giving.custom(
            desk, SEPTEMBER, "clients_by_age_band", "month", beside(desk), ["json"]
        ),
    ),
    "giving.preview": (
        Action.PUBLISH,
        lambda desk: unless_refused(
            lambda: giving.preview(desk, SEPTEMBER, "clients_by_age_band", "month")
        ),
    ),
    "outgoing.everything": (Action.PUBLISH, outgoing.everything),
    "giving.write_again": (
        Action.PUBLISH,
        lambda desk: unless_refused(lambda: giving.write_again(desk, "2026/09-9", beside(desk))),
    ),
    "giving.given": (Action.PUBLISH, giving.given),
    "giving.tell": (
        Action.PUBLISH,
        lambda desk: giving.tell(desk, SEPTEMBER, "summary", ("clients",), 0, "Basın"),
    ),
    "detail.of_year": (Action.PUBLISH, lambda desk: detail.of_year(desk, 2027)),
    "detail.is_fixed": (Action.PUBLISH, lambda desk: detail.is_fixed(desk, 2027)),
    "detail.choose": (Action.PUBLISH, lambda desk: detail.choose(desk, 2027, "coarse")),
    "detail.coarser": (
        Action.PUBLISH,
        lambda desk: detail.coarser(desk, Period.parse("2025-Q1")),
    ),
    "reporting.check_proofs": (Action.PUBLISH, reporting.check_proofs),
    "reporting.published": (Action.PUBLISH, reporting.published),
    "reporting.greater_minimums": (Action.PUBLISH, reporting.greater_minimums),
    "reporting.minimum": (Action.PUBLISH, reporting.minimum),
    "reporting.raise_minimum": (Action.PUBLISH, lambda desk: reporting.raise_minimum(desk, 6)),
}
