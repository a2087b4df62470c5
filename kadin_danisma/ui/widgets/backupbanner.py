"""What stands above every page of a backup: what it is, and that nothing is written into it."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kadin_danisma.domain.role import Action, Role, may
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import LARGE, SMALL
from kadin_danisma.ui.widgets.parts import label


class BackupBanner(QFrame):
    """Says so, and stays.

    Args:
        words: What it is and of when.
        role: Of whoever reads it; not everybody may restore.
    """

    def __init__(self, words: str, role: Role) -> None:
        super().__init__()
        self.setProperty("kind", "strip")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.setSpacing(0)
        self.words = label(words, "strong", wrap=True)
        layout.addWidget(self.words)
        self.what = label(_what_to_do(role), "note", wrap=True)
        layout.addWidget(self.what)
        self.setAccessibleName(words)


def _what_to_do(role: Role) -> str:
    """Return how one comes to work with it, by the pages that she has."""
    if not may(role, Action.BACK_UP):
        return _("To work with it, ask a coordinator or IT to restore it to another place.")
    if role is Role.IT:
        return _("To work with it, restore it to another place (Backup and check).")
    return _("To work with it, restore it to another place (Administration, Backup).")
