"""Takes the built program through one day of a centre: ``python3 dev.py drive``.

Runs on the system's Python, which has the bindings of AT-SPI, in a session bus of its own. When a
step fails, what was on the screen is kept in a folder, as a picture and in words.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.drive.desk import desktop, take_picture
from tools.drive.program import Program
from tools.drive.screen import LateError, Screen
from tools.drive.story import Day, WrongError

_BUILT = Path("dist/kadin-danisma/kadin-danisma")
_PICTURES = Path("build/drive")
_FAILURES = (LateError, WrongError, OSError, subprocess.SubprocessError)


def main(arguments: list[str]) -> int:
    """Drive, and say how it went."""
    parser = argparse.ArgumentParser(prog="dev.py drive", description=__doc__)
    parser.add_argument("--program", type=Path, default=_BUILT)
    parser.add_argument("--pictures", type=Path, default=_PICTURES)
    options = parser.parse_args(arguments)
    if not options.program.exists():
        parser.error(f"there is no {options.program}: python3 dev.py bundle makes it")
    with tempfile.TemporaryDirectory() as home, desktop() as environment:
        program = Program(options.program.resolve(), Path(home), environment)
        screen = Screen(environment, program.trouble)
        try:
            return _drive(Day(program, screen), options.pictures)
        finally:
            program.end()


def _drive(day: Day, pictures: Path) -> int:
    begun = time.monotonic()
    step = ""
    try:
        for step in day.steps():
            print(f"drive: {time.monotonic() - begun:5.1f} s  {step}", flush=True)
    except _FAILURES as failure:
        print(f"drive: FAILED at {step}: {failure}", file=sys.stderr, flush=True)
        _keep(day, pictures, step)
        return 1
    print(f"drive: {time.monotonic() - begun:5.1f} s  the built program works", flush=True)
    return 0


def _keep(day: Day, pictures: Path, step: str) -> None:
    """Keep what was on the screen."""
    pictures.mkdir(parents=True, exist_ok=True)
    name = step.split(",")[0].replace(" ", "-")
    take_picture(pictures / f"{name}.png", day.program.environment)
    lines = [
        f"{thing.role}: {thing.name} [{thing.text}] {thing.middle}" for thing in day.screen.things()
    ]
    (pictures / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    print(f"drive: what was on the screen lies in {pictures}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
