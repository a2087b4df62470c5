"""The command line waits after wrong passphrases, and says so beside the answer."""

from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from tests.builders import PASSPHRASE
from tests.cli.conftest import Say

WHO = ("--user", "derya", "--password-stdin")


@pytest.mark.parametrize(
    "words", [("counts", "--period", "2026"), ("verify",)], ids=["counts", "verify"]
)
def test_the_fourth_try_waits_and_then_opens(
    centre: Path, say: Say, clock: FixedClock, words: tuple[str, ...]
) -> None:
    command, *rest = words
    for _time in range(3):
        assert say(command, centre, *rest, *WHO, typed="yanlış\n").status == 3
    before = clock.now()
    answer = say(command, centre, *rest, *WHO, typed=f"{PASSPHRASE}\n")
    assert answer.status == 0
    assert (clock.now() - before).total_seconds() == 2
    assert "2 saniye" in answer.err
    assert "saniye" not in answer.out


def test_wrong_tries_are_told_beside_the_answer(centre: Path, say: Say) -> None:
    say("counts", centre, "--period", "2026", *WHO, typed="yanlış\n")
    answer = say("counts", centre, "--period", "2026", "--json", *WHO, typed=f"{PASSPHRASE}\n")
    assert "1 kez" in answer.err
    assert answer.data["period"] == "2026"
