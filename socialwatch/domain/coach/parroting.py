"""Parroting: the customer's own facts or request handed back as a check, without anything new."""

import re
from collections.abc import Iterator

from socialwatch.domain.coach import signs
from socialwatch.domain.coach.reading import Piece, all_roots, level, one_of, root, roots, sentences, shared
from socialwatch.domain.coach.words import Check, Draft, Remark, Scene

_FEW, _ENOUGH, _NEARLY_ALL, _ALL = 0.3, 0.4, 0.65, 0.9  # of the words that carry meaning
_MOSTLY = 0.75
_LEAST = 2  # words in common
_MANY = 4
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
    (?:om )?(?:(?:het|dit|dat|alles|even|kort|nog|goed|een|keer) )*samen te vatten|kort (?:gezegd|samengevat|en goed)
    in het kort|in een notendop|(?:mijn|onze|een) (?:korte )?samenvatting|op een rij(?:tje)?
    (?:voor|tot) (?:mijn|ons) (?:beeld|begrip|eigen begrip|administratie)|(?:als volgt|het volgende|zo|dit
    dat) (?:\w+ )?(?:genoteerd
    opgeschreven|vastgelegd|geregistreerd|begrepen|opgenomen|ingevoerd)|(?:genoteerd|begrepen|oke?
    duidelijk|dus|helder)(?=:)
    (?:ik|we|wij) (?:\w+ )?(?:noteer|noteren|lees|lezen|begrijp|begrijpen|hoor|horen|onthoud|schrijf op)(?=:)
    wat (?:ik|we|wij) (?:\w+ ){0,3}(?:opmaak|opmaken|lees|lezen|begrijp|begrijpen|haal|halen|hoor|zie)
    (?:uw|je|jouw|jullie|de) (?:situatie|verhaal|casus|kwestie|probleem|punt|punten)(?=:| is dat| is als volgt| komt)
    (?:we|wij) hebben (?:uw|je) (?:melding|bericht|klacht|vraag) (?:\w+ ){0,3}(?:over|dat)|(?:uw|je|jouw) (?:vraag
    klacht|verzoek|melding|bericht) (?:is|gaat|luidt|betreft|over)
    u wenst|het gaat (?:dus )?om|het betreft|klopt het (?:dus )?dat|is het (?:juist|correct|zo) dat|kortom
    (?:even )?voor (?:de|alle) duidelijkheid|zodat ik het goed (?:heb|begrijp)|om zeker te zijn
    om misverstanden te voorkomen
    ter verduidelijking|even kijken of ik
    met andere woorden
    """
)
# Taking in, in the first person: "hebben wij kennisgenomen van", "zo te lezen", "begrijp ik" at the end.
_UNDERSTOOD = (
    r"(?:begrijp\w*|begrepen|lees|lezen|gelezen|hoor|horen|gehoord|verneem|vernemen|vernomen|zie|zien|gezien|noteer"
    r"|noteren|genoteerd|ontvangen|ontvingen|geregistreerd|kennisgenomen|kennis (?:genomen|nemen)|verstaan|versta"
    r"|opgemaakt|maken|maak|concluder\w+|concludeer|constater\w+|constateer|interpreteer|vat|vatten)"
)
_TAKES_IN = one_of(
    rf"""
    (?:ik|we|wij) (?:hebben |heb )?(?:\w+ ){{0,4}}?{_UNDERSTOOD}(?= (?:\w+ ){{0,4}}?(?:dat|van|op|uit|of)(?!\w)| het
    volgende)|{_UNDERSTOOD} (?:ik|we|wij)(?= (?:\w+ ){{0,4}}?(?:dat|uit|op)(?!\w))
    {_UNDERSTOOD} (?:ik|we|wij)(?: (?:zo|het zo|eruit|er uit|daaruit|hieruit|goed))*(?=[\s.?,]*$)
    (?:hebben|heb) (?:ik|we|wij) (?:\w+ )?{_UNDERSTOOD}(?=[\s.?,]*$)
    (?:is|zijn|werd) (?:door ons |bij ons |hier )?{_UNDERSTOOD}(?=[\s.?,]*$)
    naar (?:ik|wij|we) {_UNDERSTOOD}|zo te (?:lezen|horen)|als (?:ik|we|wij) (?:\w+ ){{0,2}}(?:zo |goed |juist 
    correct )(?:\w+ )?(?:heb|hebben|lees|lezen|hoor|horen|zie|zien|begrijp|begrijpen|begrepen)(?: \w+)?
    """
)
# The same, laid in the customer's mouth: what follows is theirs by its own account.
_ATTRIBUTES = one_of(
    r"""
    (?:je|u|jij|jullie) (?:geeft|gaf|schrijft|schreef|vertelt|vertelde|meldt|meldde|zegt|zei|stelt|laat|liet|vraagt
    vroeg|bericht|klaagt|zei|geven|schrijven|melden|laten|vragen|zeggen|gaven|schreven) (?:\w+ ){0,3}?(?:aan|dat|weten
    te weten|of|om|over)
    (?:je|u|jij|jullie) (?:vraagt|vroeg|vragen) (?:je|u|zich|jullie) af|(?:je|u|jij|jullie) (?:bent|ben|was
    zijn) (?:\w+ )?(?:benieuwd
    van mening|van oordeel|nieuwsgierig|ontevreden|niet tevreden|het er niet mee eens|verbaasd)
    (?:je|u|jij|jullie) (?:wil|wilt|willen|wilde|zou|had) (?:\w+ ){0,3}?(?:weten|vernemen|horen)
    (?:je|u|jij|jullie) (?:beschrijft|beschreef|omschrijft|constateert|constateerde|merkt op|legt uit|noemt|noemde
    vindt het|vindt dat|benadrukt|merkte|twijfelt|informeert|informeerde|verzoekt|deelt|deelde)
    van (?:je|u|jullie) dat|volgens (?:je|u|jullie|jouw|uw) (?:\w+ )?(?:zeggen|bericht|verhaal|schrijven|post|melding)?
    (?:uw|je|jouw|jullie) (?:verzoek|vraag|wens|klacht|melding|bericht|opmerking|mededeling|signaal) (?:om|of|dat|over
    inzake|betreffende|omtrent|met betrekking tot|aangaande|voor)|zoals (?:u|je|jij|jullie) (?:\w+ ){0,2}(?:schrijft
    aangeeft|vertelt|zegt|meldt|stelt)
    """
)
_PUT = r"(?:heb|hebt|heeft|hebben|vertelt|verteld|zeg|zeggen|zien|zie|lezen|lees|verwoord\w*|snap\w*|vat|vatten)"
_CHECK = one_of(
    rf"""
    klopt (?:dat|dit|het)(?: zo)?|is (?:dat|dit) (?:juist|correct|zo|wat (?:je|u) bedoel\w*)|correct|nietwaar
    heb ik dat goed|zeg ik dat (?:zo )?goed|toch|juist|klopt
    (?:heb|hebben) (?:ik|we|wij) (?:het |u |je |dat |dit )?(?:zo )?(?:goed|juist) (?:begrepen|gelezen)
    begrijp ik(?: (?:dat|het|dit|je|u))?(?: zo)?(?: (?:goed|juist))?|bedoel je dat|(?:dat is |is dat )?wat (?:je
    u) bedoel\w*
    (?:kun|kunt|wil|wilt) (?:je|u) (?:dat|dit|het) (?:\w+ )?bevestigen|als ik (?:dat|dit|het) goed (?:lees|begrijp)
    of ik (?:dit|dat|het|u|je) (?:zo )?(?:goed|juist) (?:begrepen|begrijp)\w*
    (?:juiste|correcte|goede|kloppende) (?:weergave|samenvatting|voorstelling|lezing|beschrijving)|of niet
    (?:kun|kunt|kan|wil|wilt|zou|mag|mogen) (?:je|u|jij|ik|we|wij) (?:\w+ )?(?:bevestigen|nagaan|vernemen) (?:of|dat)
    (?:is|was) (?:dat|dit) (?:ook |inderdaad |dan )?(?:juist|correct|zo|waar|het|alles|wat (?:u|je) (?:ons|wilt?
    bedoel\w*|voor\w+|zegt|zei|meldt|schrijft|vraagt))
    {_PUT} (?:\w+ ){{0,4}}?(?:goed|juist|correct|zo|compleet|volledig|scherp|helder|duidelijk
    op een rij\w*)(?: \w+){{0,2}}
    (?:zit|zat|is|was|lag|ging|klopt|zie) (?:ik|dat|dit|het|we|wij) (?:hiermee |daarmee |er )?(?:zo|goed|juist
    zo goed|zo juist)
    is (?:dat|dit|het) (?:\w+ )?(?:compleet|volledig|alles|het)|(?:dat is|is dat) de (?:situatie|kwestie|vraag)
    komt dat overeen(?: \w+){{0,3}}|nie(?:t waar)?|he
    """
)
# A check put as a request: "laat even weten of dat zo is".
_SAY_SO = one_of(
    r"""
    laat (?:\w+ ){0,4}?weten (?:of|als|indien|wanneer) (?:dat|dit|het|ik|we|wij|er|iets) (?:\w+ ){0,4}?(?:zo|klopt
    kloppen
    juist|correct|goed|fout|verkeerd|anders|mis|zit|ontbreekt|is)
    (?:corrigeer|verbeter) (?:me|mij|ons)|als (?:dat|dit|het) (?:\w+ )?(?:juist|correct|zo) is|als (?:dat|dit
    het) (?:\w+ )?klopt|(?:hoor|verneem) (?:ik|we|wij) (?:\w+ ){0,3}of (?:dat|dit|het) (?:klopt|zo is|juist is)
    (?:geef|geeft) (?:\w+ ){0,3}aan (?:of|als) (?:dat|dit|het) (?:\w+ )?(?:klopt|juist|zo|correct|niet)
    """
)
_ENDS_AS_CHECK = re.compile(rf"(?:{_CHECK.pattern}|{_TAKES_IN.pattern})\W*\?\W*$")
_ASKS_TO_CONFIRM = re.compile(r"(?<!\w)(?:bevestig|bevestigt|bevestigen|nagaan|kloppen|klopt|juist|correct)(?!\w)")
_ASKS_FOR = re.compile(
    r"(?<!\w)(?:wie|wat|waar\w*|wanneer|hoe\w*|welke?|waarom|zal|zullen|mag|mogen|wil|wilt|of)(?!\w)"
)
_THUS = re.compile(r"(?<=[\w,] )dus(?! (?:ik|we|wij)(?!\w))(?= \w)")
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
_YOURS = re.compile(r"(?<!\w)(?:je|uw|jouw|jullie|u)(?!\w)")
_YOU = re.compile(r"(?<!\w)(?:je|u|jij|jullie|uw|jouw|ge|gij)(?!\w)")
_CONCLUDES = re.compile(r"[,;:] (?:dan|en dan|daar|zo) ")  # what follows is ours: "dan kun je lang fietsen"
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
    bare = _bare(piece.text)
    if _moves(piece.text, bare, theirs):
        return False
    said = roots(bare)
    same = len(shared(said, theirs))
    share = same / len(said) if said else 0.0
    if _ATTRIBUTES.search(piece.text) is not None:
        return share >= _FEW and same >= 1
    if _marked(piece, following):
        return share >= _ENOUGH and same >= _LEAST
    if piece.asks:
        return _asks_back(piece, share, same)
    return _restates(piece, share, same, theirs)


def _bare(text: str) -> str:
    """What is left of a sentence without the words by which it takes in or checks."""
    for pattern in (_OPENER, _ATTRIBUTES, _TAKES_IN, _CHECK):
        text = pattern.sub(" ", text)
    return text


def _moves(text: str, bare: str, theirs: frozenset[str]) -> bool:
    """Whether the sentence is warm in words of ours, or does something."""
    warm = any(not shared(roots(each.group()), theirs) for each in _WARM.finditer(text))
    return warm or _OURS.search(bare) is not None


def _marked(piece: Piece, following: Piece | None) -> bool:
    """Whether it stands there as taken in, or as something to confirm."""
    if _OPENER.search(piece.text) or _TAKES_IN.search(piece.text) or _ENDS_AS_CHECK.search(piece.text):
        return True
    return (piece.asks and _ASKS_TO_CONFIRM.search(piece.text) is not None) or _is_check(following)


def _asks_back(piece: Piece, share: float, same: int) -> bool:
    """A question that holds hardly anything but what they told."""
    if _DUS.search(piece.text):
        return share >= _ENOUGH and same >= 1
    curious = _ASKS_FOR.search(piece.text) is not None
    return not curious and share >= _NEARLY_ALL and same >= _LEAST + 1 and _YOU.search(piece.text) is not None


def _restates(piece: Piece, share: float, same: int, theirs: frozenset[str]) -> bool:
    """A statement about the customer in the customer's own words."""
    restated = any(each.search(piece.text) for each in (_RESTATES, _DUS, _THUS))
    felt = any(not shared(_roots_of(each), theirs) for each in signs.FEELING.finditer(piece.text))
    concludes = _CONCLUDES.search(piece.text) is not None
    if felt or concludes:
        return False
    if _YOURS.search(piece.text) and share >= _MOSTLY and same >= _MANY:
        return True
    if not (restated or _YOU_HAVE.search(piece.text)):
        return False
    return share >= (_NEARLY_ALL if same > _LEAST else _ALL) and same >= (_LEAST if restated else _LEAST + 1)


def _roots_of(match: re.Match[str]) -> frozenset[str]:
    return frozenset(root(word) for word in match.group().split())


def _is_check(following: Piece | None) -> bool:
    """Whether the next sentence asks no more than whether the last was right."""
    if following is None:
        return False
    if _SAY_SO.search(following.text):
        return True
    left = len(_CHECK.sub("", following.text).split())
    return left <= _BARELY and _CHECK.search(following.text) is not None and following.asks


def _remark(piece: Piece) -> Remark:
    says = "Dit heeft de klant net zelf verteld, en nu staat het er nog eens als vraag of samenvatting."
    if not piece.asks:
        says = "Dit heeft de klant net zelf verteld, en nu krijgt hij het terug."
    toward = "Wat kun je toevoegen dat de klant nog niet wist: wat je ziet, wat je doet, wanneer?"
    return Remark(Check.PARROTING, says, toward, _WHY, piece.start, piece.end)
