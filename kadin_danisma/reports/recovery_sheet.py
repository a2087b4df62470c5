"""The recovery sheets on paper: one page each, made in memory, with nothing on it but its own part.

Never on it: where the vault lies, who works there, what is in it. No picture of the code for a
camera either: a photograph of a sheet is a copy nobody knows of (docs/decisions/0023).
"""

from collections.abc import Sequence
from datetime import date

from kadin_danisma.domain.dates import show_date
from kadin_danisma.i18n import _, current_language
from kadin_danisma.reports import fonts
from kadin_danisma.reports.blocks import Block, Notes, Signatures, Words
from kadin_danisma.reports.pdf_file import PdfFile
from kadin_danisma.reports.pen import HEADING, SMALL, STRONG, TITLE, Pen, Style
from kadin_danisma.reports.tagging import Element
from kadin_danisma.reports.theme import PAPER

_SIDE = 56.0
_TOP = 50.0
_BETWEEN = 13.0
_BODY = Style(fonts.REGULAR, 10, PAPER.ink)
_SIGN = Style(fonts.BOLD, 23, PAPER.ink)
_ROW = Style(fonts.REGULAR, 8, PAPER.muted)


class Groups:
    """The code, large, in groups of three; the rows are numbered so that none is left out."""

    _ACROSS = 4
    _NUMBER = 22.0
    _HIGH = 38.0
    _PAD = 10.0

    def __init__(self, text: str) -> None:
        self.rows = [
            text.split("-")[start : start + self._ACROSS]
            for start in range(0, text.count("-") + 1, self._ACROSS)
        ]

    def height(self, width: float) -> float:
        """Return how high the box stands with all rows."""
        return self._HIGH * len(self.rows) + 2 * self._PAD if width else 0

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Draw the box and write the groups into it."""
        pen.box(x, top - self.height(width), width, self.height(width), pen.theme.accent_soft)
        room = (width - self._NUMBER - 2 * self._PAD) / self._ACROSS
        whole = parent.add("L")
        for at, groups in enumerate(self.rows):
            item = whole.add("LI")
            line = top - self._PAD - at * self._HIGH
            pen.words(item.add("Lbl"), x + self._PAD, line - 14, self._NUMBER, str(at + 1), _ROW)
            with pen.structure.content(item.add("LBody")):
                for place, group in enumerate(groups):
                    left = x + self._PAD + self._NUMBER + place * room
                    pen.words(None, left, line - 3, room, group, _SIGN, followed=True)


class Gap:
    """Room between two pieces."""

    def height(self, width: float) -> float:
        """Return how high it is."""
        return _BETWEEN if width else 0

    def draw(self, _pen: Pen, _parent: Element, _x: float, _top: float, _width: float) -> None:
        """Draw nothing."""


class Steps(Notes):
    """A list of steps, each with its number before it."""

    _INDENT = 16.0

    def label(self, at: int) -> str:
        """Return what stands before a step."""
        return f"{at}."


def write(centre: str, texts: Sequence[str], mark: str, made: date, root: str) -> bytes:
    """Return the sheets as PDF.

    Args:
        centre: The centre's name.
        texts: What stands on each of them, in groups.
        mark: The mark of three sheets; empty for a single one.
        made: The day.
        root: The six words of what the list of people rests on.
    """
    file = PdfFile(_("Recovery sheet"), current_language(), made)
    for number, text in enumerate(texts, start=1):
        file.flow(_page(centre, number, len(texts), text, mark, made, root), _SIDE, _TOP)
        file.turn()
    return file.finished()


def _page(
    centre: str, number: int, count: int, text: str, mark: str, made: date, root: str
) -> list[Block]:
    """Return what stands on one sheet, from the top down."""
    shared = count > 1
    title = _("Recovery sheet {number} / {count}").format(number=number, count=count)
    day = _("Made on: {day}").format(day=show_date(made))
    return [
        Words(centre, STRONG, after=2),
        Words(title if shared else _("Recovery sheet"), TITLE, "H1", after=3),
        Words(_("{day} · mark {mark}").format(day=day, mark=mark) if shared else day, SMALL,
              after=_BETWEEN),
        Groups(text),
        Gap(),
        Words(_("What it is for"), HEADING, "H2", after=3),
        Words(_purpose(shared=shared), _BODY, after=_BETWEEN),
        Words(_("Where to keep it, and where not"), HEADING, "H2", after=3),
        Notes(_places(shared=shared), _BODY),
        Gap(),
        Words(_("If nobody can sign in any more"), HEADING, "H2", after=3),
        Steps(_steps(shared=shared), _BODY),
        Gap(),
        Words(_("Replacing it"), HEADING, "H2", after=3),
        Words(_replacing(shared=shared), _BODY, after=4),
        Words(_("The list of people begins with: {words}").format(words=root), SMALL, after=4),
        Signatures((_("Sealed by (title, date, signature)"), _("Number of the sealed envelope"))),
    ]  # fmt: skip


def _purpose(*, shared: bool) -> str:
    if shared:
        return _(
            "If everybody has forgotten their passphrase, any two of the three sheets open the "
            "records of the centre. This sheet alone opens nothing and reveals nothing."
        )
    return _(
        "If everybody has forgotten their passphrase, this sheet opens the records of the centre. "
        "Anyone who finds it can read everything: guard it like the records themselves."
    )


def _places(*, shared: bool) -> list[str]:
    envelope = _(
        "Keep it in a sealed envelope, and write the envelope's number in the document register."
    )
    never = _(
        "Do not keep it beside the computer or two sheets in one place; do not photograph or copy "
        "it, send it by e-mail or note it in a telephone."
    )
    if shared:
        hands = _("One sheet each: with the manager, in the legal department, in the safe.")
        return [hands, envelope, never]
    return [
        _("In the safe, or with the manager."),
        envelope,
        _(
            "Do not keep it beside the computer; do not photograph or copy it, send it by e-mail "
            "or note it in a telephone."
        ),
    ]


def _steps(*, shared: bool) -> list[str]:
    bring = _(
        "Take the envelope out of the safe, with a witness. Write down who opened it, and when."
    )
    write_in = _(
        "Type what is written in the box. Spaces, dashes, capitals and small letters do not matter."
    )
    if shared:
        bring = _(
            "Bring two of the three sheets to the computer, with a witness. Write down who opened "
            "the envelopes, and when."
        )
        write_in = _(
            "Type what is written in the box of the one sheet, then of the other. Spaces, dashes, "
            "capitals and small letters do not matter."
        )
    return [
        bring,
        _("Start the program. As user name type “kurtarma”."),
        write_in,
        _("Give the coordinator a new passphrase, as the program leads you."),
        _("Let the program make new sheets at once, and seal them. These ones are used up."),
    ]


def _replacing(*, shared: bool) -> str:
    said = _(
        "Administration, Recovery, Replace. Replace at once when a sheet is lost; also after every "
        "use, when somebody who knew it leaves, or when an envelope was opened."
    )
    destroy = (
        _("Destroy all three old sheets when the program tells you to, not before.")
        if shared
        else _("Destroy the old sheet when the program tells you to, not before.")
    )
    return f"{said} {destroy}"
