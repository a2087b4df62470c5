"""Starting the program anew in place of this process: what the lock comes down to."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

#: The exit status where the program could not be started anew; it is locked all the same.
NOT_REPLACED = 1


def replace_process(arguments: Sequence[str]) -> NoReturn:
    """Start the program anew in place of this process: nothing of it stays in memory.

    Where it cannot be started any more, the process ends.

    Args:
        arguments: What stands behind the program's name.
    """
    own = [] if getattr(sys, "frozen", False) else [sys.argv[0]]
    command = [sys.executable, *own, *arguments]
    try:
        os.execv(sys.executable, as_one_line(command))  # noqa: S606 (our own program, no shell)
    finally:
        os._exit(NOT_REPLACED)


def as_one_line(command: Sequence[str], platform: str = sys.platform) -> list[str]:
    """Return the words of a command as execv wants them.

    Windows knows no list of words: Python joins them with spaces and quotes nothing, so that the
    file of a centre in "Belgeler ve Ayarlar" would be three. No path holds a quotation mark there.
    """
    return [f'"{word}"' if platform == "win32" else word for word in command]
