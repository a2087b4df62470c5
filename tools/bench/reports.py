"""Publishing: how long a month, a quarter and a year take, and how much of them is shown."""

import json
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kadin_danisma.domain.dates import Clock, Period
from kadin_danisma.services import access, reporting
from kadin_danisma.services.desk import Desk
from tools.bench.figure import Figure

#: The most a report of each kind may take, in seconds.
LIMITS = {"month": 1.0, "quarter": 10.0, "year": 60.0}


def figures(vault: Path, user: str, passphrase: str, women: int) -> Iterator[Figure]:
    """Publish the last whole year of a vault as a centre does, and yield the slowest of each kind.

    Args:
        vault: A copy that may be written to.
        user: Its coordinator.
        passphrase: Hers.
        women: About how many come in a month; only for the names of the figures.
    """
    desk = access.sign_in(vault, user, passphrase, Clock())
    seconds: dict[str, float] = defaultdict(float)
    hidden: dict[str, list[float]] = defaultdict(list)
    for period in _year(desk):
        folder = Path(tempfile.mkdtemp(dir=vault.parent))
        start = time.perf_counter()
        reporting.publish(desk, period, folder)
        seconds[period.kind] = max(seconds[period.kind], time.perf_counter() - start)
        hidden[period.kind].append(_share_hidden(folder))
        shutil.rmtree(folder)
    desk.vault.close()
    for kind, limit in LIMITS.items():
        share = 1 - sum(hidden[kind]) / len(hidden[kind])
        yield Figure(
            f"report of a {kind}, {women} women a month",
            seconds[kind],
            limit,
            limit,
            "s",
            relative=False,
            bare_is=f"its limit; {share:.0%} of its numbers are shown",
        )


def _year(desk: Desk) -> Iterator[Period]:
    """Yield the periods of last year in the order in which they end."""
    year = Period.parse(str(desk.today().year - 1))
    quarters = [period for period in year.parts if period.kind == "quarter"]
    for quarter in quarters:
        yield from quarter.months
        yield quarter
    yield year


def _share_hidden(folder: Path) -> float:
    (path,) = folder.glob("*.json")
    report = json.loads(path.read_text(encoding="utf-8"))
    values: list[int | str] = [row[-1] for table in report["tables"] for row in table["rows"]]
    return values.count("*") / len(values)
