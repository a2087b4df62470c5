"""What each command does: asks a service, and says the answer."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kadin_danisma import __version__
from kadin_danisma.cli_input import passphrase
from kadin_danisma.cli_new import new
from kadin_danisma.cli_text import Speaker, paths, refused_by_system, table_lines
from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.invention import Size
from kadin_danisma.domain.role import role_name
from kadin_danisma.domain.table import as_data
from kadin_danisma.domain.titles import category_label
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext

if TYPE_CHECKING:
    from kadin_danisma.services.desk import Desk

DONE = 0
REFUSED = 4
DAMAGED = 5


@dataclass(frozen=True, slots=True)
class Window:
    """What only the window's floor can tell; app.py hands it in, so that Qt is loaded late."""

    qt_version: Callable[[], str]
    #: Returns a sentence for each thing that is amiss with what needs Qt.
    check: Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program: what was asked, and whom to answer."""

    options: argparse.Namespace
    speaker: Speaker
    clock: Clock
    window: Window


def key_files(options: argparse.Namespace) -> list[bytes]:
    """Return the content of the key file that was named, if any."""
    from kadin_danisma.services import second_factor

    return [] if options.key_file is None else [second_factor.read(options.key_file)]


def be_patient(call: Call, vault: Path) -> None:
    """Wait, and say so, where several wrong passphrases were tried at a vault."""
    from kadin_danisma.services import door

    if left := door.wait_left(vault, call.clock):
        call.speaker.message(door.waiting_words(left))
        call.clock.wait(left)


@contextmanager
def signed_in(call: Call) -> Iterator["Desk"]:
    """Sign in as the user the options name, and close the vault afterwards."""
    from kadin_danisma.services import access

    options = call.options
    typed = passphrase(options)
    be_patient(call, options.vault)
    desk = access.sign_in(
        options.vault, options.user, typed, call.clock, key_files=key_files(options)
    )
    with arrived(call, desk):
        yield desk


@contextmanager
def arrived(call: Call, desk: "Desk") -> Iterator["Desk"]:
    """Say what whoever signed in should know, and close the vault afterwards."""
    from kadin_danisma.services import first_steps, patience

    tried = patience.tried_since(desk)
    words = [*desk.vault.notices, tried.words if tried else "", first_steps.go_on_by_script(desk)]
    for notice in filter(None, words):
        call.speaker.message(notice)
    with closed_after(call, desk.vault.close):
        yield desk


@contextmanager
def closed_after(call: Call, close: Callable[[], None]) -> Iterator[None]:
    """Close a vault after what is asked: what fails only then takes nothing of it back."""
    with ExitStack() as stack:
        stack.callback(close)
        yield
        stack.pop_all()
    try:
        close()
    except KnownError as error:
        call.speaker.message(error.message)
    except OSError as error:
        call.speaker.message(refused_by_system(error).message)


def demo(call: Call) -> int:
    """Make a vault of invented people and print how to sign in to it."""
    from kadin_danisma.services import demo as service

    options = call.options
    made = service.make_demo(
        options.vault,
        call.clock,
        Size(options.months, options.clients, options.sessions),
        options.seed,
        call.speaker.progress,
    )
    users = [
        {"name": user.name, "title": user.title, "role": str(user.role), "passphrase": phrase}
        for user, phrase in made.users
    ]
    data = {"vault": str(options.vault), "recovery_code": made.recovery_code, "users": users}
    lines = [
        _("A demo vault with fictional people was created: {path}").format(path=options.vault),
        _("Nobody in it is real. Sign in as one of:"),
        *(
            f"  {user.name:10} {phrase}   ({role_name(user.role)}, {user.title})"
            for user, phrase in made.users
        ),
    ]
    call.speaker.result(data, lines)
    return DONE


def template(call: Call) -> int:
    """Write the empty workbook."""
    from kadin_danisma.services import importing

    path = call.options.file
    importing.write_template(path)
    call.speaker.result(paths([path]), [str(path)])
    return DONE


def import_(call: Call) -> int:
    """Read a workbook: all of it, or nothing and every reason why."""
    from kadin_danisma.services import importing

    options = call.options
    with signed_in(call) as desk:
        result = importing.import_workbook(
            desk, options.file, dry_run=options.dry_run, progress=call.speaker.progress
        )
    refused = [asdict(refusal) for refusal in result.refused]
    data = {"added": result.added, "refused": refused, "notes": result.notes}
    for note in result.notes:
        call.speaker.message(note)
    if refused:
        call.speaker.message(
            ngettext(
                "{n} mistake was found in the workbook. Nothing was imported.",
                "{n} mistakes were found in the workbook. Nothing was imported.",
                len(refused),
            ).format(n=len(refused))
        )
        call.speaker.result(data, [_refusal_line(refusal) for refusal in refused])
        return REFUSED
    said = _("Checked, nothing was written.") if options.dry_run else _("Imported.")
    added = (f"  {category_label('count', name)}: {n}" for name, n in result.added.items())
    call.speaker.result(data, [said, *added])
    return DONE


def refused_whole(error: KnownError) -> dict[str, Any]:
    """Return the JSON answer of ``import`` where the whole file is meant."""
    refusal = {"sheet": None, "row": None, "column": None, "reason": error.message}
    return {"added": {}, "refused": [refusal], "notes": []}


def _refusal_line(refusal: dict[str, Any]) -> str:
    places = [
        refusal["sheet"],
        None if refusal["row"] is None else _("row {n}").format(n=refusal["row"]),
        refusal["column"],
    ]
    where = ", ".join(str(place) for place in places if place is not None)
    return f"{where}: {refusal['reason']}" if where else str(refusal["reason"])


def counts(call: Call) -> int:
    """Show the true counts of a period."""
    from kadin_danisma.services import reporting

    options = call.options
    with signed_in(call) as desk:
        tables = reporting.counts(desk, options.period)
    period = options.period
    data = {
        "format": "kadin-danisma-counts/1",
        "period": period.key,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "tables": [as_data(table) for table in tables],
    }
    heading = _("True counts of {period}. They must not leave the centre.")
    # The numbers are for the screen; messages of a script go to a file.
    done = _("The counts of {period} were made and noted in the log.").format(period=period.title)
    lines = [heading.format(period=period.title), *table_lines(tables)]
    call.speaker.result(data, lines, [done])
    return DONE


def report(call: Call) -> int:
    """Publish the protected report of a period."""
    from kadin_danisma.services import clockwise, reporting

    options = call.options
    with signed_in(call) as desk:
        if options.clock_is_right:
            clockwise.confirm(desk)
        try:
            written = reporting.publish(
                desk, options.period, options.out, options.format, call.speaker.progress
            )
        except clockwise.ClockDoubtError as error:
            more = _("If it is right, say --clock-is-right as well.")
            raise KnownError(f"{error.message} {more}") from error
    call.speaker.result(paths(written), [str(path) for path in written])
    return DONE


def backup(call: Call) -> int:
    """Write an encrypted copy and check it."""
    from kadin_danisma.services import access, keeping, upkeep
    from kadin_danisma.services.keeping import KeepersDesk

    options = call.options
    typed = passphrase(options)
    be_patient(call, options.vault)
    desk = access.enter(
        options.vault,
        options.user,
        typed,
        call.clock,
        key_files=key_files(options),
    )
    if isinstance(desk, KeepersDesk):
        with closed_after(call, desk.close):
            written = keeping.backup(desk, options.folder, call.speaker.progress)
    else:
        with arrived(call, desk):
            written = upkeep.backup(desk, options.folder, call.speaker.progress)
    call.speaker.result(paths([written]), [str(written)])
    return DONE


def verify(call: Call) -> int:
    """Check a vault or a backup from end to end."""
    from kadin_danisma.services import upkeep

    options = call.options
    typed = passphrase(options)
    be_patient(call, options.path)
    told = call.speaker.progress
    verdict = upkeep.examine(
        options.path, options.user, typed, call.clock, key_files=key_files(options), progress=told
    )
    problems = verdict.problems
    sound = _("Checked from end to end: everything is in order.")
    if not verdict.seq:
        sound = _(
            "Every page was checked. Only a person who can open the file is told whether it was "
            "changed by somebody with the key."
        )
    head = _("Last line of the log: {seq}, check code {groups}").format(
        seq=verdict.seq, groups=" ".join(verdict.groups)
    )
    # IT checks the pages and cannot read the log.
    if verdict.note:
        call.speaker.message(verdict.note)
    shown = [*(problems or [sound]), *([head] if verdict.seq else [])]
    call.speaker.result({"sound": not problems, "problems": problems}, shown)
    return DAMAGED if problems else DONE


def restore(call: Call) -> int:
    """Make a vault from a backup."""
    from kadin_danisma.services import upkeep

    options = call.options
    typed = passphrase(options)
    be_patient(call, options.backup)
    upkeep.restore(
        options.backup,
        options.vault,
        options.user,
        typed,
        call.clock,
        key_files=key_files(options),
        accept_unproved=options.accept_unproved,
        progress=call.speaker.progress,
    )
    call.speaker.result(
        {"vault": str(options.vault)},
        [_("The vault was restored: {path}").format(path=options.vault)],
    )
    return DONE


def version(call: Call) -> int:
    """Show the versions of the program and of what it stands on."""
    from kadin_danisma.services import selftest

    versions = {"program": __version__, **selftest.versions(), "qt": call.window.qt_version()}
    names = {"program": "Kadın Danışma", "sqlcipher": "SQLCipher", "sqlite": "SQLite", "qt": "Qt"}
    call.speaker.result(versions, [f"{names[key]} {value}" for key, value in versions.items()])
    return DONE


def self_test(call: Call) -> int:
    """Let the program check itself, without touching any vault of the centre."""
    from kadin_danisma.services import selftest

    checks = selftest.run(call.clock, call.window.check)
    data = {"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]}
    call.speaker.result(
        data,
        [f"{_('ok') if check.ok else _('FAULT')}  {check.name}  {check.detail}".rstrip()
         for check in checks],
    )  # fmt: skip
    return DONE if data["ok"] else 1


COMMANDS: dict[str, Callable[[Call], int]] = {
    "demo": demo,
    "new": new,
    "template": template,
    "import": import_,
    "counts": counts,
    "report": report,
    "backup": backup,
    "verify": verify,
    "restore": restore,
}
