"""The log as the coordinator reads it: by person, kind, day and file; and what its state proves."""

import re
from dataclasses import dataclass

from kadin_danisma.domain.auditing import NEW_PLACE, LogQuery, deed
from kadin_danisma.domain.discipline import Discipline, discipline_name
from kadin_danisma.domain.places import INSTITUTION
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Action, action_name
from kadin_danisma.domain.trust import trust_words
from kadin_danisma.domain.views import AuditLine
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services.desk import Desk, gone
from kadin_danisma.store import log_reading, records

#: So many lines are shown at once.
PAGE = 200
#: Records without a number are named in the log by an identity that says nothing to people.
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log in words.

    Args:
        line: The line itself.
        deed: What was done.
        about: To what: numbers, people, institutions; never the name of a client.
        mark: What is to be known of its signature; empty where all is as it should be.
    """

    line: AuditLine
    deed: str
    about: str
    mark: str = ""

    @property
    def shown(self) -> str:
        """To what, and what is to be known of the signature."""
        return " · ".join(filter(None, (self.about, self.mark)))


def people_in_log(desk: Desk) -> dict[str, str]:
    """Return the user names of everybody, also of those who left, by id."""
    desk.require(Action.SEE_AUDIT)
    with desk.vault.read() as db:
        return log_reading.people(db, desk.vault.roster)


def page(
    desk: Desk, query: LogQuery, *, before: int | None = None, limit: int | None = None
) -> list[LogLine]:
    """Return lines of the log, latest first; that they were looked at is logged.

    Args:
        desk: The coordinator's desk.
        query: Which lines.
        before: The number of the line behind which to go on; going on is not logged again.
        limit: How many at the most; a page by default.
    """
    desk.require(Action.SEE_AUDIT)
    with desk.vault.read() as db:
        found = log_reading.page(db, query, before=before, limit=limit or PAGE)
        found = log_reading.judged(found, desk.vault.signatures(db))
        people = log_reading.people(db, desk.vault.roster)
    if before is None:
        _tell(desk, query)
    return [in_words(line, people) for line in found]


def file_of(desk: Desk, file_no: str) -> str:
    """Return the id of the file that has a number now; empty where there is none."""
    desk.require(Action.SEE_AUDIT)
    with desk.vault.read() as db:
        found = records.find_by(db, Client, "file_no", file_no.strip())
    return found.id if found else ""


def in_words(line: AuditLine, people: dict[str, str]) -> LogLine:
    """Return a line as people read it.

    Args:
        line: The line.
        people: User names by id.
    """
    mark = trust_words(line.trust, carried_by=people.get(line.carried_by, ""))
    return LogLine(line, deed(line.action), _about(line, people), mark)


def _tell(desk: Desk, query: LogQuery) -> None:
    """Let the log tell that it was read: each question once since she signed in."""
    if not desk.sightings.unlisted("audit.view", [repr(query)]):
        return
    if not query.client_id:
        desk.note("audit.view")
        return
    with desk.vault.read() as db:
        client = records.get(db, Client, query.client_id, withdrawn=True)
    if client is None:
        raise gone()
    desk.note("audit.file", client.file_no, [client.id])


def _about(line: AuditLine, people: dict[str, str]) -> str:
    subject = _subject(line.subject, people)
    if not line.files:
        return subject
    numbers = ", ".join(line.file_numbers)
    if others := line.files - len(line.file_numbers):
        more = ngettext("{numbers} and {n} other", "{numbers} and {n} others", others)
        numbers = more.format(numbers=numbers, n=others)
    named = subject in line.file_numbers or line.subject == str(line.files)
    return numbers if named or not subject else f"{subject} · {numbers}"


def _subject(subject: str, people: dict[str, str]) -> str:
    """Return what a line names, in words; the ids of records without a number say nothing."""
    words = [_word(word, people) for word in subject.split(" ")]
    return " ".join(word for word in words if word)


def _word(word: str, people: dict[str, str]) -> str:
    if word in people:
        return people[word]
    if word in INSTITUTION:
        return INSTITUTION.label(word)
    if word == NEW_PLACE:
        return _("first time here on this computer")
    if word in set(Discipline):
        return discipline_name(Discipline(word))
    if word in set(Action):
        return f"“{action_name(Action(word))}”"
    return "" if _ID.fullmatch(word) else word
