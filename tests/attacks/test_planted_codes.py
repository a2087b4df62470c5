"""A colleague outside the circle puts codes of her own beside the names she guesses, and waits."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.services import playroom
from kadin_danisma.store import child_codes, sealing
from kadin_danisma.store.failures import BrokenVaultError
from tests.builders import a_visit
from tests.services.restricted import found


@pytest.mark.parametrize("weakened", [False, True])
def test_a_code_put_beside_each_name_that_is_guessed_does_not_tell_when_the_child_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, weakened: bool
) -> None:
    """Everybody can seal a name to the key of a file; a code of hers in use would tell her of it.

    The negative control: a program in which a row proves nothing.
    """
    if weakened:
        monkeypatch.setattr(child_codes, "_proof", lambda *_of: bytes(32))
    clock = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL))
    centre = found(tmp_path / "merkez.vault", clock)
    centre.seal("avukat", "psikolog")
    names = {f"c-{at:032x}": name for at, name in enumerate(("poyraz", "defne", "kumsal"))}
    with centre.at("danisma") as desk, desk.vault.write() as db:
        (public,) = db.execute("SELECT public FROM circle").fetchone()
        db.executemany(
            "INSERT INTO child_code (client_id, code, sealed) VALUES (?, ?, ?)",
            [
                (centre.client.id, code, sealing.seal(bytes(32) + name.encode(), public))
                for code, name in names.items()
            ],
        )
    with centre.at("psikolog") as desk, suppress(BrokenVaultError):
        visit = a_visit(centre.client, child="Kumsal", date=date(2026, 11, 22))
        playroom.check_in(desk, visit)
    with centre.at("danisma") as desk, desk.vault.read() as db:
        stored = {code for (code,) in db.execute("SELECT child FROM playroom_visit")}
    assert {names[code] for code in stored & names.keys()} == ({"kumsal"} if weakened else set())
