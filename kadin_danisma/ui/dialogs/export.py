"""Where the report goes, and in which formats."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QWidget

from kadin_danisma.domain.dates import Period
from kadin_danisma.i18n import _
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.folder import FolderField
from kadin_danisma.ui.widgets.parts import label


def documents_folder() -> Path:
    """Return where people keep their documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))


class ExportDialog(FormDialog):
    """Asks for a folder and formats.

    Args:
        parent: The window it belongs to.
        title: What leaves.
        sentence: What its leaving means.
        folder: The folder to begin with.
    """

    def __init__(self, parent: QWidget | None, title: str, sentence: str, folder: Path):
        super().__init__(parent, title, _("Export"), width=76)
        self.where = FolderField(folder)
        self.body.addWidget(self.where)
        self.formats = {
            "pdf": QCheckBox(_("PDF (to print and sign)")),
            "xlsx": QCheckBox(_("XLSX, for a spreadsheet")),
            "csv": QCheckBox(_("CSV, for other programs")),
            "json": QCheckBox(_("JSON, to check the arithmetic")),
        }
        self.body.addWidget(label(_("Format"), "label"))
        for box in self.formats.values():
            box.setChecked(True)
            self.body.addWidget(box)
        self.body.addSpacing(MEDIUM)
        self.body.addWidget(label(sentence, "muted", wrap=True))
        self.body.addStretch(1)

    def chosen(self) -> tuple[str, ...]:
        """Return the formats that are ticked."""
        return tuple(key for key, box in self.formats.items() if box.isChecked())

    @property
    def folder(self) -> Path:
        """Return where the files go."""
        return self.where.path

    def save(self) -> bool:
        """Close when there is something to write."""
        if not self.chosen():
            self.say_trouble(_("Please choose at least one format."))
            return False
        return True


def export_report(
    parent: QWidget | None, period: Period, folder: Path, *, frozen: bool
) -> ExportDialog:
    """Return the form by which the report of a period leaves.

    Args:
        parent: The window it belongs to.
        period: The period.
        folder: The folder to begin with.
        frozen: Whether it was published before.
    """
    title = _("Export the report of {period}").format(period=period.title)
    return ExportDialog(parent, title, _frozen(frozen=frozen), folder)


def _frozen(*, frozen: bool) -> str:
    if frozen:
        return _(
            "This period is published and final: the files always stay the same. What is entered "
            "afterwards is counted in a later month."
        )
    return _(
        "With the first export the period becomes final: its numbers never change again. What is "
        "entered for it later is counted in a later month."
    )
