"""What an import names when it refuses: a place and a reason, never a value."""

from dataclasses import dataclass

from kadin_danisma.errors import KnownError


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing for which a workbook is refused (contract.md section 1, ``import --json``)."""

    #: The sheet's name as the contract writes it; None where the whole file is meant.
    sheet: str | None
    #: The row number of the sheet; None where the whole sheet or column is meant.
    row: int | None
    #: The header as the contract writes it; None where the whole sheet or file is meant.
    column: str | None
    #: A translated sentence that repeats no value, because values are personal data.
    reason: str


class UnfitFileError(KnownError):
    """The file as a whole cannot be read as a workbook, or must not be."""


class CellError(Exception):
    """A cell does not hold what its column asks for.

    Args:
        reason: A translated sentence that repeats no value.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
