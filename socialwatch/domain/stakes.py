"""Stakes: what gives a matter a deadline (a birthday tomorrow, a funeral, a gift with a wished date), by rules."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from socialwatch.domain.assessment import Stake
from socialwatch.domain.customer import Order
from socialwatch.domain.when import AMSTERDAM, Day, days, local_day, may_name_day, nearest, resolve

NEAR = timedelta(days=60)
FRESH = timedelta(days=30)
LOOKED_AT = 5  # latest orders of a customer

# what it is called → words that name it; compounds such as "verjaardagscadeau" count.
_EVENTS = (
    ("verjaardag", r"verjaardag(?!swens|skalender)\w*|jarige?|verjaart|verjaren|sarah|abraham"),
    ("bruiloft", r"bruiloft\w*|trouwfeest|trouwdag|trouwerij|trouwjurk|trouwpak|trouwschoenen|huwelijk|trouwen"
                 r"|trouwt|trouw(?=\s(?:ik|zaterdag|morgen))"),
    ("begrafenis", r"begrafenis\w*|uitvaart\w*|crematie\w*|begraven|rouwdienst|afscheidsdienst"),
    ("vakantie", r"(?:ski|zomer|kerst|herfst|wandel)?vakantie|wintersport|huwelijksreis|op reis|vliegen (?:we"
                 r"|wij)|vlieg ik|vertrekken (?:we|wij)|vertrek ik"),
    ("examen", r"(?:eind|rij|praktijk)?examens?|tentamens?|diploma-?uitreiking|proefwerk"),
    ("sinterklaas", r"sinterklaas\w*|pakjesavond|sinterklaasavond|sint(?=\s(?:komt|rijdt))"),
    ("kerst", r"kerst(?!vakantie|markt|sokken|trui|man)\w*"),
    ("feest", r"(?:kinder|jubileum)?feest(?:je)?|jubileum|communie|doop|babyshower|gala|afscheidsreceptie"
              r"|housewarming"),
    ("sollicitatie", r"sollicitatie\w*|sollicitatiegesprek"),
    ("optreden", r"optreden|voorstelling|concert|uitvoering"),
    ("wedstrijd", r"wedstrijd|loop ik|lopen we|ren ik|toernooi|marathon|vierdaagse|hardloopwedstrijd"),
    ("operatie", r"operatie|geopereerd|ziekenhuisopname|bevalling|uitgerekend"),
    ("verhuizing", r"verhuizing|verhuizen|verhuis"),
)  # fmt: skip
_EVENT = re.compile(r"\b(?:" + "|".join(f"(?P<e{i}>{words})" for i, (_, words) in enumerate(_EVENTS)) + r")\b", re.I)
_FIXED = {"sinterklaas": (12, 5), "kerst": (12, 25)}
_PLAIN = frozenset({"feest", "sollicitatie", "optreden", "wedstrijd", "operatie", "verhuizing"})  # only with a day

_PURPOSE = re.compile(
    r"\b(?:op tijd|nodig|cadeau\w*|kado\w*|bedoeld|besteld|bestelling|gekocht|uiterlijk|binnen|deadline|haast"
    r"|spoed|redden|halen"
    r"|bijna|binnenkort|straks|aanstaande|aankomende|komende|te laat|niet meer|nog (?:\w+ ){0,2}(?:ontvangen"
    r"|binnen))\b",
    re.I,
)
_FOR = re.compile(
    r"\b(?:voor|tegen)\s(?:(?:de|het|een|mijn|m'n|mn|haar|zijn|z'n|hun|onze|ons|m’n)\s)(?:\w{1,20}\s){0,3}$", re.I
)
_PAST = re.compile(
    r"\b(?:was|waren|geweest|gehad|gevierd|gekregen|kregen|kreeg|geslaagd|voorbij|achter de rug|terug van"
    r"|gedragen|genoten"
    r"|leuke|fijne|mooie|heerlijke|gefeliciteerd|proficiat|vorige|vorig|afgelopen|tijdens|destijds)\b",
    re.I,
)
_STILL = re.compile(
    r"\b(?:nodig|op tijd|cadeau|kado|zou(?:den)? .{0,40}(?:zijn|worden|komen)|nog (?:niet|steeds|altijd))\b", re.I
)
_NEEDED = re.compile(
    r"\b(?:nodig|uiterlijk|op tijd|spoed|moet(?:en)? .{0,40}(?:hebben|binnen|geregeld|er zijn)|deadline"
    r"|vertrek\w*|moet er zijn)\b",
    re.I,
)
_BEFORE = re.compile(r"\b(?:voor|vóór|tegen)\s(?:a\.?s\.?\s)?$", re.I)
_LACKED = re.compile(r"\bhad(?:den)?\s.{0,40}\bnodig\b|\bniet (?:meer )?nodig\b", re.I)
_TURNS = re.compile(
    r"\b(?:wordt|word)\s(?:\w{1,12}\s){0,2}\d{1,3}(?:\sjaar)?\b(?!\s?(?:euro|dagen|uur|minuten|%|keer))", re.I
)
_ABOUT_IT = re.compile(r"^\W{0,3}(?:die|dat|het|deze|dit|hij|zij|ze)\s(?:is|zijn|begint|vindt|valt|trouwt)\b", re.I)
# A journalist names the hour, and means today.
_HOUR = re.compile(r"\bdeadline\b[^.!?\n]{0,20}?\b(?:[01]?\d|2[0-3])(?:[.:][0-5]\d|\s?(?:uur|u)\b)", re.I)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\w)[^.!?\n]*)*")
_CARDS = (
    ("begrafenis", re.compile(r"gecondoleerd|condoleance|sterkte|rust zacht|verlies", re.I)),
    ("bruiloft", re.compile(r"bruiloft|trouw|huwelijk|bruidspaar", re.I)),
    ("verjaardag", re.compile(r"verjaardag|jarig|hieperdepiep|hoera", re.I)),
    ("sinterklaas", re.compile(r"\bsint\b|sinterklaas|\bpiet\b", re.I)),
    ("kerst", re.compile(r"kerst", re.I)),
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    days: tuple[Day, ...]
    next: str
    next_days: tuple[Day, ...]


def stakes(text: str, now: datetime) -> tuple[Stake, ...]:
    """What is at stake according to the text, soonest first, each event once. An event counts when its day lies
    within NEAR of today in Amsterdam, or without a day when something is needed *for* it; a holiday that was lovely
    is no deadline.
    """
    today = local_day(now)
    found: dict[str, Stake] = {}
    for stake in _find(text[:10_000], today):
        known = found.get(stake.what)
        if known is None or (stake.on and (known.on is None or stake.on < known.on)):
            found[stake.what] = stake
    if any(stake.on for stake in found.values() if stake.what != "nodig"):  # the event says why it is needed
        found.pop("nodig", None)
    return tuple(sorted(found.values(), key=lambda stake: (stake.on is None, stake.on or today, stake.what)))


def from_order(order: Order, now: datetime) -> tuple[Stake, ...]:
    """What is at stake according to the order: a gift (wrapping, card, other recipient) or a wished date that has not
    passed. Without a wished date it counts for FRESH after ordering.
    """
    today = local_day(now)
    gift = order.gift_wrap or bool(order.card_text) or bool(order.recipient)
    if order.status in ("cancelled", "returned") or not (gift or order.wished_date):
        return ()
    if order.wished_date is not None:
        current = today <= order.wished_date
    else:
        current = today - order.ordered_at.astimezone(AMSTERDAM).date() <= FRESH
    if not current:
        return ()
    return (Stake(_card(order.card_text or "") or ("cadeau" if gift else "gewenste dag"), order.wished_date, "order"),)


def soonest(orders: Iterable[Order], now: datetime) -> date | None:
    """The first day by which something in these orders, the newest first, has to be there."""
    told = (stake.on for order in islice(orders, LOOKED_AT) for stake in from_order(order, now))
    return min((on for on in told if on is not None), default=None)


def _card(text: str) -> str | None:
    return next((what for what, words in _CARDS if words.search(text)), None)


def _find(text: str, today: date) -> Iterator[Stake]:
    if not _EVENT.search(text) and not may_name_day(text) and not _HOUR.search(text):
        return
    sentences = [match.group() for match in _SENTENCE.finditer(text)]
    for index, sentence in enumerate(sentences):
        after = sentences[index + 1] if index + 1 < len(sentences) else ""
        around = _Sentence(sentence, days(sentence), after, days(after) if _ABOUT_IT.match(after) else ())
        events = list(_EVENT.finditer(sentence))[:20]
        for match in events:
            yield from _event(match, around, today)
        yield from _other(around, today)


def _event(match: re.Match[str], around: _Sentence, today: date) -> Iterator[Stake]:
    what = _EVENTS[int((match.lastgroup or "e0")[1:])][0]
    near = _nearest_day(around.days, (match.start(), match.end()), today)
    if near is None and around.next_days:
        near = _coming(around.next_days[0], today)
    if near is None and what in _FIXED:
        near = nearest(*_FIXED[what], today)
        near = near if near and today <= near <= today + NEAR and _wanted(match, around) else None
        if near is None:
            return
    if near is not None:
        if not (_past(around.text) and not _STILL.search(around.text)):
            yield Stake(what, near, "text")
    elif what not in _PLAIN and _wanted(match, around) and not _over(around, today):
        yield Stake(what, None, "text")


def _wanted(match: re.Match[str], around: _Sentence) -> bool:
    """Whether something is needed for the event: "voor de bruiloft", "op tijd", "verjaardagscadeau"."""
    if _past(around.text) and not _STILL.search(around.text):
        return False
    before = around.text[max(0, match.start() - 70) : match.start()]
    aimed = _FOR.search(before) or re.search(r"\b(?:voor|met) $", before, re.I) or "cadeau" in match.group().lower()
    return (
        bool(aimed)
        or (match.group().lower() != "jarig" and bool(_PURPOSE.search(around.text)))
        or "bijna jarig" in around.text.lower()
    )


def _past(sentence: str) -> bool:
    return _PAST.search(sentence) is not None


def _over(around: _Sentence, today: date) -> bool:
    """Whether the event itself is told with a day that has gone: "gisteren jarig"."""
    dates = [resolve(day.value, today) for day in around.days]
    return bool(dates) and all(on is not None and on < today for on in dates) and not _STILL.search(around.text)


def _nearest_day(found: tuple[Day, ...], place: tuple[int, int], today: date) -> date | None:
    """The coming day that stands closest to the event's words."""
    coming = [
        (min(abs(day.start - place[1]), abs(place[0] - day.end)), on) for day in found if (on := _coming(day, today))
    ]
    return min(coming)[1] if coming else None


def _coming(day: Day, today: date) -> date | None:
    on = resolve(day.value, today)
    return on if on and today <= on <= today + NEAR and day.value not in ("vanmorgen", "vanochtend") else None


def _other(around: _Sentence, today: date) -> Iterator[Stake]:
    """Birthdays, needs and deadlines: "mijn zoon wordt morgen 6", "heb ze zaterdag nodig", "deadline 16.00 uur"."""
    coming = [on for day in around.days if (on := _coming(day, today))]
    if not around.days and _HOUR.search(around.text) and not _past(around.text):
        yield Stake("deadline", today, "text")
    if not coming:
        return
    if _TURNS.search(around.text) and re.search(
        r"\b(?:hij|zij|ze|zoon|dochter|oma|opa|man|vrouw|moeder|vader|\w+tje|\w+je)\b", around.text, re.I
    ):
        yield Stake("verjaardag", min(coming), "text")
    needed = _NEEDED.search(around.text) or any(_BEFORE.search(around.text[: day.start]) for day in around.days)
    if needed and not _past(around.text) and not _LACKED.search(around.text):
        yield Stake("nodig", min(coming), "text")
