"""Backups: making one, checking one, and how old the last one is."""

from datetime import datetime
from pathlib import Path

from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, RolledBackVaultError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import people, upkeep
from kadin_danisma.services.today import today
from kadin_danisma.services.upkeep import OnStick
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.message import ask
from kadin_danisma.ui.dialogs.restoring import RestoreDialog
from kadin_danisma.ui.dialogs.verify import VerifyDialog
from kadin_danisma.ui.pages.admin import backing_up
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.parts import Card, Pill, button, label, row, told_card
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.widgets.stickcard import StickCard
from kadin_danisma.ui.workplace import Workplace

#: From so many days on, a backup is getting old, and then too old.
_OLDISH, _OLD = 2, 8


class BackupSection(Section):
    """Makes and checks encrypted copies.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Backup"))
        self.dialog: VerifyDialog | None = None
        self.last = label("", "title", wrap=True)
        self.state = Pill()
        self.make = button(_("Make a backup"), self.choose_folder, kind="primary")
        self.check = button(_("Check a vault"), self.open_check)
        self.restoring: RestoreDialog | None = None
        self.stick = StickCard(self.choose_stick, self.open_restore)
        self._card = self._making()
        self._card.setVisible(place.desk.vault.copied is None)
        self.body.addWidget(self._card)
        self.body.addWidget(self._checking())
        self.body.addWidget(self.stick)
        self.body.addStretch(1)

    def reload(self) -> None:
        """Look when the last backup was made."""
        last = today(self.place.desk).last_backup
        if last is None:
            self.last.setText(_("There is no backup yet"))
            self.state.show_state(_("Make one today"), Tone.DANGER)
            return
        self.last.setText(f"{show_date(last.date())} · {show_time(last.time())}")
        self.state.show_state(*self._age(last))

    def choose_folder(self) -> None:
        """Let the person point at a folder, best on a stick, and write the copy there."""
        folder = backing_up.ask_folder(self)
        if folder is not None:
            self.back_up(folder)

    def back_up(self, folder: Path, *, accept: bool = False) -> None:
        """Write the copy beside the window.

        Args:
            folder: Where.
            accept: Whether the coordinator goes on though a backup there knows a later state.
        """
        desk = self.place.desk

        def work(progress: Progress) -> Path:
            return upkeep.backup(desk, folder, progress, accept_rollback=accept)

        def failed(error: KnownError) -> None:
            may_accept = desk.user.role is Role.COORDINATOR and not accept
            if isinstance(error, RolledBackVaultError) and may_accept:
                self._ask_to_go_on(folder, error)
            else:
                self.say_trouble(error)

        ProgressDialog(self, backing_up.during()).run(
            self.place.background, work, self._made, failed
        )

    def open_check(self) -> None:
        """Open the form that checks a file from end to end."""
        self.dialog = VerifyDialog(
            self,
            self.place.background,
            self.place.desk.user.name,
            self.place.desk.clock,
            needs_key_file=people.needs_key_file(self.place.desk),
        )
        self.dialog.worked.connect(self._checked)
        self.dialog.open()

    def choose_stick(self) -> None:
        """Let the person point at a folder, and show the backups in it."""
        folder = backing_up.ask_folder(self, _("Where are the backups?"))
        if folder is not None:
            self.show_stick(folder)

    def show_stick(self, folder: Path) -> None:
        """Show the backups of a folder, read beside the window."""
        desk = self.place.desk

        def work(_progress: Progress) -> list[OnStick]:
            return upkeep.backups_in(desk, folder)

        def shown(found: list[OnStick]) -> None:
            self.stick.show_backups(folder, found)

        self.place.background.run(work, shown, self.say_trouble)

    def open_restore(self, backup: Path) -> None:
        """Open the form that restores a backup to another place.

        Args:
            backup: The backup; an empty path where none was pointed at.
        """
        desk = self.place.desk
        pointed = backup if backup.name else None
        self.restoring = RestoreDialog(
            self, desk.clock, self.place.background, desk.user.name, pointed
        )
        self.restoring.open()

    def _ask_to_go_on(self, folder: Path, error: KnownError) -> None:
        self.message = ask(
            self,
            _("The backup on the stick is newer than the vault"),
            error.message,
            _("Make the backup all the same"),
            lambda: self.back_up(folder, accept=True),
        )

    def _made(self, path: Path) -> None:
        self.reload()
        self.say(
            _("The backup was made"),
            _("{file}\n\nIt was opened again and checked from end to end. Keep it away from this "
              "computer. It opens with the same user names and passphrases.").format(file=path),
        )  # fmt: skip

    def _checked(self, problems: list[str]) -> None:
        if problems:
            self.say(_("Something is wrong with this file"), "\n".join(problems))
        else:
            self.say(
                _("This file is in order"),
                _("It was read from end to end; its log is whole and its keys fit."),
            )

    def _making(self) -> Card:
        card = Card(_("Last backup"))
        card.body.setSpacing(MEDIUM)
        head = row(self.last, self.state, spacing=MEDIUM)
        head.setStretch(0, 1)
        card.body.addLayout(head)
        card.body.addWidget(label(backing_up.why(), "muted", wrap=True))
        card.body.addLayout(row(self.make, 1))
        return card

    def _checking(self) -> Card:
        words = _(
            "Checks a backup or the vault of a centre from end to end without changing it. Do not "
            "rely on a backup that has never been checked."
        )
        return told_card(_("Check a backup"), words, self.check)

    def _age(self, last: datetime) -> tuple[str, Tone]:
        days = (self.place.desk.today() - last.date()).days
        words = {0: _("today"), 1: _("yesterday")}.get(days) or ngettext(
            "{n} day ago", "{n} days ago", days
        ).format(n=days)
        tone = Tone.OK if days < _OLDISH else Tone.WARN if days < _OLD else Tone.DANGER
        return words, tone
