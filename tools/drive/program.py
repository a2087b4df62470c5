"""The built program: its window, its command line, and the words it shows."""

import gettext
import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: How long a command of the command line may take, in seconds.
_LONGEST = 60


class Program:
    """A built program with a home of its own.

    Args:
        executable: The program.
        home: An empty folder in place of the person's own.
        environment: Leads to the display.
    """

    def __init__(self, executable: Path, home: Path, environment: Mapping[str, str]) -> None:
        self._executable = executable
        #: Where the licences of everything in it shall lie.
        self.licences = executable.parent / "licences"
        self.home = home
        self.vault = home / "merkez.vault"
        #: Where Qt looks for the documents of a person, and reports go.
        self.documents = home / "Documents"
        self.documents.mkdir()
        # Nothing of this checkout may help: no Python path, no other libraries.
        plain = {key: value for key, value in environment.items() if not key.startswith("PYTHON")}
        plain.pop("LD_LIBRARY_PATH", None)
        self.environment = {
            **plain,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_LOGGING_RULES": "qt.accessibility.atspi=false",
        }
        self._window: subprocess.Popen[bytes] | None = None
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the program)
        words = executable.parent / "_internal" / "translations"
        self._words = gettext.translation("kadin_danisma", words, ["tr"])

    def say(self, text: str) -> str:
        """Return what the program shows for a text of its sources."""
        return self._words.gettext(text)

    def open(self) -> None:
        """Open the window."""
        self._window = subprocess.Popen(
            [self._executable, "--vault", self.vault],
            env=self.environment,
            cwd=self.home,
            stderr=self._said,
        )

    def trouble(self) -> str:
        """Return why there is nothing to wait for any more: it has ended, or told a fault."""
        self._said.seek(0)
        said = self._said.read().decode(errors="replace")
        if self.say("The program has a fault; nothing that was saved is lost.") in said:
            return said
        if self._window is None or self._window.poll() is not None:
            status = self._window.poll() if self._window else None
            return f"the program has ended ({status}). {said}"
        return ""

    def status(self) -> int | None:
        """Return the exit status of the window's process, None while it runs."""
        return self._window.poll() if self._window else None

    def end(self) -> None:
        """End the window's process, where it still runs."""
        if self._window is not None and self._window.poll() is None:
            self._window.kill()
            self._window.wait()

    def command(self, *words: str, typed: str) -> Any:
        """Return what a command of the command line answers.

        Args:
            words: The command.
            typed: What stands on its standard input.
        """
        done = subprocess.run(
            [self._executable, *words, "--json"],
            input=typed.encode(),
            env=self.environment,
            cwd=self.home,
            check=True,
            capture_output=True,
            timeout=_LONGEST,
        )
        return json.loads(done.stdout)
