"""Hazards by rules: what could hurt somebody or the brand, from the wording alone, for a model that cannot tell.

Words miss much of what a reader understands, so each rule waits for an outspoken phrase: what it says mostly holds, and
what it does not say may still be there.
"""

import re

from socialwatch.domain.assessment import Hazard

MOST_READ = 20_000  # characters
# What a match counts for. It is no measured probability: likely enough to be acted on, and never a certainty.
FOUND = 0.8

_FEW = r"(?:[\w'-]{1,16} ){0,3}"
_SOME = r"(?:[\w'-]{1,16} ){0,6}"
_STAFF = (
    r"(?:medewerk(?:er|ster)s?|bezorg(?:er|ster)s?|koeriers?|chauffeurs?|conducteurs?|conductrices?|monteurs?"
    r"|beveilig(?:er|ers|ing)|buschauffeur|verkop(?:er|ers|ster)|baliemedewerk(?:er|ster)|bediende|steward(?:ess)?"
    r"|kassamedewerk(?:er|ster)|caissière|filiaalmanager|collega|telefonist[e]?|handhavers?|postbode|agent aan de lijn)"
)
_ILL = (
    r"(?:dement\w*|dementie|alzheimer|parkinson|kanker(?:patiënt)?|chemo\w*|hartpatiënt|epilepsie|diabetes|insuline"
    r"|reuma|slechtziend|slechthorend|blinde?|dove|rolstoel|rollator|scootmobiel|mantelzorg\w*|gehandicapt\w*"
    r"|bedlegerig|hoogzwanger|zwanger|terminaal|palliatief|hospice|mobiliteitsbeperking|autisme|autistisch"
    r"|hoor(?:toestel|apparaat)\w*|gehoorapparaat|medicijnen|medicatie|alarmknop|dialyse|zuurstof|sondevoeding)"
)
_FRAIL = (
    r"(?:oma|opa|(?:groot)?moeder|(?:groot)?vader|bomma|bompa|moeke|vake|mama|papa|buurvrouw|buurman|tante|oom"
    r"|schoonmoeder|schoonvader|mevrouw)"
)
_LACKS = (
    r"(?:wacht\w*|zonder|niet|geen|kapot|stuk|kwijt|weg|nooit|nergens|uitgevallen|dood|vast|vallen|gevallen|afgesneden"
    r"|afgesloten|geweigerd|weiger\w*|onbereikbaar|bang|moest|mocht|buiten)"
)
_NEWSROOM = (
    r"(?:de (?:volkskrant|telegraaf|gelderlander|limburger|standaard|morgen|stentor|tijd)|het (?:ad|parool|nieuwsblad"
    r"|fd|laatste nieuws)|nrc|trouw|tubantia|rtl ?(?:nieuws|4|z)?|nos|npo\w*|vrt\w*|vtm\w*|hln|eenvandaag|nieuwsuur"
    r"|hart van nederland|omroep \w+|at5|bnr|ftm|follow the money|nu\.nl|kassa|radar|pointer|zembla|argos|reuters|bbc)"
)
_MEDIA = (
    r"(?:kassa|radar|meldpunt|opgelicht\?!|de pers|de media|de krant|de (?:lokale|plaatselijke) krant|het nieuws"
    r"|de telegraaf|het ad|geenstijl|dumpert|het nieuwsblad|hln|hart van nederland|test-?aankoop"
    r"|tiktok|de televisie|tv)"
)

_RULES: dict[Hazard, tuple[str, ...]] = {
    Hazard.SAFETY: (
        r"(?:(?:stond|vloog|vliegt|raakte|gevlogen) (?:ineens |\w+ )?in brand"
        r"|in brand (?:gevlogen|geraakt)|brandweer erbij|vlam (?:gevat|gevlogen)|vlammen"
        r"|ontploft\w*|geëxplodeerd|doorgebrand|in de fik (?:gevlogen|stond))",
        r"(?:gaslucht|gaslek\w*|koolmonoxide|kortsluiting|geëlektrocuteerd|onder stroom|elektrische schok)",
        rf"(?:rook|vonken|vlammen|stroomstoot|schok) {_FEW}(?:uit|van|door|gekregen|gehad|komt|kwam)\b",
        r"(?:begon|begint|komt|kwam) (?:\w+ )?(?:te (?:smelten|roken)|rook uit)",
        rf"(?:glas|glassplinter\w*|scherf|scherven|scheermes\w*|metaal"
        rf"|stukjes? plastic) {_FEW}in (?:het|de|mijn|een|jullie)"
        r" ?\w* ?(?:eten|brood|soep|salade|yoghurt|maaltijd|potje|pot|pap|bak|saus|babyvoeding)",
        r"(?:voedselvergiftiging|allergische reactie|anafylac\w+)",
        rf"allergi\w+ (?:[\w',-]{{1,16}} ){{0,12}}(?:etiket|ziekenhuis|ambulance|reactie|infuus|zat {_FEW}in)",
        r"remmen (?:\w+ ){0,4}(?:deden (?:\w+ )?(?:niks|niets)|deden het niet|weiger\w*|doen het niet|werkten? niet)",
        r"(?:brandwond\w*|blaren op|snijwond|verbrand(?:e|de)? (?:hand|vinger|arm)\w*)",
        r"(?:brak|gebroken|kapot|losgelaten|los) (?:[\w',]{1,16} ){0,8}(?:gevallen|gewond"
        r"|naar de eerste hulp|naar de spoed|in het ziekenhuis)",
        r"(?:levensgevaarlijke? (?!lekker)(?:situatie|kruising|toestand|stoep|trap|ding\w*)"
        r"|gevaarlijke situatie|gevaar voor (?:\w+ )?(?:kinderen|fietsers|mensen|voetgangers))",
        r"(?:lag|ligt|liggen|beland\w*) (?:nu |\w+ )?in het ziekenhuis (?:door|na|vanwege) jullie",
    ),
    Hazard.VULNERABLE: (
        rf"(?:{_FRAIL}|zoon(?:tje)?|dochter(?:tje)?|man|vrouw|kind(?:je)?|cliënte?|broer|zus) "
        rf"(?:[\w'(),-]{{1,16}} ){{0,8}}{_ILL} (?:[\w'(),.-]{{1,16}} ){{0,14}}{_LACKS}",
        rf"{_FRAIL} (?:van |is |\()?(?:al )?(?:7|8|9)\d\b(?: jaar| jr)?\)?,? (?:[\w',-]{{1,16}} ){{0,14}}{_LACKS}",
        rf"(?:ik (?:ben|zit|heb)|als) (?:\w+ ){{0,3}}{_ILL} (?:[\w',.-]{{1,16}} ){{0,14}}{_LACKS}",
        r"(?:zonder|geen|wacht\w* op) (?:[\w']{1,16} ){0,4}(?:insuline|medicijnen|medicatie"
        r"|gehoorapparaat\w*|zuurstof|rolstoel"
        r"|hoortoestel\w*|traplift|scootmobiel)",
        r"(?:baby|pasgeboren\w*|peuter|kind(?:eren|je)?) (?:[\w',-]{1,16} ){0,8}(?:zonder"
        r"|in de kou|geen) (?:[\w']{1,12} ){0,2}"
        r"(?:verwarming|melk|water|stroom|kou|eten|voeding)",
        r"(?:voedselbank|in de bijstand|bijstand is|schuldhulp\w*|kan (?:\w+ ){0,3}geen (?:eten"
        r"|boodschappen) (?:meer )?(?:kopen|betalen))",
        r"(?:overleden|overlijden van|gestorven) (?:[\w',-]{1,16} ){0,14}(?:nog steeds|toch|weer"
        r"|opnieuw|blijven|factuur|rekening|incasso)",
    ),
    Hazard.DISCRIMINATION: (
        r"(?:discriminatie|discrimineren|discrimineert|gediscrimineerd|discriminerend\w*|racisme"
        r"|racistisch\w*|seksistisch\w*"
        r"|homofo\w+|validisme|etnisch profiler\w+|moslimhaat)",
        rf"(?:vanwege|om|door|wegens|met) (?:mijn|zijn|haar|hun|onze|m'n|z'n"
        rf"|zo'n) {_FEW}(?:huidskleur|hoofddoek|afkomst|geloof"
        r"|achternaam|accent|geaardheid|religie|kleur|handicap|beperking)",
        r"(?:zwarte|donkere|buitenlandse|allochtone|marokkaanse|turkse) (?:klanten|mensen|jongens"
        r"|vrouwen) (?:\w+ ){0,6}"
        r"(?:niet|altijd|geweigerd|gecontroleerd|eruit)",
        r"(?:rolstoel|blindengeleidehond|hulphond) (?:[\w',]{1,16} ){0,8}(?:geweigerd"
        r"|niet (?:naar )?binnen|mocht niet|geen toegang)",
        r"(?:geweigerd|niet (?:naar )?binnen|mocht niet"
        r"|geen toegang) (?:[\w',]{1,16} ){0,8}(?:rolstoel|blindengeleidehond|hulphond)",
    ),
    Hazard.PRIVACY: (
        r"(?:datalek\w*|data ?lek\w*|privacyschending|gegevens (?:\w+ ){0,4}(?:gelekt|op straat"
        r"|gedeeld met|doorgespeeld|doorverkocht))",
        r"(?:adres|gegevens|factuur|dossier|rekening|bestelling|naam|telefoonnummer|e-?mail(?:adres)?|bsn|polis) "
        r"(?:\w+ ){0,3}van (?:een )?(?:iemand anders|andere klant\w*|wildvreemde\w*|een ander\w*"
        r"|vreemden|mijn buurman|mijn buurvrouw)",
        r"(?:gegevens|adres|dossier|nummer|bsn|diagnose) (?:\w+ ){0,4}(?:aan|naar"
        r"|met) (?:mijn ex\w*|een wildvreemde|derden|de verkeerde|iemand anders)",
        r"(?:mijn ex|een wildvreemde|iemand anders"
        r"|de buren) (?:[\w']{1,14} ){0,6}mijn (?:nieuwe )?(?:adres|gegevens|dossier|facturen"
        r"|nummer|rekening)",
        r"(?:\d+|alle) (?:mail)?adressen (?:\w+ ){0,3}in (?:de )?cc\b",
        r"wachtwoord (?:\w+ ){0,4}(?:leesbaar|zichtbaar|in platte tekst)",
        r"(?:foto|kopie|scan) van (?:mijn|m'n) (?:paspoort|id|id-kaart"
        r"|identiteitsbewijs) (?:\w+ ){0,4}(?:nodig|willen|eisen|opgestuurd|gevraagd)",
    ),
    Hazard.PRESS: (
        r"(?:ik ben|als|namens|met) (?:\w+ ){0,3}(?:journalist\w*|verslaggever|verslaggeefster"
        r"|redacteur|redactrice|programmamaker"
        r"|podcastmaker|onderzoeksjournalist|freelance journalist)",
        rf"(?:journalist|verslaggever|verslaggeefster|redacteur|redactie"
        rf"|redactrice)(?: hier)?(?: van| bij|,)? {_NEWSROOM}",
        rf"(?:namens|voor|wij zijn van|ik bel van"
        rf"|hier) {_FEW}{_NEWSROOM} (?:[\w',:]{{1,16}} ){{0,16}}(?:reactie|woordvoerder|interview"
        r"|uitzending|filmen|item|persdienst|spreken)",
        r"(?:woordvoerder|persvoorlichter|persdienst"
        r"|persverantwoordelijke)\b (?:[\w',:]{1,16} ){0,14}(?:reactie|item|uitzending|artikel"
        r"|spreken|over)",
        r"(?:voor|aan) (?:een|ons|mijn) (?:artikel|item|uitzending|reportage|podcast|stuk"
        r"|documentaire) (?:[\w',:]{1,16} ){0,14}"
        r"(?:reactie|interview|spreken|woordvoerder|vertellen|deadline)",
        r"i(?:'m| am) a (?:reporter|journalist)",
    ),
    Hazard.MEDIA_THREAT: (
        rf"(?:bel|mail|stap|stappen|schakel|licht|tip|benader|ga|gaat|stuur"
        rf"|zoek) (?:[\w']{{1,14}} ){{0,5}}(?:naar |bij |aan |op )?{_MEDIA}(?! (?:gezien|gelezen"
        rf"|gehoord))"
        r"(?= (?:op|in|mee|bellen|mailen|inschakelen|inlichten|maar|wel)|[.!?,]|$| en | als )",
        r"(?:kassa|radar|meldpunt|de pers|de media) (?:maar (?:eens )?|\w+ ){0,3}(?:bellen|mailen"
        r"|inschakelen|inlichten|tippen|benaderen|ingelicht|getipt|gebeld|gemaild)",
        r"(?:viral (?:laten )?(?:gaan|maken)|gaat viral|overal (?:online )?(?:vertellen|delen)"
        r"|aan de grote klok|naar buiten brengen)",
        r"(?:zet|gooi|plaats|deel) (?:ik )?(?:\w+ ){0,6}op (?:facebook|tiktok|insta(?:gram)?"
        r"|linkedin|twitter|x|youtube)\b",
        r"(?:anders|dan) (?:\w+ ){0,4}(?:naar|bij) (?:kassa|radar|de pers|de media|de krant)",
    ),
    Hazard.LEGAL: (
        rf"(?:mijn|onze|een|m'n) (?:advocaat|jurist|rechtsbijstand\w*) {_FEW}(?:inschakel\w*|neemt"
        rf"|leest|kijkt|contact|erop|gaat|bellen|hierover)",
        r"(?:rechtsbijstand (?:\w+ ){0,3}(?:ingeschakeld|inschakelen|in)\b|juridische stappen"
        r"|gerechtelijke stappen|juridisch loket|rechtswinkel)",
        r"(?:naar|voor|tot bij|stap naar) (?:de )?(?:kanton)?(?:rechter|rechtbank)|kort geding|dagvaard\w+",
        r"(?:geschillencommissie|ombudsman|ombudsdienst|kifid|skgz|consumentenbond|raad van state"
        r"|vredegerecht|ingebrekestelling|in gebreke)",
        r"(?:klacht|melding|aangifte) (?:[\w']{1,12} ){0,5}(?:bij|naar|tegen) (?:de )?(?:acm"
        r"|autoriteit \w+|ap|afm|ilent|inspectie|anvr|politie|jullie)",
        r"(?:de )?(?:acm|autoriteit persoonsgegevens) (?:\w+ ){0,4}(?:inschakelen|ingelicht|melden|gemeld|kijkt mee)",
        r"(?:doe|deed|doen|gedaan) (?:\w+ )?aangifte|aangifte (?:gedaan|doen)",
    ),
    Hazard.FRAUD_VICTIM: (
        r"(?:ben|zijn|is|werd|was|word) (?:[\w']{1,14} ){0,5}(?:opgelicht|gehackt|erin getrapt|bestolen)",
        r"(?:opgelicht|gehackt|erin getrapt|erin getuind)\b(?=.{0,80}(?:euro|€|geld|rekening|betaald|overgemaakt))",
        r"account (?:is |werd |\w+ ){0,3}gehackt|(?:gegevens|itsme|digid|identiteit"
        r"|pas(?:je)?) (?:is |zijn |\w+ )?misbruikt",
        r"(?:nep\w*|phishing\w*|valse|vals) ?(?:sms\w*|mail\w*|link|site|webshop|appje|bericht"
        r"|pagina)?\b (?:[\w',]{1,16} ){0,8}"
        r"(?:geklikt|ingevuld|betaald|overgemaakt|geld kwijt|van mijn rekening)",
        r"(?:zogenaamde|nep-?|valse) (?:bank)?medewerker (?:[\w',]{1,16} ){0,10}(?:overgemaakt|betaald|geld|kwijt)",
        r"(?:geld|euro) (?:[\w']{1,12} ){0,4}van mijn rekening (?:gehaald|afgehaald|verdwenen|gestolen|geplukt)",
        r"op mijn naam (?:[\w']{1,12} ){0,5}(?:besteld|gekocht|afgesloten|betaald|aangevraagd) (?:door|zonder)",
    ),
    Hazard.CONDUCT: (
        rf"{_STAFF} (?:[\w',]{{1,16}} ){{0,8}}(?:onbeschoft\w*|onbeleefd|grof|brutaal|schold"
        rf"|scheldt|schreeuw\w*|dronken|liegt|loog|gelogen|gooi(?:t|de|den)"
        r"|gegooid|smijt|smeet|duwde|uitlachte|uitgelachen|intimider\w*|bedreigde|hing op|ophangt"
        r"|hangt op|agressief|rookte|spuug\w*|nariep)",
        rf"(?:onbeschofte|onbeleefde|brutale|agressieve|liegende|dronken|botte) {_FEW}{_STAFF}",
        r"(?:afgesnauwd|uitgescholden|uitgelachen|geïntimideerd"
        r"|voor leugenaar uitgemaakt) (?:[\w']{1,12} ){0,6}(?:door|aan)\b",
        rf"door (?:[\w']{{1,12}} ){{0,4}}{_STAFF} (?:[\w']{{1,12}} ){{0,4}}(?:afgesnauwd"
        rf"|uitgescholden|uitgelachen|geïntimideerd|geduwd|afgeblaft)",
        r"(?:medewerk\w+|collega|dame|meneer|man|mevrouw|jongen|hij|zij|ze) (?:\w+ ){0,3}(?:hing"
        r"|hangt|gooi\w*|gooide) (?:gewoon |zomaar |zonder iets te zeggen |de (?:hoorn|telefoon) "
        r"|er |\w+ ){0,3}(?:op(?! (?:voorraad|tijd))|de hoorn op de haak)"
        r"(?=[.!?,]| en |$)",
        r"(?:pakket\w*|pakje|doos) (?:[\w']{1,12} ){0,4}(?:over (?:de|het) (?:hek|schutting|heg"
        r"|haag|poort)|op straat) (?:gegooid|gesmeten|gesmakt)",
        r"(?:gooit|gooide|smijt|smeet) (?:\w+ ){0,3}(?:pakket\w*|pakje|doos)",
    ),
    Hazard.CHURN: (
        r"nooit (?:meer|weer|nog)(?: (?:\w+ ){0,4}(?:iets |wat )?(?:bestel|kopen|koop|boek"
        r"|bij jullie|klant|zaken|van jullie|hier|daar)|[.!]|$)",
        r"(?:zeg|zeggen|heb|hebben) (?:\w+ ){0,5}(?:abonnement|contract|lidmaatschap|polis"
        r"|verzekering|rekening)\w* (?:\w+ ){0,3}(?:op|opgezegd)(?=[.!?,]|$| en | want| omdat)",
        r"(?:vandaag|inmiddels|meteen|gelijk|direct) (?:nog )?(?:opgezegd|overgestapt)",
        r"(?:stap|stappen|ga|gaan) (?:ik |we |wij |dan |nu |wel |\w+ ){0,4}(?:over (?:naar"
        r"|op) (?:een )?(?:ander\w*|de concurrent\w*)|naar (?:een ander\w*|de concurrent\w*))",
        r"ik (?:stap|ben) (?:over(?=[.!?,]|$)|hier weg|weg bij|klaar met jullie)|klaar met jullie"
        r"|klant-af|geen klant meer|laatste (?:keer|bestelling"
        r"|aankoop) (?:\w+ ){0,3}(?:bij jullie|hier)"
        r"|jullie (?:zijn|verliezen) (?:\w+ ){0,3}(?:een )?klant(?: \w+)? (?:kwijt|armer)|een klant (?:minder|kwijt)",
    ),
    Hazard.STAFF_ABUSE: (
        rf"(?:{_STAFF}|die (?:vent|kerel|trut|gast|griet)(?: \w+)?"
        rf"|jullie) (?:[\w',]{{1,14}} ){{0,8}}(?:in elkaar (?:slaan|rammen|trappen)|een klap|"
        r"op (?:z'n|zijn|haar|d'r|hun) (?:bek|bakkes|gezicht|smoel)|opwachten|verrot slaan|de strot|doodslaan|afmaken)",
        r"(?:sla|trap|ram|schop|wurg|steek|schiet|vermoord"
        r"|maak) (?:ik )?(?:\w+ ){0,4}(?:in elkaar|verrot|dood|hartstikke kapot|neer|af(?=[.!]|$)"
        r"|helemaal kapot)",
        r"ik weet (?:jullie|je|hem|haar|waar) (?:\w+ ){0,5}(?:wonen|woont|woon|te vinden|parkeren"
        r"|zit(?= en| dan|[.!]))",
        r"(?:kanker|tering|tyfus)(?:hoer|wijf|lijer|mongool|jood|homo)\w*|(?:vuile|vieze|stomme"
        r"|domme) (?:hoer|trut|teef|kutwijf)\b",
        r"(?:in de fik|in brand) (?:steken|steek)|(?:steek|steken) (?:\w+ ){0,5}in (?:de fik|brand)",
        r"(?:hem|haar|jullie) (?:[\w',]{1,14} ){0,4}(?:opwacht\w*|tegenkom (?:op straat|in))"
        r"|wacht (?:ik )?(?:hem|haar|jullie) op\b",
        r"(?:breek|breken) (?:ik )?(?:\w+ ){0,2}(?:z'n|zijn|haar|d'r|hun|je) (?:benen|nek|kaak|armen)",
    ),
}  # fmt: skip
_COMPILED = {hazard: re.compile(r"(?<!\w)(?:" + "|".join(rules) + ")", re.I) for hazard, rules in _RULES.items()}
# A phrase that is denied, asked about or told of somebody else is no hazard.
_DENIED = re.compile(r"\b(?:geen|niet|nooit|zonder|tegen) (?:[\w']{1,12} )?$", re.I)
_NEAR_MISSES: dict[Hazard, re.Pattern[str]] = {
    Hazard.SAFETY: re.compile(r"verbrand door de zon|rookworst|in vuur en vlam|vuurwerkshow"
    r"|onveilige (?:web)?site", re.I),
    Hazard.FRAUD_VICTIM: re.compile(r"leeggetrokken|hoe (?:herken|voorkom)|niet ingetrapt"
    r"|niet geklikt|niemand is erin", re.I),
    Hazard.LEGAL: re.compile(r"supermarkten|rechtgezet|naar welk adres|wat zijn mijn rechten"
    r"|advocaatje|advocaat (?:kopen|likeur|met slagroom)", re.I),
    Hazard.CHURN: re.compile(r"nooit (?:meer|weer) (?:\w+ ){0,2}(?:anders|zonder)"
    r"|vergeet ik nooit|hoe zeg ik|niet de laatste keer|kan ik (?:\w+ )?niet meer zonder", re.I),
    Hazard.MEDIA_THREAT: re.compile(r"(?:mooi|leuk|blij|prachtig|trots|lof|aanrader|recept|compliment)\w*", re.I),
}  # fmt: skip
_DENIABLE = frozenset({Hazard.SAFETY, Hazard.DISCRIMINATION, Hazard.PRIVACY, Hazard.LEGAL})
_SPACE = re.compile(r"\s+")


def hazards(text: str) -> dict[Hazard, float]:
    """Every hazard with 0 or FOUND."""
    level = _SPACE.sub(" ", text[:MOST_READ]).replace("’", "'")
    return {hazard: FOUND if _holds(hazard, level) else 0.0 for hazard in Hazard}


def _holds(hazard: Hazard, text: str) -> bool:
    miss = _NEAR_MISSES.get(hazard)
    if miss is not None and miss.search(text):
        return False
    return any(
        hazard not in _DENIABLE or not _DENIED.search(text[max(0, found.start() - 30) : found.start()])
        for found in _COMPILED[hazard].finditer(text)
    )
