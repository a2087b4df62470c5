"""The form of a playroom visit: whose child it is, and who may collect it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.collecting import Standing, pickup
from kadin_danisma.domain.drafts import Typed
from kadin_danisma.domain.lists import SEX
from kadin_danisma.domain.records import Client, PlayroomVisit
from kadin_danisma.domain.text import tidy
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, intake, playroom
from kadin_danisma.services.playroom import ExcludedError
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.style import SMALL
from kadin_danisma.ui.widgets.childrow import child_words
from kadin_danisma.ui.widgets.clientbox import ClientField
from kadin_danisma.ui.widgets.fields import NumberEdit, TimeEdit
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button, label
from kadin_danisma.ui.widgets.ruledout import RuledOut
from kadin_danisma.ui.workplace import Workplace


class VisitDialog(RecordDialog[PlayroomVisit]):
    """Lets a child in, or corrects a visit.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        start: What the fields start with; without a file the mother's is asked for.
        is_new: Whether the child comes now.
    """

    def __init__(
        self,
        parent: QWidget | None,
        place: Workplace,
        start: PlayroomVisit,
        *,
        is_new: bool,
    ) -> None:
        title = _("Check a child in") if is_new else _("Playroom visit")
        action = _("Check in") if is_new else ""
        super().__init__(parent, place, title, None if is_new else start, action)
        self._start = start
        self._is_new = is_new
        self.client = ClientField(place)
        self.child = QLineEdit(start.child)
        self.birth_year = NumberEdit(start.birth_year)
        self.may_collect = QLineEdit(start.may_collect)
        self.time_in = TimeEdit(None if start.time_in == time() else start.time_in, optional=False)
        self.time_out = TimeEdit(start.time_out)
        self.collected_by = QLineEdit(start.collected_by)
        self.known: list[QPushButton] = []
        self.ruled_out = RuledOut()
        self._safety: Client | None = None
        self._lay_out()
        if start.client_id:
            self.client.choose_file(start.client_id)
        self.client.picked.connect(lambda _line: self._weigh())
        self._weigh()
        if is_new:
            self.client.picked.connect(lambda _line: self._show_children())
            self._show_children()
        for person in (self.may_collect, self.collected_by):
            person.textChanged.connect(self._weigh)

    @classmethod
    def for_new(
        cls, parent: QWidget | None, place: Workplace, day: date | None = None, client_id: str = ""
    ) -> "VisitDialog":
        """Return the form for a child that comes.

        Args:
            parent: The window it belongs to.
            place: The desk and the window's means.
            day: The day of the visit; today where nothing is said.
            client_id: The mother's file where it is known already.
        """
        desk = place.desk
        now = desk.clock.now().time().replace(second=0, microsecond=0)
        today = day is None or day == desk.today()
        start = PlayroomVisit(
            client_id=client_id,
            child="",
            date=desk.today() if day is None else day,
            time_in=now if today else time(),
        )
        return cls(parent, place, start, is_new=True)

    def built(self) -> PlayroomVisit:
        """Return the visit as the fields have it."""
        line, came = self.client.line(), self.time_in.value()
        assert line is not None
        assert came is not None
        return replace(
            self._start,
            client_id=line.id,
            child=tidy(self.child.text()),
            birth_year=self.birth_year.value(),
            sex=self.sex.value() or "not_asked",
            time_in=came,
            time_out=self.time_out.value(),
            may_collect=tidy(self.may_collect.text()),
            collected_by=tidy(self.collected_by.text()),
        )

    def store(self, record: PlayroomVisit) -> Change:
        """Let the child in, or correct the visit."""
        desk, agreed = self.place.desk, self.ruled_out.agreed
        if self._is_new:
            return playroom.check_in(desk, record, mother_agreed=agreed)
        return intake.correct(desk, record, mother_agreed=agreed)

    def save(self) -> bool:
        """Store the visit; with somebody ruled out in it, the tick is what is wanted next."""
        try:
            return super().save()
        except ExcludedError:
            self.ruled_out.asked.setFocus()
            self.bring_into_sight(self.ruled_out)
            raise

    def fill(self, typed: Mapping[str, Typed]) -> None:
        """Put into the fields what stood in them, and weigh it against the file."""
        super().fill(typed)
        self._weigh()

    def take(self, visit: PlayroomVisit) -> None:
        """Fill in a child that was here before."""
        self.child.setText(visit.child)
        self.birth_year.setText("" if visit.birth_year is None else str(visit.birth_year))
        self.sex.set_value(visit.sex)
        self.may_collect.setText(visit.may_collect)
        self.may_collect.setFocus()
        self.may_collect.selectAll()

    def _lay_out(self) -> None:
        self._children = QWidget()
        self._flow = FlowLayout(self._children, spacing=SMALL)
        self._children.hide()
        self.body.addWidget(self.add_field("client_id", self.client, "", _("The mother's file")))
        self.body.addWidget(self._children)
        self.sex = self.add_codes("sex", self._start.sex, SEX)
        self.add_row(
            self.add_field("child", self.child, "", _("Child: a code or the first name")),
            self.add_field("birth_year", self.birth_year),
            self.fields["sex"],
            stretch=(4, 2, 3),
        )
        hint = _("Ask the mother. Write down everybody, with commas: mother, aunt")
        self.add_row(
            self.add_field(
                "may_collect", self.may_collect, hint, _("Who may collect the child?")
            ),
            self.add_field("time_in", self.time_in, "", _("In at")),
            stretch=(7, 2),
        )  # fmt: skip
        self.body.addWidget(self.ruled_out)
        if not self._is_new:
            self.add_row(
                self.add_field("collected_by", self.collected_by),
                self.add_field("time_out", self.time_out, "", _("Out at")),
                stretch=(7, 2),
            )
        self.body.addStretch(1)
        self.client.setFocus()

    def _file(self) -> Client | None:
        """Return what the file that is chosen now says of who must not know."""
        line = self.client.line()
        if line is None:
            self._safety = None
        elif self._safety is None or self._safety.id != line.id:
            self._safety = casework.safety_of(self.place.desk, line.id)
        return self._safety

    def _weigh(self) -> None:
        """Name in red whom the mother ruled out, as the door will; not who stood there already."""
        visit = replace(
            self._start,
            may_collect=tidy(self.may_collect.text()),
            collected_by=tidy(self.collected_by.text()),
        )
        found = pickup(visit, self._file())
        is_known = not self._is_new and visit.may_collect == tidy(self._start.may_collect)
        people = () if is_known else found.ruled_out()
        took = found.verdict(visit.collected_by)
        is_news = visit.collected_by != tidy(self._start.collected_by)
        if is_news and took.standing is Standing.EXCLUDED:
            people += ((visit.collected_by, took.because),)
        before = self.ruled_out.isHidden()
        self.ruled_out.name(people)
        if before != self.ruled_out.isHidden():
            self.fit()
            self.bring_into_sight(self.ruled_out)

    def _show_children(self) -> None:
        """Offer the children who were here before."""
        line = self.client.line()
        while (item := self._flow.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self.known = []
        if line is None:
            return
        inside = {
            each.visit.child
            for each in playroom.children_in(self.place.desk)
            if each.visit.client_id == line.id
        }
        for visit in playroom.children_of(self.place.desk, line.id):
            words = child_words(visit, self._start.date)
            if visit.child in inside:
                words = _("{child}: is in").format(child=words)
            known = button(words, partial(self.take, visit))
            known.setEnabled(visit.child not in inside)
            self.known.append(known)
        if self.known:
            self._flow.addWidget(label(_("Was here before:"), "muted"))
        for part in self.known:
            self._flow.addWidget(part)
        self._children.setVisible(bool(self.known))
        self.fit()
        if not self.may_collect.text() and (file := self._file()) is not None:
            self.may_collect.setText(file.may_collect)
        next((known for known in self.known if known.isEnabled()), self.child).setFocus()
