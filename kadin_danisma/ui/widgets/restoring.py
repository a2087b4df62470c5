"""Restoring a backup, step by step: which one, what it is, where to, and what to do next."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.recovery import RECOVERY_NAME
from kadin_danisma.errors import KeyFileNeededError, KnownError, UnprovedError
from kadin_danisma.i18n import _
from kadin_danisma.services import upkeep
from kadin_danisma.services.upkeep import Verdict
from kadin_danisma.ui import sticks
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.dialogs.message import Message, ask
from kadin_danisma.ui.widgets.copytold import CopyCard
from kadin_danisma.ui.widgets.fields import Field, PassphraseEdit
from kadin_danisma.ui.widgets.keyfile import KeyFileField
from kadin_danisma.ui.widgets.parts import button, label, row
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.widgets.sheetentry import SheetEntry
from kadin_danisma.ui.widgets.steps import Step, Steps


@dataclass(frozen=True)
class _Asked:
    """Which backup, and by what it opens."""

    path: Path
    name: str
    secret: str
    chosen: Path | None

    def key_files(self, *, needed: bool) -> list[bytes]:
        """Return the key files at hand where one is needed; it may wait for a disk."""
        return sticks.key_files(self.chosen) if needed or self.chosen else []


class PathField(Field):
    """Shows a file, and lets another one be chosen.

    Args:
        name: What it is called.
        choose: The words of the button.
    """

    #: Emitted when the button is pressed.
    wanted = Signal()

    def __init__(self, name: str, choose: str) -> None:
        self.path: Path | None = None
        self._shown = QLineEdit()
        self._shown.setReadOnly(True)
        self._shown.setAccessibleName(name)
        self.browse = button(choose, self._ask)
        where = QWidget()
        where.setLayout(row(self._shown, self.browse))
        where.setFocusProxy(self.browse)
        super().__init__(name, where)

    def set_path(self, path: Path | None) -> None:
        """Take a file."""
        self.path = path
        self._shown.setText(str(path) if path else "")
        self.set_error("")

    def _ask(self) -> None:
        self.wanted.emit()


class RestoreSteps(Steps):
    """Leads from a backup to a vault; nothing is ever overwritten.

    Args:
        clock: The present moment.
        background: Where files are read and written.
        target: Where the vault goes, if nothing lies there.
        user_name: Who probably restores.
    """

    #: Emitted with the path of the vault, when whoever restored goes on.
    finished = Signal(object)

    def __init__(
        self, clock: Clock, background: Background, target: Path | None, user_name: str = ""
    ) -> None:
        super().__init__()
        self._clock, self._background = clock, background
        self._asked: _Asked | None = None
        self._with_file = False
        self.message: Message | None = None
        self.dialog: ProgressDialog | None = None
        self.file = PathField(_("The backup"), _("Choose a backup"))
        self.file.wanted.connect(self._choose_file)
        self.user = QLineEdit(user_name)
        self.passphrase = PassphraseEdit()
        self.sheets = SheetEntry()
        self.key_file = KeyFileField()
        self.other = button("", self._exchange_ways, kind="quiet")
        self.card = CopyCard()
        self.note = label("", "muted", wrap=True)
        self.where = PathField(_("Where the vault goes"), _("Choose another place"))
        self.where.wanted.connect(self._choose_place)
        self.where.set_path(target if target and not target.exists() else None)
        self.result = label("", wrap=True)
        self.choice, self.found, self.done = self._choice(), self._found(), self._done()
        for step in (self.choice, self.found, self.done):
            self.addWidget(step)
        self._show_way(sheets=False)
        self.go_to(self.choice)

    def start(self) -> None:
        """Put the cursor where one begins."""
        self.file.browse.setFocus()

    def forget(self) -> None:
        """Let go of what was typed."""
        self._asked = None
        self.passphrase.setText("")
        self.sheets.forget()

    def set_backup(self, path: Path) -> None:
        """Take a backup."""
        self.file.set_path(path)
        (self.passphrase if self.user.text() else self.user).setFocus()

    def look(self) -> None:
        """Check the chosen backup from end to end, and tell what it is."""
        asked = self._read()
        if asked is None:
            return
        clock = self._clock

        def work(progress: Progress) -> Verdict:
            def examine(*, needed: bool) -> Verdict:
                keys = asked.key_files(needed=needed)
                return upkeep.examine(
                    asked.path, asked.name, asked.secret, clock, key_files=keys, progress=progress
                )

            try:
                return examine(needed=False)
            except KeyFileNeededError:
                self._with_file = True
                return examine(needed=True)

        self.choice.say_trouble("")
        self._with_file = False
        self._asked = asked
        self.dialog = ProgressDialog(self, _("The backup is being checked …"))
        self.dialog.run(self._background, work, self._looked, self._not_looked)

    def restore(self, *, accept: bool = False) -> None:
        """Make a vault of the backup.

        Args:
            accept: Whether it is taken though nobody can tell whether it was changed.
        """
        asked, target, clock = self._asked, self.where.path, self._clock
        if target is None:
            self.where.set_error(_("Please choose where the vault goes."))
            self.where.browse.setFocus()
            return
        assert asked is not None
        needed = self._with_file

        def work(progress: Progress) -> None:
            upkeep.restore(
                asked.path,
                target,
                asked.name,
                asked.secret,
                clock,
                key_files=asked.key_files(needed=needed),
                accept_unproved=accept,
                progress=progress,
            )

        self.found.say_trouble("")
        self.dialog = ProgressDialog(self, _("The backup is being restored …"))
        self.dialog.run(self._background, work, self._restored, self._not_restored)

    def _read(self) -> _Asked | None:
        """Return what was chosen and typed; None where something is missing, which is said."""
        if self.file.path is None:
            self.file.set_error(_("Please choose a backup."))
            self.file.browse.setFocus()
            return None
        if not self.sheets.isHidden():
            typed = self.sheets.read()
            return _Asked(self.file.path, RECOVERY_NAME, typed.code, None) if typed else None
        name, secret = self.user.text().strip(), self.passphrase.text()
        for field, said in ((self._name_field, name), (self._pass_field, secret)):
            field.set_error("" if said else _("Please fill this in."))
        if not name or not secret:
            (self.passphrase if name else self.user).setFocus()
            return None
        return _Asked(self.file.path, name, secret, self.key_file.path)

    def _looked(self, verdict: Verdict) -> None:
        unproved = upkeep.is_only_unproved(verdict)
        if verdict.told is None or (verdict.problems and not unproved):
            self.choice.say_trouble("\n".join(verdict.problems))
            return
        self.card.show_copy(verdict.told)
        self.note.setText("\n".join([*verdict.problems, verdict.note]).strip())
        self.note.setVisible(bool(self.note.text()))
        self.go_to(self.found)
        (self.found.do if self.where.path else self.where.browse).setFocus()

    def _not_looked(self, error: KnownError) -> None:
        self.key_file.setVisible(self._with_file)
        if not self.sheets.isHidden():
            self.sheets.start_again(error.message)
            return
        self.choice.say_trouble(error.message)
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _restored(self, _nothing: object) -> None:
        self.forget()
        words = _(
            "{file}\n\nSign in there with the user name and passphrase of the day of the backup. "
            "What was entered after that day is not in it, and passphrases changed since are the "
            "earlier ones again: please change them, then make a new backup."
        )
        self.result.setText(words.format(file=self.where.path))
        self.go_to(self.done)
        self.done.do.setFocus()

    def _not_restored(self, error: KnownError) -> None:
        if isinstance(error, UnprovedError):
            self.message = ask(
                self,
                _("It cannot be determined whether this backup was changed"),
                error.message,
                _("Restore it all the same"),
                lambda: self.restore(accept=True),
            )
            return
        self.found.say_trouble(error.message)

    def _choose_file(self) -> None:
        start = str(next(iter(sticks.plugged_in()), Path()))
        found, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a backup"), start, _("Files of a centre (*.vault)")
        )
        if found:
            self.set_backup(Path(found))

    def _choose_place(self) -> None:
        start = str(self.where.path or Path.home() / "merkez.vault")
        found, _kind = QFileDialog.getSaveFileName(
            self,
            _("Where should the vault be kept?"),
            start,
            _("Files of a centre (*.vault)"),
            "",
            QFileDialog.Option.DontConfirmOverwrite,
        )
        if found:
            self.set_place(Path(found))

    def set_place(self, path: Path) -> None:
        """Take where the vault goes; never a place where something lies."""
        named = path if path.suffix else path.with_suffix(".vault")
        self.where.set_path(named)
        if named.exists():
            self.where.set_path(None)
            self.where.set_error(_("Something is there already. It is never overwritten."))

    def _from_user(self) -> None:
        """Go on to the passphrase, or with it where it stands there already."""
        if self.passphrase.text():
            self.choice.do.click()
        else:
            self.passphrase.setFocus()

    def _exchange_ways(self) -> None:
        self._show_way(sheets=self.sheets.isHidden())
        (self.sheets if not self.sheets.isHidden() else self.user).setFocus()
        self.moved.emit()

    def _show_way(self, *, sheets: bool) -> None:
        self.sheets.setVisible(sheets)
        for part in (self._name_field, self._pass_field):
            part.setVisible(not sheets)
        self.key_file.setVisible(not sheets and self._with_file)
        self.other.setText(
            _("With a passphrase instead") if sheets else _("With recovery sheets instead")
        )

    def _choice(self) -> Step:
        words = _(
            "The backup is only read. Its passphrases are those of the day on which it was made; "
            "the recovery sheets of that day open it as well."
        )
        step = Step(words, _("View the backup"), self.look)
        self._name_field = Field(_("User name"), self.user)
        self._pass_field = Field(_("Passphrase of that day"), self.passphrase)
        self.user.returnPressed.connect(self._from_user)
        self.passphrase.returnPressed.connect(step.do.click)
        self.sheets.submitted.connect(step.do.click)
        for part in (self.file, self._name_field, self._pass_field, self.key_file, self.sheets):
            step.body.addWidget(part)
        step.finish(self.other)
        return step

    def _found(self) -> Step:
        words = _("It was checked from end to end. Restoring it makes a vault in a new place.")
        step = Step(words, _("Restore"), self.restore)
        for part in (self.card, self.note, self.where):
            step.body.addWidget(part)
        step.finish(button(_("Another backup"), lambda: self.go_to(self.choice), kind="quiet"))
        return step

    def _done(self) -> Step:
        step = Step("", _("Go on"), lambda: self.finished.emit(self.where.path))
        step.body.addWidget(label(_("The vault was restored"), "strong", wrap=True))
        step.body.addWidget(self.result)
        step.finish()
        return step
