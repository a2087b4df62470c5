"""A key that a button shows works from every field; Tab goes in the order of reading, everywhere.

Pages and forms are found by opening what can be opened, so those of tomorrow are pressed as well.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Client
from kadin_danisma.services import access, playroom, referring
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.message import ask
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.admin.page import SUBJECTS, AdminPage
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.playroom import PlayroomPage
from kadin_danisma.ui.pages.referrals import ReferralsPage
from kadin_danisma.ui.shell.first_start import FirstStartPanel
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.widgets.focus import PushButton, ReadingOrder
from kadin_danisma.ui.widgets.recoverysteps import RecoverySteps
from kadin_danisma.ui.widgets.steps import Step
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE
from tests.ui.conftest import Typist
from tests.ui.door import door, leave, shown
from tests.ui.shell.everywhere import WAYS, Walk, at_the_recovery
from tests.ui.shortcuts import (
    dead_keys,
    fields,
    forgets,
    keys_shown,
    misplaced_focus,
    out_of_order,
    risky_defaults,
    unreachable,
)
from tests.ui.test_every_form_is_under_the_lock import Visitor, mark_a_row, press, press_all

PAGES = (
    "today",
    "clients",
    "applications",
    "playroom",
    "referrals",
    "trainings",
    "reports",
    "admin",
)


class Presser(Visitor):
    """Presses in each form that is opened every key it shows, once, and closes it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.dead: dict[str, list[str]] = {}

    def meet(self, form: QWidget) -> None:
        """Look at a form, and press its keys."""
        name = type(form).__name__
        if name in self.dead or not type(form).__module__.startswith("kadin_danisma"):
            return
        found = misplaced_focus(form) + risky_defaults(form)
        found += out_of_order(form) + unreachable(form)
        found += forgets(form) if isinstance(form, FormDialog) else []
        self.dead[name] = found + dead_keys(form)


@pytest.fixture
def presser(qapp: QApplication) -> Iterator[Presser]:
    made = Presser(qapp)
    yield made
    made.stop()
    made.deleteLater()


def to_first_start(walk: Walk) -> QWidget:
    """Start without a vault."""
    walk.program.start()
    return shown(walk.program, FirstStartPanel, walk.qtbot)


def to_sign_in(walk: Walk) -> QWidget:
    """Start with one."""
    walk.program.start()
    return door(walk.program)


def at(window: MainWindow, key: str) -> QWidget:
    """Go to a page, with something marked in its lists."""
    window.show_page(key)
    mark_a_row(window)
    if isinstance(window.page, PlayroomPage):
        window.page.rows[0].ask()
    assert window.page is not None
    return window.page


@pytest.mark.usefixtures("worked")
@pytest.mark.parametrize("key", PAGES)
def test_every_key_of_a_page(window: MainWindow, key: str) -> None:
    assert tuple(window.side.buttons) == PAGES
    at(window, key)
    assert dead_keys(window) == []


@pytest.mark.usefixtures("worked")
@pytest.mark.parametrize("key", PAGES)
def test_tab_reads_every_page(window: MainWindow, key: str) -> None:
    at(window, key)
    assert out_of_order(window) == []
    assert unreachable(window) == []


def test_every_key_of_a_file(window: MainWindow, worked: Client) -> None:
    window.show_client(worked.id)
    mark_a_row(window)
    assert out_of_order(window) == []
    assert unreachable(window) == []
    assert dead_keys(window) == []


def test_an_application_is_among_the_first_stops_of_a_file(
    window: MainWindow, worked: Client, typist: Typist
) -> None:
    window.show_client(worked.id)
    stops = []
    for _turn in range(6):
        typist.press("Tab")
        focused = QApplication.focusWidget()
        stops.append(focused.accessibleName() if focused else "")
    assert "Başvuru" in stops


@pytest.mark.parametrize("key", [key for key in PAGES if key != "admin"])
def test_every_key_of_the_forms_of_a_page(
    window: MainWindow, presser: Presser, qtbot: QtBot, worked: Client, key: str
) -> None:
    assert worked
    at(window, key)
    assert window.page is not None
    press_all(window.page, lambda: window.show_page(key) or mark_a_row(window), qtbot)
    assert {form: dead for form, dead in presser.dead.items() if dead} == {}


@pytest.mark.usefixtures("worked")
@pytest.mark.parametrize("subject", [each.key for each in SUBJECTS])
def test_every_key_of_a_subject(
    window: MainWindow, presser: Presser, qtbot: QtBot, subject: str
) -> None:
    def show() -> None:
        window.show_page("admin")
        assert isinstance(window.page, AdminPage)
        window.page.show_subject(subject)
        mark_a_row(window)

    show()
    assert out_of_order(window) == []
    assert isinstance(window.page, AdminPage)
    press_all(window.page.sections[subject], show, qtbot)
    assert {form: dead for form, dead in presser.dead.items() if dead} == {}


def test_every_key_of_the_forms_of_a_file(
    window: MainWindow, presser: Presser, qtbot: QtBot, worked: Client
) -> None:
    def page() -> ClientPage:
        window.show_client(worked.id)
        mark_a_row(window)
        assert isinstance(window.page, ClientPage)
        return window.page

    for place in range(len(page().findChildren(QAbstractButton))):
        press(page().findChildren(QAbstractButton), place, qtbot)
    for place in range(len(page().timeline.model.rows)):
        shown = page()
        shown.open_entry(shown.timeline.model.rows[place])
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert {form: dead for form, dead in presser.dead.items() if dead} == {}
    assert {"SessionDialog", "ApplicationDialog", "ClientDialog", "VisitDialog"} <= set(
        presser.dead
    )


@pytest.mark.first_day
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_key_behind_a_passphrase(
    qapp: QApplication, look: Look, vault_path: Path, clock: FixedClock, qtbot: QtBot, way
) -> None:
    program = Program(qapp, vault_path, "tr", clock, lambda _words: None)
    page = way(Walk(program, vault_path, clock, qtbot))
    if not isinstance(page.window(), MainWindow):
        assert misplaced_focus(page.window()) + risky_defaults(page.window()) == []
    assert out_of_order(page.window()) == []
    assert unreachable(page.window()) == []
    assert dead_keys(page.window()) == []
    leave(program)


@pytest.mark.first_day
@pytest.mark.parametrize("way", [to_first_start, to_sign_in, at_the_recovery])
def test_every_key_at_the_door(
    qapp: QApplication, look: Look, vault_path: Path, clock: FixedClock, qtbot: QtBot, way
) -> None:
    program = Program(qapp, vault_path, "tr", clock, lambda _words: None)
    if way is not to_first_start:
        access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)[0].close()
    page = way(Walk(program, vault_path, clock, qtbot))
    assert misplaced_focus(page.window()) + risky_defaults(page.window()) == []
    assert keys_shown(page.window())
    assert out_of_order(page.window()) == []
    assert unreachable(page.window()) == []
    assert dead_keys(page.window()) == []
    leave(program)


def test_enter_goes_on_in_every_step_of_the_recovery_sheets(
    desk: Desk, place: Workplace, look: Look, qtbot: QtBot
) -> None:
    steps = RecoverySteps(desk, look, place.background)
    qtbot.addWidget(steps)
    with qtbot.waitActive(steps):
        steps.show()
    for step in steps.findChildren(Step):
        steps.go_to(step)
        assert keys_shown(step)
        assert dead_keys(step) == []


def test_a_dead_key_and_a_wrong_order_are_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    last, first = QLineEdit(), QLineEdit()
    deaf = PushButton("Kaydet   Ctrl+Enter")
    for part in (first, last, deaf):
        layout.addWidget(part)
    deaf.clicked.connect(lambda: None)
    with qtbot.waitActive(window):
        window.show()
    QWidget.setTabOrder(last, first)
    QWidget.setTabOrder(first, deaf)
    assert len(dead_keys(window)) == 3
    assert out_of_order(window) != []


def test_tab_goes_in_the_order_of_reading_whatever_was_added_later(
    qtbot: QtBot, typist: Typist
) -> None:
    class Window(ReadingOrder, QWidget):
        """A window."""

    window = Window()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    second, first = QLineEdit(), QLineEdit()
    layout.addWidget(second)
    layout.insertWidget(0, first)
    with qtbot.waitActive(window):
        window.show()
    first.setFocus()
    typist.press("Tab")
    assert QApplication.focusWidget() is second
    between = QCheckBox()
    layout.insertWidget(1, between)
    between.show()
    typist.press("Shift+Tab")
    assert QApplication.focusWidget() is between


def test_tab_comes_to_every_part_of_a_form_and_round_again(
    window: MainWindow, typist: Typist, worked: Client
) -> None:
    """Also to the buttons at its foot: no part that hands its focus on makes Tab jump over some."""
    window.new_application(worked.id)
    form = window.quick_entry
    assert form is not None
    wanted = set(fields(form))
    came: list[QWidget | None] = []
    for _turn in range(len(wanted)):
        typist.press("Tab")
        came.append(QApplication.focusWidget())
    assert set(came) == wanted
    back = came[-1]
    for _turn in range(len(wanted)):
        typist.press("Shift+Tab")
    assert QApplication.focusWidget() is back


def test_enter_presses_the_button_one_is_on_and_never_twice(qtbot: QtBot, typist: Typist) -> None:
    pressed: list[str] = []
    button = PushButton("Vazgeç")
    qtbot.addWidget(button)
    button.clicked.connect(lambda: pressed.append("pressed"))
    with qtbot.waitActive(button):
        button.show()
    button.setFocus()
    typist.press("Return")
    assert pressed == ["pressed"]


def test_a_question_that_changes_something_is_answered_no_by_enter(
    window: MainWindow, typist: Typist
) -> None:
    decided: list[str] = []
    question = ask(window, "Kapatılsın mı?", "Geri alınamaz.", "Kapat", lambda: decided.append("x"))
    assert [part.text() for part in question.findChildren(QPushButton) if part.isDefault()] == [
        "Vazgeç"
    ]
    assert isinstance(question, QDialog)
    typist.press("Return")
    assert not decided


@pytest.mark.usefixtures("worked")
def test_enter_and_escape_go_to_the_answer_of_a_referral_and_back(
    window: MainWindow, typist: Typist, desk: Desk
) -> None:
    window.show_page("referrals")
    page = window.page
    assert isinstance(page, ReferralsPage)
    for _turn in range(2):
        typist.press("Return")
    assert page.answer.hasFocus()
    assert len(referring.waiting(desk)) == 1
    page.answer.day.setFocus()
    typist.press("Escape")
    assert page.table.hasFocus()
    page.answer.day.setFocus()
    typist.press("Alt+1")
    assert referring.waiting(desk) == []


@pytest.mark.usefixtures("worked")
def test_escape_leaves_the_hand_over_and_enter_on_cancel_lets_nobody_out(
    window: MainWindow, typist: Typist, desk: Desk
) -> None:
    window.show_page("playroom")
    page = window.page
    assert isinstance(page, PlayroomPage)
    for field in ("person", "time", "cancel"):
        page.rows[0].ask()
        assert page.rows[0].question is not None
        getattr(page.rows[0].question, field).setFocus()
        typist.press("Return" if field == "cancel" else "Escape")
        assert page.rows[0].question is None, field
    assert playroom.count_in(desk) == 1
