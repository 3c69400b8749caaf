"""Asked: the words with which an answer asks the customer for something, per thing that can be known."""

import re

from socialwatch.domain.coach.reading import one_of

_ABOUT = r"(?:[\w'&-]+ ){0,8}"
FIELDS = {
    "name": one_of(
        r"(?:voor- en achter|achter|voor)?naam|namen|hoe (?:je|u) heet|hoe heet (?:je|u)(?! \w)|met wie (?:heb"
        r"|spreek|praat) (?:ik|we|wij)"
        r"|wie (?:ben je|bent u)(?! \w)|hoe mag ik (?:je|u) noemen|(?:op )?wiens naam|naw(?:-?gegevens)?"
    ),
    "address": one_of(
        rf"""
        (?:\w+)?adres(?:gegevens|je)?(?! (?:van de winkel|van onze))|postcode|huisnummer|woonplaats
        straat(?:naam)?(?: en|,|:)
        naw(?:-?gegevens)?|waar (?:je|u) woont|waar woon
        waar (?:moet|mag|mogen|kunnen|kan|zullen) (?:we|wij|ik|het|hij|de|ze|die) (?:\w+ ){{0,4}}(?:naartoe|heen
        bezorgen|sturen)
        waar (?:we|wij|ik) {_ABOUT}(?:naartoe|naar toe|heen|sturen|bezorgen|brengen|leveren|afleveren|opsturen|zijn
        langskomen|terecht|ophalen)|waarheen|waar {_ABOUT}(?:bezorgd|afgeleverd|opgehaald) (?:moet|mag|wordt|worden)
        (?:in |uit )?welke? (?:straat|stad|plaats|dorp|gemeente|woonplaats|wijk|buurt|regio)|waar (?:woont|wonen) (?:je
        jij|u|jullie)|(?:op )?welk (?:huis|woonadres|nummer woon\w*)|waar {_ABOUT}(?:in huis woont|wonen)
        """
    ),
    "email": one_of(
        r"e-?mailadres|mail-?adres|(?:je|uw|jouw|en|,) e-?mail(?! \w*(?:ge|ont|ver)\w+)|waar (?:\w+ ){0,8}(?:mailen"
        r"|gemaild)|e-?mail:|welke? e-?mail"
        r"|e?-?mail(?:tje)? waarmee"
    ),
    "phone": one_of(
        r"""
        telefoon-?(?:nummer|nr)|mobiele? (?:telefoon)?nummer|gsm-?nummer|06-?nummer|nummer waarop|op welk nummer
        (?:je|uw|jouw) (?:06|nummer|gsm|mobiel\w*|telefoon)(?! (?:van|op|in))
        hoe (?:kan|kunnen|mag|mogen|bereik|bereiken) (?:ik|we|wij) (?:je|u|jou|jullie)(?: \w+){0,4}? ?(?:bereiken
        bellen)?(?=\W*\?)
        waarop (?:we|wij|ik) (?:je|u|jou) (?:\w+ )?(?:kan|kunnen|mag|mogen)
        """
    ),
    "order_number": one_of(
        r"""
        onder (?:welk|welke) (?:nummer|code|kenmerk|referentie)
        (?:bestel(?:lings?)?|order|aankoop|boekings?|reserverings?|retour)[ -]?(?:nummer|nr|code|id)
        (?:om |over )?welke (?:bestelling|order|boeking)
        """
    ),
    "tracking": one_of(
        r"track\w*(?: ?(?:&|en|and|n) ?trace)?(?:[ -]?(?:code|nummer|link))?|barcode|(?:zendings?"
        r"|pakket)-?(?:nummer|code)"
    ),
    "size": one_of(r"(?:\w+)?ma(?:at|ten)|hoe groot (?:je|u) voet"),
    "product": one_of(
        rf"""
        welke? {_ABOUT}(?:product|artikel|model|type|apparaat|toestel|item|smaak|kleur|soort|variant|uitvoering|merk)\w*
        (?:om |over )?welke? (?!bestel|order|reden|adres|datum|nummer|dag)\w+ (?:gaat|ging|het gaat|het ging|is
        was) ?(?:het)?
        (?:type|model|artikel)-?(?:nummer|nr|aanduiding)|hoe heette? (?:het|de|dat|die|je|uw) (?!verkoper|medewerk
        collega|monteur|kind|dochter|zoon|man|vrouw|hond|kat|dame|heer
        meneer|mevrouw|chauffeur|meisje|jongen|arts|dokter|winkel|zaak|straat)\w+
        welk product|welk artikel
        wat (?:heb|had|heeft|hebt|hebben|hadden) (?:je|u|jullie) {_ABOUT}(?:in huis gehaald|meegenomen|uitgekozen
        gekozen|besteld|gekocht|aangeschaft|gehuurd|geleend
        afgesloten|geboekt)|wat (?:kocht|bestelde|huurde|boekte|leende) (?:je|u|jullie)|wat (?:zit|zat|zou|stond
        moest) {_ABOUT}(?:erin(?! toen)|er in(?! toen)|in (?:het|de|je|uw) (?:pakket\w*|doos|bestelling|zending|tas))
        wat (?:is|was) het (?:eigenlijk |precies |ook alweer )*voor (?:een )?\w+|wat voor (?:een )?\w+ (?:is|was|heb
        heeft|hebt|had|gaat|betreft)|welke? \w+ (?:heb|had|heeft|hebt) (?:je|u|jullie)|wat (?:je|u) (?:precies 
        ook alweer )?(?:besteld|gekocht) (?:hebt|had|heeft)
        """
    ),
    "purchase_date": one_of(
        rf"""
        wanneer {_ABOUT}(?:gekocht|besteld|aangeschaft|aankoop|aangekocht)|wanneer {_ABOUT}(?:bestelling
        aankoop) (?:gedaan|geplaatst|deed)|(?:wanneer|welke (?:dag|datum|week|maand)) {_ABOUT}(?:kocht\w*
        bestelde\w*|haalde\w*|gehaald|afgerekend)
        sinds wanneer (?:heb|heeft|hebt)
        (?:aankoop|bestel|koop|aanschaf)-?datum|datum van (?:je |uw |de )?(?:aankoop|bestelling|aanschaf)
        (?:aankoop|kassa)?bon(?:netje)?|factuur|(?:aankoop|koop)bewijs|bewijs van aankoop
        hoe (?:oud is|lang heb (?:je|jij)|lang heeft u|lang hebt u)
        """
    ),
    "delivery": one_of(
        rf"""
        wanneer {_ABOUT}(?:geleverd|bezorgd|komen|binnen|ontvangen|teruggestuurd|retour|gepland|afgesproken|ingepland)
        (?:wanneer|hoe laat) (?:stond|zou|zouden|kwam|was|staat) {_ABOUT}\w+|(?:lever|bezorg)(?:datum
        dag|moment|tijd)
        welke? (?:dag|datum|tijdvak|moment|tijdstip) {_ABOUT}(?:bezorgd|geleverd|komen|tijdvak)|welk tijdvak|(?:heb
        heeft|hebt) (?:je|u) {_ABOUT}al (?:ontvangen|binnen)
        (?:is|zijn|was) (?:het|de|je|uw|hij|alles|jouw) {_ABOUT}(?:al|inmiddels|intussen
        ondertussen) (?:\w+ )?(?:binnen|geleverd|bezorgd
        aangekomen|ontvangen|gebracht|er)|wanneer {_ABOUT}(?:aangekomen|aankwam|kwam|gebracht|afgeleverd|in huis)
        wat {_ABOUT}(?:status|track & trace|track en trace)
        """
    ),
    "warranty": one_of(r"\w*garantie(?:bewijs|termijn|datum|certificaat)?"),
    "promise": one_of(
        rf"""
        wat {_ABOUT}(?:afgesproken|beloofd|toegezegd)|wie {_ABOUT}(?:beloofd|toegezegd|gesproken)
        wanneer {_ABOUT}(?:beloofd|gebeld zou|terugbellen|zou(?:den)? (?:we|ze))
        wat (?:de|die|onze|mijn) (?:afspraak|collega|belofte) {_ABOUT}(?:was|zei|beloofde)
        met wie {_ABOUT}(?:gesproken|afgesproken)
        """
    ),
    "rejection": one_of(
        rf"""
        (?:waarom|reden|met welke reden|om welke reden) {_ABOUT}(?:afgewezen|geweigerd|afgekeurd|afwijzing
        weigering)|reden van (?:de |je |uw )?(?:afwijzing|weigering)
        wat {_ABOUT}(?:reden|argument) {_ABOUT}(?:afwijzing|weigering|afgewezen)
        """
    ),
    "menu": one_of(
        rf"welke? (?:optie|keuze|toets|menu\w*|nummers?) {_ABOUT}(?:koos|gekozen|toets\w*|ingetoetst|menu"
        rf"|keuzemenu)|wat {_ABOUT}(?:ingetoetst|in het (?:keuze)?menu)|keuzemenu"
    ),
    "waited": one_of(rf"hoe ?lang {_ABOUT}(?:gewacht|wacht|wachtrij|lijn|stond|wachten|wachtte)"),
    "tried": one_of(
        rf"(?:wat|welke stappen) {_ABOUT}(?:geprobeerd|gedaan|ondernomen)|(?:heb|heeft|hebt) (?:je"
        rf"|u) {_ABOUT}(?:al )?(?:iets|wat) (?:zelf )?geprobeerd"
    ),
    "contacts": one_of(
        rf"""
        (?:heb|heeft|hebt|had) (?:je|u|jij) {_ABOUT}(?:gebeld|gemaild|gechat|geappt|contact|gesproken|gemeld)
        (?:eerder|al) (?:\w+ )?contact (?:gehad|opgenomen)
        wat {_ABOUT}(?:gehoord (?:hebt|heeft|heb)|te horen gekregen|verteld|misgegaan|mis ging|gebeurd is|gezegd)
        met wie {_ABOUT}(?:gesproken|contact|gebeld|sprak)|wie {_ABOUT}(?:aan de (?:lijn|telefoon)|gesproken|sprak
        te woord)|wanneer {_ABOUT}(?:gebeld|gemaild|contact|gemeld|belde|mailde|meldde)|hoe vaak {_ABOUT}(?:gebeld
        gemaild|contact|gemeld|belde|geweest)
        """
    ),
    "asked": one_of(
        r"wat er (?:precies |nou |nu )?aan de hand is|wat is er (?:precies |nou |nu )?aan de hand"
        r"|waar (?:gaat het|het) over (?:gaat)?"
    ),
    "occasion": one_of(
        rf"(?:is|was|waren|zijn) (?:het|hij|ze|dit|dat|die) {_ABOUT}(?:cadeau\w*|kado\w*|verjaardag\w*)|welke feestdag"
        rf"|voor wie {_ABOUT}(?:cadeau\w*|bedoeld|was|is)|welke gelegenheid|waar(?:voor)? {_ABOUT}(?:cadeau|bedoeld)"
    ),
    "customer_number": one_of(r"klant(?:en)?-?(?:nummer|nr)|relatienummer|lidmaatschapsnummer|lidnummer"),
    "iban": one_of(r"iban|(?:bank)?rekening-?(?:nummer|nr)?"),
    "birth_date": one_of(
        r"geboortedatum|geboortejaar|wanneer (?:ben|bent|is) \w+ (?:\w+ )?(?:geboren|jarig)"
        r"|wanneer (?:je|u) (?:geboren|jarig)"
    ),
    "policy_number": one_of(r"polis-?(?:nummer|nr)"),
    "contract_number": one_of(r"contract-?(?:nummer|nr)"),
    "invoice_number": one_of(r"factuur-?(?:nummer|nr)"),
    "number": one_of(r"hoeveel|aantal|hoevelen"),
    "plate": one_of(r"kenteken|nummerplaat"),
    "date": one_of(
        rf"""
        (?:op )?welke (?:datum|data|dag|dagen|week|nacht|nachten|periode)|(?!geboorte)\w*dat(?:um|a)
        (?:van |sinds )?wanneer (?:was|is|gebeurde|had|heeft|heb|hebt|hebben|vond|ging|waren|zag|kwam
        bent|ben|stond|tot|kreeg|werd|verbleef|reisde|gekocht) ?{_ABOUT}\w*|hoe lang (?:is dat )?geleden
        (?:op |om )?welk (?:tijdstip|moment|uur) (?:was|had|heeft|heb|hebt|stond|ging|gebeurde|zou)
        """
    ),
    "travel": one_of(
        rf"""
        reis(?:datum|data|gegevens|nummer|dag|traject|duur)?|traject|bestemming|vertrek(?:datum|dag|tijd|plaats)?|route
        (?:vanaf|vanuit|van|naar|in) welke? (?:luchthaven|vliegveld|haven|station|plaats|opstapplaats|kant)
        (?:naar |in |op )?welke? (?:land|bestemming|reis|vlucht|trein|rit|route|stad|datum|dag|traject|hotel)
        waar {_ABOUT}(?:naartoe|heen|reis\w*|vlieg\w*|gaan|ging\w*|vertrek\w*|vertrok\w*)
        (?:wanneer|hoe laat) {_ABOUT}(?:vertrek\w*|vertrok\w*|reis\w*|reed|ging\w*|gaan|weg|gereisd|gevlogen)
        van waar|met (?:hoeveel|z'n hoevelen)|hoeveel (?:personen|mensen|reizigers|man)
        """
    ),
    "flight": one_of(
        rf"vlucht(?:nummer|gegevens|datum|code)?|bestemming|welke vlucht|(?:waar|wanneer|hoe laat) {_ABOUT}"
        r"v(?:lieg|loog|logen|ertrek|ertrok)\w*"
    ),
    "store": one_of(
        rf"""
        (?:in |bij |uit |van )?welke? (?:van onze )?(?:\w+)?(?:winkels?|filia\w+|vestiging\w*|locatie|zaak|zaken|club
        sportschool|restaurant|hotel|kantoor|stad|plaats|loket|station|afhaalpunt|bibliotheek|depot|garage)
        waar {_ABOUT}(?:gekocht|gebeurd|gehaald|geweest|ingeleverd|afgehaald|kocht|gebeurde|was dat|was het)
        """
    ),
    "colour": one_of(r"kleur\w*"),
    "subscription": one_of(
        r"abonnement\w*|welke? (?:bundel|pakket|lidmaatschap|contract|formule)|wat voor (?:bundel|pakket)"
    ),
    "amount": one_of(
        rf"bedrag|bedragen|(?:hoe ?veel|wat) {_ABOUT}(?:betaald|afgerekend|neergelegd|afgeschreven|geld|euro|kostte"
        rf"|gekost|betaalde)|hoe duur"
    ),
    "claim": one_of(r"(?:schade|claim|dossier|melding(?:s)?|zaak)-?(?:nummer|nr)"),
}  # fmt: skip
ALIAS = {
    "minutes_waited": "waited",
    "delivery_status": "delivery",
    "returned": "delivery",
    "warranty_end": "warranty",
    "earlier_rejection": "rejection",
    "menu_typed": "menu",
    "tracking_code": "tracking",
    "postcode": "address",
    "which_order": "order_number",
    "licence_plate": "plate",
}
# A number under the name it has in the trade: of somebody, or of something that was bought or booked.
OF_SOMEBODY = one_of(
    r"(?:lid|leden|leerling(?:en)?|student(?:en)?|patient(?:en)?|pas|kaart|klantenkaart|spaar\w*|account|abonnee"
    r"|debiteur"
    r"(?:en)?|relatie|badge|huurders?|bewoners?|deelnemers?|gebruikers?|pashouders?|reizigers?|donateurs?|verzekerden?"
    r"|client(?:en)?|aansluit\w*)-?(?:nummer|nr|code)"
)
OF_SOMETHING = one_of(
    r"(?:lot|ticket|boeking(?:s)?|reservering(?:s)?|bon|kassabon|aanvraag|opdracht|zending(?:s)?|werkorder|werkbon"
    r"|cursus"
    r"|inschrijf|inschrijvings?|bewijs|transactie|aankoop|koop|verkoop|order|bestel|reparatie|huur|rit|rits|tafel)"
    r"-?(?:nummer|nr|code)"
)
# A sentence with one of these asks for something, also without a question mark.
REQUEST = one_of(
    r"""
    mag ik|mag je|mag uw|vertel|mogen we|mogen wij|kun je|kan je|kunt u|kan u|kunnen we|kan ik|wil je|wilt u
    wilt je|zou je|zou u
    zouden we|heb je|heeft u|hebt u
    graag|ontvang\w* (?:ik|we|wij)|stuur|mail|app|dm|deel|geef|noem|vermeld|vul|laat|reageer|typ|noteer|pak|gelieve
    (?:heb|hebben) (?:ik|we|wij) (?:\w+ ){0,4}nodig|nodig|weet je|ik mis|we missen|wij missen|ontbreekt|ontbreken
    ben benieuwd
    verzoek(?:en|t)?|(?:wij|we|ik) vra(?:ag|gen)|vragen (?:wij|we)|vernem\w+|gelieven?
    (?:op|door|aan|mee|toe) te (?:geven|sturen|leveren|delen|zenden)|te (?:vermelden|verstrekken|noemen|melden|mailen)
    meesturen|opsturen|toesturen|meegeven|achterlaten|sturen (?:je|u|jullie)|stuurt|geeft|noemt|mailt|vermeldt
    aanvullen|doorgeven|doorsturen|delen|invullen|vermelden|opgeven|ik (?:wil|zou) (?:\w+ ){0,3}weten|zonder (?:je
    uw)|svp|aub
    """
)
# A sentence with one of these says what we do with it, or that we have it.
OFFERED = one_of(
    r"""
    (?:heb|hebben|staat|zie|zien) (?:ik |we |wij )?(?:al|hier|voor me|erbij|staan|in beeld)|heb ik er(?:bij)?
    hebben we er(?:bij)?
    hoef(?:t)? (?:je|u|niet|me|ons)|hoeven (?:we|ik)|gevonden|niet nodig|weten we|weet ik|ken ik|ligt voor me
    erbij gepakt|erbij
    (?:stuur|mail|zet|app|geef|bel) (?:ik|we)|(?:sturen|mailen|zetten|geven) (?:we|wij)|vind je|vindt u|krijg je
    krijgt u|ontvang je|ontvangt u
    ons (?:\w+ )?(?:adres|nummer|mailadres|e-mailadres)|onze (?:\w+ )?(?:naam|garantie|postcode)
    """
)
# It asks for something else than what we know, or only whether it still holds.
OTHERWISE = one_of(
    r"""
    een ander(?:e)?|ander adres|andere maat|ergens anders|nieuwe? (?:adres|maat|nummer|mailadres|e-mail\w*)|liever
    het liefst|voortaan|wel past
    klopt (?:je|het|dat|dit|uw|die|mijn|deze|nog)|kloppen|nog (?:steeds )?(?:hetzelfde|juist|actueel|op dit|op dat)
    ongewijzigd|verhuisd|veranderd
    gewijzigd|of (?:mag|moet|wil) (?:het|je)|dezelfde|hetzelfde|een maat(?:je)? (?:groter|kleiner)|maatje
    wil je (?:dan |nu |graag )?hebben|zal ik|welke maat (?:zou|wil|moet|mag|had (?:je|u) (?:liever|willen|graag))
    """
)
TELLS_TO_DO = one_of(
    r"""
    heb je|heeft u|hebt u|heb jij|kun je|kunt u|kan je|wil je|wilt u|zou je|zou u|probeer
    kijk|bekijk|test|meet|stel|laat|vervang|reinig|spoel|schud|wissel|verplaats|plaats|sluit|eens|even|breng|ga
    stuur|knip|was|droog|schroef|duw|draai|herstart|reset
    haal|trek
    zet|start|druk(?= (?:op|de|het|even|eens|dan|nog|in|je|hem|'m))|koppel|installeer
    verwijder|update|controleer|check|neem|leeg|log|ontkalk|maak|doe|bel|mail|app|geprobeerd
    """
)
DONE_ALREADY = one_of(
    r"(?<!of )(?:dat )?(?:je|u) (?:\w+ ){0,6}al (?:\w+ ){0,4}(?:hebt|heeft|had|heb)|staat hier|heb je al gedaan"
    r"|al gedaan"
    r"|hoef(?:t)?|zie ik|lees ik"
)
# One remedy under many names.
STARTED_AGAIN = one_of(
    r"""
    \w*reset\w*|gereset|herstart\w*|opnieuw (?:op)?(?:ge)?start\w*|(?:op)?nieuw aan(?:zetten|gezet)?|stekker\w*
    stroom eraf
    uit en (?:weer |daarna |dan )?aan\w*|aan en uit\w*|reboot\w*|gereboot|spanningsloos|uit- en (?:weer )?aan\w*
    """
)
# Words in a label that say nothing on their own.
BARE_LABELS = frozenset(
    re.findall(r"\w+", "al geprobeerd eerder contact gevraagd datum naam product nummer bezorging eerdere")
)
