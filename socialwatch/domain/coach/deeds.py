"""Deeds: whether an answer does something for the customer: an act of ours, a thing that comes, a burden taken away."""

import re

from socialwatch.domain.coach.reading import one_of, sentences

_US = r"(?:ik|we|wij)"
# What one thinks, feels, wishes or holds by rule changes nothing for the customer.
_IDLE = (
    r"(?:begrijp\w*|snap\w*|zien?|vind\w*|denk\w*|vrees|vrezen|lees|lezen|hoor|horen|weet|weten|hoop|hopen"
    r"|betreur\w*|wens\w*"
    r"|geloof|geloven|merk\w*|herken\w*|ken|kennen|baal|balen|schrik\w*|vermoed\w*|verwacht\w*|verwijs|verwijzen"
    r"|adviseer"
    r"|adviseren|raad|raden|verzoek\w*|mag|mogen|moet|moeten|zou|zouden|ben|zijn|was|waren|had|hadden|werd|worden|wordt"
    r"|wil|willen|kan|kunnen|zal|zullen|ga|gaan|heb|hebben|hanteer|hanteren|werken?|behandel\w*|reken|rekenen|bied"
    r"|bieden"
    r"|streef|streven|beschouw\w*|beoordel\w*|accepteer|accepteren|garander\w*|garandeer|ontvang|ontvangen|krijg"
    r"|krijgen"
    r"|lever|leveren|verkoop|verkopen|vertrouw\w*|dank|danken|bedank\w*|waarder\w*|waardeer|respecter\w*"
    r"|ondervind\w*|dien"
    r"|dienen|hecht\w*|spijt|leef|leven|voel|voelen|vraag (?:u|je|om)|vragen|sta\w* (?:hier|daar)? ?(?:buiten|los"
    r"|achter)"
    r"|houd\w* (?:ons|me|mij) aan|verneem|vernemen|waarschuw\w*|toon|tonen|pas|passen"
    r"|maak\w* (?:\w+ ){0,3}uitzondering|help|helpen|zitten|sta|staan|kies|kiezen|constater\w*|constateer"
    r"|controler\w*|verzorgen?|doen (?:ons|er|altijd)"
    r"|nemen? (?:\w+ ){0,3}(?:mee|kennis|ter harte)|geven? (?:\w+ ){0,4}(?:door|mee)|sluiten?|vergoeden?|verlenen?"
    r"|geldt?"
    r"|herhaal|herhalen|volg|volgen|gaf|gaven|kreeg|kregen|stond|stonden|vergat|vergaten|dacht\w*|stop|stoppen)"
)
# What denies, and what narrows until nothing is left: "wij bezorgen alleen".
_NO = (
    r"(?:niet|geen|niets|niks|nooit|nergens|weinig|helaas|onmogelijk|alleen|enkel|slechts|uitsluitend|louter"
    r"|machteloos)"
)
# Denied before another thing is told of: "ik wil weten waarom je niks hoorde" is not.
_NOT_NEAR = rf"(?!(?: (?!waarom|wat|dat|of|hoe|wie|waar|die|en|maar|zodat|dan)[\w']+){{0,4}} {_NO}(?!\w))"
_START = r"(?:^\W*|[,;:(\u2013-] ?|(?<!\w)(?:en|maar|want|dus|of|ja|nee|hoor|oei|sorry|dan|daarom) )"
# Parts of a verb that say what is done, and not what is only noted, found right or handed on.
_EMPTY_PART = (
    r"(?!(?:verstuurd|gestuurd|verzonden)(?!\w)|\w*(?:geregistreerd|genoteerd|gelezen|gezien|begrepen|besloten"
    r"|besproken|beoordeeld|bekeken|gehad|gemerkt"
    r"|gekregen|vastgesteld|vernomen|verwerkt|gehoord|meegegeven|overgedragen|aangeboden|gecontroleerd|nagekeken"
    r"|nagegaan"
    r"|onderzocht|geinformeerd|gewaarschuwd|gecommuniceerd|aangekondigd|uitgelegd|aangegeven|ingelicht|teruggekeken"
    r"|gemeld|gehouden|gevraagd om|gehandeld|genomen|geschreven|verplicht|(?<!aan)gewezen|gedaan|geweest|gegeven"
    r"|geconstateerd|gegevens|genoeg|beleid|verband|bestand|verstand|beeld|bereid|verkeerd|bekend|beperkt"
    r"|bewust)(?!\w))"
)
_PART = rf"{_EMPTY_PART}(?:\w*ge(?!en(?!\w)|lijk|woon)\w{{2,}}(?:d|t|en)|(?:her|ver|be|ont|over)\w{{3,}}(?:d|t|en))"
# "Ik bel", "wij sturen".
_I_DO = re.compile(
    rf"{_START}{_US} (?!{_IDLE}(?!\w))(?!{_NO})(?!(?:er|het|dat|dit|u|je|om|als|die|zelf|ook|nu|hier"
    rf"|daar)(?!\w))[a-z]{{2,}}(?!\w)(?! de \w+ die(?!\w))"
    rf"{_NOT_NEAR}"
)
# "Dan bel ik", "stuur ik".
_DO_I = re.compile(
    rf"(?<!\w)(?!{_IDLE}(?!\w))(?!vragen )(?!(?:dat|die|of|als|omdat|zodra|zodat|wat|waar|hoe|wie|welke|toen|terwijl"
    rf"|voordat|alleen|en|maar|want"
    rf"|dus|dan|nu|zoals|voor|tot|sinds|nadat|totdat|van|met|op|bij|behalve|niet|ook|ja|nee"
    rf"|sorry)(?!\w))[a-z]{{2,}} {_US}(?!\w)(?! (?:mogen|kunnen|moeten|willen|hebben|zijn|zullen|gaan|tonen"
    rf"|leveren)(?!\w)){_NOT_NEAR}"
)
# "Ik ga het uitzoeken", "kan ik u bovenaan zetten", "zal ik", "we willen weten": a will or a way, not denied.
_I_WILL = re.compile(
    rf"(?<!\w)(?:{_US} (?:ga|gaan|wil|zal|kan)|(?:ga|gaan|wil|zal|kan|mag|zullen) {_US})(?!\w){_NOT_NEAR}(?! (?:u|je"
    rf"|jullie) (?:graag )?(?:erop )?"
    r"(?:wijzen|adviseren|aanraden|verwijzen|doorverwijzen|verzoeken|vragen om))(?! (?:me|mij) (?:goed "
    r"|heel goed )?(?:voorstellen|indenken))"
    r"(?! (?:er |ervan |hier |daar )?(?:vanuit|van uit|over)(?!\w))(?! (?:hier|daar|er) ?over)"
)
_I_HAVE = re.compile(
    rf"(?<!\w)(?:{_US} (?:heb|hebben)|(?:heb|hebben) {_US})(?!\w)(?: (?!(?:{_NO}|(?:op|aan)merking|klacht|melding"
    rf"|bericht|vraag|feedback|verzoek|signaal)(?!\w))[\w.,:'€-]+){{0,9}}? {_PART}(?!\w)"
)
_I_AM = one_of(
    rf"""
    {_US} (?:ben|zijn) (?:er )?(?:\w+ ){{0,3}}(?:bezig|begonnen|gestart|onderweg|aan het|gaan)|(?:ben|zijn) {_US} (?:er
    al|nu|druk|mee)* ?(?:bezig|begonnen|aan het|onderweg)
    (?:heb|hebben) (?:{_US} )?(?:\w+ ){{0,4}}(?:aan de lijn|aan de telefoon)|ik ben (?:nu |voortaan |vanaf nu )?(?:je
    uw|jullie|haar|zijn) \w+|ik heb (?:een )?nieuwe?
    (?:ik ben|ben ik|we zijn|zijn we) (?:\w+ ){{0,4}}(?:langs|heen|mee|over|bij|achter\w*)?(?:ge(?:gaan|lopen|weest
    reden|stapt|doken|komen)|begonnen)
    (?:dat|dit) heb ik (?:\w+ ){{0,4}}gedaan|heb ik (?:nu|net|zojuist|alsnog|inmiddels|meteen)(?! {_NO})
    zover gekregen|losgekregen|voor elkaar gekregen
    bij (?:mij|ons) (?:ben|kun|kunt|mag|moet)|bij mij|van mij|hoor\w* (?:je|u|jullie) (?:\w+ ){{0,4}}(?:van )?(?:mij
    me|ons)
    """
)
# Somebody of ours at work.
_CREW = (
    r"(?:(?:mijn|onze|een|twee|drie|de) (?:\w+ )?(?:collega\w*|ploeg\w*|\w*monteurs?|\w*team|\w*dienst|technic\w+"
    r"|chef|kok"
    r"|chauffeurs?|bakker|manager|leidinggevende|installateur|restaurateur|bedrijfsleider|directeur|schilder|\w+man"
    r"|coordinator|\w*wagen|\w*bus|medewerkers?|vervanger|mensen|bestuur|poli|winkel|redactie|afdeling \w+)|(?:er"
    r"|hij|zij|ze) (?=komt|komen|rijd|gaat|gaan|belt|bellen))"
)
_ACTS = (
    r"(?:staat|staan|(?:is|zijn) (?!ge\w+ in)|komt|komen|rijdt|rijden|brengt|brengen|haalt|halen|zet|zetten|maakt"
    r"|maken|regelt"
    r"|regelen|belt"
    r"|bellen|stuurt|sturen|vervangt|vervangen|repareert|lost|doet|stort|betaalt|gaat|gaan|past|ligt|liggen|hangt"
    r"|hangen"
    rf"|draait|zoekt|zoeken|werkt|werken|blijft|blijven|(?:heeft|hebben) (?:(?!{_NO})[\w]+ ){{0,5}}{_PART})"
)
_THEY_ACT = re.compile(
    rf"(?<!\w)(?<!bij )(?<!met )(?<!naar )(?<!door )(?<!aan )(?<!van )(?:(?!is |zijn |heeft |hebben |staat |blijft "
    rf"|ligt ){_ACTS} {_CREW}(?!\w)|{_CREW} (?:(?:van \w+|nu|al|er|je|u|hem|het|ze|die|morgen|vandaag|vanavond|zelf"
    rf"|meteen|straks) )*{_ACTS})"
    rf"(?! (?:niet|geen|erg|heel|hard|druk|beschikbaar|gesloten|altijd|volgens|met|over|contact|sprake|iets|helaas"
    rf"|dan ook|ingehuurd|verantwoordelijk|besloten|gekozen|vastgesteld|inderdaad)(?!\w)){_NOT_NEAR}"
)
# What comes to the customer, is spared him, or works again.
_GETS = one_of(
    r"""
    (?:je|u|jij|jullie) (?:krijgt|krijgen|mag|mogen|hoeft|hoeven|ontvangt|betaalt)(?! (?:\w+ ){0,4}(?:automatisch
    vanzelf|enquete|standaard|herinnering)(?!\w))(?! (?:\w+ )?(?:hetzelfde|geen|contact|bericht|het nummer|hun
    dan (?:zelf|wel)|zelf|het (?:best|beste|zelf)))|(?:krijg|krijgt|mag|hoef|hoeft|ontvang|betaal|betaalt) (?:je|u|jij
    jullie)(?! (?:geen|precies
    zelf|hetzelfde|\w+ (?:niet|geen)))
    (?:hoeft|hoef) (?:\w+ ){0,3}(?:niet|niks|niets|geen)|(?<!waar )(?:is|zijn|was|waren|staat|staan|ligt|liggen|komt
    komen|gaat|gaan
    hangt|zit) (?:\w+ ){0,5}(?:onderweg|klaar|teruggestort|terugbetaald|gerepareerd|hersteld|verholpen|opgelost
    gevonden
    gelukt|kwijtgescholden|eraf|vervangen|aangepast|rechtgezet|geannuleerd|ingetrokken|van tafel|bezig|bijgeschreven
    vrijgegeven|geboekt|overgemaakt|geregeld|verlengd|verwijderd|gecorrigeerd|gewist|overgezet|omgezet|gecrediteerd
    toegevoegd|hersteld|(?:je|jouw|uw) kant op|weer (?:open|aan|goed|actief|terug|in orde)|terug (?:op|bij)
    weg(?=[.,!;]|$)|(?<!komen )(?<!komt )uit (?:de|het|alle) \w+)
    (?:staat|staan|doet|doen|werkt|werken|loopt|lopen|hangt|hangen|brandt|is|zijn|heb|hebt|heeft|kunt?
    komt) (?:(?!vanzelf|niet|geen)\w+ ){0,3}weer(?! (?:eens|een|helaas|niet))|(?:hij|ze|het) (?:werkt
    doet het) (?:nu|weer)
    (?:wordt|worden) (?!\w+ (?:in jouw|in uw|daags|dagelijks|wekelijks))(?:(?!door|altijd|normaal|standaard
    regelmatig)\w+ ){0,6}(?:vervangen|hersteld|gerepareerd|schoongemaakt|gepoetst|teruggestort|opgehaald|gebracht
    bezorgd|nagestuurd|verzet
    afgeschreven|kwijtgescholden|overgemaakt|rechtgezet|getekend|gemaakt|geplaatst|overgedaan|verwijderd|bijgevuld
    ingezet|neergezet|bijgezet)
    (?:,|^|en|maar|ik|jij|dat|die|het) ?wel(?= (?!degelijk|eens|zeker|goed|erg|heel)\w+)|gratis|kosteloos
    op onze kosten|op mijn kosten|namens ons|mag naar ons toe|naar (?:u|je|jou|jullie) toe|onder (?:onze|je
    uw) (?:verzekering|garantie)|(?:voor
    op) (?:mijn|onze) rekening|(?<!niet )(?<!is )(?<!zijn )van ons(?! maar)|kost (?:je|u) (?:niks|niets)
    zonder (?:kosten|bijbetalen|bijbetaling
    rekening)|cadeau|tegoed|(?:hele|volledige?) bedrag|excuses maken|die is van ons|weg ermee|geld terug
    er (?:gaat|gaan|komt|komen|ligt|liggen|staat|staan|hangt|rijdt|rijden) (?!\w+ (?:niet
    geen))(?:nu |vandaag |vanavond |morgen
    meteen |nog |alvast |straks |al |wel |achter de \w+ )*(?:een(?! \w*(?:bord|briefje))|nieuwe?|twee|drie|iemand|voor
    weer|geld|niks|extra)
    kom (?:\w+ ){0,3}(?:maar|gerust|eten|langs|binnen|even|halen)|(?:rij|breng|lever|stuur (?:me|mij|ons|hem|het|ze
    haar)|log|laat) (?:\w+ ){0,4}(?:maar|langs|gratis|gerust|in je bon)(?! (?:even|eens) (?:contact|een))
    vraag naar mij
    (?<=\w )(?:belt|brengt|rijdt|haalt|zet|pakt|regelt|repareert|vervangt|legt|maakt|wijst|past|draait) (?:je|u|jou
    jullie|hem|haar|ze|het|'m|er) (?!niet|geen|aan op)\w+|(?:komt|komen) (?:\w+ ){0,3}(?:terug|langs|bij u|bij je)
    (?:ik|we|wij) (?:heb|hebben) (?:wel|nog|hier) (?!niet|geen)\w+|(?:schikt|past) (?:je|u|het|\w+ uur)|opgezegd per
    met (?:een|twee) (?:tientje|bon|cadeau\w*) extra
    loop maar|stuur (?:maar|hem|ze|haar|het) (?:\w+ )?terug|niet meer te \w+
    """
)
# Where or how it can be had: help in itself.
_HELP = one_of(
    rf"""
    (?:klik|tik|kies|druk|houd|draai|zet|gooi|trek|haal|open|schuif|leg|gebruik|vraag naar|laat) (?!\w+ (?:contact
    website))(?:[\w']+,? ){{0,12}}?(?:dan (?:is|ben
    krijgt?|kun|kan|heeft|heb|doet|gaat|werkt|stopt|ziet?)|linksom|rechtsom|hem weg|ze weg|'\w+')
    (?:daar|dan|zo|hier|via [^.!?]{{3,30}}|met [^.!?]{{3,30}}) (?:ben|bent|is|kom|komt) (?!(?:je|u) (?:bij|op
    mee)(?!\w))(?:je|u|jij|bijna
    altijd) (?!zelf)\w+
    (?:dan|het|dat) kan (?:het|dat|je|u|ook|wel)|(?:kan|kunt|kun) (?:het|dat|je|u) (?:ook|wel) \w+|(?:je|jullie|uw
    jouw) \w+ (?:blijft|blijven) (?!\w* ?{_NO})\w+
    (?:kun|kunt|kan|mag) (?:je|u) (?:\w+ ){{0,5}}(?:bij|in|aan) ons|bij ons (?:\w+ ){{0,3}}(?:kun|kunt|kan|mag) (?:je|u)
    (?:klepje|knop|filter|stekker)
    """
)
# That it was ours, and wrong, said outright.
_OWNED = one_of(
    r"""
    (?:onze|mijn) (?:fout|schuld|blunder|misser|vergissing)|fout van ons|had(?:den)? (?:ik|we
    wij) (?:\w+ ){0,8}(?:moeten|mogen)
    (?:ik|we|wij) had(?:den)? (?:\w+ ){0,8}(?:moeten|mogen)|(?:we|wij) (?:vergaten|lieten|zaten fout|deden het fout)
    (?:klopt|deugt|hoort|mag|moest|moet|had|hadden) (?:\w+ ){0,4}(?:niet(?! van toepassing)|nooit
    anders)(?: \w+){0,3}(?:gebeuren|gemogen|kunnen
    moeten)?|gemoeten|(?:chauffeur|collega|medewerker) zat fout|(?:\w+ )?zitten? (?:er )?(?:\w+ )?(?:fout|over)heen
    (?:we|wij) (?:zaten|waren) fout|niet (?:duidelijk|goed|netjes|handig|snel|vlot|ver) genoeg|niet netjes
    trek\w* (?:\w+ ){0,3}aan
    """
)
# Paper, pages and numbers that the customer is sent to.
_CHORE = re.compile(
    r"(?<!\w)(?:\w*formulier|website|site|veelgestelde|faq|klantenservice|klantendienst|helpdesk|contact(?:pagina)?"
    r"|opnieuw|zelf)(?!\w)"
)
_SIGNS = (_I_DO, _DO_I, _I_WILL, _I_HAVE, _I_AM, _THEY_ACT, _GETS)


def does(text: str) -> str | None:
    """The first deed in a level text, None without one."""
    for sentence in sentences(text):
        for each in _SIGNS:
            found = each.search(sentence.text)
            if found:
                return found[0]
    return None


def helps(text: str) -> str | None:
    """Where it tells how or where it can be had here, None where it sends the customer to paper or a page."""
    plain = (each.text for each in sentences(text) if not _CHORE.search(each.text))
    found = next((match for each in plain if (match := _HELP.search(each))), None)
    return found[0] if found else None


def owns(text: str) -> str | None:
    """Where it says outright that it was ours, or wrong."""
    found = _OWNED.search(text)
    return found[0] if found else None
