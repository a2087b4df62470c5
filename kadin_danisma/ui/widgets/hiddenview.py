"""What a report will not show, table by table, before it leaves; and what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kadin_danisma.domain.dates import show_number
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import losses, reporting
from kadin_danisma.services.losses import Loss
from kadin_danisma.services.reporting import Draft
from kadin_danisma.ui.dialogs.minimum import MinimumDialog
from kadin_danisma.ui.models.table import FIT, Column, RecordModel
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.columns import Columns, column
from kadin_danisma.ui.widgets.detailcard import DetailCard
from kadin_danisma.ui.widgets.parts import Card, button, clear_layout, label, row
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.workplace import Workplace


class HiddenView(QWidget):
    """Says of each table how much is shown and how much is hidden, and why.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted when something was decided by which the report would be another one.
    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.dialog: MinimumDialog | None = None
        self.told = Card(_("What is hidden in this report"))
        self.coarse = label("", wrap=True)
        self._tables = QVBoxLayout()
        self.model: RecordModel[Loss] = RecordModel(())
        self.why = _why()
        self.minimum = Card(_("Privacy threshold (smallest shown)"))
        self._minimum = label("", "muted", wrap=True)
        self.raise_it = button(_("Hide more small numbers …"), self.open_minimum)
        self.minimum.body.addWidget(self._minimum)
        self.minimum.body.addLayout(row(self.raise_it, 1))
        self.detail = DetailCard(place)
        self.detail.changed.connect(self.changed)
        self.detail.compared.connect(self._show_coarse)
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(MEDIUM)
        inside.addWidget(self.told)
        inside.addWidget(self.coarse)
        inside.addLayout(self._tables)
        inside.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        right = column(self.why, self.detail, self.minimum, stretch=False)
        layout.addWidget(Columns((left, right), (5, 3)))

    def show_draft(self, draft: Draft) -> None:
        """Show another report."""
        found = losses.losses(draft)
        self.told.clear()
        for sentence in _told(draft, found):
            self.told.body.addWidget(label(sentence, wrap=True))
        self._show_tables(_columns(published=draft.is_published), found)
        self.coarse.hide()
        self.detail.show_draft(draft)
        self._show_minimum()

    def open_minimum(self) -> None:
        """Ask for a greater smallest number."""
        self.dialog = MinimumDialog(self, self._place.desk)
        self.dialog.accepted.connect(self.changed)
        self.dialog.open()

    def _show_tables(self, columns: Sequence[Column[Loss]], found: Sequence[Loss]) -> None:
        clear_layout(self._tables)
        self.model = RecordModel(columns, found)
        table = TableView(self.model, self._place.look, _("What is hidden, table by table"))
        table.fit_height(len(found))
        table.choose_first()
        self._tables.addWidget(table)

    def _show_coarse(self, draft: Draft) -> None:
        """Show beside each table what it would show with coarse groups."""
        coarse = {loss.table_id: loss for loss in losses.losses(draft)}
        said = _("With broad groups {shown} numbers would be shown and {hidden} hidden.").format(
            shown=show_number(sum(loss.shown for loss in coarse.values())),
            hidden=show_number(sum(loss.hidden for loss in coarse.values())),
        )
        self.coarse.setText(said)
        self.coarse.show()
        columns = [
            Column(_("Table"), lambda loss: loss.title),
            _number(_("Shown"), lambda loss: loss.shown),
            _number(_("Hidden"), lambda loss: loss.hidden, _tone),
            _number(_("Broad groups: shown"), lambda loss: coarse[loss.table_id].shown),
            _number(_("Broad groups: hidden"), lambda loss: coarse[loss.table_id].hidden),
        ]
        self._show_tables(columns, self.model.rows)

    def _show_minimum(self) -> None:
        self._minimum.setText(
            _("{number}. Smaller numbers, and numbers that concern fewer women, are hidden in "
              "every report published from now on.")
            .format(number=reporting.minimum(self._place.desk))
        )  # fmt: skip
        self.raise_it.setVisible(bool(reporting.greater_minimums(self._place.desk)))


def _told(draft: Draft, found: Sequence[Loss]) -> list[str]:
    """Return what is to be known of the whole report, a sentence each."""
    hidden, shown = sum(loss.hidden for loss in found), sum(loss.shown for loss in found)
    told = [_("{shown} numbers are shown, {hidden} are hidden.").format(
        shown=show_number(shown), hidden=show_number(hidden)
    )]  # fmt: skip
    if not hidden:
        told = [_("Nothing has to be hidden: all {shown} numbers are shown.").format(
            shown=show_number(shown)
        )]  # fmt: skip
    elif not draft.is_published:
        small = sum(loss.small for loss in found)
        told.append(
            _("Of the hidden ones {small} are too small to be shown, and {others} protect them.")
            .format(small=show_number(small), others=show_number(hidden - small))
        )  # fmt: skip
    if why := losses.why_withheld(draft):
        told.append(why)
    if draft.late:
        told.append(
            ngettext(
                "{n} record of earlier days is counted in it, because it was entered after its own "
                "month had been published. How many there are stays inside the centre.",
                "{n} records of earlier days are counted in it, because they were entered after "
                "their own month had been published. How many there are stays inside the centre.",
                draft.late,
            ).format(n=show_number(draft.late))
        )
    return told


def _why() -> Card:
    card = Card(_("Why?"))
    for sentence in (
        _("Too small: from a small number somebody who knows the area may recognise a woman."),
        _("Protecting: if only one number of a line were hidden, it could be calculated from the "
          "total. So others are hidden with it, in this report and in those of related periods; "
          "as few as possible."),
        _("Every hidden number is shown as *, whatever its size and the reason. The reason is "
          "shown only here and stays inside the centre."),
    ):  # fmt: skip
        card.body.addWidget(label(sentence, "muted", wrap=True))
    return card


def _tone(loss: Loss) -> Tone | None:
    return Tone.WARN if loss.hidden > loss.shown else None


def _columns(*, published: bool) -> list[Column[Loss]]:
    """Return the columns; why a number is hidden is not known any more once it left."""
    shown = _number(_("Shown"), lambda loss: loss.shown)
    hidden = _number(_("Hidden"), lambda loss: loss.hidden, _tone)
    reasons = [
        _number(_("Too small"), lambda loss: loss.small),
        _number(_("Protecting"), lambda loss: loss.protecting),
    ]
    title: Column[Loss] = Column(_("Table"), lambda loss: loss.title)
    return [title, shown, hidden] if published else [title, shown, hidden, *reasons]


def _number(
    title: str, value: Callable[[Loss], int], tone: Callable[[Loss], Tone | None] | None = None
) -> Column[Loss]:
    return Column(
        title, lambda loss: show_number(value(loss)), tone, right=True, width=FIT, key=value
    )
