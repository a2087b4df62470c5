"""Reading what somebody types from recovery sheets: one code, or two of three sheets in turn."""

from dataclasses import dataclass
from datetime import date

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import recovery, sheets
from kadin_danisma.store.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Typed:
    """What came off the paper, whole.

    Args:
        code: The recovery code.
        kind: Whether it stood on one sheet or on two of three.
        mark: The mark of three sheets; else empty.
        made: The day of three sheets; one sheet does not say it.
    """

    code: str
    kind: Kind
    mark: str = ""
    made: date | None = None


class Reader:
    """Takes sheets one after the other until they are enough."""

    def __init__(self) -> None:
        self._first: Sheet | None = None

    @property
    def first(self) -> int:
        """Return the number of the sheet that was read and waits for another; 0 for none."""
        return self._first.number if self._first else 0

    def forget(self) -> None:
        """Let go of the sheet that was read."""
        self._first = None

    def take(self, typed: str) -> Typed | None:
        """Read one more.

        Returns:
            What stands on the paper, or None while another sheet is needed.

        Raises:
            KnownError: There is a slip in it, or it does not go with the sheet before.
        """
        sheet = sheets.read_sheet(typed)
        if sheet is not None:
            return self._take_sheet(sheet)
        code = None if self._first else recovery.read_code(typed)
        if code is None:
            raise KnownError(_slip(len(recovery.bare_signs(typed))))
        return Typed(code, Kind.CODE)

    def _take_sheet(self, sheet: Sheet) -> Typed | None:
        first = self._first
        if first is None:
            self._first = sheet
            return None
        if sheet.number == first.number and sheet.mark == first.mark:
            raise KnownError(
                _("This is sheet {number} once more. Please type another one.").format(
                    number=sheet.number
                )
            )
        if sheet.mark != first.mark:
            raise KnownError(
                _(
                    "The sheets are not of one set: sheet {one} is dated {day}, sheet {other} "
                    "{other_day}. Two sheets with the same mark are needed."
                ).format(
                    one=first.number,
                    day=show_date(first.made),
                    other=sheet.number,
                    other_day=show_date(sheet.made),
                )
            )
        code = sheets.code_from(first, sheet)
        if code is None:
            raise KnownError(_("These two sheets do not belong together."))
        self._first = None
        return Typed(code, Kind.SHARES, sheet.mark, sheet.made)


def _slip(count: int) -> str:
    if count == 0:
        return _("Please fill this in.")
    return _(
        "There is a slip in it: {count} letters and figures were typed. A single sheet has {code}, "
        "one of three has {share}. Please compare it group by group."
    ).format(count=count, code=recovery.SIGNS, share=sheets.SIGNS)
