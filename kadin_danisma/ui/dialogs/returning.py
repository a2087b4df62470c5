"""After a restore: the files of reports that left come back, or somebody says that none did."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kadin_danisma.domain.drafts import Draft, Form, Typed
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import reconciling
from kadin_danisma.services.reconciling import Returned
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.kept import KeptForm
from kadin_danisma.ui.widgets.fields import Field, TextEdit
from kadin_danisma.ui.widgets.parts import button, label, row
from kadin_danisma.ui.workplace import Workplace


class ReturnDialog(FormDialog):
    """Takes files one after the other, then the sentence that closes the question.

    Args:
        parent: What it was opened from.
        place: The desk and the window's means.
    """

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        title, action = _("Reports since the restore"), _("Nothing is missing any more")
        super().__init__(parent, title, action, width=84)
        # What came back stays, whether or not the question is closed.
        self.leave.setText(f"{_('Close')}   Esc")
        self.leave.setAccessibleName(_("Close"))
        self._place = place
        #: What became of each file, a sentence each.
        self.told: list[str] = []
        for sentence in (
            _("1. Records that were lost with the restore should be entered again first: those "
              "entered after their report came back belong to later months."),
            _("2. Choose the JSON files of the reports published since. They are where the "
              "reports were exported to; those who received the reports have them too."),
        ):  # fmt: skip
            self.body.addWidget(label(sentence, wrap=True))
        self.choose = button(_("Choose JSON files …"), self.choose_files)
        self.body.addLayout(row(self.choose, 1))
        self._came = QVBoxLayout()
        self.body.addLayout(self._came)
        self.body.addWidget(
            label(
                _("3. When all are back, or if none was published, say so in a sentence. It is "
                  "logged with your name, and from then on reports can be published again."),
                wrap=True,
            )
        )  # fmt: skip
        self.sentence = TextEdit(lines=2)
        hint = _("For example: after the backup no report was published.")
        self.body.addWidget(Field(_("In your words"), self.sentence, hint))
        self.body.addStretch(1)
        self._kept = KeptForm(
            keeper=place.drafts,
            owner=self,
            form=Form.RETURNED,
            begun_at=place.desk.clock.now(),
        )

    @property
    def kept(self) -> KeptForm:
        """Return the form as it is kept: the sentence; which files were chosen is not typed."""
        return self._kept

    def typed(self) -> dict[str, Typed]:
        """Return the sentence."""
        return {"sentence": self.sentence.toPlainText()}

    def take_up(self, draft: Draft) -> None:
        """Go on where a form was left."""
        self.kept.take_up(draft)
        self.sentence.setPlainText(str(draft.typed.get("sentence", "")))

    def choose_files(self) -> None:
        """Let the person point at files."""
        found, _kind = QFileDialog.getOpenFileNames(
            self, _("Choose JSON files …"), "", _("Reports (*.json)")
        )
        self.bring_back([Path(each) for each in found])

    def bring_back(self, files: Sequence[Path]) -> None:
        """Take in the files, and say of each what became of it."""
        for file in files:
            try:
                sentence = _came_back(reconciling.bring_back(self._place.desk, file))
            except KnownError as error:
                sentence = error.message
            self.told.append(sentence)
            self._came.addWidget(
                label(_("{file}: {what}").format(file=file.name, what=sentence), wrap=True)
            )
        self.fit()

    def save(self) -> bool:
        """Close the question, if the sentence says something."""
        with self._place.desk.finishing(self.kept.id, "report"):
            reconciling.confirm_all_known(self._place.desk, self.sentence.toPlainText())
        self.kept.keeper.finished(self.kept)
        return True


def _came_back(returned: Returned) -> str:
    if returned.agrees:
        return _("Report {number} is known again.").format(number=returned.number)
    return _(
        "Report {number} is known again, but the records of this vault do not give its numbers. "
        "No further report of its months can be published."
    ).format(number=returned.number)
