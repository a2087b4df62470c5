"""The log leaves for an inspector; a printed state comes back to be compared."""

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.i18n import N_, _
from kadin_danisma.services import inspecting
from kadin_danisma.services.inspecting import Comparison
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.export import documents_folder
from kadin_danisma.ui.dialogs.slow import SlowDialog
from kadin_danisma.ui.widgets.fields import MOST_FIGURES, Field
from kadin_danisma.ui.widgets.folder import FolderField
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.workplace import Workplace

#: Title and sentence of what a comparison found.
FOUND: Mapping[Comparison, tuple[str, str]] = {
    Comparison.STANDS: (
        N_("The log matches the printout"),
        N_("Up to that line nothing has been changed, removed or added since."),
    ),
    Comparison.CHANGED: (
        N_("The log does not match the printout"),
        N_(
            "The log differs from the paper at that line, or an earlier line was changed. Please "
            "check what you typed; if it is right, inform the data protection officer and keep "
            "the paper."
        ),
    ),
    Comparison.SHORTER: (
        N_("The log does not match the printout"),
        N_(
            "The log ends before that line: its end was cut off, or this is an older vault. "
            "Please check what you typed; if it is right, inform the data protection officer and "
            "keep the paper."
        ),
    ),
}


class ExportLogDialog(SlowDialog):
    """Asks where the chosen lines go, and in which formats; says what stands in them.

    Args:
        parent: The page it belongs to.
        place: The desk and the window's means.
        query: Which lines.
    """

    def __init__(self, parent: QWidget, place: Workplace, query: LogQuery) -> None:
        doing = _("The log is being checked and written …")
        super().__init__(parent, place, _("Export the log"), _("Export"), doing)
        self._query = query
        self.where = FolderField(documents_folder())
        words = _(
            "The lines chosen on the page are exported, with a first page that says whether the "
            "whole log was found unchanged. They name no client, but hold file numbers and the "
            "user names of staff. The export itself is logged."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.body.addWidget(self.where)
        self.formats = {
            "pdf": QCheckBox(_("PDF (to read and print)")),
            "xlsx": QCheckBox(_("XLSX, for a spreadsheet")),
            "csv": QCheckBox(_("CSV, for other programs")),
        }
        self.body.addWidget(label(_("Format"), "label"))
        for box in self.formats.values():
            self.body.addWidget(box)
        self.formats["pdf"].setChecked(True)
        self.body.addStretch(1)

    def ready(self) -> bool:
        """Tell whether there is something to write."""
        self._chosen = [name for name, box in self.formats.items() if box.isChecked()]
        if not self._chosen:
            self.say_trouble(_("Please choose at least one format."))
        return bool(self._chosen)

    def work(self, _progress: Progress) -> object:
        """Check the whole log and write the files."""
        return inspecting.export(self.place.desk, self._query, self.where.path, self._chosen)


class CompareDialog(SlowDialog):
    """Asks what stands on the paper and compares the log with it.

    Args:
        parent: The page it belongs to.
        place: The desk and the window's means.
    """

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        doing = _("The log is being checked …")
        super().__init__(parent, place, _("Compare with a printed state"), _("Compare"), doing)
        words = _(
            "Type what is written on the paper: the number of the last line and the five groups "
            "to compare. The whole log up to that line is checked."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.seq, self.groups = QLineEdit(), QLineEdit()
        self.groups.setPlaceholderText("0a1b  2c3d  4e5f  6071  8293")
        self._seq_field = Field(_("Number of the last line"), self.seq)
        self.add_row(self._seq_field, Field(_("The five groups"), self.groups), stretch=(2, 3))
        self.body.addStretch(1)

    def ready(self) -> bool:
        """Tell whether the number of a line was typed."""
        typed = self.seq.text().replace(".", "").strip()
        is_number = typed.isascii() and typed.isdigit() and len(typed) <= MOST_FIGURES
        self._seq_field.set_error("" if is_number else _("Please type the number of a line."))
        self._asked = (int(typed) if is_number else 0, self.groups.text())
        return is_number

    def work(self, _progress: Progress) -> object:
        """Check the log up to that line."""
        return inspecting.compare(self.place.desk, *self._asked)
