"""What one workbook may cost to read, counted over all of its parts together."""

from kadin_danisma.domain.checks import LONGEST_NOTE
from kadin_danisma.exchange.refusal import Unfit, UnfitFileError

#: contract.md section 2: larger than this unpacked is refused.
MOST_BYTES = 50_000_000
#: No file can be larger than what it unpacks to by more than its own headers.
MOST_PACKED = 55_000_000
#: Angle brackets in all XML, so that nobody waits long for tags that say nothing; a workbook of the
#: largest size has about 4,000,000.
MOST_MARKS = 6_000_000
#: Bytes in memory for what was decoded: shared texts, styles, relations and content types.
MOST_HELD = 80_000_000
#: Far more sheets than anybody opens, and far longer titles than a workbook program takes.
MOST_SHEETS = 1000
LONGEST_TITLE = 200
#: No text of a record is longer; what is longer need not be kept to be refused.
LONGEST_TEXT = LONGEST_NOTE
#: What may be told of the cells: letters, and so much more for every cell and row.
MOST_TOLD = 60_000_000
CELL_TELLS = 20
ROW_TELLS = 200
#: A file of no size tells so much, and each of its bytes so much more. Honest cells shrink to a
#: tenth when they are packed, seldom to a thirtieth.
_TOLD_BY_ANY = 1_000_000
_TOLD_BY_BYTE = 100


class Budget:
    """Counts down; whoever asks for more than there is is refused.

    Args:
        size: The bytes of the file.
    """

    def __init__(self, size: int) -> None:
        self._bytes = MOST_BYTES
        self._marks = MOST_MARKS
        self._held = MOST_HELD
        self._told = min(MOST_TOLD, _TOLD_BY_ANY + _TOLD_BY_BYTE * size)

    def unpack(self, count: int) -> None:
        """Take bytes of a part."""
        self._bytes -= count
        if self._bytes < 0:
            raise UnfitFileError(Unfit.TOO_LARGE)

    def mark(self, count: int) -> None:
        """Take angle brackets of XML."""
        self._marks -= count
        if self._marks < 0:
            raise UnfitFileError(Unfit.TOO_MUCH)

    def hold(self, count: int) -> None:
        """Take memory for something decoded."""
        self._held -= count
        if self._held < 0:
            raise UnfitFileError(Unfit.TOO_MUCH)

    def tell(self, count: int) -> None:
        """Take from what may be told of the cells."""
        self._told -= count
        if self._told < 0:
            raise UnfitFileError(Unfit.TOO_MUCH)
