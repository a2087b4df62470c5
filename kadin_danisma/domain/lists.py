"""The code lists of the trade: keys of domain.md section 2, and the labels people read.

Labels may be bettered. What a label was called before stands under ``former`` for ever, because
workbooks filled in long ago carry it.
"""

from kadin_danisma.domain.codes import CodeList

CHANNEL = CodeList(
    "channel",
    (
        ("walk_in", "Yüz yüze (randevusuz)", "Walk-in"),
        ("appointment", "Yüz yüze (randevulu)", "By appointment"),
        ("phone", "Telefon", "Phone"),
        ("email", "E-posta", "E-mail"),
        ("letter", "Mektup/dilekçe", "Letter"),
        ("web", "İnternet/başvuru formu", "Web form"),
        ("referral_in", "Kurum yönlendirmesi", "Sent by an institution"),
        ("outreach", "Saha/etkinlik", "Outreach"),
    ),
)
APPLICANT_ROLE = CodeList(
    "applicant_role",
    (
        ("self", "Kendisi", "Herself"),
        ("relative", "Akraba", "Relative"),
        ("friend_neighbour", "Arkadaş/komşu", "Friend or neighbour"),
        ("lawyer", "Avukat", "Lawyer"),
        ("professional", "Psikolog/uzman", "Psychologist or specialist"),
        ("institution", "Kurum görevlisi", "Officer of an institution"),
        ("witness", "Tanık", "Witness"),
        (
            "third_party_enquiry",
            "Danışan hakkında bilgi isteyen üçüncü kişi",
            "Third person asking about a client",
        ),
        ("researcher_press", "Öğrenci/araştırmacı/basın", "Student, researcher or press"),
    ),
)
REASON = CodeList(
    "reason",
    (
        ("violence", "Şiddet", "Violence"),
        ("divorce", "Boşanma", "Divorce"),
        ("custody_alimony", "Velayet/nafaka", "Custody or alimony"),
        ("family_communication", "Aile içi iletişim", "Communication in the family"),
        ("parent_child", "Ebeveyn-çocuk sorunu", "Parent and child"),
        ("economic_need", "Ekonomik destek", "Economic support"),
        ("employment", "İş bulma", "Finding work"),
        ("shelter", "Sığınma/barınma", "Shelter or housing"),
        ("addiction", "Bağımlılık (kendisi/yakını)", "Addiction (own or of someone close)"),
        ("abuse_neglect", "İhmal/istismar", "Neglect or abuse"),
        ("health", "Sağlık", "Health"),
        ("legal_info", "Hukuki bilgi", "Legal information"),
        ("psych_support", "Psikolojik destek", "Psychological support"),
        ("information", "Bilgi alma", "Information"),
        ("other", "Diğer", "Other"),
    ),
)
VIOLENCE_TYPE = CodeList(
    "violence_type",
    (
        ("physical", "Fiziksel", "Physical"),
        ("psychological", "Psikolojik/duygusal", "Psychological or emotional"),
        ("verbal", "Sözlü", "Verbal"),
        ("sexual", "Cinsel", "Sexual"),
        ("economic", "Ekonomik", "Economic"),
        ("stalking", "Israrlı takip", "Stalking"),
        ("digital", "Dijital", "Digital"),
        ("neglect", "İhmal", "Neglect"),
        ("forced_marriage", "Zorla/erken evlilik", "Forced or early marriage"),
        ("threat", "Tehdit", "Threat"),
        ("risk_only", "Şiddete uğrama tehlikesi", "At risk of violence"),
        ("none", "Şiddet beyan edilmedi", "No violence reported"),
    ),
    former=(("none", "Şiddet yok"),),
)
#: The types that tell of violence: neither "none" nor a "no answer" value.
REAL_VIOLENCE = tuple(key for key in VIOLENCE_TYPE.real_keys if key != "none")
PERPETRATOR_RELATION = CodeList(
    "perpetrator_relation",
    (
        ("husband", "Resmî nikâhlı eş", "Husband"),
        ("religious_husband", "İmam nikâhlı eş", "Husband by religious marriage only"),
        ("ex_husband", "Eski eş", "Former husband"),
        ("partner", "Birlikte olduğu kişi/sevgili", "Partner"),
        ("ex_partner", "Eski sevgili", "Former partner"),
        ("fiance", "Nişanlı/eski nişanlı", "Fiancé or former fiancé"),
        ("father", "Baba", "Father"),
        ("mother", "Anne", "Mother"),
        ("stepparent", "Üvey ebeveyn", "Step-parent"),
        ("brother", "Erkek kardeş/ağabey", "Brother"),
        ("son", "Oğul", "Son"),
        ("in_law", "Eşin ailesi", "Husband's family"),
        ("other_relative", "Diğer akraba", "Other relative"),
        ("employer_colleague", "İşveren/iş arkadaşı", "Employer or colleague"),
        ("acquaintance", "Tanıdık/komşu", "Acquaintance or neighbour"),
        ("stranger", "Tanımadığı kişi", "Stranger"),
    ),
)
MARITAL = CodeList(
    "marital",
    (
        ("married", "Evli (resmî nikâhlı)", "Married"),
        ("religious_only", "Yalnız imam nikâhlı", "Religious marriage only"),
        ("single", "Bekâr (hiç evlenmemiş)", "Single (never married)"),
        ("engaged", "Nişanlı", "Engaged"),
        ("partner", "Birlikte yaşıyor", "Living together"),
        ("separated", "Evli, ayrı yaşıyor", "Married, living apart"),
        ("divorcing", "Boşanma davası sürüyor", "Divorce in court"),
        ("divorced", "Boşanmış", "Divorced"),
        ("widowed", "Eşi vefat etmiş", "Widowed"),
    ),
    former=(("widowed", "Eşi ölmüş"),),
)
EDUCATION = CodeList(
    "education",
    (
        ("illiterate", "Okuryazar değil", "Cannot read or write"),
        ("literate_no_school", "Okuryazar (okul bitirmemiş)", "Literate, no school finished"),
        ("primary", "İlkokul", "Primary school"),
        ("lower_secondary", "Ortaokul/ilköğretim", "Lower secondary school"),
        ("upper_secondary", "Lise", "Upper secondary school"),
        ("associate", "Ön lisans", "Associate degree"),
        ("bachelor", "Lisans", "Bachelor's degree"),
        ("postgraduate", "Lisansüstü", "Postgraduate degree"),
    ),
)
EMPLOYMENT = CodeList(
    "employment",
    (
        ("permanent", "Sürekli işte", "Permanent job"),
        ("temporary", "Geçici/güvencesiz işte", "Temporary or insecure job"),
        ("self_employed", "Kendi hesabına", "Self-employed"),
        ("unemployed", "İşsiz, iş arıyor", "Unemployed, looking for work"),
        ("homemaker", "Ev işleriyle meşgul", "Homemaker"),
        ("student", "Öğrenci", "Student"),
        ("retired", "Emekli", "Retired"),
        ("unable", "Çalışamaz durumda", "Unable to work"),
    ),
)
INCOME = CodeList(
    "income",
    (
        ("none", "Geliri yok", "No income"),
        ("below_mw", "Net asgari ücretin altı", "Below the net minimum wage"),
        ("mw_1_2", "1-2 asgari ücret", "1-2 minimum wages"),
        ("over_2mw", "2 asgari ücretten çok", "More than 2 minimum wages"),
        ("does_not_know", "Hane gelirini bilmiyor", "Does not know the household's income"),
    ),
)
SOCIAL_SECURITY = CodeList(
    "social_security",
    (
        ("ssi_4a", "SGK 4/a (işçi)", "SGK 4/a (employee)"),
        ("ssi_4b", "SGK 4/b (Bağ-Kur)", "SGK 4/b (self-employed)"),
        ("ssi_4c", "SGK 4/c (memur)", "SGK 4/c (civil servant)"),
        ("dependent", "Eş/anne-baba üzerinden", "Through husband or parents"),
        ("gss", "GSS (primini devlet ödüyor)", "General health insurance (paid by the state)"),
        ("none", "Yok", "None"),
        ("tp", "Geçici koruma kapsamında", "Under temporary protection"),
    ),
    former=(
        ("ssi_4a", "SGK 4/a"),
        ("ssi_4b", "4/b (Bağ-Kur)"),
        ("ssi_4c", "4/c"),
        ("gss", "GSS (gelir testi/prim devlet)"),
    ),
)
LEGAL_STATUS = CodeList(
    "legal_status",
    (
        ("tr", "T.C. vatandaşı", "Citizen of Türkiye"),
        ("dual", "Çifte vatandaş", "Dual citizen"),
        ("residence", "İkamet izinli yabancı", "Foreigner with residence permit"),
        ("temp_protection", "Geçici koruma", "Temporary protection"),
        (
            "intl_protection",
            "Uluslararası koruma (başvuru veya statü sahibi)",
            "International protection (applied or granted)",
        ),
        ("undocumented", "Kimlik/ikamet belgesi yok", "No identity or residence papers"),
        ("stateless", "Vatansız", "Stateless"),
    ),
    former=(
        ("tr", "T.C."),
        ("dual", "Çifte"),
        ("intl_protection", "Uluslararası koruma başvuru/statü"),
        ("undocumented", "Belgesiz"),
    ),
)
HEARD_FROM = CodeList(
    "heard_from",
    (
        ("friend_neighbour", "Komşu/arkadaş", "Neighbour or friend"),
        ("press_internet", "Basın/internet", "Press or internet"),
        ("sonim", "ŞÖNİM", "ŞÖNİM"),
        ("other_kdm_ngo", "Diğer KDM/STK", "Other centre or NGO"),
        ("police", "Kolluk", "Police or gendarmerie"),
        ("health", "Sağlık kuruluşu", "Health institution"),
        ("muhtar", "Muhtar", "Muhtar"),
        ("municipality_unit", "Belediye birimi", "Unit of the municipality"),
        ("bar", "Baro", "Bar association"),
        ("school", "Okul", "School"),
        ("line_183", "ALO 183", "ALO 183"),
        ("old_client", "Daha önce başvurmuş", "Came before"),
        ("other", "Diğer", "Other"),
    ),
)
SERVICE = CodeList(
    "service",
    (
        ("first_interview", "Ön görüşme", "First interview"),
        ("legal", "Hukuki danışmanlık", "Legal counselling"),
        ("psych", "Psikolojik danışmanlık", "Psychological counselling"),
        ("social", "Sosyal hizmet danışmanlığı", "Social work counselling"),
        ("family", "Aile danışmanlığı", "Family counselling"),
        ("child", "Çocuk/ergen görüşmesi", "Session with a child or adolescent"),
        ("info", "Bilgilendirme", "Information"),
        ("shelter_intake", "Sığınmaevi değerlendirmesi", "Assessment for the shelter"),
        ("accompaniment", "Refakat", "Accompaniment"),
        ("in_kind", "Ayni/nakdi yardım", "Aid in kind or cash"),
        ("job_support", "İş/meslek desteği", "Support for work or vocation"),
        ("group", "Grup/atölye", "Group or workshop"),
        ("training", "Eğitim/seminer", "Training or seminar"),
        ("playroom", "Oyun odası", "Playroom"),
        ("interpreting", "Tercümanlık", "Interpreting"),
        ("safety_plan", "Güvenlik planı", "Safety plan"),
    ),
    former=(("interpreting", "Tercüme"),),
)
CONTACT_OUTCOME = CodeList(
    "contact_outcome",
    (
        ("completed", "Tamamlandı", "Completed"),
        ("no_show", "Gelmedi", "Did not come"),
        ("cancelled_client", "Danışan iptal etti", "Cancelled by the client"),
        ("cancelled_centre", "Merkez iptal etti", "Cancelled by the centre"),
        ("unreachable", "Ulaşılamadı", "Could not be reached"),
        ("unsafe_aborted", "Güvenli olmadığı için kesildi", "Broken off because it was not safe"),
    ),
)
REFERRAL_OUTCOME = CodeList(
    "referral_outcome",
    (
        ("accepted", "Kabul edildi", "Accepted"),
        ("rejected", "Reddedildi", "Rejected"),
        ("waiting", "Yanıt bekleniyor", "Waiting for an answer"),
        ("client_declined", "Danışan istemedi", "Client did not want it"),
        ("not_reached", "Kuruma gidemedi", "Did not get there"),
        ("unknown", "Bilinmiyor", "Unknown"),
    ),
    former=(("not_reached", "Ulaşamadı"),),
)
YES_NO_UNKNOWN = CodeList(
    "yes_no_unknown",
    (("yes", "Evet", "Yes"), ("no", "Hayır", "No"), ("unknown", "Bilinmiyor", "Unknown")),
)
SEX = CodeList(
    "sex",
    (("girl", "Kız", "Girl"), ("boy", "Erkek", "Boy"), ("unknown", "Bilinmiyor", "Unknown")),
)
REFERRAL_METHOD = CodeList(
    "referral_method",
    (
        ("letter", "Resmî yazı", "Letter"),
        ("phone", "Telefon", "Phone"),
        ("accompanied", "Refakatle", "Accompanied"),
        ("information", "Bilgi verildi", "Information given"),
        ("legal_notice", "Yasal bildirim", "Notice by law"),
    ),
)
#: The words of workbooks for the same keys, which the contract fixes (contract-casework.md 8).
REFERRAL_METHOD_WORDS = CodeList(
    "referral_method",
    (
        ("letter", "Yazı", "Letter"),
        ("phone", "Telefon", "Phone"),
        ("accompanied", "Refakat", "Accompanied"),
        ("information", "Bilgi", "Information given"),
        ("legal_notice", "Yasal bildirim", "Notice by law"),
    ),
)
AGE_BAND = CodeList(
    "age_band",
    (
        ("u18", "18 yaş altı", "Under 18"),
        ("18_29", "18-29", "18-29"),
        ("30_39", "30-39", "30-39"),
        ("40_49", "40-49", "40-49"),
        ("50_59", "50-59", "50-59"),
        ("60p", "60 ve üzeri", "60 and over"),
        ("unknown", "Bilinmiyor", "Unknown"),
    ),
    no_answer=False,
)
CHILD_AGE_BAND = CodeList(
    "age_band",
    (
        ("0_2", "0-2", "0-2"),
        ("3_5", "3-5", "3-5"),
        ("6_11", "6-11", "6-11"),
        ("12_17", "12-17", "12-17"),
        ("unknown", "Bilinmiyor", "Unknown"),
    ),
    no_answer=False,
)
RESIDENCE = CodeList(
    "residence",
    (
        ("centre", "Merkez ilçeler", "Central districts"),
        ("surrounding", "Çevre ilçeler", "Surrounding districts"),
        ("outside", "İzmir dışı", "Outside İzmir"),
        ("unknown", "Bilinmiyor", "Unknown"),
    ),
    no_answer=False,
)
