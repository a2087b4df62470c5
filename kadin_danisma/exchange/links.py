"""What rows say about each other: files and applications by their numbers, children by name.

A number counts as defined wherever it stands, also in a row that is refused for another cell: one
mistake is named once, where it is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kadin_danisma.domain.records import PlayroomVisit, new_id
from kadin_danisma.exchange.columns import APPLICATIONS, CLIENTS
from kadin_danisma.exchange.content import Known, child_key
from kadin_danisma.exchange.drafts import Draft, Refuse
from kadin_danisma.i18n import _


@dataclass(frozen=True, slots=True)
class _Application:
    id: str
    client_id: str | None
    #: Whether the row says for certain whose it is.
    certain: bool


class Links:
    """The numbers that are defined, and the children seen so far.

    Args:
        known: What the vault holds.
        refuse: Called with what is refused.
        each: Goes through rows in such a way that it can be stopped: the vault is asked for each.
    """

    def __init__(
        self, known: Known, refuse: Refuse, each: Callable[[Iterable[Draft]], Iterator[Draft]]
    ) -> None:
        self._known = known
        self._refuse = refuse
        self._each = each
        self._files: dict[str, str] = {}
        self._applications: dict[str, _Application] = {}
        self._children: dict[tuple[str, str], tuple[int, int]] = {}
        self._files_unread = self._applications_unread = False

    def define_files(self, drafts: list[Draft], *, unread: bool) -> None:
        """Learn the file numbers of the workbook.

        Args:
            drafts: The rows of the files' sheet.
            unread: Whether the sheet or its column of numbers is missing, so that a number that
                is not found proves nothing.
        """
        self._files_unread = unread
        for draft in self._each(first_of_each(self._each(drafts), "file_no", self._refuse)):
            number = draft.text("file_no")
            known = self._known.clients.get(number)
            self._files[number] = known.id if known else new_id()

    def define_applications(self, drafts: list[Draft], *, unread: bool) -> None:
        """Learn the application numbers of the workbook, once their files are resolved.

        Args:
            drafts: The rows of the applications' sheet.
            unread: As with the files.
        """
        self._applications_unread = unread
        for draft in self._each(first_of_each(self._each(drafts), "number", self._refuse)):
            number = draft.text("number")
            known = self._known.applications.get(number)
            self._applications[number] = _Application(
                id=known.id if known else new_id(),
                client_id=draft.text("client_id") or None,
                certain="client_id" not in draft.broken,
            )

    def own_id(self, draft: Draft) -> str:
        """Return the identity of a row: the vault's where it knows the number, else a fresh one."""
        if draft.sheet is CLIENTS:
            return self._files.get(draft.text("file_no")) or new_id()
        if draft.sheet is APPLICATIONS and draft.text("number") in self._applications:
            return self._applications[draft.text("number")].id
        return new_id()

    def resolve_file(self, draft: Draft) -> None:
        """Put the identity of the file in place of its number."""
        number = draft.text("client_id")
        if not number:
            return
        found = self._files.get(number)
        if found is None and (known := self._known.clients.get(number)):
            found = known.id
        if found:
            draft.values["client_id"] = found
        elif self._files_unread:
            draft.breaks("client_id")
        else:
            self._refuse(draft, "client_id", _("Neither the workbook nor the vault has this file."))

    def resolve_application(self, draft: Draft) -> None:
        """Put the identity of the application in place of its number, if it is of this file."""
        number = draft.text("application_id")
        if not number:
            draft.values["application_id"] = None
            return
        found = self._application(number)
        if found is None:
            if self._applications_unread:
                draft.breaks("application_id")
            else:
                reason = _("Neither the workbook nor the vault has this application.")
                self._refuse(draft, "application_id", reason)
            return
        draft.values["application_id"] = found.id
        if not found.certain or "client_id" in draft.broken:
            return
        if found.client_id is None:
            reason = _("The application has no file, so a session cannot be linked to it.")
            self._refuse(draft, "application_id", reason)
        elif found.client_id != draft.values["client_id"]:
            reason = _("The application belongs to another file.")
            self._refuse(draft, "application_id", reason)

    def compare_birth_year(self, draft: Draft, visit: PlayroomVisit) -> None:
        """Refuse a year of birth that contradicts an earlier row or the vault."""
        year = visit.birth_year
        if year is None or draft.broken & {"client_id", "child", "birth_year"}:
            return
        child = child_key(visit)
        stored = self._known.birth_years.get(child)
        if stored is not None and stored != year:
            reason = _("In the vault this child has another year of birth.")
            self._refuse(draft, "birth_year", reason)
            return
        first, row = self._children.setdefault(child, (year, draft.row))
        if first != year:
            reason = _("In row {row} this child has another year of birth.").format(row=row)
            self._refuse(draft, "birth_year", reason)

    def _application(self, number: str) -> _Application | None:
        if number in self._applications:
            return self._applications[number]
        known = self._known.applications.get(number)
        return _Application(known.id, known.client_id, certain=True) if known else None


def first_of_each(drafts: Iterable[Draft], field: str, refuse: Refuse) -> list[Draft]:
    """Return the first draft of each number, and refuse the later ones."""
    firsts: dict[str, Draft] = {}
    for draft in drafts:
        number = draft.text(field)
        if not number:
            continue
        first = firsts.setdefault(number, draft)
        if first is not draft:
            reason = _("This number is already in row {row}.").format(row=first.row)
            refuse(draft, field, reason)
    return list(firsts.values())
