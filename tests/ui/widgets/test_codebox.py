"""Codes are chosen by typing a few letters, with Turkish folding and without a mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.lists import CHANNEL, PERPETRATOR_RELATION, REASON, VIOLENCE_TYPE
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.widgets.codebox import CodeBox, CodeChips
from kadin_danisma.ui.widgets.suggestions import matching

KEY = Qt.Key


class Form(QWidget):
    """A window with the two kinds of field, and another to leave them for."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.box = CodeBox(tuple(CHANNEL), "walk_in")
        self.chips = CodeChips(tuple(VIOLENCE_TYPE))
        self.other = QLineEdit()
        for part in (self.box, self.chips, self.other):
            layout.addWidget(part)
        self.resize(500, 500)


@pytest.fixture
def form(qtbot: QtBot, look: Look) -> Form:
    made = Form()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def labels(typed: str) -> list[str]:
    return [choice.label for choice in matching(tuple(VIOLENCE_TYPE), typed)]


def test_letters_find_codes_whatever_their_dots():
    assert labels("ISRARLI") == ["Israrlı takip"]
    assert labels("ısrarlı") == ["Israrlı takip"]
    assert labels("sozlu") == ["Sözlü"]


def test_the_start_of_a_label_comes_before_a_word_inside_it():
    found = labels("t")
    assert found.index("Tehdit") < found.index("Israrlı takip")


def test_a_few_letters_inside_a_word_count_only_from_the_third_on():
    assert "Ekonomik" not in labels("no")
    assert "Ekonomik" in labels("nom")


def test_the_word_itself_comes_before_words_that_begin_with_it():
    found = [choice.label for choice in matching(tuple(PERPETRATOR_RELATION), "eş")]
    assert found[0] == "Resmî nikâhlı eş"
    assert found.index("Eski eş") < found.index("Eşin ailesi")
    assert [choice.key for choice in matching(tuple(REASON), "şiddet")] == ["violence"]


def test_of_those_that_fit_alike_the_most_used_comes_first():
    uses = {"ex_husband": 7, "religious_husband": 3, "in_law": 90}
    found = [choice.key for choice in matching(tuple(PERPETRATOR_RELATION), "eş", uses)]
    assert found[:4] == ["ex_husband", "religious_husband", "husband", "in_law"]


def test_a_code_is_not_taken_from_a_list_that_was_closed(qtbot: QtBot, form: Form):
    form.box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(form.box, "mek")
    qtbot.keyClick(form.box, KEY.Key_Escape)
    qtbot.keyClick(form.box, KEY.Key_Tab)
    assert form.box.value() == "walk_in"


def test_typing_and_enter_choose(qtbot: QtBot, form: Form):
    form.box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(form.box, "tel")
    assert form.box.list.isVisible()
    qtbot.keyClick(form.box, KEY.Key_Return)
    assert form.box.value() == "phone"
    assert form.box.text() == "Telefon"
    assert not form.box.list.isVisible()


def test_down_shows_everything_and_marks_what_is_chosen(qtbot: QtBot, form: Form):
    form.box.setFocus()
    qtbot.keyClick(form.box, KEY.Key_Down)
    assert form.box.list.count() == len(CHANNEL.keys)
    assert form.box.list.marked() == "walk_in"
    qtbot.keyClick(form.box, KEY.Key_Down)
    qtbot.keyClick(form.box, KEY.Key_Return)
    assert form.box.value() == "appointment"


def test_tab_takes_the_marked_choice_along(qtbot: QtBot, form: Form):
    form.box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(form.box, "mek")
    qtbot.keyClick(form.box, KEY.Key_Tab)
    assert form.box.value() == "letter"
    assert not form.box.hasFocus()


def test_escape_closes_the_list_and_keeps_the_choice(qtbot: QtBot, form: Form):
    form.box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(form.box, "mek")
    qtbot.keyClick(form.box, KEY.Key_Escape)
    form.other.setFocus()
    assert form.box.text() in {"Mektup/dilekçe", "Yüz yüze (randevusuz)"}
    assert form.isVisible()


def test_letters_that_mean_nothing_leave_the_choice_as_it_was(qtbot: QtBot, form: Form):
    form.box.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(form.box, "qqq")
    form.other.setFocus()
    assert form.box.value() == "walk_in"
    assert form.box.text() == "Yüz yüze (randevusuz)"


def test_several_codes_are_added_and_the_last_is_taken_away(qtbot: QtBot, form: Form):
    typing = form.chips.typing
    form.chips.setFocus()
    for letters in ("fiz", "psi"):
        qtbot.keyClicks(typing, letters)
        qtbot.keyClick(typing, KEY.Key_Return)
    assert form.chips.value() == ("physical", "psychological")
    qtbot.keyClick(typing, KEY.Key_Backspace)
    assert form.chips.value() == ("physical",)


def test_what_is_chosen_is_not_offered_again(qtbot: QtBot, form: Form):
    form.chips.set_value(("physical",))
    assert all(choice.key != "physical" for choice in form.chips.typing.offered(""))


def test_the_typing_place_carries_the_name_for_a_screen_reader(form: Form):
    form.chips.setAccessibleName("Şiddet türleri")
    assert form.chips.typing.accessibleName() == "Şiddet türleri"


def test_letters_beside_the_chips_stay_where_they_are(qtbot: QtBot, form: Form):
    form.chips.setFocus()
    qtbot.keyClicks(form.chips.typing, "zzz")
    assert form.chips.typing.list.isVisible()
    form.other.setFocus()
    assert form.chips.typing.text() == "zzz"
    assert form.chips.value() == ()


def test_the_one_choice_that_is_shown_is_taken_along(qtbot: QtBot, form: Form):
    form.chips.setFocus()
    qtbot.keyClicks(form.chips.typing, "ekono")
    form.other.setFocus()
    assert form.chips.value() == ("economic",)
    assert form.chips.typing.text() == ""
