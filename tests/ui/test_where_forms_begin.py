"""Forms above a form begin where one writes, too; and what is wrong there is found."""

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.records import Client
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.focus import PushButton
from tests.ui.shortcuts import dead_keys, forgets, misplaced_focus, out_of_order, risky_defaults


def test_forms_above_a_form_begin_where_one_writes_and_hear_their_keys(
    window: MainWindow, qtbot: QtBot, worked: Client
) -> None:
    window.show_client(worked.id)
    page = window.page
    assert isinstance(page, ClientPage)
    found: dict[str, list[str]] = {}
    for entry in page.timeline.model.rows:
        page.open_entry(entry)
        form = page.dialog
        assert isinstance(form, RecordDialog)
        for opened in (form.withdraw, form.corrections):
            opened.click()
            above = QApplication.activeModalWidget()
            assert isinstance(above, FormDialog)
            assert above is not form
            with qtbot.waitActive(above):
                above.activateWindow()
            found[type(above).__name__] = misplaced_focus(above) + risky_defaults(above)
            found[type(above).__name__] += out_of_order(above) + forgets(above) + dead_keys(above)
            # What its own does was taken from it by pressing.
            type(above).reject(above)
        form.reject()
    assert found == {"WithdrawDialog": [], "HistoryDialog": []}


def test_a_form_that_begins_on_cancel_and_a_risky_default_are_found(qtbot: QtBot) -> None:
    form = QDialog()
    qtbot.addWidget(form)
    layout = QVBoxLayout(form)
    first, second, cancel = QLineEdit(), QLineEdit(), PushButton("Sil")
    for part in (first, second, cancel):
        layout.addWidget(part)
    cancel.setDefault(True)
    with qtbot.waitActive(form):
        form.show()
    cancel.setFocus()
    assert misplaced_focus(form) == ["begins on PushButton 'Sil'"]
    assert risky_defaults(form) == ["Enter presses PushButton 'Sil'"]
    second.setFocus()
    assert len(misplaced_focus(form)) == 1
    first.setText("2026/0001")
    assert misplaced_focus(form) == []
