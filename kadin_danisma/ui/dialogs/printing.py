"""Choosing a printer: for a page that must stand on paper only, and for a report."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui import printing
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.paperreader import PaperReader
from kadin_danisma.ui.widgets.parts import ems, label


class PrintSecretDialog(FormDialog):
    """Offers real printers only, and no file: Qt's own form would offer one.

    Args:
        parent: The window it belongs to.
        names: The printers.
        pdf: The pages.
    """

    def __init__(self, parent: QWidget | None, names: Sequence[str], pdf: bytes) -> None:
        super().__init__(parent, _("Print the sheets"), _("Print"), width=60)
        self._pdf = pdf
        words = _(
            "Stay at the printer and take every page. The printing system of this computer and a "
            "printer with a disk of its own may keep a copy for a while."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.printer = Filters(_("Printer"), {name: name for name in names}, wrap=True)
        self.body.addWidget(label(_("Printer"), "label"))
        self.body.addWidget(self.printer)
        self.body.addStretch(1)

    def save(self) -> bool:
        """Print."""
        printing.print_secretly(printing.printer_named(self.printer.chosen()), self._pdf)
        return True

    def done(self, result: int) -> None:
        """Close, and let go of the pages."""
        self._pdf = b""
        super().done(result)


class PrintReportDialog(FormDialog):
    """Shows the pages of a report and asks on which printer they go; what printing means below.

    Args:
        parent: The window it belongs to.
        look: The text size and the colours in force.
        names: The printers: real ones only, as for every page.
        pdf: The pages, as they stand on the screen.
        frozen: Whether the report left before.
    """

    def __init__(
        self, parent: QWidget | None, look: Look, names: Sequence[str], pdf: bytes, *, frozen: bool
    ) -> None:
        super().__init__(parent, _("Print the report"), _("Print"), width=96)
        self.reader = PaperReader(look)
        self.reader.setMinimumHeight(ems(self, 40))
        self.reader.show_pdf(pdf, preview=not frozen)
        self.printer = Filters(_("Printer"), {name: name for name in names}, wrap=True)
        meaning = (
            _("It was published before: it is printed as it was then.")
            if frozen
            else _(
                "A printed report counts as published: the period becomes final with these "
                "numbers, as with an export."
            )
        )
        self.body.addWidget(self.reader, 1)
        self.body.addWidget(label(_("Printer"), "label"))
        self.body.addWidget(self.printer)
        self.body.addWidget(label(meaning, "muted", wrap=True))
