"""Deflection: "ja, maar" in all its coats: rules, blame, somebody else's fault, from pillar to post, the passive."""

import re
from collections.abc import Iterator

from socialwatch.domain.coach import coats, deeds, excuses
from socialwatch.domain.coach.acknowledgement import names_it
from socialwatch.domain.coach.known import asks_what_we_know
from socialwatch.domain.coach.promise import promised
from socialwatch.domain.coach.reading import Piece, level, one_of, sentences
from socialwatch.domain.coach.words import Check, Draft, Remark, Scene

_WHY = (
    "“Ja, maar” sluit een gesprek, “ja, en” opent het. Ook wie niet kan krijgen wat hij vroeg, hoort graag wat "
    "er wél kan en wie dat doet."
)
_COATS = (
    *(coats.BLAME, coats.RULES, excuses.COMPELLED, excuses.WRITTEN, coats.LIMITS, coats.OTHERS, excuses.NOT_OURS),
    *(coats.PILLAR, excuses.OFF_YOU_GO, coats.PASSIVE, coats.YES_BUT, coats.SHRUG),
    *(excuses.THEIR_OWN, excuses.CLEAN_HANDS, excuses.CROWDED, excuses.NEXT_TIME, excuses.DOUBT),
)
_HARD_COATS = tuple(
    each for each in _COATS if each not in (coats.SHRUG, coats.LIMITS, excuses.CROWDED)
)  # to a plain question "helaas" is an answer
_DM = re.compile(
    r"(?<!\w)(?:stuur|stuurt|sturen|dm|pb|zet|mail|neem|wil je|kun je|kunt u|wilt u|graag|(?<!te )laat|reageer"
    r"|contact)(?:\W+\w+){0,7}?\W+(?:dm|pb|pm|dm'etje|dmetje|dm-?bericht|prive-?bericht(?:je)?"
    r"|persoonlijk bericht(?:je)?|priveberichtje|prive|direct message|messenger|inbox|via dm|chat)(?!\w)|^(?:dm"
    r"|pb)(?: ons)?(?!\w)|(?<!\w)dm (?:ons|me|even)(?!\w)"
)
_NEED = re.compile(
    r"(?<!\w)(?:adres\w*|postcode|bestel\w*nummer|order\w*|\w*nummer\w*|gegevens|naam|geboortedatum|e-?mail\w*"
    r"|mailadres|iban|foto'?s?|filmpje|kenteken|polis\w*|klantnummer|telefoon\w*|schermafdruk|screenshot|track\w*"
    r"|dossier\w*|privacy|veilig\w*|meelezen|open en bloot|ziet|reserver\w*|boeking\w*"
    r"|kaart\w*|rekening\w*|factuur|bon\w*)(?!\w)"
)
# Asked in private for one thing that we lack; "je verhaal" and "de details" are what stands here already.
_ASKS_A_THING = re.compile(
    r"(?<!\w)(?:stuur|mail|zet|geef|deel|app) (?:(?:je|u|jij|me|mij|ons|het|dan|even|maar|svp|graag|hier) )*?(?:de"
    r"|het|je|uw|een) "
    r"(?!(?:(?:hele|klein|kort|verdere|andere) )?(?:een|de|het|even|dan|bericht\w*|dm\w*|pb|pm|prive\w*"
    r"|persoonlijk\w*|verhaal|klacht|vraag"
    r"|ervaring|situatie|probleem|details?|info\w*|melding|toelichting|uitleg|mail\w*|berichtje|direct"
    r"|chat)(?!\w))\w{3,}"
)
_CAN_BE_HAD = one_of(
    r"""
    wel(?! (?:eens|degelijk|zeker|goed|een|te))|(?:daar|dan|dat|die|hem|ze|het|hiervoor|daarvoor) (?:kun|kunt|kan|mag
    vraag|vind|haal|regel|koop|krijg)t? (?:je|u|jij)|(?:kun|kunt|kan|mag) (?:je|u|jij) (?:\w+ ){1,5}(?:bij|in|op
    via|met)
    """
)
# A question that doubts the customer, or that gives him work, is no help.
_DOUBTS = re.compile(
    r"^(?:bel|belt|mail|vraag|probeer|kijk|check|neem)(?!\w)|(?<!\w)(?:misschien|wellicht|eerder|toevallig|zeker dat"
    r"|wel (?!eens)\w+|stevig|genoeg|al (?:eens )?ge\w+|^(?:heeft|heb|hebt) (?:u|je|jij) (?:dat|dit)|handleiding|faq"
    r"|formulier|website|site"
    r"|contact|wenden|proberen|(?:je|u|jij) zelf|klantendienst|klantenservice|helpdesk|winkel bellen)(?!\w)"
)
# A house speaks: things happen by themselves, by others, or because they are so.
_HOUSE = one_of(
    r"""
    (?:is|zijn|was|wordt|worden|werd|werden) (?:\w+ ){0,4}door|zo (?:is|werkt|gaat) (?:het|dat)|(?:wij|we) als \w+
    als \w+ (?:zijn|staan
    hebben|gaan) (?:wij|we)|(?:is|ligt) (?:dus )?aan (?:de|het) \w+ om|(?:kan|kunnen) (?:\w+ ){0,5}(?:afwijken
    vervormen|voorkomen
    afgaan|ontstaan|gebeuren|veranderen|verschillen)|automatisch|voldo(?:et|en|ed|eden)|normaal|normaliter|natuurproduct
    (?:geen|niet) (?:\w+ ){0,3}uitspraken?|part noch deel|machteloos|alleen (?:bij|via|tegen|op)|(?:gaat|verloopt
    gebeurt|kan) (?:\w+ ){0,3}(?:schriftelijk|telefonisch|online)
    iedereen|bezoekers|klanten|gasten|zolang
    """
)
_LEAST_WORDS = 6  # fewer is a courtesy
_NOBODY_SAYS = "In dit antwoord doet niemand iets voor de klant."
_DM_SAYS = "Je stuurt de klant naar een privébericht, terwijl het hier kan."
_DM_TOWARD = (
    "Kun je het hier in één keer oplossen? Vraag alleen privé wat we niet weten en wat niemand anders hoeft te lezen."
)


def deflection(draft: Draft, scene: Scene) -> Iterator[Remark]:
    text = level(draft.text)
    redeemed = _redeemed(text, scene)
    for coat in _COATS if scene.complaint else _HARD_COATS:
        match = coat.words.search(text)
        if match is not None and not (coat.softens and (redeemed or (coat is coats.SHRUG and promised(text)))):
            yield Remark(Check.DEFLECTION, coat.says, coat.toward, _WHY, *match.span())
            return
    if scene.complaint and _nobody_acts(text, scene):
        yield Remark(Check.DEFLECTION, _NOBODY_SAYS, coats.PASSIVE.toward, _WHY)
        return
    yield from _sent_away(text, draft, scene)


def _redeemed(text: str, scene: Scene) -> bool:
    """Whether what cannot be is an honest limit, beside something that is done or can be had."""
    return bool(deeds.does(text) or deeds.helps(text)) or _shows_the_way(text, scene)


def _nobody_acts(text: str, scene: Scene) -> bool:
    """Whether nobody in it does, asks or promises anything, nor sees the customer other than through the rules."""
    if len(text.split()) < _LEAST_WORDS or deeds.does(text) or deeds.helps(text) or deeds.owns(text):
        return False
    if any(each.asks and not _DOUBTS.search(each.text) for each in sentences(text)):
        return False
    return promised(text) is None and (_HOUSE.search(text) is not None or not names_it(text, scene))


def _shows_the_way(text: str, scene: Scene) -> bool:
    """Whether somebody who only asks hears where it can be had: to him that is the answer."""
    return not scene.complaint and _CAN_BE_HAD.search(text) is not None


def _sent_away(text: str, draft: Draft, scene: Scene) -> Iterator[Remark]:
    """A private message for nothing, or for what we know."""
    if draft.audience != "public":
        return
    for piece in sentences(text):
        match = _DM.search(piece.text)
        if match is not None and not _needed(piece, text, scene):
            start = piece.start + match.start()
            yield Remark(Check.DEFLECTION, _DM_SAYS, _DM_TOWARD, _WHY, start, piece.start + match.end())
            return


def _needed(piece: Piece, text: str, scene: Scene) -> bool:
    asks = _NEED.search(text) or _ASKS_A_THING.search(piece.text)
    return asks is not None and not asks_what_we_know(text, scene)
