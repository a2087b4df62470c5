"""What a page says of what was withdrawn: why, when, by whom, and whether that is sure."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.trust import trust_words
from kadin_danisma.domain.withdrawal import WITHDRAWAL_REASON, Withdrawn
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import SMALL, Tone
from kadin_danisma.ui.widgets.parts import button, label, restyle
from kadin_danisma.ui.words import join


class WithdrawnLine(QFrame):
    """The line on the page of a file that was withdrawn, with the way back.

    Args:
        take_back: Takes the withdrawal back.
    """

    def __init__(self, take_back: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        layout = QHBoxLayout(self)
        layout.setSpacing(SMALL)
        self.words = label("", wrap=True)
        self.back = button(_("Take back"), take_back)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.back)

    def show_withdrawn(self, withdrawn: Withdrawn | None, *, may: bool) -> None:
        """Say that the file was withdrawn; nothing where it stands.

        Args:
            withdrawn: What is known of it.
            may: Whether whoever looks may take it back.
        """
        self.setVisible(withdrawn is not None)
        self.back.setVisible(may)
        if withdrawn is None:
            return
        restyle(self, "tone", str(Tone.WARN if withdrawn.is_proved else Tone.DANGER))
        self.words.setText(
            join(
                _("This file was withdrawn") if withdrawn.is_proved else "",
                WITHDRAWAL_REASON.label(withdrawn.reason),
                why_words(withdrawn),
                who_words(withdrawn),
                doubt_words(withdrawn),
            )
        )
        self.setAccessibleName(self.words.text())


def who_words(withdrawn: Withdrawn) -> str:
    """Return who withdrew a record, and when."""
    at = f"{show_date(withdrawn.at.date())} {show_time(withdrawn.at.time())}"
    return join(_("withdrawn on {when}").format(when=at), withdrawn.by)


def why_words(withdrawn: Withdrawn) -> str:
    """Return what was written beside the reason, and whether it is whose it passes for."""
    why = _("Note: closed") if withdrawn.why_closed else withdrawn.why
    return join(why, trust_words(withdrawn.why_trust))


def doubt_words(withdrawn: Withdrawn) -> str:
    """Return what is said where nobody signed the withdrawal; nothing otherwise."""
    if withdrawn.is_proved:
        return ""
    return _(
        "The withdrawal could not be verified: the person it names did not sign it. The record is "
        "counted all the same. Please inform the coordinator."
    )
