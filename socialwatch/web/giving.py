"""What the dossier shows of what the owner may do: the menu and its costs, what was done, promises, other ways."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from socialwatch.domain.agent import Agent, Role
from socialwatch.domain.customer import Order
from socialwatch.domain.gesture import SIDES, Gesture, Kind, Side
from socialwatch.domain.mandate import Band, Standing, decide
from socialwatch.domain.menu import Menu, Usual
from socialwatch.domain.promise import Found, promises
from socialwatch.domain.reply import ReplyState
from socialwatch.store import agents, aside, gestures
from socialwatch.store import promises as kept
from socialwatch.store.aside import Done
from socialwatch.store.dossier import Dossier
from socialwatch.store.promises import Promise
from socialwatch.store.unit import Unit

OFFERED_FOR = timedelta(hours=24)  # how long after a reply its promises are offered
LOOKED_BACK = timedelta(days=90)
ORDERS = 6
# What comes from the shelf costs what it costs.
BY_PRICE = frozenset({Kind.REPLACEMENT, Kind.REFUND, Kind.DOUBLE})
WITH_ITEM = BY_PRICE | {Kind.REPAIR, Kind.RETURN_LABEL}
LEAD = "je teamleider"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order that something can be done about; `cost` in euros for the whole line, None when unknown."""

    key: str
    order: str
    product: str
    quantity: int
    size: str | None
    sku: str | None
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One gesture on the menu: `band` is what the click does at the usual cost."""

    kind: Kind
    usual: Usual
    cost: Decimal
    band: Band
    with_item: bool
    by_price: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A promise found in a reply that is not in the diary yet; `number` is its place among those of the reply."""

    reply_id: int
    number: int
    found: Found


@dataclass(frozen=True, slots=True)
class Giving:
    """`lead` is who is asked; `key` makes one click of one page one gesture; `products` are by sku, `places` by gesture
    the address at which an order system shows what it made of it.
    """

    owed: Sequence[Choice]
    extra: Sequence[Choice]
    items: Sequence[Item]
    products: Mapping[str, str]
    done: Sequence[Gesture]
    promises: Sequence[Promise]
    offered: Sequence[Offered]
    aside: Sequence[Done]
    rules: Sequence[str]
    lead: str
    key: str
    places: Mapping[int, str]


def giving(unit: Unit, who: Agent, found: Dossier, menu: Menu, standing: Standing) -> Giving:
    """Everything the panel shows for this person."""
    number, brand = found.case.id, found.case.brand
    items = list(_items(found))
    choices = [_choice(kind, menu[kind], items, (who, standing)) for kind in Kind]
    made = kept.of_case(unit, number)
    return Giving(
        owed=[each for each in choices if SIDES[each.kind] is Side.OWED],
        extra=[each for each in choices if SIDES[each.kind] is Side.EXTRA],
        items=items,
        products={each.sku: each.product for each in items if each.sku},
        done=gestures.of_case(unit, number),
        promises=[each for each in made if each.open],
        offered=list(_offered(found, made)),
        aside=aside.of_case(unit, number),
        rules=aside.names(unit, brand, found.case.last_at - LOOKED_BACK),
        lead=lead_of(unit, who),
        key=str(uuid.uuid4()),
        places={
            each.detail["gesture"]: each.detail["url"] for each in found.lines if each.detail.get("event") == "carried"
        },
    )


def lead_of(unit: Unit, who: Agent) -> str:
    """Whom this person asks, by name when there is just one."""
    leads = [each.name for each in agents.everyone(unit, who.brand) if each.role is Role.LEAD and each.id != who.id]
    return leads[0] if len(leads) == 1 else LEAD


def _choice(kind: Kind, usual: Usual, items: Sequence[Item], whose: tuple[Agent, Standing]) -> Choice:
    who, standing = whose
    shelf = items[0].cost if kind in BY_PRICE and items and not usual.cost else None
    cost = shelf if shelf is not None else usual.cost
    decided = decide(who.mandate, kind, cost, standing)
    return Choice(kind, usual, cost, decided, kind in WITH_ITEM, kind in BY_PRICE)


def _items(found: Dossier) -> Iterator[Item]:
    """The lines of the latest orders; an order that the customer named comes first."""
    if found.file is None:
        return
    said = " ".join(each.mention.text for each in found.posts.values() if not each.mention.own)
    orders = sorted(found.file.orders[: 4 * ORDERS], key=lambda each: each.number not in said)
    for order in orders[:ORDERS]:
        yield from items_of(order)


def items_of(order: Order) -> Iterator[Item]:
    for place, line in enumerate(order.lines):
        known = line.price is not None and order.currency == "EUR"
        cost = line.price * line.quantity if line.price is not None and known else None
        yield Item(f"{order.number}|{place}", order.number, line.product, line.quantity, line.size, line.sku, cost)


def _offered(found: Dossier, made: Sequence[Promise]) -> Iterator[Offered]:
    """Promises in our latest replies that nobody put in the diary or waved away."""
    settled = {(each.reply_id, each.what) for each in made}
    latest = found.case.last_at - OFFERED_FOR
    gone = (ReplyState.FAILED, ReplyState.UNKNOWN, ReplyState.TAKEN_BACK, ReplyState.GONE)
    for told in found.replies:
        if told.created_at < latest or told.state in gone:
            continue
        for place, each in enumerate(promises(told.text, told.created_at)):
            if (told.id, each.what) not in settled:
                yield Offered(told.id, place, each)
