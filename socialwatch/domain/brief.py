"""Brief: what we already know and need not ask (*Weten we al*), what is really missing, and what was said, facts
beside feeling."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from socialwatch.domain.assessment import Fact
from socialwatch.domain.customer import Address, Contact, Customer, File, Order
from socialwatch.domain.facts import values
from socialwatch.domain.identity import order_spellings

MOST_READ = 20_000
CONFIRM_AFTER = timedelta(days=365)


class Topic(StrEnum):
    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    ORDER_NUMBER = "order_number"
    PRODUCT = "product"
    SIZE = "size"
    PURCHASE_DATE = "purchase_date"
    DELIVERY_STATUS = "delivery_status"
    EARLIER_REJECTION = "earlier_rejection"
    MENU_TYPED = "menu_typed"
    MINUTES_WAITED = "minutes_waited"


class Source(StrEnum):
    CUSTOMER = "customer"
    ORDER = "order"
    CONTACT = "contact"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Known:
    """One thing we know. `value` is plain text, dates as ISO 8601; `reference` is the order's number or the contact's
    id; `as_of` is when it was last true for sure; `confirm` asks to check it in private before acting on it.
    """

    topic: Topic
    value: str
    source: Source
    as_of: datetime | None = None
    reference: str | None = None
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What the customer wrote at one moment, with the facts found in it."""

    text: str
    at: datetime
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the customer's own."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """`orders` are all orders, the one this is about first; `missing` names the topics to ask for, in private."""

    known: tuple[Known, ...]
    missing: tuple[Topic, ...]
    facts_side: tuple[Quote, ...] = ()
    feeling_side: tuple[Quote, ...] = ()
    orders: tuple[Order, ...] = ()


def brief(file: File | None, said: Sequence[Said], now: datetime) -> Brief:
    """What stands beside the case. Without a file we only ask for an order number, and not even that when it was
    given.
    """
    orders = relevant_first(file.orders, said) if file else ()
    known = [*(_of_file(file, orders, now) if file else ()), *_of_words(said)]
    facts_side, feeling_side = _sides(said)
    unique: dict[tuple[Topic, str, bool], Known] = {}
    for each in known:  # what the customer repeats is not told twice, but a contact stands beside their own words
        unique.setdefault((each.topic, each.value.casefold(), each.source is Source.CONTACT), each)
    told = tuple(sorted(unique.values(), key=lambda each: tuple(Topic).index(each.topic)))
    return Brief(told, _missing(file, told), facts_side, feeling_side, orders)


def relevant_first(orders: Sequence[Order], said: Sequence[Said]) -> tuple[Order, ...]:
    """The order that the customer names, else whose product words they use, else the latest."""
    named = {
        spelling
        for each in said
        for number in values(each.facts, "order_number")
        for spelling in order_spellings(number)
    }
    named |= {code for each in said for code in values(each.facts, "tracking_code")}
    words = _words(" ".join(each.text[:MOST_READ] for each in said))
    return tuple(
        sorted(
            orders, key=lambda order: (_is_named(order, named), _overlap(order, words), order.ordered_at), reverse=True
        )
    )


def _is_named(order: Order, named: set[str]) -> bool:
    return (order.tracking or "").upper() in named or not named.isdisjoint(order_spellings(order.number))


def _overlap(order: Order, words: set[str]) -> int:
    return len(_words(" ".join(line.product for line in order.lines)) & words)


def _words(text: str) -> set[str]:
    """Words of four letters and more, cut to their first six, so that "sok" and "sokken" differ but "wandelsok(ken)"
    meet.
    """
    return {word[:6] for word in re.findall(r"[^\W\d_]{4,}", text[:10_000].lower())}


def _of_file(file: File, orders: Sequence[Order], now: datetime) -> Iterator[Known]:
    yield from _of_customer(file.customer, max((order.ordered_at for order in orders), default=None), now)
    for order in orders[:1]:
        yield from _of_order(order)
    for contact in file.contacts:
        yield from _of_contact(contact)


def _of_customer(customer: Customer, last_order: datetime | None, now: datetime) -> Iterator[Known]:
    """An address was last right when the latest order went there."""
    as_of = last_order or customer.created_at
    old = as_of is None or now - as_of > CONFIRM_AFTER
    address = _line(customer.address)
    for topic, value, confirm in (
        (Topic.NAME, customer.name, False),
        (Topic.ADDRESS, address, old),
        (Topic.EMAIL, customer.email, False),
        (Topic.PHONE, customer.phone, False),
    ):
        if value:
            yield Known(topic, value, Source.CUSTOMER, as_of, customer.id, confirm)


def _line(address: Address) -> str:
    town = " ".join(part for part in (address.postcode, address.city) if part)
    return ", ".join(part for part in (address.street, town, address.country) if part)


def _of_order(order: Order) -> Iterator[Known]:
    status_at = {"delivered": order.delivered_at, "shipped": order.shipped_at}.get(order.status)
    products = ", ".join(
        f"{line.quantity}× {line.product}" if line.quantity != 1 else line.product for line in order.lines
    )
    sizes = ", ".join(dict.fromkeys(line.size for line in order.lines if line.size))
    for topic, value, at in (
        (Topic.ORDER_NUMBER, order.number, order.ordered_at),
        (Topic.PRODUCT, products, order.ordered_at),
        (Topic.SIZE, sizes, order.ordered_at),
        (Topic.PURCHASE_DATE, order.ordered_at.isoformat(), order.ordered_at),
        (Topic.DELIVERY_STATUS, order.status, status_at or order.ordered_at),
    ):
        if value:
            yield Known(topic, value, Source.ORDER, at, order.number)


def _of_contact(contact: Contact) -> Iterator[Known]:
    typed = " › ".join(part for part in (contact.menu, contact.typed) if part)
    refused = (contact.answered or contact.asked or contact.channel) if contact.outcome == "rejected" else None
    waited = None if contact.minutes_waited is None else str(contact.minutes_waited)
    for topic, value in ((Topic.EARLIER_REJECTION, refused), (Topic.MENU_TYPED, typed), (Topic.MINUTES_WAITED, waited)):
        if value:
            yield Known(topic, value, Source.CONTACT, contact.at, contact.id)


_IN_WORDS = {
    "order_number": Topic.ORDER_NUMBER,
    "email": Topic.EMAIL,
    "phone": Topic.PHONE,
    "rejection": Topic.EARLIER_REJECTION,
}
_MINUTES = re.compile(r"PT(\d+)M")
_QUEUED = re.compile(r"\b(?:wacht|wachten|wachtrij|wachtstand|gewacht|lijn|telefoon|bel|bellen|gebeld)\b", re.I)


def _of_words(said: Sequence[Said]) -> Iterator[Known]:
    """What the customer told us themselves: asking that again would be the worst."""
    for each in said:
        for fact in each.facts:
            minutes = _MINUTES.fullmatch(fact.value) if fact.kind == "duration" else None
            if fact.kind in _IN_WORDS:
                value = fact.text if fact.kind == "rejection" else fact.value
                yield Known(_IN_WORDS[fact.kind], value, Source.MENTION, each.at)
            elif minutes and _QUEUED.search(each.text[:MOST_READ]):
                yield Known(Topic.MINUTES_WAITED, minutes[1], Source.MENTION, each.at)


def _missing(file: File | None, known: Sequence[Known]) -> tuple[Topic, ...]:
    topics = {each.topic for each in known}
    if file is None:
        return () if Topic.ORDER_NUMBER in topics else (Topic.ORDER_NUMBER,)
    return tuple(topic for topic in (Topic.ORDER_NUMBER, Topic.ADDRESS) if topic not in topics)


_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\w)[^.!?\n]*)*[.!?]*")
_FELT = re.compile(
    r"\b(?:boos|woest|kwaad|pissig|laaiend|razend|furieus|belachelijk|schandalig|schande|bizar|absurd"
    r"|onacceptabel|onbegrijpelijk"
    r"|teleurgesteld|teleurstell\w+|balen|baal|jammer|verdriet\w*|huil\w*|tranen|zorgen|bang|ongerust|stress"
    r"|frustr\w+|irritant"
    r"|zat|beu|schaam\w*|schamen|triest|vervelend|slecht|waardeloos|respectloos|onbeschoft|machteloos|radeloos"
    r"|wanhopig|moedeloos"
    r"|niet serieus|nooit meer|klaar mee|vertrouw\w*|in de steek|afgescheept|voor (?:gek|lul)|rot|erg"
    r"|verschrikkelijk|gvd|wtf)\b",
    re.I,
)
_FEELS, _TELLS = {"duration", "count", "rejection"}, {"order_number", "tracking_code", "date", "amount", "product"}


def _sides(said: Sequence[Said]) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """What went wrong, and how it felt (waiting and repeating are felt); a sentence with both stands on both sides."""
    went_wrong, felt = [], []
    for each in said:
        for match in _SENTENCE.finditer(each.text[:MOST_READ]):
            sentence = match.group().strip()
            kinds = {fact.kind for fact in each.facts if match.start() <= fact.start < match.end()}
            feels = bool(kinds & _FEELS) or _FELT.search(sentence) is not None
            if feels:
                felt.append(Quote(sentence, each.at))
            if re.search(r"\w", sentence) and (kinds & _TELLS or not feels):
                went_wrong.append(Quote(sentence, each.at))
    return tuple(went_wrong), tuple(felt)
