"""The house stands as docs/architecture.md says, and every rule is shown to be able to fail."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests import house

Rule = Callable[[str, str], list[str]]


def offences(rule: Rule, *folders: str) -> list[str]:
    return [found for path, text in house.sources(*folders) for found in rule(path, text)]


def test_imports_point_down_the_floors() -> None:
    assert offences(house.wrong_floors, "kadin_danisma") == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("domain/records.py", "from kadin_danisma.store.vault import Vault"),
        ("reports/pdf.py", "import kadin_danisma.store.facts"),
        ("services/desk.py", "from kadin_danisma.ui import style"),
        ("ui/pages/today.py", "from kadin_danisma.store import vault"),
        ("cli.py", "from kadin_danisma.store.vault import Vault"),
        ("cli_text.py", "from kadin_danisma import store"),
        ("errors.py", "from kadin_danisma.domain import text"),
        ("store/rows.py", "def f():\n    from kadin_danisma.services import desk"),
    ],
)
def test_an_import_that_points_up_is_found(path: str, line: str) -> None:
    assert house.wrong_floors(f"kadin_danisma/{path}", line)


def test_the_ground_and_the_floors_below_are_in_reach() -> None:
    source = "from kadin_danisma import __version__\nfrom kadin_danisma.i18n import _\n"
    assert house.wrong_floors("kadin_danisma/domain/text.py", source) == []
    source += "from kadin_danisma.services import desk\nfrom kadin_danisma.domain import text\n"
    assert house.wrong_floors("kadin_danisma/cli.py", source) == []


def test_foreign_packages_stay_where_they_live() -> None:
    assert offences(house.wrong_homes, "kadin_danisma") == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("services/upkeep.py", "from sqlcipher3 import dbapi2"),
        ("services/desk.py", "from PySide6.QtCore import QObject"),
        ("ui/pages/reports.py", "from reportlab.graphics import shapes"),
        ("services/importing.py", "import xlsxwriter"),
        ("exchange/template.py", "import openpyxl"),
        ("domain/text.py", "import nacl.hash"),
    ],
)
def test_a_foreign_package_away_from_home_is_found(path: str, line: str) -> None:
    assert house.wrong_homes(f"kadin_danisma/{path}", line)


def test_nothing_opens_a_socket_runs_a_program_or_leaves_a_file_behind() -> None:
    assert offences(house.forbidden, "kadin_danisma", "main.py") == []


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "from urllib.request import urlopen",
        "import http.client",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6 import QtNetwork",
        "from PySide6 import QtDBus",
        "def f():\n    import pickle",
        "import subprocess",
        "import tempfile",
        "import ctypes",
        "import sqlite3",
        "import os\nos.system('x')",
        "eval('1')",
    ],
)
def test_a_forbidden_module_or_call_is_found(line: str) -> None:
    assert house.forbidden("kadin_danisma/domain/text.py", line)


def test_only_the_hardening_modules_talk_to_the_system_directly() -> None:
    assert house.forbidden("kadin_danisma/store/hardening.py", "import ctypes") == []


def test_only_one_module_listens_to_the_desktop() -> None:
    line = "from PySide6.QtDBus import QDBusConnection"
    assert house.forbidden("kadin_danisma/ui/shell/session_bus.py", line) == []
    assert house.forbidden("kadin_danisma/ui/shell/guard.py", line)


def test_only_two_modules_print_and_none_by_a_form_that_offers_a_file() -> None:
    line = "from PySide6.QtPrintSupport import QPrinter"
    assert house.forbidden("kadin_danisma/ui/printing.py", line) == []
    assert house.forbidden("kadin_danisma/ui/pages/reports.py", line)
    assert house.forbidden("kadin_danisma/ui/printing.py", line.replace("QPrinter", "QPrintDialog"))


def test_only_one_module_starts_a_program_and_it_may_do_no_more() -> None:
    starter = "kadin_danisma/exchange/child.py"
    assert house.forbidden(starter, "import subprocess") == []
    assert house.forbidden(starter, "import socket")
    assert house.forbidden(starter, "import os\nos.system('x')")
    assert house.forbidden("kadin_danisma/exchange/reader.py", "import subprocess")


def test_nothing_that_changes_lives_in_a_module() -> None:
    assert offences(house.module_state, "kadin_danisma") == []


@pytest.mark.parametrize(
    "source",
    [
        "cache = {}",
        "_open = list()",
        "seen: set[str] = set()",
        "n = 0\ndef f():\n    global n\n    n += 1",
        "NAMES = {}\ndef f():\n    NAMES['a'] = 1",
        "NAMES = []\ndef f():\n    NAMES.append(1)",
        "class Now:\n    user = None\ndef f():\n    Now.user = 1",
        "@lru_cache\ndef f(): ...",
        "@functools.cache\ndef f(): ...",
    ],
)
def test_state_in_a_module_is_found(source: str) -> None:
    assert house.module_state("kadin_danisma/services/desk.py", source)


@pytest.mark.parametrize(
    "source",
    [
        "NAMES = {'a': 1}\nNAMES |= {}",
        "def f():\n    seen = []\n    seen.append(1)",
        "class Desk:\n    def __init__(self):\n        self.user = None",
    ],
)
def test_constants_locals_and_attributes_are_no_state_of_a_module(source: str) -> None:
    assert house.module_state("kadin_danisma/services/desk.py", source) == []


def test_only_one_module_writes_numbers_days_and_times_for_people() -> None:
    assert offences(house.own_forms, "kadin_danisma") == []


@pytest.mark.parametrize(
    "line",
    [
        'f"{number:,}".replace(",", ".")',
        'f"{day:%d.%m.%Y}"',
        'f"{moment:%H.%M}"',
        'moment.strftime("%H:%M")',
    ],
)
def test_a_number_or_a_time_written_by_hand_is_found(line: str) -> None:
    assert house.own_forms("kadin_danisma/ui/pages/today.py", line)


def test_a_file_is_a_page() -> None:
    everything = ("kadin_danisma", "tests", "tools", "main.py", "dev.py")
    assert offences(house.too_long_file, *everything) == []


def test_a_longer_file_is_found() -> None:
    assert house.too_long_file("a.py", "x = 1\n" * house.LONGEST_FILE) == []
    assert house.too_long_file("a.py", "x = 1\n" * (house.LONGEST_FILE + 1))


def test_a_function_fits_on_a_screen() -> None:
    everything = ("kadin_danisma", "tests", "tools", "main.py", "dev.py")
    assert offences(house.too_long_functions, *everything) == []


def test_a_longer_function_is_found() -> None:
    body = "    x = 1\n"
    short = "def f():\n" + body * (house.LONGEST_FUNCTION - 1)
    assert house.too_long_functions("a.py", short) == []
    assert house.too_long_functions("a.py", short + body)


def test_every_module_says_what_it_is_for() -> None:
    assert offences(house.no_docstring, "kadin_danisma", "tools", "main.py", "dev.py") == []


def test_a_module_that_says_nothing_is_found() -> None:
    assert house.no_docstring("a.py", "x = 1\n")


def test_sql_is_written_in_the_store_only() -> None:
    assert offences(house.stray_sql, "kadin_danisma", "main.py") == []


@pytest.mark.parametrize(
    "line",
    [
        "q = 'SELECT id FROM client WHERE x = 1'",
        "q = 'DELETE FROM client'",
        "q = 'UPDATE client SET a = 1'",
        "q = 'PRAGMA key = 1'",
        "q = f'INSERT INTO {t} VALUES (1)'",
    ],
)
def test_sql_elsewhere_is_found(line: str) -> None:
    assert house.stray_sql("kadin_danisma/services/desk.py", line)
    assert house.stray_sql("kadin_danisma/store/clients.py", line) == []


def test_words_about_selecting_are_no_sql() -> None:
    assert house.stray_sql("kadin_danisma/ui/x.py", "t = _('Select a file from the list')") == []


def test_values_never_stand_in_the_text_of_a_statement() -> None:
    assert offences(house.sql_with_values, "kadin_danisma") == []


@pytest.mark.parametrize(
    "line",
    [
        "f\"SELECT id FROM client WHERE name = '{name}'\"",
        "f'DELETE FROM client WHERE id = {client.id}'",
        "f\"SELECT id FROM client WHERE date = '{within}'\"",
        "'SELECT id FROM client WHERE name = %s' % name",
    ],
)
def test_a_value_in_the_text_of_a_statement_is_found(line: str) -> None:
    assert house.sql_with_values("kadin_danisma/store/clients.py", line)


def test_names_of_tables_and_columns_may_stand_in_a_statement() -> None:
    line = "f'SELECT {COLUMNS} FROM {table} WHERE id = :id'"
    assert house.sql_with_values("kadin_danisma/store/clients.py", line) == []


def loaded_by(statement: str) -> set[str]:
    listing = f"import sys; {statement}; print(*{{name.split('.')[0] for name in sys.modules}})"
    answer = subprocess.run(
        [sys.executable, "-c", listing], cwd=house.ROOT, capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split())


def test_heavy_packages_are_loaded_only_when_they_are_needed() -> None:
    heavy = {"reportlab", "openpyxl", "xlsxwriter", "babel", "PySide6", "PIL"}
    assert loaded_by("import kadin_danisma.app") & heavy == set()


def test_the_sign_in_is_shown_before_anything_that_opens_a_vault_is_loaded() -> None:
    show = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from kadin_danisma.ui.shell.program import Program
program = Program(QApplication(['', '-platform', 'offscreen']), Path(sys.executable), 'tr')
program.start()
assert program.entry.isVisible()
"""
    loaded = loaded_by(f"exec({show!r})")
    assert "PySide6" in loaded
    assert loaded & {"sqlcipher3", "nacl", "reportlab", "xlsxwriter"} == set()


def test_loading_a_heavy_package_would_be_seen() -> None:
    assert "xlsxwriter" in loaded_by("import xlsxwriter")
    assert {"sqlcipher3", "nacl"} <= loaded_by("import kadin_danisma.services.access")
