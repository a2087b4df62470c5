"""What the first page tells a coordinator of entries that nobody signed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import tampering
from kadin_danisma.services.tampering import Finding
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.parts import button, clear_layout
from kadin_danisma.ui.widgets.seals import banner
from kadin_danisma.ui.workplace import Workplace

#: So many are told one by one, and how many there are besides; the log has them all.
_SHOWN = 4


class TamperingBanner(QWidget):
    """Stands there until the coordinator has read what somebody changed beside the vault.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.read = button("")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def reload(self) -> None:
        """Ask what there is to tell."""
        clear_layout(self._layout)
        found = tampering.unread(self._place.desk)
        self.setVisible(bool(found))
        if not found:
            return
        told = [
            _("{day} {time}: {said}").format(
                day=show_date(each.at.date()), time=show_time(each.at.time()), said=each.said
            )
            for each in found[:_SHOWN]
        ]
        if (more := len(found) - _SHOWN) > 0:
            told.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        advice = _(
            "Please find out who had access to the files of the vault. The details are in the log."
        )
        self.read = button(_("I have read this"), lambda: self.acknowledge(found[:_SHOWN]))
        head = _("The files beside the vault were changed")
        self._layout.addWidget(banner(Tone.DANGER, head, "\n".join([*told, advice]), self.read))

    def acknowledge(self, read: Sequence[Finding]) -> None:
        """Take away what was read, and show what is left; the lines of the log stay."""
        tampering.acknowledge(self._place.desk, read)
        self.reload()
