"""The composition root: builds the parts and hands them to each other; alone sees every floor."""

import argparse
import os
import sys
import threading
import warnings
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import NoReturn, TextIO

from kadin_danisma import libraries, streams
from kadin_danisma.cli_stop import STOPPED
from kadin_danisma.i18n import DEFAULT_LANGUAGE, LANGUAGES, _, use_language
from kadin_danisma.paths import READ_WORKBOOK, default_vault
from kadin_danisma.store.hardening import harden_process

#: Exit statuses of contract.md section 1: the program cannot run here; it was asked for wrongly;
#: what it was given is refused.
FAULT, WRONG_USE, REFUSED = 1, 2, 4
VAULT_ENDING = ".vault"
_LANGUAGE = "--language"


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says, or open the window where it names no command.

    Args:
        arguments: The words after the program's name.

    Returns:
        The exit status of contract.md section 1.
    """
    streams.occupy()
    harden_process()
    if list(arguments) == [READ_WORKBOOK]:
        return read_foreign_workbook()
    use_language(_language(arguments))
    try:
        return _do(arguments)
    except KeyboardInterrupt:
        return tell_stopped()
    except ImportError as error:
        lacking = libraries.named_by(error)
        if not lacking:
            raise
        return _tell_lacking(lacking)


def _do(arguments: Sequence[str]) -> int:
    try:
        options, words = _WindowOptions().parse_known_args(arguments)
    except _UnclearError:
        # The parser of the commands knows the same options, and says how they are written.
        return run_command(arguments)
    if len(words) == 1 and words[0].lower().endswith(VAULT_ENDING):
        return _open_file(Path(words[0]), options.language)
    if words:
        return run_command(words)
    return run_window(options.vault or default_vault(), options.language)


def _open_file(path: Path, language: str) -> int:
    """Open the window on a file that is named alone, as a file manager does."""
    if not path.exists():
        _say(_("There is no vault at this place. Nothing was created.") + "\n")
        return REFUSED
    return run_window(path, language)


class _UnclearError(Exception):
    """The options of the window are written wrongly."""


class _WindowOptions(argparse.ArgumentParser):
    """Reads what is said beside a command: which vault, which language."""

    def __init__(self) -> None:
        super().__init__(add_help=False, allow_abbrev=False)
        self.add_argument("--vault", type=Path)
        self.add_argument(_LANGUAGE, choices=LANGUAGES, default=DEFAULT_LANGUAGE)

    def error(self, message: str) -> NoReturn:  # noqa: ARG002
        """Raise; what argparse says is English, and repeats what was typed."""
        raise _UnclearError from None


def _language(arguments: Sequence[str]) -> str:
    """Return the chosen language, also where the rest of the line is written wrongly."""
    joined = f"{_LANGUAGE}="
    words = [
        part
        for word in arguments
        for part in ([_LANGUAGE, word[len(joined) :]] if word.startswith(joined) else [word])
    ]
    named = [after for word, after in pairwise(words) if word == _LANGUAGE]
    return next((each for each in reversed(named) if each in LANGUAGES), DEFAULT_LANGUAGE)


def install_hooks() -> None:
    """Let every fault be told by ``tell_fault``, wherever it comes up; Python itself repeats texts.

    Besides the main thread there are threads, destructors (whose fault would be told with the repr
    of the dying object) and warnings (which are told with a line of text).
    """
    sys.excepthook = tell_fault
    threading.excepthook = lambda told: tell_fault(told.exc_type, None, told.exc_traceback)
    sys.unraisablehook = lambda told: tell_fault(told.exc_type, None, told.exc_traceback)
    warnings.showwarning = _tell_warning


def tell_fault(
    kind: type[BaseException], _fault: BaseException | None, trace: TracebackType | None
) -> None:
    """Tell a fault of the program by its kind and place; its text may hold a woman's name."""
    lines = [_("The program has a fault; nothing that was saved is lost.")]
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    _say("\n".join([*lines, f"  {kind.__name__}", ""]))


def _tell_warning(
    message: Warning | str,  # noqa: ARG001 (never told)
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001 (the text of the source)
) -> None:
    """Tell a warning by its kind and place, for the same reason."""
    _say(f"  {Path(filename).name}:{lineno} {category.__name__}\n")


def _say(text: str) -> None:
    """Say something where there is somebody to hear it: a bundle for Windows has no terminal."""
    streams.write(sys.stderr, text)


def tell_stopped() -> int:
    """Say that Ctrl+C was heard, and return the exit status."""
    _say(_("Stopped.") + "\n")
    return STOPPED


def read_foreign_workbook() -> int:
    """Be the process that reads a foreign workbook: without a vault, a window or a user."""
    from kadin_danisma.exchange import decoder

    return decoder.serve()


def run_command(words: Sequence[str]) -> int:
    """Do what the command line says; loaded only now, so that the window opens sooner."""
    from kadin_danisma import cli
    from kadin_danisma.cli_commands import Window

    return cli.main(words, Window(qt_version=_qt_version, check=check_window))


def run_window(vault_path: Path, language: str) -> int:
    """Open the window and return its exit status once it is closed.

    Args:
        vault_path: The vault to sign in to; it need not exist yet.
        language: One of LANGUAGES.
    """
    if not _has_display():
        _say(_("There is no screen to open the window on. --help shows the commands.") + "\n")
        return WRONG_USE
    # Qt would end the process, naming the same library whichever is missing.
    if sys.platform == "linux" and (lacking := libraries.missing_for_window(os.environ)):
        return _tell_lacking(lacking)
    from kadin_danisma.ui.shell.start import open_window

    return open_window(vault_path, language)


def _has_display() -> bool:
    """Tell whether Qt would find a screen; without one it would end the process rudely."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def _tell_lacking(lacking: Mapping[str, str]) -> int:
    """Say which shared libraries this computer lacks, and where they come from."""
    said = _("This program cannot start: this computer lacks {libraries}. Nothing was changed.")
    lines = [said.format(libraries=", ".join(lacking))]
    if packages := sorted({package for package in lacking.values() if package}):
        lines.append(_("On Debian and Pardus they come with:"))
        lines.append(f"  sudo apt install {' '.join(packages)}")
    _say("\n".join([*lines, ""]))
    return FAULT


def check_window() -> list[str]:
    """Return what is amiss with what needs Qt (``--self-test``)."""
    from kadin_danisma.ui import selfcheck

    return selfcheck.check()


def _qt_version() -> str:
    from PySide6.QtCore import qVersion

    return qVersion()
