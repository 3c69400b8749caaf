"""Promise: a moment that the draft promises something for is offered as a timer, so that nobody has to remember it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from socialwatch.domain.coach.opening import asks_or_orders, gets_ready, unconditional
from socialwatch.domain.coach.reading import Piece, clauses, level, one_of, sentences
from socialwatch.domain.coach.timing import DAY, WHEN, lasts_until, moment
from socialwatch.domain.coach.unbound import hindered, told, unbound
from socialwatch.domain.coach.words import MOST_READ, Check, Draft, Remark, Scene
from socialwatch.domain.when import NUMBER

_LONGEST = 60  # characters of what is quoted
_FEWEST_WORDS = 4
_WHY = "Wie iets belooft, wordt daaraan herinnerd. Met een timer onthoudt het scherm de afspraak en hoef jij dat niet."
# "Geef me een kwartier": a term that we ask for is one that we set ourselves.
_GIVEN_TIME = re.compile(
    rf"(?<!\w)(?:geef|gun|geeft|gunt) (?:me|mij|ons) (?:nog |even |heel )*(?:tot|(?:een|{NUMBER}|anderhalf|half)"
    r" ?(?:half |klein |paar )?(?:uur\w*|kwartier\w*|minu\w+|dag\w*|week|weken|etmaal|ochtend|middag|avond))(?!\w)"
)
# What we still need ourselves: "we hebben er twee dagen voor nodig", "twee weken, langer doen we er niet over".
_TERM = (
    rf"(?:een|{NUMBER}|anderhalf|anderhalve|een half|een paar) ?(?:uur\w*|kwartier\w*|minu\w+|dag\w*|werkdagen|week"
    r"|weken)"
)
_TERM_WE_TAKE = re.compile(
    rf"(?<!\w)(?:(?:we|wij|ik) (?:heb|hebben)|(?:heb|hebben) (?:we|wij|ik)) (?:er |daar |hier )?"
    rf"(?:nog |hooguit ){{0,2}}{_TERM} (?:er)?(?:voor )?nodig(?!\w)"
    rf"|^\W*(?:nog |hooguit )*{_TERM}[,:] (?:meer|langer) (?:hebben|heb|doen|doe|duurt) (?:we|wij|ik|het|dat)"
    r"(?!\w).*niet"
)
# "Je mag maandag een telefoontje van ons verwachten": what we send, and not rain or crowds.
_MAY_EXPECT = re.compile(
    r"(?<!\w)(?:kun|kunt|kan|mag|mogen|kunnen) (?:je|u|jij|jullie)(?!\w)"
    r"|(?<!\w)(?:je|u|jij|jullie) (?:kun|kunt|kan|mag|mogen|kunnen)(?!\w)"
)
_EXPECTED = re.compile(
    r"(?<!\w)(?:van (?:ons|mij|me|onze \w+)|\w*(?:telefoontje|belletje|mail|mailtje|bericht|antwoord|reactie|monteur"
    r"|bezorger|koerier|pakket|pakje|bestelling|bedrag|geld|betaling|factuur|brief|besluit|uitsluitsel|uitslag))(?!\w)"
    r"(?=.*(?<!\w)(?:verwachten|tegemoet zien)(?!\w))"
)
_THEN_WE = re.compile(
    r"^(?:en )?dan (\w+ (?:ik|we|wij|onze|mijn|een|de|hij|zij|ze)(?!\w).*|(?:komt|belt|brengt|haalt|staat|is) .*)"
)
# Work on its way to them, by whoever does it: a name, a trade, or the work itself.
_HANDLED = one_of(
    r"""
    komt|komen|verwacht|brengt|belt|ziet|bekijkt|onderzoekt|helpt|ontvangt|begint|start|spreekt|schrijft|geeft|doet
    maakt|legt|zet
    haalt|levert|bezorgt|plaatst|vervangt|herstelt|repareert|regelt|stuurt|mailt|verwerkt|stort|neemt
    (?:\w*bezorging|\w*levering|\w*betaling|montage|reparatie|vervanging|plaatsing|installatie|uitslag|antwoord) (?:is
    volgt|volgen|gebeurt)|aankomst|staat vast|ligt vast|(?:monteur|loodgieter|elektricien|schilder|timmerman
    chauffeur|bezorger|koerier
    hovenier|installateur|dakdekker|slotenmaker|glazenwasser|technicus) \w+
    """
)
# "Antwoord volgt vandaag": as short as a telegram.
_FOLLOWS = one_of("volgt|volgen|(?:dat|het|hij|die) wordt")
# A request granted in a word: what follows is no fact about the world.
_GRANTED = re.compile(
    r"(?:^|[.!?,\n] ?)\W*(?:geregeld|afgesproken|genoteerd|gereserveerd|geboekt|komt (?:goed|in orde|voor elkaar)"
    r"|doen we|doe ik|voor elkaar)(?= ?[.!,:\n])"
)
_ASKED_WHEN = re.compile(
    r"(?<!\w)(?:(?:wordt|komt) mijn|hoe ?laat|wanneer|hoe ?lang|wie|welke dag|tot wanneer|(?:hoor|krijg|bel|belt"
    r"|bellen|kom|komt"
    r"|komen) (?:ik"
    r"|je|jij|u|we|wij|jullie|er|hij|iemand))(?!\w)"
)
# Asked of the world and not of us: opening hours, an agenda, what the customer has to do.
_ASKED_OF_THE_WORLD = re.compile(
    r"(?<!\w)(?:begint|beginnen|start|geldt|gelden|open|opent|dicht|sluit|sluiten|vertrekt|vertrekken|rijdt"
    r"|is (?:het|de|er|dat)"
    r"|zijn (?:de|er|jullie)|(?:moet|mag|kan|kunnen|moeten|mogen) (?:ik|we|wij))(?!\w)"
)
_SUBJECT = one_of(
    r"ik|we|wij|je|jij|jou|u|jullie|hij|ze|zij|het|de|die|er|dat|deze|dit|mijn|onze|jouw|uw|iemand|alles?|elke?|een"
    r"|nieuwe|'t"
)
# Who only asks about the world is told about the world, unless somebody here acts or something comes to the customer.
_OURS = one_of(
    r"""
    (?:ik|we|wij|(?<!in )(?<!op )onze|ons|mijn)|(?:krijg|krijgt|hebt|heb|heeft|ontvang|ontvangt|hoor|hoort|weet|vind
    vindt|zie
    ziet) (?:je|u|jij|jullie|hem|het|ze)|(?:je|u|jij|jullie|hem) (?:krijgt|hebt|heeft|ontvangt|hoort|weet|vindt|ziet
    zit|staat|begint|krijgen|hebben|horen)|(?:bij|naar|op|in|aan|voor) (?:je|u|jou|jullie|uw|jouw)|reken (?:\w+ )?op
    (?:ligt|staat|hangt) (?:je|jouw|uw) \w+|(?:ligt|staat|liggen|staan|is|zijn) (?:\w+ ){0,3}klaar
    (?:je|jouw|uw|jullie) (?:kant|richting) (?:op|uit)|(?:komt|staat|belt|is|helpt|wacht) (?:er )?iemand
    """
)
# "Dit weekend staat nummer 41 online": whoever is meant, it will be so.
_MOMENT_FIRST = re.compile(
    rf"^\W*(?!in |tussen |tot ){WHEN.pattern}(?: {WHEN.pattern})? (?:staat|staan|ligt|liggen|hangt|hangen|zit|zitten"
    rf"|wordt|worden|krijgt"
    r"|krijgen|komt|komen|heeft|hebben|heb|hebt)(?!\w)"
)
# What the customer may do from a moment on, because it is ready then: "eind deze week kun je hem halen".
_READY_FOR = re.compile(
    r"^(?!\W*(?:en |maar )?(?:kun|kunt|kan|mag|kunnen|mogen)(?!\w))(?=.*(?<!\w)(?:(?:kun|kunt|kan|mag|kunnen"
    r"|mogen) (?:je|u|jij"
    r"|jullie|ge)|(?:je|u|jij|jullie|ge|hij|ze|(?:je|jouw|uw|jullie) \w+) (?:kun|kunt|kan|mag|kunnen|mogen))(?!\w))"
    r"(?=\W*(?:en |dan )?(?:over|binnen|na) .*|.*(?<!\w)(?:\w*halen|passen|inzien|terecht|rijden|er(?:in|op|mee)"
    r"|gebruiken|beginnen"
    r"|starten|instromen|meedoen|aansluiten|(?:weer|terug) (?!bellen|mailen|proberen|tot|naar)\w+)(?!\w))"
    r"(?!.*(?<!\w)(?:ook|tot|elke|altijd|eventueel|niet|geen|gerust|of)(?!\w))"
)
# What stands behind it is what will be told, and no part of the promise.
_CONTENT = re.compile(r"(?<=\w) (?:of|wat|wie|hoe|waarom|waar|welke?|wanneer)(?!\w)")
_TELLS = re.compile(
    r"(?<!\w)(?:laat|laten|weet|weten|hoor\w*|zeg\w*|vertel\w*|meld\w*|kijk\w*|check\w*|zoek\w*|vraag)(?!\w)"
)
# "Om elf uur nog in uw nachtpon zitten": what it was like, without anybody who does something.
_MERELY_SITS = re.compile(
    r"^(?!.*(?<!\w)(?:we|wij|ze|zij|jullie|je|u|te|hebt|heeft|ligt|staat|is|er|zal|zullen|ga|gaan|laat|laten|kom"
    r"|komt|komen|blijft|kun|kan|kunnen|mag|die)(?!\w))"
    r".*(?<!\w)(?:zitten|staan|wachten|liggen|hangen|bellen|lopen|rijden)\W*$"
)
# "De platen zijn geperst en worden morgen bezorgd": the same thing goes on.
_GOES_ON = re.compile(r"^\W*(?:wordt|worden|komt|komen|gaat|gaan|staat|staan|ligt|liggen|zit|zitten)(?!\w)")
_COUNT_ON_IT = re.compile(
    r"(?<!\w)(?:reken (?:er )?(?:maar |dus |gerust )?op|(?:ervan|daarvan|ervanuit|er van) (?:op )?aan"
    r"|erop rekenen)(?!\w)"
)
_IN_ANY_CASE = one_of(
    "hoe dan ook|in elk geval|in ieder geval|sowieso|ten laatste|te beginnen|beloofd"
    "|(?:op )?(?:mijn|ons) (?:ere)?woord|erewoord|zonder mankeren|gegarandeerd"
)
_OF_THEIRS = one_of(
    r"mijn|komt (?:mijn|die|hij|het)|(?:krijg|ontvang|hoor) (?:ik|we|wij)|de (?:monteur|bezorging|koerier"
    r"|technieker)"
)
_OF_US = one_of("ik|me|mij|mijn|we|wij|ons|onze|je|jullie|u")
_REPORTED = one_of(r"(?:zeggen|zegt|schrijven|schrijft|melden|meldt) (?:ze|zij|hij|men)|naar verluidt|schijnt|schijnen")
_FLEMISH = one_of("ge|gij")  # read as "je" and "jij"
_WE = one_of("ik|we|wij|voor (?:je|jou|u|jullie)|blijf(?:t|ven)? (?:je|u|jullie)")
# "Zes uur, dan slapen wij ook": an hour that the customer named.
_MERE_HOUR = re.compile(rf"\W*{NUMBER} uur\W*$")
_SOMEBODY = one_of(r"ik|we|wij|je|jij|jou|u|uw|jullie|hij|ze|zij|iemand|collega|'m|hem")
_BOUND = re.compile(rf"{_SOMEBODY.pattern}|{_HANDLED.pattern}|{_IN_ANY_CASE.pattern}")
_SUBJECT_OF = re.compile(r"(?<!\w)(ik|we|wij|mijn collega|een collega|hij|zij|ze|je|u|jullie)(?!\w)")
_AND = re.compile(
    rf" (?:en|maar|want|dus) (?!{NUMBER}(?!\w)|{DAY}\w*(?:\W*$| (?:om|van|tussen|tot|half|voor|na|zijn|staan"
    rf"|is)(?!\w)))"
)


def promise(draft: Draft, scene: Scene) -> Iterator[Remark]:
    text = draft.text[:MOST_READ]
    found = promised(text, scene.complaint or _asked_of_theirs(scene)) or _answers_when(text, scene)
    if found is not None:
        says = f"Je belooft “{_short(' '.join(text[slice(*found)].split()))}”: zal ik er een timer op zetten?"
        yield Remark(Check.PROMISE, says, None, _WHY, *found, offers="timer")


def _asked_of_theirs(scene: Scene) -> bool:
    """Whether they asked about what is theirs or comes to them, so that an answer about it is one to them."""
    return bool(scene.theirs) and _OF_THEIRS.search(level(scene.theirs[-1])) is not None


def promised(text: str, complaint: bool = True) -> tuple[int, int] | None:
    """The stretch that promises something. Who did not complain may only be told of the world: to them less is a
    promise.
    """
    complaint = complaint or _GRANTED.search(level(text)) is not None
    read = _FLEMISH.sub(lambda each: each[0].replace("g", "j"), level(text))
    said = (each for each in sentences(read) if not each.asks and not _REPORTED.search(each.text))
    found = next((part for sentence in said for part in _parts(sentence) if _promises(part, complaint)), None)
    return (found.start, found.end) if found else None


def _parts(sentence: Piece) -> Iterator[Piece]:
    """Its clauses, their halves, and those together of which one is hardly more than a moment."""
    parts = unconditional(sentence)
    yield from parts
    if _TERM_WE_TAKE.search(sentence.text):
        yield sentence
    for one in parts:
        yield from _halves(one)
    for one, two in pairwise(parts):
        if _BOUND.search(f"{one.text} {two.text}") and any(
            _merely_when(each.text) and not _MERE_HOUR.match(each.text) for each in (one, two)
        ):
            yield _joined(sentence, one, two)
        first = WHEN.match(one.text)
        if first and sentence.text[one.end - sentence.start :].startswith(":"):
            yield Piece(two.start, two.end, f"{first[0]} {two.text}")
        then = _THEN_WE.match(two.text)
        when = moment(one.text) if then and _leads(one.text) else None
        if when and then:
            yield Piece(one.start, two.end, f"{when[0]} {then[1]}")


def _merely_when(text: str) -> bool:
    bare, moments = WHEN.subn(" ", text)
    return moments > 0 and (len(bare.split()) < _FEWEST_WORDS - 1 or len(text.split()) <= _FEWEST_WORDS)


def _leads(text: str) -> bool:
    """Whether what follows with "dan" comes at the moment of this clause, and is not on its condition."""
    return gets_ready(text) or not (_blocked(text) or _MERE_HOUR.match(text))


def _halves(clause: Piece) -> Iterator[Piece]:
    """ "Ik weet het niet en bel je morgen": each half with the subject of the first; and what stands before "of"."""
    subject, at = "", 0
    ends = [match.span() for match in _AND.finditer(clause.text)]
    for start, end in [*ends, (len(clause.text), 0)]:
        half, own = clause.text[at:start], _SUBJECT_OF.search(clause.text[at:start])
        carried = subject and not told(clause.text[:at])
        verb = at and _GOES_ON.match(half)
        if ends and (own or carried or verb or not at):
            said = half if own else f"{'die' if verb else subject} {half}"
            yield Piece(clause.start + at, clause.start + start, said)
        content = _CONTENT.search(half)
        if content and _TELLS.search(half[: content.start()]):
            yield Piece(clause.start + at, clause.start + at + content.start(), half[: content.start()])
        subject, at = own[1] if own else subject, end


def _joined(sentence: Piece, one: Piece, two: Piece) -> Piece:
    return Piece(one.start, two.end, sentence.text[one.start - sentence.start : two.end - sentence.start])


def _answers_when(text: str, scene: Scene) -> tuple[int, int] | None:
    """A bare moment in answer to when, how late or who: "Half vijf.", "Ik. Morgen voor tienen." """
    asked = level(scene.theirs[-1]) if scene.theirs else ""
    if (
        not _ASKED_WHEN.search(asked)
        or _ASKED_OF_THE_WORLD.search(asked)
        or not (scene.complaint or _OF_US.search(asked))
    ):
        return None
    plain = (each for each in sentences(level(text)) if not each.asks and not hindered(each.text))
    for each in (clause for sentence in plain for clause in clauses(sentence)):
        when = WHEN.search(each.text)
        if when and not _blocked(each.text) and len(_without(each.text, when).split()) < _FEWEST_WORDS:
            return each.start, each.end
    return None


def _promises(clause: Piece, complaint: bool) -> bool:
    text = clause.text
    if _GIVEN_TIME.search(text) or (_TERM_WE_TAKE.search(text) and not told(text)):
        return True
    when = moment(text)
    if when is None:
        return False
    if _COUNT_ON_IT.search(text) or (_EXPECTED.search(text) and _MAY_EXPECT.search(text)):
        return not unbound(text)
    if len(text.split()) < _FEWEST_WORDS and not _FOLLOWS.search(text):
        return False
    return (complaint and _READY_FOR.match(text) is not None) or (not _blocked(text) and _binds(text, when, complaint))


def _binds(text: str, when: re.Match[str], complaint: bool) -> bool:
    """Whether it says who does or gets something at this moment; to who complained, that something will be so."""
    if _IN_ANY_CASE.search(text) or (complaint and _MOMENT_FIRST.match(text)):
        return True
    rest = _without(text, when)
    if lasts_until(text, when):
        return _WE.search(rest) is not None
    if complaint:
        return (_SUBJECT.search(rest) is not None and not _MERELY_SITS.match(rest)) or _HANDLED.search(rest) is not None
    return _OURS.search(rest) is not None


def _blocked(text: str) -> bool:
    return asks_or_orders(text) or hindered(text)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _short(what: str) -> str:
    return what if len(what) <= _LONGEST else what[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
