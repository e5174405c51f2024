"""Whether a number is a day of a month, and so no label: months' names in many languages."""

import re

_TABLE = """
    abe abendua abr abril abu abuztua ago agost agosto agu agustus aib aibreán août api apirila
    apr april aprile aprilie aprill apríl apríla aprīlis ara aralık aug august augusta augusti
    augusts augustus augusztus avg avgust avr avril aza azaroa ağu ağustos bal balandis balandžio
    beal bealtaine birž birželio birželis bře březen března cze czerwca czerwiec dec decembar
    december decembra decembrie decembris des desember desembre dets detsember dez dezember
    dezembro dfómh dhj dhjetor dic dicembre diciembre dub duben dubna déc décembre d’abr d’abril
    d’ag d’agost d’oct d’octubre ean eanáir eka ekaina eki ekim elo elokuu elokuuta ene enero eyl
    eylül feabh feabhra feb febbraio febr febrer febrero februar februari februarie february
    február februára februāris febrúar fev fevereiro févr février geg gegužė gegužės gen gener
    gennaio giu giugno gru grudnia grudzień gruod gruodis gruodžio gush gusht haz haziran heinä
    heinäkuu heinäkuuta helmi helmikuu helmikuuta huhti huhtikuu huhtikuuta ian ianuarie ira
    iraila iul iulie iun iunie iúil jaan jaanuar jan janar janeiro januar januari january január
    januára janv janvier janvāris janúar joulu joulukuu joulukuuta juil juillet juin jul julho
    juli julij julio juliol july jun june junho juni junij junio juny juuli juuni júl júla július
    júlí jún júna június júní jūl jūlijs jūn jūnijs kas kasım kesä kesäkuu kesäkuuta kol kolovoz
    kolovoza korr korrik kov kovas kovo kvě květen května kwi kwiecień kwietnia lapkr lapkritis
    lapkričio led leden ledna liep liepa liepos lip lipanj lipca lipiec lipnja lis listopad
    listopada listopadu loka lokakuu lokakuuta lug luglio lut lutego luty lún lúnasa maalis
    maaliskuu maaliskuuta maart mag maggio mai maiatza maig maijs maio maj maja mar marca march
    marec maret marras marraskuu marraskuuta mars mart martie marts martxoa marzec marzo març
    março may mayo mayıs maí mei meith meitheamh mfómh mrt máj mája május márc március márta mär
    märts märz nis nisan noiembrie noll nollaig nov novembar november novembra novembre novembris
    novembro noviembre nën nëntor nóv nóvember oca ocak oct october octobre octombrie octubre okt
    oktobar oktober oktobris oktoober október októbra ots otsaila ott ottobre out outubro ožu
    ožujak ožujka paź październik października pri prill pro prosinac prosinca prosince prosinec
    qer qershor rugp rugpjūtis rugpjūčio rugs rugsėjis rugsėjo ruj rujan rujna samh samhain saus
    sausio sausis sep sept septembar september septembra septembre septembrie septembris
    septiembre set setembre setembro settembre shk shkurt sht shtator sie sierpień sierpnia sij
    siječanj siječnja spal spalio spalis srp srpanj srpen srpna srpnja stu studeni studenoga sty
    styczeń stycznia svi svibanj svibnja syys syyskuu syyskuuta szept szeptember tammi tammikuu
    tammikuuta tem temmuz tet tetor thg tháng touko toukokuu toukokuuta tra travanj travnja urr
    urria urt urtarrila uzt uztaila vas vasario vasaris veebr veebruar velj veljača veljače wrz
    wrzesień września zář září ágú ágúst ápr április úno únor února červen července červenec
    června čvc čvn říj říjen října şub şubat απρ απρίλιοσ απριλίου αυγ αυγούστου αύγ αύγουστοσ δεκ
    δεκέμβριοσ δεκεμβρίου ιαν ιανουάριοσ ιανουαρίου ιουλ ιουλίου ιουν ιουνίου ιούλ ιούλιοσ ιούν
    ιούνιοσ μάι μάιοσ μάρ μάρτιοσ μαΐ μαΐου μαρ μαρτίου νοέ νοέμβριοσ νοε νοεμβρίου οκτ
    οκτωβρίου οκτώβριοσ σεπ σεπτέμβριοσ σεπτεμβρίου φεβ φεβρουάριοσ φεβρουαρίου авг август августа
    апр апрель апреля април бер березень березня вер верасень верасня вересень вересня груд
    грудень грудня дек декабрь декабря декември дец децембар жні жнівень жніўня жовт жовтень
    жовтня июл июль июля июн июнь июня кас кастрычнік кастрычніка квіт квітень квітня кра красавік
    красавіка лип липень липня лист листопад листопада лют лютага лютий лютого люты ліп ліпень
    ліпеня ліс лістапад лістапада май мар март марта мая мај нов новембар ное ноември нояб ноябрь
    ноября окт октобар октомври октябрь октября сак сакавік сакавіка сент сентябрь сентября сеп
    септембар септември серп серпень серпня сне снежань снежня сту студзень студзеня січ січень
    січня трав травень травня феб фебруар фев февр февраль февраля февруари черв червень червня
    чэр чэрвень чэрвеня юли юни янв январь января яну януари јан јануар јануари јул јули јун јуни
    ապր ապրիլ ապրիլի դեկ դեկտեմբեր դեկտեմբերի հլս հնս հնվ հոկ հոկտեմբեր հոկտեմբերի հուլիս հուլիսի
    հունիս հունիսի հունվար հունվարի մայիս մայիսի մարտ մարտի մյս մրտ նոյ նոյեմբեր նոյեմբերի սեպ
    սեպտեմբեր սեպտեմբերի փետրվար փետրվարի փտվ օգոստոս օգոստոսի օգս אַפּר אַפּריל אוגוסט אוג׳ אויג
    אויגוסט אוקטובר אוק׳ אפריל אפר׳ אקט אקטאבער דעצ דעצעמבער דצמבר דצמ׳ יאַנ יאַנואַר יולי יוני
    ינואר ינו׳ מאי מיי מערץ מרץ נאוו נאוועמבער נובמבר נוב׳ סעפּ סעפּטעמבער ספטמבר ספט׳ פֿעב
    פֿעברואַר פברואר פבר׳ آوریل أبريل أغسطس أكتوبر اوت اپریل اکتبر اکتوبر اگست جنوری جولائی جون
    دسامبر دسمبر ديسمبر سبتمبر ستمبر سپتامبر فبراير فروری فوریه مئی مارس مارچ مايو نوامبر نوفمبر
    نومبر يناير يوليو يونيو ژانویه ژوئن ژوئیه अक्टूबर अक्टू॰ अक्टोबर अगस्ट अगस्त अग॰ अप्रिल अप्रैल
    जनवरी जन॰ जुन जुलाई जुल॰ जून डिसेम्बर दिसंबर दिस॰ नवंबर नव॰ नोभेम्बर फ़रवरी फ़र॰ फेब्रुअरी
    मार्च सितंबर सित॰ सेप्टेम्बर அக் அக்டோபர் ஆகஸ்ட் ஏப் ஏப்ரல் செப் செப்டம்பர் ஜனவரி ஜூன் ஜூலை
    டிச டிசம்பர் நவம்பர் பிப் பிப்ரவரி மார் மார்ச் ก.ค ก.พ ก.ย กรกฎาคม กันยายน กุมภาพันธ์ ต.ค
    ตุลาคม ธ.ค ธันวาคม พ.ค พ.ย พฤศจิกายน พฤษภาคม ม.ค มกราคม มิ.ย มิถุนายน มี.ค มีนาคม ส.ค สิงหาคม
    เม.ย เมษายน აგვ აგვისტო აპრ აპრილი დეკ დეკემბერი თებ თებერვალი იან იანვარი ივლ ივლისი ივნ
    ივნისი მაი მაისი მარ მარტი ნოე ნოემბერი ოქტ ოქტომბერი სექ სექტემბერი
    मई मे மே
"""
_NAMES = frozenset(_TABLE.split())
_NEXT = re.compile(r"\s*(?:de\s+)?(?P<name>[^\s\d.,;:()]{2,16})\.?(?P<rest>.*)", re.DOTALL)
_YEAR_OR_END = re.compile(r"\W*(?:$|(?:de[l]?\s+)?\d{4}\b|\d\d\b)")
_NUMERIC = re.compile(r"\s*\d{1,2}\s?\.\s?\d{2,4}\b|\s*[IVX]{1,4}\.\s?\d{4}\b")
_LETTER = re.compile(r"[^\W\d_]")
_SURE = 4  # letters of a name that is a month without a year behind it, too
_OTHER_WORDS = frozenset(("march", "mars"))


def is_day(number: str, after: str) -> bool:
    """Whether `number`, its dot and `after` are a date: "5." and "März 2019" or "8. 2020"."""
    if not number.isdecimal() or not 0 < int(number) <= 31:  # noqa: PLR2004 (days of a month)
        return False
    if not _LETTER.match(after.lstrip()[:1]):
        return bool(_NUMERIC.match(after))
    found = _NEXT.match(after)
    if not found or found["name"].casefold() not in _NAMES:
        return bool(_NUMERIC.match(after))
    name = found["name"].casefold()
    sure = len(name) >= _SURE and name not in _OTHER_WORDS
    return sure or bool(_YEAR_OR_END.match(found["rest"]))
