"""What the command line is told on standard input."""

import argparse
import getpass
import sys

from kadin_danisma.cli_parser import WrongUseError
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _


def passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase: the first line of standard input, or typed unseen on a terminal.

    Raises:
        WrongUseError: There is no standard input, or nobody types at it.
        KnownError: It is not UTF-8.
    """
    try:
        if options.password_stdin:
            line = sys.stdin.buffer.readline() if sys.stdin else None
            if line is not None:
                return line.decode().rstrip("\r\n").removeprefix("\ufeff")
        elif sys.stdin and sys.stdin.isatty():
            typed = getpass.getpass(_("Passphrase: "))
            typed.encode()
            return typed
    except UnicodeError:
        # Its own text repeats the passphrase.
        said = _("The passphrase is not written in UTF-8. Nothing was changed.")
        raise KnownError(said) from None
    except OSError:
        pass  # Standard input is there and cannot be read: as good as missing.
    raise WrongUseError(_("Who acts? Give --password-stdin, and the passphrase on standard input."))
