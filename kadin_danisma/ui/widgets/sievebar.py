"""What is wanted of the applications shown, each choice with how many it would show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.lists import CHANNEL, REASON
from kadin_danisma.domain.sifting import Sieve, Standing, Tally
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import ems
from kadin_danisma.ui.words import join

#: Stands for "no matter which" in a box.
EVERY = "every"


@dataclass(frozen=True, slots=True)
class _Offer:
    """One choice of a box, with how many applications it would show."""

    key: str
    label: str


class SieveBar(QWidget):
    """With or without a file, by channel, by reason, by who took it."""

    #: Emitted with the ``Sieve`` that is wanted now.
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.standing = Filters(_("Show"), _standing_words({}))
        self.standing.chosen_changed.connect(lambda _key: self._tell())
        self.channel = self._box(_("Channel"))
        self.reason = self._box(_("Reason"))
        self.taken_by = self._box(_("Taken by"))
        layout = FlowLayout(self, spacing=MEDIUM)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.standing, self.channel, self.reason, self.taken_by):
            layout.addWidget(part)

    def sieve(self) -> Sieve:
        """Return what is wanted."""
        return Sieve(
            Standing(self.standing.chosen()),
            _chosen(self.channel),
            _chosen(self.reason),
            _chosen(self.taken_by),
        )

    def show_tally(self, tally: Tally, people: Mapping[str, str]) -> None:
        """Say how many applications each choice would show; what would show none is not offered.

        Args:
            tally: The numbers.
            people: Who took applications, by their ids, as the window shows them.
        """
        for key, words in _standing_words(tally.standing).items():
            self.standing.set_words(key, words)
        _offer(self.channel, tally.channel, _("All channels"), CHANNEL.label)
        _offer(self.reason, tally.reason, _("All reasons"), REASON.label)
        _offer(self.taken_by, tally.taken_by, _("Taken by: all"), lambda key: people[key])

    def clear(self) -> None:
        """Want everything again."""
        self.standing.choose(Standing.ALL)
        for box in (self.channel, self.reason, self.taken_by):
            box.set_value(EVERY)

    def _box(self, name: str) -> CodeBox:
        box = CodeBox([], EVERY)
        box.setAccessibleName(name)
        box.setMaximumWidth(ems(box, 26))
        box.chosen_changed.connect(lambda _key: self._tell())
        return box

    def _tell(self) -> None:
        self.changed.emit(self.sieve())


def _chosen(box: CodeBox) -> str:
    return "" if box.value() == EVERY else box.value()


def _standing_words(counts: Mapping[str, int]) -> dict[str, str]:
    words = {
        Standing.ALL: _("All"),
        Standing.FILED: _("With a file"),
        Standing.CONTACT: _("Without a file"),
    }
    keys = {Standing.ALL: ""}
    return {each: f"{said} {counts.get(keys.get(each, each), 0)}" for each, said in words.items()}


def _offer(
    box: CodeBox, counts: Mapping[str, int], every: str, label_of: Callable[[str], str]
) -> None:
    chosen = box.value()
    found = sorted((-count, label_of(key), key) for key, count in counts.items() if key and count)
    offers = [_Offer(EVERY, join(every, str(counts.get("", 0))))]
    offers += [_Offer(key, join(words, str(-count))) for count, words, key in found]
    if chosen not in {offer.key for offer in offers}:
        offers.append(_Offer(chosen, join(label_of(chosen), "0")))
    box.set_choices(offers, chosen)
