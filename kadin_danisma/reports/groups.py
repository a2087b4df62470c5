"""The fixed groups of published categories: which codes are counted together, and their names.

One group name always stands for the same codes, so that months, quarters and years stay
comparable, and is never the name of a code of its dimension (contract.md section 4).
"""

from dataclasses import dataclass
from functools import cache

from kadin_danisma.domain import codes
from kadin_danisma.i18n import current_language


@dataclass(frozen=True, slots=True)
class Group:
    """Codes of one dimension that are published as one category."""

    members: tuple[str, ...]
    tr: str
    en: str

    @property
    def label(self) -> str:
        """Return the label in the active language."""
        return self.tr if current_language() == "tr" else self.en


#: The name of the group of the three ways of not knowing, in every dimension that has them.
NO_ANSWER = "no_answer"
_NOT_KNOWN = Group(tuple(code.key for code in codes.NO_ANSWER), "Bilgi yok", "Not known")
_WITH_NO_ANSWER = (
    "channel", "applicant_role", "reason", "perpetrator_relation", "marital", "education",
    "employment", "heard_from", "service", "institution", "outcome",
)  # fmt: skip
#: {dimension: (name, codes, Turkish label, English label)}
_GROUPS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "channel": (
        ("in_person", "walk_in appointment",
         "Yüz yüze", "In person"),
        ("face_to_face", "walk_in appointment outreach",
         "Yüz yüze veya sahada", "In person or outreach"),
        ("written", "email letter web",
         "Yazılı", "Written"),
        ("written_or_sent", "email letter web referral_in",
         "Yazılı veya kurum aracılığıyla", "Written or sent"),
        ("remote", "phone email letter web referral_in",
         "Telefonla, yazılı veya kurum aracılığıyla", "By phone, in writing or sent"),
    ),
    "applicant_role": (
        ("close_person", "relative friend_neighbour witness",
         "Yakını, arkadaşı, komşusu veya tanık", "Relative, friend, neighbour or witness"),
        ("specialist", "lawyer professional institution",
         "Avukat, uzman veya kurum görevlisi", "Lawyer, specialist or officer"),
        ("enquirer", "third_party_enquiry researcher_press",
         "Bilgi isteyen üçüncü kişi, araştırmacı, basın", "Third person, researcher or press"),
    ),
    "reason": (
        ("divorce_custody", "divorce custody_alimony",
         "Boşanma, velayet, nafaka", "Divorce, custody or alimony"),
        ("family_relations", "family_communication parent_child",
         "Aile içi iletişim, ebeveyn-çocuk", "Relations in the family"),
        ("family_matters", "divorce custody_alimony family_communication parent_child",
         "Aile, boşanma, velayet, nafaka", "Family, divorce, custody or alimony"),
        ("livelihood", "economic_need employment shelter",
         "Geçim, iş, barınma", "Livelihood, work or housing"),
        ("health_addiction", "addiction health",
         "Sağlık, bağımlılık", "Health or addiction"),
        ("health_support", "addiction abuse_neglect health psych_support",
         "Sağlık, ruhsal destek, ihmal/istismar",
         "Health, psychological support, neglect or abuse"),
        ("information_law", "legal_info information",
         "Hukuki ve genel bilgi", "Legal and other information"),
        ("family_law",
         "divorce custody_alimony family_communication parent_child legal_info information",
         "Aile, boşanma, hukuki ve genel bilgi", "Family, divorce, legal and other information"),
        ("needs",
         "economic_need employment shelter addiction abuse_neglect health psych_support",
         "Geçim, barınma, sağlık ve destek", "Livelihood, housing, health or support"),
    ),
    "violence_type": (
        ("physical_sexual", "physical sexual",
         "Fiziksel veya cinsel", "Physical or sexual"),
        ("psychological_verbal", "psychological verbal",
         "Psikolojik veya sözlü", "Psychological or verbal"),
        ("psychological_any", "psychological verbal threat",
         "Psikolojik, sözlü veya tehdit", "Psychological, verbal or threat"),
        ("economic_neglect", "economic neglect",
         "Ekonomik veya ihmal", "Economic or neglect"),
        ("stalking_digital", "stalking digital",
         "Israrlı takip veya dijital", "Stalking or digital"),
        ("marriage_or_risk", "forced_marriage risk_only",
         "Zorla/erken evlilik veya şiddet tehlikesi", "Forced marriage or at risk"),
        ("physical_any", "physical sexual threat",
         "Fiziksel, cinsel veya tehdit", "Physical, sexual or threat"),
        ("other_violence", "economic neglect stalking digital forced_marriage risk_only",
         "Ekonomik, takip, dijital ve diğer türler", "Economic, stalking, digital or other"),
    ),
    "perpetrator_relation": (
        ("spouse", "husband religious_husband",
         "Eş (resmî veya imam nikâhlı)", "Husband (civil or religious)"),
        ("partner_any", "partner ex_partner fiance",
         "Sevgili, eski sevgili, nişanlı", "Partner, former partner or fiancé"),
        ("parent", "father mother stepparent",
         "Anne, baba, üvey ebeveyn", "Parent or step-parent"),
        ("family_other", "brother son in_law other_relative",
         "Ailenin diğer üyeleri", "Other members of the family"),
        ("outside_family", "employer_colleague acquaintance stranger",
         "Aile dışından biri", "Somebody outside the family"),
    ),
    "age_band": (
        ("to_29", "u18 18_29",
         "30 yaş altı", "Under 30"),
        ("from_40", "40_49 50_59 60p",
         "40 ve üzeri", "40 and over"),
        ("from_50", "50_59 60p",
         "50 ve üzeri", "50 and over"),
        ("from_40_or_unknown", "40_49 50_59 60p unknown",
         "40 ve üzeri veya bilinmiyor", "40 and over, or unknown"),
        ("to_5", "0_2 3_5",
         "0-5", "0-5"),
        ("from_6", "6_11 12_17",
         "6-17", "6-17"),
    ),
    "marital": (
        ("living_as_married", "married religious_only partner",
         "Evli veya birlikte yaşıyor", "Married or living together"),
        ("parting", "separated divorcing",
         "Ayrı yaşıyor veya boşanıyor", "Living apart or divorcing"),
        ("never_married", "single engaged",
         "Bekâr veya nişanlı", "Single or engaged"),
        ("formerly_married", "divorced widowed",
         "Boşanmış veya eşi vefat etmiş", "Divorced or widowed"),
        ("not_together",
         ("single engaged separated divorcing divorced widowed unknown not_asked declined"),
         "Bekâr, ayrı, boşanmış, eşi vefat etmiş veya bilinmiyor",
         "Single, apart, divorced, widowed or unknown"),
    ),
    "education": (
        ("no_school", "illiterate literate_no_school",
         "Okul bitirmemiş", "No school finished"),
        ("basic", "primary lower_secondary",
         "İlkokul veya ortaokul", "Primary or lower secondary"),
        ("higher", "associate bachelor postgraduate",
         "Yükseköğretim", "Higher education"),
        ("to_lower_secondary", "illiterate literate_no_school primary lower_secondary",
         "Ortaokul ve altı", "Up to lower secondary"),
        ("from_upper_or_unknown",
         "upper_secondary associate bachelor postgraduate unknown not_asked declined",
         "Lise ve üzeri veya bilinmiyor", "From upper secondary, or unknown"),
    ),
    "employment": (
        ("working", "permanent temporary self_employed",
         "Çalışıyor", "Working"),
        ("outside_work", "student retired unable",
         "Öğrenci, emekli veya çalışamaz durumda", "Student, retired or unable to work"),
        ("in_work_or_looking", "permanent temporary self_employed unemployed",
         "Çalışıyor veya iş arıyor", "Working or looking for work"),
        ("not_looking", "homemaker student retired unable unknown not_asked declined",
         "Çalışmıyor ve iş aramıyor veya bilinmiyor", "Neither working nor looking, or unknown"),
    ),
    "heard_from": (
        ("own_circle", "friend_neighbour old_client",
         "Çevresinden veya önceki başvurusundan", "Somebody she knows, or came before"),
        ("public_body", "police health muhtar municipality_unit school line_183",
         "Kamu kurumu (kolluk, sağlık, belediye…)", "Public body (police, health, municipality…)"),
        ("civil_society", "other_kdm_ngo bar",
         "Başka merkez, STK veya baro", "Other centre, NGO or bar"),
        ("institution_any",
         ("sonim other_kdm_ngo police health muhtar municipality_unit bar school line_183"),
         "Kamu kurumu, baro, başka merkez veya STK", "Public body, bar, other centre or NGO"),
        ("no_institution",
         "friend_neighbour press_internet old_client other unknown not_asked declined",
         "Çevresi, basın, önceki başvurusu, diğer veya bilinmiyor",
         "Somebody she knows, press, came before, other or unknown"),
    ),
    "residence": (
        ("outside_centre", "surrounding outside",
         "Çevre ilçeler veya İzmir dışı", "Surrounding districts or outside İzmir"),
        ("elsewhere_or_unknown", "surrounding outside unknown",
         "Çevre ilçeler, İzmir dışı veya bilinmiyor",
         "Surrounding districts, outside İzmir or unknown"),
    ),
    "service": (
        ("intake", "first_interview info",
         "Ön görüşme ve bilgilendirme", "First interview and information"),
        ("family_child", "family child",
         "Aile danışmanlığı, çocuk görüşmesi", "Family counselling, sessions with children"),
        ("psych_any", "psych family child",
         "Psikolojik, aile ve çocuk danışmanlığı", "Psychological, family and child"),
        ("practical", "accompaniment in_kind job_support interpreting",
         "Refakat, yardım, iş desteği, tercümanlık", "Practical support"),
        ("safety", "shelter_intake safety_plan",
         "Sığınmaevi değerlendirmesi, güvenlik planı", "Shelter assessment and safety plan"),
        ("group_work", "group training playroom",
         "Grup, eğitim, oyun odası", "Group, training and playroom"),
        ("social_any",
         ("social shelter_intake accompaniment in_kind job_support group training "
          "playroom interpreting safety_plan"),
         "Sosyal destek, sığınma, grup", "Social support, shelter and group"),
        ("counselling_any",
         ("legal psych social family child shelter_intake accompaniment in_kind job_support group "
          "training playroom interpreting safety_plan"),
         "Danışmanlık ve destek", "Counselling and support"),
    ),
    "institution": (
        ("emergency", "emg_112 kades police gendarmerie",
         "Acil çağrı ve kolluk", "Emergency and police"),
        ("social_services", "line_183 line_144 ashim shm sydv",
         "Sosyal hizmetler ve yardımlar", "Social services and aid"),
        ("justice", "prosecutor family_court civil_authority",
         "Adliye ve mülki amirlik", "Courts, prosecutor and governor"),
        ("bar_association", "bar_legal_aid bar_cmk",
         "İzmir Barosu", "İzmir bar"),
        ("health_care", "line_184 health_dir ketem amatem cematem cim",
         "Sağlık kuruluşları", "Health institutions"),
        ("public_office", "line_157 iskur sgk nvi goc school_ram",
         "Diğer kamu kurumları", "Other public bodies"),
        ("rights_ngo", "tihek kdk cimer ngo",
         "Hak arama kurumları ve STK", "Rights bodies and NGOs"),
        ("protection", "emg_112 kades sonim shelter police gendarmerie",
         "Koruma (kolluk, ŞÖNİM, sığınmaevi)", "Protection (police, ŞÖNİM, shelter)"),
        ("law", "prosecutor family_court civil_authority bar_legal_aid bar_cmk",
         "Hukuk (adliye, mülki amirlik, baro)", "Law (courts, governor, bar)"),
        ("protection_law",
         ("emg_112 kades sonim shelter police gendarmerie prosecutor family_court "
          "civil_authority bar_legal_aid bar_cmk"),
         "Koruma ve hukuk (kolluk, ŞÖNİM, sığınmaevi, adliye, baro)",
         "Protection and law (police, ŞÖNİM, shelter, courts, bar)"),
        ("support",
         ("line_183 line_144 line_184 line_157 ashim shm health_dir ketem amatem "
          "cematem cim iskur sydv sgk nvi goc school_ram tihek kdk cimer ngo"),
         "Destek (sosyal hizmet, sağlık, iş, STK)", "Support (social, health, work, NGO)"),
    ),
    "outcome": (
        ("not_accepted", "rejected client_declined not_reached",
         "Sonuç alınamadı", "Without result"),
        ("closed", "accepted rejected client_declined not_reached",
         "Sonuçlandı", "Closed"),
    ),
}  # fmt: skip


@cache
def all_groups() -> dict[tuple[str, str], Group]:
    """Return every group by its dimension and name."""
    found = {(dim, NO_ANSWER): _NOT_KNOWN for dim in _WITH_NO_ANSWER}
    for dim, entries in _GROUPS.items():
        for name, members, tr, en in entries:
            found[dim, name] = Group(tuple(members.split()), tr, en)
    return found
