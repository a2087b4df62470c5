"""Handing over what was frozen: its files, in the folder that was chosen."""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.reports import writers
from kadin_danisma.reports.report import Report
from kadin_danisma.store.failures import FullDiskError, ReadOnlyMediumError, known_faults
from kadin_danisma.store.files import beside, write_atomically

#: More than the files of a report take.
_ROOM = 500_000


def make_folder(folder: Path) -> None:
    """Make a folder if it is not there, and see that files can be written into it.

    Before anything is frozen: afterwards it has left, and only its files are missing.

    Raises:
        KnownError: It cannot be made or written, or has no room.
    """
    try:
        with known_faults():
            folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise ReadOnlyMediumError
        if shutil.disk_usage(folder).free < _ROOM:
            raise FullDiskError
    except (FileExistsError, NotADirectoryError) as error:
        raise KnownError(
            _("This folder cannot be used, because there is a file of that name. Nothing was "
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

    Raises:
        KnownError: They cannot be written; the report has left all the same.
    """
    written = []
    try:
        for name in formats:
            path = folder / writers.file_name(report, name)
            try:
                write_atomically(path, files.get(name) or writers.render(report, name))
            finally:
                beside(path, ".part").unlink(missing_ok=True)
            written.append(path)
    except OSError as error:
        raise KnownError(
            _("Report {number} is published and kept in the vault, but not all of its files could "
              "be written into this folder. Please export it again, into another folder: the "
              "files stay the same.").format(number=report.number)
        ) from error  # fmt: skip
    return written
