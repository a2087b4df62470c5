"""Yönetim: people, backups, import, log, look; each role sees what is hers."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import N_, _
from kadin_danisma.ui.pages.admin.about import AboutSection
from kadin_danisma.ui.pages.admin.backup import BackupSection
from kadin_danisma.ui.pages.admin.importing import ImportSection
from kadin_danisma.ui.pages.admin.log import LogSection
from kadin_danisma.ui.pages.admin.matrix import MatrixSection
from kadin_danisma.ui.pages.admin.mine import MineSection
from kadin_danisma.ui.pages.admin.recovery import RecoverySection
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.pages.admin.users import UsersSection
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.scrolled import scrolled
from kadin_danisma.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Subject:
    """One section of the page.

    Args:
        key: What it is called in code.
        title: Its name, translated when it is shown.
        build: Makes the section.
        needs: The action that opens it; None means everybody may.
        is_for_writing: Whether all it does is written down, so that a backup has no use for it.
    """

    key: str
    title: str
    build: Callable[[Workplace], Section]
    needs: Action | None = None
    is_for_writing: bool = False


SUBJECTS = (
    Subject("users", N_("Users"), UsersSection, Action.MANAGE_USERS),
    Subject("roles", N_("Who may do what"), MatrixSection, Action.MANAGE_USERS),
    Subject("backup", N_("Backup"), BackupSection, Action.BACK_UP),
    Subject("import", N_("Import"), ImportSection, Action.IMPORT),
    Subject("recovery", N_("Recovery"), RecoverySection, Action.RENEW_RECOVERY),
    Subject("log", N_("Log"), LogSection, Action.SEE_AUDIT),
    Subject("mine", N_("Look and passphrase"), MineSection, is_for_writing=True),
    Subject("about", N_("About"), AboutSection),
)


class AdminPage(Page):
    """Sections behind a line of words; each is built when it is first looked at.

    Args:
        place: The desk and the window's means.
    """

    cares = frozenset({Kind.USER})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Administration"), place.desk.vault.centre)
        desk = place.desk
        self._subjects = {
            subject.key: subject
            for subject in SUBJECTS
            if (subject.needs is None or desk.may(subject.needs))
            and not (subject.is_for_writing and desk.vault.copied)
        }
        self.sections: dict[str, Section] = {}
        self.subjects = Filters(
            _("Subject"), {key: _(each.title) for key, each in self._subjects.items()}, wrap=True
        )
        self.subjects.chosen_changed.connect(lambda _key: self.reload())
        self._stack = QStackedWidget()
        self.body.addWidget(self.subjects)
        self.body.addWidget(self._stack, 1)

    def show_subject(self, key: str) -> None:
        """Show a section by its key."""
        self.subjects.choose(key)
        self.reload()

    def reload(self) -> None:
        """Load the section in front."""
        key = self.subjects.chosen()
        if key not in self.sections:
            self.sections[key] = self._subjects[key].build(self.place)
            self._stack.addWidget(scrolled(self.sections[key]))
        self._stack.setCurrentIndex(list(self.sections).index(key))
        try:
            self.sections[key].reload()
        except KnownError as error:
            self.sections[key].say_trouble(error)

    def enter(self) -> None:
        """Look anew: backups grow old."""
        self._stale = True
        super().enter()

    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.kind in self.cares:
            self.reload()
