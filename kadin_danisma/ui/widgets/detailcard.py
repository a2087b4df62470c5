"""How finely the reports of a year are told, and what coarser groups would win back."""

from PySide6.QtCore import Signal

from kadin_danisma.domain.dates import Period
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import detail
from kadin_danisma.services.reporting import Draft
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.detail import DETAIL_NAMES, DetailDialog
from kadin_danisma.ui.dialogs.message import Message, say
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import Card, button, label
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.workplace import Workplace


class DetailCard(Card):
    """Says how finely the year of a report is told, and lets it be compared and chosen.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted when another detail was chosen.
    changed = Signal()
    #: Emitted with the ``Draft`` of the same report with coarse groups.
    compared = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__(_("Level of detail of reports"))
        self._place = place
        self._period: Period | None = None
        self.dialog: DetailDialog | None = None
        self.message: Message | None = None
        self.words = label("", "muted", wrap=True)
        self.compare = button(
            _("How many more numbers would less detail show?"), self.open_comparison
        )
        self.choose = button(_("Choose the detail …"), self.open_choice)
        self.body.addWidget(self.words)
        buttons = FlowLayout(spacing=MEDIUM)
        buttons.addWidget(self.compare)
        buttons.addWidget(self.choose)
        self.body.addLayout(buttons)

    def show_draft(self, draft: Draft) -> None:
        """Show what holds for another report."""
        self._period = draft.report.period
        year, desk = self._period.first.year, self._place.desk
        chosen = detail.of_year(desk, year)
        said = _("Reports of {year}: {detail}.").format(year=year, detail=_(DETAIL_NAMES[chosen]))
        fixed = _("A report for this year has been published, so this setting is locked. It can "
                  "be chosen for the next year, until its first report is published.")  # fmt: skip
        free = _("It can be chosen until the first report of the year is published.")
        always = _("The month has the same groups in both.")
        rest = [fixed if detail.is_fixed(desk, year) else free]
        if self._period.kind == "month":
            rest.append(always)
        self.words.setText(" ".join((said, *rest)))
        can_differ = self._period.kind != "month" and chosen == "full"
        self.compare.setVisible(can_differ and not draft.is_published)

    def open_comparison(self) -> None:
        """Prepare the report with coarse groups, beside the same books."""
        period, desk = self._period, self._place.desk
        assert period is not None

        def work(progress: Progress) -> Draft:
            return detail.coarser(desk, period, progress)

        ProgressDialog(self, _("The report with broad groups is being prepared …")).run(
            self._place.background, work, self.compared.emit, self._failed
        )

    def open_choice(self) -> None:
        """Ask for the detail of a year that is not fixed yet."""
        desk, period = self._place.desk, self._period
        assert period is not None
        this = desk.today().year
        years = sorted({period.first.year, this, this + 1})
        free = [year for year in years if not detail.is_fixed(desk, year)]
        self.dialog = DetailDialog(self, desk, free)
        self.dialog.accepted.connect(self.changed)
        self.dialog.open()

    def _failed(self, error: KnownError) -> None:
        self.message = say(self, _("It was not prepared"), error.message)
