"""Asked: the words with which an answer asks the customer for something, per thing that can be known."""

import re

from socialwatch.domain.coach.reading import one_of

_ABOUT = r"(?:[\w'&-]+ ){0,8}"
FIELDS = {
    "name": one_of(
        r"(?:voor- en achter|achter|voor)?naam|namen|hoe (?:je|u) heet|hoe heet (?:je|u)(?! \w)|naw(?:-?gegevens)?"
    ),
    "address": one_of(
        r"""
        (?:\w+)?adres(?:gegevens|je)?(?! (?:van de winkel|van onze))|postcode|huisnummer|woonplaats
        straat(?:naam)?(?: en|,|:)
        naw(?:-?gegevens)?|waar (?:je|u) woont|waar woon
        waar (?:moet|mag|mogen|kunnen|kan|zullen) (?:we|wij|ik|het|hij|de|ze|die) (?:\w+ ){0,4}(?:naartoe|heen
        bezorgen|sturen)
        """
    ),
    "email": one_of(
        r"e-?mailadres|mail-?adres|(?:je|uw|jouw|en|,) e-?mail(?! \w*(?:ge|ont|ver)\w+)|e-?mail:|welke? e-?mail"
        r"|e?-?mail(?:tje)? waarmee"
    ),
    "phone": one_of(
        r"""
        telefoon-?(?:nummer|nr)|mobiele? (?:telefoon)?nummer|gsm-?nummer|06-?nummer|nummer waarop|op welk nummer
        waarop (?:we|wij|ik) (?:je|u|jou) (?:\w+ )?(?:kan|kunnen|mag|mogen)
        """
    ),
    "order_number": one_of(
        r"""
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
        (?:type|model|artikel)-?(?:nummer|nr|aanduiding)|hoe heette? (?:het|de|je|uw) (?:product|artikel)
        welk product|welk artikel
        wat (?:heb|had|heeft|hebt) (?:je|u) {_ABOUT}(?:besteld|gekocht|aangeschaft)|wat (?:je|u) (?:precies 
        ook alweer )?(?:besteld|gekocht) (?:hebt|had|heeft)
        """
    ),
    "purchase_date": one_of(
        rf"""
        wanneer {_ABOUT}(?:gekocht|besteld|aangeschaft|aankoop|aangekocht)|wanneer {_ABOUT}(?:bestelling
        aankoop) (?:gedaan|geplaatst|deed)|wanneer (?:kocht|bestelde)
        sinds wanneer (?:heb|heeft|hebt)
        (?:aankoop|bestel|koop|aanschaf)-?datum|datum van (?:je |uw |de )?(?:aankoop|bestelling|aanschaf)
        (?:aankoop|kassa)?bon(?:netje)?|factuur|(?:aankoop|koop)bewijs|bewijs van aankoop
        hoe (?:oud is|lang heb (?:je|jij)|lang heeft u|lang hebt u)
        """
    ),
    "delivery": one_of(
        rf"""
        wanneer {_ABOUT}(?:geleverd|bezorgd|komen|binnen|ontvangen|teruggestuurd|retour)|(?:lever|bezorg)(?:datum
        dag|moment|tijd)
        welke? (?:dag|datum|tijdvak|moment|tijdstip) {_ABOUT}(?:bezorgd|geleverd|komen|tijdvak)|welk tijdvak|(?:heb
        heeft|hebt) (?:je|u) {_ABOUT}al (?:ontvangen|binnen)
        wat {_ABOUT}(?:status|track & trace|track en trace)
        """
    ),
    "warranty": one_of(r"garantie(?:bewijs|termijn|datum|certificaat)?"),
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
        met wie {_ABOUT}(?:gesproken|contact)|wanneer {_ABOUT}(?:gebeld|gemaild|contact)
        """
    ),
    "asked": one_of(
        r"wat er (?:precies |nou |nu )?aan de hand is|wat is er (?:precies |nou |nu )?aan de hand"
        r"|waar (?:gaat het|het) over (?:gaat)?"
    ),
    "occasion": one_of(
        rf"voor wie {_ABOUT}(?:cadeau\w*|bedoeld|was|is)|welke gelegenheid|waar(?:voor)? {_ABOUT}(?:cadeau|bedoeld)"
    ),
    "customer_number": one_of(r"klant(?:en)?-?(?:nummer|nr)|relatienummer|lidmaatschapsnummer|lidnummer"),
    "iban": one_of(r"iban|(?:bank)?rekening-?(?:nummer|nr)?"),
    "birth_date": one_of(r"geboortedatum|geboortejaar|wanneer (?:je|u) (?:geboren|jarig)"),
    "policy_number": one_of(r"polis-?(?:nummer|nr)"),
    "contract_number": one_of(r"contract-?(?:nummer|nr)"),
    "invoice_number": one_of(r"factuur-?(?:nummer|nr)"),
    "number": one_of(r"hoeveel|aantal"),
    "plate": one_of(r"kenteken|nummerplaat"),
    "date": one_of(rf"(?:op )?welke (?:datum|dag)|datum|wanneer (?:was|is|gebeurde|had|heeft|heb|vond) {_ABOUT}\w+"),
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
# A sentence with one of these asks for something, also without a question mark.
REQUEST = one_of(
    r"""
    mag ik|mag je|mag uw|vertel|mogen we|mogen wij|kun je|kan je|kunt u|kan u|kunnen we|kan ik|wil je|wilt u
    wilt je|zou je|zou u
    zouden we|heb je|heeft u|hebt u
    graag|ontvang\w* (?:ik|we|wij)|stuur|mail|app|dm|deel|geef|noem|vermeld|vul|laat|reageer|typ|noteer|pak|gelieve
    (?:heb|hebben) (?:ik|we|wij) (?:\w+ ){0,4}nodig|nodig|weet je|ik mis|we missen|wij missen|ontbreekt|ontbreken
    ben benieuwd
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
    wil je (?:dan |nu |graag )?hebben|zal ik|welke maat (?:zou|wil|moet|mag|had)
    """
)
TELLS_TO_DO = one_of(
    r"""
    heb je|heeft u|hebt u|heb jij|kun je|kunt u|kan je|wil je|wilt u|zou je|zou u|probeer|herstart|reset|haal|trek
    zet|start|druk|koppel|installeer
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
