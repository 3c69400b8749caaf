"""Behalf: is the grievance somebody else's ("mijn oma wacht al weken")? A gift bought by the author is the author's
own."""

import re
from functools import lru_cache

MOST_READ = 4000

_PEOPLE = (
    r"(?:groot|schoon|pleeg|stief|bonus|over)?(?:moeders?|vaders?|ouders)|(?:over)?(?:oma|opa)(?:'?s)?|omaatje"
    r"|opaatje|mama|mamma|papa|mam|pap"
    r"|(?:schoon)?zus(?:je|ter)?|(?:schoon)?broer(?:tje)?|(?:klein|schoon)?zoon(?:tje)?|(?:klein"
    r"|schoon)?dochter(?:tje)?|man|vrouw"
    r"|echtgenote?|partner|vriend(?:in)?|verloofde|buurvrouw|buurman|buren|buurmeisje|buurjongen|tante|oom"
    r"|nonkel|nichtje?|neef(?:je)?"
    r"|bomma|bompa|moeke|vake|vava|meme|pepe|moemoe|va|ma|pa|peter|meter|marraine|collega|kennis|cli[eë]nte?"
    r"|huisgenoot|baas|werkgever"
)
_MINE = r"(?:mijn|m['’]n|mn|men|me|mij|onze|ons|ne|den|ze)"
_AGE = r"(?:\s(?:van\s)?\(?\d{2,3}\)?(?:\sjaar)?(?:\soud)?\)?)?"
_WHO = (
    rf"(?P<who>{_MINE}\s(?:(?:lieve|oude|arme|bejaarde|zieke|demente|hoogbejaarde|blinde"
    rf"|dove)\s){{0,2}}(?:{_PEOPLE})){_AGE}"
)
_OLD = r"(?P<who>(?:een\s)?(?:oma|opa|bomma|bompa|moeke|mama|ons\smama))"
_THINGS = (
    r"(?:bestelling|bestellingen|pakket|pakketje|pakje|order|retour|abonnement|account|rekening|factuur|geld"
    r"|klacht|contract|levering"
    r"|aankoop|zaak|dossier|probleem|vraag)"
)
_TOLD = (
    r"(?:vraag(?:je)?|vragen|schrijf|schrijven|stuur|meld|melding|klacht|post|reageer|bel|belde|app|mail|tweet"
    r"|regel|regelen|help|hulp|spreek"
    r"|doe\sdit|plaats\sdit|uitzoeken|kijken|bericht(?:je)?)"
)
_DID = (
    r"(?:bestelde|kocht|betaalde|belde|mailde|schreef|retourneerde|(?:heeft|had|hebben|hadden)\s(?:[^.!?\n]{0,60}?\s)?"
    r"(?:besteld|gekocht|betaald|gebeld|gemaild|geretourneerd|teruggestuurd|opgezegd|gewacht))"
)
_SUFFERS = (
    r"(?:wacht(?:te)?|wachten|zit(?:ten)?\s(?:nu\s|al\s|nog\s)?(?:\w{1,12}\s){0,3}(?:zonder|in\sde|te\swachten"
    r"|met)|krijgt|kreeg|kan\s(?:\w{1,12}\s){0,3}niet"
    r"|snapt|begrijpt|durft|is\s(?:\w{1,12}\s){0,2}(?:klant|opgelicht|overstuur|de\swanhoop|afgepoeierd"
    r"|afgescheept|in\stranen|radeloos)"
    r"|wordt\s(?:\w{1,12}\s){0,3}(?:afgescheept|gebeld|lastiggevallen|doorverbonden|van\shet)"
    r"|moet\s(?:\w{1,12}\s){0,3}(?:betalen|bellen|wachten)"
    r"|werd\s(?:\w{1,12}\s){0,3}(?:afgescheept|afgepoeierd|opgehangen|doorverbonden)"
    r"|staat\s(?:\w{1,12}\s){0,3}(?:in\sde\skou|zonder))"
)
_CERTAIN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:namens|uit\snaam\svan|in\snaam\svan|in\sopdracht\svan)\s{_WHO}\b",
        rf"\b{_TOLD}\s(?:[\w,]{{1,14}}\s){{0,4}}?(?:namens|voor)\s{_WHO}\b(?!\s(?:besteld|gekocht|cadeau))",
        rf"^(?:\W*@\w{{1,50}})*\W*(?:dit is\s)?voor\s{_WHO}\b(?:\s\([^)]{{1,40}}\))?(?=\s?[:,])",
        rf"\bvoor\s{_WHO}\s(?:zoek|vraag|regel|bel|schrijf|meld|stuur|wil|zou|moet)\sik\b(?!\s(?:\w{{1,14}}\s){{0,4}}(?:bestellen|kopen|cadeau))",
        rf"\b(?:kan|mag|kunnen|wil)\sik\s(?:\w{{1,14}}\s){{0,2}}voor\s{_WHO}\b[^.!?\n]{{0,60}}\b(?:boeken|regelen|aanvragen|opvragen|opzeggen)",
    )
)
_OWNED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b\w{{0,20}}(?:bezorging|levering|abonnement|contract|account|verzekering)\svoor\s{_WHO}\b",
        rf"\b{_THINGS}\svan\s{_WHO}\b(?!\s(?:gekregen|gehad))",
        rf"\b{_WHO}\s(?:haar|zijn|z['’]n|d['’]r|hun)\s(?:nieuwe\s)?{_THINGS}\b",
        rf"\b{_WHO}(?:['’]?s)?\s{_THINGS}\b",
    )
)
_ACTED = tuple(
    re.compile(pattern, re.I)
    for pattern in (rf"(?<!van )(?<!voor )\b{_WHO}\s{_DID}\b", rf"(?<!mijn )(?<!van )\b{_OLD}{_AGE}\s{_DID}\b")
)
_SUFFERED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<!van )\b{_WHO}\s(?:[\w,]{{1,12}}\s){{0,3}}?{_SUFFERS}\b",
        rf"(?<!mijn )(?<!van )\b{_OLD}{_AGE}\s{_SUFFERS}\b",
        rf"\b{_WHO}\b[^.!?\n]{{0,80}}\b(?:haar|zijn|hun|z['’]n|d['’]r)\s(?:nieuwe\s)?{_THINGS}\b",
        rf"\b(?:heeft|had|wacht|kreeg|krijgt|zit|bestelde|belde)\s{_WHO}\b[^.!?\n]{{0,60}}\b(?:besteld|gekocht"
        rf"|betaald|gebeld|wachten|gewacht|op\s(?:haar|zijn))\b",
    )
)
# An older relative or neighbour as the subject of a sentence is most likely the one it happened to.
_ELDER = (
    r"(?:(?:groot|schoon|pleeg|stief)?(?:moeder|vader|ouders)|(?:over)?(?:oma|opa)|mama|papa|buurvrouw|buurman|tante|oom|nonkel"
    r"|bomma|bompa|moeke|vake|meme|pepe|moemoe|cli[eë]nte?)"
)
_TOLD_OF = re.compile(
    rf"(?:^|[.!?,:]\s|\bbij\s|\s(?:dat|want|omdat)\s)\W*(?P<who>{_MINE}\s(?:\w{{3,14}}e\s)?{_ELDER}){_AGE}(?:\s\([^)]{{1,60}}\)|,[^,.]{{3,40}},)?"
    r"\s(?:heeft|had|zit|zat|ziet|hoort|kreeg|krijgt|kan|moet|moest|woont|is|wordt|werd|durft|betaalt)\b(?!\s(?:\w{1,10}\s){0,2}(?:dol|fan|blij|gek|ook|jarig|hetzelfde|dezelfde|tevreden|weg|lyrisch))",
    re.I,
)
_SUFFERED = (*_SUFFERED, _TOLD_OF)
# Nobody named, nothing to find: one quick look saves the slow ones for the few posts that need them.
_SOMEBODY = re.compile(rf"{_WHO.replace('?P<who>', '?:')}|{_OLD.replace('?P<who>', '?:')}", re.I)
_GIFT = re.compile(
    r"\b(?:cadeau\w*|kado\w*|kadeau\w*|verjaardag\w*|jarig|verrassing|verrassen|schenken"
    r"|sinterklaas|moederdag|vaderdag)\b",
    re.I,
)
_OWN = re.compile(
    r"\b(?:ik\s(?:\w{1,14}\s){0,8}?(?:besteld|gekocht|geretourneerd|teruggestuurd|betaald)\b|(?:heb"
    r"|had)\sik\s(?:[\w,]{1,14}\s){0,8}?(?:besteld|gekocht)"
    r"|(?:besteld|gekocht)\sheb|ik\s(?:bestelde|kocht|bestel|koop)|heb\s(?:[\w,]{1,14}\s){0,8}?(?:besteld|gekocht)"
    r"|mijn\s(?:bestelling|pakket|pakje|order|account|abonnement|geld)|(?:besteld|gekocht)\svoor|bestelde\svoor"
    r"|kocht\svoor|voor\s(?:\w{1,14}\s){1,5}(?:besteld|gekocht))\b",
    re.I,
)
_OTHER_OWN = re.compile(r"\b(?:heeft|had|hebben)\s(?:[\w,]{1,14}\s){0,10}?(?:besteld|gekocht)\b", re.I)


def behalf(text: str) -> str | None:
    """Whose grievance it is ("mijn oma", "ons moeke") when it is not the author's; None when the author is the
    customer.

    In doubt between the two, a purchase or gift of the author's own wins, except over an outspoken "namens".
    """
    place = whose(text)
    return (
        None if place is None else re.sub(r"^(?:m['’]n|mn|men|me|mij)\b", "mijn", _level(text[slice(*place)]).lower())
    )


@lru_cache(maxsize=16)  # the facts and the impression ask it of the same text
def whose(text: str) -> tuple[int, int] | None:
    """Where the person stands in the text on whose behalf it is written, as (start, end) in characters."""
    text = _level(text[:MOST_READ])
    if not _SOMEBODY.search(text):
        return None
    own, gift = _OWN.search(text) is not None and not _only_theirs(text), _GIFT.search(text) is not None
    rungs = [(_CERTAIN, True), (_OWNED, not own and not gift), (_ACTED, not own), (_SUFFERED, not own and not gift)]
    for patterns, allowed in rungs:
        place = _first(patterns, text) if allowed else None
        if place:
            return place
    return None


def _level(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _only_theirs(text: str) -> bool:
    """Whether, as in "mijn oma heeft sokken gekocht voor opa", the only purchase told is hers."""
    rest = _OTHER_OWN.sub(" ", text)
    return _OWN.search(rest) is None and _first(_ACTED, text) is not None


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> tuple[int, int] | None:
    return min((match.span("who") for pattern in patterns if (match := pattern.search(text))), default=None)
