"""The form by which waiting colleagues get the keys of their session notes."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.discipline import discipline_name
from kadin_danisma.i18n import _
from kadin_danisma.services import keyring
from kadin_danisma.services.keyring import Waiting
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.slow import SlowDialog
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.widgets.sheetentry import SheetEntry
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


class KeysDialog(SlowDialog):
    """Says who waits, and gives the keys: one's own, or all of them by the recovery code.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        waiting: Who waits for which key.
    """

    def __init__(
        self, parent: QWidget | None, place: Workplace, waiting: Sequence[Waiting]
    ) -> None:
        super().__init__(
            parent, place, _("Keys of session notes"), _("Give"), _("The keys are being given …")
        )
        self._waiting = tuple(waiting)
        held = place.desk.vault.secrets
        self.by_code = any(each.discipline not in held for each in self._waiting)
        words = _(
            "A note is read only by its own discipline. These colleagues wait for their key; "
            "please make sure that each of them is who they say they are."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        for each in self._waiting:
            self.body.addWidget(label(join(each.user.title, discipline_name(each.discipline))))
        self.sheets = SheetEntry()
        self.sheets.setVisible(self.by_code)
        self.sheets.submitted.connect(self.submit)
        self._code = ""
        self.body.addWidget(self.sheets)
        self.body.addStretch(1)
        self.sheets.setFocus()

    def ready(self) -> bool:
        """Tell whether the sheets were typed where they are needed."""
        typed = self.sheets.read() if self.by_code else None
        self._code = typed.code if typed else ""
        return typed is not None or not self.by_code

    def work(self, _progress: Progress) -> object:
        """Give the keys."""
        if self.by_code:
            return keyring.grant_by_code(self.place.desk, self._code)
        for each in self._waiting:
            keyring.grant(self.place.desk, each.user.id, each.discipline)
        return len(self._waiting)
