"""Every place where somebody can type is known to the story of tests/leaks/days.py."""

import ast
import dataclasses
from collections import Counter
from pathlib import Path

from kadin_danisma.domain.records import KIND_OF, Client
from tests.leaks import planting

UI = Path(__file__).resolve().parents[2] / "kadin_danisma" / "ui"
#: What makes a place in which any text can be typed.
_MAKERS = {"QLineEdit", "QPlainTextEdit", "QTextEdit", "TextEdit", "PassphraseEdit", "add_search"}
#: How many such places each file has, and who types there in the story. Whoever adds a place
#: plants a marker in it there and counts it here.
TYPED = {
    "shell/first_start.py": 2,  # Sitting.found
    "widgets/sheetentry.py": 1,  # Sitting._keep_sheets
    "shell/sign_in.py": 2,  # Sitting.sign_in
    "dialogs/account.py": 5,  # _people, _upkeep
    "dialogs/keyfile.py": 2,  # _key_file; stick and file are chosen
    "dialogs/client.py": 2,  # fill: one for all lines, one for the longer text
    "dialogs/session.py": 2,  # fill
    "dialogs/visit.py": 3,  # fill
    "dialogs/training.py": 2,  # fill
    "dialogs/withdraw.py": 1,  # _withdraw_and_take_back
    "dialogs/telling.py": 1,  # _beside_the_report
    "dialogs/returning.py": 1,  # _beside_the_report
    "dialogs/verify.py": 3,  # _upkeep; the path is chosen
    "widgets/restoring.py": 3,  # _upkeep; the paths are chosen
    "dialogs/breaking.py": 3,  # behind_the_window, by the service
    "pages/clients.py": 1,  # _new_file
    "pages/today.py": 1,  # _search_everywhere
    "pages/admin/log.py": 1,  # _search_everywhere
    "dialogs/logpaper.py": 2,  # _search_everywhere
    "widgets/folder.py": 1,  # the path is chosen
    "widgets/phrase.py": 2,  # Sitting.found, and Sitting.sign_in the first time
    "widgets/header.py": 1,  # the search of a page, above
    "widgets/letout.py": 1,  # _let_out
}


def _typed_in(path: Path) -> int:
    calls = (
        n.func for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)
    )
    names = (ast.unparse(call).rpartition(".")[2] for call in calls)
    return sum(name in _MAKERS for name in names)


def test_every_place_in_the_window_where_one_can_type_is_in_the_story() -> None:
    found = Counter({str(p.relative_to(UI)): _typed_in(p) for p in UI.rglob("*.py")})
    assert dict(+found) == TYPED


def test_the_free_fields_of_a_record_are_those_without_a_list() -> None:
    assert planting.free_fields(Client) == (
        "file_no", "name", "kimlik_no", "phone", "call_hours", "must_not_know", "may_collect",
        "safety_note",
    )  # fmt: skip
    assert len(planting.all_places()) == sum(len(planting.free_fields(kind)) for kind in KIND_OF)


def test_a_new_field_of_text_would_be_asked_for() -> None:
    grown = dataclasses.make_dataclass(
        "Grown", [("lawyer_name", str, "")], bases=(Client,), frozen=True
    )
    assert "lawyer_name" in planting.free_fields(grown)
