"""Acknowledgement: whether the answer names what happened to the customer, before or beside facts and questions."""

import re
from collections.abc import Iterator

from socialwatch.domain.coach import signs
from socialwatch.domain.coach.reading import (
    Piece,
    all_roots,
    clauses,
    facts_in,
    level,
    one_of,
    roots,
    sentences,
    shared,
)
from socialwatch.domain.coach.words import Check, Draft, Remark, Scene
from socialwatch.domain.measures import counts, durations

_WHY = (
    "Een klacht heeft twee helften: wat er is, en hoe dat was. Wie zich eerst gezien weet, kan daarna de "
    "oplossing horen."
)
_TOWARD = (
    "Wat kostte het de klant, of waar ging het mis? Noem dat in je eigen woorden; de oplossing kan in dezelfde zin."
)
_LEAST_WORDS = 3
_LEAST_WHEN_DRY = 2  # words of theirs in a clause of facts
_GREETS = re.compile(
    r"^\W*(?:@\w+\W+)*(?:(?:hoi|hallo|hey|hai|ha|dag|beste|geachte|goede\w*|goeie\w*|lieve|yo)(?: (?!dat"
    r"|wat)[\w.'@-]+){0,4}\s*[,!.\n-])?"
)
_SIGNS_OFF = re.compile(
    r"(?:\^\s?\w+|(?<!\w)(?:met vriendelijke groet\w*|vriendelijke groet\w*|groet\w*|gr|mvg|liefs)(?!\w).*)$", re.S
)
_ORDERS = re.compile(
    r"^(?:dan |en |graag |eerst |wel |even )?(?:haal|trek|zet|doe|stuur|mail|bel|app|dm|kijk|check|controleer"
    r"|probeer|herstart|reset|start|klik|ga|log|vul|neem|houd|hou|lees|geef|noem|laat|wacht|druk|koppel|steek"
    r"|installeer|update|download|maak|volg|leg|breng|meld|open|pak|gebruik|verwijder|raadpleeg|gelieve|"
    r"kun je|kan je|kunt u|kan u|wil je|wilt u|mag ik|mogen we|mogen wij|zou je|zou u|heb je|heeft u|hebt u"
    r"|ben je|bent u|is (?:het|de|er|dit|dat)|wat|welke?|waar|wanneer|hoe|wie|om welke?)(?! (?:een|erg|vervelend"
    r"|naar|rot|jammer|balen|ontzettend|ellendig|stom|frustrerend|zonde|lang|moet|zeg)\b)(?!\w)"
)
_RECAP = re.compile(
    r"(?<!\w)(?:(?:je|u) (?:geeft aan|schrijft|meldt|stelt|vertelt|zegt)|als ik (?:je|u|het) goed|ik (?:lees"
    r"|begrijp|zie|verneem) (?:\w+ ){0,4}dat|begrijp ik (?:het )?goed)(?!\w)"
)
_LIMIT = re.compile(
    r"(?<!\w)(?:binnen|over|uiterlijk|maximaal|hooguit|na|elke|per|nog|duurt|duren|tot|tussen|gemiddeld|ongeveer"
    r"|circa|levertijd\w*|verwerk\w*|behandel\w*)\W+(?:\w+\W+){0,2}$"
)
_REFERS = re.compile(r"^\W*(?:en |nee |ja |tja )?(?:dat|dit|daar|zo|da|das|da's|die|deze|hier)(?!\w)")
# Facts, terms and forms: true, and of nobody in particular.
_DRY = one_of(
    r"""
    kun(?:t)? (?:je|u)|kan (?:je|u)|(?:je|u) kun(?:t)?|(?:je|u) kan|wordt|worden|werd|ontvang(?:t|en|st)?|nodig
    verplicht
    volgens|in behandeling|mogelijk|(?:is|zijn|wordt|worden) niet (?:\w*ge\w+|ver\w+|be\w+|in\w+|altijd)
    gegarandeerd|inbegrepen
    toegestaan
    duren|duurt|tot en met|termijn|planning|procedure|aanvra\w+|formulier|website|site|app|pagina|link|bedankt|dank
    graag|helpen|ticket
    doorgeven|doorgegeven|regels
    kost|kosten|vanaf|beschikbaar|leverbaar|op voorraad|helaas|retour|teruggestort|gestort|staat|ligt|zie ik
    verzoek\w*|gelieve|dienen|dient
    (?:de|het|je|uw|jouw|deze|dit) \w+ (?:komt|gaat|vertrekt|arriveert|is (?:nu|weer|inmiddels|al))|conform
    voorwaarden|gemiddeld|normaal|meestal|doorgaans|levertijd|werkdagen|onze (?:klanten|reizigers|bezoekers
    medewerkers)|hopelijk
    nemen (?:we|wij)|we nemen|wij nemen|serieus|serieuze|signalen|feedback|melding|rijdt|onderweg|verwerkt
    automatisch|via|in verband met|vanwege|door (?:een|de|het)|drukte|(?<!omdat )(?<!dat )(?<!terwijl )(?:we|wij)
    onze|account|etiket|klaargezet
    rooster|wijziging|route|gebeurt
    """
)
# A finite verb of the third person, so that a clause without one is a cry, and one with it may be a lesson.
_FINITE = re.compile(
    r"(?<!\w)(?:is|(?<!van )(?<!met )(?<!voor )(?<!op )(?<!in )(?<!aan )(?<!uit )zijn|was|waren|wordt|worden|werd"
    r"|werden|kan|kunnen|kon|moet|moeten|moest|mag|mogen|mocht|zal|zullen"
    r"|zou|heeft|hebben|had|duren|doet|doen|gaat|gaan|ging|komt|komen|kwam|staat|staan|stond|ligt|liggen|lag|zit|zitten"
    r"|zat|geldt|gelden|volgt|hoort|(?!straat|plaat|maat|buurt|beurt|product)\w+(?:aat|eert|oudt|uurt|ijft|ijgt"
    r"|aakt|ekt"
    r"|indt|omt|ukt|oopt|erkt|angt|engt|iedt|oont|eemt|eeft|ient|ijkt|iest|oort|aalt|aagt|egt|igt|eurt|edt|oelt"
    r"|ert))(?!\w)"
)
# So long, so far, so often, in a cry: "drieenhalf uur in een lobby"; after "binnen" or "elke" it is a term.
_SO_MUCH = re.compile(
    r"^\W*(?:en |al |met |na )?(?:\d+|\w*(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|half|tig))"
    r" (?:\w+ )?(?:uur|uren|kwartier|minuten|dagen|nachten|weken|maanden|jaar|kilometer|keer|trappen|mails"
    r"|telefoontjes)(?!\w)"
)
_AFTERTHOUGHT = re.compile(r"(?<=\w) (?:die|waar\w*|terwijl|omdat|zodat|om te) ")
# What tells rather than teaches: no and never, again and only now, the past, and somebody it happened to.
_VIVID = one_of(
    r"""
    niet|geen|niks|niets|nooit|niemand|nergens|zonder|pas|weer|alweer|weeral|nog|steeds|zelfs|al|helemaal|midden
    eindelijk
    toch|maar liefst|zomaar|te|teveel|ook nog|zo|dus|wel|tegelijk|net|juist|uitgerekend|opeens|ineens|plots
    achter elkaar
    je|jij|jou|u|jullie|ge|gij|was|waren|had|hadden|werd|werden|kwam|kwamen|ging|gingen|stond|stonden|zat
    zaten|lag|lagen|kreeg|kregen|moest|moesten|bleef|bleven|viel|vielen|deed|deden|\w{3,}(?:kte|pte|fte|lde|rde|gde
    mde)n?
    """
)
# What anybody would feel there: "daar heb je niets aan", "dat vergeet je niet zomaar".
_ANYBODY = re.compile(
    r"(?<!\w)(?:dat|daar|dit|dan|hier|zo|het) (?!kun|kan|mag|moet|hoef|krijg|zie|lees|vind|ontvang|regel|dien"
    r"|betaal)\w+ "
    r"(?:je|u|ge|een mens|niemand|iemand|geen mens|iedereen|wie) (?:\w+ ){0,4}?(?:niet|niks|niets|geen|nooit|liever"
    r"|amper"
    r"|nauwelijks|gek|boos|moe|moedeloos|verdrietig|bang|ziek|koud|van|voor niks|voor niets|liefst|wakker)(?!\w)"
    r"|(?<!\w)(?!meer|minder|langer|later|eerder|verder|hoger|lager|vaker|ander|beter|anders)\w+er dan (?:een|het"
    r"|de|mijn|elke)"
)
_TIMES = frozenset({"duration", "count"})


def acknowledgement(draft: Draft, scene: Scene) -> Iterator[Remark]:
    text = level(draft.text)
    yield from _light(text, scene)
    if not scene.complaint or any(names_it(level(each), scene) for each in scene.ours):
        return
    body = _body(text)
    if len(body.split()) < _LEAST_WORDS or names_it(text, scene):
        return
    hollow = next((match for match in signs.HOLLOW.finditer(text) if signs.FEELING.search(text)), None)
    if hollow is not None:
        piece = next(each for each in sentences(text) if each.start <= hollow.start() < each.end)
        yield Remark(Check.ACKNOWLEDGEMENT, _hollow_says(scene), _TOWARD, _WHY, piece.start, piece.end)
    else:
        yield Remark(Check.ACKNOWLEDGEMENT, _says(scene), _TOWARD, _WHY)


def _body(text: str) -> str:
    return _SIGNS_OFF.sub("", _GREETS.sub("", text, count=1), count=1).strip()


def names_it(text: str, scene: Scene) -> bool:
    """Whether some sentence names what happened, with a sign that it counts."""
    text = _body(text)
    theirs = all_roots(scene.theirs)
    before: Piece | None = None
    if signs.OWNED.search(text):
        return True
    times = _times(scene)
    for piece in sentences(text):
        told = _told(piece)
        bare = signs.HOLLOW.sub(" ", told)
        felt = signs.FEELING.search(bare if bare.strip() else told) is not None or _exclaims(piece)
        if (felt and (_specific(bare, theirs) or _feels_with(bare, theirs))) or _tells(piece, theirs):
            return True
        if _echoes(piece, told, times, theirs):
            return True
        if before is not None and _together(before, piece, theirs):
            return True
        before = piece
    return False


def _tells(piece: Piece, theirs: frozenset[str]) -> bool:
    """Whether a clause speaks of what they told, and is no fact, form, question or deed: "zeven weken in de schuur"."""
    if _RECAP.search(piece.text):
        return False
    kept = [each.text for each in _telling(piece) if not signs.WE_DO.search(each.text)]
    if any(signs.ALIVE.search(each) and not (_DRY.search(each) or signs.HOLLOW.search(each)) for each in kept):
        return True
    return any(_tells_it(each, theirs) for each in kept)


def _tells_it(clause: str, theirs: frozenset[str]) -> bool:
    same = len(shared(roots(clause), theirs))
    if _DRY.search(clause):
        return same > _LEAST_WHEN_DRY
    if _ANYBODY.search(clause) and not signs.HOLLOW.search(clause):
        return True
    if _FINITE.search(_AFTERTHOUGHT.split(clause, maxsplit=1)[0]) is None:
        hurts = signs.HURT.search(clause) or _SO_MUCH.search(clause)
        return same >= 1 or (len(clause.split()) >= _LEAST_WORDS and hurts is not None)
    return same > 1 or (same == 1 and _VIVID.search(clause) is not None)


def _told(piece: Piece) -> str:
    """A sentence without the clauses that ask or order: "wat is er kapot?" names nothing."""
    return ", ".join(each.text for each in _telling(piece))


def _telling(piece: Piece) -> list[Piece]:
    parts = clauses(piece)
    asked = parts[-1] if parts and piece.asks and not _short_echo(parts[-1]) else None
    return [each for each in parts if each is not asked and not _ORDERS.match(each.text)]


def _short_echo(piece: Piece) -> bool:
    return len(piece.text.split()) <= 4


def _exclaims(piece: Piece) -> bool:
    return re.search(r"\?!|!\?", piece.text) is not None


def _specific(told: str, theirs: frozenset[str]) -> bool:
    plain = signs.FEELING.sub(" ", told)
    return signs.HURT.search(told) is not None or bool(shared(roots(plain), theirs))


def _feels_with(told: str, theirs: frozenset[str]) -> bool:
    """Whether the feeling itself is the customer's: "wat schrikken" to somebody who wrote "schrok me rot"."""
    return any(shared(roots(each.group()), theirs) for each in signs.FEELING.finditer(told))


def _times(scene: Scene) -> frozenset[str]:
    """The durations and counts that the customer told: "al 20 minuten", "vierde keer"."""
    return frozenset(each.value for post in scene.theirs for each in facts_in(post) if each.kind in _TIMES)


def _echoes(piece: Piece, told: str, times: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether it says back what hurt, in figures, and not as a term or a summary."""
    if not told or _RECAP.search(told):
        return False
    said = [*durations(told), *counts(told)] if times else []
    if any(each.value in times and not _LIMIT.search(told[: each.start]) for each in said):
        return True
    return _exclaims(piece) and bool(shared(roots(told), theirs))


def _together(before: Piece, piece: Piece, theirs: frozenset[str]) -> bool:
    """Two sentences that name it together: "Oei. Een gat na drie maanden.", "Niks gehoord. Dat kan niet." """
    one, two = _told(before), _told(piece)
    if not one or not two:
        return False
    if signs.INTERJECTION.match(before.text):
        return _specific(two, theirs) and not _ORDERS.match(two)
    refers = _REFERS.match(two) is not None and signs.FEELING.search(signs.HOLLOW.sub(" ", two)) is not None
    return refers and not before.asks and _specific(one, theirs) and not _RECAP.search(one)


def _says(scene: Scene) -> str:
    quote = _what_hurt(scene)
    if quote:
        return f"Je begint bij de zaak zelf; wat de klant meemaakte (“{quote}”) staat er nog niet in."
    return "Je begint bij de zaak zelf; wat de klant meemaakte staat er nog niet in."


def _hollow_says(scene: Scene) -> str:
    quote = _what_hurt(scene)
    if quote:
        return f"Dit kan onder elk bericht staan; noem wat híér gebeurde (“{quote}”)."
    return "Dit kan onder elk bericht staan; noem wat er hier gebeurde."


def _what_hurt(scene: Scene) -> str:
    """A few of the customer's own words that tell what it cost."""
    for post in reversed(scene.theirs):
        found = [each for each in facts_in(post) if each.kind in ("duration", "count", "rejection")]
        if found:
            return found[0].text
    return ""


def _light(text: str, scene: Scene) -> Iterator[Remark]:
    """A joke where somebody was hurt or died."""
    said = " ".join(level(each) for each in scene.theirs)
    died = signs.GRAVE.search(said) is not None
    hurt = "safety" in scene.hazards and signs.INJURED.search(said) is not None
    joke = signs.JOKE.search(text)
    if joke is not None and (died or hurt):
        what = "Hier is iemand overleden" if died else "Hier raakte iemand gewond"
        why = "Luchtig mag bijna altijd, behalve waar het pijn doet."
        says = f"{what}; een grap of knipoog komt dan anders aan dan je bedoelt."
        yield Remark(Check.ACKNOWLEDGEMENT, says, "Eerst de mens, en vandaag zonder knipoog.", why, *joke.span())
