"""One day of a new centre, from the empty PC to the month on paper: what the driver does."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from tools.drive.program import Program
from tools.drive.screen import PATIENCE, LateError, Screen

_CENTRE = "Örnek Kadın Danışma Merkezi"
_USER = "derya"
#: The clock of the program.
_ZONE = timezone(timedelta(hours=3))
_PASSPHRASE = "yağmur dindi, çığ düştü"
_FORMATS = {".pdf": b"%PDF-", ".xlsx": b"PK", ".csv": b"", ".json": b"{"}
_PAGES = (
    "Clients", "Playroom", "Referrals", "Trainings", "Reports", "Today", "Administration",
)  # fmt: skip
_SUBJECTS = (
    "Who may do what", "Backup", "Import", "Recovery", "Log", "Look and passphrase", "Users",
    "About",
)  # fmt: skip
#: One line of a sheet: its number may stand before the groups of three signs.
_GROUP = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{3}\b")


class WrongError(Exception):
    """Something appeared, and it is not what it should be."""


@dataclass(frozen=True, slots=True)
class Day:
    """The story of a day.

    Args:
        program: The built program.
        screen: What it shows.
    """

    program: Program
    screen: Screen

    def steps(self) -> Iterator[str]:
        """Do one thing after the other; yields what is done next."""
        yield "the first start"
        self.found_vault()
        yield "the recovery sheets"
        self.write_sheets_back()
        yield "the duty of confidentiality"
        self.promise()
        yield "one record"
        self.record_contact()
        yield "the lock, and the true counts by the command line"
        self.lock()
        self.count_one_contact()
        yield "the sign-in"
        self.sign_in()
        yield "the report"
        self.export_month()
        yield "every page"
        self.look_around()
        yield "the end"
        self.lock()
        self.close()

    def found_vault(self) -> None:
        """Make the vault of a new centre."""
        screen, say = self.screen, self.program.say
        self.program.open()
        screen.enter(say("Name of the centre"), _CENTRE)
        screen.enter(say("Your user name"), _USER)
        screen.enter(say("Passphrase"), _PASSPHRASE)
        screen.enter(say("Passphrase once more"), _PASSPHRASE)
        screen.keys("Return")
        screen.wait_for(say("Make the sheets"))
        if not self.program.vault.exists():
            raise WrongError("there is no vault")

    def write_sheets_back(self) -> None:
        """Have three sheets made, ask for a printer, and type two of them back."""
        screen, say = self.screen, self.program.say
        screen.press(say("Make the sheets"))
        texts = screen.until(self._sheets, "three sheets")
        self._ask_for_printer()
        screen.press(say("It is on paper"))
        field = say("What is written in the box of the sheet")
        screen.enter(field, texts[0])
        screen.keys("Return")
        read = say("Sheet {number} is read. Now type another sheet.").format(number=1)
        screen.wait_for(read)
        screen.enter(field, texts[2])
        screen.keys("Return")

    def promise(self) -> None:
        """Accept the code of conduct."""
        screen, say = self.screen, self.program.say
        screen.wait_for_keys(say("I have read this and will keep to it."))
        screen.keys("space", "Tab")
        screen.wait_for_keys(say("Accept"))
        screen.keys("space")
        screen.wait_for(say("Reports"))

    def record_contact(self) -> None:
        """Take a telephone call of last month in, without a file."""
        screen, say = self.screen, self.program.say
        screen.keys("F2")
        screen.enter(say("Day"), f"{_last_month():15.%m.%Y}")
        screen.keys("ctrl+Return")
        screen.until(lambda: not screen.find(say("Day"), "text"), "the form has closed")

    def lock(self) -> None:
        """Lock by the one key."""
        self.screen.keys("F12")
        self.screen.wait_for(self.program.say("Sign in"), "push button")

    def count_one_contact(self) -> None:
        """Ask the command line for what the window recorded."""
        counted = self.program.command(
            "counts", str(self.program.vault), "--period", f"{_last_month():%Y-%m}",
            "--user", _USER, "--password-stdin", typed=f"{_PASSPHRASE}\n",
        )  # fmt: skip
        if ["contacts", 1] not in counted["tables"][0]["rows"]:
            raise WrongError("the contact is not counted")

    def sign_in(self) -> None:
        """Come back after the lock."""
        screen, say = self.screen, self.program.say
        screen.enter(say("User name"), _USER)
        screen.enter(say("Passphrase"), _PASSPHRASE)
        screen.keys("Return")
        screen.wait_for(say("Reports"))

    def export_month(self) -> None:
        """Let the report of last month leave, in every format."""
        screen, say = self.screen, self.program.say
        screen.press(say("Reports"), "check box")
        screen.wait_for(say("Export"))
        screen.keys("ctrl+e")
        screen.wait_for(say("Where to"))
        screen.keys("ctrl+Return")
        screen.wait_for(say("The report was exported"))
        self._look_at_report(self.program.documents)
        screen.keys("Escape")

    def look_around(self) -> None:
        """Open every page, and every subject of the administration."""
        screen, say = self.screen, self.program.say
        for page in _PAGES:
            screen.press(say(page), "check box")
            screen.wait_for(say(page), "label")
        for subject in _SUBJECTS:
            screen.press(f"{say('Subject')}: {say(subject)}", "check box")
        screen.wait_for(str(self.program.licences), "label")
        if not (self.program.licences / "INDEX.txt").exists():
            raise WrongError("the licences do not lie where the program says")

    def close(self) -> None:
        """Close the window of the sign-in."""
        self.screen.keys("alt+F4")
        status = self._ended()
        if status != 0:
            raise WrongError(f"the program ended with {status}")

    def _sheets(self) -> list[str] | None:
        """Return what stands on the three sheets, as a screen reader reads them."""
        pages = [thing.said for thing in self.screen.things() if thing.role == "image"]
        texts = ["-".join(_GROUP.findall(page)) for page in pages if _GROUP.search(page)]
        return texts if len(texts) == 3 else None

    def _ask_for_printer(self) -> None:
        """Press *Print*: a printer is asked for, or it is said that there is none."""
        screen, say = self.screen, self.program.say
        before = {thing.name for thing in screen.things()}
        screen.press(say("Print"))
        screen.until(
            lambda: {thing.name for thing in screen.things()} - before, "an answer to Print"
        )
        screen.keys("Escape")
        screen.wait_for(say("It is on paper"))

    def _look_at_report(self, folder: Path) -> None:
        for ending, begins in _FORMATS.items():
            files = list(folder.glob(f"kadin-danisma-*{ending}"))
            if len(files) != 1 or not files[0].read_bytes().startswith(begins):
                raise WrongError(f"there is no report {ending}")

    def _ended(self) -> int:
        latest = time.monotonic() + PATIENCE
        while (found := self.program.status()) is None:
            if time.monotonic() > latest:
                raise LateError("the program does not end")
            time.sleep(0.1)
        return found


def _last_month() -> date:
    return datetime.now(_ZONE).date().replace(day=1) - timedelta(days=1)
