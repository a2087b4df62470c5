"""The playroom: who is in, since when, and who may collect."""

from dataclasses import replace
from datetime import date, time

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.collecting import Pickup, Standing, pickup
from kadin_danisma.domain.records import Client, PlayroomVisit, files_of
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.text import tidy
from kadin_danisma.domain.views import VisitLine
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import standing
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import overview, records
from kadin_danisma.store.rows import Connection

_BOARD = "list.playroom"


def children_in(desk: Desk) -> list[VisitLine]:
    """Return the children who are in today, the longest first."""
    desk.require(Action.RUN_PLAYROOM)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        inside = overview.visits(db, desk.today(), only_inside=True)
        found = [sight.visit_line(line) for line in inside]
    return _listed(desk, found)


def count_in(desk: Desk) -> int:
    """Return how many children are in today, and show none of them."""
    desk.require(Action.RUN_PLAYROOM)
    with desk.vault.read() as db:
        return len(overview.visits(db, desk.today(), only_inside=True))


def visits_on(desk: Desk, day: date) -> list[VisitLine]:
    """Return all visits of a day."""
    desk.require(Action.RUN_PLAYROOM)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        found = [sight.visit_line(line) for line in overview.visits(db, day)]
    return _listed(desk, found)


def children_of(desk: Desk, client_id: str) -> list[PlayroomVisit]:
    """Return the latest visit of each child of a file, so that nobody types it twice."""
    desk.require(Action.RUN_PLAYROOM)
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        if sight.seal_of(client_id) is Seal.CLOSED:
            return []
        found = [sight.record(visit) for visit in overview.children_of(db, client_id)]
    desk.listed(_BOARD, {visit.client_id for visit in found})
    return found


def check_in(desk: Desk, visit: PlayroomVisit, *, mother_agreed: bool = False) -> Change:
    """Let a child in.

    Args:
        desk: The desk.
        visit: The child's visit.
        mother_agreed: Whether the mother was asked just now about somebody whom she names though
            she had ruled them out; that has a line of its own among the alarms of the log.

    Raises:
        ClosedFileError: It is a restricted file's, and closed to her: whoever cannot read who may
            collect must not take the child in.
        ExcludedError: Somebody is named who must not know or must not collect, and the mother was
            not asked.
    """
    desk.require(Action.RUN_PLAYROOM)
    visit = replace(visit, child=tidy(visit.child), may_collect=tidy(visit.may_collect))
    desk.check(visit)
    with desk.writing("playroom_visit.add", visit.id, files_of(visit)) as db:
        sight = Sight(desk, db)
        sight.let_pass(visit.client_id)
        refuse_ruled_out(desk, db, visit, None, mother_agreed=mother_agreed)
        records.add(db, visit, desk.stamp(), sight.keys)
    return Change(Kind.PLAYROOM_VISIT, visit.id)


class ExcludedError(KnownError):
    """Who stands at the door must not know or must not collect, and the mother was not asked."""


def check_out(
    desk: Desk, visit_id: str, collected_by: str, time_out: time, *, mother_agreed: bool = False
) -> Change:
    """Let a child go.

    Args:
        desk: The desk.
        visit_id: The child's visit.
        collected_by: Who takes the child.
        time_out: When.
        mother_agreed: Whether the mother was asked just now about somebody whom she had ruled out.
            That the child went so has a line of its own among the alarms of the log.

    Raises:
        ClosedFileError: It is a restricted file's, and closed to her.
        ExcludedError: She ruled out who takes the child, and was not asked again.
        KnownError: The child has already gone; what was written first stands. Or the visit was
            withdrawn.
    """
    desk.require(Action.RUN_PLAYROOM)
    files: list[str] = []
    with desk.writing("playroom_visit.out", visit_id, files) as db:
        visit = standing.found(desk, db, PlayroomVisit, visit_id)
        if visit.time_out is not None:
            raise KnownError(_("This child has already been collected."))
        sight = Sight(desk, db)
        left = replace(sight.record(visit), time_out=time_out, collected_by=tidy(collected_by))
        desk.check(left)
        files += files_of(visit)
        if _is_ruled_out(sight, db, left):
            if not mother_agreed:
                raise _excluded()
            desk.vault.audit(db, "playroom_visit.out_excluded", visit_id, files)
        records.correct(db, left, desk.stamp(), keys=sight.keys)
    return Change(Kind.PLAYROOM_VISIT, visit_id)


def undo_check_out(desk: Desk, visit_id: str) -> Change:
    """Take back a departure that was recorded by mistake."""
    desk.require(Action.RUN_PLAYROOM)
    files: list[str] = []
    with desk.writing("playroom_visit.back", visit_id, files) as db:
        visit = standing.found(desk, db, PlayroomVisit, visit_id)
        sight = Sight(desk, db)
        back = replace(sight.record(visit), time_out=None, collected_by="")
        files += files_of(visit)
        records.correct(db, back, desk.stamp(), keys=sight.keys)
    return Change(Kind.PLAYROOM_VISIT, visit_id)


def refuse_ruled_out(
    desk: Desk,
    db: Connection,
    visit: PlayroomVisit,
    before: PlayroomVisit | None,
    *,
    mother_agreed: bool,
) -> None:
    """Refuse a visit in which somebody may collect, or collected, whom the mother ruled out.

    Args:
        desk: The desk.
        db: The transaction in which it is written.
        visit: As it shall stand; of a file that is open to her.
        before: As it stands, with its sealed fields; None for a new one. What stood there already
            is not asked about again.
        mother_agreed: Whether the mother was asked just now; then the log tells of it.

    Raises:
        ExcludedError: She was not.
    """
    words = _written(Sight(desk, db), db, visit)
    named = before is None or tidy(before.may_collect) != tidy(visit.may_collect)
    took = before is None or tidy(before.collected_by) != tidy(visit.collected_by)
    may_collect = named and words.ruled_out()
    collected = took and words.verdict(visit.collected_by).standing is Standing.EXCLUDED
    if (may_collect or collected) and not mother_agreed:
        raise _excluded()
    if may_collect:
        desk.vault.audit(db, "playroom_visit.in_excluded", visit.id, files_of(visit))
    if collected:
        desk.vault.audit(db, "playroom_visit.out_excluded", visit.id, files_of(visit))


def _excluded() -> ExcludedError:
    return ExcludedError(
        _("This person must not know or must not collect the child. Nothing was recorded.")
    )


def _is_ruled_out(sight: Sight, db: Connection, left: PlayroomVisit) -> bool:
    return _written(sight, db, left).verdict(left.collected_by).standing is Standing.EXCLUDED


def _written(sight: Sight, db: Connection, visit: PlayroomVisit) -> Pickup:
    """Return what is written about who may take the child of a visit home."""
    client = records.get(db, Client, visit.client_id)
    return pickup(visit, sight.record(client) if client is not None else None)


def _listed(desk: Desk, lines: list[VisitLine]) -> list[VisitLine]:
    desk.listed(_BOARD, {line.visit.client_id for line in lines})
    return lines
