"""What protects a woman on the screen: the banner's words, and masks that close by themselves."""

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kadin_danisma.ui.look import Look
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.safety import MaskedName, RevealButton, Reveals, SafetyBanner
from kadin_danisma.ui.words import MASK, masked, safety_words
from tests.builders import a_client


def test_a_question_not_asked_is_no_permission():
    words = safety_words(a_client())
    assert words.tone is Tone.WARN
    assert "sorulmadı" in words.headline


def test_unknown_is_neither_yes_nor_not_asked():
    words = safety_words(a_client(may_call="unknown"))
    assert "bilinmiyor" in words.headline
    assert words.headline != safety_words(a_client()).headline


def test_do_not_call_is_said_in_danger_and_says_nothing_of_messages():
    words = safety_words(a_client(may_call="no", may_leave_message="yes"))
    assert words.tone is Tone.DANGER
    assert words.headline == "Aramayın."


def test_hours_and_messages_are_said_in_one_breath():
    words = safety_words(a_client(may_call="yes", call_hours="10.00–12.00", may_leave_message="no"))
    assert words.headline.startswith("Yalnız şu saatlerde arayın: 10.00–12.00.")
    assert "Mesaj bırakmayın" in words.headline
    assert words.tone is Tone.DANGER


def test_who_must_not_know_and_who_may_collect_stand_below():
    words = safety_words(a_client(may_call="yes", must_not_know="eşi", may_collect="anneanne"))
    assert words.tone is Tone.DANGER
    assert any("eşi" in detail for detail in words.details)
    assert any("anneanne" in detail for detail in words.details)


def test_a_file_without_worries_is_calm():
    assert safety_words(a_client(may_call="yes")).tone is Tone.OK


def test_the_banner_is_heard_as_well_as_seen(qtbot: QtBot, look: Look):
    banner = SafetyBanner(a_client(may_call="no", must_not_know="eşi"))
    qtbot.addWidget(banner)
    assert "Aramayın." in banner.accessibleDescription()
    assert "eşi" in banner.accessibleDescription()


@pytest.mark.parametrize("name", ["Su", "Ayşegül Karaosmanoğlu"])
def test_the_mask_does_not_tell_the_length_of_a_name(name: str):
    assert masked(name) == MASK


def test_a_name_closes_by_itself(qtbot: QtBot, look: Look):
    name = MaskedName(Reveals(shown_for=1), "Işıl Yıldız")
    qtbot.addWidget(name)
    assert name.words.text() == MASK
    with qtbot.waitSignals([name.shown_changed, name.shown_changed]):
        name.button.click()
        assert name.words.text() == "Işıl Yıldız"
    assert name.words.text() == MASK


def test_only_one_view_at_a_time_shows_names(qtbot: QtBot, look: Look):
    reveals = Reveals()
    one, other = MaskedName(reveals, "Işıl"), RevealButton(reveals, "Göster", "Gizle")
    qtbot.addWidget(one)
    qtbot.addWidget(other)
    one.toggle()
    other.toggle()
    assert not one.shown
    assert other.shown
    reveals.hide_all()
    assert not other.shown


def test_a_name_is_masked_when_its_view_is_left(qtbot: QtBot, look: Look):
    name = MaskedName(Reveals(), "Işıl")
    qtbot.addWidget(name)
    name.show()
    name.toggle()
    name.hide()
    assert not name.shown


def test_a_nameless_woman_has_nothing_to_unmask(qtbot: QtBot, look: Look):
    name = MaskedName(Reveals(), "")
    qtbot.addWidget(name)
    assert name.button.isHidden()
    assert name.words.text() == "adsız"


def test_hiding_survives_a_name_whose_page_is_gone(qtbot: QtBot) -> None:
    reveals = Reveals()
    name = MaskedName(reveals, "Işıl")
    name.toggle()
    delete(name)
    reveals.hide_all()
