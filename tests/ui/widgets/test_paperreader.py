"""Reading a report on screen: with the mouse, with the keyboard and with a screen reader."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QLabel

from kadin_danisma.reports import writers
from kadin_danisma.ui.widgets.paperreader import PaperReader
from tests.reports.builders import a_report


@pytest.fixture
def reader(qtbot, look):
    made = PaperReader(look)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show_pdf(writers.render(a_report(), "pdf"), preview=False)
    made.show()
    qtbot.waitUntil(lambda: len(pages(made)) == made.view.pages)
    qtbot.waitUntil(lambda: made.view.verticalScrollBar().maximum() > 0)
    return made


def pages(reader):
    return [page for page in reader.view.findChildren(QLabel) if page.accessibleName()]


def width(reader):
    return pages(reader)[-1].pixmap().deviceIndependentSize().width()


def test_pages_grow_and_shrink_step_by_step_and_fit_again(reader):
    fitting = width(reader)
    reader.larger.click()
    assert width(reader) > fitting
    assert reader.percent.text() == "%125"
    reader.smaller.click()
    reader.smaller.click()
    assert width(reader) < fitting
    reader.fit.click()
    assert width(reader) == pytest.approx(fitting, abs=2)


def test_the_keyboard_does_it_all(reader, qtbot):
    reader.activateWindow()
    reader.view.setFocus()
    QTest.keyClick(reader.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert reader.percent.text() == "%125"
    QTest.keyClick(reader.view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert reader.percent.text() == "%100"
    qtbot.waitUntil(lambda: reader.view.verticalScrollBar().maximum() > 0)
    QTest.keyClick(reader.view, Qt.Key.Key_PageDown)
    assert reader.view.verticalScrollBar().value() > 0


def test_the_place_on_the_page_is_kept_when_it_grows(reader, qtbot):
    bar = reader.view.verticalScrollBar()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    before = bar.maximum()
    reader.larger.click()
    qtbot.waitUntil(lambda: bar.maximum() > before)
    assert bar.value() == bar.maximum()


def test_it_grows_and_shrinks_only_so_far(reader):
    for _time in range(12):
        reader.larger.click()
    assert reader.percent.text() == "%200"
    for _time in range(12):
        reader.smaller.click()
    assert reader.percent.text() == "%50"


def test_a_screen_reader_hears_what_stands_on_each_page(reader):
    assert [page.accessibleName() for page in pages(reader)][:2] == ["Sayfa 1", "Sayfa 2"]
    assert "faaliyet raporu" in pages(reader)[0].accessibleDescription()
    named = (reader.smaller, reader.larger, reader.fit, reader.percent, reader.view)
    assert all(part.accessibleName() for part in named)


def test_a_preview_says_that_it_is_one_above_the_pages_and_on_each(reader, qtbot):
    assert not reader.state.isVisible()
    reader.show_pdf(writers.preview(a_report()), preview=True)
    qtbot.waitUntil(lambda: len(pages(reader)) == reader.view.pages)
    assert reader.state.isVisible()
    assert "Ön izleme" in reader.state.text()
    for page in pages(reader):
        assert "ÖN İZLEME" in page.accessibleDescription()
        assert "yayımlanmadı" in page.accessibleDescription()
