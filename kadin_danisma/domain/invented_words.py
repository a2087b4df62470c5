"""What invented people are made of: names, sentences and shares. Nobody here exists.

The shares follow what İzmir's centre published for 2014 (domain.md 1.1); names are common ones put
together by chance, and every second one carries a letter that programs get wrong (ğ ı İ ş ç ö ü).
"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    "Işıl Ilgın İpek İrem İnci İlknur Şule Şebnem Şengül Gülşah Gülizar Güldane Tuğba Tuğçe Çiğdem "
    "Çağla Özlem Özge Öykü Ümmühan Ülkü Nurgül Nurşen Hacer Hatice Fatma Ayşe Ayşegül Emine Zehra "
    "Zeliha Sıdıka Kıymet Yağmur Yıldız Yeşim Nermin Nazlı Meltem Merve Melek Kübra Gamze Ebru "
    "Dilek Didem Derya Deniz Ceren Cansu Burcu Buse Bahar Aslı Aysel Asuman Altınay Sevgi Sevda "
    "Songül Suna Sakine Rukiye Reyhan Pınar Perihan Pembe Nesrin Necla Nilgün Müge Müjgan Leyla "
    "Lale Hülya Huriye Havva Gönül Filiz Feride Esra Elif Döndü Döne Binnaz Berfin Bedriye Arzu "
    "Rojda Zozan Hêvî Amina Rama Nour Samira Maryam Olga"
)
SURNAMES = _words(
    "Yılmaz Yıldırım Yıldız Işık Aydın Aydoğan Şahin Şimşek Şen Şengül Çelik Çetin Çağlayan Öztürk "
    "Özdemir Özkan Öğüt Ünal Üstün Doğan Erdoğan Güneş Gündoğdu Güler Kılıç Kırmızı Kaya Kara "
    "Karaca Demir Demirci Arslan Aslan Koç Kurt Polat Taş Tekin Toprak Turan Uçar Uysal Yaşar "
    "Yavuz Yüksel Zengin İnce İpekçi İlhan Iğdır Irmak Ilıca Ağaoğlu Bağcı Balcı Bozkurt Bulut "
    "Ceylan Coşkun Dağ Dinç Duman Ekinci Ergün Gök Gümüş Günay Kaplan Keskin Korkmaz Kuş Özer Sarı "
    "Sönmez Şanlı Tuğrul Tunç"
)
CHILDREN = _words(
    "Ecrin Zeynep Defne Asya Eylül Nehir Ela Öykü Nisa Işık İlayda Miray Yiğit Çınar Kuzey Ömer "
    "Eymen Emir Kağan Tuğra Ege Poyraz Doğa Deniz Umut Barış Şirin Gül"
)
COLLECTORS = ("anneanne", "teyze", "yalnız annesi", "dayı Umut", "abla")
MUST_NOT_KNOW = (
    "eşi", "eşi ve kayınvalidesi", "babası", "ağabeyi", "komşusu", "işyeri", "eşinin ailesi",
)  # fmt: skip
CALL_HOURS = (
    "10.00-12.00 arası", "14.00-16.00 arası", "hafta içi gündüz", "17.00'den önce",
    "cuma dışında",
)  # fmt: skip
SAFETY_NOTES = (
    "Telefon ortak kullanılıyor, kurum adı söylenmesin.",
    "Arayan numara görünmemeli.",
    "Önce kısa mesaj, sonra arama.",
    "Merkezin önünde beklenmesin; arka kapı kullanılıyor.",
    "Adres hiçbir kuruma verilmesin.",
)
NOTES = (
    "Süreç ve haklar anlatıldı, sorular yanıtlandı.",
    "Koruma kararı başvurusu konuşuldu; kararı kendisi verecek.",
    "Güvenlik planı gözden geçirildi.",
    "Adli yardım belgeleri listelendi, bir sonraki görüşmede tamamlanacak.",
    "Uyku ve kaygı konuşuldu, nefes çalışması yapıldı.",
    "Çocuğun okul durumu görüşüldü.",
    "İş başvurusu için öz geçmiş hazırlandı.",
    "Görüşme danışanın isteğiyle erken bitirildi.",
)
#: What somebody without a file called about; mostly nothing worth a sentence.
CALLS = (
    "", "Komşusu için aradı; nereye başvurabileceği anlatıldı.", "",
    "Nafaka davası için gereken belgeleri sordu.", "", "",
    "Kardeşi adına aradı, kendisinin araması istendi.", "", "Randevu saatlerini sordu.", "",
)  # fmt: skip
TOPICS = (
    "6284 sayılı Kanun", "Toplumsal cinsiyet eşitliği", "Dijital güvenlik",
    "Kadının insan hakları", "Şiddetle mücadelede başvuru yolları", "Ebeveynlik",
)  # fmt: skip
AUDIENCES = (
    "mahalle kadınları", "muhtarlar", "belediye personeli", "lise öğrencileri", "öğretmenler",
    "sağlık çalışanları",
)  # fmt: skip
#: Who holds a session: the title shown, by service; the last stands for all other services.
COUNSELLORS = {
    "legal": "Av. Derya A.",
    "psych": "Psk. Zeynep Ö.",
    "child": "Psk. Zeynep Ö.",
    "family": "Psk. Zeynep Ö.",
    "": "SHU Meryem T.",
}

LEGAL_STATUS = {
    "tr": 155, "temp_protection": 6, "intl_protection": 3, "residence": 3, "dual": 1,
    "undocumented": 1, "not_asked": 3, "unknown": 2,
}  # fmt: skip
MARITAL = {
    "married": 92, "single": 50, "separated": 9, "divorcing": 6, "divorced": 7,
    "religious_only": 4, "partner": 2, "engaged": 1, "widowed": 2, "not_asked": 3, "declined": 1,
}  # fmt: skip
EDUCATION = {
    "primary": 52, "upper_secondary": 36, "lower_secondary": 22, "bachelor": 17, "associate": 14,
    "illiterate": 9, "literate_no_school": 4, "postgraduate": 2, "not_asked": 12, "unknown": 3,
    "declined": 3,
}  # fmt: skip
EMPLOYMENT = {
    "homemaker": 75, "permanent": 33, "unemployed": 32, "student": 12, "temporary": 8,
    "retired": 3, "unable": 2, "self_employed": 2, "not_asked": 5, "declined": 1,
}  # fmt: skip
INCOME = {
    "none": 61, "mw_1_2": 34, "over_2mw": 25, "does_not_know": 14, "below_mw": 15, "not_asked": 14,
    "declined": 5, "unknown": 4,
}  # fmt: skip
SOCIAL_SECURITY = {
    "dependent": 54, "ssi_4a": 44, "none": 18, "gss": 16, "ssi_4b": 6, "ssi_4c": 5, "tp": 4,
    "not_asked": 18, "unknown": 9,
}  # fmt: skip
DISTRICT = {
    "konak": 36, "karabaglar": 30, "buca": 22, "bornova": 18, "bayrakli": 16, "karsiyaka": 14,
    "cigli": 9, "gaziemir": 6, "balcova": 5, "narlidere": 2, "menemen": 3, "torbali": 2,
    "seferihisar": 1, "kemalpasa": 1, "bergama": 1, "outside": 2, "not_asked": 3, "declined": 2,
}  # fmt: skip
HEARD_FROM = {
    "friend_neighbour": 56, "sonim": 46, "press_internet": 22, "other_kdm_ngo": 18, "police": 9,
    "health": 4, "municipality_unit": 4, "line_183": 3, "muhtar": 2, "bar": 2, "old_client": 3,
    "school": 1, "not_asked": 8, "other": 1,
}  # fmt: skip
YES_NO = {"yes": 58, "no": 14, "unknown": 6, "not_asked": 22}
CHANNEL = {
    "phone": 108, "walk_in": 48, "appointment": 16, "email": 8, "referral_in": 7, "web": 5,
    "letter": 2, "outreach": 1,
}  # fmt: skip
APPLICANT = {
    "self": 165, "relative": 10, "friend_neighbour": 7, "institution": 6, "lawyer": 2,
    "witness": 1, "professional": 2,
}  # fmt: skip
CONTACT_APPLICANT = {
    "self": 20, "researcher_press": 22, "third_party_enquiry": 16, "relative": 9,
    "friend_neighbour": 8, "institution": 6,
}  # fmt: skip
REASON = {
    "violence": 130, "legal_info": 60, "psych_support": 55, "economic_need": 42, "divorce": 38,
    "custody_alimony": 24, "shelter": 20, "employment": 14, "family_communication": 13,
    "information": 10, "health": 6, "parent_child": 6, "addiction": 4, "abuse_neglect": 3,
}  # fmt: skip
VIOLENCE = {
    "psychological": 110, "verbal": 60, "physical": 55, "economic": 45, "threat": 32,
    "stalking": 12, "digital": 11, "sexual": 8, "neglect": 7, "forced_marriage": 2, "risk_only": 4,
}  # fmt: skip
PERPETRATOR = {
    "husband": 60, "ex_husband": 19, "partner": 10, "father": 7, "ex_partner": 7, "brother": 5,
    "in_law": 5, "religious_husband": 4, "other_relative": 3, "fiance": 2, "son": 2, "mother": 1,
    "acquaintance": 2, "declined": 3, "unknown": 3,
}  # fmt: skip
SERVICE = {
    "legal": 70, "psych": 72, "social": 30, "family": 8, "safety_plan": 8, "shelter_intake": 5,
    "child": 5, "info": 5, "in_kind": 3, "job_support": 3, "accompaniment": 2,
}  # fmt: skip
SESSION_CHANNEL = {"appointment": 190, "phone": 80, "walk_in": 65, "outreach": 5, "web": 3}
OUTCOME = {
    "completed": 290, "no_show": 25, "cancelled_client": 15, "unreachable": 9,
    "cancelled_centre": 6, "unsafe_aborted": 2,
}  # fmt: skip
INSTITUTION = {
    "bar_legal_aid": 22, "sonim": 19, "police": 15, "shelter": 9, "health_dir": 8, "shm": 8,
    "bar_cmk": 6, "ashim": 4, "iskur": 5, "prosecutor": 4, "family_court": 3, "sydv": 4,
    "school_ram": 2, "ketem": 1, "goc": 1, "ngo": 2,
}  # fmt: skip
METHOD = {"letter": 30, "phone": 34, "accompanied": 8, "information": 30, "not_asked": 3}
ANSWER = {"accepted": 52, "client_declined": 11, "not_reached": 9, "rejected": 8, "unknown": 6}
