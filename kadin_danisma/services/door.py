"""What can be told of a vault before anybody signs in: whether it is there, and how long to wait.

The sign-in shows itself with this alone; what opens a vault is loaded while somebody signs in.
"""

import math
from pathlib import Path

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import ngettext
from kadin_danisma.store import waiting


def vault_exists(path: Path) -> bool:
    """Tell whether there is something to sign in to."""
    return path.exists()


def wait_left(path: Path, clock: Clock) -> int:
    """Return the whole seconds until a passphrase may be tried at a vault again."""
    return math.ceil(waiting.wait_left(path, clock))


def waiting_words(seconds: int) -> str:
    """Return what is said while one has to wait."""
    return ngettext(
        "After several wrong passphrases the next try waits {n} second. Nothing is lost.",
        "After several wrong passphrases the next try waits {n} seconds. Nothing is lost.",
        seconds,
    ).format(n=seconds)
