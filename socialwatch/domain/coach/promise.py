"""Promise: a moment that the draft promises something for is offered as a timer, so that nobody has to remember it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from socialwatch.domain import promise as promises
from socialwatch.domain.coach.reading import Piece, clauses, level, one_of, sentences
from socialwatch.domain.coach.words import MOST_READ, Check, Draft, Remark, Scene
from socialwatch.domain.when import NUMBER

# Only whether something is promised matters here, so the clock may be any: early on a Monday, when nothing of the day
# has passed, and in two halves of the year, so that every date lies ahead of one of them.
_MOMENTS = (datetime(2026, 1, 5, 3, 0, tzinfo=UTC), datetime(2026, 7, 6, 3, 0, tzinfo=UTC))
_DATED = re.compile(r"\d[-/]\d|\d ?(?:jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec)", re.I)
_LONGEST = 60  # characters of what is quoted
_FEWEST_WORDS = 4
_WHY = "Wie iets belooft, wordt daaraan herinnerd. Met een timer onthoudt het scherm de afspraak en hoef jij dat niet."
_DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag"
_MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_HOUR = rf"(?:{NUMBER}(?:[.:]\d\d)?|half {NUMBER})"
_CLOCK = rf"(?:kwart|vijf|tien|{NUMBER} minuten) (?:voor|over) (?:half )?{NUMBER}|half {NUMBER}"
_FEAST = (
    r"(?:(?:\w*vakantie|kerst\w*|pasen|pinksteren|sinterklaas|pakjesavond|oud en nieuw|nieuwjaar|jaarwisseling"
    r"|feestdagen|carnaval|koningsdag|weekend|lunch|ontbijt|middageten|avondeten|noen|pauze|zomer|herfst|winter"
    r"|lente|bouwvak)(?!\w))"
)
# When, further than domain.promise looks: here nothing hangs on the exact hour.
_WHEN = one_of(
    rf"""
    morgen(?:ochtend|vroeg|middag|avond|namiddag)?|overmorgen|{_DAY}(?:ochtend|middag|avond|voormiddag|namiddag
    nacht)?|vandaag nog|nog vandaag
    (?:tegen|voor) (?:de|het) (?:middag|avond|lunch|weekend|eten)|vanavond|vanmiddag|vannacht|straks om|(?:volgende
    komende|deze) week|(?:dit|volgend|komend|het) weekend
    dezelfde (?:dag|avond|middag)
    (?:eind(?:e)?|begin) van de (?:ochtend|middag|dag|week|maand|avond)|(?:eind(?:e)?|begin) (?:volgende
    deze) (?:week|maand)
    binnen (?:het|een|{NUMBER}|enkele|een paar|anderhalf) ?(?:uur|half uur|kwartier|minuten|dagen|werkdagen|week
    weken|etmaal)|over (?:een|{NUMBER}|anderhalf) (?:uur|half uur|kwartier|minuten|dagen|dag|week|weken)
    (?:om|voor|tegen|rond|na|uiterlijk|tot) (?:half )?(?:{NUMBER})(?:[.:]\d\d)? ?(?:uur|u)|(?:om|voor|tegen
    rond) half (?:{NUMBER})|(?:om|voor|tegen) (?:\d\d?[.:]\d\d)
    (?:voor|om|tegen) (?:negenen|tienen|elven|twaalven|vieren|vijven|zessen|zevenen|achten)
    (?:uiterlijk|op|voor|vanaf)? ?\d\d? {_MONTH}|(?:in|factuur van|nota van|eind|begin|half) {_MONTH}
    {_CLOCK}|tussen (?:de )?{_HOUR} en {_HOUR}(?: uur)?|{_HOUR} uur|vandaag
    (?:voor|na|met|tegen|rond|tijdens|in) (?:de |het |je |jullie |uw )?{_FEAST}
    (?:in|tegen|aan) (?:de loop van|het eind(?:e)? van|het begin van) (?:de|het|deze|dit|volgende) \w+
    (?:binnen|in) (?:de|'t|het) (?:week|uur|maand|kwartier|half uur)|(?:vandaag|morgen) of (?:over)?morgen
    (?:deze|dees|volgende) (?:voormiddag|middag|namiddag|avond|ochtend|maand)|in week \d\d?
    (?:voor|na|met|tegen|bij) (?:de |het )?(?:eerst)?volgende \w+|over {NUMBER} werkdagen
    (?:op |voor |uiterlijk |tegen )?de \d\d?(?:e|de|ste)|per {_MONTH}|per \d\d? {_MONTH}|(?:een|{NUMBER}
    half) (?:uur|kwartier|minuten)(?: van nu| later)
    """
)
# "Geef me een kwartier": a term that we ask for is one that we set ourselves.
_GIVEN_TIME = re.compile(
    rf"(?<!\w)(?:geef|gun|geeft|gunt) (?:me|mij|ons) (?:nog |even |heel even )*(?:een|{NUMBER}|tot|anderhalf|half)"
    rf" ?(?:half |klein )?(?:uur\w*|kwartier\w*|minu\w+|dag\w*|week|weken|etmaal|{_DAY}|morgen\w*|{NUMBER}"
    r"|ochtend|avond)"
)
_ASKED_WHEN = re.compile(r"(?<!\w)(?:hoe ?laat|wanneer|hoe ?lang|wie|welke dag|tot wanneer)(?!\w)")
# Asked of the world and not of us: opening hours, an agenda, what the customer has to do.
_ASKED_OF_THE_WORLD = re.compile(
    r"(?<!\w)(?:begint|beginnen|start|open|opent|dicht|sluit|sluiten|vertrekt|vertrekken|rijdt|is (?:het|de|er|dat)"
    r"|zijn (?:de|er|jullie)|(?:moet|mag|kan|kunnen|moeten|mogen) (?:ik|we|wij))(?!\w)"
)
# A past tense: one of the strong verbs, or a stem with -de or -te that is no ordinal.
_PAST = re.compile(
    r"(?<!\w)(?:(?:open|dicht|door|mee|aan|af|uit|op|in|weg|terug|langs|vast|los|om|over|binnen|voor|mis|stuk)"
    r"(?:ging|gingen|kwam|kwamen|stond|stonden|zat|lag|liep|gaf|trok|bleef|viel)|deed|deden|zag|zagen|vond|vonden|bracht\w*|dacht\w*|zocht\w*|liep\w*|bleef|bleven|nam|namen|gaf|gaven"
    r"|kocht\w*|vertrok\w*|hield\w*|liet|lieten|mocht\w*|wist\w*|riep\w*|viel\w*|sloot|sloten|koos|kozen|reed|had"
    r"|schreven"
    r"|(?<!de )(?<!het )(?<!een )(?<!der)(?!derde|vierde|waarde|orde|aarde|zelfde|dezelfde|hetzelfde|ziekte)"
    r"\w{2,}(?:lde|rde|gde|mde|fde|kte|pte|fte|tte|dde))(?!\w)"
)
_NO_PROMISE = one_of(
    r"""
    was|waren|werd|werden|had|hadden|ging|gingen|kwam|kwamen|belde|belden|mailde|stuurde|kreeg|kregen|stond|stonden
    lag|lagen|zat|zaten|zei|zeiden
    beloofde|beloofden|zou|zouden|moest|moesten|wilde|wilden|kon|konden|trof|schreef|sprak|gisteren|vorige|vorig
    afgelopen|geleden|zojuist|sinds
    hopelijk|waarschijnlijk|misschien|mogelijk|wellicht|vermoedelijk|normaal|normaliter|meestal|doorgaans|vaak|soms
    hopen|hoop|probeer|proberen|verwachten|verwacht|streven
    kan|kunnen|kun|kunt|wil|willen|lijkt|volgens|denk|denken|schatting|afhankelijk|in principe|eventueel|indien
    als(?= (?:je|jij|u|we|wij|ik|het|de|hij|ze|er|dat|die|dit|jullie|alles|iemand|'t))|bij (?:pech|storing\w*
    schade|vragen
    klachten|nood|drukte|uitval)|(?:vlucht|trein|bus|boot|veer\w*|tram|metro|voorstelling|concert|film|les
    wedstrijd|winkel
    loket|balie|markt|cursus) (?:gaat|is|rijdt|vaart|vliegt)
    mits|tenzij|zodra|wanneer|mocht|of
    niet|geen|nooit|niemand|niks|niets|nergens|moet|moeten|hoef|hoeft|dient|graag|is [^,;]{0,60}?\b(?:ge\w+[dt]
    ver\w+[dt]|geweest|gedaan|gegaan|verzonden|overgemaakt)
    (?:heb|hebt|heeft|hebben|zijn|ben) [^,;]{0,60}?\b(?:ge\w+(?:d|t|en)|ver\w+(?:d|t|en)|be\w+d|overgemaakt
    opgestuurd|aangevraagd|doorgegeven|ontvangen)
    rijden|elke|iedere|open|geopend|gesloten|dicht|bereikbaar|openingstijden|actie|korting op|sale|uitverkoop
    begint|start|sluit|opent
    houdbaar|geldig|(?:je|u) mag [^,;]{0,20}tot|duurt|duren|geldt|eindigt|verloopt|vertrekt
    fijne|fijn weekend|prettig\w*|succes|veel plezier|gefeliciteerd|sterkte|geniet|tot morgen|tot dan|tot zo|jarig
    feestje|trouwdag
    (?:je|u|jij|jullie) (?:schrijft|zegt|geeft|wacht|vraagt|wilt|bestelde|belde|mailde|gaat|moest)|maximaal
    tot en met|t/m
    """
)
# A timetable, a term on paper, a length, a joy, or what somebody else says: it has a moment and binds nobody here.
_TIMETABLE = one_of(
    rf"""
    van (?:ongeveer )?(?:{_HOUR})(?: uur)? tot (?:en met )?(?:{_HOUR}|middernacht)|tot middernacht
    (?:loopt|lopen) (?:\w+ ){{0,2}}(?:tot|af|door|op)|(?:neemt|nemen) (?:\w+ ){{0,6}}in beslag|(?:vergt|vergen
    neemt|nemen) {NUMBER}
    te (?:bezoeken|bezichtigen|koop|huur)|koopavond|spreekuur|inloop\w*|ziek
    (?:is|zijn) (?:\w+ ){{1,4}}(?:langer|korter|drukker|rustiger|duurder|goedkoper|kouder|warmer)
    tot (?:en met )?\d\d? {_MONTH}|{_DAY}\w* en {_DAY}
    draait|draaien|de meeste|gemiddelde?|\w{{3,}}er dan|(?:iets|wat|veel|een stuk|een uur) (?!later|eerder
    verder)\w{{3,}}er
    (?:wat |heel |zo |erg )*(?:fijn|leuk|mooi|goed|super|top|lief|geweldig|heerlijk|gelukkig|knap
    tof) (?:om te \w+ )?dat
    (?:zegt|zeggen|meldt|melden|belooft|beloven|beweert|schat) (?:\w+ )?dat|(?:de|alle|bedenk)\w* ?tijd (?:voor|om)
    """
)
# Behind a subject that was already told of: "nu het om drie uur gelukt is".
_DONE_LAST = re.compile(
    r"(?<!\w)(?:dat|nu|toen|omdat|doordat) (?:[\w.:]+ )*?(?:ge|ver|be|\w+ge)\w+[dtn]"
    r" (?:is|zijn|heb|hebt|heeft|hebben)(?!\w)"
)
_SEES_TO_IT = re.compile(r"(?<!\w)(?:zorg\w*|zodat|totdat|maak|maken|regel\w*|dan|voor|uiterlijk)(?!\w)")
# "Vanaf morgen komt er niemand meer": that something stops is promised as well.
_STOPS = re.compile(r"(?<!\w)(?:niet|niks|niets|nooit|niemand|geen \w+) meer(?!\w)")
_FROM_NOW = re.compile(r"^\W*(?:en |dus )?vanaf(?!\w)")
_SUBJECT = one_of(
    r"ik|we|wij|je|jij|u|jullie|hij|ze|zij|het|de|die|er|dat|deze|dit|mijn collega|een collega|onze|jouw|uw|iemand|'t"
)


# The verb before "je": a question or a condition, unless the moment or "dan" stands first.
_VERB_FIRST = re.compile(
    r"^\W*(?:en |maar )?(?!dan |nu |zo |straks |vandaag |morgen\w* |\w+dag |hier |daar |dus )\w+"
    r" (?:je|u|jij|jullie)(?!\w)"
)
_SOMEBODY = one_of(r"ik|we|wij|je|jij|jou|u|uw|jullie|hij|ze|zij|iemand|collega|'m|hem")


def promise(draft: Draft, scene: Scene) -> Iterator[Remark]:
    text = draft.text[:MOST_READ]
    found = promised(text) or _answers_when(text, scene)
    if found is not None:
        says = f"Je belooft “{_short(' '.join(text[slice(*found)].split()))}”: zal ik er een timer op zetten?"
        yield Remark(Check.PROMISE, says, None, _WHY, *found, offers="timer")


def promised(text: str) -> tuple[int, int] | None:
    """The stretch that promises something, as domain.promise finds it, or named with a moment that it does not know."""
    moments = _MOMENTS if _DATED.search(text) else _MOMENTS[:1]
    known = next((each for now in moments for each in promises.promises(text, now)), None)
    if known is not None and not _unbound(level(known.what)):
        quoted = known.what.rstrip("…")
        at = text.find(quoted)
        return (at, at + len(quoted)) if at >= 0 else (0, len(text))
    told = (sentence for sentence in sentences(level(text)) if not sentence.asks)
    found = next((part for sentence in told for part in _parts(sentence) if _promises(part)), None)
    return (found.start, found.end) if found else None


def _parts(sentence: Piece) -> Iterator[Piece]:
    """Its clauses, and those together of which one is hardly more than a moment."""
    parts = clauses(sentence)
    yield from parts
    for one, two in pairwise(parts):
        if _SOMEBODY.search(f"{one.text} {two.text}") and any(
            len(each.text.split()) <= _FEWEST_WORDS and _WHEN.search(each.text) for each in (one, two)
        ):
            yield _joined(sentence, one, two)
        moment = _WHEN.match(one.text)
        if moment and sentence.text[one.end - sentence.start :].startswith(":"):
            yield Piece(two.start, two.end, f"{moment[0]} {two.text}")


def _joined(sentence: Piece, one: Piece, two: Piece) -> Piece:
    return Piece(one.start, two.end, sentence.text[one.start - sentence.start : two.end - sentence.start])


def _answers_when(text: str, scene: Scene) -> tuple[int, int] | None:
    """A bare moment in answer to when, how late or who: "Half vijf.", "Ik. Morgen voor tienen." """
    asked = level(scene.theirs[-1]) if scene.theirs else ""
    if not _ASKED_WHEN.search(asked) or _ASKED_OF_THE_WORLD.search(asked):
        return None
    told = [clause for sentence in sentences(level(text)) if not sentence.asks for clause in clauses(sentence)]
    for each in told:
        when = _WHEN.search(each.text)
        if when and not _blocked(each.text) and len(_without(each.text, when).split()) < _FEWEST_WORDS:
            return each.start, each.end
    return None


def _promises(clause: Piece) -> bool:
    if _GIVEN_TIME.search(clause.text):
        return True
    if len(clause.text.split()) < _FEWEST_WORDS or _blocked(clause.text):
        return False
    when = _WHEN.search(clause.text)
    return when is not None and _SUBJECT.search(_without(clause.text, when)) is not None


def _blocked(text: str) -> bool:
    if _VERB_FIRST.match(text) or _unbound(text):
        return True
    bare = _STOPS.sub(" ", text) if _FROM_NOW.match(text) else text
    return _NO_PROMISE.search(bare) is not None


def _unbound(text: str) -> bool:
    """Whether its moment is past, or one of the world's."""
    if _PAST.search(text) or _TIMETABLE.search(text):
        return True
    return _DONE_LAST.search(text) is not None and _SEES_TO_IT.search(text) is None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _short(what: str) -> str:
    return what if len(what) <= _LONGEST else what[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
