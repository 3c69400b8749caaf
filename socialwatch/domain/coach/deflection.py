"""Deflection: "ja, maar" in all its coats: rules, blame, somebody else's fault, from pillar to post, the passive."""

import re
from collections.abc import Iterator

from socialwatch.domain.coach import coats, excuses, signs
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
_DM = re.compile(
    r"(?<!\w)(?:stuur|stuurt|sturen|dm|pb|zet|mail|neem|wil je|kun je|kunt u|wilt u|graag|laat|reageer"
    r"|contact)(?:\W+\w+){0,7}?\W+(?:dm|pb|pm|dm'etje|dmetje|dm-?bericht|prive-?bericht(?:je)?"
    r"|persoonlijk bericht(?:je)?|priveberichtje|prive|direct message|messenger|inbox|via dm|chat)(?!\w)|^(?:dm"
    r"|pb)(?: ons)?(?!\w)|(?<!\w)dm (?:ons|me|even)(?!\w)"
)
_NEED = re.compile(
    r"(?<!\w)(?:adres\w*|postcode|bestel\w*nummer|order\w*|\w*nummer\w*|gegevens|naam|geboortedatum|e-?mail\w*"
    r"|mailadres|iban|foto'?s?|filmpje|kenteken|polis\w*|klantnummer|telefoon\w*|schermafdruk|screenshot|track\w*"
    r"|dossier\w*|privacy|veilig\w*|niet openbaar|openbaar|meelezen|persoonlijk\w*|reserver\w*|boeking\w*"
    r"|kaart\w*|rekening\w*|factuur|bon\w*)(?!\w)"
)
# Asked in private for one thing that we lack; "je verhaal" and "de details" are what stands here already.
_ASKS_A_THING = re.compile(
    r"(?<!\w)(?:stuur|mail|zet|geef|deel|app) (?:me|mij|ons|het|dan|even|maar| )*(?:de|het|je|uw|een) "
    r"(?!(?:(?:hele|klein|kort|verdere|andere) )?(?:bericht\w*|dm\w*|pb|pm|prive\w*|persoonlijk\w*|verhaal|klacht|vraag"
    r"|ervaring|situatie|probleem|details?|info\w*|melding|toelichting|uitleg|mail\w*|berichtje|direct"
    r"|chat)(?!\w))\w{3,}"
)
# Somebody is there: "ik" with a verb that does something, what the customer gets or is spared, what works again.
_NO_DEED = (
    r"ben bang|begrijp|snap|zie|vind|denk|vrees|lees|hoor|kan|moet|weet|hoop|betreur|verwijs|adviseer|raad|verzoek"
    r"|mag|zou"
)
_ACTS = one_of(
    rf"""
    ik (?:(?:wel|nu|meteen|zelf|dan|net|er|het|je|jou|u) )*(?!(?:{_NO_DEED})(?!\w))\w+
    (?!(?:{_NO_DEED}|of|dat|als|wat|omdat|zodra)(?!\w))\w+ ik(?! (?:niet|geen))
    van (?:mij|mijn|ons)|(?:de|het) mijne|hoort? van|eraf|gevonden|gelukt|hersteld|gerepareerd|verholpen|opgelost
    vervangen|terecht
    onderweg|geregeld|teruggestort|terugbetaald|wordt (?:nu|vandaag|meteen|vanavond|morgen)|hadden? (?:ik|we|wij)
    gemoeten
    (?:ik|we|wij) hadden?|(?:was|is) (?:onze|mijn)
    krijgt?|hoeft?|weer (?:open|aan|in orde|goed|actief|terug)|kom (?:maar|gerust|eten|langs|binnen)|gratis|klopt niet
    niet (?:duidelijk|goed|netjes|handig|snel|vlot|ver) genoeg|(?:klik|tik|kies|druk) \w+
    """
)
# That we did our part before it went wrong is no deed.
_AS_WE_SHOULD = one_of(
    r"""
    (?:ik|we|wij|is|zijn|heb|hebben)(?: \S+){0,7}? (?:meegegeven|overgedragen|aangeboden|gecontroleerd|nagekeken
    nagegaan
    onderzocht|geinformeerd|gewaarschuwd|gecommuniceerd|aangekondigd|uitgelegd|aangegeven|ingelicht|teruggekeken)
    """
)
# A colleague who does something, and not one who will look or get in touch.
_COLLEAGUE = one_of(
    r"""
    (?:mijn|onze|een) (?:collega\w*|monteur|chef|kok|chauffeur|\w+ploeg) (?:\w+ ){0,3}?(?:zet|brengt|haalt|stuurt|maakt
    regelt|vervangt|repareert|lost|doet|stort|betaalt|komt|rijdt|past)|(?:dan )?(?:zet|brengt|haalt|stuurt|maakt|regelt
    vervangt|repareert|lost|doet|stort|betaalt|komt|rijdt|past) (?:mijn|onze|een) (?:collega\w*|monteur|chef|kok
    chauffeur)
    """
)
_CAN_BE_HAD = one_of(
    r"""
    wel(?! (?:eens|degelijk|zeker|goed|een|te))|(?:daar|dan|dat|die|hem|ze|het|hiervoor|daarvoor) (?:kun|kunt|kan|mag
    vraag|vind|haal|regel|koop|krijg)t? (?:je|u|jij)|(?:kun|kunt|kan|mag) (?:je|u|jij) (?:\w+ ){1,5}(?:bij|in|op
    via|met)
    """
)
# Who only asks is served by a plain answer.
_QUESTION = re.compile(
    r"^\W*(?:(?:hoi|hallo|dag|en|maar) )?(?:hoe|wanneer|wat|waar|welke?|wie|kan|kun|kunnen|mag|mogen|is|zijn|heb"
    r"|hebben|laat)"
    r"(?!\w)[^.!]*$"
)
_LEAST_WORDS = 6  # fewer is a courtesy
_NOBODY_SAYS = "In dit antwoord doet niemand iets voor de klant."
_DM_SAYS = "Je stuurt de klant naar een privébericht, terwijl het hier kan."
_DM_TOWARD = (
    "Kun je het hier in één keer oplossen? Vraag alleen privé wat we niet weten en wat niemand anders hoeft te lezen."
)


def deflection(draft: Draft, scene: Scene) -> Iterator[Remark]:
    text = level(draft.text)
    for coat in _COATS:
        match = coat.words.search(text)
        if match is not None and not (coat.softens and (_does(text, match) or _shows_the_way(text, scene))):
            yield Remark(Check.DEFLECTION, coat.says, coat.toward, _WHY, *match.span())
            return
    if scene.complaint and _nobody_acts(text, scene):
        yield Remark(Check.DEFLECTION, _NOBODY_SAYS, coats.PASSIVE.toward, _WHY)
        return
    yield from _sent_away(text, draft, scene)


def _nobody_acts(text: str, scene: Scene) -> bool:
    """Whether nobody in it does, asks or promises anything, nor sees the customer."""
    if "?" in text or len(text.split()) < _LEAST_WORDS or signs.WE_DO.search(text) or _ACTS.search(text):
        return False
    plain = bool(scene.theirs) and _QUESTION.match(level(scene.theirs[-1])) is not None
    return not plain and promised(text) is None and not names_it(text, scene)


def _shows_the_way(text: str, scene: Scene) -> bool:
    """Whether somebody who only asks hears where it can be had: to him that is the answer."""
    return not scene.complaint and _CAN_BE_HAD.search(text) is not None


def _does(text: str, beside: re.Match[str]) -> bool:
    """Whether the rest of the answer tells what we do ourselves."""
    rest = _AS_WE_SHOULD.sub(" | ", f"{text[: beside.start()]} | {text[beside.end() :]}")
    return signs.WE_DO.search(rest) is not None or _COLLEAGUE.search(rest) is not None


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
