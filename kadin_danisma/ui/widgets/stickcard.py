"""The backups of a folder: their days, whether they are signed, whose passphrases open them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.domain.dates import show_date, show_number, show_time
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services.upkeep import OnStick
from kadin_danisma.ui.style import MEDIUM, TINY, Tone
from kadin_danisma.ui.widgets.copytold import opens_lines
from kadin_danisma.ui.widgets.parts import Card, Pill, button, clear_layout, label, row

#: No more backups than these, the latest, are drawn at once.
_SHOWN = 30
_MB = 1_000_000


class StickCard(Card):
    """Lists what lies in a folder that somebody points at.

    Args:
        choose: Lets her point at one.
        restore: Called with the backup that shall be restored.
    """

    def __init__(self, choose: Callable[[], object], restore: Callable[[Path], object]) -> None:
        super().__init__(_("Backups in a folder"))
        self._restore = restore
        self.body.setSpacing(MEDIUM)
        words = _(
            "Shows which backups of this vault are on a stick, and which passphrases still open "
            "them: changed passphrases and closed accounts still open the backups made before. "
            "Destroy those that are not needed any more."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.choose = button(_("Choose a folder"), choose)
        self.restore = button(_("Restore a backup …"), lambda: restore(Path()))
        self.body.addLayout(row(self.choose, self.restore, 1, spacing=MEDIUM))
        self.summary = label("", "strong", wrap=True)
        self.summary.hide()
        self.body.addWidget(self.summary)
        self.list = QVBoxLayout()
        self.list.setSpacing(MEDIUM)
        self.body.addLayout(self.list)

    def show_backups(self, folder: Path, found: Sequence[OnStick]) -> None:
        """Show what lies in a folder."""
        clear_layout(self.list)
        said = ngettext(
            "{n} backup of this vault in {folder}",
            "{n} backups of this vault in {folder}",
            len(found),
        ).format(n=len(found), folder=folder)
        self.summary.setText(said)
        self.summary.show()
        for each in found[:_SHOWN]:
            self.list.addWidget(self._entry(each))
        if (left := len(found) - _SHOWN) > 0:
            self.list.addWidget(label(_("{n} older ones").format(n=left), "note"))

    def _entry(self, each: OnStick) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        when = f"{show_date(each.at.date())} {show_time(each.at.time())}" if each.at else ""
        title = when or each.path.name
        size = _("{n} MB").format(n=show_number(max(1, round(each.size / _MB))))
        back = button(_("Restore …"), lambda: self._restore(each.path), kind="quiet")
        back.setAccessibleName(_("Restore the backup of {day}").format(day=title))
        layout.addLayout(
            row(label(title, "strong"), label(size, "note"), _state(each), 1, back, spacing=MEDIUM)
        )
        for line in opens_lines(each.openers):
            layout.addWidget(label(line, wrap=True))
        return made


def _state(each: OnStick) -> Pill:
    if each.is_signed:
        return Pill(_("signed"), Tone.OK)
    if each.is_signed is None:
        return Pill(_("cannot be determined"), Tone.WARN)
    return Pill(_("has no check data"), Tone.WARN)
