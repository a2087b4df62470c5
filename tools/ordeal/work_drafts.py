"""Work that is not saved yet: what stands in a form is kept again and again, then saved."""

from datetime import date
from pathlib import Path

from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.domain.records import Client, Session
from kadin_danisma.errors import KnownError
from kadin_danisma.services import drafts, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import records
from kadin_danisma.store.vault import Vault
from tools.ordeal.child import REFUSED, Say
from tools.ordeal.work import (
    CLOCK,
    Harm,
    Work,
    compare,
    create,
    harm_of_opening,
    last_number,
    sign_in,
    vault_of,
)

_FILE_NO, _NUMBER, _DRAFT = "2026/0900", "G-900", "d"


class Typing(Work):
    """A note is written, kept after every few letters, and saved at the end.

    Args:
        rounds: How often it is kept.
    """

    name = "keeping a draft"

    def __init__(self, rounds: int = 60) -> None:
        self.rounds = rounds
        self._client = Client(file_no=_FILE_NO, name="Işıl Yıldız")

    def prepare(self, folder: Path) -> None:
        """Start from a file without sessions."""
        with create(folder) as vault:
            intake.open_file(Desk(vault, CLOCK), self._client)

    def run(self, folder: Path, say: Say) -> None:
        """Type on, and save; where keeping fails, go on typing."""
        with sign_in(vault_of(folder)) as vault:
            desk = Desk(vault, CLOCK)
            for number in range(1, self.rounds + 1):
                try:
                    drafts.keep(desk, self._draft(number))
                except KnownError as error:
                    say(f"{REFUSED} {type(error).__name__}")
                    return
                say(f"kept {number}")
            session = Session(
                number=_NUMBER,
                client_id=self._client.id,
                date=date(2026, 10, 6),
                service="legal",
                channel="appointment",
                note=_text(self.rounds),
            )
            with desk.finishing(_DRAFT, "session"):
                intake.record_session(desk, session)
            say("saved 1")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """The last text that was acknowledged stands in the draft or in the record, never twice."""
        try:
            with sign_in(vault_of(folder)) as vault:
                harm = compare(vault, 0, beside=frozenset({_FILE_NO}))
                return self._missing(vault, said) or harm
        except KnownError as error:
            return harm_of_opening(error)

    def _missing(self, vault: Vault, said: list[str]) -> Harm | None:
        with vault.read() as db:
            is_saved = records.find_by(db, Session, "number", _NUMBER) is not None
        kept = drafts.kept(Desk(vault, CLOCK))
        if is_saved:
            return Harm(shut=1, what="a draft outlived its record") if kept else None
        if last_number(said, "saved"):
            return Harm(lost=1, what="what was saved is gone")
        least = last_number(said, "kept")
        if not kept:
            return Harm(lost=1, what="the draft is gone") if least else None
        found = str(kept[0].typed["note"])
        whole = found in {_text(number) for number in range(max(1, least), self.rounds + 1)}
        return None if whole else Harm(lost=1, what="an older draft stands there")

    def _draft(self, number: int) -> Draft:
        typed = {"note": _text(number)}
        return Draft(_DRAFT, Form.SESSION, CLOCK.now(), self._client.id, opened={}, typed=typed)


def _text(number: int) -> str:
    """Return what was typed so far: longer each time."""
    return "eşi bugün aradı, " * number
