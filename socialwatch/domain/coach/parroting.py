"""Parroting: the customer's own facts or request handed back as a check, without anything new."""

import re
from collections.abc import Iterator

from socialwatch.domain.coach import signs
from socialwatch.domain.coach.reading import Piece, all_roots, level, one_of, roots, sentences, shared
from socialwatch.domain.coach.words import Check, Draft, Remark, Scene

_ENOUGH, _NEARLY_ALL = 0.4, 0.7  # of the words that carry meaning
_LEAST = 2  # words in common
_BARELY = 7  # words beside the check itself
_WHY = (
    "Wie zijn eigen woorden terugkrijgt, moet ze nog eens goedkeuren en is geen stap verder. Dat je het begreep, "
    "blijkt uit wat je doet."
)
_OPENER = one_of(
    r"""
    (?:dus )?als ik (?:u|je|jou|het|alles|dit|dat)?(?: \w+)? ?(?:goed|juist|wel) (?:begrijp|heb|lees|zie
    begrepen)\w*|(?:begrijp ik|begrijpen (?:wij|we)) (?:het |u |je |dat )?(?:goed|juist)
    (?:heb|hebben) (?:ik|we|wij) (?:het |u |je |dat |dit )?(?:goed|juist|zo goed) begrepen|wat ik begrijp is
    begrijp ik(?= dat)|of ik (?:dit|dat|het|u|je) (?:zo )?(?:goed|juist) (?:begrepen|begrijp)\w*
    (?:u|je|jij) (?:geeft|gaf|schrijft|schreef|vertelt|vertelde|meldt|meldde|zegt|stelt|laat|liet|vraagt
    vroeg) (?:\w+ ){0,3}?(?:aan|dat|weten|te weten|of|om)
    (?:zoals )?(?:u|je) (?:schrijft|aangeeft|vertelt|zegt|meldt)|(?:ik|wij|we) (?:lezen|lees|begrijpen|begrijp|zien
    maken|maak|horen|hoor|vernemen|verneem|halen|haal) (?:\w+ ){0,6}?(?:dat|op)
    (?:uit|in) (?:je|uw) (?:bericht|mail|reactie|tweet|post|verhaal) (?:\w+ ){0,4}(?:dat|op|ik|we|wij)
    (?:even )?(?:ter |als )(?:bevestiging|controle|check)
    samenvattend|samengevat|(?:wij|we|ik) (?:hebben|heb) (?:\w+ ){0,4}(?:begrepen|vernomen|gelezen|ontvangen) dat
    even (?:checken|samenvatten|resumeren|herhalen|controleren)|resumerend
    om het (?:even )?samen te vatten
    (?:we|wij) hebben (?:uw|je) (?:melding|bericht|klacht|vraag) (?:\w+ ){0,3}(?:over|dat)|(?:uw|je|jouw) (?:vraag
    klacht|verzoek|melding|bericht) (?:is|gaat|luidt|betreft|over)
    u wenst|het gaat (?:dus )?om|het betreft|klopt het (?:dus )?dat|is het (?:juist|correct|zo) dat|kortom
    (?:even )?voor (?:de|alle) duidelijkheid|zodat ik het goed (?:heb|begrijp)|om zeker te zijn
    om misverstanden te voorkomen
    ter verduidelijking|even kijken of ik
    met andere woorden
    """
)
_CHECK = one_of(
    r"""
    klopt (?:dat|dit|het)(?: zo)?|is (?:dat|dit) (?:juist|correct|zo|wat (?:je|u) bedoel\w*)|correct|nietwaar
    heb ik dat goed|zeg ik dat (?:zo )?goed|toch|juist|klopt
    (?:heb|hebben) (?:ik|we|wij) (?:het |u |je |dat |dit )?(?:zo )?(?:goed|juist) (?:begrepen|gelezen)
    begrijp ik(?: (?:dat|het|dit|je|u))?(?: zo)?(?: (?:goed|juist))?|bedoel je dat|(?:dat is |is dat )?wat (?:je
    u) bedoel\w*
    (?:kun|kunt|wil|wilt) (?:je|u) (?:dat|dit|het) (?:\w+ )?bevestigen|als ik (?:dat|dit|het) goed (?:lees|begrijp)
    of ik (?:dit|dat|het|u|je) (?:zo )?(?:goed|juist) (?:begrepen|begrijp)\w*
    """
)
_ENDS_AS_CHECK = re.compile(rf"{_CHECK.pattern}\W*\?\W*$")
_DUS = re.compile(r"^(?:\W*\w+\W+){0,4}dus\W|^\W*en (?:u|je|die|dat|deze|de|het|dan) ")
_RESTATES = re.compile(
    r"^\W*(?:(?:hoi|hallo|dag|hey|beste)(?: \w+)?\W+)?(?:je|u|jij) (?:wilt?|zou|zoekt|bent op zoek|probeert"
    r"|vraagt|hebt|heeft|had|kreeg)\b"
    r"|^\W*(?:uw|je|jouw) (?!kun|kan|mag|krijg|hoef)\w+ "
)
_WARM = one_of(
    r"""
    sorry|excuses|vervelend|balen|rot|oei|oef|ach|och|pff\w*|bah|jeetje|amai|schrik\w*|schrikken|wat een
    wat naar|baal\w*|zonde|terecht|onze fout|logisch dat
    niet oke|hoort niet|kan niet|natuurlijk|drama|ellende|irritant|frustrerend\w*|geen pretje|uitgerekend|ook nog
    """
)
_YOU_HAVE = re.compile(
    r"(?<!\w)(?:je|u|jij|uw|jouw) (?:hebt|heeft|heb|had|bent|wil|wilt|zou|kocht|bestelde|belde|mailde|wacht|stond"
    r"|ontving|kreeg)(?!\w)|(?<!\w)(?:heb|heeft|hebt|bent|ben|had|wil|wilt) (?:je|u)(?!\w)"
)
_OURS = re.compile(
    r"(?<!\w)(?:ik|we|wij) (?:\w+ ){0,2}?(?:stuur|sturen|bel|bellen|regel|regelen|zet|zetten|ga|gaan|zoek|zoeken"
    r"|maak|maken|geef|geven|stort|storten|check|pak|leg|los|laat|vraag|zorg|zorgen|haal|vervang)\w*"
)


def parroting(draft: Draft, scene: Scene) -> Iterator[Remark]:
    theirs = all_roots(scene.theirs)
    found = sentences(level(draft.text))
    for place, piece in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if _gives_back(piece, following, theirs):
            yield _remark(piece)
            return


def _gives_back(piece: Piece, following: Piece | None, theirs: frozenset[str]) -> bool:
    said = roots(_CHECK.sub(" ", _OPENER.sub(" ", piece.text)))
    same = shared(said, theirs)
    share = len(same) / len(said) if said else 0.0
    if _WARM.search(piece.text) or _OURS.search(_OPENER.sub(" ", piece.text)):
        return False
    if _OPENER.search(piece.text) or _ENDS_AS_CHECK.search(piece.text) or _is_check(following):
        return share >= _ENOUGH and len(same) >= _LEAST
    if piece.asks and _DUS.search(piece.text):
        return share >= _ENOUGH and len(same) >= 1
    restated = (_RESTATES.match(piece.text) or _DUS.search(piece.text)) is not None
    if piece.asks or not (restated or _YOU_HAVE.search(piece.text)) or signs.FEELING.search(piece.text):
        return False
    return share >= _NEARLY_ALL and len(same) >= (_LEAST if restated else 2 * _LEAST)


def _is_check(following: Piece | None) -> bool:
    """Whether the next sentence asks no more than whether the last was right."""
    if following is None:
        return False
    return len(_CHECK.sub("", following.text).split()) <= _BARELY and _CHECK.search(following.text) is not None


def _remark(piece: Piece) -> Remark:
    says = "Dit heeft de klant net zelf verteld, en nu staat het er nog eens als vraag of samenvatting."
    if not piece.asks:
        says = "Dit heeft de klant net zelf verteld, en nu krijgt hij het terug."
    toward = "Wat kun je toevoegen dat de klant nog niet wist: wat je ziet, wat je doet, wanneer?"
    return Remark(Check.PARROTING, says, toward, _WHY, piece.start, piece.end)
