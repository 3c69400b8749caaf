"""Timing: the moments and terms that a Dutch sentence can name, and which of them can only lie ahead."""

import re

from socialwatch.domain.coach.reading import one_of
from socialwatch.domain.when import NUMBER

DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag"
MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_DATE = (
    rf"\d\d?(?:e|de|ste)? (?:{MONTH}|(?:jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec)(?!\w))|\d\d?-\d\d?-\d{{2,4}}"
    r"|[0-3]?\d/(?:0\d|1[0-2])(?![\d/])"
)
_PART = r"(?:ochtend|morgen|voormiddag|middag|namiddag|avond|nacht)"
_HOURS = r"(?:enen|tweeen|drieen|vieren|vijven|zessen|zevenen|achten|negenen|tienen|elven|twaalven)"
HOUR = rf"(?:{NUMBER}(?:[.:]\d\d)?|half {NUMBER})"
_MINUTES = rf"(?:kwart|vijf|tien|{NUMBER} minuten) (?:voor|over) (?:half )?{NUMBER}"
_CLOCK = rf"(?:(?:half )?{NUMBER}(?:[.:]\d\d)? ?(?:uur|u(?:\d\d)?)|half {NUMBER}|\d\d?[.:]\d\d|{_HOURS})"
# What the customer is getting ready for: "voor je verjaardag", "voor jullie vertrekken".
EVENT = (
    r"(?:\w*verjaardag|bruiloft|trouw\w*|begrafenis|uitvaart|\w*feest\w*|reis|vertrek|\w*examens?|tentamen\w*"
    r"|operatie|sterfdag|trouwdag|jubileum|doop|communie"
    r"|deadline|wedstrijd|concert|opening|verhuizing|bevalling)"
)
FEAST = (
    r"(?:(?:\w*vakantie|kerst\w*|pasen|pinksteren|sinterklaas|pakjesavond|oud en nieuw|nieuwjaar|jaarwisseling"
    r"|feestdagen|carnaval|koningsdag|weekend|lunch|ontbijt|\w*eten|noen|pauze|zomer|herfst|winter|lente|voorjaar"
    r"|najaar|bouwvak|maaltijd|sluitingstijd|middernacht|openingstijd)(?!\w))"
)
_COUNT = (
    rf"(?:(?:de|nu en|ongeveer|hooguit|maximaal|uiterlijk|krap|ruim|zo'n|een kleine|minder dan|ten hoogste) )*(?:een"
    rf"|het|'?t|'?n|"
    rf"{NUMBER}|enkele|een paar|paar|anderhalf|anderhalve|een half|een goede?|een dikke)?"
    rf"(?: ?(?:-|a|tot|of) ?{NUMBER})?"
)
_UNIT = (
    r"(?:half ?uur(?:tje)?|drie ?kwartier|uur(?:tje)?|uren|kwartier(?:tje)?|minuut|minuten|minuutjes?|min"
    r"|wk|dgn|werkdag(?:en)?|dag(?:en)?|dagje|week|weken|weekje|maand(?:en)?|etmaal|wd)"
)
_NEXT = r"(?:deze|dees|dit|volgende?|komende?|aanstaande|aankomende|eerstvolgende|dezelfde|diezelfde)"
_SPAN = (
    r"(?:week|maand|dag|ochtend|voormiddag|middag|namiddag|avond|nacht|weekend|zomer|winter|herfst|lente|werkdag"
    r"|kwartaal)"
)
_EDGE = r"(?:eind(?:e)?|begin|half|midden|halverwege|medio)"

# What lies ahead by its words alone.
AHEAD = one_of(
    rf"""
    (?<!goede )(?<!goeie )(?<!goeden )morgen(?:ochtend|vroeg|middag|avond|namiddag|voormiddag)?|overmorgen
    vandaag nog|nog vandaag|nog {_NEXT} {_SPAN}|{_NEXT} {_SPAN} nog|(?:volgende?|komende?|aanstaande
    eerstvolgende) (?!keer|maal|bezoek|openstelling|klant)\w+
    nog {_COUNT} ?{_UNIT} en(?= (?:dan|je|u|jullie|we|wij|ik|het)(?!\w))
    (?:een|{NUMBER}) nacht(?:en|jes?)? slapen|nog (?:een|{NUMBER}) nacht(?:en|jes?)?|in het nieuwe jaar
    nog dit jaar|dit jaar nog|een dezer dagen
    (?:voor|tegen) (?:de|het|je|jullie|uw) {EVENT}|voor(?:dat)? (?:je|u|jullie) (?:vertrekt|vertrekken|gaat|gaan|weg)
    (?:binnen|over) (?:de )?\d+ ?[uh]|(?:bin+en|over) {_COUNT} ?{_UNIT}(?: of {NUMBER})?|uiterlijk
    ten laatste|straks om|vanavond|(?:tegen|voor) {_HOURS}
    {NUMBER} (?:minuutjes|minuten|tellen)(?=\W*$)|{NUMBER} {_UNIT} (?:voor|na) (?:de|het|je|uw|jullie) \w+
    {NUMBER} {_UNIT},? (?:en )?dan
    nog (?:(?:maar|een|hooguit) )*{_COUNT} ?{_UNIT}(?=\W*$)|reken op {_COUNT} ?{_UNIT}
    (?:voor|tegen) (?:de|het) {_SPAN} (?:om|uit|voorbij) is|tegen dat (?:de|het|je|u|jullie|uw) \w+|tegen {DAY}
    (?:voor|tegen
    rond) (?:het )?(?:middag|avond|etens)\w*uur
    (?:voor|tegen) (?:de |het |je |jullie |uw )?(?:\w+ )?(?:{FEAST}|{_PART}|{_EDGE})|(?:vanaf|met ingang van) (?:nu
    vandaag
    morgen
    {DAY}|volgende|komende)|per (?:\d\d? )?{MONTH}|{DAY} (?:aanstaande|over een week)
    """
)
# Any moment or term, also one that may have passed.
WHEN = one_of(
    rf"""
    {AHEAD.pattern}|(?:in|met) {_COUNT} ?{_UNIT}(?: of {NUMBER})?(?! (?:tijd|vertraging|te laat))
    (?:op|voor|uiterlijk|tegen|per) \d\d?[-/]\d\d?
    (?:{_NEXT} (?:week )?)?{DAY}{_PART}?|vandaag|vanmiddag|vannacht|{_NEXT} {_SPAN}
    {_EDGE} (?:van )?(?:de|het|deze|dit|volgende?|komende?)? ?{_SPAN}
    (?:elke?|iedere?) (?:heel |half |hele |halve )?(?:uur|dag|ochtend|avond|werkdag)
    (?:in|tegen|aan|voor|na|rond) (?:de loop van|het eind(?:e)? van|het begin van|de helft van) (?:de|het|deze|dit
    volgende) \w+|in de loop van {MONTH}|(?:gedurende|doorheen) de dag|de (?:week|dag|ochtend) (?:erna|erop|daarna)
    (?:om|voor|tegen|rond|na|uiterlijk|tot|vanaf|klokslag) (?:een uur of )?{_CLOCK}
    {_MINUTES}|half {NUMBER}|tussen (?:de )?{HOUR}u? en {HOUR}u?(?: uur)?
    (?!een ){HOUR} uur(?! (?:in|op|zonder|lang|wachten|staan|buiten|vertraging)(?!\w))
    (?:uiterlijk|op|voor|vanaf|per)? ?{_DATE}|(?:in|per|(?:factuur|nota|\w*run|loon|salaris|rekening
    uitbetaling) van|{_EDGE}) {MONTH}
    (?:dit|het) weekend (?:in|door)|(?:voor|na|met) (?:de|je|uw) \w+ van (?:{DAY}|morgen|{HOUR} uur|half {NUMBER})
    (?:op |voor |uiterlijk |tegen )?de (?:\d\d?(?:e|de|ste)|(?:eerste|tweede|derde|laatste) (?:(?:week|dag
    helft) )?van (?:de|het|deze|volgende|{MONTH})|eerste {DAY}
    eerstvolgende {DAY})
    (?:in de )?week (?:van )?\d\d?
    (?:met|voor) de (?:post|bus|trein|vlucht|ronde|rit|run|lichting) van (?:half )?(?:{NUMBER}|{_HOURS})
    (?<!\w )een (?:minuut|uur|dag|week|maand)(?:je)? of {NUMBER}
    (?:voor|na|met|tegen|rond|tijdens|tot) (?:de |het |je |jullie |uw )?{FEAST}|in (?:de|het) (?:weekend|\w*vakantie
    pauze)
    (?:voor|na|met|tegen|bij) (?:de |het )?(?:eerst)?volgende \w+|(?:een|{NUMBER}
    half) (?:uur|kwartier|minuten)(?: van nu| later)
    """
)
_UNTIL = re.compile(r"(?<!\w)tot (?:en met |aan )?$")


# Behind one of these a moment belongs to a thing ("de brief van dinsdag"), to a count, or is quoted.
_BELONGS = re.compile(r"(?:['\"]|(?<!\w)(?:van|keer|maal) )$")
# "Met de betaling van 24 december": what is done with that thing is done then.
_CARRIED = re.compile(
    r"(?<!\w)(?:ingang|bij (?:de|het) \w+|in de (?:box|bestelling|levering|zending|uitbetaling)"
    r"|(?:met|op|voor|na|tegen|vanaf|per) (?:\w+ )?\w+) van $"
)


def moment(text: str) -> re.Match[str] | None:
    """The first moment in a level text; not one in quotes, which is talked about, nor one that belongs to a thing."""
    return next((each for each in WHEN.finditer(text) if not _belongs(text[: each.start()])), None)


def _belongs(before: str) -> bool:
    return _BELONGS.search(before) is not None and _CARRIED.search(before) is None


def lasts_until(text: str, when: re.Match[str]) -> bool:
    """Whether it says how long something lasts, and not when something comes."""
    return _UNTIL.search(text[: when.start()]) is not None or when[0].startswith("tot ")
