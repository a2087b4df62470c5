"""What this program is, and what it stands on."""

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QFormLayout

from kadin_danisma import __version__
from kadin_danisma.i18n import _
from kadin_danisma.paths import licences_folder
from kadin_danisma.services import selftest
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.style import LARGE, MEDIUM, SMALL
from kadin_danisma.ui.widgets.parts import Card, label
from kadin_danisma.ui.workplace import Workplace


class AboutSection(Section):
    """Versions and the promise of the program.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("About"))
        card = Card(_("Kadın Danışma"))
        card.body.setSpacing(MEDIUM)
        for sentence in (
            _("The daily tool of a women's counselling centre. It works without a network, keeps "
              "everything encrypted, and nothing leaves unless you export it."),
            _("Free software under the GNU General Public License, version 3 or later."),
        ):  # fmt: skip
            card.body.addWidget(label(sentence, wrap=True))
        self._lines = QFormLayout()
        self._lines.setHorizontalSpacing(LARGE)
        self._lines.setVerticalSpacing(SMALL)
        card.body.addLayout(self._lines)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def reload(self) -> None:
        """Ask what the program stands on."""
        while self._lines.rowCount():
            self._lines.removeRow(0)
        versions = selftest.versions()
        for name, version in (
            (_("Centre"), self.place.desk.vault.centre),
            (_("Program"), __version__),
            ("SQLCipher", versions["sqlcipher"]),
            ("SQLite", versions["sqlite"]),
            ("Qt", qVersion() or ""),
            (_("Licences of all parts"), str(licences_folder())),
        ):
            self._lines.addRow(label(name, "muted"), label(version))
