"""What every test may ask for: cheap keys, a clock that stands still, a vault of its own."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.services import first_steps
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user


@pytest.fixture(autouse=True, scope="session")
def cheap_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make key derivation cost next to nothing; honoured in a test run only (store/keys.py).

    What this computer remembers of vaults is kept out of the home of whoever tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KADIN_DANISMA_TEST_KDF", "1")
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(autouse=True)
def settled_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody have her first day behind her, but not in a test marked ``first_day``."""
    if request.node.get_closest_marker("first_day") is None:
        monkeypatch.setattr(first_steps, "due", lambda _desk: frozenset())


@pytest.fixture
def clock() -> FixedClock:
    """A Sunday morning, standing still until the test moves it."""
    return FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL))


@pytest.fixture
def vault_path(tmp_path: Path) -> Path:
    """Where a test's vault lies, in a folder of its own."""
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder / "merkez.vault"


@pytest.fixture
def vault(vault_path: Path, clock: FixedClock) -> Iterator[Vault]:
    """An empty vault, opened by its coordinator ``derya``."""
    opened, _code = Vault.create(vault_path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    with opened:
        yield opened


@pytest.fixture
def desk(vault: Vault, clock: FixedClock) -> Desk:
    """The coordinator's desk."""
    return Desk(vault, clock)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
