"""Promises in our own replies ("morgen in huis", "vandaag nog verstuurd", "voor vrijdag"), and when each is due.

Precision first: what is hedged, asked, past, of the customer or in the negative is no promise of ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from socialwatch.domain.deadline import When, moments

LONGEST = 90  # characters of what is quoted

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?]*")
_CLAUSE = re.compile(r"\s*[,;:()–—]\s+|\s+(?:maar|want|dus|omdat|zodat|terwijl)\s+", re.I)
_AND = re.compile(r"\s+en\s+", re.I)
_WE = r"(?:ik|we|wij|mijn collega|een collega|onze \w+|ons \w+team)"
_DO = (
    r"(?:stuur|sturen|verstuur|versturen|verzend|verzenden|bel|belt|bellen|mail|mailt|mailen|app|appen|breng|brengt"
    r"|brengen|lever|leveren|regel|regelt|regelen|stort|storten|maak|maken|zet|zetten|laat|laten|kom|komt|komen|zoek"
    r"|zoeken|zoekt|pak|pakken|geef|geven|check|checken|kijk|kijken|kijkt|los|lossen|ga|gaan|zorg|zorgen|haal|halen"
    r"|vervang|vervangen|herstel|herstellen|boek|boeken|doe|doen|plaats|plaatsen|neem|nemen|neemt|reageer|reageren"
    r"|bezorg|bezorgen|betaal|betalen|leg|leggen|vertel|vertellen|beloof)"
)
_RECEIVE = r"(?:krijg|krijgt|ontvang|ontvangt|hoor|hoort|heb|hebt|heeft|vind|vindt|zie|ziet)"
_DONE = (
    r"(?:verstuurd|verzonden|bezorgd|geleverd|opgehaald|teruggestort|overgemaakt|teruggebeld|gebeld|nagekeken"
    r"|gerepareerd|gemaakt|gebracht|opgelost|hersteld|terugbetaald|verwerkt|gestort|klaar|geregeld|teruggeboekt"
    r"|nagestuurd|afgeleverd|vervangen)"
)
_PLACE = (
    r"(?:in huis|in je bus|in de bus|in je brievenbus|in de brievenbus|op de mat|op je mat|bij je|bij jou|bij jullie"
    r"|bij u|thuis|de deur uit|op de post|op je rekening|in je mailbox|in je mail|in je inbox|voor je deur|voor de deur"
    r"|binnen|aan de deur)"
)
_PROMISED = re.compile(
    rf"\b{_WE}\s+(?:\w+\s+){{0,3}}?{_DO}\b|\b{_DO}\s+(?:\w+\s+){{0,1}}?{_WE}\b"
    rf"|\b{_WE}\b.{{0,40}}\b(?:terug|achteraan|op terug)\b"
    rf"|\b{_RECEIVE}\s+(?:je|jij|u|jullie)\b|\b(?:je|jij|u|jullie)\s+{_RECEIVE}\b"
    rf"|\bworden?(?:t)?\b.{{0,60}}\b{_DONE}\b|\b(?:is|zijn|staat|staan|ligt|liggen|gaat|gaan|komt|komen|vertrekt"
    rf"|vertrekken|arriveert)\b.{{0,60}}\b{_PLACE}\b"
    rf"|\b(?:gaat|gaan|komt|komen|vertrekt|vertrekken)\b.{{0,40}}\b(?:weg|mee|eraan|aan|uit|jouw kant op|je kant op)\b"
    rf"|\b{_PLACE}\b|\bnog\s+{_DONE}\b|\b{_DONE}\b|\b(?:antwoord|bericht|uitsluitsel)\b",
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:hopelijk|waarschijnlijk|misschien|mogelijk|wellicht|vermoedelijk|normaal(?: gesproken)?|normaliter|meestal"
    r"|doorgaans|vaak|soms|hopen|hoop|prober\w*|probeer|verwacht\w*|streven|zou|zouden|kan|kunnen|kun|kunt|mag|mogen"
    r"|als|indien|mits|tenzij|wanneer|wil|willen|wilde|vermoed\w*|lijkt|volgens|ergens|ooit|denk|denken|schatting"
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
    r"\b(?:is|zijn|ben|heb|hebben|heeft)\b.*\b(?:ge\w+[dt]|ge\w+en|ver\w+[dt]|verzonden|be\w+d)\b", re.I
)
_THEIRS = re.compile(
    r"\b(?:stuur|bel|mail|app|laat|kijk|kom|geef|check|probeer|neem|vul|breng|lever|zet|houd|hou)\s+"
    r"(?:ons|het ons|me|mij|even|gerust|dan|je |jouw|eens|morgen|vandaag|maar)\b"
    r"|\b(?:je|jij|u|jullie)\s+(?:\w+\s+)?(?:moet|hoeft|stuurt|belt|mailt|bent|brengt|levert|schreef|zegt|gaf|wacht"
    r"|hebt nodig"
    r"|hebt\s+\w+\s+nodig|hebt besteld|laat)\b"
    r"|\b(?:dank|bedankt|fijne|fijn weekend|prettig\w*|succes|veel plezier|gefeliciteerd|sterkte|geniet|tot morgen"
    r"|tot dan"
    r"|tot zo|open|geopend|gesloten|dicht|actie|korting|sale|bereikbaar|openingstijden|feestje|jarig|vier\w*)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Found:
    """One promise: the words it was made in, and its moment (aware UTC)."""

    what: str
    due_at: datetime


def promises(text: str, now: datetime) -> tuple[Found, ...]:
    """What this reply of ours, written at `now`, promises; soonest first, each moment once."""
    found: dict[datetime, Found] = {}
    for sentence in _SENTENCE.findall(text[:5_000]):
        if not sentence.rstrip().endswith("?"):
            for each in _in_sentence(sentence, now):
                found.setdefault(each.due_at, each)
    return tuple(sorted(found.values(), key=lambda each: each.due_at))


def _in_sentence(sentence: str, now: datetime) -> Iterator[Found]:
    for clause in _CLAUSE.split(sentence):
        whole = list(_in_clause(clause, now))
        parts = _AND.split(clause)
        if not whole and len(parts) > 1:
            whole = [each for part in _with_subject(parts) for each in _in_clause(part, now)]
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
    if _HEDGED.search(clause) or _NOT.search(clause) or _PAST.search(clause) or _THEIRS.search(clause):
        return True
    return when.today and _PERFECT.search(clause) is not None


def _quoted(clause: str) -> str:
    words = " ".join(clause.split()).strip(" .!,;:-")
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
