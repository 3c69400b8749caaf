"""Brief: what we already know and need not ask (*Weten we al*), what is really missing, and what was said, facts
beside feeling."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from socialwatch.domain.assessment import Stake
from socialwatch.domain.brief.meant import Meant, meant
from socialwatch.domain.brief.missing import curious, missing
from socialwatch.domain.brief.record import of_file, same_home
from socialwatch.domain.brief.sides import sides, tone, waited
from socialwatch.domain.brief.theirs import numbers, voices
from socialwatch.domain.brief.told import moved, of_earlier, of_us, of_words
from socialwatch.domain.brief.words import Brief, Known, Matter, Said, Source, Topic, Why
from socialwatch.domain.identity import order_spellings
from socialwatch.domain.stakes import from_order
from socialwatch.domain.when import local_day

_ORDER_OF_TOPICS = {topic: place for place, topic in enumerate(Topic)}
_DIED = re.compile(r"\b(?:overleden|overleed|gestorven|begrafenis|uitvaart|crematie)\b", re.I)
_REPEATED = (Topic.TRACKING, Topic.PROMISE, Topic.EARLIER_REJECTION)
_THEIR_WORDS = frozenset({Source.MENTION, Source.EARLIER})
_ONE_LINE = frozenset({Topic.TRIED, Topic.PROMISE, Topic.EARLIER_REJECTION})


def brief(matter: Matter, now: datetime) -> Brief:
    """What stands beside the case, from everything we have; nothing is asked of anybody outside."""
    customer = matter.file.customer.id if matter.file else None
    matter = hers(replace(matter, said=voices(matter.said, customer)))
    about = meant(matter, now)
    known = _settled([*_all(matter, about, now)], matter, about)
    topics = {each.topic for each in known}
    went_wrong, felt, second = sides(matter.said)
    return Brief(
        known=known,
        missing=missing(matter, about, topics),
        linked=matter.file is not None,
        curious=curious(matter, topics),
        facts_side=went_wrong,
        feeling_side=felt,
        second=second,
        waited=waited(known, matter.said),
        tone=tone(matter.said, matter.feelings, matter.language),
        stakes=_stakes(matter, about, now),
        orders=about.orders,
        meant=about.order,
        behalf=matter.behalf,
    )


def hers(matter: Matter) -> Matter:
    """Written for somebody else, the author's file is not hers, unless an order in it is named as the one it is
    about.
    """
    if matter.behalf is not None and any(_DIED.search(each.text) for each in matter.said):
        return replace(matter, behalf=None)  # who mourns writes for themselves
    if matter.behalf is None or matter.file is None:
        return matter
    named = {spelling for each in matter.said for number in numbers(each) for spelling in order_spellings(number)}
    if any(not named.isdisjoint(order_spellings(order.number)) for order in matter.file.orders):
        return matter
    return replace(matter, file=None, earlier=(), answered=tuple(each for each in matter.answered if each.case is None))


def _all(matter: Matter, about: Meant, now: datetime) -> Iterator[Known]:
    if matter.file is not None:
        yield from of_file(matter.file, about, matter.said, now)
    yield from of_words(matter)
    yield from of_us(matter, now)
    yield from of_earlier(matter, now)


def _settled(known: list[Known], matter: Matter, about: Meant) -> tuple[Known, ...]:
    """Each thing once, the surest source first; what contradicts the file is marked, not told as true."""
    unique: dict[tuple[Topic, str, bool], Known] = {}
    for each in known:
        checked = _checked(each, matter, about)
        if checked is not None:
            # What the customer repeats is not told twice, but the exchange stands beside their own words.
            apart = each.source is Source.CONTACT
            unique.setdefault((checked.topic, _key(checked), apart), checked)
    return tuple(sorted(_without_echoes(unique.values()), key=lambda each: _ORDER_OF_TOPICS[each.topic]))


def _key(known: Known) -> str:
    words = known.value.casefold()
    return words if known.topic not in _ONE_LINE else " ".join(words.strip(" .!?").split())


def _checked(known: Known, matter: Matter, about: Meant) -> Known | None:
    """As it may be told: without the customer's own repetition of what the file knows better."""
    written = known.source in (Source.MENTION, Source.EARLIER)
    file = matter.file
    if known.topic is Topic.ADDRESS and known.source is Source.CUSTOMER and moved(matter.said):
        return replace(known, confirm=Why.MOVED)
    if not written or file is None:
        return known
    match known.topic:
        case Topic.ORDER_NUMBER:
            return _number(known, matter, about)
        case Topic.ADDRESS if same_home(file.customer, known.value):
            return None
        case Topic.NAME if _words(known.value) <= _words(file.customer.name):
            return None
        case Topic.PHONE if file.customer.phone and _same_phone(known.value, file.customer.phone):
            return None
        case Topic.PURCHASE_DATE | Topic.SIZE | Topic.PURPOSE if about.order is not None:
            return None if known.topic is not Topic.PURPOSE or about.order.recipient else known
    return known


def _number(known: Known, matter: Matter, about: Meant) -> Known | None:
    """A number that the customer wrote: the file's own stands there already; another is theirs to explain."""
    if known.value == about.typo:
        return None
    orders = matter.file.orders if matter.file else ()
    theirs = any(not set(order_spellings(known.value)).isdisjoint(_spelled(order.number)) for order in orders)
    if theirs:
        return None if about.order is not None else known
    return replace(known, confirm=Why.NOT_THEIRS)


def _spelled(number: str) -> tuple[str, ...]:
    return (*order_spellings(number), "".join(letter for letter in number if letter.isdigit()))


def _words(name: str) -> set[str]:
    return set(name.casefold().split())


def _same_phone(one: str, other: str) -> bool:
    return _figures(one)[-9:] == _figures(other)[-9:]


def _figures(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit())


def _without_echoes(known: Iterable[Known]) -> list[Known]:
    """What another says already, surer or in more words, is not told again."""
    told = list(known)
    may: dict[Topic, list[Known]] = {topic: [each for each in told if each.topic is topic] for topic in _REPEATED}
    return [each for each in told if not any(_echoes(each, other) for other in may.get(each.topic, ()))]


def _echoes(known: Known, other: Known) -> bool:
    """Whether `known` only repeats `other`: a tracking code that the order tells with its carrier, the promise that an
    agent noted from the reply, the refusal that the customer quotes or calls by one word of it.
    """
    if known is other:
        return False
    match known.topic:
        case Topic.TRACKING:
            return known.source is not Source.ORDER and other.source is Source.ORDER and known.value in other.value
        case Topic.PROMISE:
            noted = other.source is Source.PROMISE and known.source is not Source.PROMISE
            return noted and _runs_through(other.value, known.value)
        case Topic.EARLIER_REJECTION if known.source in _THEIR_WORDS:
            mine, theirs = _key(known), _key(other)
            if other.source not in _THEIR_WORDS:
                return mine in theirs or " " not in mine
            return mine in theirs and mine != theirs
    return False


def _runs_through(words: str, sentence: str) -> bool:
    """Whether these words stand in this sentence in their order, others between them."""
    left = iter(_bare(sentence))
    return all(each in left for each in _bare(words))


def _bare(text: str) -> list[str]:
    return [each.strip(".,;:!?…") for each in text.casefold().split()]


def _stakes(matter: Matter, about: Meant, now: datetime) -> tuple[Stake, ...]:
    """What gives it a deadline, from the text and from the order that is meant, soonest first; what passed is left."""
    of_order = from_order(about.order, now) if about.order else ()
    found: dict[str, Stake] = {}
    for each in (*matter.stakes, *of_order):
        other = found.get(each.what)
        if other is None or (other.on is None and each.on is not None):
            found[each.what] = each
    today = local_day(now)
    coming = [each for each in found.values() if each.on is None or each.on >= today]
    return tuple(sorted(coming, key=lambda each: (each.on is None, each.on or today, each.what)))


__all__ = ["Brief", "Known", "Matter", "Said", "Source", "Topic", "Why", "brief"]
