"""A child comes to the playroom: whose it is, and who may collect it."""

from datetime import date, time
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.lists import SEX
from kadin_danisma.domain.records import PlayroomVisit
from kadin_danisma.domain.text import tidy
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, playroom
from kadin_danisma.services.desk import RefusedError
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.style import SMALL
from kadin_danisma.ui.widgets.childrow import child_words
from kadin_danisma.ui.widgets.clientbox import ClientField
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fields import Field, NumberEdit, TimeEdit, show_problems
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button, label
from kadin_danisma.ui.workplace import Workplace


class CheckInDialog(FormDialog):
    """The mother's file, one of her known children or a new one, and who may collect.

    Args:
        place: The desk and the window's means.
        parent: The window it belongs to.
        day: The day of the visit.
        client_id: The mother's file where it is known already.
    """

    def __init__(
        self, place: Workplace, parent: QWidget | None, day: date, client_id: str = ""
    ) -> None:
        super().__init__(parent, _("Let a child in"), _("Let in"))
        self._place = place
        self._day = day
        self.change: Change | None = None
        now = place.desk.clock.now()
        today = day == place.desk.today()
        self.client = ClientField(place)
        self.child = QLineEdit()
        self.birth_year = NumberEdit()
        self.sex = CodeBox(SEX.codes, "not_asked")
        self.may_collect = QLineEdit()
        self.time_in = TimeEdit(time(now.hour, now.minute) if today else None, optional=False)
        self.known: list[QPushButton] = []
        self.fields = {
            "client_id": Field(_("The mother's file"), self.client),
            "child": Field(_("Child: a code or the first name"), self.child),
            "birth_year": Field(_("Birth year"), self.birth_year),
            "sex": Field(_("Girl or boy"), self.sex),
            "may_collect": Field(
                _("Who may collect the child?"),
                self.may_collect,
                _("Ask the mother. Write down everybody, with commas: mother, aunt"),
            ),
            "time_in": Field(_("In at"), self.time_in),
        }
        self._lay_out()
        self.client.picked.connect(lambda _line: self._show_children())
        if client_id:
            self.client.choose_file(client_id)
            self._show_children()

    def save(self) -> bool:
        """Let the child in."""
        show_problems(self.fields, ())
        if not self._readable():
            return False
        line, moment = self.client.line(), self.time_in.value()
        assert line is not None
        assert moment is not None
        visit = PlayroomVisit(
            client_id=line.id,
            child=tidy(self.child.text()),
            birth_year=self.birth_year.value(),
            sex=self.sex.value() or "not_asked",
            date=self._day,
            time_in=moment,
            may_collect=tidy(self.may_collect.text()),
        )
        try:
            self.change = playroom.check_in(self._place.desk, visit)
        except RefusedError as error:
            self.say_trouble(" ".join(show_problems(self.fields, error.problems)))
            return False
        self._place.bus.changed.emit(self.change)
        return True

    def take(self, visit: PlayroomVisit) -> None:
        """Fill in a child that was here before."""
        self.child.setText(visit.child)
        self.birth_year.setText("" if visit.birth_year is None else str(visit.birth_year))
        self.sex.set_value(visit.sex)
        self.may_collect.setText(visit.may_collect)
        self.may_collect.setFocus()
        self.may_collect.selectAll()

    def _lay_out(self) -> None:
        self.body.addWidget(self.fields["client_id"])
        self._children = QWidget()
        self._flow = FlowLayout(self._children, spacing=SMALL)
        self._children.hide()
        self.body.addWidget(self._children)
        self.add_row(self.fields["child"], self.fields["birth_year"], self.fields["sex"],
                     stretch=(4, 2, 3))  # fmt: skip
        self.add_row(self.fields["may_collect"], self.fields["time_in"], stretch=(7, 2))
        self.body.addStretch(1)
        self.client.setFocus()

    def _readable(self) -> bool:
        """Show what is missing or cannot be read; tell whether nothing is."""
        wrong = {
            "client_id": "" if self.client.line() else _("Please choose the mother's file."),
            "birth_year": self.birth_year.problem(),
            "time_in": self.time_in.problem(),
        }
        for name, sentence in wrong.items():
            self.fields[name].set_error(sentence)
        first = next((name for name, sentence in wrong.items() if sentence), None)
        if first:
            self.fields[first].control.setFocus()
        return first is None

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
        visits = playroom.children_of(self._place.desk, line.id)
        for visit in visits:
            words = child_words(visit, self._day)
            self.known.append(button(words, partial(self.take, visit)))
        if self.known:
            self._flow.addWidget(label(_("Was here before:"), "muted"))
        for part in self.known:
            self._flow.addWidget(part)
        self._children.setVisible(bool(self.known))
        collects = casework.client(self._place.desk, line.id).may_collect
        if not self.may_collect.text():
            self.may_collect.setText(collects)
        (self.known[0] if self.known else self.child).setFocus()
