import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.ui import selfcheck


def test_the_buttons_and_the_letters_are_turkish(qtbot: QtBot) -> None:
    assert selfcheck.check() == []


def test_missing_words_and_a_missing_font_are_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selfcheck, "_CANCEL", "Vazgeç")
    monkeypatch.setattr(selfcheck, "_HARD_LETTERS", "\U00012000")
    assert len(selfcheck.check()) == 2
