"""What tests of services may ask for: a centre with one record of each kind."""

import pytest

from kadin_danisma.services import people
from kadin_danisma.services.desk import Desk
from tests.builders import PASSPHRASE
from tests.services.withdrawals import (
    APPLICATION,
    CONTACT,
    ONE,
    REFERRAL,
    SESSION,
    STAFF,
    TRAINING,
    TWO,
    VISIT,
    Staffed,
    enter,
)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A centre with one record of each kind."""
    enter(desk, ONE, TWO, APPLICATION, CONTACT, SESSION, VISIT, REFERRAL, TRAINING)
    return desk


@pytest.fixture
def staffed(full: Desk) -> Staffed:
    """The same with colleagues who sign in one after the other."""
    for name, role in STAFF.items():
        people.add_user(full, name, f"{name.title()} A.", role, PASSPHRASE)
    return Staffed(full)
