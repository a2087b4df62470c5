"""The second face of the program: the command line of contract.md section 1."""

from collections.abc import Sequence

from kadin_danisma import cli_commands, cli_parser
from kadin_danisma.cli_commands import Call, Window
from kadin_danisma.cli_stop import STOPPED, heard
from kadin_danisma.cli_text import Speaker, refused_by_system
from kadin_danisma.domain.dates import Clock
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _


def main(arguments: Sequence[str], window: Window, clock: Clock | None = None) -> int:
    """Do what the words say and return the exit status of contract.md section 1.

    Anything but a ``KnownError`` or a refusal of the operating system is a fault of the program
    and goes through, to end the process with status 1.

    Args:
        arguments: The words after the program's name.
        window: What only the window's floor can tell.
        clock: The present moment.
    """
    speaker = Speaker.on_terminal(as_json="--json" in arguments)
    with heard() as is_stopped:
        try:
            return _do(arguments, speaker, window, clock or Clock())
        except KeyboardInterrupt:
            return _stopped(speaker)
        except Exception:
            # What Ctrl+C became within a library is no fault of the program.
            if is_stopped():
                return _stopped(speaker)
            raise
        finally:
            speaker.end()


def _do(arguments: Sequence[str], speaker: Speaker, window: Window, clock: Clock) -> int:
    command = None
    try:
        parser = cli_parser.build()
        options = parser.parse_args(arguments)
        command = options.command
        call = Call(options, speaker, clock, window)
        if options.version:
            return cli_commands.version(call)
        if options.self_test:
            return cli_commands.self_test(call)
        if command is None:
            parser.error("no command")
        return cli_commands.COMMANDS[command](call)
    except KnownError as error:
        return _failed(error, command, speaker)
    except OSError as error:
        return _failed(refused_by_system(error), command, speaker)


def _failed(error: KnownError, command: str | None, speaker: Speaker) -> int:
    speaker.message(error.message)
    if speaker.as_json:
        whole = command == "import" and error.exit_status == cli_commands.REFUSED
        answer = cli_commands.refused_whole(error) if whole else {"error": error.message}
        speaker.answer(answer, [])
    return error.exit_status


def _stopped(speaker: Speaker) -> int:
    stopped = _("Stopped.")
    speaker.message(stopped)
    if speaker.as_json:
        speaker.answer({"error": stopped}, [])
    return STOPPED
