"""Every rule of contract.md section 2 broken once: named where it is, with its own reason."""

import datetime as dt
from pathlib import Path

import pytest

from tests.exchange.books import Book, Styled, Xml, places, read

C, A, S = "Danışanlar", "Başvurular", "Görüşmeler"
P, R, T = "Oyun Odası", "Yönlendirmeler", "Eğitimler"
FORMULA_ERROR = Xml('<c r="{ref}" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
#: A byte order of writing that no invisible letter may change.
OVERRIDE = "\u202e"

LIST, WORD = "not in the list", "not one of the words"
MUST = "must be filled"
CONTROL, DIRECTION = "control characters", "writing direction"
WHOLE, DATE_FOR_NUMBER = "not a whole number", "a whole number is expected"
NO_DATE, SHORT, PLAIN = "no such date", "two digits", "plain number is not a date"
DATE_FORM, EARLY, LATE = "A date is written", "before 1990", "after today"
MADE_DATE, FRACTION = "made a date or time of this number", "made a fraction of this number"
TRUTH, ZONE = "TRUE or FALSE; a number", "states a time zone"
NO_TIME, TIME_FORM = "no such time", "A time is written"
BIRTH, KIMLIK, ELEVEN = "between 1900 and", "not a valid T.C.", "eleven digits"
MINUTES, PARTICIPANTS = "between 1 and 720", "between 0 and 10,000"
ERROR, UNREADABLE, ZONED = "error of the workbook", "cannot be read", "states a time zone"
NO_FILE, NO_APPLICATION = "has this file", "has this application"

CELLS: list[tuple[str, int, str, object, str]] = [
    # An unknown code.
    (C, 2, "Uyruk/Statü", "tr2", LIST),
    (C, 2, "Medeni Durum", "evli değil", LIST),
    (C, 3, "Eğitim", "primary;", LIST),
    (C, 2, "Çalışma", "permanent; retired", LIST),
    (C, 2, "Gelir", 5, LIST),
    (C, 2, "Sosyal Güvence", True, LIST),
    (C, 2, "İlçe", "Kadıköy", LIST),
    (C, 2, "İlçe", "İzmir", LIST),
    (C, 2, "Nereden Duydu", "komşu", LIST),
    (A, 2, "Kanal", "faks", LIST),
    (A, 2, "Kanal", "-", LIST),
    (A, 2, "Kanal", "tele\u200bfon", LIST),
    (A, 2, "Başvuran", "kocası", LIST),
    (A, 2, "Nedenler", "şiddet; merak", LIST),
    (A, 2, "Nedenler", "şiddet, boşanma", LIST),
    (A, 2, "Nedenler", "şiddet;;boşanma", LIST),
    (A, 2, "Nedenler", ";şiddet", LIST),
    (A, 3, "Şiddet Türleri", "bedensel", LIST),
    (A, 3, "Şiddet Uygulayan", "koca", LIST),
    (S, 2, "Tür", "çay", LIST),
    (S, 2, "Kanal", "fax", LIST),
    (S, 3, "Sonuç", "bitti", LIST),
    (R, 2, "Kurum", "belediye", LIST),
    (R, 2, "Sonuç", "olumlu", LIST),
    (C, 2, "Telefonla Aranabilir", "belki", WORD),
    (C, 2, "Telefonla Aranabilir", "sorulmadı", WORD),
    (C, 2, "Telefonla Aranabilir", 1, WORD),
    (P, 2, "Cinsiyet", "oğlan", WORD),
    (P, 2, "Cinsiyet", True, WORD),
    (R, 2, "Yöntem", "faks", WORD),
    (R, 2, "Rıza", "bilinmiyor", WORD),
    # An empty must-field, also where only spaces or a formula without a value stand.
    (C, 2, "Dosya No", "", MUST),
    (A, 3, "Başvuru No", "", MUST),
    (A, 3, "Tarih", "", MUST),
    (A, 3, "Kanal", " \u00a0", MUST),
    (S, 3, "Görüşme No", "", MUST),
    (S, 3, "Dosya No", "\u2009\u200b", MUST),
    (S, 3, "Tarih", Xml('<c r="{ref}" s="1"><f>TODAY()</f></c>'), MUST),
    (S, 3, "Tür", Xml('<c r="{ref}" t="str"><f>A1</f><v></v></c>'), MUST),
    (S, 3, "Kanal", "", MUST),
    (P, 3, "Dosya No", "", MUST),
    (P, 3, "Çocuk", "\t", MUST),
    (P, 3, "Tarih", "", MUST),
    (P, 3, "Giriş", "", MUST),
    (R, 3, "Dosya No", "", MUST),
    (R, 3, "Tarih", "", MUST),
    (R, 3, "Kurum", "", MUST),
    (T, 2, "Tarih", "", MUST),
    (T, 2, "Katılımcı Sayısı", "", MUST),
    # A date that is none, or lies out of bounds.
    (A, 2, "Tarih", "31.02.2026", NO_DATE),
    (A, 2, "Tarih", "2026-13-01", NO_DATE),
    (A, 2, "Tarih", "29.2.2025", NO_DATE),
    (A, 2, "Tarih", "00.01.2026", NO_DATE),
    (A, 2, "Tarih", "1.2.26", SHORT),
    (A, 2, "Tarih", "01/02/26", SHORT),
    (A, 2, "Tarih", 46000, PLAIN),
    (A, 2, "Tarih", "46000", PLAIN),
    (A, 2, "Tarih", 20260102, PLAIN),
    (A, 2, "Tarih", Styled(46000, 4), PLAIN),
    (A, 2, "Tarih", Styled(3_000_000, 1), NO_DATE),
    (A, 2, "Tarih", Styled(1e300, 1), NO_DATE),
    (A, 2, "Tarih", Styled(-4, 1), NO_DATE),
    (A, 2, "Tarih", Styled(0.5, 2), "a time; a date"),
    (A, 2, "Tarih", "2026/01/02", DATE_FORM),
    (A, 2, "Tarih", "2026-1-2", DATE_FORM),
    (A, 2, "Tarih", "2 Ocak 2026", DATE_FORM),
    (A, 2, "Tarih", "02.01.2026 10:00", DATE_FORM),
    (A, 2, "Tarih", "٠٢.٠١.٢٠٢٦", DATE_FORM),
    (A, 2, "Tarih", "bugün", DATE_FORM),
    (A, 2, "Tarih", True, DATE_FORM),
    (A, 2, "Tarih", dt.date(1989, 12, 31), EARLY),
    (A, 2, "Tarih", "31.12.1989", EARLY),
    (A, 2, "Tarih", Styled(60, 1), EARLY),
    (S, 2, "Tarih", dt.date(2026, 11, 23), LATE),
    (S, 2, "Tarih", "2027-01-01", LATE),
    (P, 2, "Tarih", "23.11.2026", LATE),
    (P, 2, "Tarih", "23.11.1989", EARLY),
    (R, 2, "Tarih", "1.1.2999", LATE),
    (R, 2, "Sonuç Tarihi", "2026-11-23", LATE),
    (R, 2, "Sonuç Tarihi", "2026-03-02", "before the referral"),
    (R, 3, "Sonuç Tarihi", "2026-03", DATE_FORM),
    (T, 2, "Tarih", "9999-12-31", LATE),
    # A time that does not exist, an end before its start.
    (A, 2, "Saat", "24:00", NO_TIME),
    (A, 2, "Saat", "9:60", NO_TIME),
    (A, 2, "Saat", "24.00", NO_TIME),
    (A, 2, "Saat", "9.75", NO_TIME),
    (A, 2, "Saat", "9:30:60", NO_TIME),
    (A, 2, "Saat", "9.30.00", TIME_FORM),
    (A, 2, "Saat", "9,30", TIME_FORM),
    (A, 2, "Saat", "9:30.00", TIME_FORM),
    (A, 2, "Saat", Xml('<c r="{ref}" t="d"><v>10:30:00Z</v></c>'), ZONE),
    (A, 2, "Saat", Xml('<c r="{ref}" t="d"><v>T10:30:00+03:00</v></c>'), ZONE),
    (A, 2, "Tarih", Xml('<c r="{ref}" t="d"><v>2026-03-02T00:30:00Z</v></c>'), ZONE),
    (A, 2, "Tarih", Xml('<c r="{ref}" t="d"><v>2026-03-02T00:30:00.000+03:00</v></c>'), ZONE),
    (A, 2, "Tarih", Xml('<c r="{ref}" t="d"><v>2026-03-02T00:30:00+0300</v></c>'), ZONE),
    (A, 2, "Tarih", Xml('<c r="{ref}" t="d"><v>2026-03-02Z</v></c>'), ZONE),
    (C, 2, "Ad Soyad", Xml('<c r="{ref}" t="d"><v>2026-03-02T00:30:00Z</v></c>'), ZONE),
    (A, 2, "Saat", "0930", TIME_FORM),
    (A, 2, "Saat", "9:3", TIME_FORM),
    (A, 2, "Saat", 9.5, "plain number is not a time"),
    (A, 2, "Saat", Styled(1.5, 4), NO_TIME),
    (A, 2, "Saat", Styled(-0.5, 2), NO_TIME),
    (A, 2, "Saat", dt.date(2026, 1, 2), "a date; a time"),
    (S, 2, "Saat", False, TIME_FORM),
    (P, 2, "Giriş", "25:10", NO_TIME),
    (P, 2, "Çıkış", "14:00", "not after the start"),
    (P, 2, "Çıkış", dt.time(13, 59), "not after the start"),
    (P, 2, "Çıkış", "15:75", NO_TIME),
    # Numbers.
    (C, 2, "T.C. Kimlik No", "10000000147", KIMLIK),
    (C, 2, "T.C. Kimlik No", 10000000145, KIMLIK),
    (C, 2, "T.C. Kimlik No", "01234567890", KIMLIK),
    (C, 2, "T.C. Kimlik No", "1000000014", ELEVEN),
    (C, 2, "T.C. Kimlik No", "100000001460", ELEVEN),
    (C, 2, "T.C. Kimlik No", "100 000 001 46", ELEVEN),
    (C, 2, "T.C. Kimlik No", "١٠٠٠٠٠٠٠١٤٦", ELEVEN),
    (C, 2, "T.C. Kimlik No", 10000000146.5, ELEVEN),
    (C, 2, "Doğum Yılı", 1899, BIRTH),
    (C, 2, "Doğum Yılı", "2027", BIRTH),
    (C, 2, "Doğum Yılı", 88, BIRTH),
    (C, 2, "Doğum Yılı", "9" * 5000, WHOLE),
    (C, 2, "Doğum Yılı", "9" * 50, BIRTH),
    (C, 2, "Doğum Yılı", 1988.5, WHOLE),
    (C, 2, "Doğum Yılı", "1988.0", WHOLE),
    (C, 2, "Doğum Yılı", "١٩٨٨", WHOLE),
    (C, 2, "Doğum Yılı", True, WHOLE),
    (C, 2, "Doğum Yılı", Styled(1988, 1), DATE_FOR_NUMBER),
    (S, 2, "Süre (dk)", 0, MINUTES),
    (S, 2, "Süre (dk)", "721", MINUTES),
    (S, 2, "Süre (dk)", -5, MINUTES),
    (S, 2, "Süre (dk)", "50 dk", WHOLE),
    (S, 2, "Süre (dk)", 49.5, WHOLE),
    (S, 2, "Süre (dk)", dt.time(0, 50), DATE_FOR_NUMBER),
    (T, 2, "Katılımcı Sayısı", -1, PARTICIPANTS),
    (T, 2, "Katılımcı Sayısı", 10_001, PARTICIPANTS),
    (T, 2, "Katılımcı Sayısı", "çok", WHOLE),
    (T, 2, "Katılımcı Sayısı", "1.000", WHOLE),
    (T, 2, "Katılımcı Sayısı", 1e250, PARTICIPANTS),
    (P, 2, "Doğum Yılı", 2008, "17 at the most"),
    (P, 2, "Doğum Yılı", 1899, BIRTH),
    (P, 2, "Doğum Yılı", 2027, BIRTH),
    # Texts that hide something.
    (C, 2, "Ad Soyad", "Işıl\tDeneme", CONTROL),
    (C, 2, "Ad Soyad", "Işıl\nDeneme", CONTROL),
    (C, 2, "Ad Soyad", "Işıl_x0007_", CONTROL),
    (C, 2, "Ad Soyad", "Işıl_x0085_Deneme", CONTROL),
    (C, 2, "Ad Soyad", "_xD800_", CONTROL),
    (C, 2, "Ad Soyad", "Işıl_xFFFF_", CONTROL),
    (C, 2, "Ad Soyad", f"Işıl{OVERRIDE}", DIRECTION),
    (C, 2, "Telefon", "\u200e0500 000 11 22", DIRECTION),
    (C, 3, "Dosya No", "2026_x0001_2", CONTROL),
    (A, 2, "Kanal", "Telefon_x0000_", CONTROL),
    (S, 2, "Görüşmeci", "Uzm.\r\n1", CONTROL),
    (S, 2, "Not", "Aranmasın_x001B_", CONTROL),
    (S, 2, "Not", "Aranmasın_x000B_", CONTROL),
    (S, 2, "Not", f"satır\n{OVERRIDE}satır", DIRECTION),
    (P, 2, "Çocuk", "Ada\u2066", DIRECTION),
    (T, 2, "Konu", "Hak\x7flarımız", CONTROL),
    (T, 2, "Hedef Kitle", "_x200F_muhtarlar", DIRECTION),
    # Errors of the workbook, and cells as no program writes them.
    (C, 2, "Ad Soyad", FORMULA_ERROR, ERROR),
    (A, 2, "Tarih", FORMULA_ERROR, ERROR),
    (S, 2, "Tür", Xml('<c r="{ref}" t="e"><v>#N/A</v></c>'), ERROR),
    (T, 2, "Katılımcı Sayısı", FORMULA_ERROR, ERROR),
    (C, 2, "Ad Soyad", Xml('<c r="{ref}" t="s"><v>7</v></c>'), UNREADABLE),
    (C, 2, "Doğum Yılı", Xml('<c r="{ref}"><v>1e999</v></c>'), UNREADABLE),
    (C, 2, "Doğum Yılı", Xml('<c r="{ref}"><v>nan</v></c>'), UNREADABLE),
    (C, 2, "Doğum Yılı", Xml('<c r="{ref}" t="x"><v>1988</v></c>'), UNREADABLE),
    (C, 2, "Ad Soyad", Xml('<c r="{ref}" t="b"><v>2</v></c>'), UNREADABLE),
    (A, 2, "Tarih", Xml('<c r="{ref}" t="d"><v>2026-02-30</v></c>'), UNREADABLE),
    (A, 2, "Tarih", Xml('<c r="{ref}" t="d"><v>2026-03-02T22:30:00Z</v></c>'), ZONED),
    (A, 2, "Tarih", Xml('<c r="{ref}" t="d"><v>2026-03-02T22:30:00+03:00</v></c>'), ZONED),
    (A, 2, "Saat", Xml('<c r="{ref}" t="d"><v>T10:30:00Z</v></c>'), ZONED),
    # Numbers that nothing defines.
    (A, 2, "Dosya No", "2026/9", NO_FILE),
    (S, 3, "Dosya No", "2026/02", NO_FILE),
    # A number of a file or record of which the workbook program made something else.
    *(
        (sheet, row, column, value, reason)
        for sheet, row, column in (
            (C, 3, "Dosya No"),
            (A, 3, "Başvuru No"),
            (A, 2, "Dosya No"),
            (S, 3, "Görüşme No"),
            (S, 3, "Dosya No"),
            (S, 3, "Başvuru No"),
            (P, 3, "Dosya No"),
            (R, 3, "Dosya No"),
        )
        for value, reason in (
            (dt.date(2025, 1, 1), MADE_DATE),
            (dt.time(9, 30), MADE_DATE),
            (Styled(46023, 4), MADE_DATE),
            (Xml('<c r="{ref}" t="d"><v>2026-01-01</v></c>'), MADE_DATE),
            (True, TRUTH),
            (False, TRUTH),
            (2026.2, FRACTION),
            (0.5, FRACTION),
        )
    ),
    (R, 3, "Dosya No", "b-1", NO_FILE),
    (S, 3, "Başvuru No", "B-9", NO_APPLICATION),
    (S, 3, "Başvuru No", "b-1", NO_APPLICATION),
    (S, 3, "Başvuru No", "B-1", "belongs to another file"),
    (S, 3, "Başvuru No", "B-2", "has no file"),
    # A number that stands twice is wrong where it stands again.
    (C, 3, "Dosya No", "2026/1", "already in row 2"),
    (A, 3, "Başvuru No", "B-1", "already in row 2"),
    (S, 3, "Görüşme No", " G-1 ", "already in row 2"),
    # None beside a type of violence.
    (A, 2, "Şiddet Türleri", "none; physical", "together with a type"),
    (A, 2, "Şiddet Türleri", "Fiziksel;ŞİDDET YOK", "together with a type"),
]


@pytest.mark.parametrize(("sheet", "row", "header", "value", "reason"), CELLS)
def test_a_bad_cell_is_named_with_its_reason_and_nothing_else(
    sheet: str, row: int, header: str, value: object, reason: str, tmp_path: Path
) -> None:
    reading = read(Book().put(sheet, row, header, value), tmp_path)

    assert places(reading)[0] == (sheet, row, header)
    assert reason in reading.refused[0].reason
    # Where a file's number cannot be read, the rows that lean on it are left without their file.
    followers = reading.refused[1:]
    assert not followers or (sheet, header) == (C, "Dosya No")
    assert all(NO_FILE in refusal.reason for refusal in followers)
    assert not any(reading.rows.values())


def test_the_workbook_that_is_broken_here_is_whole_in_itself(tmp_path: Path) -> None:
    reading = read(Book(), tmp_path)

    assert (reading.refused, reading.notes) == ([], [])
    assert [len(rows) for rows in reading.rows.values()] == [2] * 6


def test_every_bad_cell_of_a_workbook_is_named_in_order(tmp_path: Path) -> None:
    book = Book().put(T, 3, "Tarih", "yarın").put(A, 2, "Kanal", "faks").put(A, 2, "Tarih", 5)
    book.put(C, 3, "Gelir", "az").put(C, 3, "Eğitim", "çok").put(A, 3, "Saat", "25:00")

    assert places(read(book, tmp_path)) == [
        (C, 3, "Eğitim"),
        (C, 3, "Gelir"),
        (A, 2, "Tarih"),
        (A, 2, "Kanal"),
        (A, 3, "Saat"),
        (T, 3, "Tarih"),
    ]


def test_a_bad_cell_does_not_hide_the_rules_of_its_row(tmp_path: Path) -> None:
    book = Book().put(S, 2, "Tarih", "dün").put(S, 2, "Süre (dk)", 999)
    book.put(P, 2, "Tarih", "dün").put(P, 2, "Doğum Yılı", 2050)
    book.put(P, 3, "Giriş", "dün").put(P, 3, "Çıkış", "8:00")
    book.put(R, 2, "Tarih", "dün").put(R, 2, "Sonuç Tarihi", "1980-01-01")

    assert places(read(book, tmp_path)) == [
        (S, 2, "Tarih"),
        (S, 2, "Süre (dk)"),
        (P, 2, "Doğum Yılı"),
        (P, 2, "Tarih"),
        (P, 3, "Giriş"),
        (R, 2, "Tarih"),
        (R, 2, "Sonuç Tarihi"),
    ]


@pytest.mark.parametrize("year", [1950, 2015])
def test_a_bad_day_does_not_make_the_child_too_old_or_unborn(year: int, tmp_path: Path) -> None:
    book = Book().put(P, 2, "Tarih", "1985-01-01").put(P, 2, "Doğum Yılı", year)

    assert places(read(book, tmp_path)) == [(P, 2, "Tarih")]


def test_no_reason_repeats_a_value(tmp_path: Path) -> None:
    secret = "Sırdaş"
    for sheet, rows in Book().grid.items():
        book = Book()
        for header in rows[0]:
            book.put(sheet, 2, str(header), f"{secret}\u202e")
        told = " ".join(refusal.reason for refusal in read(book, tmp_path).refused)
        assert told
        assert secret not in told
