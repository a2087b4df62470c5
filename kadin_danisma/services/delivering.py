"""Handing over what was frozen: its files, in the folder that was chosen."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.reports import writers
from kadin_danisma.reports.report import Report
from kadin_danisma.store.failures import known_faults
from kadin_danisma.store.files import write_atomically


def make_folder(folder: Path) -> None:
    """Make a folder if it is not there.

    Raises:
        KnownError: It cannot be made.
    """
    try:
        with known_faults():
            folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise KnownError(
            _("This folder cannot be used, because a file stands in its place. Nothing was "
              "written. Please choose another folder.")
        ) from error  # fmt: skip


def write(
    report: Report, files: Mapping[str, bytes], folder: Path, formats: Sequence[str]
) -> list[Path]:
    """Write the files of a report.

    Args:
        report: The report.
        files: Its frozen files by their formats; what is not among them is made of the report.
        folder: Where they go.
        formats: Which of them are wanted.

    Returns:
        The files written.
    """
    written = []
    for name in formats:
        path = folder / writers.file_name(report, name)
        write_atomically(path, files.get(name) or writers.render(report, name))
        written.append(path)
    return written
