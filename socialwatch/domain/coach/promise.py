"""Promise: a moment that the draft promises something for is offered as a timer, so that nobody has to remember it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

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
    """
)
_NO_PROMISE = one_of(
    r"""
    was|waren|werd|werden|had|hadden|ging|gingen|kwam|kwamen|belde|belden|mailde|stuurde|kreeg|kregen|stond|stonden
    lag|lagen|zat|zaten|zei|zeiden
    beloofde|beloofden|zou|zouden|moest|moesten|wilde|wilden|kon|konden|trof|schreef|sprak|gisteren|vorige|vorig
    afgelopen|geleden|zojuist|sinds
    hopelijk|waarschijnlijk|misschien|mogelijk|wellicht|vermoedelijk|normaal|normaliter|meestal|doorgaans|vaak|soms
    hopen|hoop|probeer|proberen|verwachten|verwacht|streven
    kan|kunnen|kun|kunt|wil|willen|lijkt|volgens|denk|denken|schatting|afhankelijk|in principe|eventueel|als|indien
    mits|tenzij|zodra|wanneer|mocht|of
    niet|geen|nooit|niemand|niks|niets|nergens|moet|moeten|hoef|hoeft|dient|graag|is [^,;]{0,60}?\b(?:ge\w+[dt]
    ver\w+[dt]|geweest|gedaan|gegaan|verzonden|overgemaakt)
    (?:heb|hebt|heeft|hebben|zijn|ben) [^,;]{0,60}?\b(?:ge\w+(?:d|t|en)|ver\w+(?:d|t|en)|be\w+d|overgemaakt
    opgestuurd|aangevraagd|doorgegeven|ontvangen)
    rijden|elke|iedere|open|geopend|gesloten|dicht|bereikbaar|openingstijden|actie|korting op|sale|uitverkoop
    begint|start|sluit|opent
    geldt|eindigt|verloopt|vertrekt
    fijne|fijn weekend|prettig\w*|succes|veel plezier|gefeliciteerd|sterkte|geniet|tot morgen|tot dan|tot zo|jarig
    feestje|trouwdag
    (?:je|u|jij|jullie) (?:schrijft|zegt|geeft|wacht|vraagt|wilt|bestelde|belde|mailde|gaat|moest)|maximaal
    tot en met|t/m
    """
)
_SUBJECT = one_of(
    r"ik|we|wij|je|jij|u|jullie|hij|ze|zij|het|de|die|er|dat|mijn collega|een collega|onze|jouw|uw|iemand|'t"
)


def promise(draft: Draft, scene: Scene) -> Iterator[Remark]:
    text = draft.text[:MOST_READ]
    found = promised(text)
    if found is not None:
        says = f"Je belooft “{_short(' '.join(text[slice(*found)].split()))}”: zal ik er een timer op zetten?"
        yield Remark(Check.PROMISE, says, None, _WHY, *found, offers="timer")


def promised(text: str) -> tuple[int, int] | None:
    """The stretch that promises something, as domain.promise finds it, or named with a moment that it does not know."""
    moments = _MOMENTS if _DATED.search(text) else _MOMENTS[:1]
    known = next((each for now in moments for each in promises.promises(text, now)), None)
    if known is not None:
        quoted = known.what.rstrip("…")
        at = text.find(quoted)
        return (at, at + len(quoted)) if at >= 0 else (0, len(text))
    told = (sentence for sentence in sentences(level(text)) if not sentence.asks)
    found = next((clause for sentence in told for clause in clauses(sentence) if _promises(clause)), None)
    return (found.start, found.end) if found else None


def _promises(clause: Piece) -> bool:
    if len(clause.text.split()) < _FEWEST_WORDS or _NO_PROMISE.search(clause.text):
        return False
    when = _WHEN.search(clause.text)
    return when is not None and _SUBJECT.search(_without(clause.text, when)) is not None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _short(what: str) -> str:
    return what if len(what) <= _LONGEST else what[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
