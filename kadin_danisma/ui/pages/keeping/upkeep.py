"""Backups and checks of a vault that is not opened."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kadin_danisma.domain.change import Change
from kadin_danisma.i18n import _
from kadin_danisma.services import keeping
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.account import ChangePassphraseDialog
from kadin_danisma.ui.dialogs.restoring import RestoreDialog
from kadin_danisma.ui.dialogs.verify import VerifyDialog
from kadin_danisma.ui.pages.admin import backing_up
from kadin_danisma.ui.pages.admin.section import SubjectPart
from kadin_danisma.ui.pages.keeping.place import KeepersPlace
from kadin_danisma.ui.widgets.keyfilecard import KeyFileCard
from kadin_danisma.ui.widgets.parts import Card, button, told_card
from kadin_danisma.ui.widgets.progress import ProgressDialog


class UpkeepSection(SubjectPart):
    """Copies the vault as it lies there, and checks the seal of every page.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: KeepersPlace) -> None:
        super().__init__(_("Backup and check"))
        self.place = place
        self.dialog: VerifyDialog | None = None
        self.restoring: RestoreDialog | None = None
        self.make = button(_("Make a backup"), self.choose_folder, kind="primary")
        self.check = button(_("Check this vault"), self.check_vault)
        self.check_other = button(_("Check a vault"), self.open_check)
        making = told_card(_("Backup"), backing_up.why(), self.make)
        self.body.addWidget(making)
        making.setVisible(place.desk.keeper.copied is None)
        self.body.addWidget(self._checking())
        self.restore = button(_("Restore a backup …"), self.open_restore)
        told = _("Makes a vault of a backup at another place. Nothing is ever overwritten.")
        self.body.addWidget(told_card(_("Restore"), told, self.restore))
        self.body.addStretch(1)

    def choose_folder(self) -> None:
        """Let the person point at a folder, best on a stick, and write the copy there."""
        folder = backing_up.ask_folder(self)
        if folder is not None:
            self.back_up(folder)

    def back_up(self, folder: Path) -> None:
        """Write the copy beside the window."""
        desk = self.place.desk

        def work(progress: Progress) -> Path:
            return keeping.backup(desk, folder, progress)

        ProgressDialog(self, backing_up.during()).run(
            self.place.background, work, self._made, self.say_trouble
        )

    def check_vault(self) -> None:
        """Check every page of the vault that is looked after."""
        desk = self.place.desk

        def work(progress: Progress) -> list[str]:
            return keeping.verify(desk, progress)

        ProgressDialog(self, _("The file is being read …")).run(
            self.place.background, work, self._checked, self.say_trouble
        )

    def open_check(self) -> None:
        """Open the form that checks a backup."""
        desk = self.place.desk
        self.dialog = VerifyDialog(self, self.place.background, desk.user.name, desk.clock)
        self.dialog.worked.connect(self._checked)
        self.dialog.open()

    def open_restore(self) -> None:
        """Open the form that restores a backup to another place."""
        desk = self.place.desk
        self.restoring = RestoreDialog(self, desk.clock, self.place.background, desk.user.name)
        self.restoring.open()

    def _made(self, path: Path) -> None:
        self.say(
            _("The backup was made"),
            _("{file}\n\nEvery page was checked. Keep it away from this computer. It opens with "
              "the same user names and passphrases.").format(file=path),
        )  # fmt: skip

    def _checked(self, problems: list[str]) -> None:
        if problems:
            self.say(_("Something is wrong with this file"), "\n".join(problems))
        else:
            self.say(
                _("All pages are intact"),
                _(
                    "Every page was checked, its content was not read. A coordinator can check "
                    "the content and the log."
                ),
            )

    def _checking(self) -> Card:
        words = _("Checks every page of this vault or of a backup, without opening or changing it.")
        return told_card(_("Check"), words, self.check, self.check_other)


class PassphraseSection(SubjectPart):
    """IT's own passphrase, and the key file beside it.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: KeepersPlace) -> None:
        super().__init__(_("My passphrase"))
        self.place = place
        self.dialog: ChangePassphraseDialog | None = None
        self.change = button(_("Change my passphrase"), self.open_change, kind="primary")
        words = _("Nobody else needs to know it, and nobody will ask you for it.")
        self.key_file = KeyFileCard(
            place.background,
            partial(keeping.needs_key_file, place.desk),
            # A person who holds the vault key changes it later: here there is none.
            lambda typed, folder, _progress: keeping.use_key_file(place.desk, typed, folder),
            lambda typed, at_hand, _progress: keeping.drop_key_file(place.desk, typed, at_hand),
            place.say,
        )
        self.body.addWidget(told_card(_("My passphrase"), words, self.change))
        self.body.addWidget(self.key_file)
        self.body.addStretch(1)

    def reload(self) -> None:
        """Offer what is possible now."""
        self.key_file.reload()

    def open_change(self) -> None:
        """Open the form of one's own passphrase."""
        desk = self.place.desk

        def change(
            old: str, new: str, *, progress: Progress, key_files: Sequence[bytes] = ()
        ) -> Change:
            # Nothing long follows here: whoever opens the vault next changes its key.
            del progress
            return keeping.change_passphrase(desk, old, new, key_files=key_files)

        needed = keeping.needs_key_file(self.place.desk)
        self.dialog = ChangePassphraseDialog(
            self, self.place.background, change, needs_key_file=needed
        )
        self.dialog.worked.connect(
            lambda _change: self.place.say(_("Your passphrase was changed."))
        )
        self.dialog.open()
