"""Choosing how finely the reports of a calendar year are told, before anything of it leaves."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kadin_danisma.i18n import N_, _
from kadin_danisma.services import detail
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.parts import label

DETAIL_NAMES = {"full": N_("Detailed"), "coarse": N_("Broad groups")}


class DetailDialog(FormDialog):
    """Asks for the year and the detail.

    Args:
        parent: What it was opened from.
        desk: The signed-in person's desk.
        years: The years for which it can still be chosen.
    """

    def __init__(self, parent: QWidget, desk: Desk, years: Sequence[int]) -> None:
        super().__init__(parent, _("Level of detail of reports"), _("Choose"), width=72)
        self._desk = desk
        for sentence in (
            _("Detailed: broad groups in the month, narrower ones in the quarter, nearly every "
              "category in the year."),
            _("Broad groups: the quarter has the groups of the month and the year those of the "
              "quarter. There are fewer rows, and fewer of them are hidden. Good for a small "
              "centre."),
            _("It holds for a whole calendar year and is fixed as soon as anything of that year "
              "was published."),
        ):  # fmt: skip
            self.body.addWidget(label(sentence, "muted", wrap=True))
        self.years = Filters(_("Year"), {str(year): str(year) for year in years})
        self.years.chosen_changed.connect(lambda _year: self._show())
        names = {key: _(name) for key, name in DETAIL_NAMES.items()}
        self.details = Filters(_("Level of detail of reports"), names)
        for title, choice in (
            (_("Year"), self.years),
            (_("Level of detail of reports"), self.details),
        ):
            self.body.addWidget(label(title, "label"))
            self.body.addWidget(choice)
        self.body.addStretch(1)
        self._show()

    def save(self) -> bool:
        """Keep the choice."""
        detail.choose(self._desk, int(self.years.chosen()), self.details.chosen())
        return True

    def _show(self) -> None:
        """Show what is chosen for the year."""
        self.details.choose(detail.of_year(self._desk, int(self.years.chosen())))
