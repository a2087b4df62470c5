"""IT's window: accounts, backups and checks of a vault that is not opened; nothing of clients."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kadin_danisma.domain.role import role_name
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.admin.section import SubjectPart
from kadin_danisma.ui.pages.keeping.accounts import AccountsSection
from kadin_danisma.ui.pages.keeping.place import KeepersPlace
from kadin_danisma.ui.pages.keeping.upkeep import PassphraseSection, UpkeepSection
from kadin_danisma.ui.style import LARGE, MEDIUM, PAGE, SMALL, SMALLEST
from kadin_danisma.ui.widgets.backupbanner import BackupBanner
from kadin_danisma.ui.widgets.focus import ReadingOrder
from kadin_danisma.ui.widgets.header import PageHeader
from kadin_danisma.ui.widgets.parts import button, ems, label
from kadin_danisma.ui.widgets.sorting import SortKey
from kadin_danisma.ui.widgets.toast import Toast


class KeepersWindow(ReadingOrder, QMainWindow):
    """Shows one subject at a time.

    Args:
        desk: IT's desk.
        look: Colours, sizes, icons.
        background: Where long work is done.
        lock: Lets go of the vault and replaces the process.
    """

    def __init__(
        self, desk: KeepersDesk, look: Look, background: Background, lock: Callable[[], None]
    ) -> None:
        super().__init__()
        self._lock = lock
        self.setWindowTitle(_("Kadın Danışma"))
        self.setMinimumSize(*SMALLEST)
        self.place = KeepersPlace(desk, look, background, lambda words: self.toast.say(words))
        self.accounts = AccountsSection(self.place)
        self.upkeep = UpkeepSection(self.place)
        self.passphrase = PassphraseSection(self.place)
        self._stack = QStackedWidget()
        self.buttons: list[QPushButton] = []
        self._lay_out((self.accounts, self.upkeep, self.passphrase))
        own = self._stack.indexOf(self.passphrase)
        self.buttons[own].setVisible(desk.keeper.copied is None)
        self.toast = Toast(self)
        self.show_subject(self.accounts)

    def show_subject(self, subject: SubjectPart) -> None:
        """Bring a subject to the front, loaded anew."""
        place = self._stack.indexOf(subject)
        self._stack.setCurrentIndex(place)
        self.buttons[place].setChecked(True)
        self.buttons[place].setFocus()
        self._header.title.setText(subject.title)
        try:
            subject.reload()
        except KnownError as error:
            subject.say_trouble(error)

    def lock(self) -> None:
        """Put everything away and replace the process, whatever goes wrong on the way."""
        try:
            self.put_away()
        finally:
            self._lock()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed window lets go of the vault."""
        self.put_away()
        super().closeEvent(event)

    def put_away(self) -> None:
        """Show nothing any more, end the work under way, and let go of the vault."""
        for window in QApplication.topLevelWidgets():
            window.hide()
        self.place.background.finish()
        self.place.desk.close()

    def _lay_out(self, subjects: tuple[SubjectPart, ...]) -> None:
        inside = QWidget()
        inside.setProperty("ground", "page")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page = QVBoxLayout()
        page.setContentsMargins(PAGE, 28, PAGE, 24)
        page.setSpacing(LARGE)
        self._header = PageHeader("", _("You maintain this vault and cannot open it."))
        page.addWidget(self._header)
        page.addWidget(self._stack, 1)
        edge = QFrame()
        edge.setProperty("kind", "edge")
        layout = QHBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side(subjects))
        layout.addWidget(edge)
        pages = QVBoxLayout()
        pages.setSpacing(0)
        if copied := self.place.desk.keeper.copied:
            pages.addWidget(BackupBanner(copied.words, self.place.desk.user.role))
        pages.addLayout(page, 1)
        layout.addLayout(pages, 1)
        self.setCentralWidget(inside)
        SortKey(self)

    def _side(self, subjects: tuple[SubjectPart, ...]) -> QWidget:
        side = QWidget()
        side.setProperty("ground", "side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(max(216, ems(self, 24)))
        layout = QVBoxLayout(side)
        layout.setContentsMargins(MEDIUM, 18, MEDIUM, MEDIUM)
        layout.setSpacing(2)
        layout.addWidget(label(_("Kadın Danışma"), "strong"))
        layout.addWidget(label(self.place.desk.keeper.path.name, "note", wrap=True))
        layout.addSpacing(SMALL)
        group = QButtonGroup(self)
        for subject in subjects:
            self._stack.addWidget(subject)
            made = button(subject.title, partial(self.show_subject, subject), kind="place")
            made.setCheckable(True)
            group.addButton(made)
            self.buttons.append(made)
            layout.addWidget(made)
        layout.addStretch(1)
        user = self.place.desk.user
        layout.addWidget(label(user.title or user.name, "strong", wrap=True))
        layout.addWidget(label(role_name(user.role), "note"))
        layout.addSpacing(SMALL)
        layout.addWidget(self._lock_button())
        return side

    def _lock_button(self) -> QPushButton:
        made = button(_("Lock"), self.lock, key="F12")
        made.setIcon(self.place.look.icon("lock", "muted", 16))
        made.setIconSize(QSize(self.place.look.px(16), self.place.look.px(16)))
        return made
