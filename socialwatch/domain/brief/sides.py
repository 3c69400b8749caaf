"""Sides: what went wrong beside how it felt, the second grievance apart, and how the customer talks."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from socialwatch.domain.assessment import Feeling
from socialwatch.domain.brief.sentences import own, sentences
from socialwatch.domain.brief.words import Known, Quote, Said, Source, Tone, Topic, Waited

SAME_CALL = timedelta(days=3)
LIKELY = 0.5
_FELT = re.compile(
    r"\b(?:boos|woest|kwaad|pissig|laaiend|razend|furieus|belachelijk|schandalig|schande|bizar|absurd"
    r"|onacceptabel|onbegrijpelijk|ongelooflijk|ongehoord"
    r"|teleurgesteld|teleurstell\w+|balen|baal|jammer|verdriet\w*|huil\w*|janken|tranen|zorgen|bang|ongerust|stress"
    r"|frustr\w+|irritant|ambetant|kut\w*|prutsers|oplichters"
    r"|zat|beu|schaam\w*|schamen|triest|vervelend|slecht|waardeloos|respectloos|onbeschoft|machteloos|radeloos"
    r"|wanhopig|moedeloos|gek van|verschieten|geschrokken|schrok"
    r"|niet serieus|nooit meer|klaar mee|vertrouw\w*|in de steek|afgescheept|voor (?:gek|lul)|rot|erg"
    r"|verschrikkelijk|gvd|wtf|amai|toch niet normaal|blij|dankbaar|fijn|leuk)\b|[😡🤬😠😢😭💔🙄😤😞😩]",
    re.I,
)
_TREATS, _TELLS = {"count", "rejection"}, {"order_number", "tracking_code", "date", "amount", "product"}
# How we treated them: a grievance of its own beside the hole in the sock.
_SECOND = re.compile(
    r"\b(?:in de wacht|wachtrij|wachtmuziek|aan de lijn|aan de telefoon|doorverbonden|opgehangen|niemand neemt op"
    r"|neemt niemand op|geen (?:antwoord|reactie|gehoor)|niet (?:gereageerd|geantwoord|bereikbaar"
    r"|teruggebeld|terug gebeld)|kastje|afgescheept|afgewimpeld|afgepoeierd|onbeschoft|onvriendelijk|chatbot|robot"
    r"|(?:telkens|steeds|elke keer|weer) (?:iemand anders|een ander|opnieuw|hetzelfde)"
    r"|klantenservice|klantendienst|helpdesk|niemand (?:antwoordt|reageert|helpt|belt)|(?:al )?(?:\d+|twee|drie|vier"
    r"|vijf|zes|zoveel) ?(?:x|keer|maal)(?:\s\w+){0,4} (?:gebeld|gemaild|gevraagd"
    r"|gemeld|gechat|bellen|mailen|contact)|(?:tweede|derde|vierde|vijfde|zoveelste) (?:keer|maal|mail|bericht)"
    r"|standaard(?:mail|antwoord|reactie)|opnieuw (?:mijn|hetzelfde|alles)"
    r"|nobody answers)\b",
    re.I,
)


def tells(said: Sequence[Said]) -> bool:
    """Whether anything is told that went wrong, apart from how we treated them."""
    wrong, _, second = sides(said)
    return any(each not in second and not _SECOND.search(each.text) for each in wrong)


def sides(said: Sequence[Said]) -> tuple[tuple[Quote, ...], tuple[Quote, ...], tuple[Quote, ...]]:
    """What went wrong, how it felt, and how we treated them. A sentence with fact and feeling stands on both sides;
    the treatment stands apart, unless it is all there is.
    """
    wrong, felt, second = [], [], []
    for each in said:
        for start, end, sentence in sentences(each.text):
            kinds = {fact.kind for fact in each.facts if start <= fact.start < end}
            treated, tells = bool(kinds & _TREATS) or _SECOND.search(sentence) is not None, bool(kinds & _TELLS)
            feels = _FELT.search(sentence) is not None
            if feels:
                felt.append(Quote(sentence, each.at))
            if treated:
                second.append(Quote(sentence, each.at))
            if re.search(r"\w", sentence) and (tells or not (feels or treated)):
                wrong.append(Quote(sentence, each.at))
    if not wrong:
        wrong, second = [*second], []
    return _once(wrong), _once(felt), _once(second)


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
    return Waited(*(int(each[-1].value) if each else None for each in (mine, latest)))


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
