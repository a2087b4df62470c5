"""What stands above every page of a backup: what it is, and that nothing is written into it."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kadin_danisma.i18n import _
from kadin_danisma.ui.style import LARGE, SMALL
from kadin_danisma.ui.widgets.parts import label


class BackupBanner(QFrame):
    """Says so, and stays.

    Args:
        words: What it is and of when.
    """

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "strip")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.setSpacing(0)
        self.words = label(words, "strong", wrap=True)
        layout.addWidget(self.words)
        what = _("To work with it, restore it to another place (Administration, Backup).")
        layout.addWidget(label(what, "note", wrap=True))
        self.setAccessibleName(words)
