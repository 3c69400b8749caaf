"""Promised: what we said we would do, found in our own answers, in a contact's notes and in the customer's words."""

import re
from collections.abc import Iterator

from socialwatch.domain.brief.sentences import one_line, sentences

_WHEN = (
    r"(?:vandaag|vanochtend|vanmorgen|vanmiddag|vanavond|morgen\w*|overmorgen|nog deze week|deze week"
    r"|volgende week|komende week|(?:op"
    r"|voor|uiterlijk"
    r"|vóór|tegen|aanstaande|komende)\s(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|\d{1,2}\s"
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)\b)"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|binnen\s(?:\w+\s){1,3}?(?:uur|dag\w*|werkdag\w*|week|weken"
    r"|minuten)"
    r"|over\s(?:\w+\s){1,2}(?:dagen|dag|week|weken|uur))"
)
_DO = (
    r"(?:stuur\w*|sturen|gaat|gaan|staat|staan|komt|komen|krijgt?|krijg|ligt|liggen|vertrek\w*|bel\w*|mail\w*|stort\w*|betaal\w*|maak\w*"
    r"|regel\w*"
    r"|vergoed\w*|lever\w*|bezorg\w*|vervang\w*|herstel\w*|zorg\w*|laat|laten|kijk\w*|zoek\w*|heb|hebt|heeft|neem"
    r"|nemen|haal"
    r"|halen|verstuur\w*|verzend\w*|verstuurd|verzonden|teruggestort|overgemaakt|terugbetaald|opgestuurd|teruggebeld"
    r"|gebeld)"
)
_WE = re.compile(
    rf"\b(?:(?:ik|wij|we|collega\w*|monteur|koerier|bezorger)\s(?:\w+\s){{0,4}}?(?:ga|gaan|zal|zullen|{_DO})|(?:{_DO}"
    rf"|zal|zullen|ga|gaan)\s(?:ik|we|wij)"
    rf"|(?:je|u|jij)\s(?:krijgt|ontvangt|hebt|wordt|kunt rekenen)|(?:krijg|ontvang|heb|word)\s(?:je|jij)|ontvangt u"
    rf"|krijgt u|wordt u|hebt u|heeft u)\b",
    re.I,
)
_FUTURE = re.compile(rf"\b{_WHEN}(?!\w)", re.I)
_THEY_WILL = (
    r"(?:teruggebeld|gebeld|verstuurd|nagestuurd|opgehaald|teruggestort|terugbetaald|vervangen|hersteld|bezorgd"
    r"|geleverd|geholpen|gemaild)"
)
_FREE = re.compile(
    r"\b(?:ik|we|wij) (?:stuur|sturen|bel|bellen|maak|maken|stort|storten|vergoed\w*|vervang\w*|zorg\w*|regel\w*)\b"
    r"|\b(?:stuur|sturen"
    r"|bel|bellen|stort|storten|vergoed\w*|zorg|regel\w*) (?:ik|we|wij)\b|\bbeloof\w*|\btoegezegd\b|\b(?:je"
    r"|u) (?:krijgt|ontvangt)\b|\b(?:krijg|ontvang) (?:je|jij)\b"
    r"|\b(?:krijgt|ontvangt) u\b|\bhou\w* (?:je|u) op de hoogte\b|\bga\w*\s(?:vandaag|morgen|zo|meteen)\b"
    r"|\blaat (?:ik|het|je|u)\b[^,.]{0,30}\bweten\b|\bik meld me\b"
    rf"|\bword(?:t|en)?\s(?:\w+\s){{0,4}}{_THEY_WILL}\b",
    re.I,
)
# "Daar word je boos van" and "wat je vrijdag doet" are about them, not about what we will do.
_OF_THEM = re.compile(
    rf"\b(?:wat|waar|wanneer|hoe|wie|waarom) (?:je|jij|u|jullie)\b[^,.;:]*|\b(?:word|wordt) (?:je|jij|u)\b"
    rf"(?!(?:\s\w+){{0,6}}\s{_THEY_WILL})[^,.;:]*",
    re.I,
)
_ASKS = re.compile(
    r"^\W*(?:stuur|mail|bel|kies|klik|vink|bestel|kun|kan|kunt|wil(?!,)|wilt|zou|mag|heb|hebt|heeft|geef|noem|laat|check|probeer|vul"
    r"|neem)\b(?!\s(?:ik|we|wij)\b)"
    r"|\bkunnen we (?:helaas )?(?:niks|niets|niet)|\b(?:niks|niets)\b.{0,20}\bdoen\b|\bniet mogelijk\b|\bals (?:je"
    r"|u)\b|\bmits\b",
    re.I,
)
_NOT = re.compile(r"\b(?:geen|niet|niks|niets|nooit)\b", re.I)
_TOLD = re.compile(
    r"\bbeloofd\b|\bbeloofden\b|\bbeloofde\b|\btoegezegd\b|\bjullie (?:gingen|zouden|beloven)\b|\bgezegd dat (?:ik"
    r"|het|hij|ze|er|we|mijn)\b"
    r"|\b(?:zou|zouden)\s(?:\w+[\s,]+){0,8}?(?:teruggebeld|gebeld|gemaild|teruggemaild|terugbellen|terugmailen|komen"
    r"|krijgen|ontvangen|geleverd"
    r"|bezorgd|verstuurd|opgestuurd|nagestuurd|opgehaald|teruggestort|terugbetaald|terug zijn|binnen zijn|in huis"
    r"|er zijn|vervangen|regelen|sturen)\b"
    r"|\bwe bellen (?:u|je) terug\b|\bbinnen \w+ (?:uur|dagen|werkdagen|weken) (?:antwoord|reactie|geld|thuis"
    r"|in huis)\b"
    r"|\bik zou\b(?:\s\w+){0,4}\s(?:horen|krijgen|ontvangen)\b",
    re.I,
)
_WISH = re.compile(
    r"\b(?:zou(?:den)? (?:jullie|u|je|ik graag|het fijn|het leuk|mooi|graag|willen|kunnen)|zou ik (?:kunnen|mogen"
    r"|graag)|kunnen\?|als\b)",
    re.I,
)
_NOT_PROMISED = re.compile(
    r"\bniemand\b[^.,\n]*\bbeloofd\b|\b(?:niet|niks|niets|nooit)\s(?:\w+\s){0,2}(?:beloofd|toegezegd)\b", re.I
)


def promises(text: str, *, ours: bool) -> Iterator[str]:
    """The sentences with a promise of ours: in our own words, or as the customer was told."""
    for _, _, sentence in sentences(text):
        if _is_ours(sentence) if ours else _is_told(sentence):
            yield one_line(sentence)


def _is_ours(sentence: str) -> bool:
    if sentence.endswith("?") or _ASKS.search(sentence):
        return False
    sentence = _OF_THEM.sub(" ", sentence)
    if _NOT.search(sentence) and not re.search(r"\bniet (?:meer|nog|langer|terug)\b|hoef\w*\b", sentence, re.I):
        return False
    if _FREE.search(sentence):
        return True
    return _FUTURE.search(sentence) is not None and (
        _WE.search(sentence) is not None or re.search(rf"\b{_DO}\b", sentence, re.I) is not None
    )


def _is_told(sentence: str) -> bool:
    if not _TOLD.search(sentence) or _NOT_PROMISED.search(sentence):
        return False
    return not _WISH.search(sentence) or "beloofd" in sentence.lower() or "toegezegd" in sentence.lower()
