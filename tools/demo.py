"""``dev.py demo``: a demo vault, last month's report, and the window on it (or pictures of it)."""

import datetime as dt
import json
import shutil
import subprocess
import sys

from tools.environment import ROOT
from tools.machine import has_display
from tools.own_settings import own_settings

FOLDER = ROOT / "demo-output"
VAULT = FOLDER / "demo.vault"
#: Says that everything in the folder is invented and may be replaced by the next demo.
MARK = FOLDER / "BU-BIR-DEMO.txt"


def _run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of the program, with what somebody would type."""
    print(f"demo: main.py {' '.join(arguments)}", flush=True)
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        input=typed,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _make_room() -> bool:
    """Remove the last demo; False where the folder holds something else."""
    if FOLDER.exists() and any(FOLDER.iterdir()):
        if not MARK.exists():
            return False
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(exist_ok=True)
    MARK.write_text(
        "Bu klasördeki hiçbir şey gerçek değildir; bir sonraki demo bunları siler.\n"
        "Everything in this folder is invented; the next demo replaces it.\n",
        encoding="utf-8",
    )
    return True


def _last_month(today: dt.date) -> str:
    return (today.replace(day=1) - dt.timedelta(days=1)).strftime("%Y-%m")


def main(arguments: list[str]) -> int:
    """Make the demo; further arguments go to ``main.py demo`` (``--months 6``)."""
    if not _make_room():
        print(f"demo: {FOLDER.name} holds no demo and is left alone; move it away first.")
        return 1
    with own_settings():
        return _make(arguments)


def _make(arguments: list[str]) -> int:
    """Make the vault and its report, and show the window."""
    made = _run("demo", str(VAULT), "--json", *arguments)
    if made.returncode != 0:
        return made.returncode
    users = json.loads(made.stdout)["users"]
    for user in users:
        print(f"demo:   {user['name']:8} {user['passphrase']}   ({user['title']})")
    chief = users[0]
    acting = ("--user", chief["name"], "--password-stdin")
    month = _last_month(dt.datetime.now(dt.UTC).date())
    passphrase = chief["passphrase"] + "\n"
    report = FOLDER / "report"
    published = _run(
        "report", str(VAULT), "--period", month, "--out", str(report), *acting, typed=passphrase
    )
    print(published.stdout, end="")
    if published.returncode != 0:
        return published.returncode
    if has_display():
        print(f"demo: opening the window; sign in as {chief['name']}: {chief['passphrase']}")
        return _run("--vault", str(VAULT)).returncode
    return _take_pictures(acting, passphrase)


def _take_pictures(acting: tuple[str, ...], passphrase: str) -> int:
    """Drive the window where nobody could see it, and keep pictures of its pages."""
    folder = FOLDER / "pictures"
    print(f"demo: no display, so pictures of the window go to {folder}", flush=True)
    command = [sys.executable, "-m", "tools.pictures", str(VAULT), str(folder), *acting]
    return subprocess.run(
        command, input=passphrase, text=True, encoding="utf-8", cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
