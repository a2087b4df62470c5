"""Every form with something to type is kept, or it is written down why nothing of it ever is."""

import pytest
from PySide6.QtWidgets import QDialog

from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.slow import SlowDialog, SlowForm
from tests.ui.shell.everywhere import below

#: Docs/decisions/0039.
_SECRET = "passphrases, codes or key files are typed or chosen in it: nothing beside them is kept"
_CHOICE = "it holds choices, and nothing is typed"
_SHOWN = "it shows, and nothing is typed"
_FOUND = "a file is looked for and chosen in it: words that are searched for are never kept"
NEVER = {
    "BreakDialog": _SECRET, "AddUserDialog": _SECRET, "ChangePassphraseDialog": _SECRET,
    "ResetPassphraseDialog": _SECRET, "UseKeyFileDialog": _SECRET, "DropKeyFileDialog": _SECRET,
    "KeysDialog": _SECRET, "TrySheetsDialog": _SECRET, "NewSheetsDialog": _SECRET,
    "PrintSecretDialog": _SECRET, "RestoreDialog": _SECRET, "VerifyDialog": _SECRET,
    "LetInDialog": _SHOWN, "HistoryDialog": _SHOWN, "LookersDialog": _SHOWN,
    "CircleDialog": _CHOICE, "DetailDialog": _CHOICE, "MinimumDialog": _CHOICE,
    "RequestDialog": _CHOICE, "ExportDialog": _CHOICE, "GiveDialog": _CHOICE,
    "PreferencesDialog": _CHOICE, "ExportLogDialog": _CHOICE,
    "PrintReportDialog": _CHOICE, "WithdrawnDialog": _SHOWN, "WithdrawnListDialog": _SHOWN,
    "LinkDialog": _FOUND,
    "ConflictDialog": "what it asks about stands in the form below it, which is kept",
    "CompareDialog": "it compares a printed line, which lies on paper, and stores nothing",
}  # fmt: skip


def is_kept(form: type) -> bool:
    return form.kept is not FormDialog.kept  # type: ignore[attr-defined]


def test_every_form_has_one_verdict() -> None:
    forms = set(below(FormDialog))
    forms -= {RecordDialog, SlowForm, SlowDialog}
    assert {each.__name__ for each in forms if not is_kept(each)} == set(NEVER)


@pytest.mark.parametrize("name", sorted(name for name, why in NEVER.items() if why is _SECRET))
def test_nothing_of_a_form_with_a_secret_is_kept(name: str) -> None:
    (form,) = {each for each in below(QDialog) if each.__name__ == name}
    assert not is_kept(form)
