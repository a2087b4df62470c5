"""The part of an ordeal at full length that lives in each worker of pytest: its order, its lines.

Loaded with ``-p tools.ordeal.plugin``; the suite does without it, and its ordeals are short.
"""

from dataclasses import asdict

import pytest

from tools.ordeal.bench import FULL, ORDER, SEED, SHORT, TALLIES, Order


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the order come with the command line, which every worker gets."""
    parser.addoption("--ordeal", choices=["short", "full"], default="full")
    parser.addoption("--ordeal-seed", type=int, default=SEED)


def pytest_configure(config: pytest.Config) -> None:
    """Lay the order where the tests look for it."""
    scale = SHORT if config.getoption("--ordeal") == "short" else FULL
    config.stash[ORDER] = Order(scale, config.getoption("--ordeal-seed"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was counted; the session that gives out the tests has nothing of its own."""
    handed = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed[TALLIES] = [asdict(each) for each in session.config.stash[ORDER].tallies]
