"""Vaults at rest, for tests about opening them."""

from pathlib import Path

import pytest

from kadin_danisma.store.vault import Vault


@pytest.fixture
def closed(vault: Vault) -> Path:
    """The path of a vault that nobody has open."""
    vault.close()
    return vault.path
