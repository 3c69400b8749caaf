"""Wording: what rules alone tell of a text, for a model that tells no more than how negative it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from socialwatch.domain.assessment import NEEDS_CASE, Feeling, Hazard, Kind
from socialwatch.domain.hazards import hazards
from socialwatch.domain.rejection import earlier_rejection
from socialwatch.domain.risk import LIKELY

MOST_READ = 20_000  # characters
HEARD = 0.7  # what an outspoken word counts for: likely, and no certainty
FED_UP = 0.25  # frustration from which a text without any other sign is a complaint
FEWEST_WORDS = 3  # below this no language is told

_SPAM = re.compile(
    r"\b(?:claim (?:nu )?je (?:prijs|gratis)|gefeliciteerd,? (?:je|u) (?:bent|hebt) gewonnen"
    r"|(?:cadeau|tegoed)(?:kaart|bon) van \d+ euro|volgers kopen"
    r"|\d+ ?% (?:korting|rente)\b(?=.*(?:bestel|klik|app ons|whatsapp|link))|snel geld verdienen"
    r"|bijverdienen|verdien(?:en)? (?:\w+ ){0,4}(?:thuis|per dag|per week)"
    r"|bitcoin\w*|crypto\w*|leningen? van|afvallen zonder|casino|gratis (?:spins|iphone)"
    r"|stuur (?:mij )?een privéberichtje|link in bio)",
    re.I,
)
_SOLVED = re.compile(
    r"\b(?:inmiddels|eindelijk|toch nog|gelukkig|alsnog|weer) (?:\w+ ){0,4}(?:opgelost|geregeld"
    r"|binnen|gelukt|goedgekomen|gevonden)|\b(?:is|was) (?:\w+ ){0,2}(?:opgelost|goedgekomen)"
    r"|\balles vergeven|\b(?:netjes|snel|keurig|goed|prima|top) (?:geholpen|opgelost|geregeld|afgehandeld)",
    re.I,
)
_FAILED = re.compile(
    r"\b(?:nog (?:steeds|altijd) (?:\w+ ){0,4}(?:niet|geen|niks|niets|wacht\w*)|(?:nog"
    r"|al) (?:\w+ ){0,3}(?:niet|geen|nooit) (?:\w+ ){0,4}(?:ontvangen|geleverd|gekregen|binnen"
    r"|bezorgd|gehoord|gestort|teruggestort)"
    r"|(?:al|sinds) (?:\w+ ){0,3}(?:dagen|weken|maanden|uur|minuten|maandag|dinsdag|woensdag"
    r"|donderdag|vrijdag|zaterdag|zondag|gisteren) (?:\w+ ){0,4}(?:aan het wachten|wacht\w*"
    r"|in de wacht|niet|geen|zonder|kwijt)"
    r"|wacht(?:en)? (?:ik |we |nu )*al|waar blijft|kapot|stuk gegaan|defect|beschadigd|te laat"
    r"|vertraging|verkeerde? (?:maat|kleur|artikel|bestelling|adres|product|pakket)"
    r"|kwijt(?:geraakt)?"
    r"|(?:dubbel|ten onrechte|te veel|teveel) (?:\w+ ){0,2}(?:afgeschreven|betaald|gefactureerd"
    r"|in rekening)|niemand (?:\w+ ){0,4}(?:helpt|reageert|opneemt|antwoord\w*|komt|belt)"
    r"|geen (?:reactie|antwoord|gehoor)|reageren niet|krijg (?:ik )?(?:\w+ ){0,4}geld niet"
    r"|(?:werkt|doet het|lukt) (?:\w+ ){0,3}niet|doet niks|storing|slechte? (?:service|kwaliteit)"
    r"|waardeloos|waardeloze|belachelijk\w*"
    r"|schandalig\w*|schande|onacceptabel|teleurgesteld|teleurstellend|klacht|wanprestatie"
    r"|nooit meer|oplichters|prutsers|om te huilen|wat een (?:drama|zooi|aanfluiting|puinhoop"
    r"|grap)|lekker bezig|ongelo(?:o)?flijk slecht)",
    re.I,
)
_REPORT = re.compile(
    r"\b(?:ter info|even (?:doorgeven|melden|laten weten)"
    r"|(?:ik )?wil(?:de)? (?:\w+ ){0,2}(?:melden|doorgeven)|let op|pas op|fyi|melding|tip:|(?:typ"
    r"|spel)fout|jullie (?:site|website|app|link) (?:\w+ ){0,3}(?:klopt|werkt) niet"
    r"|klopt niet meer|lantaarnpaal|straatlantaarn|losse (?:stoep)?tegel|hangt (?:\w+ ){0,2}los"
    r"|er (?:gaat|gaan|ligt|liggen|hangt|staat|lekt) (?:\w+ ){0,5}(?:rond|op straat|langs de weg"
    r"|los|open|uit|kapot))",
    re.I,
)
_REQUEST = re.compile(
    r"\b(?:(?:kun|kan|kunt|kunnen|wil|willen|zou|zouden|zoudt) (?:je|jij|u|jullie|ge|iemand|er"
    r"|wij|we|de|mijn) (?!.{0,90}\b(?:vertellen|uitleggen|zeggen)\b).{0,90}\b(?:sturen|opsturen"
    r"|wijzigen|aanpassen|annuleren|terugbellen|bellen|regelen|"
    r"veranderen|verzetten|bezorgen|leveren|toevoegen|plaatsen|maken|mailen|doorsturen|omzetten"
    r"|verwijderen|reserveren|verplaatsen|krijgen|helpen)"
    r"|graag (?:\w+ ){0,6}(?:wijzigen|annuleren|terugbellen|bellen|ontvangen|omhoog|aanpassen"
    r"|stopzetten|verzetten|sturen)|mag ik (?:\w+ ){0,4}(?:krijgen|hebben|ontvangen)|bel me"
    r"|gelieve|could you please|please (?:send|call|cancel))",
    re.I,
)
_ASKS = re.compile(
    r"\?|^\W*(?:@\w+ )*(?:weet iemand|hoe laat|wat kost|waar kan ik|wanneer (?:komt|is|gaat)|hoe kan ik|kan iemand)",
    re.I,
)
_THANKS = re.compile(
    r"\b(?:bedankt|bedankje|dank (?:je|jullie|u|voor|jou)|dankjewel|dankuwel|dnkje|dankje|thanks"
    r"|thx|thank you|merci|mercie|dikke dank|dank(?=[.!, ]|$)|hulde aan|chapeau voor)\b",
    re.I,
)
_PRAISE = re.compile(
    r"\b(?:top(?:per|pers|service|dag)?|geweldig\w*|fantastisch\w*|super(?:\w+)?|heerlijk\w*"
    r"|lekker(?:ste)?|prachtig\w*|blij met|tevreden|aanrader|complimenten|compliment|mooi\w*"
    r"|perfect\w*|fijne? (?:winkel|service|dag|ervaring)|chapeau|petje af"
    r"|love|awesome|great|best\w* \w+ ooit|dol op|fan van|zot van|content (?:van|met)"
    r"|niks op aan te merken|kei ?goed|netjes|vriendelijk\w*|dikke (?:pluim|9|10|acht|negen|tien))",
    re.I,
)
_TO_US = re.compile(r"\b(?:jullie|u|uw|je|jij|jouw|ge|gij|gulder|your?)\b|@\w", re.I)
_FEELINGS = {
    Feeling.ANGRY: r"woest|woedend|kwaad|boos|pissig|razend|ziedend|schandalig\w*|belachelijk\w*"
    r"|oplichters|prutsers|waardeloos|waardeloze|onacceptabel|schande|waanzin|godverdomme"
    r"|verdomme|kutzooi|kut\w*|klote\w*|lekker bezig|te gek voor woorden|beu|😡|🤬|😠",
    Feeling.DISAPPOINTED: r"teleurgesteld|teleurstellend\w*|teleurstelling|jammer|balen|baal"
    r"|spijtig|had (?:\w+ ){0,3}(?:meer|beter) van (?:jullie )?verwacht|valt (?:me )?tegen"
    r"|tegengevallen|helaas|😞|😔",
    Feeling.WORRIED: r"bezorgd over|zorgen|ongerust|bang|angstig|in paniek|paniek|wanhopig"
    r"|radeloos|durf (?:\w+ ){0,3}niet|maak me|nerveus|😟|😰|😨",
    Feeling.SAD: r"verdrietig|verdriet|overleden|overlijden|begrafenis|uitvaart|gestorven|rouw\w*"
    r"|gemis|missen we|in tranen|huilen|huilend|😢|😭",
    Feeling.JOKING: r"haha\w*|hihi|hehe|lol|grapje|knipoog|😂|🤣|😜|😉|;-?\)",
}  # fmt: skip
_FELT = {
    feeling: re.compile(rf"(?<!\w)(?<!geen )(?<!niet )(?:{words})(?!\w)", re.I) for feeling, words in _FEELINGS.items()
}
_ACUTE = re.compile(
    r"\b(?:in paniek|paniek|wanhopig|ten einde raad|radeloos|weet (?:het )?(?:\w+ ){0,3}niet meer"
    r"|doodsbang|hou(?:d)? het niet (?:meer )?vol|help(?: me)? (?:alsjeblieft|aub|alstublieft)"
    r"|ik kan niet meer)\b",
    re.I,
)
_TOLD_STORY = re.compile(
    r"\b(?:getrouwd|geboren|jarig|verjaardag|bruiloft|jubileum|\d+ jaar (?:samen|getrouwd)"
    r"|geslaagd|ten huwelijk|communie|eerste stapjes|zwanger|marathon)\b",
    re.I,
)
_DUTCH = re.compile(
    r"\b(?:de|het|een|en|ik|niet|van|dat|jullie|mijn|voor|met|op|maar|naar|ook|nog|wat|hoe|heb"
    r"|zijn|bij|geen|dit|aan|weer|mij|voor|als|wel|kan|uw|je|wij)\b",
    re.I,
)
_ENGLISH = re.compile(
    r"\b(?:the|and|you|your|my|not|for|with|this|that|have|are|it|was|to|of|i'm|please|what|why"
    r"|where|from|still|when)\b",
    re.I,
)
_FLEMISH = re.compile(
    r"\b(?:ge|gij|gulder|amai|allez|goesting|bomma|bompa|nonkel|seffens|klantendienst|frigo"
    r"|ne keer|moogt|zijt|zo'n dingen|pakske|efkes|kostuumke|zot van|content van|merci|wablief"
    r"|ambetant)\b",
    re.I,
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Wording:
    """What the rules found, in the words and ranges of Reading."""

    kind: Kind
    feelings: Mapping[Feeling, float]
    distress: float
    hazards: Mapping[Hazard, float]
    answer: int
    needs_human: float
    chance: float
    language: str


# The fields of a Reading that a Wording fills; a model that reads only frustration names these as found by rules.
# `WITH_RULES` ends the name of such a model, so that what is stored with an assessment tells it as well.
WITH_RULES = "+rules"
BY_RULES = ("kind", "feelings", "distress", "hazards", "answer", "needs_human", "chance", "language")


def wording(text: str, frustration: float) -> Wording:
    """Everything the rules say of a text whose frustration (0..1) is known. Above LIKELY, frustration makes praise
    and plain questions a complaint, as sarcasm does.
    """
    level = _SPACE.sub(" ", text[:MOST_READ]).replace("’", "'").strip()
    found, kind = hazards(level), kind_of(level, frustration)
    grave = max(found.values())
    rejected = HEARD if kind is Kind.COMPLAINT and earlier_rejection(level) else 0.0
    human = 0.0 if kind is Kind.SPAM else max(frustration, grave, rejected)
    glad = kind in (Kind.THANKS, Kind.PRAISE) and frustration < LIKELY
    return Wording(
        kind=kind,
        feelings={feeling: HEARD if words.search(level) else 0.0 for feeling, words in _FELT.items()},
        distress=_distress(level),
        hazards=found,
        answer=_answer(level, kind, human),
        needs_human=human,
        chance=HEARD if glad and _TOLD_STORY.search(level) else 0.0,
        language=language_of(level),
    )


def filled(model: str) -> tuple[str, ...]:
    """Which fields rules filled in for the model of this name."""
    return BY_RULES if model.endswith(WITH_RULES) else ()


def kind_of(text: str, frustration: float) -> Kind:
    """The first that fits, in the order of the annotation guide; text on one line."""
    if _SPAM.search(text):
        return Kind.SPAM
    solved = _SOLVED.search(text) is not None and frustration < LIKELY
    if frustration >= LIKELY or (not solved and (_FAILED.search(text) or earlier_rejection(text))):
        return Kind.COMPLAINT
    if _REPORT.search(text):
        return Kind.REPORT
    if _REQUEST.search(text):
        return Kind.REQUEST
    if _ASKS.search(text):
        return Kind.QUESTION
    if solved or _THANKS.search(text):
        return Kind.THANKS
    if _PRAISE.search(text):
        return Kind.PRAISE
    # Nobody may be overlooked because no rule knew the words: mildly fed up is still a complaint.
    return Kind.COMPLAINT if frustration >= FED_UP else Kind.OTHER


def language_of(text: str) -> str:
    """nl, nl-BE, en or other, by small words; a text too short to tell counts as Dutch."""
    dutch, english = len(_DUTCH.findall(text)), len(_ENGLISH.findall(text))
    if english > dutch:
        return "en"
    if _FLEMISH.search(text):
        return "nl-BE"
    return "nl" if dutch or len(text.split()) < FEWEST_WORDS else "other"


def _answer(text: str, kind: Kind, human: float) -> int:
    if human >= LIKELY:
        return 2
    spoken = kind is not Kind.SPAM and _TO_US.search(text) is not None
    return 1 if kind in NEEDS_CASE or kind is Kind.THANKS or spoken else 0


def _distress(text: str) -> float:
    if _ACUTE.search(text):
        return HEARD
    worried = any(_FELT[feeling].search(text) for feeling in (Feeling.WORRIED, Feeling.SAD))
    return HEARD / 2 if worried else 0.0
