"""What a piece of Python opens for writing, watched with an audit hook in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

#: The hook cannot be taken off again, and byte code of modules is not what is looked for.
_HOOK = """
import os, sys
sys.dont_write_bytecode = True
def watch(event, arguments):
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        sys.stderr.write(f"WRITTEN {arguments[0]}\\n")
    elif event.startswith("tempfile.") or event in {"os.mkdir", "os.rename", "os.link"}:
        sys.stderr.write(f"WRITTEN {arguments[0]}\\n")
sys.addaudithook(watch)
"""


def written_by(code: str, *arguments: Path) -> list[str]:
    """Return the paths that the code, given these arguments, opens for writing or makes."""
    ended = subprocess.run(
        [sys.executable, "-c", _HOOK + code, *map(str, arguments)],
        cwd=Path(__file__).resolve().parents[1],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    said = ended.stderr.splitlines()
    return [line.removeprefix("WRITTEN ") for line in said if line.startswith("WRITTEN ")]
