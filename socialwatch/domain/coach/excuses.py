"""Excuses: "ja, maar" in plainer clothes: bound hands, small print, a busy week, doubt, and late advice."""

import re

from socialwatch.domain.coach.coats import Coat
from socialwatch.domain.coach.reading import one_of

COMPELLED = Coat(
    one_of(
        r"""
        (?:genoodzaakt|gebonden aan|gedwongen|gehouden aan|gehouden om)|(?:zijn|ben) (?:we|wij
        ik) (?:\w+ ){0,3}verplicht
        (?:kan|kunnen) (?:we|wij|ik)? ?(?:\w+ ){0,2}niet anders(?: dan)?|rest ons (?:niets|niks|weinig)|geen keus
        (?:landelijk|wettelijk|centraal|Europees|europees|vooraf|contractueel) (?:bepaald|vastgelegd|vastgesteld
        geregeld
        verplicht|voorgeschreven)|ligt (?:al |helaas |nu eenmaal )?vast|staat (?:nu eenmaal |helaas )vast
        (?:wij|we) (?:mogen|moeten) (?:\w+ ){0,6}(?:niet|houden aan)|(?:mogen|moeten) (?:wij
        we) (?:\w+ ){0,5}(?:geen|niet
        houden aan)
        """
    ),
    "Hier spreken de regels, en niet jij.",
    "Ja, zo is de regel, en wat vind je zelf redelijk voor deze klant? Daar mag je over beslissen.",
)
_PAPER = (
    r"(?:bord(?:je|en)?|sticker|kaartje|ticket|bon|brief|brieven|mail|e-mail|bevestiging|etiket|label|verpakking|doos"
    r"|handleiding|gebruiksaanwijzing|bijsluiter|contract|factuur|site|website|app|folder|brochure|flyer|poster"
    r"|menukaart"
    r"|nieuwsbrief|offerte|polis|huisregels|scherm|balie|ingang|deur|prijslijst|tarievenlijst|wasvoorschrift|label"
    r"|productpagina|omschrijving|productomschrijving|advertentie|kleine letters|kleine lettertjes|boekje)"
)
WRITTEN = Coat(
    re.compile(
        rf"(?<!\w)(?:(?:staat|stond|staan|stonden|vermeld|vermelden|vermeldt|aangegeven|geven|lezen|leest|vindt|vind"
        rf"|las|zien|hangt|hing) (?:\w+ ){{0,4}}(?:op|in|bij|aan|via) (?:het|de|uw|je|jouw|onze|ons|elk|elke|ieder"
        rf"|iedere|alle)"
        rf" (?:\w+ )?\w*{_PAPER}|(?:op|in|bij|volgens) (?:het|de|uw|je|jouw|onze|ons|elk|elke) (?:\w+ )?\w*{_PAPER}"
        rf" (?:staat|stond|stonden|staan|kunt|kon|kun|las|leest|hangt)|(?:je|u|jij"
        rf"|jullie) (?:\w+ ){{0,6}}?kunnen (?:\w+ ){{0,2}}(?:lezen|zien|weten"
        rf"|voorkomen"
        r"|nalezen|opzoeken|vinden)|(?:te lezen|vooraf|van tevoren|tevoren|tijdig|ruim|duidelijk) (?:was |is |al )?"
        r"(?:aangekondigd|gemeld|gecommuniceerd|aangegeven|vermeld|bekend(?:gemaakt)?|geinformeerd))(?!\w)"
    ),
    "Hier had de klant het kunnen lezen, en dat helpt nu niet.",
    "Ja, het staat ergens, en wat heeft de klant er nu aan? Zeg wat je doet.",
)
_SOMEBODY_ELSE = (
    r"(?:taak|fout|vergissing|schuld|verantwoordelijkheid|verantwoording|zaak|kwestie|bevoegdheid|aangelegenheid"
    r"|klus|plicht"
    r"|beslissing|keuze|besluit|misverstand|nalatigheid)"
)
NOT_OURS = Coat(
    one_of(
        rf"""
        {_SOMEBODY_ELSE} (?:\w+ )?(?:van|bij|voor|aan) (?!ons(?!\w)|onze|mij(?!\w)|mijn|wie|ik|wij|het wachten)\w+
        (?:op|voor) (?:(?:uw|je|jouw) )?eigen (?:kosten|risico|rekening|verantwoording|initiatief)|(?:op
        voor) (?:uw|je|jouw) (?:kosten
        risico)|voor (?:uw|je|jouw) rekening
        (?:is|zijn|wordt|worden|ligt|liggen|valt|vallen) (?:\w+ ){{0,3}}(?:uitbesteed|verhuurd|verpacht|beheerd door)
        (?:is|zijn|was) (?:het )?eigendom van (?!ons(?!\w)|mij(?!\w))\w+|(?:verloopt|verlopen|loopt|lopen|gebeurt
        geschiedt|vindt plaats|vinden plaats) (?:\w+ )?(?:via|bij|door) (?!ons(?!\w)|mij(?!\w)|onze|mijn|de app
        een link)\w+
        (?:daar|hier|dit|dat) (?:gaat|gaan|beslist|beslissen|bepaalt) (?!ik|we|wij|over)(?:\w+ ){{0,3}}over
        (?:verhalen op|aansprakelijk stellen|aangifte doen|(?:melden|claimen|terecht) bij (?!ons|mij)\w+)
        (?:je|u|jij|(?:uw|je|jouw) \w+) (?:hebt|heeft|heb) (?:\w+ ){{0,5}}zelf (?!al|zo)(?:\w+ )?\w*ge\w+[dtn]
        """
    ),
    "Hier ligt het aan een ander, en de klant kocht bij ons.",
    "Ja, het ligt nu bij een ander, en wat kun jij daar voor de klant achteraan doen?",
)
CROWDED = Coat(
    one_of(
        r"""
        (?:vragen|vraag|hopen|hoop|rekenen|reken|danken|dank|bedanken|bedankt|verzoeken) (?:\w+ ){0,6}(?:begrip
        medewerking
        geduld)|(?:je|uw|jouw|alle) begrip|begrip voor (?!je|uw|jouw|de ergernis|wie)\w+
        (?:duurt|duren|kost|kosten) (?:\w+ ){0,6}?(?:langer|meer tijd)|(?:langer|hoger|drukker
        lastiger) dan (?:normaal|gebruikelijk
        gewoon\w*|verwacht|anders|u|je|we|wij|gewenst)
        langere? \w*(?:tijd|tijden|termijn)|(?:groot|enorm|hoog|groter|extra|onverwacht) (?:aanbod|aantal|verloop
        volume|ziekteverzuim
        animo)|(?:grote|enorme|hoge|onverwachte|extreme) (?:drukte|vraag|aantallen|toeloop|belangstelling|toestroom
        werkdruk)
        \w*(?:krapte|tekort|tekorten|onderbezetting|ziekteverzuim|piekdrukte)|(?:erg|heel|zeer|ontzettend) druk
        (?:dient|dienen) (?:\w+ ){0,6}te (?:worden|zijn|gebeuren)|niet uit te sluiten
        nooit (?:\w+ )?(?:feilloos|perfect|waterdicht|foutloos|te voorkomen|uit te sluiten|zonder risico)
        (?:overal|altijd|bij iedereen) (?:\w+ ){0,2}(?:tegenkomen|tegen|voorkomen|gebeuren)|vanzelf(?! sprekend)
        (?:kinderen|ouders|klanten|reizigers|gasten|bewoners|huurders|patienten|bezoekers|gebruikers|leden
        men|iedereen) (?:zelf )?(?:moet|moeten|dient|dienen|hoort|horen|behoort|behoren)
        niet (?:altijd |volledig |helemaal )?te (?:vermijden|voorkomen)|(?:wordt|worden) (?:dit|dat|het
        deze \w+) (?:\w+ ){0,3}(?:bekeken|meegenomen|besproken|onderzocht|geevalueerd)
        (?:dien|dient|behoor|behoort) (?:je|u|jij|jullie) (?:\w+ ){0,6}te \w+
        (?:de )?hele (?:sector|branche|markt|keten|regio|land)
        """
    ),
    "Hier haalt het antwoord de schouders op.",
    "Ja, zo is het nu, en wat doe jij eraan, al is het klein?",
)
NEXT_TIME = Coat(
    re.compile(
        r"(?<!\w)(?:(?:volgende keer|voortaan(?=[^.!?\n]*(?<!\w)(?:je|u|jij|jullie|even|maar)(?!\w))|in het vervolg"
        r"|een volgende keer|de volgende maal|in de toekomst)"
        r"(?![^.!?\n]*(?<!\w)(?:ik|we|wij|krijg\w*|gratis|van (?:ons|mij)|bij (?:ons|mij)|hoef\w*)(?!\w)))(?!\w)"
    ),
    "Hier krijgt de klant de schuld terug.",
    "Ja, zo is het gegaan, en wat doen we vanaf hier samen?",
)
_OUR_OWN = r"(?:ons(?!\w)|onze|mij(?!\w)|mijn|me(?!\w)|jou(?!\w)|je(?!\w)|jouw|u(?!\w)|uw|elkaar)"
_DECIDES = r"(?:bepaalt|bepalen|bepaald|beslist|beslissen|beoordeelt|beoordelen|kiest|kiezen)"
_FREE_HANDS = (
    r"(?:onderaannemers?|zzp\w*|zzp'ers|zelfstandig\w*|franchise\w*|freelancers?|uitzendkrachten|vrijwilligers|derden"
    r"|(?:extern|ingehuurd)e? \w+|een externe? \w+|een ander(?:e (?:partij|firma|organisatie|dienst)| bedrijf)"
    r"|een \w*(?:partner|leverancier|partij))"
)
# Somebody of whom we say that he is his own master, and to whom the customer is passed on.
THEIR_OWN = Coat(
    one_of(
        rf"""
        verwijs(?:en)? (?:(?:ik|we|wij|je|u|jullie|graag|dan|hiervoor|daarvoor|door) )*(?:naar|door naar)
        (?:moet|moeten|mag|wil|zal|zullen) (?:ik|we|wij) (?:je|u|jullie) (?:\w+ ){{0,3}}(?:doorverwijzen|verwijzen)
        (?:zij|ze|hij|die|(?:de|het|een|elke?|iedere?) [\w-]+(?: van (?:de|het|een) \w+)?) (?:gaan|gaat) (?:hier|daar
        er|zelf|daar zelf|hier zelf) ?over(?: \w+)?|(?:zij|ze|hij|die) (?:gaan|gaat) over
        (?<!je )(?<!jij )(?<!u )(?<!ik )(?<!wij )(?<!we )(?<!jullie ){_DECIDES} (?:\w+ ){{0,2}}?zelf
        (?:word|wordt|worden|werd|werden|is
        zijn) (?:\w+ ){{0,4}}?door (?!{_OUR_OWN})(?:[\w-]+ ){{1,4}}?(?:zelf )?(?:bepaald
        vastgesteld|geregeld|verzorgd|uitgevoerd|onderhouden|beheerd|besloten|beslist|geleverd|geplaatst|gedaan|opgelegd
        beoordeeld|geheven)
        (?:is|zijn|was|waren|blijft|blijven) (?:(?:daar|hier|er|zelf|dan|de|het|een|\w+) ){{0,4}}?(?:aansprakelijk
        verantwoordelijk|voor verzekerd)(?! gehouden)
        (?:is|blijft|speelt) (?:\w+ )?tussen (?:u|je|jou|jullie) en|iets tussen (?:u|je|jou|jullie) en
        (?:werken|werkt) (?:\w+ ){{0,3}}met {_FREE_HANDS}|(?:zijn|is) (?:\w+ )?{_FREE_HANDS}
        (?:spreek|vraag|benader|bel|mail) (?:hem|haar|hen|ze|die)(?! (?:ik|we|wij))
        niet (?:wij|ik)(?=[.,!?]|$)|hebben (?:wij|we) (?:\w+ )?(?:niets|niks|weinig) (?:mee|over) te (?:maken|zeggen)
        """
    ),
    "Hier ligt het aan een ander, en de klant kocht bij ons.",
    "Ja, het ligt nu bij een ander, en wat kun jij daar voor de klant achteraan doen?",
)
_IN_ORDER = (
    r"(?:volgens (?:planning|plan|afspraak|de regels|het boekje|protocol|procedure)|correct|goed|in orde|naar behoren"
    r"|zoals het hoort|netjes|juist|op tijd|gewoon goed)"
)
# It was all right when it left us, so it must have happened elsewhere.
CLEAN_HANDS = Coat(
    one_of(
        rf"""
        (?:aan|van|vanuit|bij) (?:onze (?:kant|zijde)|ons) (?:is|ging|gaat|klopt|klopte|was|werd|liep|loopt|staat|stond
        zijn) (?:\w+ ){{0,3}}?(?:alles|niets|niks|geen (?:fout|fouten|storing\w*|probleem|problemen|bijzonderheden))
        alles (?:is|was|ging|werd|staat|stond|klopt|klopte|liep)?(?: \w+){{0,4}}? ?{_IN_ORDER}
        (?:gecontroleerd|nagekeken|getest|gekeurd|geinspecteerd|onderzocht) en (?:\w+ ){{0,3}}(?:in orde|goed
        akkoord|correct
        goedgekeurd|veilig)(?: bevonden)?|in orde bevonden
        er (?:zal|moet|zou) (?:[\w']+ ){{1,8}}?(?:zijn (?:gegaan|gebeurd|gekomen|misgegaan)|gebeurd zijn|hebben \w+)
        (?:vermoedelijk|waarschijnlijk|mogelijk|wellicht|kennelijk) (?:\w+ ){{0,5}}?(?:uw|je|jouw|u|zelf
        te (?:weinig|veel)
        later|elders|onderweg|iemand anders)
        """
    ),
    "Hier is bij ons alles in orde, en de klant zit er nog mee.",
    "Ja, bij ons leek het goed, en wat doe je nu het bij de klant toch misging?",
)
DOUBT = Coat(
    re.compile(
        r"(?<!\w)(?:(?:heb|hebt|heeft|ben|bent|is|zit|staat|zijn|had|was|weet|weten) (?:je|u|jij|jullie|dat|dit|het"
        r"|de|hij|ze)"
        r" (?:\w+ ){0,4}?(?:wel (?:goed|juist|correct|zeker|echt|op tijd|volledig|eerst|degelijk|zelf)|zeker dat)"
        r"|ligt (?:het|dat) (?:\w+ ){0,2}niet aan (?:je|uw|jouw|u|jou)|(?:bij|voor) (?:anderen|andere \w+"
        r"|de meeste \w+|iedereen"
        r"|alle \w+) (?:\w+ ){0,2}(?:werkt|doet|gaat|geen|lukt)|(?:andere|de meeste|onze andere) (?:klanten|gasten"
        r"|reizigers"
        r"|gebruikers|bezoekers|huurders|patienten|leden|ouders) (?:\w+ ){0,4}(?:niet|geen|wel|tevreden"
        r"|positief))(?!\w)"
    ),
    "Hier twijfel je aan wat de klant vertelt.",
    "Ja, het klinkt vreemd, en hoe zou je kijken als het gewoon waar is?",
)
OFF_YOU_GO = Coat(
    re.compile(
        r"(?:^|(?<=[.!?,:;\n] )|(?<=[.!?\n]))(?:dan |eerst |svp |graag |je kunt |u kunt |kunt u |je kan )?(?:bel"
        r"|belt|bellen|mail|app"
        r"|schrijf|vraag|meld|informeer|probeer|ga|stap|neem|leg)(?!\w)(?: (?!me(?!\w)|mij|ons|onze chauffeur"
        r"|niet)[\w.:'-]+){0,6}?"
        r" (?:met|naar|bij|aan|langs|via) (?:de |het |uw |je |een |onze |hun )?(?!mij|me(?!\w)|ons(?!\w)|haar eigen)\w+"
        r"|(?:^|(?<=[.!?,:;\n] ))(?:bel|mail|app|contacteer|raadpleeg|benader) (?:dan |eerst |even )?(?:de|het|uw"
        r"|je|hun|onze|een)"
        r" \w+|(?:kan|kunt|kun|dient|moet|mag) (?:(?:je|u|jij|hen|ze|hem|haar|hiervoor|daarvoor|best|zelf"
        r"|rechtstreeks|de|het|onze"
        r"|een) )(?:\w+ ){0,4}(?:te )?(?:contacteren|aanspreken|bereiken|benaderen|aanschrijven|raadplegen"
        r"|bevragen)(?!\w)"
    ),
    "Zo moet de klant zelf weer op pad.",
    "Ja, een ander moet hier iets doen, en kun jij die stap zetten of meegaan?",
)
