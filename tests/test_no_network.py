"""Nothing the program does loads a module that could open a socket, whatever the libraries do."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = ("socket", "_socket", "ssl", "_ssl", "http.client", "urllib.request", "asyncio")
WORK = """
import sys
from kadin_danisma import app, cli, cli_commands
from kadin_danisma.services import access, importing, people, reporting, today, upkeep
from kadin_danisma.reports import raster, writers
from tests.reports.builders import a_report
report = a_report()
made = {name: writers.render(report, name) for name in writers.FORMATS}
raster.text(made["pdf"])
list(raster.pictures(made["pdf"], 1.0))
print(" ".join(name for name in FORBIDDEN if name in sys.modules))
"""


def loaded(work: str, forbidden: tuple[str, ...]) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", f"FORBIDDEN = {forbidden!r}\n{work}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return ended.stdout.split()


def test_services_and_reports_load_no_network_module() -> None:
    assert loaded(WORK, FORBIDDEN) == []


def test_a_network_module_would_be_seen() -> None:
    assert loaded("import ssl\n" + WORK, FORBIDDEN[:4]) == ["socket", "_socket", "ssl", "_ssl"]
