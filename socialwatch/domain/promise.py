"""Promises in our own replies ("morgen in huis", "vandaag nog verstuurd", "voor vrijdag"), and when each is due.

Precision first: what is hedged, asked, past, of the customer or in the negative is no promise of ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain.deadline import When, moments

LONGEST = 90  # characters of what is quoted
MERE_TIME = 8  # words; a clause this short may only say when

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?]*")
_CLAUSE = re.compile(r"\s*[,;:()–—]\s+|\s+(?:maar|want|dus|omdat|zodat|terwijl)\s+", re.I)
_AND = re.compile(r"\s+en\s+", re.I)
_WE = r"(?:ik|we|wij|mijn collega|een collega|onze \w+|ons \w*team)"
_DO = (
    r"(?:stuur|sturen|verstuur|versturen|verzend|verzenden|bel|belt|bellen|mail|mailt|mailen|app|appen|breng|brengt"
    r"|brengen|lever|leveren|regel|regelt|regelen|stort|storten|maak|maken|zet|zetten|laat|laten|kom|komt|komen|zoek"
    r"|zoeken|zoekt|pak|pakken|geef|geven|check|checken|kijk|kijken|kijkt|los|lossen|ga|gaan|zorg|zorgen|haal|halen"
    r"|vervang|vervangen|herstel|herstellen|boek|boeken|doe|doen|plaats|plaatsen|neem|nemen|neemt|reageer|reageren"
    r"|bezorg|bezorgen|betaal|betalen|leg|leggen|vertel|vertellen|beloof)"
)
_RECEIVE = r"(?:krijg|krijgt|ontvang|ontvangt|hoor|hoort|heb|hebt|heeft|vind|vindt)"
_DONE = (
    r"(?:verstuurd|verzonden|bezorgd|geleverd|opgehaald|teruggestort|overgemaakt|teruggebeld|gebeld|nagekeken"
    r"|gerepareerd|gemaakt|gebracht|opgelost|hersteld|terugbetaald|verwerkt|gestort|klaar|geregeld|teruggeboekt"
    r"|nagestuurd|afgeleverd|vervangen)"
)
_PLACE = (  # says by itself that something arrives
    r"(?:in huis|in (?:je|de|uw|jullie) (?:brieven)?bus|op (?:je|de|uw) mat|de deur uit|op de post"
    r"|op (?:je|uw) rekening|in (?:je|uw) (?:mailbox|mail|inbox)|voor (?:je|de|uw) deur|op (?:je|de|uw) stoep)"
)
_THERE = rf"(?:{_PLACE}|bij je|bij jou|bij jullie|bij u|bij je \w+|thuis|thuisbezorgd|binnen|terug|aan de deur)"
_DAYWORD = r"(?:vandaag|vanavond|vanmiddag|morgen\w*|overmorgen|(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
# Any other deed of ours; what we merely think, feel or perceive is none.
_ACT = (
    r"(?!(?:snap|begrijp|wens|lees|lezen|zie|hoor|hore|vind|weet|weten|heb|ben|zijn|was|ware|schrik|ken|herken|merk|geloof|mis|wacht"
    r"|sta|zit|las|zag|voel|vrees|gun|werk|vier|sluit|open|vraag|graag|vandaag|morgen|over|ge\w+[dt]\b)\w*)\w{3,}"
)
_PROMISED = re.compile(
    rf"\b{_WE}\s+(?:\w+\s+){{0,3}}?{_DO}\b|\b{_DO}\s+(?:\w+\s+){{0,1}}?{_WE}\b"
    rf"|\b(?:ik|we|wij)\s+{_ACT}|\b{_ACT}\s+(?:ik|we|wij)\b"
    rf"|\b{_WE}\b.{{0,40}}\b(?:terug|achteraan|op terug)\b"
    rf"|\b{_RECEIVE}\s+(?:je|jij|u|jullie)\b|\b(?:je|jij|u|jullie)\s+{_RECEIVE}\b|\b(?:je|jouw|uw|jullie)\s+\w+\s+krijg(?:t|en)\b|\bweet\s+(?:je|u|jij)\s+meer\b"
    rf"|\bworden?(?:t)?\b.{{0,60}}\b(?:{_DONE}|\w*ge(?!n|woon|en)\w+(?:d|t|en)|ver\w+[dt])\b|\b(?:is|zijn|staat|staan|ligt|liggen|gaat|gaan|komt|komen|vertrekt"
    rf"|vertrekken|arriveert)\b.{{0,60}}\b{_THERE}\b"
    rf"|\b(?:gaat|gaan|komt|komen|vertrekt|vertrekken)\b.{{0,40}}\b(?:weg|mee|eraan|aan|uit|jouw kant op|je kant op)\b"
    rf"|\b{_PLACE}\b|\b{_DONE}\b|^\W*{_DAYWORD}\s+{_THERE}|\b(?:antwoord|bericht|uitsluitsel) van (?:mij|me|ons)\b",
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:hopelijk|waarschijnlijk|misschien|mogelijk|wellicht|vermoedelijk|normaal(?: gesproken)?|normaliter|meestal"
    r"|doorgaans|vaak|soms|hopen|hoop|prober\w*|probeer|verwacht\w*|streven|zou|zouden|kan|kunnen|kun|kunt|mag|mogen"
    r"|wil|willen|wilde|vermoed\w*|lijkt|volgens|ergens|ooit|denk|denken|schatting"
    r"|afhankelijk|in principe|weet niet|of)\b",
    re.I,
)
_NOT = re.compile(r"\b(?:niet|geen|nooit|niemand|niks|nergens|zonder)\b", re.I)
_PAST = re.compile(
    r"\b(?:was|waren|werd|werden|had|hadden|ging|gingen|kwam|kwamen|belde|belden|mailde|mailden|stuurde|stuurden|kreeg"
    r"|kregen|stond|stonden|lag|lagen|beloofde|beloofden|zou|gisteren|vorige|afgelopen|geleden|net|zojuist|inmiddels"
    r"|al(?!\s+(?:morgen|vandaag|vanmiddag|vanavond|overmorgen)))\b",
    re.I,
)
_PERFECT = re.compile(
    rf"\b(?:is|zijn|ben|bent|heb|hebt|hebben|heeft)\b.*\b(?:\w*ge\w+(?:d|t|en)|ver\w+[dt]|verzonden|be\w+d|{_DONE})\b",
    re.I,
)
_ASKED_OF_THEM = re.compile(
    rf"^\W*(?:graag\s+|dan\s+)?(?:{_DO}|probeer|vul|hou|houd|meld|wacht|lees|mailt|test)\b(?!\s+{_WE}\b)", re.I
)
_THEIRS = re.compile(
    r"\b(?:je|jij|u|jullie)\s+(?:\w+\s+)?(?:moet|hoeft|stuurt|belt|mailt|bent|brengt|levert|schreef|zegt|gaf|wacht"
    r"|besteld|bestelt|laat)\b|\bnodig\b"
    r"|\b(?:dank|bedankt|fijne|fijn weekend|prettig\w*|succes|veel plezier|gefeliciteerd|sterkte|geniet|tot morgen"
    r"|tot dan|tot zo|open|geopend|gesloten|dicht|actie|korting|sale|bereikbaar|openingstijden|feestje|jarig|vieren"
    r"|viert)\b",
    re.I,
)
_IF = re.compile(r"\b(?:als|indien|mits|tenzij|zodra|wanneer|mocht)\b", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """One promise: the words it was made in, and its moment (aware UTC)."""

    what: str
    due_at: datetime


def promises(text: str, now: datetime) -> tuple[Found, ...]:
    """What this reply of ours, written at `now`, promises; soonest first, each moment once."""
    found: dict[datetime, Found] = {}
    for sentence in _SENTENCE.findall(text[:5_000]):
        if not sentence.rstrip().endswith("?") and not _IF.search(sentence):
            for each in _in_sentence(sentence, now):
                found.setdefault(each.due_at, each)
    return tuple(sorted(found.values(), key=lambda each: each.due_at))


def _in_sentence(sentence: str, now: datetime) -> Iterator[Found]:
    before = ""
    for clause in _CLAUSE.split(sentence):
        whole = list(_in_clause(clause, now))
        parts = _AND.split(clause)
        if not whole and len(parts) > 1:
            whole = [each for part in _with_subject(parts) for each in _in_clause(part, now)]
        if (
            not whole and len(clause.split()) <= MERE_TIME and moments(clause, now)
        ):  # "Je krijgt antwoord van me, vanavond nog."
            whole = list(_in_clause(f"{before}, {clause}", now))
        before = clause
        yield from whole


def _with_subject(parts: list[str]) -> Iterator[str]:
    """ "Ik zoek het uit en bel je morgen": the second half is of the same person."""
    subject = ""
    for part in parts:
        own = re.match(rf"\s*({_WE})\b", part, re.I)
        begins = re.match(rf"\s*{_DO}\b", part, re.I)
        yield f"{subject} {part}".strip() if begins and not own else part
        subject = own[1] if own else subject


def _in_clause(clause: str, now: datetime) -> Iterator[Found]:
    named = moments(clause, now)
    if not named or _hindered(clause, named[0]) or not _PROMISED.search(clause):
        return
    latest = max(named, key=lambda each: each.due_at) if named[0].range else named[0]
    yield Found(_quoted(clause), latest.due_at)


def _hindered(clause: str, when: When) -> bool:
    if any(each.search(clause) for each in (_HEDGED, _NOT, _PAST, _THEIRS, _ASKED_OF_THEM)):
        return True
    return when.today and _PERFECT.search(clause) is not None


def _quoted(clause: str) -> str:
    words = " ".join(clause.split()).strip(" .!,;:-")
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
