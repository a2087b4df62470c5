"""İzmir's thirty districts, how reports group them, and the institutions women are sent to."""

from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.text import fold

CENTRAL = (
    "Balçova", "Bayraklı", "Bornova", "Buca", "Çiğli", "Gaziemir", "Güzelbahçe", "Karabağlar",
    "Karşıyaka", "Konak", "Narlıdere",
)  # fmt: skip
SURROUNDING = (
    "Aliağa", "Bayındır", "Bergama", "Beydağ", "Çeşme", "Dikili", "Foça", "Karaburun", "Kemalpaşa",
    "Kınık", "Kiraz", "Menderes", "Menemen", "Ödemiş", "Seferihisar", "Selçuk", "Tire", "Torbalı",
    "Urla",
)  # fmt: skip
OUTSIDE = "outside"


#: All districts in Turkish order: c before ç, ı before i (domain.md 6.4).
_IN_ORDER = (
    "Aliağa", "Balçova", "Bayındır", "Bayraklı", "Bergama", "Beydağ", "Bornova", "Buca", "Çeşme",
    "Çiğli", "Dikili", "Foça", "Gaziemir", "Güzelbahçe", "Karabağlar", "Karaburun", "Karşıyaka",
    "Kemalpaşa", "Kınık", "Kiraz", "Konak", "Menderes", "Menemen", "Narlıdere", "Ödemiş",
    "Seferihisar", "Selçuk", "Tire", "Torbalı", "Urla",
)  # fmt: skip
DISTRICT = CodeList(
    "district",
    (*((fold(name), name, name) for name in _IN_ORDER), (OUTSIDE, "İzmir dışı", "Outside İzmir")),
)
_GROUP = {fold(name): "centre" for name in CENTRAL} | {
    fold(name): "surrounding" for name in SURROUNDING
}


def residence_of(district: str) -> str:
    """Return the report group of a district: centre, surrounding, outside or unknown."""
    return OUTSIDE if district == OUTSIDE else _GROUP.get(district, "unknown")


#: Lines and institutions of domain.md section 4, in its order.
INSTITUTION = CodeList(
    "institution",
    (
        ("emg_112", "112 Acil Çağrı Merkezi", "112 emergency"),
        ("kades", "Kadın Destek Uygulaması (KADES)", "KADES (women's emergency app)"),
        ("line_183", "ALO 183 Sosyal Destek Hattı", "ALO 183 social support line"),
        ("line_144", "ALO 144 Sosyal Yardım Hattı", "ALO 144 social aid"),
        ("line_184", "SABİM 184", "184 SABİM (health line)"),
        ("line_157", "Yabancılar İletişim Merkezi (YİMER) 157", "YİMER 157 (foreigners)"),
        ("sonim", "İzmir ŞÖNİM", "İzmir ŞÖNİM"),
        ("ashim", "Aile ve Sosyal Hizmetler İl Müdürlüğü", "Provincial family and social services"),
        ("shm", "Sosyal Hizmet Merkezi", "Social service centre"),
        ("shelter", "Kadın konukevi / sığınmaevi", "Women's shelter"),
        (
            "police",
            "Emniyet (Aile İçi ve Kadına Karşı Şiddetle Mücadele Büro Amirliği)",
            "Police (bureau against violence to women)",
        ),
        ("gendarmerie", "Jandarma", "Gendarmerie"),
        ("prosecutor", "Cumhuriyet Başsavcılığı", "Public prosecutor"),
        ("family_court", "Aile Mahkemesi (yoksa Asliye Hukuk)", "Family court"),
        ("civil_authority", "Valilik/Kaymakamlık", "Governor or district governor"),
        ("bar_legal_aid", "İzmir Barosu Adli Yardım Bürosu", "İzmir bar, legal aid"),
        (
            "bar_cmk",
            "İzmir Barosu CMK Bürosu (zorunlu vekil)",
            "İzmir bar, appointed counsel (CMK)",
        ),
        ("health_dir", "İl Sağlık Müdürlüğü / hastane / ASM", "Health directorate or hospital"),
        ("ketem", "KETEM", "KETEM (cancer screening)"),
        ("amatem", "AMATEM", "AMATEM (adult addiction)"),
        ("cematem", "ÇEMATEM", "ÇEMATEM (child addiction)"),
        ("cim", "Çocuk İzlem Merkezi (ÇİM)", "Child monitoring centre"),
        ("iskur", "İŞKUR", "İŞKUR (employment)"),
        ("sydv", "Sosyal Yardımlaşma ve Dayanışma Vakfı (SYDV)", "SYDV (social aid foundation)"),
        ("sgk", "SGK", "SGK (social security)"),
        ("nvi", "Nüfus Müdürlüğü", "Population registry"),
        ("goc", "İl Göç İdaresi Müdürlüğü", "Migration office"),
        ("school_ram", "Millî Eğitim Müdürlüğü, okul, RAM", "School or guidance centre"),
        ("tihek", "TİHEK", "TİHEK (human rights)"),
        ("kdk", "Kamu Denetçiliği Kurumu", "Ombudsman"),
        ("cimer", "CİMER", "CİMER"),
        ("ngo", "Sivil toplum kuruluşu (STK)", "Non-governmental organisation"),
    ),
    former=(
        ("kades", "KADES (Kadın Acil Destek)"),
        ("line_144", "ALO 144 Sosyal Yardım"),
        ("line_184", "184 SABİM"),
        ("line_157", "YİMER 157"),
        ("sonim", "ŞÖNİM (İzmir)"),
        ("police", "Emniyet - Aile İçi ve Kadına Karşı Şiddetle Mücadele Büro Amirliği"),
        ("family_court", "Aile Mahkemesi"),
        ("bar_legal_aid", "İzmir Barosu Adli Yardım"),
        ("bar_cmk", "İzmir Barosu CMK"),
        ("cim", "Çocuk İzlem Merkezi"),
        ("sydv", "SYDV (kaymakamlık vakfı)"),
        ("goc", "İl Göç İdaresi"),
        ("school_ram", "MEM, okul, RAM"),
        ("ngo", "STK"),
    ),
)
