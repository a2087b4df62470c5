"""What somebody does with records of her own: withdrawn, moved and taken back by their author.

Whoever may not record one either asks all the same: the service itself has to refuse her.
"""

from contextlib import suppress
from dataclasses import replace

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Application, Client, Session, new_id
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.services import intake, withdrawing
from kadin_danisma.services.desk import Desk
from tests.builders import a_client, a_session, an_application
from tests.services.report_acts import Act, unless_refused


def a_file_of_her_own(desk: Desk) -> Client:
    """Open a file."""
    client = a_client(f"2026/{new_id()}")
    with suppress(NotAllowedError):
        intake.open_file(desk, client)
    return client


def a_session_of_her_own(desk: Desk, client: Client) -> Session:
    """Record a session: only whoever wrote one and the coordinator correct or withdraw it."""
    session = a_session(client)
    with suppress(NotAllowedError):
        intake.record_session(desk, session)
    return replace(session, revision=1)


def a_contact_of_her_own(desk: Desk) -> Application:
    """Record a contact, for the same reason."""
    contact = an_application()
    with suppress(NotAllowedError):
        intake.record_application(desk, contact)
    return replace(contact, revision=1)


def take_back_her_own(desk: Desk) -> object:
    """Withdraw a contact of her own, and take that back."""
    contact = a_contact_of_her_own(desk)
    with suppress(NotAllowedError):
        withdrawing.withdraw(desk, contact, "twice")
    return withdrawing.take_back(desk, Kind.APPLICATION, contact.id)


def move_back_what_stands(desk: Desk) -> object:
    """Move a contact of her own where it is already: who gets so far was let in."""
    contact = a_contact_of_her_own(desk)
    client = a_file_of_her_own(desk)
    with suppress(NotAllowedError):
        withdrawing.move(desk, contact, client.id)
    return unless_refused(
        lambda: withdrawing.move_back(desk, Kind.APPLICATION, contact.id, client.id)
    )


OF_WITHDRAWING: dict[str, tuple[Action, Act]] = {
    "withdrawing.withdraw": (
        Action.RECORD,
        lambda desk: withdrawing.withdraw(desk, a_contact_of_her_own(desk), "twice"),
    ),
    "withdrawing.withdraw a session": (
        Action.WRITE_SESSIONS,
        lambda desk: withdrawing.withdraw(
            desk, a_session_of_her_own(desk, a_file_of_her_own(desk)), "twice"
        ),
    ),
    "withdrawing.take_back": (Action.RECORD, take_back_her_own),
    "withdrawing.move": (
        Action.RECORD,
        lambda desk: withdrawing.move(desk, a_contact_of_her_own(desk), a_file_of_her_own(desk).id),
    ),
    "withdrawing.move_back": (Action.RECORD, move_back_what_stands),
    "withdrawing.withdrawn_records": (Action.SEE_CLIENTS, withdrawing.withdrawn_records),
}
