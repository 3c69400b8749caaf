"""Signs: the Dutch words by which an answer shows that it saw somebody, and those that only sound as if it did."""

import re

from socialwatch.domain.coach.reading import one_of

# That it touched us, that it was wrong, or that we own it.
FEELING = re.compile(
    r"(?<!\w)(?:sorry|excuses?|excuseer|spijt\w*|vervelend\w*|rot(?:dag|tig|gevoel|ervaring)?|balen|baal\w*|zonde"
    r"|jammer|(?:wat|heel|erg|zo|echt|is|was|hoe) naar(?! (?:de|het|een|je|uw|jouw|ons|mij|huis))|nare|erg"
    r"|akelig|sneu|stom|irritant\w*|frustr\w+|ergerlijk|ergernis|ambetant|lastig|pijnlijk|treurig"
    r"|triest|verschrikkelijk|vreselijk|afschuwelijk"
    r"|oei|oeps|oef|ai|auw|au|bah|pff\w*|tja|jeetje|jemig|potverdorie|verdorie|sjonge|tjonge|tjemig|allemachtig"
    r"|amai|och|ach|ojee|o jee|oh? nee|nee toch|hemel|grr\w*|jakkes|jasses|lap|miljaar|hela"
    r"|lelijk|poeh?|nou zeg|tss+|nope|boze|boos|woest|kwaad|teleurgesteld|teleurstell\w*|verdriet\w*|schrik\w*"
    r"|schrok\w*|geschrokken"
    r"|geduld"
    r"|machteloos|onzeker\w*|zorgen maakt|ongerust|bang|moe|klaar mee|zat van|beu"
    r"|terecht(?! (?:op|bij|in|via|voor|komen|kunt|kan)(?!\w))|logisch|begrijpelijk|snap\w*|begrijp\w*"
    r"|kan me voorstellen|voorstellen|kan ik inkomen|inkomen"
    r"|meevoel\w*|leef mee|leven mee|meeleven|gun\w*|verdien\w*|herken\w*"
    r"|hoort? (?:\w+ ){0,6}niet|hoort gewoon|niet (?:zoals|hoe) (?:het|wij|we|ik)|kan (?:echt |gewoon )?niet"
    r"|klopt niet|slaat nergens op|deugt niet|niet (?:oke|ok|best|netjes|fraai|fijn|leuk|prettig|tof|handig|chic"
    r"|sterk|slim|goed)|geen (?:stijl|doen|porem|gezicht|fijne|leuke|beste|manier|pretje|feest|reclame)"
    r"|niet de bedoeling|onacceptabel|onaanvaardbaar|ontoelaatbaar|mag niet|had(?:den)? (?:\w+ ){0,4}(?:moeten"
    r"|mogen|kunnen)|te gek|veel te|te lang|te laat|te vaak|te veel"
    r"|waardeloos|belachelijk|schandalig|dieptriest|pech|drama|ellende|gedoe|gedoetje|puinhoop|zooi\w*|toestand"
    r"|wat een|niet blij|chagrijnig|gemiste?|onze fout|onze schuld|mijn fout|mijn schuld|ligt aan ons"
    r"|fout van ons|onze kant|bij ons (?:mis|fout|verkeerd)|foutje|steken laten|hebben (?:\w+ ){0,4}(?:verprutst"
    r"|verknald|laten zitten|laten vallen|laten wachten|vergeten|gefaald|beloofd)|tekort\w*|schaam\w*|schamen"
    r"|schande|vind ik|trek ik me aan|raakt me"
    r"|daar (?:zit|sta|stond|zat|lig|ga|gaat|sta) (?:je|jij|u|ge|gij)|dan (?:sta|zit|wil|ben|lig|heb) (?:je|u)"
    r"|sta je daar|zit je daar|word je niet|zou ik ook|zouden wij ook|ik zou ook|ik ook|net nu|uitgerekend"
    r"|ook nog|nota bene|en dan (?:ook|ook nog|nog|pas|weer)|alweer|weeral|wéér|ge moet|op zo'n|juist op|juist nu"
    r"|genoeg gewacht|lang genoeg|dapper|knap dat|chapeau)(?!\w)"
    r"|[😔😞😟🙁☹😢😭😳😱🙈🤦😬😩😫🥺🫣💔🫠😖😣]"
)
# What goes wrong in any trade: with a feeling beside it, it names what happened also in words of our own.
HURT = re.compile(
    r"(?<!\w)(?:heet|hitte|bakoven|sauna|wacht\w*|gewacht|wachtrij|wachtmuziek(?:je)?|in de rij|aan de lijn"
    r"|hangen|opgehangen|weggedrukt"
    r"|doorverbonden|afgescheept|afgepoeierd|afgewimpeld|kastje|muur"
    r"|te laat|vertraag\w*|vertraging\w*|uitgevallen|uitval\w*|gestrand|misgelopen|mislopen|gemist|missen"
    r"|kapot\w*|stuk|defect\w*|lek\w*|gelekt|gat(?:en)?|scheur\w*|gescheurd|gebroken|brak|barst\w*|gebarsten"
    r"|versleten|los(?:gelaten|laat)?|krimp\w*|gekrompen|schimmel\w*|beschimmeld|bedorven|rot(?:te)?|nat(?:te)?"
    r"|koud(?:e)?|kou"
    r"|kwijt\w*|zoek(?:geraakt)?|verdwenen|verloren|spoorloos|beschadigd\w*|deuk\w*|gedeukt|vies|vuil|storing\w*"
    r"|zonder (?!groet|kosten|gedoe)\w+|plat|eruit|uitgeval\w*|hapert|haperende?|bereikbaar|onbereikbaar"
    r"|geen gehoor|geen (?:antwoord|reactie|internet|stroom|warm|water|verwarming|tv|bereik|pakket\w*|geld|trein"
    r"|bus|bericht)"
    r"|niets (?:meer )?gehoord|niks (?:meer )?gehoord|niet (?:\w+ ){0,2}(?:teruggebeld|gebeld|geleverd|bezorgd"
    r"|gekomen|aangekomen|gekregen|ontvangen|binnen|gelukt|opgelost|geholpen|gehoord|serieus|nagekomen|gelezen"
    r"|doorgegeven|terug|thuis)|nog (?:steeds|altijd) (?:niet|geen|niks|niets)|verkeerde?|fout(?:e|en)?|misgegaan"
    r"|mis|misging|dubbel\w*|teveel|te veel|onterecht\w*|afgeschreven|incasso\w*|aanmaning\w*|afgewezen|afwijzing"
    r"|afgekeurd|geweigerd|slijtage"
    r"|beloofd\w*|belofte\w*|vergeten|genegeerd|negeren|afspraak|afspraken|(?:twee|drie|vier|vijf|zes"
    r"|\d+) ?(?:keer|x|maal)|(?:tweede|derde|vierde|vijfde|zesde|zoveelste) (?:keer|antwoord|mail|bericht|monteur"
    r"|poging|telefoontje|afspraak)|nooit (?:\w+ )?(?:gekocht|besteld|afgenomen|gevraagd|gekregen)|opnieuw"
    r"|telkens|steeds weer"
    r"|herhaaldelijk|een uur|half uur|uren|dagenlang|wekenlang|maandenlang|weken|maanden|dagen|minuten|onbeleefd"
    r"|onbeschoft|onvriendelijk|bot|kortaf|klein(?:er)?|krap|tegenvall\w*|tegengevallen|leeg|lege|ontbreekt"
    r"|ontbrak|ontbreken|gevallen|gewond|ziek|geschrokken|gestolen|opgelicht|gehackt|geblokkeerd\w*|gelukt"
    r"|lukt niet|werkt niet|werken niet|werkte niet|doet het niet|deed het niet|het (?:niet )?doet|in de steek"
    r"|in de kou|voor niets|voor niks|buiten|dicht(?:e)?|gesloten|overgeslagen|vol|afval|stank|herrie|lawaai|glas"
    r"|rommel)(?!\w)"
)
# Sounds warm, names nothing: "vervelend dat je dit zo ervaart".
HOLLOW = re.compile(
    r"(?<!\w)(?:(?:dat |hoe )?(?:je|jij|u) (?:dit|het|dat|onze \w+|ons)(?: \w+)?? (?:\w+ )?(?:zo|als"
    r"|op deze manier) (?:\w+ )?(?:ervaart|ervaren|hebt|heeft|ervaarde|ervoer|beleeft|ziet|vindt"
    r"|voelt)(?: (?:hebt|heeft))?|(?:om )?(?:dit |dat |je \w+ |uw \w+ )?(?:te (?:horen|lezen"
    r"|vernemen))(?: dat (?:je|u) (?:\w+ ){0,4}(?:ontevreden|niet tevreden|niet blij|teleurgesteld|problemen"
    r"|een klacht|klachten|vragen|deze ervaring|een (?:slechte|vervelende|nare) ervaring)(?: \w+){0,3})?"
    r"|voor (?:het|dit|alle|de|dit eventuele|het eventuele) (?:\w+ )?(?:ongemak|overlast|hinder|ongemakken"
    r"|situatie|gang van zaken|verwarring)|dat (?:je|u) (?:hier|daar|hierover|hierdoor"
    r"|daardoor)? ?(?:\w+ )?(?:niet (?:blij|tevreden)|ontevreden|teleurgesteld|boos|gefrustreerd|ongemak|hinder"
    r"|overlast)(?: (?:bent|ben|mee bent|over bent|ondervindt|ervaart|hebt"
    r"|van ondervindt))?(?: over \w+(?: \w+)?)?"
    r"|(?:je|uw|jouw|deze|die|de) (?:frustratie|ergernis|teleurstelling|ongenoegen|onvrede|boosheid|ervaring"
    r"|situatie|klacht|melding|reactie|bericht|feedback|gevoel|irritatie|ongeduld|zorgen)|(?:een )?(?:vervelende"
    r"|nare|lastige|frustrerende|slechte|rot|rottige) (?:situatie|ervaring|zaak|gang van zaken|boodschap)|(?:de"
    r"|deze) gang van zaken|niet (?:de bedoeling|onze bedoeling|wat we willen|hoe we|zoals we"
    r"|wat je van ons)(?: \w+){0,5}|bedankt (?:\w+ ){0,5}(?:bericht|melding|reactie|feedback|geduld|begrip)"
    r"|dank (?:\w+ ){0,5}(?:bericht|melding|reactie|feedback|geduld|begrip)|(?:voor|om) (?:je|uw|jouw) (?:geduld"
    r"|begrip|bericht|reactie|melding)|niet tevreden|ontevreden|(?:dat is|wat) (?:\w+ )?vervelend|wat jammer"
    r"|dat is (?:\w+ )?jammer|dat (?:je|u) contact|over (?:ons|onze \w+)|(?:dat )?er iets (?:\w+ )?(?:mis"
    r"|fout)(?: \w+){0,3}|iets (?:is )?(?:misgegaan|fout gegaan|mis ging|niet goed gegaan"
    r"|niet goed is gegaan))(?!\w)"
)
# We own it, and say so: that is to see somebody, whatever it was.
OWNED = re.compile(
    r"(?<!\w)(?:(?:mens|iedereen|iemand|ik|wij) zou(?:den)? (?:\w+ ){0,4}(?:kwaad|boos|woest|gek|pissig"
    r"|ontploffen)|(?:we|wij) (?:kwamen|belden|waren|deden|leverden|luisterden|reageerden|stuurden|antwoordden"
    r"|lieten|gaven|namen)"
    r" (?:\w+ ){0,4}(?:niet|geen|niks|niemand|wachten|zitten|staan)|onze (?:fout|schuld|blunder|misser)"
    r"|mijn (?:fout|schuld)|fout van ons|helemaal bij ons|(?:hebben"
    r"|heb) (?:we|wij|ik|je|jou|u) (?:\w+ ){0,5}(?:laten (?:zitten|wachten|vallen|bungelen|zwemmen|stikken)"
    r"|in de steek gelaten|verprutst|verknald|afgescheept|vergeten|verkeerd gedaan|fout gedaan"
    r"|steken laten vallen|niet (?:goed|netjes) (?:gedaan|behandeld|geholpen|aangepakt|opgepakt))|verdien(?:de|t"
    r"|en)? (?:je|jij|u|niemand|geen)|(?:daar|hier|dit) hadden (?:we|wij) (?:\w+ ){0,6}(?:moeten|kunnen|mogen)"
    r"|had(?:den)? (?:we|wij|ik) (?:\w+ ){0,8}moeten|(?:we|wij|ik) had(?:den)? (?:\w+ ){0,8}moeten|(?:daar"
    r"|dan) (?:zou|word|wordt) (?:ik|iedereen|je|een mens"
    r"|iemand) (?:ook )?(?:niet blij|chagrijnig|gek|boos|woest|moedeloos|kwaad|balen|van balen"
    r"|niet vrolijk))(?!\w)"
)
INTERJECTION = re.compile(
    r"^\W*(?:(?:oei|oeps|ai|auw|au|bah|pff\w*|jeetje|jemig|verdorie|potverdorie|sjonge(?: jonge)?"
    r"|tjonge(?: jonge)?|tjemig|allemachtig|amai|och|ach|ojee|o jee|oh jee|oh? nee+|nee toch|nee he|grr\w*|jakkes"
    r"|lap|ja zeg|hemel|wow|man man|balen(?: zeg)?|sorry|echt|he bah|he get|jasses)\W*){1,3}$"
)
JOKE = re.compile(
    r"[😂🤣😜😉😏😅😝😛😎🤪😁😆🥳🎉]|(?<!\w)(?:haha\w*|hihi\w*|hehe\w*|lol|grapje|geintje|knipoog)(?!\w)|[;:]-?[)p](?!\w)"
)
GRAVE = re.compile(
    r"(?<!\w)(?:overleden|overlijden|overleed|overleeft|begrafenis|begraven|uitvaart|crematie|gecremeerd"
    r"|gestorven|gestorve|stierf|dood(?:gegaan)?|rouw\w*|condoleance\w*|kist|weduwe|weduwnaar|nabestaanden?"
    r"|afscheid van|miskraam)(?!\w)"
)
INJURED = re.compile(
    r"(?<!\w)(?:gewond\w*|verwond\w*|bloed\w*|gebloed|hechting\w*|gehecht|brandwond\w*|verbrand\w*|ziekenhuis"
    r"|spoedeisende|spoed|eerste hulp|ambulance|gebroken (?:\w+ )?(?:arm|been|pols|enkel|heup|vinger|tand|teen"
    r"|neus|rib)|(?:arm|been|pols|enkel|heup|vinger|tand|teen|neus|rib)\w* gebroken|gesneden|snee|sneed"
    r"|allergische|gevallen|viel|hersenschudding|gestikt|stikte|vergiftig\w*|huisarts|dokter|letsel|pijn|blaren"
    r"|blaar|elektrische schok|schok|kneusde|gekneusd|oog)(?!\w)"
)
# Something that we do ourselves, so that a limit beside it is honest.
_OUR_DEED = (
    r"(?:stuur|sturen|verstuur|bel|bellen|regel|regelen|zet|zetten|zoek|zoeken|geef je|geven je|stort|storten|pak"
    r"|pakken|leg"
    r"|leggen|los|lossen|zorg|zorgen|haal|halen|vervang|vervangen|vraag|vragen|mail|mailen|app|appen|betaal|betalen"
    r"|vergoed|vergoeden|meld|melden|reserveer|boek|boeken|maak|maken|repareer|repareren|bied|bieden|doe"
    r"|(?<!kunnen )doen|kom|komen"
    r"|jaag|blijf|blijven|houd|hou|plan|plannen|schakel|schrijf|breng|brengen|loop|duik|ruim|probeer|proberen|wis|draai"
    r"|annuleer|verleng|verhoog|verlaag|corrigeer|herstel|herstellen|boeken|trek|scheld|leen|lenen|bewaar|spreek|check)"
)
# Done already; what is only registered or passed on is no deed.
_OUR_DONE = (
    r"(?!geregistreerd|genoteerd|gelezen|gezien|begrepen|besloten|besproken|beoordeeld|bekeken|gehad|gemerkt|gekregen"
    r"|vastgesteld|vernomen|verwerkt|gehoord)\w*ge\w+(?<!weest)(?:d|t|en)"
)
WE_DO = one_of(
    rf"""
    (?:ik|we|wij) (?:(?!niks|niets|niet|geen|weinig|helaas)\w+ ){{0,3}}?{_OUR_DEED}(?! (?:(?:(?:u|je|uw|jouw|om
    alle|enig) )*(?:begrip
    geduld)|(?:u|je) (?:weten|teleur
    helaas)|(?:\w+ )?(?:geen|niet|niets|niks)))
    (?:ik|we|wij) (?:ga|gaan) (?!er van uit|ervan|niet|hier niet|daar niet|over)\w+
    {_OUR_DEED} (?:ik|we|wij)(?! (?:niets|niks|weinig|helaas|niet|je niet|u niet|begrijp))
    (?:ga|neem|wil|mag|kan) ik(?! (?:niets|niks|weinig|helaas|niet|je niet|u niet|begrijp|hier|daar|er|dit|dat|het
    u|je|op|in|voor))
    (?:ik|we|wij) (?:heb|hebben) (?:(?!niet|geen|dit|uw|je klacht)[\w.,:-]+ ){{0,9}}?{_OUR_DONE}|heb ik (?:(?!niet
    geen)[\w.,:-]+ ){{0,6}}?{_OUR_DONE}
    (?:krijg|krijgt|ontvang|ontvangt) (?:je|u)(?! (?:geen|niets|niks|bericht|een (?:bericht|mail|sms|bevestiging)))
    (?:je|u) (?:krijgt|mag) (?!geen|niets|niks|niet|contact|bericht|dit zelf)\w+|wel kan|kan (?:er |ik )?wel
    wat (?:er )?wel (?:kan|lukt|mag)
    er (?:gaat|gaan|komt|komen|ligt|staat) (?:nu |vandaag |morgen |meteen |nog |alvast )*(?:een|nieuwe?|twee|iemand
    voor|weer|geld)
    gratis|kost (?:je|u) (?:niks|niets)|kosteloos|van ons|op onze kosten|voor onze rekening
    staat (?:er )?(?:voor (?:je|u) )?klaar|ligt (?:voor (?:je|u) )?klaar|is onderweg|zijn onderweg|jouw kant op
    je kant op|uw kant op
    ik wil (?!u|je|niet|graag)\w+|bij mij|dat stopt|stap ik over\w*|zal ik|zullen we
    """
)
# Somebody is talking, and no form: a clause with one of these is about the customer, in words of one's own.
ALIVE = one_of(
    r"""
    dan al|en dan|zo'n|zeg|gewoon|natuurlijk|tenminste|blijkbaar|vast|nee|geen wonder|verwacht je|verwacht u
    niemand|nergens|alsof|terwijl
    zelfs|nog wel|het laatste|laatste wat|in plaats van|da's|lekker|eerlijk|keer fout|nooit|ontplof\w*|wakker|mens
    eindelijk|amper|nauwelijks
    met je|met uw|daar gaat|weg je|te veel gevraagd|van te voren|had je|had u|zou je|zou u|wie wil|niemand wil
    """
)
