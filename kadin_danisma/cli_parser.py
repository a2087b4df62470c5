"""The words of the command line: every command of contract.md section 1, with its help."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from kadin_danisma.domain.dates import Period
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import LANGUAGES, _
from kadin_danisma.streams import write

PROGRAM = "kadin-danisma"
FORMATS = ("pdf", "xlsx", "csv", "json")
#: The most months, clients and sessions an invented centre may have.
MOST_INVENTED = 10_000_000


class WrongUseError(KnownError):
    """The words on the command line make no command."""

    exit_status = 2


class _Help(argparse.RawDescriptionHelpFormatter):
    """Says "usage" in the active language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the active language and repeats nothing of what was typed."""

    def __init__(self, *, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Help,
        )
        self._positionals.title = _("Arguments")
        self._optionals.title = _("Options")
        self.add_argument("-h", "--help", action="help", help=_("show this help"))

    def _print_message(self, message: str, file: object = None) -> None:
        # Python's own writes letters that an old terminal lacks, and fails.
        is_answer = file is not None and file is sys.stdout
        write(sys.stdout if is_answer else sys.stderr, message)

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 (English, and repeats what was typed)
        """Say how the command is written, and raise."""
        self.print_usage(sys.stderr)
        raise WrongUseError(
            _("The command was not understood. {program} --help shows how it is written.").format(
                program=self.prog
            )
        )


class _Commands:
    """Adds commands to the parser of the whole line."""

    def __init__(self, parser: Parser) -> None:
        self._parsers = parser.add_subparsers(
            dest="command", metavar=_("COMMAND"), title=_("Commands")
        )

    def add(self, name: str, says: str, *, acts: bool = True, founds: bool = False) -> Parser:
        """Add a command and return its parser.

        Args:
            name: The word on the command line.
            says: One sentence of help.
            acts: Whether somebody has to sign in for it.
            founds: Whether her account is only made by it: then there is no key file yet.
        """
        command = self._parsers.add_parser(name, help=says, description=says)
        _add_json(command, default=argparse.SUPPRESS)
        if acts:
            # Where a user is made, a name that is not UTF-8 is refused with its reason.
            command.add_argument(
                "--user",
                type=str if founds else _spelt,
                metavar=_("NAME"),
                required=True,
                help=_("who acts"),
            )
            command.add_argument(
                "--password-stdin",
                action="store_true",
                help=_("read the passphrase from the first line of standard input"),
            )
        if acts and not founds:
            command.add_argument(
                "--key-file",
                type=Path,
                metavar="PATH",
                help=_("the key file (.anahtar), where the account needs one"),
            )
        return command


def _add_json(parser: Parser, default: object) -> None:
    parser.add_argument(
        "--json",
        action="store_true",
        default=default,
        help=_("one JSON object on standard output instead of text"),
    )


def build() -> Parser:
    """Return the parser of the whole command line, in the active language."""
    parser = Parser(
        prog=PROGRAM,
        description=_("The daily program of a women's counselling centre."),
        epilog=_("Without a command the window opens; FILE.vault alone opens that vault in it."),
    )
    # app.py reads these two before anything else; they stand here for the help.
    parser.add_argument("--vault", metavar="VAULT", help=_("the vault of the window"))
    parser.add_argument("--language", choices=LANGUAGES, help=_("the language of everything said"))
    parser.add_argument("--version", action="store_true", help=_("show the versions"))
    parser.add_argument("--self-test", action="store_true", help=_("the program checks itself"))
    _add_json(parser, default=False)
    commands = _Commands(parser)
    _add_makers(commands)
    _add_workbooks(commands)
    _add_reports(commands)
    _add_upkeep(commands)
    return parser


def _vault(command: Parser) -> None:
    command.add_argument("vault", type=Path, metavar="VAULT", help=_("the vault's file"))


def _add_makers(commands: _Commands) -> None:
    demo = commands.add(
        "demo",
        _("create a demo vault with fictional people, to explore and learn with"),
        acts=False,
    )
    _vault(demo)
    demo.add_argument("--months", type=_count, default=24, metavar="N", help=_("months until now"))
    demo.add_argument("--clients", type=_count, metavar="N", help=_("how many files"))
    demo.add_argument("--sessions", type=_count, metavar="N", help=_("how many sessions"))
    demo.add_argument("--seed", type=int, default=1, metavar="S", help=_("random seed"))
    new = commands.add("new", _("make an empty vault with its first coordinator"), founds=True)
    _vault(new)
    new.add_argument("--centre", required=True, metavar=_("NAME"), help=_("the name of the centre"))


def _add_workbooks(commands: _Commands) -> None:
    template = commands.add("template", _("write the empty workbook for importing"), acts=False)
    template.add_argument("file", type=Path, metavar="FILE.xlsx", help=_("the file to write"))
    importing = commands.add(
        "import", _("read a workbook into the vault: everything, or nothing and why")
    )
    _vault(importing)
    importing.add_argument("file", type=Path, metavar="FILE.xlsx", help=_("the file to read"))
    importing.add_argument(
        "--dry-run", action="store_true", help=_("check the workbook, write nothing")
    )


def _add_reports(commands: _Commands) -> None:
    counts = commands.add("counts", _("show the true counts of a period, on the screen only"))
    _vault(counts)
    _period(counts)
    report = commands.add(
        "report",
        _("publish the protected report of a period, the only thing that may leave the centre"),
    )
    _vault(report)
    _period(report)
    report.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help=_("where the files go")
    )
    report.add_argument(
        "--format",
        type=_formats,
        default=FORMATS,
        metavar=",".join(FORMATS),
        help=_("which of the formats, all by default"),
    )
    report.add_argument(
        "--clock-is-right",
        action="store_true",
        help=_("publish though the clock is years away from the log (logged)"),
    )


def _period(command: Parser) -> None:
    command.add_argument(
        "--period",
        type=Period.parse,
        required=True,
        metavar="P",
        help=_("2026-10 (month), 2026-Q3 (quarter) or 2026 (year)"),
    )


def _add_upkeep(commands: _Commands) -> None:
    backup = commands.add("backup", _("write an encrypted copy into a folder and check it"))
    _vault(backup)
    backup.add_argument("folder", type=Path, metavar="FOLDER", help=_("where the copy goes"))
    verify = commands.add("verify", _("check a vault or a backup from end to end"))
    verify.add_argument("path", type=Path, metavar="VAULT", help=_("the vault or backup"))
    restore = commands.add("restore", _("make a vault from a backup; never overwrites one"))
    restore.add_argument("backup", type=Path, metavar="BACKUP", help=_("the backup"))
    restore.add_argument("vault", type=Path, metavar="VAULT", help=_("the vault to make"))
    restore.add_argument(
        "--accept-unproved",
        action="store_true",
        help=_(
            "restore it though it cannot be determined whether it was changed (coordinator; logged)"
        ),
    )


def _spelt(name: str) -> str:
    """Return a name that can be asked for; one that is not UTF-8 is nobody's."""
    return name.encode(errors="replace").decode()


def _count(text: str) -> int:
    """Read how many months, files or sessions are to be invented."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_INVENTED))
    if not is_number or not 1 <= int(text) <= MOST_INVENTED:
        raise WrongUseError(_("A whole number is expected, 1 or more."))
    return int(text)


def _formats(text: str) -> tuple[str, ...]:
    """Read the formats of a report, in the order in which they are always written."""
    wanted = [name.strip().lower() for name in text.split(",")]
    if not all(name in FORMATS for name in wanted):
        raise WrongUseError(
            _("The formats of a report are {names}.").format(names=", ".join(FORMATS))
        )
    return tuple(name for name in FORMATS if name in wanted)
