"""Tried: what the customer already did about it themselves, so that nobody asks them to do it again."""

import re
from collections.abc import Iterator

from socialwatch.domain.brief.sentences import one_line, own, sentences

_THINGS = (
    r"gereset|ge-reset|herstart|opnieuw (?:op)?gestart|opgestart|gereboot|opnieuw geïnstalleerd|geïnstalleerd"
    r"|geupdatet|geüpdatet"
    r"|geupdate|bijgewerkt|ontkalkt|ontlucht|schoongemaakt|gereinigd|gepoetst|opgeladen|losgekoppeld|ingeplugd"
    r"|doorgespoeld|gekalibreerd|(?:handleiding|instructies|stappen) gevolgd"
    r"|aangesloten"
    r"|uitgeprobeerd|geprobeerd|gedownload|ingelogd|uitgelogd|gewist|leeggemaakt|geleegd|verwijderd|gewisseld|vervangen"
    r"|uitgezet|uitgeschakeld|gekoppeld|ontkoppeld|gecontroleerd|nagekeken|gecheckt|nagevraagd|rondgevraagd|(?:bij"
    r"|buren)\s(?:\w+\s){0,4}aangebeld"
    r"|gezocht|doorzocht|gelijmd|genaaid|gestopt|gewassen|nagemeten|gemeten|ingevuld|geüpload|geupload|afgesteld"
    r"|gesmeerd"
    r"|aangevraagd|vastgedraaid|aangedraaid|ingesteld|gebeld|gemaild|geappt|gechat|teruggestuurd|opgestuurd"
    r"|doorgestuurd|gestuurd|gemeld|ingediend|langsgegaan|langs geweest|gefotografeerd|gefilmd"
)  # fmt: skip
_DONE = re.compile(rf"\b(?:{_THINGS}|(?:\w*reset|update|herstart|ontkalking|snelheidstest)\s(?:al\s)?gedaan)\b", re.I)
_TURNED = re.compile(
    r"\b(?:uit en (?:weer )?aan|aan en (?:weer )?uit|stekker eruit|eruit gehaald|eruit en|stroom eraf"
    r"|batterij\w*\s(?:\w+\s){0,3}"
    r"(?:gedaan|gezet|erin)|in een ander stopcontact|ander(?:e)? (?:stopcontact|browser|computer|telefoon|kabel|lader"
    r"|oplader"
    r"|adapter|toestel|wifi|netwerk)|incognito|cache (?:leeg|geleegd|gewist)|spam(?:map|folder|box)?\b)",
    re.I,
)
_VAIN = re.compile(
    r"\b(?:resetten|herstarten|opnieuw (?:op)?starten|rebooten|ontkalken|opnieuw installeren|updaten|schoonmaken"
    r"|opladen|inloggen"
    r"|(?:een )?reset|(?:een )?herstart|bellen|mailen|chatten)\b(?:\s\w+){0,3}?\s(?:helpt?|hielp\w*|werkt\w*|lukt\w*"
    r"|geholpen"
    r"|haalt\w*|haalde|deed|doet|maakt|gaf|geeft|levert\w*)\b(?:\s\w+){0,3}?\s(?:niet|niks|niets|geen|evenmin)\b"
    r"|\bna\s(?:\w+\s){0,3}(?:resetten|herstarten"
    r"|herstart|reset|ontkalken|poetsen|wassen|opladen)\b",
    re.I,
)
_MYSELF = re.compile(
    r"\b(?:ik|we|wij|al|heb|hebben|had|ben|zijn|zelf|alles|na|net|intussen|ondertussen|inmiddels)\b", re.I
)
_REMEDY = re.compile(
    r"\b(?:gebeld|gemaild|geappt|gechat|gemeld|gestuurd|opgestuurd|ingevuld|teruggestuurd|doorgestuurd|aangevraagd"
    r"|ingediend"
    r"|gekoppeld|ingelogd|gestopt|verwijderd|aangesloten|ingesteld|gewassen|geüpload|geupload)\b",
    re.I,
)
# With these words such a deed is a try, without them it may be the story itself ("ik heb het teruggestuurd").
_AS_TRY = re.compile(
    r"\b(?:al|reeds|ook|zelfs|keer|maal|\d ?x|opnieuw|meerdere|foto\w*|filmpje\w*|video|geprobeerd|zonder resultaat"
    r"|graden|voorschrift|handleiding|label|nog steeds|naar|over|vorige|gisteren|dagen|weken|geen"
    r" (?:antwoord|reactie|gehoor)|niks|niets|helpt niet|postnl|dhl|dpd|bpost|gls|ups|bezorger|vervoerder|buren"
    r"|contactformulier"
    r"|klantenservice|klantendienst)\b",
    re.I,
)
_NOT_DONE = re.compile(
    r"\b(?:wil|willen|moet|moeten|kan|kunnen|zal|gaan|mag|laat|laten|graag|word|kastje|niet|nooit|nog niks|niets"
    r"|zonder te"
    r"|moet ik|moeten we|moest ik|kan ik|zal ik|zou ik|als ik|als je|wil ik"
    r"|ga ik|moet je|mag ik"
    r"|hoe (?:moet|kan)|hoef)\b(?:\s\w+){0,5}\s*$|^\W*(?:moet|kan|zal|mag|hoe)\b",
    re.I,
)
_BY_US = re.compile(
    r"\b(?:jullie|u|men|ze|zij|werd|wordt|is|zijn|de monteur|bezorger|koerier|verkoper|medewerker"
    r"|kreeg)\b(?:\s\w+){0,6}\s*$",
    re.I,
)
_SOMEBODY = re.compile(
    r"\b(?:jullie|u|men|ze|zij|hij|moet|moeten|kan|kunnen|wil|wordt|worden|werd|laten|laat|gaat|gaan|is|zijn|heeft"
    r"|monteur|verkoper|bezorger|te)\b",
    re.I,
)
_I = re.compile(r"\b(?:ik|we|wij|zelf|heb|hebben)\b", re.I)


def tried(text: str, *, reported: bool = False) -> Iterator[str]:
    """The sentences that tell of a remedy already tried, in the customer's words; in a contact's notes (`reported`)
    nobody says "ik".
    """
    plain = own(text)
    for start, end, _ in sentences(plain):
        for left, right in _clauses(plain[start:end]):
            clause = plain[start:end][left:right]
            if _is_try(clause, plain[start:end], reported=reported):
                yield one_line(text[start:end])
                break


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Between commas and turning words: what is denied in one half may be done in the other."""
    at = 0
    for match in re.finditer(r"[,;:]|\s(?=(?:maar|en toch|dus|want|terwijl)\s)", sentence):
        yield at, match.start()
        at = match.end()
    yield at, len(sentence)


def _is_try(clause: str, sentence: str, *, reported: bool) -> bool:
    if sentence.rstrip().endswith("?") and not re.search(r"\b(?:al|heb|hebben)\b", clause, re.I):
        return False
    if _VAIN.search(clause):
        return True
    for match in (*_DONE.finditer(clause), *_TURNED.finditer(clause)):
        before = clause[: match.start()]
        if _NOT_DONE.search(before) or (_BY_US.search(before) and not _I.search(before)):
            continue
        if _REMEDY.fullmatch(match.group()) and not _AS_TRY.search(clause):
            continue
        # "Batterijen vervangen.": nobody is named, so they did it themselves.
        if reported or _MYSELF.search(clause) or _I.search(sentence) or not _SOMEBODY.search(clause):
            return True
    return False
