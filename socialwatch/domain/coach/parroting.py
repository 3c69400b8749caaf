"""Parroting: the customer's own facts or request handed back as a check, without anything new."""

import re
from collections.abc import Iterator

from socialwatch.domain.coach.reading import Piece, all_roots, level, roots, sentences, shared
from socialwatch.domain.coach.signs import FEELING
from socialwatch.domain.coach.words import Check, Draft, Remark, Scene

_WHY = "Wie zijn eigen woorden terugkrijgt, moet ze nog eens goedkeuren en is geen stap verder. Dat je het begreep, blijkt uit wat je doet."
_OPENER = re.compile(
    r"(?<!\w)(?:(?:dus )?als ik (?:u|je|jou|het|alles|dit|dat)?(?: \w+)? ?(?:goed|juist|wel) (?:begrijp|heb|lees"
    r"|zie|begrepen)\w*|(?:ik )?begrijp ik (?:het |u |je )?(?:goed|juist)|heb ik (?:het |u |je )?(?:goed"
    r"|juist) begrepen"
    r"|(?:u|je|jij) (?:geeft|gaf|schrijft|schreef|vertelt|vertelde|meldt|meldde|zegt|stelt|laat|liet|vraagt"
    r"|vroeg) (?:\w+ ){0,3}?(?:aan|dat|weten|te weten|of|om)|(?:zoals )?(?:u|je) (?:schrijft|aangeeft|vertelt"
    r"|zegt|meldt)"
    r"|ik (?:lees|begrijp|zie|maak|hoor|verneem|haal) (?:\w+ ){0,6}?(?:dat|op)(?= )|(?:even )?(?:ter "
    r"|als )(?:bevestiging|controle|check)|samenvattend|samengevat|kort samengevat|even (?:checken|samenvatten"
    r"|resumeren|herhalen|controleren)"
    r"|resumerend|om het (?:even )?samen te vatten|we hebben (?:uw|je) (?:melding|bericht|klacht"
    r"|vraag) (?:\w+ ){0,3}(?:over|dat)|(?:uw|je|jouw) (?:vraag|klacht|verzoek|melding|bericht) (?:is|gaat|luidt"
    r"|betreft|over)|u wenst|het gaat (?:dus )?om|het betreft|klopt het (?:dus )?dat|is het (?:juist|correct"
    r"|zo) dat)"
)
_CHECKED = re.compile(
    r"(?:klopt (?:dat|dit|het)|is dat (?:juist|correct|zo)|correct|nietwaar|heb ik dat goed|zeg ik dat (?:goed"
    r"|zo goed)|toch|juist|klopt)\s*\?\W*$"
)
_DUS = re.compile(
    r"^\W*(?:(?:oke|ok|goed|ah|aha|ja|en|hoi|hallo|dag)\b[\s,]*(?:\w+, )?)?dus (?:je|u|jij|jouw|uw|het|de|er|die"
    r"|dat|een|na|in|op|twee|drie)\b|^\W*en (?:u|je|die|dat|deze|de|het) "
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
    said = roots(_CHECKED.sub("", _OPENER.sub(" ", piece.text)))
    same = shared(said, theirs)
    share = len(same) / len(said) if said else 0.0
    if FEELING.search(piece.text) or _OURS.search(piece.text):
        return False
    opened = _OPENER.search(piece.text) is not None
    checked = _CHECKED.search(piece.text) is not None or (
        following is not None and _CHECKED.fullmatch(following.text.strip()) is not None
    )
    asked = piece.asks and (_DUS.search(piece.text) is not None)
    if opened or checked or asked:
        return share >= 0.5 and len(same) >= (2 if opened or checked else 1)
    return (
        _YOU_HAVE.search(piece.text) is not None
        and not piece.text.startswith(("als ", "heb je al"))
        and share >= 0.75
        and len(same) >= 4
    )


def _remark(piece: Piece) -> Remark:
    says = "Dit heeft de klant net zelf verteld, en nu staat het er nog eens als vraag of samenvatting."
    if not piece.asks:
        says = "Dit heeft de klant net zelf verteld, en nu krijgt hij het terug."
    toward = "Wat kun je toevoegen dat de klant nog niet wist: wat je ziet, wat je doet, wanneer?"
    return Remark(Check.PARROTING, says, toward, _WHY, piece.start, piece.end)
