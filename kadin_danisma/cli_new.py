"""The command ``new``: a vault whose recovery code somebody saw, or no vault."""

from typing import TYPE_CHECKING

from kadin_danisma.cli_input import passphrase, typed_unseen
from kadin_danisma.cli_stop import kept_back
from kadin_danisma.domain.passphrase import SHORTEST
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _

if TYPE_CHECKING:
    from kadin_danisma.cli_commands import Call
    from kadin_danisma.services.desk import Desk

_DONE = 0


def new(call: "Call") -> int:
    """Make an empty vault and print its recovery code, once."""
    from kadin_danisma.services import access

    options = call.options
    typed = passphrase(options)
    if access.is_weak(typed):
        raise KnownError(
            _(
                "The passphrase of a new vault has at least {n} characters. Nothing was changed."
            ).format(n=SHORTEST)
        )
    if not call.speaker.can_answer:
        raise _code_unheard()
    with kept_back() as is_stopped:
        desk, code = access.create_vault(
            options.vault, options.centre, options.user, typed, call.clock
        )
        heard = False
        try:
            heard = not is_stopped() and _say_new(call, code)
        finally:
            if not heard:
                access.take_back(desk)
    if not heard and not is_stopped():
        raise _code_unheard()
    try:
        if is_stopped():
            raise KeyboardInterrupt
        if not options.password_stdin:
            _type_back(call, desk)
    finally:
        desk.vault.close()
    return _DONE


def _code_unheard() -> KnownError:
    return KnownError(
        _(
            "Standard output cannot be written, so the recovery code would be lost. "
            "Nothing was made."
        )
    )


def _type_back(call: "Call", desk: "Desk") -> None:
    """Have the code typed back at the terminal; a script is asked at the first sign-in instead."""
    from kadin_danisma.services import recovery
    from kadin_danisma.services.sheets import Reader

    while typed := _typed_back():
        try:
            found = Reader().take(typed)
            if found is not None:
                recovery.verify(desk, found)
                call.speaker.message(_("It is on paper, and it opens the vault."))
                return
        except KnownError as error:
            call.speaker.message(error.message)


def _typed_back() -> str:
    try:
        return typed_unseen(_("Type the code back from your paper: "))
    except (EOFError, UnicodeError):
        return ""


def _say_new(call: "Call", code: str) -> bool:
    options = call.options
    return call.speaker.answer(
        {"vault": str(options.vault), "recovery_code": code},
        [
            _("The vault was made: {path}").format(path=options.vault),
            _("Recovery code, shown only now. Write it on paper and lock it away:"),
            f"  {code}",
        ],
    )
