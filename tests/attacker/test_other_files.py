"""PDF, XLSX and CSV tell a stranger nothing that the JSON does not: no number, no trace of one.

Two centres differ only in what is hidden. If any byte of any file hung on a hidden number, on how
it was counted or in which order it was written down, their files would differ.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.services import intake, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user, an_application

#: By which channel the women of a month came: what differs is small, and hidden in both centres.
BY_LETTER_OFTEN = ["phone"] * 18 + ["letter"] * 2 + ["walk_in"]
IN_PERSON_OFTEN = ["walk_in"] * 2 + ["letter"] + ["phone"] * 18
PERIODS = ("2026-08", "2026-09", "2026-Q3")


@contextmanager
def a_centre(folder: Path, clock: FixedClock) -> Iterator[Desk]:
    folder.mkdir()
    vault, _code = Vault.create(folder / "m.vault", "Merkez", a_user(), PASSPHRASE, clock)
    with vault:
        yield Desk(vault, clock)


def files_of(folder: Path, clock: FixedClock, channels: list[str]) -> dict[str, bytes]:
    with a_centre(folder, clock) as desk:
        for month in (8, 9):
            for at, channel in enumerate(channels):
                client = a_client(f"2026/{month:02d}{at:02d}", birth_year=1990, district="konak")
                intake.open_file(desk, client)
                day = date(2026, month, 5)
                intake.record_application(desk, an_application(client, date=day, channel=channel))
                intake.record_session(desk, a_session(client, date=day))
        written = [
            path
            for period in PERIODS
            for path in reporting.publish(desk, Period.parse(period), folder / "out")
        ]
    return {path.name: path.read_bytes() for path in written}


def test_centres_that_differ_in_hidden_numbers_only_publish_the_same_bytes(
    tmp_path: Path, clock: FixedClock
) -> None:
    one = files_of(tmp_path / "one", clock, BY_LETTER_OFTEN)
    other = files_of(tmp_path / "other", clock, IN_PERSON_OFTEN)
    assert len(one) == 4 * len(PERIODS)
    documents = {name for name in one if name.endswith(".json")}
    assert {name: one[name] for name in documents} == {name: other[name] for name in documents}
    assert {name for name in one if one[name] != other[name]} == set()


def test_centres_that_differ_in_a_printed_number_do_not(tmp_path: Path, clock: FixedClock) -> None:
    one = files_of(tmp_path / "one", clock, BY_LETTER_OFTEN)
    other = files_of(tmp_path / "other", clock, [*BY_LETTER_OFTEN, "phone"])
    assert {name for name in one if one[name] == other[name]} == set()
