"""Run the ordeals at full length inside pytest and print their table.

``python -m tools.ordeal [--short] [--only WORDS] [--seed N]``. They are the tests of
tests/store/test_durability.py with larger numbers: outside of pytest the cheap key derivation is
refused, and so it shall stay.
"""

import argparse
import sys
import time

import pytest

from tools.ordeal.bench import FULL, ORDER, SEED, SHORT, Order
from tools.ordeal.table import render

_TESTS = "tests/store/test_durability.py"


class _Plugin:
    """Hands the order to the tests."""

    def __init__(self, order: Order) -> None:
        self._order = order

    def pytest_configure(self, config: pytest.Config) -> None:
        """Lay the order where the tests look for it."""
        config.stash[ORDER] = self._order


def main(arguments: list[str]) -> int:
    """Run what the command line asks for; the exit status is 0 where everything held."""
    parser = argparse.ArgumentParser(prog="dev.py ordeal", description=__doc__)
    parser.add_argument("--short", action="store_true", help="as few tries as in the suite")
    parser.add_argument("--only", default="", help="cases whose test names hold these words")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    order = Order(SHORT if options.short else FULL, options.seed, talks=True)
    began = time.monotonic()
    status = pytest.main(
        ["-s", "-p", "no:randomly", "-p", "no:xdist", "-k", options.only, _TESTS],
        plugins=[_Plugin(order)],
    )
    print(f"\n{render(order.tallies)}\n\n{time.monotonic() - began:.0f} s, seed {order.seed}")
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
