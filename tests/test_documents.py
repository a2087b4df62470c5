"""The pages people read: whole tables, no word defined twice, a changelog in Turkish."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]


def tables(page: Path) -> list[list[str]]:
    """Return the tables of a page: lines in a row that begin with a bar."""
    found: list[list[str]] = [[]]
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


def words(row: str) -> list[str]:
    return [cell.strip() for cell in row.replace("\\|", "/").strip("|").split("|")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_table_has_a_head_and_as_many_cells_in_each_row(page: Path) -> None:
    for table in tables(page):
        assert set(table[1]) <= set("|-: "), f"no head above {table[0]!r}"
        assert {len(words(row)) for row in table} == {len(words(table[0]))}, table[0]


def test_the_glossary_defines_no_word_twice() -> None:
    rows = [words(row) for table in tables(ROOT / "docs" / "glossary.md") for row in table[2:]]

    assert sorted(row[0] for row in rows) == sorted({row[0] for row in rows})
    assert sorted(row[1] for row in rows) == sorted({row[1] for row in rows})


def test_the_glossary_gives_the_standard_terms_of_disclosure_control() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

    for term in (
        "primary suppression", "secondary (complementary) suppression", "threshold rule",
        "linked", "feasibility", "audit", "protection target", "linear program",
    ):  # fmt: skip
        assert term in text


def test_the_changelog_is_written_for_the_people_of_the_centre() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert text.startswith("# Değişiklikler\n")
    english = {" the ", " and ", " is ", " of "}
    assert [each for each in english if each in text] == []
