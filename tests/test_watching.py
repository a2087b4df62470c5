"""The watcher sees what it is there to see."""

from pathlib import Path

import pytest

from tests.watching import written_by


@pytest.mark.parametrize(
    "code",
    [
        "from pathlib import Path; Path(sys.argv[1]).write_text('')",
        "os.close(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT))",
        "os.mkdir(sys.argv[1])",
    ],
)
def test_whatever_is_made_is_seen(tmp_path: Path, code: str) -> None:
    assert written_by(code, tmp_path / "made") == [str(tmp_path / "made")]


def test_a_library_that_keeps_sheets_in_temporary_files_is_seen() -> None:
    assert written_by("import io, openpyxl; openpyxl.Workbook().save(io.BytesIO())")


def test_reading_is_no_writing() -> None:
    assert written_by("open(sys.argv[1]).close()", Path(__file__)) == []
