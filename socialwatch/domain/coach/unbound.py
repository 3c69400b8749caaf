"""Unbound: the signs that a moment in a sentence binds nobody here: it is past, hedged, denied, or the world's own."""

import re

from socialwatch.domain.coach.reading import one_of
from socialwatch.domain.coach.timing import AHEAD, DAY, EVENT, HOUR, MONTH, WHEN
from socialwatch.domain.when import NUMBER

# A past tense: one of the strong verbs, or a stem with -de or -te that is no ordinal.
_PAST = re.compile(
    r"(?<!\w)(?:(?:open|dicht|door|mee|aan|af|uit|op|in|weg|terug|langs|vast|los|om|over|binnen|voor|mis|stuk)"
    r"(?:ging|gingen|kwam|kwamen|stond|stonden|zat|lag|liep|gaf|trok|bleef|viel)|deed|deden|zag|zagen|vond|vonden"
    r"|bracht\w*|dacht\w*|zocht\w*|liep\w*|bleef|bleven|nam|namen|gaf|gaven|kocht\w*|vertrok\w*|hield\w*|liet|lieten"
    r"|mocht\w*|wist\w*|riep\w*|viel\w*|sloot|sloten|koos|kozen|reed|had|keek|keken"
    r"|kregen|begon|begonnen|boden|brak|braken|droeg|droegen|gingen|hielp|hielpen|hingen|lazen|leek|leken|reden|sliep"
    r"|sloeg|sloegen|spraken|stak|staken|trok|trokken|verdween|verloor|verloren|vergat|vergaten|vlogen|vroegen|bleek"
    r"|bleken|schoot|schoof|smolt|ving|hielden|verscheen"
    r"|schreven"
    r"|(?<!de )(?<!het )(?<!een )(?<!uw )(?<!jouw )(?<!onze )(?<!der)(?!derde|vierde|waarde|orde|aarde|zelfde"
    r"|dezelfde|hetzelfde|ziekte|drukte|hitte|diepte|dikte|vlakte|witte|natte|platte|vette|harde|milde|bepaalde)"
    r"(?:\w{2,}(?:lde|rde|gde|mde|fde|kte|pte|fte|tte|dde)|(?!worden|\w*(?:melden|schelden|antwoorden|woorden"
    r"|schulden|markten)|gelden|\w*velden|\w*beelden|harden"
    r"|waarden"
    r"|soorden|duizenden|bedden|redden)\w{3,}(?:lden|rden|gden|mden|fden|kten|pten|ften|dden)))(?!\w)"
)
_HEDGED = one_of(
    rf"""
    hopelijk|waarschijnlijk|misschien|mogelijk|wellicht|vermoedelijk|normaal|normaliter|meestal|doorgaans|gewoonlijk
    traditi\w+|standaard|in de regel|vaak|soms
    hopen|hoopt?|probeert?|proberen|verwacht(?! (?:je|jou|jullie|u)(?!\w))|verwachten(?! (?:je|jou
    jullie|u)(?!\w))|gaat uit van|streven|streeft|mikt
    mikken|gokt?|gokken|rekent
    (?<!we )(?<!wij )rekenen|rekenen (?:\w+ )?(?:op|erop)|kan
    kunnen|kun|kunt|wil|wilt|willen|lijkt|volgens|denkt?|denken
    schatting|schat|schatten|afhankelijk|in principe|eventueel|moet|moeten|dient|maximaal
    indien|mits|tenzij|zodra|wanneer|mocht|of(?! (?:{NUMBER}|uiterlijk|anders|{DAY}|morgen|overmorgen|vandaag)(?!\w))
    als(?= (?:je|jij|u|we|wij|ik|het|de|hij|ze|er|dat|die|dit|jullie|alles|iemand|'t))|bij (?:pech|storing\w*|schade
    vragen|klachten|nood|drukte|uitval)
    """
)
_NEGATED = one_of("niet|geen|nooit|niemand|niks|niets|nergens|hoef|hoeft")
# Negations that take nothing back: a limit, or what the customer is spared.
_SPARED = one_of(
    rf"""
    niet (?:later|langer|meer|eerder) dan|niet alleen|hoef\w* (?:je|u|jij|jullie) (?:\w+ )?(?:niet|niks|niets|geen \w+)
    (?:je|u|jij|jullie) (?:hoeft|hoeven|betaalt) (?:\w+ ){{0,4}}?(?:niet|niks|niets|geen \w+)
    (?:betaal|betaalt|betalen) (?:je|u|jullie) (?:\w+ ){{0,3}}?(?:niks|niets|geen \w+)
    (?:schrijven|incasseren|rekenen) (?:we|wij) (?:\w+ ){{0,4}}?(?:niks|niets|geen \w+)
    (?:we|wij) (?:schrijven|incasseren|rekenen) (?:\w+ ){{0,4}}?(?:niks|niets|geen \w+)
    ^\W*verwacht (?:hem|haar|ons)|(?:kan|kunnen)(?= (?:[\w.:]+ ){{1,6}}bij (?:je|u|jullie) (?:zijn|staan))
    (?:langer|later|meer) dan (?:tot )?{WHEN.pattern} (?:laat|laten|wordt|worden|duurt|gaat|gaan|doen|doe|hoef|hoeft|zit
    wacht|houd|houden|blijft|blijven) [^,;]{{0,30}}?(?<!\w)niet(?: meer)?(?: duren)?
    (?:niet|geen \w+) (?:\w+ ){{0,4}}(?:voordat|voor dat|tot|totdat|eer)(?= (?:je|u|jullie|we|wij|ik|het|hij|ze
    alles|dat|de))
    (?:ook|zelfs) als (?:\w+ ){{1,8}}?(?:weet|weten|heb|hebben|is|zijn|ben|lukt)
    """
)
# What was promised or paid stands there as a thing: "het te veel betaalde bedrag", "de beloofde korting".
_ATTRIBUTE = re.compile(
    r"(?<!\w)(?:de|het|een|uw|jouw|onze|ons|mijn|deze) (?:(?:(?:te veel|te weinig|teveel|dubbel|ten onrechte|onterecht"
    r"|eerder|al|nog|net|reeds|niet|nooit|verkeerd|fout|foutief|zelf|vooraf) ){1,2}(?:\w{3,}[dt]e"
    r"|\w*(?:ge|be|ver|ont)\w{2,}en)|beloofde) (?!(?:ik|je|jij|u|we|wij|hij|ze|zij|er)(?!\w))(?=\w{3})"
)
# Open for this customer, and not for the world.
_OPEN_FOR = re.compile(
    r"(?<!\w)(?:(?:alleen|speciaal|extra|even) )?voor (?:je|jou|u|jullie)(?!\w)( [^,;]{0,60}?)?(?<!\w)(?:open|geopend"
    r"|bereikbaar)(?!\w)|(?<!\w)(?:open|opent|openen|geopend)( (?:\w+ ){0,3})voor (?:je|jou|u|jullie)(?!\w)"
)
_TOLD = one_of(  # past, or somebody's own words
    rf"""
    was|waren|werd|werden|had|hadden|ging|gingen|kwam|kwamen|belde|belden|mailde|stuurde|kreeg|kregen|stond|stonden
    lag|lagen|zat|zaten|zei|zeiden|beloofde|beloofden|zou|zouden|moest|moesten|wilde|wilden|kon|konden|trof|schreef
    sprak|gisteren|vorige|vorig|afgelopen(?= (?!met)\w)|geleden|zojuist|sinds|vanmorgen|vanochtend|die {DAY}
    die (?:dag|week|avond
    middag|nacht|ochtend)
    (?:je|u|jij|jullie) (?:schrijft|zegt|geeft|wacht|vraagt|wilt|bestelde|belde|mailde|gaat|moest)
    """
)
_PARTICIPLE = (
    r"(?:(?:terug|op|af|aan|uit|in|door|over|weg|na|mee|toe|bij|klaar|vast|los|goed|langs|om|voor|binnen)?"
    r"ge(?!ld(?!\w)|bied|zicht(?!\w)|wicht(?!\w)|recht(?!\w)|luid|duld|bit(?!\w)|en(?!\w)|gevens|woon|lijk|noeg|volg"
    r"|val|zin|bouw|deelte|meente|sprek|bruik|luk)\w+(?:d|t|en)|(?:her"
    r"|ver)\w{3,}[dt]"
    r"|be(?!stand|leid|richt|sluit|drijf|trek|geleid)\w{3,}[dt]|\w*verzonden|ontvangen|overgemaakt|gedaan|gegaan"
    r"|vergeten|verloren|verdwenen"
    r"|verstreken|verschenen|vertrokken|vervallen"
    r"|begonnen)"
)
_PERFECT = re.compile(
    rf"(?<!\w)(?:is|zijn|heb|hebt|heeft|hebben|ben|bent)(?!\w)[^,;]{{0,60}}?(?<!\w){_PARTICIPLE}(?!\w)"
)
_ALREADY = re.compile(r"(?<!\w)(?:al|reeds|inmiddels|intussen|net|zonet|daarnet)(?! \w+ing)(?!\w)")
# Rules of the house and joys of the calendar.
_HOUSE = one_of(
    r"""
    rijden|om het (?:uur|half uur|kwartier)|open|geopend|gesloten|bereikbaar|openingstijden|actie|korting op|sale
    uitverkoop
    op werkdagen|doordeweeks|(?:gaat|gaan) in(?= (?:per|op|vanaf)(?!\w)|\W*$)|begint|start|sluit|opent|houdbaar
    geldig|(?:je|u) mag [^,;]{0,20}tot|duurt|duren|geldt|altijd|uitverkocht
    volgeboekt|op is op|(?:eerste|laatste) om|eindigt|verloopt|vertrekt(?=.*(?:\d[.:]\d| uur))|mag (?:\w+ ){1,3}tot
    (?:mag|mogen) (?:er|men)|vanzelf|gaat (?:de|het) (?:\w+ ){1,3}in(?=\W*$)
    (?:mag|kun|kunt|kan) (?:je|u|jullie) (?:\w+ )*al
    (?:vlucht|trein|bus|boot|veer\w*|tram|metro|voorstelling|concert|film|les|wedstrijd|winkel|loket|balie|markt
    cursus) is|(?:vlucht|trein|bus|boot|veer\w*|tram|metro|voorstelling|film|les)(?: van [\d.:]+ uur)? (?:gaat|rijdt
    vaart
    vliegt)(?=.*(?:\d[.:]\d| uur|tot|eerder|later))
    jarig|(?:is|was|heb|hebt|viert?) (?:\w+ ){0,3}(?:jarig|feestje|trouwdag)|tot en met|t/m
    """
)
# A timetable, a term on paper, a length, a joy, or what somebody else says: it has a moment and binds nobody here.
_NOT_THROUGH = r"(?![^,;]*(?<!\w)(?:alles|door|na|terug|bij)(?!\w))"
_TIMETABLE = one_of(
    rf"""
    van (?:ongeveer )?(?:{HOUR})(?: uur)? tot (?:en met )?(?:{HOUR}|middernacht)|tot middernacht
    (?:loopt|lopen) (?:\w+ ){{0,2}}(?:tot|af|door|op)|(?:neemt|nemen) (?:\w+ ){{0,6}}in beslag|(?:vergt|vergen
    neemt|nemen) {NUMBER}
    (?:zit|zitten|zijn|ben) (?:we|wij|ik|er) (?:er )?(?:van|tot)|(?:zit|zitten|zijn) (?:we|wij) er
    vieren (?:we|wij)|(?:we|wij) vieren|belooft|is het (?:\w+ )?\w+dag|graden|op de \w*(?:markt|beurs|braderie|kermis
    zender|radio|televisie|tv|buis)|(?:komt|wordt) (?:er )?(?:\w+ ){{0,2}}(?:storm|sneeuw|onweer|hagel|regen)
    wie (?:\w+ ){{1,5}}(?:bestelt|boekt|koopt|belt|komt) (?:krijgt|heeft|mag|betaalt)
    (?:is|zijn|staat|staan|ligt|liggen) nu al
    is het (?:\w+ )?(?:spits|druk|rustig|vol|stil)|(?:het|'t) is (?:nu|al|pas|bijna|inmiddels)|te (?:bezoeken
    bezichtigen|koop|huur)|koopavond|spreekuur|inloop\w*|ziek
    (?:is|zijn) (?:\w+ ){{1,4}}(?:langer|korter|drukker|rustiger|duurder|goedkoper|kouder|warmer)
    tot (?:en met )?\d\d? {MONTH}
    (?:heeft|hebben) het over|tussen (?:{HOUR}) en (?:{HOUR})(?: uur)? (?:zit|zitten|is|zijn|staat|staan) er
    (?:is|zijn) er pas|(?:is|zijn) al {WHEN.pattern}|op {DAY} \w+ (?:we|wij) (?:alleen|enkel|tot|van)|ook op {DAY}
    stijgt
    verandert|wijzigt|vergader\w*
    (?:we|wij) (?:zitten|zijn|staan) (?:\w+ ){{0,3}}(?:van|tot)|vriezen|dooien|sneeuwen|regenen|stormen|de klok
    weer vanaf {HOUR}
    \w{{3,}}en doen (?:we|wij)|komt (?:\w+ )?{WHEN.pattern} (?:vrij|leeg)
    de meeste|gemiddelde?|\w{{3,}}er dan
    (?:iets|wat|veel|een stuk|een uur) (?!later|eerder
    verder)\w{{3,}}er
    (?:na|vanaf|voor) (?:de |het |je |uw |dag van )*(?:ontvangst|bestellen|bestelling|aankoop|dagtekening|levering
    vertrek|aankomst|betaling|inschrijving|verzending)|(?:is|zijn|dateert) (?:nog )?van (?:\d|{DAY})\w*
    (?:zegt|schrijft|noemt|meldt) '?(?:over)?(?:morgen|{DAY})
    (?:wat |heel |zo |erg )*(?:fijn|leuk|mooi|goed|super|top|lief|geweldig|heerlijk|gelukkig|knap
    tof) (?:om te \w+ )?dat
    (?:de |alle |bedenk)tijd(?: (?:voor|om))?
    """
)
# Somebody outside decides, and nothing comes to the customer: his promise, not ours.
_THIRD = re.compile(
    r"(?<!\w)(?:de|het) (?:gemeente\w*|\w*raad|rechter|provincie|minister\w*|regering|bank|fabriek|fabrikant"
    r"|leverancier"
    r"|vervoerder|\w*dienst|organisatie|verzekeraar|knmi|commissie|\w+beheerder|curator|overheid|importeur"
    r"|verkoper)(?!\w)"
)
_CONCERNS = re.compile(r"(?<!\w)(?:ik|we|wij|ons|onze|je|jij|jou|jouw|u|uw|jullie|hem|haar|ze)(?!\w)")
_SHUT = re.compile(r"(?<!\w)dicht(?!\w)")
_EVERY = re.compile(
    rf"(?<!\w)(?:elke?|iedere?) (?:\w+ )?(?:{DAY}|uur|dag|week|maand|jaar|seizoen|ochtend|avond|werkdag)(?!\w)"
)
_MENDED = re.compile(r"(?<!\w)(?:gat|lek|dak|scheur|kuil|put|raam|plafond|gaatje|sleuf)(?!\w)")
_DAYS = re.compile(rf"(?<!\w){DAY}\w* en {DAY}")
_HABIT = re.compile(rf"(?<!\w)(?<!dag )op {DAY}(?! \d)")
_OUR = re.compile(r"(?<!\w)(?:ik|we|wij|ons|onze|mij|mijn|me)(?!\w)")
_WE = re.compile(r"(?<!\w)(?:ik|we|wij|onze|mijn|je|u)(?!\w)")
# Behind a subject that was already told of: "nu het om drie uur gelukt is".
_DONE_LAST = re.compile(
    r"(?<!\w)(?:dat|nu|toen|omdat|doordat) (?:[\w.:]+ )*?(?:ge|ver|be|\w+ge)\w+[dtn]"
    r" (?:is|zijn|heb|hebt|heeft|hebben)(?!\w)"
)
_SEES_TO_IT = re.compile(r"(?<!\w)(?:zorg\w*|zodat|totdat|maak|maken|regel\w*|dan|voor|uiterlijk)(?!\w)")
# "Vanaf morgen komt er niemand meer": that something stops is promised as well.
_STOPS = re.compile(r"(?<!\w)(?:niet|niks|niets|nooit|niemand|geen \w+) meer(?!\w)")
_FROM_NOW = re.compile(
    rf"^\W*(?:en |dus )?vanaf(?!\w)|(?<!\w)(?:vanaf|met ingang van) (?:nu|morgen|{DAY}|{MONTH}|\d|volgende)"
)
# "Ik heb je ingepland op dinsdag": done, for a moment to come.
_PLANNED = re.compile(
    r"(?<!\w)(?:\w*ge(?:pland|roosterd|reserveerd|boekt|schoven)|verzet|afgesproken|vastgelegd|klaargezet|verplaatst"
    r"|(?:er|er ?in|er ?bij|lijst) ?gezet|\w*gehouden)"
    rf"(?!\w).{{0,30}}?(?:op|voor|naar|om|tot|:) {WHEN.pattern}|(?:op|voor|naar|om) {WHEN.pattern}.{{0,20}}?"
    r"(?:\w*ge(?:pland|roosterd|reserveerd|boekt|zet)|verzet|vastgelegd|klaargezet|verplaatst)(?!\w)"
)


# "Dinsdag is het geregeld", and not "dinsdag is uw pakket verstuurd": a result, on a day that is named first.
_RESULT_BY = re.compile(
    rf"^\W*(?:en |dan |dus |ja )*(?!vannacht)(?:voor |uiterlijk )?{WHEN.pattern} (?:is|zijn|heb|hebt|heeft"
    rf"|hebben) (?:\w+ ){{1,4}}?"
    r"(?:geregeld|opgelost|hersteld|gerepareerd|gemaakt|afgerond|aangepast|gecorrigeerd|rechtgezet|weggewerkt"
    r"|afgehandeld"
    r"|afgewerkt|vervangen|opgeruimd|klaargemaakt|in orde gebracht)(?!\w)"
)


# What comes to this customer is no timetable and no rule of the house.
_CONCERNED = one_of(
    r"""
    (?:bij|naar|aan|voor|in|op|met) (?:je|jou|u|jullie|jouw|uw)|(?:je|u|jullie) (?:krijgt|ontvangt)
    (?:krijg|krijgt|ontvang|ontvangt|heb|hebt|heeft) (?:je|u|jullie)
    (?:houden|houd) (?:we|wij|ik)|(?:over|binnen) (?:\w+ ){1,4}(?:zijn|ben|is|staan|staat)|^(?:je|jouw|uw
    jullie) (?!vlucht|trein|bus|boot|reis|les
    contract|abonnement)\w+ (?:is(?! op )|zijn(?! op )|gaat|gaan|wordt|worden|staat|staan|ligt|komt|werkt|doet)
    (?:belt|bel|bellen|mailt|mail|mailen|brengt|breng|brengen) (?:we |wij |ik )?(?:je|u|jullie)
    (?:gaat|gaan|is|zijn|doet|doen|werkt|werken|brandt|branden|loopt|draait|rijdt|staat|heeft|komt) (?:(?!(?:we
    wij) )\w+ ){0,3}(?:weer
    opnieuw|terug) (?!een |open|geopend|bereikbaar|vanaf|druk|\w+dag)\w+|gaat (?:de|het|je|uw) (?!deur|winkel|zaak|balie
    loket)\w+ (?:weer|opnieuw) open
    """
)
# What somebody else says, what we read or await, a wish, and what ought to be: no deed of ours, whoever it concerns.
_NOT_OURS = one_of(
    rf"""
    (?:lees|zie) ik(?!\w){_NOT_THROUGH}|ik (?:lees|zie) (?!je|u|jullie){_NOT_THROUGH}
    (?:zegt|meldt|belooft|beweert|schat|schrijft|denkt|staat|(?<!we )(?<!wij )(?:zeggen|melden|beloven
    schrijven)) (?:\w+ ){{0,4}}dat
    (?:ik|we|wij) (?:horen|hoor|vernemen|verneem)|(?:horen|hoor|vernemen|verneem) (?:ik|we|wij)(?! \w+ (?:terug
    bij))|wens|wensen|(?:zit|zitten|sta|staat
    staan) (?:je|u|jullie) (?:\w+ )*te wachten
    (?:^|[^n] )graag(?! \w+ (?:ik|we|wij))|fijne|fijn weekend|prettig\w*|succes|veel plezier|gefeliciteerd|sterkte
    geniet|tot morgen|tot dan|tot zo|van harte welkom|^\W*dat (?:de|het|een|hij)|(?:je|u|jullie) (?:mag|kunt|kan
    mogen|kunnen) (?:me|mij|ons)
    (?:je|u|jullie) (?:hebt|heeft|hebben) (?:{WHEN.pattern} )?(?:een|je|uw) {EVENT}|is te zien|recht op|het druk|zul(?:t
    len)? (?:je |u )?maar|(?:de|het|je|jullie|uw) {EVENT} is|(?:is|zijn) (?:\w+ )?te (?:oud|koud
    klein|weinig|veel|lang|laat|vroeg|duur)
    ^\W*bij (?:een|elke|iedere) \w+(?! komt| krijg| staat)
    (?:hoor|horen|zien?|vernemen|verneem) (?:\w+ ){{0,2}}graag
    (?:hoort|horen|behoort) (?:\w+ )*te \w+|de wet
    """
)
_QUOTED = re.compile(r"(?<!\w)(['\"])(?!t |n |s )[^'\"]{2,60}\1(?!\w)")  # talked about, and no word of ours
_BELOW = re.compile(
    rf" (?:waar\w*|zodat|omdat|wat|hoe|wie|welke?|(?:die|dat)(?= (?:je|jij|u|jullie|we|wij|ik|het|hij|ze|er|de))"
    rf"|of(?! (?:{NUMBER}|{WHEN.pattern}))|om (?:\w+ ){{0,4}}?te \w+)"
    r"(?!\w)"
)
# "De stoel die je bestelde komt dinsdag": its past is not that of the sentence.
_WHICH = re.compile(
    rf" (?:die|dat|wat) (?:je|jij|u|jullie|we|wij|ik) (?:\w+ ){{0,3}}?(?:{_PAST.pattern}|\w*ge\w+[dtn] (?:had|hebt"
    rf"|heeft)(?!\w))"
)


def unbound(text: str) -> bool:
    """Whether its moment is past, or one of the world's."""
    return _PAST.search(text) is not None or _TIMETABLE.search(text) is not None or _told_last(text)


def told(text: str) -> bool:
    """Whether it tells of what was."""
    return _PAST.search(text) is not None or _TOLD.search(text) is not None or _told_last(text)


def _told_last(text: str) -> bool:
    return _DONE_LAST.search(text) is not None and _SEES_TO_IT.search(text) is None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _kept(found: re.Match[str]) -> str:
    return f"voor je {found[1] or found[2] or ''}"


def _main(text: str) -> str:
    """The clause without what is subordinate to it, when its moment stands before that."""
    bare = _WHICH.sub(" ", text)
    text = bare if WHEN.search(bare) else text
    below = next((each for each in _BELOW.finditer(text) if WHEN.search(text[: each.start()])), None)
    return text[: below.start()] if below else text


def hindered(text: str) -> bool:
    """Whether something in this clause takes the promise back, or was never one."""
    text = _ATTRIBUTE.sub("het ", _OPEN_FOR.sub(_kept, _main(_QUOTED.sub(_blank, text))))
    bare = _SPARED.sub(" ", _STOPS.sub(" ", text) if _FROM_NOW.search(text) else text)
    if told(bare) or any(signs.search(bare) for signs in (_HEDGED, _NEGATED, _NOT_OURS)):
        return True
    if _CONCERNED.search(bare) is None and (_HOUSE.search(bare) or _TIMETABLE.search(bare)):
        return True
    return _general(text) or _done(text)


def _general(text: str) -> bool:
    """Whether it is somebody else's, a habit or a rule, and touches nobody here."""
    return (
        (_THIRD.search(text) is not None and _CONCERNS.search(text) is None)
        or (_SHUT.search(text) is not None and AHEAD.search(text) is None and _MENDED.search(text) is None)
        or (_DAYS.search(text) is not None and (_HABIT.search(text) is not None or _OUR.search(text) is None))
        or (_HABIT.search(text) is not None and _WE.search(text) is None)
        or (_EVERY.search(text) is not None and not (_OUR.search(text) or _FROM_NOW.search(text)))
    )


def _done(text: str) -> bool:
    """Whether it tells of what was done, and not of what will be by then."""
    if _PERFECT.search(text) is None:
        return False
    return _ALREADY.search(text) is not None or not (
        AHEAD.search(text) or _PLANNED.search(text) or _RESULT_BY.match(text)
    )
