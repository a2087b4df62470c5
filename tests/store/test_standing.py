"""What was withdrawn is left out by default: whatever reads a table itself needs a reason."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kadin_danisma.store import rows
from kadin_danisma.store.vault import Vault
from tests import house

_TABLES = "|".join(rows.TABLE_OF.values())
#: A table of records is read: by its name, or by a name for it that is put in.
_READS = re.compile(
    rf"\b(?:FROM|JOIN)\s+(?:main\.)?"
    rf"(?:(?:{_TABLES})\b|\{{[^}}]*(?:TABLE_OF|table)[^}}]*\}})"
)
#: Where that is right, and why; anything else reads ``rows.STANDING``.
WHOLE = {
    ("store/rows.py", "select"): "the one place that can be asked for what was withdrawn as well",
    ("store/records.py", "numbers_of"): "a number is given once, also that of what was withdrawn",
    ("store/records.py", "_report_month"): "of a record that stands, just read",
    ("store/records.py", "_refuse_withdrawn_files"): "asks which files are withdrawn",
    ("store/numbers.py", "following"): "a number is given once",
    ("store/overview.py", "file_numbers"): "names a file whose record is shown, withdrawn or not",
    ("store/overview.py", "count_of"): "counts all, and takes off what was withdrawn",
    ("store/withdrawing.py", "act_of"): "asks whether a record is withdrawn",
    ("store/withdrawing.py", "entered_by"): "asks who entered a record, withdrawn or not",
    ("store/withdrawing.py", "withdrawn"): "asks what is withdrawn",
    ("store/withdrawing.py", "_month"): "of the record that is withdrawn or taken back",
    ("store/unproved.py", "_make"): "makes the views of what stands, with what nobody withdrew",
    ("store/withdrawal_book.py", "doubtful"): "compares with what was signed",
    ("store/withdrawal_book.py", "_file_of"): "names the file of a doubtful record",
    ("store/restricting.py", "_draw_codes"): "seals what was withdrawn too",
    ("store/restricting.py", "_records_of"): "seals what was withdrawn too",
    ("store/notes.py", ""): "seals the notes of what was withdrawn too",
    ("store/notes.py", "_rows_of"): "seals the notes of what was withdrawn too",
    ("store/notes.py", "_put"): "writes a note anew, of whatever record",
    ("store/recoding.py", ""): "step 9 of the schema, before anything could be withdrawn",
    (
        "store/recoding.py",
        "_coded_already",
    ): "step 9 of the schema, before anything could be withdrawn",
    ("store/wall.py", "raise_wall"): "step 3 of the schema, before anything could be withdrawn",
    ("store/anchor.py", "_cut_or_older"): "the latest change, of whatever kind",
    ("store/copies.py", "_count"): "a copy holds what was withdrawn too",
    ("store/telling.py", "tell"): "how much lies in a backup, of whatever schema",
    ("store/circle_book.py", "founding_lines"): "circles, also of a file that was withdrawn",
    ("store/circles.py", "only_member_of"): "circles, also of a file that was withdrawn",
    ("store/facts.py", "count_late"): "the views it counts stand in a list of their own",
    (
        "store/facts.py",
        "_clients",
    ): "whose record stands counts with it, whatever her file's row says",
    ("store/keyring.py", "look_through"): "of keys, and not of records",
    ("store/keyring.py", "renew"): "of keys, and not of records",
    ("store/keyring.py", "unused"): "of keys, and not of records",
    ("store/sealed_fields.py", "is_doubtful"): "looks at the seals of what was withdrawn too",
    ("store/breaking.py", "acknowledge"): "a broken seal is told, whatever became of the file",
    ("store/breaking.py", "unseen"): "a broken seal is told, whatever became of the file",
    ("store/log_reading.py", "_with_files"): "the log names files, whatever became of them",
}


def readings(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the file and the innermost function of each statement that reads a table itself."""

    def walk(node: ast.AST, function: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.FunctionDef):
            function = node.name
        if isinstance(node, ast.JoinedStr | ast.Constant):
            if _READS.search(_words(node)):
                yield path.removeprefix("kadin_danisma/"), function
            return
        for child in ast.iter_child_nodes(node):
            yield from walk(child, function)

    return walk(ast.parse(text), "")


def _words(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(
        f"{{{ast.unparse(part.value)}}}"
        if isinstance(part, ast.FormattedValue)
        else str(part.value)
        for part in node.values
        if isinstance(part, ast.FormattedValue | ast.Constant)
    )


def found() -> set[tuple[str, str]]:
    return {
        reading for path, text in house.sources("kadin_danisma") for reading in readings(path, text)
    }


def test_nothing_reads_a_table_of_records_itself_without_a_reason() -> None:
    assert found() - WHOLE.keys() == set()


def test_no_reason_is_left_over() -> None:
    assert WHOLE.keys() - found() == set()


@pytest.mark.parametrize(
    "line",
    [
        'db.execute("SELECT count(*) FROM session WHERE date = ?")',
        'db.execute(f"SELECT id FROM {rows.TABLE_OF[kind]}")',
        'db.execute(f"SELECT id FROM {table} WHERE id = ?")',
        'db.execute("SELECT count(*) FROM main.session")',
        '_LINE = ("SELECT x FROM standing_client JOIN application ON 1")',
    ],
)
def test_a_reading_that_forgets_it_is_found(line: str) -> None:
    assert list(readings("kadin_danisma/store/new.py", line))


@pytest.mark.parametrize(
    "line",
    [
        'db.execute("SELECT count(*) FROM standing_session")',
        'db.execute(f"SELECT id FROM {rows.STANDING[kind]}")',
        'db.execute("SELECT code FROM application_code")',
    ],
)
def test_a_reading_of_what_stands_is_fine(line: str) -> None:
    assert not list(readings("kadin_danisma/store/new.py", line))


@pytest.mark.parametrize("kind", rows.TABLE_OF)
def test_each_view_has_every_column_of_its_table(vault: Vault, kind: type) -> None:
    with vault.read() as db:
        table, view = (
            [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
            for name in (rows.TABLE_OF[kind], rows.STANDING[kind])
        )
    assert view == table


def test_the_schema_has_a_view_for_each_table() -> None:
    steps = Path(house.ROOT, "kadin_danisma/store/schema").glob("*.sql")
    said = "".join(step.read_text(encoding="utf-8") for step in steps)
    assert all(f"CREATE VIEW {view} " in said for view in rows.STANDING.values())
