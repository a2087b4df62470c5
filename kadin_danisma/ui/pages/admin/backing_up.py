"""What a coordinator and IT are asked and told alike when they make a backup."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui.dialogs.export import documents_folder


def ask_folder(parent: QWidget, title: str = "") -> Path | None:
    """Let the person point at a folder, best on a stick; None where she would rather not."""
    start = str(documents_folder())
    asked = title or _("Where should the backup be saved?")
    found = QFileDialog.getExistingDirectory(parent, asked, start)
    return Path(found) if found else None


def why() -> str:
    """Return what a backup is for."""
    return _(
        "A backup is an encrypted copy with its key files. Make one every day, on a stick that is "
        "locked away: if this computer is lost, the backup is all you have."
    )


def during() -> str:
    """Return what is said while one is made."""
    return _("The backup is being made and checked …")
