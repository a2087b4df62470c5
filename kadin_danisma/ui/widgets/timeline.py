"""Everything that happened on a file, latest first, in one list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QPushButton

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import minutes_between, show_date, show_minutes
from kadin_danisma.domain.lists import (
    CHANNEL,
    CONTACT_OUTCOME,
    REASON,
    SERVICE,
)
from kadin_danisma.domain.places import INSTITUTION
from kadin_danisma.domain.records import Application, Noted, PlayroomVisit, Referral, Session
from kadin_danisma.domain.trust import Trust, trust_words
from kadin_danisma.domain.views import TimelineEntry
from kadin_danisma.domain.withdrawal import WITHDRAWAL_REASON
from kadin_danisma.i18n import N_, _
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.models.table import FIT, Column, RecordModel
from kadin_danisma.ui.style import TINY, Tone
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import Card, EmptyState, button
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join, outcome_tone, referral_state, referral_tone

_FILTERS: tuple[tuple[Kind | None, str], ...] = (
    (None, N_("All")),
    (Kind.SESSION, N_("Sessions")),
    (Kind.APPLICATION, N_("Applications")),
    (Kind.REFERRAL, N_("Referrals")),
    (Kind.PLAYROOM_VISIT, N_("Playroom")),
)


class TimelineCard(Card):
    """The timeline with its filter; Enter opens an entry.

    Args:
        look: Where colours come from.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(_("Timeline"))
        self._entries: tuple[TimelineEntry, ...] = ()
        self._kind: Kind | None = None
        self.model: RecordModel[TimelineEntry] = RecordModel(_columns())
        self.table: TableView[TimelineEntry] = TableView(
            self.model, look, _("Timeline"), bare=True, headless=True
        )
        self._empty = EmptyState(
            _("Nothing here yet"),
            _(
                "Applications, sessions, referrals and playroom visits are listed here, latest "
                "first."
            ),
        )
        self.filters: dict[Kind | None, QPushButton] = {}
        self._add_filters()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._empty, 1)

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these entries, as far as the filter lets them."""
        self._entries = tuple(entries)
        self._sift()

    def go_to(self, record_id: str) -> None:
        """Bring an entry into view and put the cursor on it; all kinds are shown for it."""
        self.filters[None].setChecked(True)
        self.choose(None)
        for place, entry in enumerate(self.model.rows):
            if entry.record.id == record_id:
                self.table.selectRow(place)
                self.table.setFocus()

    def choose(self, kind: Kind | None) -> None:
        """Show entries of one kind only, or all."""
        self._kind = kind
        self._sift()

    def _sift(self) -> None:
        shown = [entry for entry in self._entries if self._kind in {None, entry.kind}]
        self.model.set_rows(shown)
        self.table.setVisible(bool(shown))
        self._empty.setVisible(not shown)

    def _add_filters(self) -> None:
        group = QButtonGroup(self)
        line = FlowLayout(spacing=TINY)
        self.body.addLayout(line)
        for kind, name in _FILTERS:
            words = _(name)
            made = button(words, kind="filter")
            made.setAccessibleName(_("Show: {what}").format(what=words))
            made.setCheckable(True)
            made.setChecked(kind is None)
            made.clicked.connect(lambda _checked, chosen=kind: self.choose(chosen))
            group.addButton(made)
            line.addWidget(made)
            self.filters[kind] = made


def entry_words(entry: TimelineEntry) -> str:
    """Return what happened, in a line."""
    match entry.record:
        case Session() as session:
            return join(
                SERVICE.label(session.service),
                show_minutes(session.minutes) if session.minutes else "",
                CHANNEL.label(session.channel),
            )
        case Application() as application:
            reasons = ", ".join(REASON.label(key) for key in application.reasons)
            return join(_("Application"), reasons, CHANNEL.label(application.channel))
        case Referral() as referral:
            return join(_("Referral"), INSTITUTION.label(referral.institution))
        case PlayroomVisit() as visit:
            stayed = minutes_between(visit.time_in, visit.time_out) if visit.time_out else 0
            return join(_("Playroom"), visit.child, show_minutes(stayed) if stayed else "")
    return ""


def full_words(entry: TimelineEntry) -> str:
    """Return what happened, and of what was withdrawn why, when and by whom."""
    if entry.withdrawn:
        why = WITHDRAWAL_REASON.label(entry.withdrawn.reason)
        when = show_date(entry.withdrawn.at.date())
        return join(entry_words(entry), why, when, entry.withdrawn.by)
    doubt = ""
    if entry.unproved:
        doubt = _("withdrawal not verified; the record counts")
    elif entry.doubtful:
        doubt = _("was withdrawn; who took it back is not verified")
    return join(entry_words(entry), doubt)


def note_words(entry: TimelineEntry) -> str:
    """Return whether there is a note, and whether it is closed to whoever looks."""
    if entry.note_closed:
        return _("Note: closed")
    if not (isinstance(entry.record, Noted) and entry.record.note):
        return ""
    if entry.note_trust is Trust.SHARED:
        # Said in full where the note is read; here it would leave no room for what happened.
        return join(_("Note"), _("first passphrase"))
    return join(_("Note"), trust_words(entry.note_trust) if entry.note_trust else "")


def _note_tone(entry: TimelineEntry) -> Tone | None:
    if not note_words(entry):
        return None
    if entry.note_trust is Trust.UNKNOWN:
        return Tone.DANGER
    return Tone.NEUTRAL if entry.note_closed else Tone.INFO


def entry_state(entry: TimelineEntry) -> str:
    """Return the state of an entry as a word, empty where it has none."""
    if entry.withdrawn:
        return _("Withdrawn")
    if entry.doubtful or entry.unproved:
        return _("not verified")
    match entry.record:
        case Session() as session:
            return CONTACT_OUTCOME.label(session.outcome)
        case Referral() as referral:
            return referral_state(referral)
        case PlayroomVisit(time_out=None):
            return _("Inside")
    return ""


def _state_tone(entry: TimelineEntry) -> Tone | None:
    if entry.withdrawn:
        return Tone.NEUTRAL
    if entry.doubtful or entry.unproved:
        return Tone.DANGER
    match entry.record:
        case Session() as session:
            return outcome_tone(session.outcome)
        case Referral() as referral:
            return referral_tone(referral)
        case PlayroomVisit(time_out=None):
            return Tone.INFO
    return None


def _is_withdrawn(entry: TimelineEntry) -> bool:
    return entry.withdrawn is not None


def _columns() -> list[Column[TimelineEntry]]:
    return [
        Column(_("Day"), lambda entry: show_date(entry.date), width=FIT, struck=_is_withdrawn),
        Column(_("What"), full_words, struck=_is_withdrawn),
        Column(_("Note"), note_words, tone=_note_tone, right=True, width=FIT),
        Column(_("State"), entry_state, tone=_state_tone, right=True, width=FIT),
    ]
