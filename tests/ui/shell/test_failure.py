"""What nobody caught is told calmly, and never with personal data."""

import sys

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.errors import KnownError
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.failure import Failures, place_of


def raised(fault: BaseException) -> tuple[type[BaseException], BaseException, object]:
    try:
        raise fault
    except type(fault):
        return sys.exc_info()


@pytest.fixture
def failures(qtbot: QtBot, qapp: QApplication, look: Look):
    made = Failures(qapp)
    yield made
    if made.shown is not None:
        made.shown.close()


def test_a_fault_of_the_world_is_said_in_its_own_words(failures: Failures):
    failures(*raised(KnownError("Disk dolu. Hiçbir şey kaybolmadı.")))
    assert failures.shown is not None
    assert failures.shown.words.text() == "Disk dolu. Hiçbir şey kaybolmadı."


def test_the_text_of_an_unknown_fault_is_never_shown(failures: Failures):
    failures(*raised(ValueError("Işıl Yıldız")))
    assert failures.shown is not None
    said = failures.shown.words.text() + failures.shown.small.text()
    assert "Işıl" not in said
    assert "ValueError · test_failure.py:" in said
    assert "Işıl" not in failures.shown.accessibleDescription()


def test_the_hook_that_stood_before_hears_of_it_too(qapp: QApplication, look: Look):
    heard: list[object] = []
    failures = Failures(qapp, lambda kind, _fault, _trace: heard.append(kind))
    failures(*raised(ValueError("x")))
    assert heard == [ValueError]
    assert failures.shown is not None
    failures.shown.close()


def test_a_second_fault_does_not_pile_up(failures: Failures):
    failures(*raised(ValueError("x")))
    first = failures.shown
    failures(*raised(TypeError("y")))
    assert failures.shown is first


def test_a_place_names_a_file_of_the_program_only():
    _kind, _fault, trace = raised(ValueError("x"))
    assert place_of(trace).startswith("test_failure.py:")


def test_ctrl_c_closes_the_window_as_if_by_hand(
    qapp: QApplication, look: Look, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
):
    heard: list[object] = []
    failures = Failures(qapp, lambda kind, _fault, _trace: heard.append(kind))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    failures(*raised(KeyboardInterrupt()))
    assert not window.isVisible()
    assert (failures.shown, heard) == (None, [])
    assert capsys.readouterr().err == "Durduruldu.\n"
