"""A centre with one file that is to be sealed: everything in it carries a mark to be found by."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Client, PlayroomVisit, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.services import casework, circles, intake, people, playroom, referring
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_user,
    a_visit,
    an_application,
)

TODAY = date(2026, 11, 22)
FILE_NO = "2026/0123"
#: Pieces of everything in the file that only its circle may read.
MARKS = (
    "Gülçiçek", "Saklıoğlu", "Eskiadı", "10000000146", "5000007391", "7391", "akşamüstü",
    "kayınbirader", "büyükhala", "arkakapı", "Tomurcuk", "Goncagül", "dayısıgeldi",
    "Psk. Görüşen", "ilkgörüşmeci", "duruşmanotu", "eskinot", "aradıağladı",
    "dilekçenotu", "Karaburun", "karaburun",
)  # fmt: skip
STAFF = {
    "avukat": Role.LAWYER,
    "avukat2": Role.LAWYER,
    "psikolog": Role.PSYCHOLOGIST,
    "danisma": Role.FRONT_DESK,
    "bilgi": Role.IT,
    "ikinci": Role.COORDINATOR,
}


@dataclass
class Centre:
    """The vault of a centre and the people who sign in to it, one after the other."""

    path: Path
    clock: FixedClock
    code: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    client: Client = field(
        default_factory=lambda: a_client(
            FILE_NO,
            name="Gülçiçek Eskiadı",
            kimlik_no="10000000146",
            birth_year=1988,
            legal_status="stateless",
            marital="married",
            district="karaburun",
            phone="0500 000 73 91",
            may_call="no",
            call_hours="akşamüstü",
            must_not_know="kayınbirader",
            may_collect="büyükhala",
            safety_note="arkakapı",
        )
    )

    @contextmanager
    def at(self, name: str) -> Iterator[Desk]:
        """Sit down at somebody's desk."""
        passphrase = self.code if name == "kurtarma" else PASSPHRASE
        with Vault.open(self.path, name, passphrase, self.clock) as vault:
            yield Desk(vault, self.clock)

    def seal(self, by: str, *members: str) -> None:
        """Seal the file to some people."""
        with self.at(by) as desk:
            circles.seal(desk, self.client.id, {self.ids[name] for name in members})

    def records(self) -> tuple[list[Session], list[PlayroomVisit]]:
        """Return the sessions and visits that ``found`` makes, each with its marks."""
        legal = a_session(
            self.client, counsellor="ilkgörüşmeci", note="eskinot", date=date(2026, 10, 7)
        )
        psych = a_session(self.client, service="psych", note="duruşmanotu psikolog", date=TODAY)
        visits = [
            a_visit(self.client, child=name, may_collect="büyükhala", sex="girl", date=day)
            for name, day in (
                ("Tomurcuk", date(2026, 10, 8)),
                ("TOMURCUK", TODAY),
                ("Goncagül", TODAY),
            )
        ]
        return [legal, psych], visits


def found(path: Path, clock: FixedClock) -> Centre:
    """Return a centre of the caller's own, as it was made once for all tests of this process."""
    made, files = _made(clock.now())
    for ending, content in files.items():
        path.with_name(path.name + ending).write_bytes(content)
        path.with_name(path.name + ending).chmod(0o600)
    return replace(made, path=path, clock=clock, ids=dict(made.ids))


@cache
def _made(now: datetime) -> tuple[Centre, dict[str, bytes]]:
    """Make the centre, and return it with its files, by how their names end."""
    with TemporaryDirectory() as folder:
        made = _made_at(Path(folder) / "merkez.vault", FixedClock(now))
        beside = made.path.parent.iterdir()
        return made, {e.name.removeprefix(made.path.name): e.read_bytes() for e in beside}


def _made_at(path: Path, clock: FixedClock) -> Centre:
    """Make the centre: its people, the file with everything in it, corrected here and there."""
    centre = Centre(path, clock)
    vault, centre.code = Vault.create(path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    with vault:
        desk = Desk(vault, clock)
        for name, role in STAFF.items():
            centre.ids[name] = people.add_user(desk, name, name.upper(), role, PASSPHRASE).id
        centre.ids["derya"] = vault.user.id
        intake.open_file(desk, centre.client)
        other = a_client("2026/0124", name="Başka Biri", district="konak", birth_year=1990)
        intake.open_file(desk, other)
        for client in (centre.client, other):
            hers = client is centre.client
            said = an_application(client, date=date(2026, 10, 5), note="aradıağladı" * hers)
            intake.record_application(desk, said)
            referring.refer(desk, a_referral(client, note="dilekçenotu" * hers))
        sessions, visits = centre.records()
        intake.record_session(desk, sessions[1])
        for visit in visits:
            playroom.check_in(desk, visit)
        playroom.check_out(desk, visits[0].id, "dayısıgeldi", time(17, 0))
        standing = casework.client(desk, centre.client.id)
        intake.correct(desk, replace(standing, name="Gülçiçek Saklıoğlu", education="primary"))
    with centre.at("avukat") as desk:
        intake.record_session(desk, sessions[0])
        session = casework.record_of(desk, Kind.SESSION, sessions[0].id)
        assert isinstance(session, Session)
        changed = replace(session, note="duruşmanotu", counsellor="Psk. Görüşen")
        intake.correct(desk, changed)
    return centre


def shown(content: bytes) -> list[str]:
    """Return the marks that stand in some bytes, in any form in which we store text.

    Four figures count where they stand alone: within an id they stand by chance.
    """
    return [
        mark
        for mark in MARKS
        if any(
            re.search(b"(?<![0-9a-f-])%b(?![0-9a-f-])" % form, content)
            if mark.isdigit() and len(mark) < 8
            else form in content
            for form in (mark.encode(), fold(mark).encode(), mark.encode("utf-16-le"))
        )
    ]


def session_of_the_lawyer(centre: Centre) -> Session:
    """Let the lawyer hold a session with the woman of the file, and return it."""
    made = a_session(centre.client, number="G-2026-00077", date=TODAY)
    with centre.at("avukat") as desk:
        intake.record_session(desk, made)
    return made
