"""The sheets of the exchange workbook as data (contract.md section 2): one line a column."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from kadin_danisma.domain import lists, places
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.records import (
    KIND_OF,
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)
from kadin_danisma.domain.text import fold

#: Sheets of our own template that hold nothing to read.
EXPLANATION = "Açıklama"
LISTS = "Listeler"


class Shape(Enum):
    """What a column's cells hold."""

    TEXT = auto()
    #: A text that may have lines.
    NOTE = auto()
    #: A text compared exactly: the number of a file, an application or a session.
    REFERENCE = auto()
    PHONE = auto()
    KIMLIK = auto()
    DAY = auto()
    TIME = auto()
    WHOLE = auto()
    CODE = auto()
    #: Several codes with ``;`` between them.
    CODES = auto()
    #: One of a few fixed words.
    WORD = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its header, the record's field, and what its cells may hold."""

    header: str
    field: str
    shape: Shape
    must: bool = False
    codes: CodeList | None = None
    words: Mapping[str, str] | None = None
    #: The field's value where the cell is blank.
    blank: object = None
    #: Whether a workbook may do without it, as those from before it do.
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the record its rows are, and its columns."""

    name: str
    record: type[Record]
    #: The field by which a row is recognised; None where its content alone does.
    number: str | None
    columns: tuple[Column, ...]

    @property
    def kind(self) -> Kind:
        """Return the kind of the rows' records."""
        return KIND_OF[self.record]

    def column_of(self, field: str) -> Column:
        """Return the column of a record's field."""
        return next(column for column in self.columns if column.field == field)


def _text(header: str, field: str, shape: Shape = Shape.TEXT, *, must: bool = False) -> Column:
    return Column(header, field, shape, must=must, blank="")


def _code(
    header: str, field: str, codes: CodeList, *, must: bool = False, blank: str = "not_asked"
) -> Column:
    return Column(header, field, Shape.CODE, must=must, codes=codes, blank=blank)


def _codes(header: str, field: str, codes: CodeList) -> Column:
    return Column(header, field, Shape.CODES, codes=codes, blank=())


def _word(header: str, field: str, codes: CodeList, *keys: str, by_key: str = "") -> Column:
    """Return a column of fixed words; one more is also accepted by its key."""
    words = {fold(code.tr): code.key for code in codes if code.key in {*keys, by_key}}
    if by_key:
        words[fold(by_key)] = by_key
    return Column(header, field, Shape.WORD, codes=codes, words=words, blank="not_asked")


#: A further column of an old sheet (contract-casework.md sections 5.1 and 5.3).
_FURTHER_NOTE = Column("Not", "note", Shape.NOTE, blank="", optional=True)
_FILE_NO = Column("Dosya No", "client_id", Shape.REFERENCE, must=True, blank="")

CLIENTS = Sheet(
    "Danışanlar",
    Client,
    "file_no",
    (
        _text("Dosya No", "file_no", Shape.REFERENCE, must=True),
        _text("Ad Soyad", "name"),
        _text("T.C. Kimlik No", "kimlik_no", Shape.KIMLIK),
        Column("Doğum Yılı", "birth_year", Shape.WHOLE),
        _code("Uyruk/Statü", "legal_status", lists.LEGAL_STATUS),
        _code("Medeni Durum", "marital", lists.MARITAL),
        _code("Eğitim", "education", lists.EDUCATION),
        _code("Çalışma", "employment", lists.EMPLOYMENT),
        _code("Gelir", "income", lists.INCOME),
        _code("Sosyal Güvence", "social_security", lists.SOCIAL_SECURITY),
        _code("İlçe", "district", places.DISTRICT),
        _code("Nereden Duydu", "heard_from", lists.HEARD_FROM),
        _text("Telefon", "phone", Shape.PHONE),
        _word("Telefonla Aranabilir", "may_call", lists.YES_NO_UNKNOWN, "yes", "no", "unknown"),
    ),
)
APPLICATIONS = Sheet(
    "Başvurular",
    Application,
    "number",
    (
        _text("Başvuru No", "number", Shape.REFERENCE, must=True),
        Column("Dosya No", "client_id", Shape.REFERENCE),
        Column("Tarih", "date", Shape.DAY, must=True),
        Column("Saat", "time", Shape.TIME),
        _code("Kanal", "channel", lists.CHANNEL, must=True),
        _code("Başvuran", "applicant_role", lists.APPLICANT_ROLE, blank="self"),
        _codes("Nedenler", "reasons", lists.REASON),
        _codes("Şiddet Türleri", "violence_types", lists.VIOLENCE_TYPE),
        _codes("Şiddet Uygulayan", "perpetrators", lists.PERPETRATOR_RELATION),
        _FURTHER_NOTE,
    ),
)
SESSIONS = Sheet(
    "Görüşmeler",
    Session,
    "number",
    (
        _text("Görüşme No", "number", Shape.REFERENCE, must=True),
        _FILE_NO,
        Column("Başvuru No", "application_id", Shape.REFERENCE),
        Column("Tarih", "date", Shape.DAY, must=True),
        Column("Saat", "time", Shape.TIME),
        Column("Süre (dk)", "minutes", Shape.WHOLE),
        _code("Tür", "service", lists.SERVICE, must=True),
        _code("Kanal", "channel", lists.CHANNEL, must=True),
        _text("Görüşmeci", "counsellor"),
        _code("Sonuç", "outcome", lists.CONTACT_OUTCOME, blank="completed"),
        _text("Not", "note", Shape.NOTE),
    ),
)
PLAYROOM = Sheet(
    "Oyun Odası",
    PlayroomVisit,
    None,
    (
        _FILE_NO,
        _text("Çocuk", "child", must=True),
        Column("Doğum Yılı", "birth_year", Shape.WHOLE),
        _word("Cinsiyet", "sex", lists.SEX, "girl", "boy", "unknown"),
        Column("Tarih", "date", Shape.DAY, must=True),
        Column("Giriş", "time_in", Shape.TIME, must=True),
        Column("Çıkış", "time_out", Shape.TIME),
        _text("Teslim Alan", "collected_by"),
    ),
)
REFERRALS = Sheet(
    "Yönlendirmeler",
    Referral,
    None,
    (
        _FILE_NO,
        Column("Tarih", "date", Shape.DAY, must=True),
        _code("Kurum", "institution", places.INSTITUTION, must=True),
        _word(
            "Yöntem", "method", lists.REFERRAL_METHOD_WORDS,
            "letter", "phone", "accompanied", "information", by_key="legal_notice",
        ),
        _word("Rıza", "consent", lists.YES_NO_UNKNOWN, "yes", "no"),
        _code("Sonuç", "outcome", lists.REFERRAL_OUTCOME, blank="waiting"),
        Column("Sonuç Tarihi", "outcome_date", Shape.DAY),
        _FURTHER_NOTE,
    ),
)  # fmt: skip
TRAININGS = Sheet(
    "Eğitimler",
    Training,
    None,
    (
        Column("Tarih", "date", Shape.DAY, must=True),
        _text("Konu", "topic"),
        _text("Hedef Kitle", "audience"),
        Column("Katılımcı Sayısı", "participants", Shape.WHOLE, must=True),
    ),
)
#: In the order in which rows lean on each other: files first.
SHEETS = (CLIENTS, APPLICATIONS, SESSIONS, PLAYROOM, REFERRALS, TRAININGS)


def own_sheets(sheets: list[tuple[str, bool]]) -> dict[str, list[int]]:
    """Return where the sheets of the contract stand among those of a workbook, by their names.

    Args:
        sheets: The title of each, and whether it is one of cells.
    """
    titles = [fold(title) if has_cells else None for title, has_cells in sheets]
    ours = {sheet.name: fold(sheet.name) for sheet in SHEETS}
    found = {
        name: [place for place, title in enumerate(titles) if title == folded]
        for name, folded in ours.items()
    }
    return {name: places for name, places in found.items() if places}
