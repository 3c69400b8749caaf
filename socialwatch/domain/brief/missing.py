"""Missing: the few things that we really do not know for this matter, and whether to be curious about it."""

import re
from collections.abc import Collection, Sequence

from socialwatch.domain.assessment import Kind
from socialwatch.domain.brief.meant import Meant
from socialwatch.domain.brief.sentences import own
from socialwatch.domain.brief.sides import tells
from socialwatch.domain.brief.words import Matter, Said, Topic

_ABOUT_AN_ORDER = re.compile(
    r"\b(?:bestelling\w*|besteld\w*|bestelde|bestelnummer|order\w*|pakket\w*|pakje|pak|zending|levering|geleverd"
    r"|bezorg\w*|retour\w*|terug(?:sturen|gestuurd|betaal\w*|stort\w*"
    r"|betaling|zenden)|geld|betaald|afgeschreven|factuur|refund|garantie|slijtage|kapot|(?<!een )stuk|defect|gebroken"
    r"|scheur\w*|gescheurd|gat|gaten|lek|lekt|kaduuk|versleten|beschadigd|naad"
    r"|rafel\w*|krimp\w*|gekrompen|verkleurd|pluiz\w*|verkeerd\w*|ruil\w*|omruil\w*|gekocht|kocht|aankoop|ontvangen"
    r"|ontving|werkt|doet (?:het|'t)|track\w*|voucher"
    r"|product\w*|artikel\w*|sok|sokken|ontbrak|ontbreek\w*|ontbreken|mist|miste|gekregen|kreeg|opgestuurd|onderweg"
    r"|begeeft|begaf|losgelaten|ordered|arrived|broken|parcel)\b",
    re.I,
)  # fmt: skip
_NO_ORDER = re.compile(
    r"\b(?:openings(?:tijden|uren)|open\b|koopzondag|filiaal|vestiging|winkel in|website|webshop|site|app\b|inloggen"
    r"|wachtwoord|nieuwsbrief|reclame|spotje|advertentie"
    r"|vacature|sollicit\w*|sponsor\w*|parkeer\w*|parkeren|voorraad|leverbaar|verkrijgbaar|assortiment|winactie"
    r"|folder|verzendkosten|cookies|personeel"
    r"|verkoopster|verkoper|kassa|pashok\w*|muziek|wachtmuziek|social media|klantenkaart|spaarpunten|duurzaam\w*"
    r"|dierproef\w*|plastic)\b",
    re.I,
)
_HOLDS = re.compile(
    r"\b(?:mijn|m'n|mn|onze|ons)\s(?:\w{1,12}\s){0,2}(?:bestelling\w*|order|pakket\w*|pakje|retour\w*|geld|factuur"
    r"|zending|aankoop)\b|\b(?:ik|we|wij|heb|heeft|had)\b[^.!?\n]{0,60}"
    r"\b(?:besteld|gekocht|bestelde|kocht|ontvangen|betaald|teruggestuurd|kreeg|gekregen)\b|\b(?:kreeg|gekregen)\b"
    r"|\bdoet (?:niks|niets)\b|\bkapot\b"
    r"|\bdefect\b"
    r"|(?<!een )\bstuk\b"
    r"|\bgat(?:en)?\b|\bgarantie\b|\bgeleverd\b|\bbezorgd\b",
    re.I,
)
_SIZE_MATTERS = re.compile(
    r"\b(?:te (?:klein|groot|krap|wijd|strak|lang|kort)|(?:verkeerde|andere|juiste|goede|foute) maat|ruil\w*"
    r"|omruil\w*|omwisselen|maat (?:groter|kleiner))\b",
    re.I,
)
_HAS_SIZE = re.compile(
    r"\w*(?:sok\b|sokken|schoen\w*|jas\w*|broek\w*|trui\w*|jurk\w*|shirt\w*|laars\w*|laarzen|pantoffel\w*|jeans|rok"
    r"|blouse"
    r"|hemd|ring|bh|kous\w*|panty\w*|sneaker\w*|\bmaat)\b",
    re.I,
)
_SENDS = re.compile(
    r"\b(?:kapot|stuk|defect|gebroken|gat|gaten|scheur\w*|ruil\w*|omruil\w*|verkeerd\w*|nieuwe|vervang\w*|opsturen"
    r"|niet (?:ontvangen|geleverd|bezorgd|aangekomen)|kwijt|ontbreek\w*"
    r"|ontbrak|mist|beschadigd|versleten)\b",
    re.I,
)
_GRIEVES = frozenset({Kind.COMPLAINT, Kind.REPORT})
_PLEASED = frozenset({Kind.PRAISE, Kind.THANKS})
_GRAVE = re.compile(
    r"\b(?:begrafenis|uitvaart|overleden|crematie|ziekenhuis|gewond|gevaarlijk|allergi\w*|verbrand\w*|brand|gestikt"
    r"|stikte|advocaat|politie|opgelicht)\b",
    re.I,
)
# Then the size on the order is the one they want.
_WE_SENT_WRONG = re.compile(
    r"\bverkeerde maat (?:gestuurd|opgestuurd|verstuurd|geleverd|bezorgd|gekregen|ontvangen|ingepakt)\b"
    r"|\b(?:stuurden|leverden|kreeg|ontving) (?:\w+ ){0,3}verkeerde maat\b",
    re.I,
)


def missing(matter: Matter, about: Meant, known: Collection[Topic]) -> tuple[Topic, ...]:
    """What to ask, in private. Nobody linked: the order number alone, and only when this is about an order at all."""
    if not about_an_order(matter.said):
        return ()
    if matter.file is None or not about.orders:
        wanted = [Topic.ORDER_NUMBER]
    elif about.order is None:
        wanted = [] if Topic.ORDER_NUMBER in known else [Topic.WHICH_ORDER]
    else:
        wanted = []
    if matter.file is not None:
        text = _text(matter.said)
        wanted += [Topic.ADDRESS] if not about.orders or _SENDS.search(text) else []
        ours = Topic.SIZE in known and _WE_SENT_WRONG.search(text)
        if not ours and _SIZE_MATTERS.search(text) and _HAS_SIZE.search(_text_with_products(text, about)):
            wanted += [Topic.WISHED_SIZE]
    return tuple(topic for topic in wanted if topic not in known)


def _text(said: Sequence[Said]) -> str:
    return " ".join(own(each.text) for each in said)


def _text_with_products(text: str, about: Meant) -> str:
    lines = about.order.lines if about.order else ()
    return " ".join([text, *(line.product for line in lines)])


def about_an_order(said: Sequence[Said]) -> bool:
    """Whether this matter needs an order to be found: not for opening hours, the site, or a compliment."""
    text = _text(said)
    if _HOLDS.search(text):
        return True
    kinds = {each.kind for each in said} - {None}
    if kinds and kinds <= _PLEASED:
        return False
    if _NO_ORDER.search(text):
        return False
    if kinds.isdisjoint(_GRIEVES) and (kinds or text.rstrip().endswith("?")):
        return False
    return bool(_ABOUT_AN_ORDER.search(text)) or tells(said)


_CURIOUS = re.compile(
    r"\b(?:heb(?:ben)? jullie|verkopen jullie|maken jullie|zoek|zoeken|kan ik|kunnen jullie|is er|bestaat"
    r"|wil(?:len)? (?:graag|bestellen|kopen)|advies|welke|aanrader"
    r"|op maat|extra groot|personaliseren|borduren|bedrukken|voorraad|leverbaar|verkrijgbaar)\b",
    re.I,
)


def curious(matter: Matter, known: Collection[Topic]) -> bool:
    """Whether *voor wie of waarvoor?* would be a kind question: about a wish or something to buy, not known yet, and
    never in grief, danger or anger.
    """
    kinds = {each.kind for each in matter.said} - {None}
    text = _text(matter.said)
    if Topic.PURPOSE in known or matter.behalf or _GRAVE.search(text) or not kinds.isdisjoint(_GRIEVES):
        return False
    wish = bool(_CURIOUS.search(text)) and ("?" in text or Kind.REQUEST in kinds)
    return wish and not _HOLDS.search(text)
