"""Trainings and talks: public events whose participants are no clients."""

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.records import Training
from kadin_danisma.domain.role import Action
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import overview, records


def trainings(desk: Desk) -> list[Training]:
    """Return all trainings, latest first."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        return overview.trainings(db)


def add(desk: Desk, training: Training) -> Change:
    """Record a training."""
    desk.require(Action.RECORD)
    desk.check(training)
    with desk.writing("training.add", training.id) as db:
        records.add(db, training, desk.stamp())
    return Change(Kind.TRAINING, training.id)
