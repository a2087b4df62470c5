#!/usr/bin/env python3
"""The one command of whoever works on the program: prepares the machine, then does the job.

``python3 dev.py`` lists the jobs. Needs nothing but Python 3.11; everything else goes into .venv
from the hash-locked requirements.lock. Works on Debian, Pardus and Windows.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools import machine
from tools.environment import ROOT, prepare, program

SHARED_MEMORY = Path("/dev/shm")
#: Many times what the tests of two workers hold at once.
NEEDED_BYTES = 2 << 30
SOURCES = ["kadin_danisma", "tests", "tools", "main.py", "dev.py", "build.spec"]


def call(*command: str, environment: dict[str, str] | None = None, folder: Path = ROOT) -> int:
    """Run a program of this checkout and return its exit status; Ctrl+C is for it to answer."""
    with subprocess.Popen(command, cwd=folder, env=os.environ | (environment or {})) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def python(*arguments: str, environment: dict[str, str] | None = None) -> int:
    """Run .venv's Python."""
    return call(program("python"), *arguments, environment=environment)


def steps(*commands: list[str]) -> int:
    """Run every command, saying each, and return the first exit status that is not 0."""
    status = 0
    for command in commands:
        print(f"dev.py: {' '.join(command)}", flush=True)
        status = python("-m", *command) or status
    return status


def _is_newer(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def compile_translations() -> int:
    """Compile the catalogues, which are not kept in the repository, where they changed."""
    catalogues = (ROOT / "translations").rglob("*.po")
    if all(_is_newer(source.with_suffix(".mo"), source) for source in catalogues):
        return 0
    return python("-m", "tools.translations", "compile")


def test(arguments: list[str]) -> int:
    """Run the everyday tests, all of them with ``--all``, or those that are named.

    The window is offscreen unless QT_QPA_PLATFORM says otherwise.
    """
    everything = "--all" in arguments
    arguments = [word for word in arguments if word != "--all"]
    chosen = any(
        word in {"-k", "-m"} or (ROOT / word.split("::")[0]).exists() for word in arguments
    )
    if not everything and not chosen:
        arguments = ["-m", "not slow", *arguments]
    environment = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    workers = [] if any(word.startswith("-n") for word in arguments) else ["-n", "auto"]
    command = ["pytest", *workers, *arguments]
    print(f"dev.py: {shlex.join(command)}", flush=True)
    with TemporaryDirectory(prefix="kd-", dir=_room_in_memory()) as folder:
        return python("-m", *command, environment=environment | {"TMPDIR": folder})


def _room_in_memory() -> str | None:
    """Return where the tests' vaults lie in memory, if the system lends enough of it.

    Every save waits until the medium has it: on a disk the tests spend a third of their time so.
    """
    has_room = SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > NEEDED_BYTES
    return str(SHARED_MEMORY) if has_room else None


def check(_arguments: list[str]) -> int:
    """Check form, lint, types, translations and the floors of the house."""
    return steps(
        ["ruff", "format", "--check", *SOURCES],
        ["ruff", "check", *SOURCES],
        ["mypy"],
        ["tools.translations", "check"],
        ["pytest", "-p", "no:randomly", "tests/test_architecture.py"],
    )


def format_sources(_arguments: list[str]) -> int:
    """Put every source file into form and mend what ruff can mend."""
    return steps(["ruff", "check", "--fix", *SOURCES], ["ruff", "format", *SOURCES])


def translations(_arguments: list[str]) -> int:
    """Bring the catalogue up to date and say what is still untranslated."""
    return steps(["tools.translations", "update"], ["tools.translations", "check"])


def run(arguments: list[str]) -> int:
    """Run the program; its exit status is ours, and so is the folder that names are meant in."""
    return call(program("python"), str(ROOT / "main.py"), *arguments, folder=Path.cwd())


def demo(arguments: list[str]) -> int:
    """Make a demo vault, export last month's report and open the window on it."""
    return python("-m", "tools.demo", *arguments)


def bundle(_arguments: list[str]) -> int:
    """Build the one-folder program dist/kadin-danisma."""
    return steps(["PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "build.spec"])


def drive(arguments: list[str]) -> int:
    """Take the built program through a day of a centre, by keyboard on a screen of its own."""
    # The bindings of AT-SPI belong to the system's Python.
    return call("dbus-run-session", "--", "/usr/bin/python3", "-m", "tools.drive", *arguments)


def bench(arguments: list[str]) -> int:
    """Measure the program beside bare baselines and print the ratios."""
    return python("-m", "tools.bench", *arguments, environment={"QT_QPA_PLATFORM": "offscreen"})


def ordeal(arguments: list[str]) -> int:
    """Kill, cut off, fill, flip and exchange vaults by the thousand and print what they bore."""
    return python("-m", "tools.ordeal", *arguments, environment={"QT_QPA_PLATFORM": "offscreen"})


def attack(arguments: list[str]) -> int:
    """Publish invented years by the program and try to find somebody in all the reports at once."""
    return python("-m", "tests.attacker", *arguments)


def lock(_arguments: list[str]) -> int:
    """Write requirements.lock anew from pyproject.toml, with uv fetched for this one job."""
    folder = ROOT / "build" / "uv"
    status = python("-m", "pip", "install", "--quiet", "--upgrade", "--target", str(folder), "uv")
    return status or call(
        str(folder / "bin" / "uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes",
        "--no-emit-index-url", "--python-version", "3.11", "--extra", "dev", "pyproject.toml",
        "-o", "requirements.lock",
    )  # fmt: skip


JOBS = {
    "demo": demo,
    "test": test,
    "run": run,
    "check": check,
    "format": format_sources,
    "translations": translations,
    "bundle": bundle,
    "drive": drive,
    "bench": bench,
    "ordeal": ordeal,
    "attack": attack,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Prepare the machine and do the job that is named first; the rest is handed to it."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__,
        epilog="\n".join(f"  {name:13} {job.__doc__}" for name, job in JOBS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("job", choices=JOBS, metavar="JOB", help="one of the jobs below")
    if not arguments:
        parser.print_help()
        return 2
    job = parser.parse_args(arguments[:1]).job
    window = machine.has_display() and job in {"demo", "run"}
    try:
        machine.require_python()
        machine.provide_packages(window=window, bundle=job == "bundle", drive=job == "drive")
        prepare()
    except machine.MissingError as missing:
        print(f"dev.py: {missing}", file=sys.stderr)
        return 1
    if job != "translations" and compile_translations() != 0:
        return 1
    return JOBS[job](arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
