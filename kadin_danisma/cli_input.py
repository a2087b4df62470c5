"""What the command line is told on standard input."""

import argparse
import getpass
import locale
import sys

from kadin_danisma.cli_parser import WrongUseError
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.streams import spelt_in


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
            return typed_unseen(_("Passphrase: "))
    except UnicodeError:
        # Its own text repeats the passphrase.
        said = _("The passphrase is not written in UTF-8. Nothing was changed.")
        raise KnownError(said) from None
    except OSError:
        pass  # Standard input is there and cannot be read: as good as missing.
    except EOFError:
        pass  # Nobody types.
    raise WrongUseError(_("Who acts? Give --password-stdin, and the passphrase on standard input."))


def typed_unseen(question: str) -> str:
    """Ask something at the terminal whose answer nobody shall see.

    Raises:
        EOFError: Nobody answers.
        UnicodeError: The answer is not text.
    """
    # The terminal is opened by Python in the encoding of the system.
    typed = getpass.getpass(spelt_in(question, locale.getpreferredencoding(do_setlocale=False)))
    typed.encode()
    return typed
