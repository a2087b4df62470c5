"""What a backup is, as rows of words: centre, day, records, and whose passphrases open it."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QWidget

from kadin_danisma.domain.dates import show_date, show_number, show_time
from kadin_danisma.domain.titles import category_label
from kadin_danisma.i18n import _
from kadin_danisma.services.upkeep import CopyTold, Opener, Opens
from kadin_danisma.ui.style import LARGE, SMALL
from kadin_danisma.ui.widgets.parts import clear_layout, label


class CopyCard(QWidget):
    """Shows what a backup is once it was checked."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(LARGE)
        self._rows.setVerticalSpacing(SMALL)
        self._rows.setColumnStretch(1, 1)

    def show_copy(self, told: CopyTold) -> None:
        """Show another backup."""
        clear_layout(self._rows)
        rows = told_rows(told)
        self.setAccessibleName(", ".join(f"{name}: {said}" for name, said in rows))
        for number, (name, said) in enumerate(rows):
            self._rows.addWidget(label(name, "label"), number, 0)
            self._rows.addWidget(label(said, wrap=True), number, 1)


def told_rows(told: CopyTold) -> list[tuple[str, str]]:
    """Return what a backup is, line by line; what cannot be told is left out."""
    made = f"{show_date(told.at.date())} {show_time(told.at.time())}" if told.at else ""
    counts = ", ".join(
        f"{category_label('count', name)}: {show_number(count)}"
        for name, count in told.counts.items()
    )
    kind = _("A backup") if told.is_copy else _("A vault copied by hand")
    rows = [
        (_("What it is"), kind),
        (_("Centre"), told.centre),
        (_("Made on"), made),
        (_("By"), told.by),
        (_("Records"), counts),
        (_("Opens with the passphrases of that day of"), names_of(told.openers)),
    ]
    return [(name, said) for name, said in rows if said]


def names_of(openers: Iterable[Opener]) -> str:
    """Return names side by side."""
    return ", ".join(each.name or _("somebody unknown") for each in openers)


def opens_lines(openers: Iterable[Opener]) -> list[str]:
    """Return with which passphrases a backup opens, a line for each kind of passphrase."""
    found = list(openers)
    said = {
        Opens.TODAYS: _("Opens with the passphrases of today of: {names}"),
        Opens.EARLIER: _("Opens with the earlier passphrases of: {names}"),
        Opens.LEFT: _("Opens with the passphrases of people who left: {names}"),
    }
    lines = []
    for kind, words in said.items():
        if chosen := [each for each in found if each.opens is kind]:
            lines.append(words.format(names=names_of(chosen)))
    return lines
