"""Everything that is valid, in all its spellings: read, and read as what it is."""

import datetime as dt
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.exchange.columns import SHEETS, Column, Shape, Sheet
from tests.exchange.books import Book, Styled, Xml, read

C, A, S = "Danışanlar", "Başvurular", "Görüşmeler"
P, R, T = "Oyun Odası", "Yönlendirmeler", "Eğitimler"
KINDS = dict(
    zip(
        (C, A, S, P, R, T),
        (
            Kind.CLIENT,
            Kind.APPLICATION,
            Kind.SESSION,
            Kind.PLAYROOM_VISIT,
            Kind.REFERRAL,
            Kind.TRAINING,
        ),
        strict=True,
    )
)
MARCH_2 = dt.date(2026, 3, 2)
RICH = (
    '<c r="{ref}" t="inlineStr"><is><r><t>Işıl </t></r><r><rPr><b/></rPr><t>Kaya</t></r>'
    "<rPh sb='0' eb='1'><t>okunuş</t></rPh></is></c>"
)

CELLS: list[tuple[str, str, str, object, object]] = [
    # Texts.
    (C, "Ad Soyad", "name", " \u00a0Işıl Deneme\u2009\ufeff\t", "Işıl Deneme"),
    (C, "Ad Soyad", "name", "Gu\u0308l I\u0307nci", "Gül İnci"),
    (C, "Ad Soyad", "name", "Işıl\u00a0 Deneme", "Işıl\u00a0 Deneme"),
    (C, "Ad Soyad", "name", "=HYPERLINK('x')", "=HYPERLINK('x')"),
    (C, "Ad Soyad", "name", "_x005F_x0007_", "_x0007_"),
    (C, "Ad Soyad", "name", "_x0049_ş_x0131_l_x00ZZ_", "Işıl_x00ZZ_"),
    (C, "Ad Soyad", "name", "_xD83D__xDE42_", "\U0001f642"),
    (C, "Ad Soyad", "name", Xml(RICH), "Işıl Kaya"),
    (C, "Ad Soyad", "name", 412, "412"),
    (C, "Ad Soyad", "name", True, "TRUE"),
    (C, "Ad Soyad", "name", dt.date(2026, 3, 2), "02.03.2026"),
    (C, "Ad Soyad", "name", Styled(0.5, 2), "12:00"),
    (C, "Ad Soyad", "name", "nan", "nan"),
    (C, "Ad Soyad", "name", "#N/A", "#N/A"),
    (C, "Ad Soyad", "name", Xml('<c r="{ref}" t="str"><f>A1</f><v>Ada_x0041_</v></c>'), "AdaA"),
    (S, "Not", "note", "bir\niki\tüç_x000D_\ndört", "bir\niki\tüç\ndört"),
    (S, "Görüşmeci", "counsellor", "Uzm. 1\n", "Uzm. 1"),
    # Numbers, as numbers or as ASCII digits.
    (C, "T.C. Kimlik No", "kimlik_no", 10000000146, "10000000146"),
    (C, "T.C. Kimlik No", "kimlik_no", 10000000146.0, "10000000146"),
    (C, "T.C. Kimlik No", "kimlik_no", Xml('<c r="{ref}"><v>1.0000000146E10</v></c>'),
     "10000000146"),
    (C, "T.C. Kimlik No", "kimlik_no", "\u00a010000000146 ", "10000000146"),
    (C, "Doğum Yılı", "birth_year", 1900, 1900),
    (C, "Doğum Yılı", "birth_year", 2026.0, 2026),
    (C, "Doğum Yılı", "birth_year", " 1988", 1988),
    (C, "Doğum Yılı", "birth_year", 1987.9999999999998, 1988),
    (C, "Doğum Yılı", "birth_year", Xml('<c r="{ref}"><f>1900+88</f><v>1988</v></c>'), 1988),
    (C, "Doğum Yılı", "birth_year", "", None),
    (S, "Süre (dk)", "minutes", "0720", 720),
    (S, "Süre (dk)", "minutes", 1, 1),
    (T, "Katılımcı Sayısı", "participants", "0", 0),
    (T, "Katılımcı Sayısı", "participants", 10_000, 10_000),
    # Codes: key or label, folded.
    (C, "Uyruk/Statü", "legal_status", "T.C.", "tr"),
    (C, "Medeni Durum", "marital", "BEKAR (HIC EVLENMEMIS)", "single"),
    (C, "Medeni Durum", "marital", "Evli,\u00a0 ayrı yaşıyor", "separated"),
    (C, "Eğitim", "education", "Belirtmek istemedi", "declined"),
    (C, "Gelir", "income", "", "not_asked"),
    (C, "Gelir", "income", "NONE", "none"),
    (C, "İlçe", "district", "İZMİR DIŞI", "outside"),
    (C, "İlçe", "district", "cigli", "cigli"),
    (C, "İlçe", "district", "Sorulmadı", "not_asked"),
    (C, "Telefon", "phone", 5000001122, "+905000001122"),
    (C, "Telefon", "phone", "445 56 17", "+902324455617"),
    (C, "Telefon", "phone", "komşusunun telefonu", "komşusunun telefonu"),
    (C, "Telefonla Aranabilir", "may_call", True, "yes"),
    (C, "Telefonla Aranabilir", "may_call", False, "no"),
    (C, "Telefonla Aranabilir", "may_call", "true", "yes"),
    (C, "Telefonla Aranabilir", "may_call", "HAYIR", "no"),
    (C, "Telefonla Aranabilir", "may_call", "bilinmiyor ", "unknown"),
    (C, "Telefonla Aranabilir", "may_call", "", "not_asked"),
    (A, "Başvuran", "applicant_role", "", "self"),
    (A, "Nedenler", "reasons", "", ()),
    (A, "Nedenler", "reasons", " ; ", ()),
    (A, "Nedenler", "reasons", "şiddet;VIOLENCE ; Sağlık;", ("violence", "health")),
    (A, "Nedenler", "reasons", "Şiddet;\nBoşanma", ("violence", "divorce")),
    (A, "Şiddet Türleri", "violence_types", "Israrli takip", ("stalking",)),
    (A, "Şiddet Türleri", "violence_types", "ISRARLI TAKİP", ("stalking",)),
    (A, "Şiddet Türleri", "violence_types", "none;none;", ("none",)),
    (S, "Sonuç", "outcome", "", "completed"),
    (S, "Sonuç", "outcome", "Danışan iptal etti", "cancelled_client"),
    (P, "Cinsiyet", "sex", "KIZ", "girl"),
    (R, "Yöntem", "method", "BİLGİ", "information"),
    (R, "Yöntem", "method", "Yazı", "letter"),
    (R, "Yöntem", "method", "telefon", "phone"),
    (R, "Yöntem", "method", "refakat", "accompanied"),
    (R, "Yöntem", "method", "Yasal Bildirim", "legal_notice"),
    (R, "Rıza", "consent", False, "no"),
    (R, "Kurum", "institution", "BAR_CMK", "bar_cmk"),
    (R, "Sonuç", "outcome", "", "waiting"),
    # Dates and times.
    (A, "Tarih", "date", Styled(46083.75, 3), MARCH_2),
    (A, "Tarih", "date", Styled(46083, 2), MARCH_2),
    (A, "Tarih", "date", "2.3.2026", MARCH_2),
    (A, "Tarih", "date", "02.3.2026 ", MARCH_2),
    (A, "Tarih", "date", "2026-03-02", MARCH_2),
    (A, "Tarih", "date", Xml('<c r="{ref}" t="d"><v>2026-03-02T10:30:00</v></c>'), MARCH_2),
    (A, "Tarih", "date", dt.date(1990, 1, 1), dt.date(1990, 1, 1)),
    (T, "Tarih", "date", "22.11.2026", dt.date(2026, 11, 22)),
    (A, "Saat", "time", "9:05", dt.time(9, 5)),
    (A, "Saat", "time", "00:00", dt.time(0)),
    (A, "Saat", "time", "9.05", dt.time(9, 5)),
    (A, "Saat", "time", "23.59", dt.time(23, 59)),
    (A, "Saat", "time", "11:35:00", dt.time(11, 35)),
    (A, "Saat", "time", "9:05:59", dt.time(9, 5)),
    (S, "Görüşme No", "number", 2026001, "2026001"),
    (S, "Görüşme No", "number", 1e21, "1000000000000000000000"),
    (S, "Görüşme No", "number", "1/2025", "1/2025"),
    (S, "Görüşme No", "number", "2026.2", "2026.2"),
    (S, "Görüşme No", "number", "TRUE", "TRUE"),
    (A, "Saat", "time", Styled(0, 2), dt.time(0)),
    (A, "Saat", "time", Styled(0.4305556, 2), dt.time(10, 20)),
    (A, "Saat", "time", Styled(0.999999, 2), dt.time(23, 59)),
    (A, "Saat", "time", Styled(0.4375, 4), dt.time(10, 30)),
    (A, "Saat", "time", Styled(46083.4375, 2), dt.time(10, 30)),
    (A, "Saat", "time", Styled(0.4375, 3), dt.time(10, 30)),
    (A, "Saat", "time", Xml('<c r="{ref}" t="d"><v>T10:30:00</v></c>'), dt.time(10, 30)),
    (A, "Saat", "time", Xml('<c r="{ref}" t="d"><v>10:30:00</v></c>'), dt.time(10, 30)),
    (R, "Sonuç Tarihi", "outcome_date", "3.3.2026", dt.date(2026, 3, 3)),
    (P, "Doğum Yılı", "birth_year", 2009, 2009),
    (P, "Doğum Yılı", "birth_year", 2026, 2026),
    (P, "Çıkış", "time_out", "14:01", dt.time(14, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "header", "field", "value", "expected"), CELLS)
def test_a_valid_cell_is_read_as_what_it_is(
    sheet: str, header: str, field: str, value: object, expected: object, tmp_path: Path
) -> None:
    reading = read(Book().put(sheet, 2, header, value), tmp_path)

    assert reading.refused == []
    assert getattr(reading.rows[KINDS[sheet]][0][1], field) == expected


@pytest.mark.parametrize(
    ("sheet", "column", "key", "label"),
    [
        pytest.param(sheet, column, key, label, id=label)
        for sheet in SHEETS
        for column in sheet.columns
        if column.codes
        for key, label in column.codes.former
    ],
)
def test_a_label_of_an_older_workbook_is_read_as_its_key(
    sheet: Sheet, column: Column, key: str, label: str, tmp_path: Path
) -> None:
    new = next(code.tr for code in column.codes or () if code.key == key)
    for written in (label, label.upper(), new):
        reading = read(Book().put(sheet.name, 2, column.header, written), tmp_path)

        assert reading.refused == []
        value = getattr(reading.rows[KINDS[sheet.name]][0][1], column.field)
        assert value == ((key,) if column.shape is Shape.CODES else key)


def test_rows_lean_on_each_other_by_identity(tmp_path: Path) -> None:
    rows = read(Book(), tmp_path).rows
    clients = [record.id for _, record in rows[Kind.CLIENT]]
    (_, first), (_, contact) = rows[Kind.APPLICATION]

    assert [first.client_id, contact.client_id] == [clients[0], None]
    for kind in (Kind.SESSION, Kind.PLAYROOM_VISIT, Kind.REFERRAL):
        assert [record.client_id for _, record in rows[kind]] == clients
    assert [record.application_id for _, record in rows[Kind.SESSION]] == [
        first.id,
        None,
    ]
