from dataclasses import replace
from datetime import date

import pytest
from reportlab.pdfbase import pdfmetrics

from kadin_danisma.domain.counting import SUMMARY
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK, Cell
from kadin_danisma.domain.titles import table_title
from kadin_danisma.reports import fonts, letterhead, notes
from kadin_danisma.reports.labels import category
from kadin_danisma.reports.report import Earlier
from kadin_danisma.reports.trends import KEY_FIGURES
from kadin_danisma.reports.writers import render
from tests.reports.builders import CENTRE, a_cross_table, a_report, a_summary, a_table, with_summary
from tests.reports.paper import Node, artifacts, reader, structure, unmarked


@pytest.fixture(scope="module")
def month() -> bytes:
    return render(a_report(), "pdf")


def test_it_names_its_title_language_and_day_and_nobody(month: bytes) -> None:
    pdf = reader(month)
    told = pdf.metadata
    assert told is not None
    assert told.title == f"AYLIK FAALİYET RAPORU 2026/10-1, {CENTRE}"
    assert told.creation_date is not None
    assert told.creation_date.date() == date(2026, 11, 3)
    assert {told.author, told.creator, told.subject} == {""}
    assert pdf.root_object["/Lang"] == "tr-TR"
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True  # type: ignore[index]


def test_an_english_report_says_that_it_is_english() -> None:
    data = render(a_report(language="en"), "pdf")
    assert reader(data).root_object["/Lang"] == structure(data).lang == "en"
    assert "Activity report: October 2026" in [node.text for node in structure(data).find("H1")]


def test_it_is_a4_and_every_font_is_inside(month: bytes) -> None:
    for page in reader(month).pages:
        assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_it_is_tagged(month: bytes) -> None:
    root = structure(month)
    assert reader(month).root_object["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert root.role == "Document"
    assert len(root.find("H1")) == 1
    titles = [node.text for node in root.find("H2")]
    assert titles[0] == "1. Özet"
    assert len(root.find("Table")) == 13
    assert unmarked(month) == []


def test_heads_of_tables_say_what_they_are_heads_of(month: bytes) -> None:
    for table in structure(month).find("Table"):
        head, *rows = table.find("TR")
        assert {cell.scope for cell in head.find("TH", "TD")} == {"Column"}
        for row in rows:
            first, *others = row.kids
            assert (first.role, first.scope) == ("TH", "Row")
            assert {cell.role for cell in others} == {"TD"}


def test_charts_are_said_in_words_with_published_values_only() -> None:
    table = a_table({"centre": 40, "surrounding": 12, "outside": 3, "unknown": 0})
    figures = structure(render(a_report(tables=with_summary(table)), "pdf")).find("Figure")
    title = table_title(table.id)
    bars = "Merkez ilçeler: 40; Çevre ilçeler: *; İzmir dışı: *."
    assert [figure.alt for figure in figures] == [f"Çubuk grafik. {title}. {bars}"]


def test_shares_are_made_of_published_values() -> None:
    table = a_table({"centre": 41, "surrounding": 12, "outside": 3, "unknown": 0})
    rows = _table(structure(render(a_report(tables=with_summary(table)), "pdf"))).rows()
    assert [row[2] for row in rows] == ["Oran", "%73,2", "*", "*", "%100,0"]


def test_there_is_no_share_of_a_hidden_total() -> None:
    values = {"centre": 3, "surrounding": 20, "outside": 9, "unknown": 0}
    table = a_table(values, women={"_total": 3})
    rows = _table(structure(render(a_report(tables=with_summary(table)), "pdf"))).rows()
    assert [row[2] for row in rows] == ["Oran", "*", "–", "*", "*"]


def test_turkish_letters_come_out_as_they_went_in(month: bytes) -> None:
    above, own = structure(month).kids[:2]
    assert f"{above.text} {own.text}" == CENTRE
    assert own.text in reader(month).pages[0].extract_text()


def test_words_stay_apart_where_a_line_breaks(month: bytes) -> None:
    words = [node.text for node in structure(month).find("P", "TH")]
    assert "Dönem Ekim 2026 (01.10.2026 – 31.10.2026)" in words
    assert category("count", "contacts") in " ".join(words[:12])
    assert "Rapor no 2026/10-1" in words


def test_the_mark_is_explained_where_it_stands_and_only_there() -> None:
    plain = a_table({"centre": 40, "surrounding": 12, "outside": 30, "unknown": 0})
    marked = a_table({"centre": 40, "surrounding": 12, "outside": 3, "unknown": 0})
    for table, times in ((plain, 0), (marked, 1)):
        text = _everything(structure(render(a_report(tables=with_summary(table)), "pdf")))
        assert text.count("* gizli") == times


def test_every_page_with_a_mark_explains_it_at_its_foot_and_a_reader_hears_it_once() -> None:
    data = render(a_report("2026-Q3", women=30), "pdf")
    passed_over = artifacts(data)
    for page in reader(data).pages:
        lines = page.extract_text().splitlines()
        marked = any(line.strip() == "*" or line.endswith(" *") for line in lines)
        explained = any(line.startswith("* gizli") for line in lines)
        assert explained == marked
    heard = _everything(structure(data)).count("* gizli")
    assert (heard, sum("* gizli" in text for text in passed_over) > 1) == (1, True)


def test_the_summary_is_told_beside_what_was_published_before() -> None:
    report = a_report(tables=[a_summary(clients=45, sessions=60)])
    told = dict.fromkeys(SUMMARY, 0) | {"clients": 40, "sessions": MARK}
    earlier = (
        Earlier(Period.parse("2025-10"), told | {"clients": 30}),
        Earlier(Period.parse("2026-09"), told),
    )
    rows = _table(structure(render(replace(report, earlier=earlier), "pdf"))).rows()
    assert rows[0] == ["Sayım", "Ekim 2026", "Eylül 2026", "Değişim", "Ekim 2025", "Değişim"]
    by_count = {row[0]: row[1:] for row in rows}
    assert by_count["Kadın"] == ["45", "40", "+5 (%13)", "30", "+15 (%50)"]
    assert by_count["Görüşme"] == ["60", "*", "*", "*", "*"]


def test_key_figures_have_trend_lines_told_in_words() -> None:
    september = Earlier(Period.parse("2026-09"), dict.fromkeys(SUMMARY, 0) | {"clients": 40})
    report = a_report(tables=[a_summary(clients=45)])
    told = structure(render(replace(report, earlier=(september,)), "pdf")).find("Figure")
    assert told[0].alt == "Eğilim çizgisi. Kadın. Eylül 2026: 40; Ekim 2026: 45."
    assert len(told) == len(KEY_FIGURES)
    assert structure(render(report, "pdf")).find("Figure") == []


@pytest.mark.parametrize("outside", [1, 0])
def test_in_place_of_a_table_of_stars_and_zeros_stands_one_line(outside: int) -> None:
    table = a_table({"centre": 3, "surrounding": 0, "outside": outside, "unknown": 0})
    root = structure(render(a_report(tables=[a_summary(clients=50), table]), "pdf"))
    at = next(at for at, node in enumerate(root.kids) if node.text.startswith("2. "))
    assert root.kids[at + 1].text.startswith("Bu dönemde gösterilemiyor")
    assert (root.find("Figure"), len(root.find("Table"))) == ([], 1)


def test_a_table_of_zeros_only_is_a_table() -> None:
    table = a_table({"centre": 0, "surrounding": 0, "outside": 0, "unknown": 0})
    rows = _table(structure(render(a_report(tables=with_summary(table)), "pdf"))).rows()
    assert [row[:2] for row in rows[1:]] == [
        ["Merkez ilçeler", "0"], ["Çevre ilçeler", "0"], ["İzmir dışı", "0"], ["Toplam", "0"],
    ]  # fmt: skip


def test_what_is_not_known_has_a_row_where_it_is_not_empty_or_hidden() -> None:
    for unknown, told in ((9, ["9"]), (3, [MARK]), (0, [])):
        table = a_table({"centre": 40, "surrounding": 12, "outside": 30, "unknown": unknown})
        rows = _table(structure(render(a_report(tables=with_summary(table)), "pdf"))).rows()
        assert [row[1] for row in rows if row[0] == "Bilinmiyor"] == told


def test_what_is_not_known_has_a_column_where_it_is_not_empty() -> None:
    heads = []
    for unknown in (0, 6):
        table = a_cross_table([[10, 20], [30, 40]])
        known = dict.fromkeys(("walk_in", "phone", "no_answer"))
        cells = {
            (side, across): Cell(*[unknown if across == "no_answer" else 50] * 2)
            for side in ("first_interview", "_total")
            for across in (*known, "_total")
        }
        dims = {"service": ("first_interview",), "channel": tuple(known)}
        table = replace(table, categories=dims, cells=cells)
        report = a_report(tables=[a_summary(sessions=50), table])
        heads.append(_table(structure(render(report, "pdf"))).rows()[0])
    assert [len(head) for head in heads] == [4, 5]


def test_where_answers_may_be_several_the_last_row_is_their_base() -> None:
    for multi, name in ((False, "Toplam"), (True, "Taban")):
        table = a_table({"centre": 40, "surrounding": 12}, multi=multi)
        rows = _table(structure(render(a_report(tables=with_summary(table)), "pdf"))).rows()
        assert rows[-1][0] == name


def test_it_begins_with_sentences_of_shown_numbers() -> None:
    summary = a_summary(clients=26, applications=17, sessions=25, referrals=3, playroom_visits=6)
    text = _everything(structure(render(a_report(tables=[summary]), "pdf")))
    said = (
        "Ekim 2026 döneminde merkezden 26 kadın hizmet aldı, 17 başvuru alındı. "
        "Bu dönemde 25 görüşme ve 6 oyun odası ziyareti yapıldı. "
        "Kadınların tanınmaması için küçük sayılar * ile gösterilir (bkz. “Yöntem ve notlar”)."
    )
    assert said in text


@pytest.mark.parametrize(
    ("counts", "first"),
    [
        ({"clients": 26}, "Ekim 2026 döneminde merkezden 26 kadın hizmet aldı."),
        ({"clients": 3, "applications": 9}, "Ekim 2026 döneminde 9 başvuru alındı."),
        ({"sessions": 8}, "Bu dönemde 8 görüşme yapıldı."),
        ({}, ""),
    ],
)
def test_a_sentence_leaves_out_what_is_hidden_or_did_not_happen(
    counts: dict[str, int], first: str
) -> None:
    sentences = notes.opening(a_report(tables=[a_summary(**counts)]))
    assert (sentences or [""])[0] == first


def test_who_signs_has_the_notes_on_the_same_page(month: bytes) -> None:
    texts = [page.extract_text() for page in reader(month).pages]
    (signed,) = (text for text in texts if "Hazırlayan" in text)
    assert "Yöntem ve notlar" in signed


@pytest.mark.parametrize(
    ("centre", "head"),
    [
        (
            "Örnek Belediyesi Kadın ve Aile Hizmetleri Müdürlüğü Kadın Danışma Merkezi",
            ["Örnek Belediyesi", "Kadın ve Aile Hizmetleri Müdürlüğü", "Kadın Danışma Merkezi"],
        ),
        ("Örnek Belediyesi Kadın Danışma Merkezi", ["Örnek Belediyesi", "Kadın Danışma Merkezi"]),
        (
            "Örnek Belediyesi | Kadın Hizmetleri Müdürlüğü – Mor Kapı",
            ["Örnek Belediyesi", "Kadın Hizmetleri Müdürlüğü", "Mor Kapı"],
        ),
        ("Mor Kapı, Örnek İlçesi", ["Mor Kapı", "Örnek İlçesi"]),
        ("Belediyesi", ["Belediyesi"]),
        ("Kadın Danışma Merkezi", ["Kadın Danışma Merkezi"]),
    ],
)
def test_the_head_names_municipality_unit_and_centre(centre: str, head: list[str]) -> None:
    assert list(letterhead.lines(centre)) == head


@pytest.mark.parametrize("period", ["2026-10", "2026-Q3", "2026"])
def test_every_letter_has_its_shape_in_the_font(period: str) -> None:
    fonts.register()
    known = pdfmetrics.getFont(fonts.REGULAR).face.charToGlyph
    data = render(a_report(period, women=60, demo=True), "pdf")
    printed = set("".join(page.extract_text() for page in reader(data).pages)) - {"\n"}
    assert [letter for letter in printed | set("+–*%") if ord(letter) not in known] == []


def test_pages_are_numbered_and_say_what_they_belong_to(month: bytes) -> None:
    pages = artifacts(month)
    for number, text in enumerate(pages, start=1):
        assert f"Sayfa {number} / {len(pages)}" in text
        assert "Rapor no 2026/10-1" in text


def test_a_demo_has_a_mark_on_every_page_and_says_so_in_words() -> None:
    data = render(a_report(demo=True), "pdf")
    assert all("DENEME" in text for text in artifacts(data))
    assert "kişiler ve sayılar gerçek değildir" in _everything(structure(data))


def test_a_table_longer_than_a_page_goes_on_with_its_head_repeated() -> None:
    long = {f"code_{at}": 10 for at in range(120)}
    table = a_table(long)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kadin_danisma.reports.labels.category", lambda _dim, key: key)
        data = render(a_report(tables=with_summary(table)), "pdf")
    found = _table(structure(data))
    assert [row[0] for row in found.rows()[1:]] == [*long, "Toplam"]
    head = found.rows()[0][0]
    assert sum(head in text for text in artifacts(data)) >= 2


def test_the_outline_leads_to_every_table(month: bytes) -> None:
    titles = [node.text for node in structure(month).find("H2")]
    assert [entry.title for entry in reader(month).outline] == titles  # type: ignore[union-attr]


def _table(root: Node) -> Node:
    return root.find("Table")[-1]


def _everything(node: Node) -> str:
    return node.text + " ".join(_everything(kid) for kid in node.kids)


def test_parts_of_a_count_stand_further_in_than_the_count() -> None:
    edges = _left_edges(render(a_report(tables=[a_summary(clients=40)]), "pdf"))
    counts = {key: edges[category("count", key)] for key in SUMMARY}
    outer = {counts[key] for key in ("clients", "applications", "sessions", "playroom_visits")}
    inner = {
        counts[key]
        for key in ("clients_first", "clients_continuing", "playroom_children", "playroom_hours")
    }
    assert (len(outer), len(inner)) == (1, 1)
    assert inner.pop() > outer.pop()
    assert counts["training_participants"] > counts["trainings"]


def test_what_the_groups_shorten_is_spelled_out_and_only_that() -> None:
    told = notes.abbreviations([("Kurum", "Sağlık: İl Sağlık Müdürlüğü / ASM, KETEM.")])
    whole = "kanser erken teşhis, tarama ve eğitim merkezi"
    assert told == [f"Kısaltmalar: ASM: aile sağlığı merkezi; KETEM: {whole}."]
    assert notes.abbreviations([("Kanal", "Yazılı: E-posta.")]) == []
    assert "Kısaltmalar: " in _everything(structure(render(a_report(), "pdf")))


def _left_edges(data: bytes) -> dict[str, float]:
    """Where each text of the document begins; where it is there twice, the last one counts."""
    found: dict[str, float] = {}

    def note(text: str, _cm: object, tm: list[float], _font: object, _size: object) -> None:
        found[text.strip()] = round(tm[4], 1)

    for page in reader(data).pages:
        page.extract_text(visitor_text=note)
    return found


def test_a_word_is_not_broken_in_a_column_made_as_wide_as_it() -> None:
    fonts.register()
    for word in ("yönlendirmesi", "aracılığıyla", "görüşmeler"):
        for pad in (0.1, 1 / 3, 5.0):
            room = fonts.width_of(word, fonts.BOLD, 8) + 2 * pad - 2 * pad
            assert fonts.wrapped(word, fonts.BOLD, 8, room) == [word]
