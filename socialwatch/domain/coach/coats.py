"""Coats: the ways in which an answer says "ja, maar": what cannot be, whose fault it is, who else to ask."""

import re
from dataclasses import dataclass

from socialwatch.domain.coach.reading import one_of


@dataclass(frozen=True, slots=True)
class Coat:
    """One way of saying no. `softens`: beside something we do ourselves it is an honest limit."""

    words: re.Pattern[str]
    says: str
    toward: str
    softens: bool = True


LIMITS = Coat(
    re.compile(
        r"(?<!\w)(?:(?:kunnen|kan|kunt) (?:we|wij|ik|je|u)? ?(?:hier|daar|er|dit|dat|je|u|jou|verder|helaas|dan"
        r"|nu|ook|echt|in dit geval|voor (?:je|u)|op dit moment|zelf|hierin|daarin| )* ?(?:niks|niets|weinig"
        r"|niet veel)(?: \w+){0,3} (?:doen|betekenen|veranderen|beginnen|voor je doen|aan doen|mee)|(?:niks|niets"
        r"|weinig) (?:\w+ ){0,3}(?:aan (?:te )?doen|betekenen|veranderen)|geen (?:mogelijkheid|mogelijkheden"
        r"|uitzondering\w*|recht op|aanspraak|coulance|optie)|(?:is|was) (?:helaas |nu eenmaal |dan ook "
        r"|\w+ )?(?:niet mogelijk|onmogelijk|uitgesloten)|niet mogelijk|gaat (?:helaas|hem) niet (?:lukken"
        r"|worden)|zit er (?:helaas )?niet in|moeten (?:we|wij) (?:je|u) (?:helaas )?teleurstellen"
        r"|niet in behandeling|buiten (?:de )?(?:garantie|retourtermijn|termijn)|(?:valt"
        r"|vallen) (?:\w+ ){0,4}(?:niet|buiten) (?:onder |de )*(?:garantie|voorwaarden|dekking)"
        r"|niet onder (?:de )?garantie|garantie is (?:verlopen|vervallen)|komt (?:\w+ ){0,4}niet in aanmerking"
        r"|nemen (?:we|wij) (?:\w+ ){0,3}niet terug|ga(?:an)? (?:we|wij|ik) (?:hier |daar |er )?niet over"
        r"|helaas pindakaas|(?:het "
        r"|dat )?is nu eenmaal|daar blijft het bij)(?!\w)"
    ),
    "Hier houdt het op voor de klant: dit zegt wat niet kan.",
    "Ja, dit kan niet, en wat kan er wél, vandaag, door jou?",
)
RULES = Coat(
    re.compile(
        r"(?<!\w)(?:(?:volgens|conform|op grond van|op basis van|zoals (?:vermeld|staat|beschreven|te lezen"
        r"|aangegeven) in|gezien|krachtens|ingevolge|staat (?:duidelijk |ook |gewoon )?in|terug te vinden in|zie"
        r"|lees) (?:\w+ ){0,4}?(?:voorwaarden|beleid|reglement|regels|procedure\w*|richtlijn\w*|protocol"
        r"|huisregels|polisvoorwaarden|kleine lettertjes|contract|overeenkomst|garantievoorwaarden|retourbeleid"
        r"|retourvoorwaarden|artikel \d+|verordening|wetgeving|vervoersvoorwaarden|tarieven)|ons beleid (?:is"
        r"|schrijft|laat)|het beleid is|zo (?:zijn|is) (?:de|het|onze|ons) (?:regels|beleid|procedure)"
        r"|regels zijn (?:nu eenmaal )?regels|(?:de|onze) (?:procedure|regels|voorwaarden|systeem"
        r"|systemen) (?:schrijft|schrijven|laat|laten|staat|staan|zegt|zeggen|bepaalt|bepalen|is"
        r"|zijn) (?:\w+ ){0,3}(?:voor|toe|dat|duidelijk|helder|niet)?|het systeem (?:laat"
        r"|staat) (?:\w+ ){0,3}niet (?:toe|aan)|akkoord (?:gegaan|bent gegaan) met)(?!\w)"
    ),
    "Hier spreken de regels, en niet jij.",
    "Ja, zo is de regel, en wat vind je zelf redelijk voor deze klant? Daar mag je over beslissen.",
)
BLAME = Coat(
    re.compile(
        r"(?<!\w)(?:(?:je|u|jij) (?:had|hebt|heeft|dient|diende|behoort|hoort|moet|moest)(?: (?:dit|dat|het|er"
        r"|hier|daar|dan|beter|ook|zelf|eerst|wel|even|eerder|toch|natuurlijk|gewoon|\w+)){0,8} (?:moeten|kunnen"
        r"|behoren|te weten|horen|letten|nalezen)|had (?:je|u) [^.!?\n]{1,60}, dan (?:was|waren|had|hadden|zou|kon)"
        r"|(?:^|(?<=[.,;!?] )|(?<=dan )|(?<=dat )|(?<=dit ))had (?:je"
        r"|u) (?!(?:\w+ ){0,4}(?:bespaard|van (?:ons|mij)))(?:\w+ ){0,8}(?:moeten|kunnen|maar)|had (?:je"
        r"|u) maar|(?:je|uw|jouw|eigen) (?:eigen )?(?:verantwoordelijkheid|schuld|fout|nalatigheid"
        r"|toedoen)|verkeerd (?:gebruikt|gebruik|gewassen|aangesloten|ingevuld|opgegeven)|(?:onjuist|oneigenlijk"
        r"|onzorgvuldig) gebruik|gebruikersfout|(?:je|u) (?:hebt|heeft|heb) (?:\w+ ){0,5}(?:verkeerd|fout"
        r"|niet goed|niet juist|onjuist|over het hoofd gezien|niet gelezen|niet opgelet|nagelaten)|(?:hebt|heb"
        r"|heeft) (?:je|u) (?:\w+ ){0,5}(?:niet (?:goed )?gelezen|niet opgelet)|zelf (?:voor gekozen"
        r"|verantwoordelijk|akkoord|aangegeven dat|opgegeven)|beter (?:moeten )?(?:lezen|opletten|opgelet)"
        r"|volgende keer (?:\w+ ){0,3}(?:eerder|beter|op tijd|goed|zelf))(?!\w)"
    ),
    "Hier krijgt de klant de schuld terug.",
    "Ja, zo is het gegaan, en wat doen we vanaf hier samen?",
    softens=False,
)
OTHERS = Coat(
    re.compile(
        r"(?<!\w)(?:(?:ligt|lag|zit|zat|is) (?:\w+ ){0,4}?(?:aan|bij|de schuld van|de verantwoordelijkheid van"
        r"|een zaak van|een kwestie van) (?:de |het |een |onze |jouw |je |uw )?(?:vervoerder|bezorger"
        r"|bezorgdienst|koerier|postnl|dhl|dpd|gls|ups|bpost|fedex|leverancier|fabrikant|producent|prorail"
        r"|netbeheerder|aannemer|partner|verkoper|derde partij|derden|bank|verhuurder|touroperator"
        r"|luchtvaartmaatschappij|luchthaven|weer|provider|winkel|franchisenemer|monteur\w*|systeem"
        r"|koeriersdienst|pakketdienst|andere partij|externe partij|onderaannemer|gemeente|provincie|verzekeraar"
        r"|huisarts|apotheek|filiaal|schoonmaakbedrijf|bezorgpartner|transporteur)|hebben (?:we"
        r"|wij) (?:\w+ ){0,3}geen (?:invloed|grip|zicht|inzage|controle)|geen (?:invloed|grip|zicht|inzage"
        r"|controle) op|(?:we|wij) (?:zijn|is) (?:\w+ ){0,3}(?:niet verantwoordelijk|slechts|enkel|alleen maar"
        r"|maar (?:een|de) (?:platform|tussenpersoon))|niet (?:onze|mijn) (?:verantwoordelijkheid|afdeling|schuld"
        r"|fout|zaak|probleem)|onder (?:de )?verantwoordelijkheid van|dien (?:\w+ ){0,3}(?:daar|bij)|(?:komt|kwam"
        r"|ontstaat|ontstond|ontstaan) door|buiten (?:onze|mijn) (?:macht|invloed|schuld|verantwoordelijkheid)"
        r"|overmacht|iets voor (?:uw|je|jouw) (?:eigen )?\w+"
        r"|staan (?:we|wij) (?:\w+ ){0,2}(?:buiten|los van)|verantwoordelijkheid (?:ligt|van) (?:\w+ ){0,3}(?:bij"
        r"|de|het))(?!\w)"
    ),
    "Hier ligt het aan een ander, en de klant kocht bij ons.",
    "Ja, het ligt nu bij een ander, en wat kun jij daar voor de klant achteraan doen?",
)
PILLAR = Coat(
    re.compile(
        r"(?<!\w)(?:(?:neem|neemt|nemen|opnemen) (?:\w+ ){0,6}?(?:contact|opnemen) (?:\w+ ){0,3}?(?:met"
        r"|bij) (?!mij|me\b|ons\b)\w+|contact (?:\w+ )?(?:op te nemen|opnemen|opneemt|zoeken) (?:\w+ ){0,2}met"
        r"|(?:hiervoor|daarvoor|dan|daarmee|hiermee) (?:moet|dien|dient|kun|kunt|kan|moeten) (?:je"
        r"|u) (?:\w+ ){0,4}(?:bij|naar|contact|terecht|zijn|wenden|bellen|mailen|melden)|(?:moet|dien"
        r"|dient) (?:je|u) (?:\w+ ){0,4}(?:bij|naar|met) (?:\w+ ){0,5}(?:zijn|wenden|bellen|melden|terecht"
        r"|aankloppen)|(?:wend|richt|richten|wenden) (?:je|u|tot)|(?<!ik )(?<!we )(?<!en )(?<!wij )(?:bel|mail"
        r"|belt|mailt|app) (?:dan |even |svp "
        r"|a\.u\.b\. |aub |hiervoor |daarvoor )*(?:naar |met )?(?:onze |de |het |je |uw )?(?:klantenservice"
        r"|klantendienst|helpdesk|winkel|filiaal|postnl|dhl|dpd|gls|vervoerder|fabrikant|leverancier|bezorger"
        r"|afdeling \w+|verkoper|monteur|servicedesk|gemeente|netbeheerder|\d{3,4})|(?:kun|kunt|kan) (?:je"
        r"|u) (?:\w+ ){0,4}(?:terecht|navragen|nagaan|informeren|melden|indienen) (?:\w+ ){0,2}(?:bij|via|op)"
        r"|(?:vul|gebruik|via) (?:\w+ ){0,5}(?:contactformulier|klachtenformulier|formulier)|(?:raadpleeg|bekijk"
        r"|zie|check|kijk op|lees) (?:\w+ ){0,4}(?:veelgestelde|faq|website|site|helppagina)|andere afdeling"
        r"|een andere collega|gaat (?:een |mijn )?(?:andere )?(?:afdeling|collega) over|daar (?:ga|gaan"
        r"|ben) (?:ik|we|wij) niet (?:over|van)|ga(?:an)? (?:ik|we|wij) daar niet over)(?!\w)"
    ),
    "Zo moet de klant zelf weer op pad.",
    "Ja, een ander moet hier iets doen, en kun jij die stap zetten of meegaan?",
)
PASSIVE = Coat(
    re.compile(
        r"(?<!\w)(?:er (?:is|werd|wordt|zal|zijn|werden|worden) (?:\w+ ){0,6}?(?:besloten|vastgesteld"
        r"|geconstateerd|beoordeeld|gekeken naar|gecommuniceerd|gehandeld|bepaald|gekozen|contact met (?:je"
        r"|u) opgenomen|contact opgenomen|geoordeeld|in behandeling genomen|opgepakt)|(?:zaak|klacht|melding"
        r"|aanvraag|verzoek|bericht|signaal|feedback|vraag|dossier|claim) (?:is|wordt|werd|zal"
        r"|worden) (?:\w+ ){0,5}?(?:doorgezet|doorgestuurd|beoordeeld|behandeld|in behandeling|afgewezen"
        r"|afgehandeld|gesloten|meegenomen|geregistreerd|genoteerd|opgepakt|doorgegeven)|zoals (?:\w+ )?(?:eerder"
        r"|reeds|al|vaker|hierboven) (?:\w+ )?(?:aangegeven|gemeld|uitgelegd|vermeld|gezegd|gecommuniceerd"
        r"|medegedeeld)|(?:we|wij|ik) (?:nemen|neem|geven|geef|zullen|zal) (?:\w+ ){0,5}(?:mee (?:in|naar|ter)"
        r"|door aan (?:de|het|onze)|intern (?:bespreken|door|mee|op)))(?!\w)"
    ),
    "Hier is niemand aan zet: wie doet wat?",
    "Ja, het loopt, en wie pakt het op en wanneer hoort de klant dat?",
)
YES_BUT = Coat(
    re.compile(
        r"(?<!\w)(?:(?:snap|begrijp|hoor|zie|vervelend|jammer|sorry|excuses|spijt\w*|voorstellen|frustratie"
        r"|teleurstelling|klopt|gelijk|ja)(?:[^.!?\n]{0,80}?)[,;]? (?:maar|echter|alleen|doch) (?!ik (?:ga|bel"
        r"|stuur|zoek|regel|zorg|maak|kijk|los|pak)|we (?:gaan|bellen|sturen|zoeken|regelen|zorgen|maken|lossen)"
        r"|dat (?:ga|los|regel|zoek|maak)|gelukkig|eerst|wel|nu))"
    ),
    "“Ja, maar”: wat na “maar” komt, veegt het begin uit.",
    "Maak van “maar” een “en”: en wat kan er dan wél?",
)
SHRUG = Coat(
    one_of(
        r"""
        (?:nu|nou) eenmaal|eigen risico|geen uitspraken?|individuele (?:gevallen|klachten|zaken)|in goede orde
        afhankelijk van|bewuste keuze|(?:wordt|worden|is|zijn) (?:bepaald|vastgesteld|geregeld|opgelegd|uitgevoerd
        verzorgd) door
        niet (?:door|van|bij) ons|geen (?:oplossing|datum|uitsluitsel|termijn|informatie|inlichtingen|alternatief)
        via (?:social media|dit kanaal|deze weg|x|facebook) (?:\w+ ){0,3}(?:geen|niet)|callcenter|(?:wij
        we) behandelen|dan neemt (?:een|mijn|onze) collega
        (?:hebt|heeft|heb) (?:je|u) (?:\w+ ){0,4}(?:goed|wel|eerst|al) (?:\w+ ){0,2}(?:gelezen|gekeken|opgelet
        geluisterd|ingevuld)|(?:mail|stuur) (?:je|uw|de|een) (?:\w+ ){0,3}naar \S+@\S+|zoals (?:\w+ ){0,7}(?:stond
        staat|aangekondigd|vermeld|meegedeeld|gecommuniceerd)
        (?:moet|kun|kunt|dien|dient) (?:je|u) (?:\w+ ){0,2}(?:met|bij) (?:\w+ ){0,4}(?:opnemen|bespreken|overleggen
        afstemmen|regelen|navragen|melden)|(?:zal|kan|moet) (?:het |dan |toch )?(?:\w+ ){0,2}aan (?:je|uw|jouw
        de) \w+ liggen
        ligt (?:waarschijnlijk |vast |toch )?aan (?:je|uw|jouw) \w+
        geen (?:andere )?(?:meldingen|klachten)(?: van| over| bekend| binnen)?|bij (?:ons|mij) (?:werkt
        doet) (?:het|hij|alles) (?:gewoon|prima|wel|het)|(?:daar|hier) hoort (?:\w+ ){0,4}bij
        hoort er (?:\w+ ){0,3}bij|hoort erbij|hoort bij (?:het|de)
        (?:kunnen|kan) (?:we|wij|ik) (?:dit|dat|het|hier|daar) (?:\w+ ){0,3}(?:niet|geen) \w+|niet te voorkomen
        (?:wachttijd|levertijd)(?:en)? (?:kan|kunnen) (?:\w+ )?oplopen|oplopen
        (?:door|vanwege|wegens|in verband met|ivm|i\.v\.m\.) (?:de |onvoorziene |grote |enorme |extreme 
        aanhoudende )*(?:drukte|omstandigheden|onderbezetting|personeelstekort|feestdagen)
        niets (?:wat|dat) (?:wij|we|ik) kunnen|(?:door|zelf) (?:jou|u|je|jouzelf|uzelf)? ?(?:gekozen|ingevuld
        opgegeven|geselecteerd|aangevinkt)|herken(?:nen)? (?:wij |we |ik )?(?:ons|me|mij|zich) niet
        voldoet (?:\w+ ){0,3}aan|voldoen (?:\w+ ){0,3}aan|volgens (?:de |het )?(?:geldende |gangbare 
        wettelijke )?(?:normen|norm|eisen|wet|regels|protocol)|niet in de hand
        veelgestelde vragen (?:al )?(?:bekeken|gelezen|geraadpleegd)
        (?:fabrikant|leverancier|vervoerder|verkoper|producent|maker|bezorger) heeft (?:een |zijn )?eigen
        niet zelf gemaakt|(?:dit|dat|het|alles) wordt (?:\w+ ){0,3}(?:opgepakt|bekeken|onderzocht|meegenomen
        besproken|behandeld|afgehandeld|doorgezet)
        er is (?:ergens |kennelijk |blijkbaar )(?:\w+ ){0,5}(?:niet|fout|mis|verkeerd)\w*|er is iets (?:niet goed
        verkeerd|fout|mis) \w+|helaas|jammer genoeg|probeer (?:het|dit) (?:\w+ ){0,3}(?:nog eens|opnieuw|later)
        later (?:nog eens|opnieuw)|rekening mee (?:te )?houden|houd (?:er|hier) rekening|even geduld|nog geduld
        geduld te hebben
        (?:hopen|rekenen|vertrouwen) (?:\w+ ){0,3}(?:op|erop)? ?(?:\w+ ){0,3}begrip|ons (?:uiterste )?best
        (?:zullen|gaan) (?:het|dit|dat) (?:\w+ ){0,4}(?:doorgeven|meenemen|bespreken)|(?:geven|nemen) (?:het|dit
        dat) (?:\w+ ){0,3}(?:door|mee)
        is (?:\w+ ){0,2}(?:gebruikelijk|normaal|inherent|te verwachten|niet ongebruikelijk|standaard|conform)
        valt binnen (?:\w+ ){0,3}|binnen de (?:norm|marge|levertijd|termijn)|niet aansprakelijk|aansprakelijkheid
        zonder (?:\w+ )?garantie|geen garantie(?:s)?
        (?:kan|kunnen) (?:ik|we|wij) (?:\w+ ){0,5}niet (?:\w+ ){0,2}(?:vinden|terugvinden|achterhalen|zien
        controleren|beoordelen|helpen)|niet (?:bekend bij|in ons systeem)|(?:eerste keer|nooit eerder
        niet eerder) (?:\w+ ){0,4}(?:horen|gehoord|gemeld)
        weet (?:je|u) (?:\w+ )?zeker|bent u (?:\w+ )?vergeten|(?:staat|vind je|vindt u|te vinden|terugvinden|lezen
        leest) (?:\w+ ){0,6}(?:op|in) (?:onze|de|mijn) (?:\w+ )?(?:website|site|app|webpagina|pagina|faq|omgeving)
        bezwaar (?:maken|indienen)|klacht (?:\w+ )?(?:indienen|in te dienen)
        verzoeken (?:wij|we) (?:u|je)|(?:raden|adviseren) (?:we|wij|ik)? ?(?:u|je)|collega's (?:\w+ ){0,3}(?:gaan
        helpen|kunnen|weten)|strak(?:ke)? schema|kan gebeuren|kan altijd gebeuren|gebeurt (?:\w+ )?wel eens
        dat is (?:helaas )?de (?:realiteit|praktijk)|zo (?:werkt|gaat) (?:dat|het) (?:nu eenmaal|bij)
        helaas (?:is dat|geldt|pindakaas)|niet anders
        """
    ),
    "Hier haalt het antwoord de schouders op.",
    "Ja, zo is het nu, en wat doe jij eraan, al is het klein?",
)
