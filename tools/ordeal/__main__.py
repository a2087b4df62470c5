"""Run the ordeals at full length inside pytest, several at a time, and print their table.

``python -m tools.ordeal [--short] [--only WORDS] [--seed N] [--jobs N]``. They are the tests of
tests/store/test_durability.py with larger numbers: outside of pytest the cheap key derivation is
refused, and so it shall stay.
"""

import argparse
import sys
import time
from typing import Any

import pytest

from tools.ordeal.bench import SEED, TALLIES
from tools.ordeal.table import Tally, render

_TESTS = "tests/store/test_durability.py"


class _Collector:
    """Takes up what each worker counted."""

    def __init__(self) -> None:
        self.tallies: list[Tally] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take it from a worker that is done; one that died has nothing, and fails the run."""
        handed = getattr(node, "workeroutput", {})
        self.tallies += [Tally(**each) for each in handed.get(TALLIES, [])]


def main(arguments: list[str]) -> int:
    """Run what the command line asks for; the exit status is 0 where everything held."""
    parser = argparse.ArgumentParser(prog="dev.py ordeal", description=__doc__)
    parser.add_argument("--short", action="store_true", help="as few tries as in the suite")
    parser.add_argument("--only", default="", help="cases whose test names hold these words")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", default="auto", help="how many at a time; one a core by default")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    collector = _Collector()
    scale = "short" if options.short else "full"
    status = pytest.main(
        [
            "-vv", "-p", "no:randomly", "-p", "tools.ordeal.plugin", f"--ordeal={scale}",
            f"--ordeal-seed={options.seed}", "-n", options.jobs, "--dist", "worksteal",
            "-k", options.only, _TESTS,
        ],
        plugins=[collector],
    )  # fmt: skip
    found = sorted(collector.tallies, key=lambda tally: tally.case)
    print(f"\n{render(found)}\n\n{time.monotonic() - began:.0f} s, seed {options.seed}")
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
