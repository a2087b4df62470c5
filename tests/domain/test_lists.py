"""Code lists: every spelling leads to one key, and what was once a label is read for ever."""

import pytest

from kadin_danisma.domain import lists, places
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.text import fold
from kadin_danisma.domain.withdrawal import WITHDRAWAL_REASON
from kadin_danisma.exchange.columns import SHEETS

LISTS = [
    each
    for module in (lists, places)
    for each in vars(module).values()
    if isinstance(each, CodeList)
] + [WITHDRAWAL_REASON]
WITH_FORMER = [each for each in LISTS if each.former]
#: Labels of the first workbooks, written down here so that nobody bends the table to the test.
FIRST_LABELS = {
    "violence_type": [("Şiddet yok", "none")],
    "referral_outcome": [("Ulaşamadı", "not_reached")],
    "marital": [("Eşi ölmüş", "widowed")],
    "social_security": [
        ("SGK 4/a", "ssi_4a"),
        ("4/b (Bağ-Kur)", "ssi_4b"),
        ("4/c", "ssi_4c"),
        ("GSS (gelir testi/prim devlet)", "gss"),
    ],
    "legal_status": [
        ("T.C.", "tr"),
        ("Çifte", "dual"),
        ("Uluslararası koruma başvuru/statü", "intl_protection"),
        ("Belgesiz", "undocumented"),
    ],
    "service": [("Tercüme", "interpreting")],
    "institution": [
        ("KADES (Kadın Acil Destek)", "kades"),
        ("ALO 144 Sosyal Yardım", "line_144"),
        ("184 SABİM", "line_184"),
        ("YİMER 157", "line_157"),
        ("ŞÖNİM (İzmir)", "sonim"),
        ("Emniyet - Aile İçi ve Kadına Karşı Şiddetle Mücadele Büro Amirliği", "police"),
        ("Aile Mahkemesi", "family_court"),
        ("İzmir Barosu Adli Yardım", "bar_legal_aid"),
        ("İzmir Barosu CMK", "bar_cmk"),
        ("Çocuk İzlem Merkezi", "cim"),
        ("SYDV (kaymakamlık vakfı)", "sydv"),
        ("İl Göç İdaresi", "goc"),
        ("MEM, okul, RAM", "school_ram"),
        ("STK", "ngo"),
    ],
}


@pytest.mark.parametrize("codes", LISTS, ids=lambda each: each.name)
def test_no_spelling_of_a_list_stands_for_two_keys(codes: CodeList) -> None:
    spellings = [(fold(code.tr), code.key) for code in codes]
    spellings += [(fold(code.key), code.key) for code in codes]
    spellings += [(fold(label), key) for key, label in codes.former]

    assert len(dict(spellings)) == len(set(spellings))
    assert len({fold(code.tr) for code in codes}) == len(codes.codes)


@pytest.mark.parametrize("codes", WITH_FORMER, ids=lambda each: each.name)
def test_a_former_label_is_of_the_list_and_is_written_no_more(codes: CodeList) -> None:
    written = {fold(code.tr) for code in codes}

    for key, label in codes.former:
        assert key in codes
        assert codes.find(label) == codes.find(label.upper()) == key
        assert fold(label) not in written


def test_no_label_holds_the_sign_that_parts_several_answers() -> None:
    labels = [code.tr for each in LISTS for code in each]
    labels += [label for each in LISTS for _key, label in each.former]

    assert [label for label in labels if ";" in label] == []


def test_the_labels_of_the_first_workbooks_are_all_remembered() -> None:
    assert {each.name: set(each.former) for each in WITH_FORMER} == {
        name: {(key, label) for label, key in pairs} for name, pairs in FIRST_LABELS.items()
    }


def test_every_list_with_former_labels_is_one_that_workbooks_hold() -> None:
    read = {column.codes for sheet in SHEETS for column in sheet.columns}

    assert set(WITH_FORMER) <= read


def test_the_window_names_methods_better_and_workbooks_keep_their_words() -> None:
    words = lists.REFERRAL_METHOD_WORDS

    assert words.keys == lists.REFERRAL_METHOD.keys
    assert [code.tr for code in words][:5] == [
        "Yazı", "Telefon", "Refakat", "Bilgi", "Yasal bildirim",
    ]  # fmt: skip
    assert [code.tr for code in lists.REFERRAL_METHOD][:4] == [
        "Resmî yazı", "Telefon", "Refakatle", "Bilgi verildi",
    ]  # fmt: skip
