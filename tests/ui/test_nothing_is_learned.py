"""No keyboard helper learns what is typed, and Ctrl+Z brings nothing back that was put away."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.services import intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.fields import PassphraseEdit, TextEdit
from kadin_danisma.ui.widgets.typing import forget_edits
from tests.builders import a_client

Hint = Qt.InputMethodHint


def learned(inside: QWidget) -> list[str]:
    """Return the fields of which a keyboard helper may learn words."""
    return [
        part.accessibleName() or part.objectName() or type(part).__name__
        for kind in (QLineEdit, QPlainTextEdit)
        for part in inside.findChildren(kind)
        if not part.isReadOnly() and not part.inputMethodHints() & Hint.ImhSensitiveData
    ]


def shown(window: MainWindow, desk: Desk) -> Iterator[tuple[str, QWidget]]:
    """Go through every page and the forms of a file."""
    client = a_client()
    intake.open_file(desk, client)
    for key in window.side.buttons:
        window.show_page(key)
        yield key, window
    window.show_client(client.id)
    page = window.page
    assert isinstance(page, ClientPage)
    for act in (page.new_session, page.new_visit, page.new_referral, page.correct):
        act()
        assert page.dialog is not None
        yield act.__name__, page.dialog
        page.dialog.close()
    window.new_application()
    assert window.quick_entry is not None
    yield "quick entry", window.quick_entry
    window.quick_entry.close()


def test_no_page_and_no_form_lets_words_be_learned(window: MainWindow, desk: Desk):
    found = {name: learned(part) for name, part in shown(window, desk)}
    assert {name: fields for name, fields in found.items() if fields} == {}


def test_a_field_that_lets_words_be_learned_would_be_seen(qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    edit = QLineEdit(window)
    edit.setObjectName("search")
    assert learned(window) == ["search"]


@pytest.mark.parametrize("seen", [False, True])
def test_a_passphrase_is_hidden_from_keyboard_helpers_even_while_it_is_looked_at(
    qtbot: QtBot, *, seen: bool
):
    edit = PassphraseEdit()
    qtbot.addWidget(edit)
    edit.set_shown(seen)
    hints = edit.inputMethodHints()
    assert hints & Hint.ImhSensitiveData
    assert hints & Hint.ImhHiddenText
    assert hints & Hint.ImhNoPredictiveText


def test_after_a_form_is_saved_or_closed_nothing_can_be_undone(qtbot: QtBot):
    form = FormDialog(None, "Form")
    line, text = QLineEdit(), TextEdit()
    form.add_row(line, text)
    qtbot.addWidget(form)
    line.insert("ilk ")
    line.insert("söz")
    text.insertPlainText("silinmiş cümle")
    text.selectAll()
    text.insertPlainText("kalan")
    assert line.isUndoAvailable()
    assert text.document().isUndoAvailable()
    form.reject()
    assert not line.isUndoAvailable()
    assert not text.document().isUndoAvailable()
    text.undo()
    assert (line.text(), text.toPlainText()) == ("ilk söz", "kalan")


def test_forgetting_edits_tells_nobody_that_anything_changed(qtbot: QtBot):
    window = QWidget()
    line = QLineEdit(window)
    qtbot.addWidget(window)
    line.insert("söz")
    with qtbot.assertNotEmitted(line.textChanged):
        forget_edits(window)
    assert line.text() == "söz"


def test_a_search_that_went_on_elsewhere_cannot_be_brought_back(window: MainWindow):
    window.show_page("today")
    page = window.page
    assert isinstance(page, TodayPage)
    page.search.insert("ayş")
    page.search.textEdited.emit("ayş")
    assert page.search.text() == ""
    page.search.undo()
    assert page.search.text() == ""
