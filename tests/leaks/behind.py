"""What the story does by services alone: circles, recovery, the log, the vault key, the notes."""

from datetime import timedelta

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.errors import KnownError
from kadin_danisma.services import (
    auditing,
    breaking,
    circles,
    finding,
    inspecting,
    key_change,
    people,
    recovery,
)
from kadin_danisma.services.desk import Desk
from tests.leaks.life import Life
from tests.leaks.markers import marker

#: Longer than anybody has to wait after a wrong code.
A_WHILE = timedelta(minutes=10)


def behind_the_window(life: Life, desk: Desk) -> None:
    """Seal a file and break the seal, renew recovery sheets, ask the log, change the vault key."""
    colleagues = [user.id for user in people.users(desk) if user.id != desk.user.id]
    (restricted,) = finding.search(desk, marker("quick entry"))
    circles.seal(desk, restricted.id, colleagues)
    _break_in(life, desk, restricted.id)
    auditing.page(desk, LogQuery(client_id=restricted.id))
    # Lines name a file by its number. This one got its number from the program; in a whole log
    # stands what somebody typed as a number.
    about = LogQuery(client_id=restricted.id)
    inspecting.export(desk, about, life.chosen, ("pdf", "xlsx", "csv"))
    inspecting.print_state(desk, life.chosen)
    _renew_recovery(life, desk)
    key_change.change_key(desk)
    life.secret("vault key after its change", desk.vault._key)


def search_the_notes(life: Life, desk: Desk) -> None:
    """Search the notes for what was typed, and for what was not."""
    life.planted("search.notes")
    found = finding.search_notes(desk, marker("session.note corrected"), lambda *_: None)
    assert found.lines, "a note is found by its word"
    finding.search_notes(desk, marker("search.notes"), lambda *_: None)


def _break_in(life: Life, desk: Desk, client_id: str) -> None:
    """Try to break a seal with a marker for a code, then with the code on the paper."""
    reason = f"Danışanın durumu acil, {marker('break glass.reason')} yüzünden dosya açılıyor."
    life.planted("break glass.reason", "break glass.code")
    for code in (marker("break glass.code"), life.recovery_code):
        try:
            breaking.break_seal(desk, client_id, code, reason)
        except KnownError as error:
            life.report.say("said", "a seal that was not broken", error.message)
            life.clock.moment += A_WHILE
    assert breaking.is_broken(desk, client_id)


def _renew_recovery(life: Life, desk: Desk) -> None:
    """Draw three new sheets, which exist in memory only, and give them up."""
    new = recovery.begin(desk, without=True)
    drawn = recovery.papers(desk, new, Kind.SHARES)
    life.secret("a new recovery code", new.code)
    for number, text in enumerate(drawn.texts, start=1):
        life.secret(f"recovery sheet {number}", text)
    assert drawn.pdf.startswith(b"%PDF")
    recovery.abandon(desk)
