"""A crowded anchor file costs a sign-in nothing."""

import time
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE
from tests.store.disk import anchor_of


@pytest.mark.parametrize("line", [b"\n", b"[\n"])
def test_an_anchor_of_a_million_lines_keeps_nobody_waiting(
    closed: Path, clock: FixedClock, line: bytes
) -> None:
    anchor_of(closed).write_bytes(line * (1_000_000 // len(line)))
    began = time.process_time()
    Vault.open(closed, "derya", PASSPHRASE, clock).close()
    assert time.process_time() - began < 2
