"""Earlier rejection: does the customer say that we, or the telephone, already turned them away or let them run in
circles?"""

import re
from functools import lru_cache

MOST_READ = 20_000

_TRIES = (
    r"(?:gebeld|bellen|bel|gemaild|mailen|mail|geappt|gechat|contact|gevraagd|aangekaart|aangegeven|gemeld"
    r"|uitgelegd|teruggestuurd|afgepoeierd)"
)
_MANY = r"(?:[2-9]|[1-9]\d|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|meerdere|tig|honderd)"
_NTH = r"(?:[2-9]e|[2-9]de|tweede|derde|vierde|vijfde|zesde|zevende|achtste|zoveelste|tigste)"
_PHRASES = (
    r"(?:normale |gewone |natuurlijke )?slijtage",
    r"afgewezen|afgekeurd|afgewimpeld|afgepoeierd|afgescheept",
    r"(?:klacht|claim|aanvraag|verzoek|retour)[ ]geweigerd|geweigerd door jullie|jullie weiger(?:en|den)",
    r"(?:kunnen|kon|konden|kan|kun)[ ](?:we|wij|jullie|ze|ik|er)?[ ]?(?:(?:hier|er|daar|echt|helaas"
    r"|verder)[ ]){0,3}(?:niks|niets)[ ]"
    r"(?:aan|mee|voor(?: je| u| mij| me)?|meer aan)[ ](?:te )?(?:doen|betekenen)(?! dat)",
    r"kunnen we (?:helaas )?niets voor (?:je|u) (?:doen|betekenen)",
    r"(?:valt|viel|vallen|val)[ ](?:\w{1,12}[ ]){0,3}(?:niet|buiten)[ ](?:\w{1,12}[ ]){0,2}(?:onder )?(?:de )?garantie",
    r"(?:niet|geen)[ ](?:\w{1,12}[ ]){0,2}onder[ ](?:de )?garantie|geen recht op (?:garantie|geld|vergoeding|omruil)",
    r"garantie (?:is )?(?:verlopen|voorbij|vervallen)|buiten de (?:garantie|retourtermijn|termijn)",
    r"(?:eigen schuld|verkeerd gebruik|onjuist gebruik)",
    r"kastje naar (?:de )?muur|kastje[- ]muur",
    r"(?:geen|niet) (?:coulance|coulant)|coulance (?:werd |is )?(?:geweigerd|afgewezen)",
    r"(?:kreeg|krijg|kregen)[ ](?:\w{1,12}[ ]){0,3}nul op (?:het )?rekest",
    rf"\b{_MANY}[ ]?(?:x|keer|maal|malen)[ ](?:\w{{1,14}}[ ]){{0,4}}?{_TRIES}",
    rf"\b{_NTH}[ ](?:keer|maal|x)[ ](?:dat )?(?:\w{{1,14}}[ ]){{0,3}}?{_TRIES}",
    rf"{_TRIES}[ ](?:\w{{1,14}}[ ]){{0,3}}?(?:al )?(?:voor de )?{_NTH}[ ](?:keer|maal)",
)
_REJECTION = re.compile(r"\b(?:" + "|".join(_PHRASES) + r")(?!\w)", re.I)
_DENIED = re.compile(
    r"(?:geen|zonder|nauwelijks|amper|weinig|niet|nooit|nog niet)[ ](?:enkele |zichtbare |echte )?$", re.I
)
_FORGIVEN = re.compile(r"\bjullie[ ](?:\w{1,8}[ ]){0,2}$", re.I)
_DISPUTED = re.compile(r"(?:dit|dat|het)[ ]is[ ](?:\w{1,8}[ ]){0,2}$", re.I)
_SPACE = re.compile(r"\s")


@lru_cache(maxsize=16)  # the facts and the impression ask it of the same text
def rejections(text: str) -> tuple[tuple[int, int], ...]:
    """Where the text tells of an earlier no, as (start, end) in characters."""
    level = _SPACE.sub(" ", text[:MOST_READ])
    return tuple(match.span() for match in _REJECTION.finditer(level) if not _denied(level, match))


def earlier_rejection(text: str) -> bool:
    """Whether the text tells of an earlier no ("slijtage", "afgewezen", "3x gebeld", van het kastje naar de muur)."""
    return bool(rejections(text))


def _denied(text: str, match: re.Match[str]) -> bool:
    """Praise ("nog geen slijtage!") and forgiving ("jullie kunnen er niks aan doen") tell of no rejection; a dispute
    ("dat is toch geen slijtage!") does.
    """
    before = text[max(0, match.start() - 30) : match.start()]
    if re.match(r"k[aou]n", match.group(), re.I):
        return _FORGIVEN.search(before) is not None
    if not re.match(r"\w* ?slijtage|af\w+", match.group(), re.I):
        return False
    denial = _DENIED.search(before)
    return denial is not None and not _DISPUTED.search(before[: denial.start()])
