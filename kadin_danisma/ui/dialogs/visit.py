"""The form of a playroom visit: whose child it is, and who may collect it."""

from dataclasses import replace
from datetime import date, time
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.lists import SEX
from kadin_danisma.domain.records import PlayroomVisit
from kadin_danisma.domain.text import tidy
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, intake, playroom
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.style import SMALL
from kadin_danisma.ui.widgets.childrow import child_words
from kadin_danisma.ui.widgets.clientbox import ClientField
from kadin_danisma.ui.widgets.fields import NumberEdit, TimeEdit
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button, label
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
        self._lay_out()
        if start.client_id:
            self.client.choose_file(start.client_id)
        if is_new:
            self.client.picked.connect(lambda _line: self._show_children())
            self._show_children()

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
        if self._is_new:
            return playroom.check_in(self.place.desk, record)
        return intake.correct(self.place.desk, record)

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
        if not self._is_new:
            self.add_row(
                self.add_field("collected_by", self.collected_by),
                self.add_field("time_out", self.time_out, "", _("Out at")),
                stretch=(7, 2),
            )
        self.body.addStretch(1)
        self.client.setFocus()

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
        if not self.may_collect.text():
            self.may_collect.setText(casework.safety_of(self.place.desk, line.id).may_collect)
        next((known for known in self.known if known.isEnabled()), self.child).setFocus()
