"""Feeling: the words and the voice that say how it felt, and the words that say nothing at all."""

import re

MOST_BEFORE = 2  # commas
_FACES = "😡🤬😠😢😭💔🙄😤😞😩😔😟😨😰😱🥺☹🙁🥹"
_FELT = re.compile(
    r"\b(?:boos|woest|kwaad|pissig|pisnijdig|laaiend|razend|furieus|belachelijk|schandalig|schande|bizar|absurd"
    r"|onacceptabel|onbegrijpelijk|ongelooflijk|ongehoord|ongelofelijk|levensgevaarlijk|walgelijk|om te janken"
    r"|teleurgesteld|teleurstell\w+|balen|baal|jammer|verdriet\w*|huil\w*|janken|tranen|zorgen|bang|ongerust|stress\w*"
    r"|frustr\w+|irritant|ambetant|kut\w*|klote\w*|tering|tyfus|godver\w*|verdomme|in godsnaam|prutsers|oplichters"
    r"|stelletje|kneuzen|trut|schoften|beu|schaam\w*|schamen|triest|vervelend|slecht|waardeloos|respectloos|onbeschoft"
    r"|machteloos|radeloos|overstuur|in paniek|onthutst|verbijsterd|hopeloos|zielig|gekwetst|beledigd|vernederd\w*"
    r"|wanhopig|moedeloos|gek van|verschieten|geschrokken|schrok|schrik|trillen?|tril|gruwel\w*"
    r"|(?:er|hier|daar) ?doorheen|geen idee hoe|geen raad|durf\w*(?=[^.!?]{0,40}\bniet\b)|brok in"
    r"|(?:daar|hier) (?:sta|zit|stond|zat) (?:ik|je|we) (?:dan|mooi)|op van de zenuwen"
    r"|niet serieus|serieus genomen|nooit meer|klaar mee|vertrouw\w*|in de steek|afgescheept|voor (?:gek|lul)|rot"
    r"|(?:zo|te|echt|heel|wel) erg(?!\s\w)|vind\w* (?:ik )?(?:het )?erg|erg (?:dat|vind)"
    r"|ik vrees|vrees ik|geduld|voelt?(?= (?:me|mij|ons|zich|als|niet|dit|het|alsof))|voel ik|voelden? (?:me|ons)"
    r"|verschrikkelijk|gvd|wtf|amai|toch (?:niet|nie) normaal|kan (?:dit|dat|zo) toch niet|(?:dit|dat|zo) kan toch niet"
    r"|raar toch|nou moe|jeetje|jemig|ocharme|(?:veel|meis|meid) sterkte|zonde"
    r"|sad|bedankt hoor|fijn hoor|lekker dan|lucht op|opgelucht|opluchting|ontroer\w*|hou van jullie"
    r"|blij|dankbaar|fijn|leuk|gedurfd|(?:zal|ga) (?:ik )?(?:dat|dit|jullie|u|ze) (?:echt )?niet langer"
    r"|(?:kan|kunnen) er niet (?:nog een keer|meer)|mag niet meer gebeuren|slapeloos|wakker van)\b"
    r"|\b(?:spuug|kots|stront)(?:zat|beu)\b"
    r"|\b(?:ben|zijn|was|waren|word|worden)\b[^.!?,]{0,40}\bzat\b(?!\s(?:een|er|geen|niet|in|de|het|al|nog|op|mijn))"
    rf"|[{_FACES}]",
    re.I,
)
# A cry before it, or a face behind it, leaves a sentence what it tells.
_CRY = re.compile(
    rf"^\W*(?:amai|godver\w*|verdomme|gvd|wtf|jeetje|jemig|nou moe|pff+|bah)\b|[\s,](?:amai|gvd|pff+)\W*$|[{_FACES}]",
    re.I,
)
_LOUD = re.compile(r"(?:[!?]\s?){2,}\W*$")
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{3,}\b")
HANDLES = re.compile(r"^(?:@\s?\w+[\s,:]+|@\s?\w+$)+")
# Each word alone says nothing of the matter, nor do several in a row.
_FILLER = (
    r"(?:dank|bedankt?|dankje|dankjewel|dankuwel|merci|thanks|thx|tank|danki|hartelijk|heel|echt|erg|vriendelijk|alvast|je"
    r"|u|jullie|wel|nou|nu|tja|enfin|kortom|goed|oké|okee|ok|oki|oke|top|super|machtig|gewaardeerd|chapeau|haha\w*|ja|nee"
    r"|sorry|zo|pff\w*|bon|allez|allé|voilà|hoi|hallo|hey|hee|hi|dag|yo|ah|oh|ach|nja|hè|he|hé|hoor|maar|even|zeg|drie"
    r"|twee|vier|keer|maal|masha|respect|sheesh|kijk|ps|pps|update|edit|hulp|toppers|oor|en|ook|mooi|prima|hier|dan)"
)
_NOTHING = re.compile(
    rf"{_FILLER}(?:[\s,]+{_FILLER})*"
    r"|(?:goede?|goeie)\s?(?:morgen|middag|avond|n?dag)(?:[\s,]+\w+){0,2}"
    r"|(?:geachte|beste|lieve|hallo|hoi|hey|dag)\b(?:[\s,]+(?:dames|en|heren|allemaal|team|mensen|mevrouw|meneer|(?-i:[A-Z])\w+)){0,4}"
    r"|(?:(?:met\s)?(?:vriendelijke|hartelijke|warme)?\s?(?:groet(?:en|jes)?|groetjes)|m\.?v\.?g|gr)\b.{0,50}",
    re.I,
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]+(?:\s(?:van|de|den|der|ter|ten|el|[A-ZÀ-Þ][\w'’.-]*)){1,3}")


def moves(sentence: str) -> bool:
    """Whether a word or a face in it says how it felt."""
    return _FELT.search(sentence) is not None


def only_moves(sentence: str) -> bool:
    """Whether it says how it felt and nothing else, as far as words can tell: a cry around what is told, or a feeling
    at the end of a list of what happened, does not make it so.
    """
    rest = _CRY.sub(" ", sentence)
    found = _FELT.search(rest if re.search(r"\w", rest) else sentence)
    return found is not None and sentence[: found.start()].count(",") < MOST_BEFORE


def shouts(sentence: str) -> bool:
    """Whether it is shouted: two marks at its end, or two words in capitals."""
    return _LOUD.search(sentence) is not None or len(_CAPITALS.findall(sentence)) > 1


def says_nothing(sentence: str, *, last: bool) -> bool:
    """Whether it is a greeting, thanks or a filler word, or the name under the post (its `last` sentence)."""
    bare = re.sub(r"[^\w\s,.'’-]", "", sentence).strip(" .,-\n")
    return not bare or _NOTHING.fullmatch(bare) is not None or (last and _NAME.fullmatch(bare) is not None)
