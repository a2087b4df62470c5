"""A desk, a look and a workplace for pages and dialogs; nothing is drawn on a real screen."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.i18n import DEFAULT_LANGUAGE, use_language
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.workplace import Workplace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def desk(vault: Vault, clock: FixedClock) -> Desk:
    """The coordinator's desk."""
    return Desk(vault, clock)


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """The light look at 100 %."""
    return Look(qapp, "light")


@pytest.fixture
def place(desk: Desk, look: Look) -> Iterator[Workplace]:
    """The coordinator's workplace."""
    made = Workplace(desk, look)
    yield made
    made.background.close()


@pytest.fixture(params=["tr", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    use_language(request.param)
    yield request.param
    use_language(DEFAULT_LANGUAGE)


@pytest.fixture(params=[("light", 100), ("dark", 150)], ids=["light", "dark"])
def worn(request: pytest.FixtureRequest, look: Look) -> Iterator[Look]:
    """Each theme, the dark one in large print."""
    look.wear(*request.param)
    yield look
    look.wear("light", 100)
