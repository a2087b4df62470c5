"""The right column of a file: how she may be reached, and what is known of her."""

from PySide6.QtWidgets import QGridLayout, QWidget

from kadin_danisma.domain import phone
from kadin_danisma.domain.codes import NOT_ASKED
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Action
from kadin_danisma.i18n import _
from kadin_danisma.ui.field_names import field_name, shown_value
from kadin_danisma.ui.style import MEDIUM, SMALL
from kadin_danisma.ui.widgets.parts import Card, button, label, row
from kadin_danisma.ui.widgets.safety import RevealButton
from kadin_danisma.ui.workplace import Workplace

_HIDDEN_NUMBER = "•••• ••• •• ••"
_FACTS = (
    "birth_year", "district", "marital", "education", "employment", "income", "legal_status",
    "social_security", "heard_from",
)  # fmt: skip


class _FactGrid(QWidget):
    """Names at the left, what is known at the right; nothing for what was not asked."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show these facts."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line, (name, value) in enumerate(facts):
            self._grid.addWidget(label(name, "muted"), line, 0)
            self._grid.addWidget(label(value, wrap=True), line, 1)


class ContactCard(Card):
    """The telephone, hidden until it is asked for; it stands below the safety banner, never above.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(_("Reaching her"), " ")
        self._number = ""
        self.edit = button(_("Correct"), kind="quiet")
        self.edit.setAccessibleName(_("Correct how she may be reached"))
        self.edit.setVisible(place.desk.may(Action.RECORD))
        self.corner.addWidget(self.edit)
        self.reveal = RevealButton(place.reveals, _("Show number"), _("Hide number"))
        self.words = label("", "strong")
        self.body.addLayout(row(self.words, 1, self.reveal))
        self._facts = _FactGrid()
        self.body.addWidget(self._facts)
        self.reveal.shown_changed.connect(lambda _shown: self._follow())

    def show_client(self, client: Client) -> None:
        """Show how a woman may be reached."""
        self._number = phone.display(client.phone)
        self.reveal.set_shown(False)
        self.reveal.setVisible(bool(self._number))
        self._follow()
        names = ("may_call", "call_hours", "may_leave_message", "must_not_know", "may_collect")
        self._facts.show_facts(_known(client, names))

    def _follow(self) -> None:
        if not self._number:
            self.words.setText(_("No telephone number"))
        else:
            self.words.setText(self._number if self.reveal.shown else _HIDDEN_NUMBER)
        hidden = bool(self._number) and not self.reveal.shown
        self.words.setAccessibleName(_("Number hidden") if hidden else self.words.text())


class FactsCard(Card):
    """What tables count about her, as far as it was asked.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(_("About her"), " ")
        self.history = button(_("Corrections"), kind="quiet")
        self.edit = button(_("Correct"), kind="quiet")
        self.edit.setAccessibleName(_("Correct what is known about her"))
        self.edit.setVisible(place.desk.may(Action.RECORD))
        self.corner.addWidget(self.history)
        self.corner.addWidget(self.edit)
        self._facts = _FactGrid()
        self.body.addWidget(self._facts)
        self.nothing = label(_("Nothing was asked yet."), "muted", wrap=True)
        self.body.addWidget(self.nothing)

    def show_client(self, client: Client) -> None:
        """Show what is known of a woman."""
        facts = _known(client, _FACTS)
        self._facts.show_facts(facts)
        self._facts.setVisible(bool(facts))
        self.nothing.setVisible(not facts)


def _known(client: Client, names: tuple[str, ...]) -> list[tuple[str, str]]:
    facts = []
    for name in names:
        value = getattr(client, name)
        if value not in {None, "", NOT_ASKED.key}:
            facts.append((field_name(name), shown_value(name, value)))
    return facts
