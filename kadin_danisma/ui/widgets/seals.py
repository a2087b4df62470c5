"""What the first page says of restricted files: broken seals, and files that no code opens."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.trust import trust_words
from kadin_danisma.domain.views import BrokenSeal
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import breaking, circles
from kadin_danisma.ui.style import MEDIUM, SMALL, TINY, Tone
from kadin_danisma.ui.widgets.parts import button, clear_layout, label, restyle, row
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


class SealsBanner(QWidget):
    """Stands at the top until each broken seal was acknowledged; gone where there is none.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.read_buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SMALL)

    def reload(self) -> None:
        """Ask what there is to tell."""
        clear_layout(self._layout)
        self.read_buttons = []
        broken = breaking.unseen(self._place.desk)
        for each in broken:
            self._layout.addWidget(self._broken(each))
        lacking = len(circles.without_recovery(self._place.desk))
        if lacking:
            self._layout.addWidget(self._unopened(lacking))
        self.setVisible(bool(broken or lacking))

    def _broken(self, told: BrokenSeal) -> QFrame:
        head = _("{file}: {who} opened it with the recovery code on {day} at {time}").format(
            file=told.file_no,
            who=told.by,
            day=show_date(told.at.date()),
            time=show_time(told.at.time()),
        )
        reason = told.reason or _("The reason was encrypted with a key that you no longer have.")
        read = button(_("I have read this"), partial(self._acknowledge, told.id))
        self.read_buttons.append(read)
        return banner(Tone.DANGER, join(head, trust_words(told.trust)), reason, read)

    def _unopened(self, count: int) -> QFrame:
        head = ngettext(
            "{n} of your restricted files cannot be opened with the new recovery code",
            "{n} of your restricted files cannot be opened with the new recovery code",
            count,
        ).format(n=count)
        sentence = _(
            "The recovery code was renewed. If you do not allow it to open these files, nobody "
            "can open them should the people with access lose their keys."
        )
        seal = button(_("Allow the new recovery code to open them"), self._hand_over)
        return banner(Tone.WARN, head, sentence, seal)

    def _acknowledge(self, broken_id: str) -> None:
        self._do(lambda: breaking.acknowledge(self._place.desk, broken_id))

    def _hand_over(self) -> None:
        self._do(lambda: circles.hand_to_recovery(self._place.desk))

    def _do(self, act: Callable[[], Change]) -> None:
        try:
            change = act()
        except KnownError as error:
            self._place.nav.said.emit(error.message, None)
            return
        self._place.bus.changed.emit(change)


def banner(tone: Tone, head: str, sentence: str, action: QPushButton) -> QFrame:
    """Return what stands at the top of a page until somebody acted.

    Args:
        tone: How grave it is.
        head: What there is to tell.
        sentence: What it means.
        action: What can be done.
    """
    made = QFrame()
    made.setProperty("kind", "banner")
    restyle(made, "tone", str(tone))
    made.setAccessibleName(head)
    made.setAccessibleDescription(sentence)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(20, MEDIUM, 20, MEDIUM)
    layout.setSpacing(TINY)
    layout.addWidget(label(head, "strong", wrap=True))
    layout.addWidget(label(sentence, wrap=True))
    layout.addLayout(row(1, action))
    return made
