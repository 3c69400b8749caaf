"""Sides: what went wrong beside how it felt, the second grievance apart, and how the customer talks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from socialwatch.domain.assessment import Feeling, Kind
from socialwatch.domain.brief.feeling import HANDLES, moves, only_moves, says_nothing, shouts
from socialwatch.domain.brief.sentences import own, sentences
from socialwatch.domain.brief.words import Known, Quote, Said, Source, Tone, Topic, Waited
from socialwatch.domain.title import names_matter

SAME_CALL = timedelta(days=3)
LIKELY = 0.5
SHOUTED = 4  # words; so short and so loud it is a cry, and no fact
_GLAD = frozenset({Kind.THANKS, Kind.PRAISE})
_TELLS = frozenset({"order_number", "tracking_code", "date", "amount", "product"})
# How we treated them: a grievance of its own beside the hole in the sock.
_SECOND = re.compile(
    r"\b(?:in de wacht|wachtrij|wachtmuziek|aan de lijn|aan de telefoon|doorverbonden|opgehangen|niemand neemt op"
    r"|neemt niemand op|(?:geen|nul) (?:enkel )?(?:antwoord|reactie|gehoor)|niet (?:gereageerd|geantwoord|bereikbaar"
    r"|teruggebeld|terug gebeld)|kastje|afgescheept|afgewimpeld|afgepoeierd|onbeschoft|onvriendelijk|chatbot|robot"
    r"|(?:telkens|steeds|elke keer|weer) (?:iemand anders|een ander|opnieuw|hetzelfde)"
    r"|klantenservice|klantendienst|helpdesk|niemand (?:antwoordt|reageert|helpt|belt|mailt)|(?:al )?(?:\d+|twee|drie"
    r"|vier|vijf|zes|zoveel) ?(?:x|keer|maal)(?:\s\w+){0,4} (?:gebeld|gemaild|gevraagd"
    r"|gemeld|gechat|bellen|mailen|contact)|(?:tweede|derde|vierde|vijfde|zoveelste) (?:keer|maal|mail|bericht)"
    r"(?:\s\w+){0,6} (?:bel|mail|vraag|vragen|meld|contact|gebeld|gemaild|gevraagd|gemeld)\w*"
    r"|(?:tweede|derde|vierde|vijfde|zoveelste) (?:mail|bericht)"
    r"|(?:niks|niets) (?:meer )?(?:gehoord|vernomen)|verneem ik (?:niks|niets)"
    r"|(?:min|minuten|minuut|uur|kwartier) (?:lang )?(?:gewacht(?! en)|gehangen|zitten wachten)"
    r"|standaard(?:mail|antwoord|reactie)|opnieuw (?:mijn|hetzelfde|alles)"
    r"|nobody answers)\b",
    re.I,
)
# How often counts as treatment only of what we did to them: a sock that slips after two times is a fact.
_OFTEN = re.compile(
    r"\b(?:bel|belt|bellen|belde|gebeld|mail|mailt|mailen|mailde|gemaild|chat|gechat|vraag|vragen|vraagt|gevraagd|contact"
    r"|gemeld|melden|gewacht|wachten|antwoord\w*|reactie\w*|bericht\w*|uitgelegd|uitleggen|doorverbonden|gehoord|volgende"
    r"|beloofd|terugbellen|teruggebeld)\b",
    re.I,
)


def tells(said: Sequence[Said]) -> bool:
    """Whether anything is told that went wrong, apart from how we treated them."""
    wrong, _, second = sides(said)
    return any(each not in second and not _SECOND.search(each.text) for each in wrong)


def sides(said: Sequence[Said]) -> tuple[tuple[Quote, ...], tuple[Quote, ...], tuple[Quote, ...]]:
    """What went wrong, how it felt, and how we treated them. A sentence with fact and feeling stands on both sides;
    the treatment stands apart, unless it is all there is. Of thanks that followed, only the feeling and what they
    tell with a day, a number or an amount.
    """
    wrong, felt, second = [], [], []
    grieved = False
    for each in said:
        glad = grieved and each.kind in _GLAD
        grieved = grieved or each.kind not in _GLAD
        for quote, heard in _quotes(each):
            if heard.moves or (heard.shouts and each.kind is not Kind.QUESTION and not glad):
                felt.append(quote)
            if heard.treated and not glad:
                second.append(quote)
            if heard.tells and (heard.pinned or not glad):
                wrong.append(quote)
    if not wrong:
        wrong, second = [*second], []
    return _once(wrong), _once(felt), _once(second)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one sentence does: `tells` what went wrong (`pinned` to a day, a number or an amount), says how it felt
    (`moves`, `shouts`), or how they were treated.
    """

    tells: bool
    pinned: bool
    moves: bool
    shouts: bool
    treated: bool


def _quotes(said: Said) -> Iterator[tuple[Quote, _Heard]]:
    """The sentences that say something, without the handle they are addressed to."""
    last, plain = len(said.text.rstrip()), own(said.text)
    for start, end, sentence in sentences(said.text):
        kinds = {fact.kind for fact in said.facts if start <= fact.start < end}
        words = HANDLES.sub("", sentence)
        words = words if start == 0 or not words else sentence
        heard = _heard(words, plain[start:end], kinds)
        if re.search(r"\w", words) and (kinds or heard.moves or not says_nothing(words, last=end >= last)):
            yield Quote(words, said.at), heard


def _heard(sentence: str, own_words: str, kinds: set[str]) -> _Heard:
    treated = "rejection" in kinds or _SECOND.search(sentence) is not None
    treated = treated or ("count" in kinds and _OFTEN.search(sentence) is not None)
    loud, pinned = shouts(own_words), bool(kinds & _TELLS)
    cry = loud and not kinds and len(sentence.split()) <= SHOUTED
    moved = moves(own_words)
    only = cry or (moved and only_moves(own_words))
    tells = pinned or not (only or treated) or (only and names_matter(sentence))
    return _Heard(tells, pinned, moved, loud, treated)


def _once(quotes: list[Quote]) -> tuple[Quote, ...]:
    return tuple({each.text.casefold(): each for each in reversed(quotes)}.values())[::-1]


def waited(known: Sequence[Known], said: Sequence[Said]) -> Waited | None:
    """The minutes of the customer beside those of the exchange, when these are of the same days."""
    mine = [each for each in known if each.topic is Topic.MINUTES_WAITED and each.source is Source.MENTION]
    theirs = [each for each in known if each.topic is Topic.MINUTES_WAITED and each.source is Source.CONTACT]
    last = max((each.at for each in said), default=None)
    near = [each for each in theirs if each.as_of and last and _same_days(each.as_of, last)]
    if not mine and not near:
        return None
    latest = sorted(near, key=lambda each: str(each.as_of))[-1:]
    mine_last, theirs_last = (int(each[-1].value) if each else None for each in (mine, latest))
    over = any(_OVER.search(own(each.text)) for each in said)
    return Waited(mine_last, theirs_last, still=not over)


_OVER = re.compile(
    r"\b(?:gewacht|wachtte|gehangen|(?:gisteren|vorige week|maandag|toen) (?:\w+ ){0,4}in de wacht)\b", re.I
)


def _same_days(one: datetime, other: datetime) -> bool:
    return abs(one - other) <= SAME_CALL


_FORMAL = re.compile(r"(?<![\w'])(?:u|uw|uwe|uzelf)(?!['’]?\w)", re.I)
_FAMILIAR = re.compile(r"\b(?:je|jij|jou|jouw|jullie|ge|gij|gijle|gulder|jelui)\b", re.I)
_FLEMISH = re.compile(
    r"\b(?:amai|allez|alé|goesting|gij|ge|gijle|gulder|zijt|hebt ge|kunt ge|ne|nen|ons moeke|moeke|bomma|bompa|nonkel"
    r"|gsm|klantendienst|voormiddag|namiddag|plezant|ambetant|schoon\b(?=\s(?:paar|cadeau"
    r"|geste))|geste|kaduuk|efkes|eventjes|curieus|content|beter af|ajuin|living|chauffage|sebiet|subiet|facteur"
    r"|merci|betekent da|da's|da is|wablief|zeveren|gezever|ambras|verschieten|kot|tof zeg"
    r"|zot|gazet|proper|stillekes|camion|solden|nochtans|tas koffie|wenen|bezig met mijn voeten)\b",
    re.I,
)
_JOKES = re.compile(r"😂|🤣|😅|😜|😉|😏|\bhaha\w*|\bhihi\b|;-?\)|\b(?:grapje|knipoog|lol)\b", re.I)
SHORT = 9  # words in a post, on average


def tone(said: Sequence[Said], feelings: Mapping[Feeling, float], language: str | None) -> Tone:
    """Joking when the model or they themselves say so; *u* when they say u, which in Flemish mouths is no distance."""
    text = " ".join(own(each.text) for each in said)
    flemish = language == "nl-BE" or len({match.lower() for match in _FLEMISH.findall(text)}) >= 1
    joking = feelings.get(Feeling.JOKING, 0.0) >= LIKELY or _JOKES.search(text) is not None
    length = len(text.split()) / len(said) if said else 0.0
    return Tone(joking, _address(text, flemish=flemish), flemish, 0 < length <= SHORT)


def _address(text: str, *, flemish: bool) -> str | None:
    formal, familiar = len(_FORMAL.findall(text)), _FAMILIAR.findall(text)
    close = [word for word in familiar if word.lower() != "jullie"]
    if flemish and re.search(r"\b(?:ge|gij)\b", text, re.I):
        return "je"
    if formal and formal >= len(close):
        return "u"
    return "je" if familiar else None
