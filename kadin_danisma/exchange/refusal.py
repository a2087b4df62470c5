"""What an import names when it refuses: a place and a reason, never a value."""

from dataclasses import dataclass
from enum import Enum

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import N_, _


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


class Unfit(Enum):
    """Why a whole file is refused; the process that reads it says the word, and no sentence."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    OTHER = "other"
    OLD = "old"
    BINARY = "binary"
    OPEN_DOCUMENT = "open_document"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    ODD_NAMES = "odd_names"
    ENTITIES = "entities"
    MACROS = "macros"
    LINKS = "links"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    TOO_SLOW = "too_slow"
    BROKEN_OFF = "broken_off"


_REASONS = {
    Unfit.MISSING: N_("The file was not found."),
    Unfit.UNREADABLE: N_(
        "The file could not be read. Open it in Excel, save it again and try once more."
    ),
    Unfit.OTHER: N_("This is not an XLSX workbook."),
    Unfit.OLD: N_(
        "This is a workbook of the old form (XLS). Please save it as XLSX and try again."
    ),
    Unfit.BINARY: N_("This is a binary workbook (XLSB). Please save it as XLSX and try again."),
    Unfit.OPEN_DOCUMENT: N_(
        "This is an OpenDocument workbook (ODS). Please save it as XLSX and try again."
    ),
    Unfit.ENCRYPTED: N_(
        "The workbook is encrypted. Please save it without a password and try again."
    ),
    Unfit.DAMAGED: N_("The workbook is damaged. Please save it again and try once more."),
    Unfit.ODD_NAMES: N_(
        "The workbook has parts with invalid or repeated names. Open it in Excel and save it "
        "again as XLSX."
    ),
    Unfit.ENTITIES: N_(
        "The workbook holds XML entities or document types, which no workbook needs."
    ),
    Unfit.MACROS: N_("The workbook holds macros. Please save it as XLSX without them."),
    Unfit.LINKS: N_("The workbook holds links to other files. Please remove them and try again."),
    Unfit.TOO_LARGE: N_("The workbook is larger than 50,000,000 bytes unpacked."),
    Unfit.TOO_MUCH: N_(
        "The workbook unfolds to far more than a file of its size holds. Please save it again, or "
        "divide it into several."
    ),
    Unfit.TOO_SLOW: N_(
        "Reading the workbook took too long and was stopped. Please divide it into several."
    ),
    Unfit.BROKEN_OFF: N_(
        "The workbook could not be read: what reads it broke off. Please save it again, or divide "
        "it into several."
    ),
}


class UnfitFileError(KnownError):
    """The file as a whole cannot be read as a workbook, or must not be.

    Args:
        unfit: Why.
    """

    def __init__(self, unfit: Unfit) -> None:
        super().__init__(_(_REASONS[unfit]))
        self.unfit = unfit


class CellError(Exception):
    """A cell does not hold what its column asks for.

    Args:
        reason: A translated sentence that repeats no value.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
