"""Stories drive the real program: from the empty screen, through the real window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.program import Program
from tests.ui.conftest import look, turkish, typist
from tests.ui.door import leave

__all__ = ["look", "turkish", "typist"]

#: Starts the program on the vault of the story.
Start = Callable[[], Program]


@pytest.fixture
def start(qapp: QApplication, look: Look, vault_path: Path, clock: FixedClock) -> Iterator[Start]:
    """Start the program as often as the story wants; locking it ends only that program."""
    made: list[Program] = []

    def begin() -> Program:
        made.append(Program(qapp, vault_path, "tr", clock, lambda _arguments: None))
        made[-1].start()
        return made[-1]

    yield begin
    for program in made:
        leave(program)
    look.wear("light", 100)
