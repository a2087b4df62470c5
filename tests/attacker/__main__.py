"""Invent histories of a centre, publish them by the program, and attack all that was published.

``python3 dev.py attack [--histories N] [--seed N] [--women N,N] [--months 3|12] [--order WORDS]``.
Every history is told by its plan, which is printed: the same plan tells the same story. The exit
status is 1 where a stranger found out what she should not have.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.attacker.attack import Result, attack, smallest
from tests.attacker.histories import History, live
from tests.attacker.inventing import ORDERS, Plan
from tests.attacker.knowledge import Heard
from tests.attacker.reading import read

_SHOWN = 8


def main(arguments: list[str]) -> int:
    """Attack as many histories as asked for."""
    parser = argparse.ArgumentParser(prog="dev.py attack", description=__doc__)
    parser.add_argument("--histories", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1, help="of the first history")
    parser.add_argument("--women", default="20,60,150,300", help="women a month, one of these")
    parser.add_argument("--months", type=int, choices=(3, 12), default=12)
    parser.add_argument("--order", choices=ORDERS, help="one order of publishing only")
    parser.add_argument("--seconds", type=float, default=60, help="for one whole-number story")
    options = parser.parse_args(arguments)
    found = sum(_try(plan, options.seconds) for plan in _plans(options))
    print(f"\n{options.histories} histories, {found} findings")
    return 1 if found else 0


def _plans(options: argparse.Namespace) -> Iterator[Plan]:
    for seed in range(options.seed, options.seed + options.histories):
        dice = random.Random(seed)
        yield Plan(
            seed=seed,
            women=dice.choice([int(number) for number in options.women.split(",")]),
            months=options.months,
            order=options.order or dice.choice(ORDERS),
            late=dice.choice((0.0, 0.03, 0.1)),
            corrections=dice.choice((0, 5)),
            new_categories_from=dice.choice((7, 13)),
            raised_in=dice.choice((6, 13, 13)),
            regular=dice.choice((True, False)),
            sealed=dice.choice((True, False)),
            beside=dice.choice((0.0, 0.0, 0.3)),
            coarse=dice.choice((False, False, True)),
        )


def _try(plan: Plan, seconds: float) -> int:
    """Let one history happen and attack it; return how much was found."""
    print(f"\n{plan}", flush=True)
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        history = live(plan, Path(folder))
    lived = time.monotonic()
    heard = Heard(told=tuple(history.told), women_change=plan.corrections > 0)
    result = attack(history.documents, history.truth, heard, seconds)
    attacked = time.monotonic()
    print(f"  {_said(history)}; lived in {lived - began:.0f} s, attacked in "
          f"{attacked - lived:.0f} s with {result.solved[0]} linear and {result.solved[1]} whole "
          f"programs; {result.small} small counts hidden, {_kinds(result)}")  # fmt: skip
    for period, reason in history.unpublished.items():
        print(f"    not published: {period}: {reason}")
    for finding in result.findings[:_SHOWN]:
        print(f"    {finding}")
    for finding in result.of("pinned", "bounded")[:1]:
        print(f"    needs {smallest(history.documents, history.truth, finding, heard)}")
    heard = replace(heard, knows_the_rule=True)
    knowing = attack(history.documents, history.truth, heard, seconds)
    print(f"  outside the promise, who also knows the rule: {_kinds(knowing)}", flush=True)
    return len(result.findings) + len(history.unpublished)


def _said(history: History) -> str:
    readings = [read(document) for document in history.documents]
    printed = [number for reading in readings for _, number in reading.printed]
    share = 100 * printed.count(None) / max(1, len(printed))
    return (f"{len(readings)} reports, {len(history.told)} told, {history.refused} refused, "
            f"{len(printed)} numbers, {share:.0f} % of them stars")  # fmt: skip


def _kinds(result: Result) -> str:
    found = Counter(finding.kind for finding in result.findings)
    return ", ".join(f"{count} {kind}" for kind, count in found.items()) or "0 found out"


if __name__ == "__main__":
    with TemporaryDirectory() as settings:
        # What this computer remembers of vaults is kept out of the home of whoever tries.
        os.environ["XDG_CONFIG_HOME"] = settings
        sys.exit(main(sys.argv[1:]))
