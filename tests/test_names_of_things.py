"""One name a thing: what the catalogue says of log, sign-in, circle, vault and the rest."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kadin_danisma.domain.text import fold
from tools import translations

#: Other names for what has one, and words nobody says, folded; after them what is said instead.
NOT_IN_TURKISH = {
    r"gunlu(gu|kte|ge)\w*|islem gunlu|kayit defter": "işlem kaydı",
    r"oturum": "giriş yap",
    r"cember|halka\b|cevres(inde|inden|ini|ine)|cevrede\w+|cevreden": "dosya ekibi",
    r"merkezin dosyasi|kilit kutu|kasa dosyalari": "kasa",
    r"muhru kir|zorunlu erisim|kirik cam": "acil erişim",
    r"iceri al|iceriye al": "onaylamak",
    r"elden ver": "rapor dışında verilen sayı",
    r"zincir": "denetim kodu",
    r"\bcapa|\.anchor\) ozet|ozeti \(": "denetim dosyası",
    r"disiplin": "meslek alanı",
    r"dondur|bayti": "kesinleşmek",
    r"\bkaba\b": "geniş gruplar",
    r"calisma kitab|\bkitap|\bkitab": "Excel dosyası",
    r"tanitim|uydurma": "deneme, gerçek değil",
    r"kelime": "sözcük",
    r"\bumut": "güvenmeyin",
    r"\bgunlu\b": "tarihli",
    r"\bobur|\boteki": "diğer",
    r"\bdosyaya bak|\bkim bakti": "görüntülemek",
}
#: Phrases that are no English of today.
NOT_IN_ENGLISH = (
    r"\b(whoever|whomever|whence|therein)\b",
    r"\b(stands|stood)\b(?! for)",
    r"\bstand (here|there|in|open)\b",
    r"\b(lies|lay)\b",
    r"\b(reports?|what|those|that|none) (that )?left\b",
    r"\b(is|are|was|were|not) (to be )?let in\b|\blet (her|him|them) in\b",
    r"\b(is|are|be) told (freely|by)\b",
    r"\bbeside (the numbers|everything that|unknown)\b",
    r"\bfile of (the|a) centre\b",
    r"\b(broke|break) the (glass|seal)\b",
    r"\bin force\b",
    r"\bpassed over\b",
    r"\bfinely\b|\ba hope\b|\bwin back\b|\bby hand …",
    r"\bshall\b",
)
#: What has to be said where the English says it.
SAID_FOR = (
    (r"\blog\b", r"islem kayd|bu kayittaki|butun kayd"),
    (r"\bsign(s|ed)? in\b|\bsign-in\b", r"giris|girer|kapatilmadan"),
    (r"\bcircles?\b", r"ekib|ekip"),
    (r"\bvaults?\b", r"kasa"),
    (r"\bthe safe\b", r"celik kasa"),
)
Said = tuple[str, str]


def _catalogue(apart: Path) -> list[Said]:
    """Every text of the program but the code of conduct, which has a wording of its own.

    Args:
        apart: An empty folder.
    """
    shutil.copy(translations.SOURCES / "domain" / "conduct.py", apart)
    own = set(translations.extract_keys(apart))
    found = translations.messages_of(translations.read()).items()
    return [
        (form, translations.translation(message))
        for key, message in found
        if key not in own
        for form in ([key[1]] if isinstance(key[1], str) else key[1])
    ]


def offences(texts: list[Said]) -> Iterator[str]:
    """Tell every text that calls a thing otherwise than the rest does."""
    for english, turkish in texts:
        folded = fold(turkish)
        for pattern, better in NOT_IN_TURKISH.items():
            if re.search(pattern, folded):
                yield f"{turkish!r}: say {better}"
        for pattern in NOT_IN_ENGLISH:
            if found := re.search(pattern, english, re.IGNORECASE):
                yield f"{english!r}: {found.group()!r}"
        for named, wanted in SAID_FOR:
            if re.search(named, english, re.IGNORECASE) and not re.search(wanted, folded):
                yield f"{turkish!r} for {english!r}"
        if "celik kasa" in folded and "the safe" not in english.lower():
            yield f"{turkish!r}: a vault of the program is no steel safe"


def test_every_text_calls_a_thing_by_its_one_name(tmp_path: Path) -> None:
    assert list(offences(_catalogue(tmp_path))) == []


@pytest.mark.parametrize(
    ("english", "turkish"),
    [
        ("This is logged.", "Bu, günlüğe yazılır."),
        ("The log was exported.", "Günlük dışa aktarıldı."),
        ("Please sign in once.", "Lütfen bir kez oturum açın."),
        ("Change who has access", "Çevredekileri değiştir"),
        ("The circle of this file", "Bu dosyanın çevresi"),
        ("Keep it in the safe.", "Kasada saklayın."),
        ("Create the vault", "Çelik kasayı oluştur"),
        ("Create the vault", "Merkezin dosyasını oluştur"),
        ("Approve an account", "Bir kişiyi İÇERİ AL"),
        ("Choose a workbook", "Çalışma kitabı seç"),
        ("DEMO", "TANITIM"),
        ("Whoever finds it can open everything.", "Bulan herkes her şeyi açabilir."),
        ("Every correction stands here.", "Her düzeltme burada listelenir."),
        ("It was not done; she was not let in.", "Hesap onaylanmadı."),
        ("Reports that left before", "Daha önce yayımlanan raporlar"),
        ("Break the seal", "Acil erişim"),
    ],
)
def test_another_name_is_found(english: str, turkish: str) -> None:
    assert list(offences([(english, turkish)])) != []


def test_what_is_no_other_name_is_left_alone() -> None:
    texts = [
        ("The daily program of a women's counselling centre.", "… günlük programı."),
        ("What was saved before is safe.", "Daha önce kaydedilenler güvende."),
        ("One sheet: with the manager, in the safe.", "Müdürde, çelik kasada."),
        ("The check code stands for the whole log.", "Denetim kodu işlem kaydını temsil eder."),
    ]
    assert list(offences(texts)) == []
