"""A centre for each test, and the rule that an attack has to be able to succeed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from tests.attacks import centre as centres
from tests.attacks.centre import Centre

#: A check that should stop an attack: its module or class, its name, and what stands in for it.
Weak = tuple[object, str, object]
Attack = Callable[[Centre], bool]
Holds = Callable[..., Centre]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory, cheap_keys: None) -> Centre:
    """The centre as it was made, once; nobody works with this one."""
    clock = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL))
    return centres.found(tmp_path_factory.mktemp("centre") / "merkez.vault", clock)


@pytest.fixture
def centre(founded: Centre, tmp_path: Path) -> Centre:
    """A centre of the test's own."""
    return founded.copy(tmp_path / "centre")


@pytest.fixture
def holds(founded: Centre, tmp_path: Path) -> Holds:
    """Try an attack twice: it reaches its aim against a weakened program, and else it does not."""

    def tried(attack: Attack, *weak: Weak) -> Centre:
        with pytest.MonkeyPatch.context() as patch:
            for target, name, instead in weak:
                patch.setattr(target, name, instead)
            assert attack(founded.copy(tmp_path / "weakened")), "the control shows nothing"
        whole = founded.copy(tmp_path / "whole")
        assert not attack(whole)
        return whole

    return tried


def always(*_said: object, **_named: object) -> bool:
    """Stand in for a check and let everything pass."""
    return True


def never(*_said: object, **_named: object) -> bool:
    """Stand in for a check that finds nothing."""
    return False
