"""Entering a number that was given by hand: to the press, to the council, on the telephone."""

from itertools import pairwise

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kadin_danisma.domain.dates import Period, written_date
from kadin_danisma.domain.drafts import Draft, Form, Typed
from kadin_danisma.domain.text import tidy
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import closed_list, giving
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.clock import asked_about_clock
from kadin_danisma.ui.dialogs.message import Message
from kadin_danisma.ui.dialogs.slow import SlowDialog
from kadin_danisma.ui.kept import KeptForm
from kadin_danisma.ui.style import LARGE
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fields import DateEdit, Field, NumberEdit
from kadin_danisma.ui.widgets.parts import clear_layout, label
from kadin_danisma.ui.widgets.periodbar import PeriodBar
from kadin_danisma.ui.workplace import Workplace


class TellDialog(SlowDialog):
    """Asks which number it was, who heard it and when.

    Args:
        parent: What it was opened from.
        place: The desk and the window's means.
    """

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        title, doing = _("Number shared outside a report"), _("The number is being checked …")
        super().__init__(parent, place, title, _("Record the number"), doing)
        words = _(
            "Numbers you share can be compared with reports. Record them so that later reports "
            "take them into account. The records of those months then become final."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.message: Message | None = None
        self.period = PeriodBar(place.desk)
        self.body.addWidget(label(_("Of which period?"), "label"))
        self.body.addWidget(self.period)
        tables = closed_list.tables()
        self.table = CodeBox(tables, tables[0].key)
        self.table.chosen_changed.connect(self._offer)
        self.body.addWidget(Field(_("Table"), self.table))
        self.cells: list[CodeBox] = []
        self._line = QHBoxLayout()
        self._line.setSpacing(LARGE)
        self.body.addLayout(self._line)
        self.number = NumberEdit()
        self._number = Field(_("The number"), self.number)
        self.whom = QLineEdit()
        self._whom = Field(_("To whom"), self.whom, _("For example: a newspaper, the council"))
        self.day = DateEdit(place.desk.today(), place.desk.today())
        self._day = Field(_("When"), self.day)
        self.add_row(self._number, self._day)
        self.body.addWidget(self._whom)
        self.body.addStretch(1)
        self._offer(tables[0].key)
        self._kept = KeptForm(
            keeper=place.drafts,
            owner=self,
            form=Form.TOLD,
            begun_at=place.desk.clock.now(),
        )

    @property
    def kept(self) -> KeptForm:
        """Return the form as it is kept."""
        return self._kept

    def typed(self) -> dict[str, Typed]:
        """Return what stands in the fields."""
        return {
            "period": self.period.period.key,
            "table": self.table.value(),
            "cells": [box.value() for box in self.cells],
            "number": self.number.text(),
            "whom": self.whom.text(),
            "day": self.day.text(),
        }

    def take_up(self, draft: Draft) -> None:
        """Go on where a form was left."""
        self.kept.take_up(draft)
        typed = {**self.typed(), **draft.typed}
        self.period.choose(Period.parse(str(typed["period"])))
        if typed["table"] != self.table.value():
            self.table.set_value(str(typed["table"]))
            self._offer(self.table.value())
        for box, value in zip(self.cells, typed["cells"], strict=False):
            box.set_value(value)
        for name in ("number", "whom", "day"):
            getattr(self, name).setText(str(typed[name]))

    def ready(self) -> bool:
        """Tell whether number, hearer and day can be used."""
        number, day = self.number.value(), self.day.value()
        self._number.set_error("" if number is not None else _("Please type a whole number."))
        self._whom.set_error(
            "" if tidy(self.whom.text()) else _("Please say to whom the number was given.")
        )
        self._day.set_error(self.day.problem())
        if number is None or day is None or not tidy(self.whom.text()):
            return False
        cell = tuple(box.value() for box in self.cells)
        whom = f"{tidy(self.whom.text())}, {written_date(day)}"
        self._asked = (self.period.period, self.table.value(), cell, number, whom)
        return True

    def work(self, _progress: Progress) -> object:
        """Enter it, if it is what reports count."""
        with self.place.desk.finishing(self.kept.id, "report"):
            return giving.tell(self.place.desk, *self._asked)

    def _worked(self, result: object) -> None:
        self.kept.keeper.finished(self.kept)
        super()._worked(result)

    def _failed(self, error: KnownError) -> None:
        self.message = asked_about_clock(self, self.place.desk, error, self.save)
        if self.message is None:
            super()._failed(error)

    def _offer(self, table_id: str) -> None:
        """Offer the categories of the chosen table."""
        clear_layout(self._line)
        self.cells = []
        for dimension in closed_list.dimensions(table_id):
            box = CodeBox(dimension.choices, dimension.choices[0].key)
            self.cells.append(box)
            self._line.addWidget(Field(dimension.name, box))
        for before, after in pairwise((self.table, *self.cells, self.number, self.day, self.whom)):
            QWidget.setTabOrder(before, after)
