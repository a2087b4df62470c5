"""A whole life of a vault in one process, with a marker wherever somebody can type one.

Run as ``python -m tests.leaks.life PART FOLDER REPORT`` by stories/test_no_traces.py. The part
``first`` ends as a crash does, killed in the middle of a form; the part ``after`` comes back.
"""

import contextlib
import io
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from kadin_danisma.app import install_hooks
from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from tests.leaks.markers import CENTRE, marker, staff_name
from tests.leaks.watcher import Report, look_at_process, look_at_windows, watch

OCTOBER = datetime(2026, 10, 5, 10, 0, tzinfo=ISTANBUL)
NOVEMBER = datetime(2026, 11, 2, 9, 0, tzinfo=ISTANBUL)
#: Names as they are typed at sign-in, and passphrases: each a marker of its own.
COORDINATOR = staff_name("sign in.coordinator")
LAWYER = staff_name("sign in.lawyer")
PASSPHRASE = marker("sign in.passphrase")
CHANGED = marker("sign in.changed passphrase")
#: What the lawyer chooses at her first sign-in.
OWN = marker("sign in.own passphrase")


class Life:
    """What the parts of the story share.

    Args:
        folder: Holds ``merkez/`` for the vault, ``secilen/`` for what is let out and ``gelen/``
            with the workbooks that come in.
        report: Where everything is told.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        self.report = report
        self.vault = folder / "merkez" / "merkez.vault"
        self.older = folder / "merkez" / "eski.vault"
        self.restored = folder / "merkez" / "geri.vault"
        self.chosen = folder / "secilen"
        self.incoming = folder / "gelen"
        self.clock = FixedClock(OCTOBER)
        #: On paper from the founding on.
        self.recovery_code = ""

    def look(self, where: str) -> None:
        """Tell what others can see at this moment."""
        look_at_windows(self.report, where)

    def planted(self, *places: str) -> None:
        """Tell where a marker was typed."""
        for place in places:
            self.report.say("planted", place)

    def secret(self, name: str, value: str | bytes) -> None:
        """Tell a secret the program made, so that it is looked for as well."""
        kind = "secret" if isinstance(value, bytes) else "secret text"
        self.report.say(kind, name, value.hex() if isinstance(value, bytes) else value)


def command_line(life: Life) -> None:
    """Go through the commands, rightly and wrongly used."""
    vault, chosen = str(life.older), str(life.chosen)
    who = ["--user", COORDINATOR, "--password-stdin"]
    wrong = marker("command line.wrong word")
    refused = str(life.incoming / "refused.xlsx")
    for words, status in (
        (["verify", vault, *who], 0),
        (["import", vault, str(life.incoming / "markers.xlsx"), "--json", *who], 0),
        (["import", vault, refused, *who], 4),
        (["import", vault, refused, "--json", *who], 4),
        (["counts", vault, "--period", "2026-03", *who], 0),
        (["report", vault, "--period", "2026-03", "--out", chosen, *who], 0),
        (["template", str(life.chosen / "bos.xlsx")], 0),
        (["backup", vault, chosen, *who], 0),
        ([wrong], 2),
        (["counts", vault, "--period", wrong, *who], 2),
        (["report", vault, "--period", "2026-03", "--out", chosen, "--format", wrong, *who], 2),
        (["verify", str(life.vault.parent / f"yok-{wrong}"), *who], 4),
        (["backup", vault, chosen, "--user", wrong, "--password-stdin"], 3),
        (["restore", wrong, vault, *who], 4),
    ):
        _command(words, status)


def _command(words: list[str], status: int) -> None:
    from kadin_danisma.app import main

    sys.stdin = io.TextIOWrapper(io.BytesIO(PASSPHRASE.encode()), encoding="utf-8")
    ended = main(["--language", "tr", *words])
    if ended != status:
        raise SystemExit(f"{words[0]}: {ended}")


def older_vault(life: Life) -> None:
    """Make a vault as it was before the wall, with a note in plain text, and open it once."""
    from kadin_danisma.services import access
    from kadin_danisma.store.vault import Vault
    from tests.builders import a_user
    from tests.leaks.older import write_plain_notes

    vault, code = Vault.create(
        life.older, CENTRE, a_user(COORDINATOR), PASSPHRASE, life.clock, schema=2
    )
    with vault.write() as db:
        write_plain_notes(db)
    vault.close()
    life.secret("recovery code of the older vault", code)
    life.planted("older vault.note", "older vault.history")
    with access.sign_in(life.older, COORDINATOR, PASSPHRASE, life.clock).vault as opened:
        life.secret("key of the older vault", opened._key)


def first(life: Life) -> None:
    """Live until a crash in the middle of a form."""
    from tests.leaks import days

    older_vault(life)
    command_line(life)
    days.first_day(life)
    life.clock.moment = NOVEMBER
    days.second_day(life)
    life.report.say("done", "first")
    os.kill(os.getpid(), signal.SIGKILL)


def after(life: Life) -> None:
    """Come back after the crash, look whether everything is there, and close properly."""
    from tests.leaks import days

    life.clock.moment = NOVEMBER
    days.after_the_crash(life)
    life.report.say("done", "after")


PARTS = {"first": first, "after": after}


def main() -> None:
    """Live through the part that is named."""
    part, folder, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if os.environ.get("KADIN_DANISMA_TEST_KDF"):
        with contextlib.suppress(ImportError):
            import pytest  # noqa: F401 (makes key derivation cheap, see store/keys.py)
    with path.open("a", encoding="utf-8") as file:
        report = Report(file)
        watch(report)
        install_hooks()
        life = Life(folder, report)
        PARTS[part](life)
        look_at_process(report, part)


if __name__ == "__main__":
    main()
