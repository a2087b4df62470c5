"""Fields say what is wrong beside themselves and keep what was typed."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.checks import Problem
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.widgets.fields import (
    DateEdit,
    Field,
    NumberEdit,
    PassphraseEdit,
    TimeEdit,
    show_problems,
)

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _dressed(look: Look) -> None:
    """Fields measure themselves in the program's own font."""


def test_a_typed_day_is_shown_in_full(qtbot: QtBot):
    edit = DateEdit(TODAY)
    qtbot.addWidget(edit)
    edit.setText("dün")
    edit.editingFinished.emit()
    assert edit.text() == "21.11.2026"
    assert edit.value() == dt.date(2026, 11, 21)


def test_arrows_go_a_day_back_and_forth(qtbot: QtBot):
    edit = DateEdit(TODAY, dt.date(2026, 3, 1))
    qtbot.addWidget(edit)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.value() == dt.date(2026, 2, 28)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.value() == dt.date(2026, 3, 1)


def test_a_day_that_cannot_be_read_stays_and_is_explained(qtbot: QtBot):
    edit = DateEdit(TODAY)
    qtbot.addWidget(edit)
    edit.setText("31.2.2026")
    edit.editingFinished.emit()
    assert edit.text() == "31.2.2026"
    assert edit.problem()


def test_only_an_optional_day_may_stay_empty(qtbot: QtBot):
    needed, optional = DateEdit(TODAY), DateEdit(TODAY, optional=True)
    qtbot.addWidget(needed)
    qtbot.addWidget(optional)
    assert needed.problem()
    assert not optional.problem()


def test_a_typed_time_is_shown_the_turkish_way(qtbot: QtBot):
    edit = TimeEdit()
    qtbot.addWidget(edit)
    edit.setText("0930")
    edit.editingFinished.emit()
    assert edit.text() == "09.30"
    assert not edit.problem()
    edit.setText("25.00")
    assert edit.problem()


def test_a_number_is_ascii_figures_only(qtbot: QtBot):
    edit = NumberEdit(45)
    qtbot.addWidget(edit)
    assert edit.value() == 45
    edit.setText("٤٥")
    assert edit.value() is None
    assert edit.problem()


def test_an_error_is_heard_as_well_as_seen(qtbot: QtBot):
    field = Field("Gün", QLineEdit(), "ipucu")
    qtbot.addWidget(field)
    field.set_error("Tarih bugünden sonra.")
    assert field.error == "Tarih bugünden sonra."
    assert field.control.accessibleName() == "Gün"
    assert field.control.accessibleDescription() == "Tarih bugünden sonra."
    field.set_error("")
    assert field.error == ""
    assert field.control.accessibleDescription() == "ipucu"


def test_the_cursor_goes_to_the_first_problem(qtbot: QtBot):
    form = QWidget()
    qtbot.addWidget(form)
    layout = QVBoxLayout(form)
    fields = {name: Field(name, QLineEdit()) for name in ("a", "b", "c")}
    for field in fields.values():
        layout.addWidget(field)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    elsewhere = show_problems(fields, [Problem("b", "eksik"), Problem("x", "başka yerde")])
    assert fields["b"].control.hasFocus()
    assert elsewhere == ["başka yerde"]


def test_a_passphrase_is_hidden_again_when_the_field_is_left(qtbot: QtBot):
    edit = PassphraseEdit()
    qtbot.addWidget(edit)
    edit.set_shown(True)
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    edit.set_shown(False)
    assert edit.echoMode() is QLineEdit.EchoMode.Password


def test_locked_capitals_are_noticed(qtbot: QtBot):
    edit = PassphraseEdit()
    qtbot.addWidget(edit)
    heard: list[bool] = []
    edit.caps_lock.connect(heard.append)
    qtbot.keyClick(edit, Qt.Key.Key_A)
    edit.keyPressEvent(_a_capital_without_shift())
    assert heard[-1] is True


def _a_capital_without_shift():
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    plain = Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_B, plain, "B")
