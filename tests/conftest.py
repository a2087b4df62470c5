"""What every test may ask for: cheap keys, a clock that stands still, a vault of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.services import first_steps
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import vault as vaults
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.unlocking import Unlocked
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


@dataclass(frozen=True)
class Founded:
    """A vault as founding leaves it: its files, by how their names end, and what opens it."""

    files: dict[str, bytes]
    unlocked: Unlocked
    code: str


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory, cheap_keys: None) -> Founded:
    """Found one vault for all tests of this process: the steps of the schema take most of it."""
    path = tmp_path_factory.mktemp("founded") / "merkez.vault"
    clock = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL))
    made = vaults.found_vault(
        path, "Örnek Merkez", a_user(), PASSPHRASE, clock,
        kdf=Kdf.for_tests(), demo=False, schema=None,
    )  # fmt: skip
    files = {each.name.removeprefix(path.name): each.read_bytes() for each in path.parent.iterdir()}
    return Founded(files, *made)


@pytest.fixture
def vault(vault_path: Path, clock: FixedClock, empty_vault: Founded) -> Iterator[Vault]:
    """An empty vault, opened by its coordinator ``derya``; a copy of one that was founded."""

    def copied(path: Path, *_asked: object, **_more: object) -> tuple[Unlocked, str]:
        for ending, content in empty_vault.files.items():
            path.with_name(path.name + ending).write_bytes(content)
            path.with_name(path.name + ending).chmod(0o600)
        return empty_vault.unlocked, empty_vault.code

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vaults, "found_vault", copied)
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
