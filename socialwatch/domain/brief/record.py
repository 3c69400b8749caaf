"""Record: what the order system and the earlier contacts tell of this customer and the order that is meant."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from socialwatch.domain.brief.meant import Meant, lines_meant
from socialwatch.domain.brief.promised import promises
from socialwatch.domain.brief.tried import tried
from socialwatch.domain.brief.words import Known, Said, Source, Topic, Why
from socialwatch.domain.customer import Address, Contact, Customer, File, Order, OrderLine, Return

CONFIRM_AFTER = timedelta(days=365)
RECENT_CALL = timedelta(days=14)
_REFUSED = ("reject", "refus", "weiger", "afgewezen", "afgekeurd", "denied", "declined")


def of_file(file: File, about: Meant, said: Sequence[Said], now: datetime) -> Iterator[Known]:
    """Everything the order system knows that bears on this matter. Of an order only when it is sure which one."""
    yield from _of_customer(file, now)
    if about.order is not None:
        yield from _of_order(about.order, lines_meant(about.order, said), about.typo)
    else:
        yield from _one_size(file.orders)
    for contact in file.contacts:
        yield from _of_contact(contact, about.order, now)


def _of_customer(file: File, now: datetime) -> Iterator[Known]:
    """An address was last right when the latest order went there, and not to somebody else."""
    customer = file.customer
    seen = max((order.ordered_at for order in file.orders), default=customer.created_at)
    home = [order.ordered_at for order in file.orders if order.ship_to is None and order.recipient is None]
    lived = max(home, default=customer.created_at)
    old = Why.OLD if lived is None or now - lived > CONFIRM_AFTER else None
    for topic, value, at, confirm in (
        (Topic.NAME, customer.name, seen, None),
        (Topic.ADDRESS, line(customer.address), lived, old),
        (Topic.EMAIL, customer.email, seen, None),
        (Topic.PHONE, customer.phone, seen, None),
    ):
        if value:
            yield Known(topic, value, Source.CUSTOMER, at, customer.id, confirm)


def line(address: Address) -> str:
    """An address on one line."""
    town = " ".join(part for part in (address.postcode, address.city) if part)
    return ", ".join(part for part in (address.street, town, address.country) if part)


def same_home(customer: Customer, written: str) -> bool:
    """Whether an address in somebody's words is the one we have."""
    ours, theirs = _bare(line(customer.address)), _bare(written)
    return bool(ours) and (theirs in ours or ours in theirs)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _of_order(order: Order, lines: tuple[OrderLine, ...], typo: str | None) -> Iterator[Known]:
    typed = Why.TYPED_OTHERWISE if typo else None
    yield Known(Topic.ORDER_NUMBER, order.number, Source.ORDER, order.ordered_at, order.number, typed)
    named = ", ".join(f"{many}× {name}" if many != 1 else name for name, many in _counted(lines).items())
    sizes = ", ".join(dict.fromkeys(each.size for each in lines if each.size))
    for topic, value in ((Topic.PRODUCT, named), (Topic.SIZE, sizes), (Topic.PURPOSE, _gift(order))):
        if value:
            yield Known(topic, value, Source.ORDER, order.ordered_at, order.number)
    bought = order.ordered_at.isoformat()
    yield Known(Topic.PURCHASE_DATE, bought, Source.ORDER, order.ordered_at, order.number)
    yield from _on_its_way(order)
    yield from _warranty(order, lines)
    yield from _came_back(order)


def _counted(lines: tuple[OrderLine, ...]) -> dict[str, int]:
    """How many of each product, whatever their sizes."""
    found: dict[str, int] = {}
    for each in lines:
        found[each.product] = found.get(each.product, 0) + each.quantity
    return found


def _gift(order: Order) -> str:
    """For whom it is, as far as the order tells: the recipient's name and town, never more of a third person."""
    town = order.ship_to.city if order.ship_to else None
    if order.recipient:
        return f"voor {order.recipient}" + (f" in {town}" if town else "")
    return "cadeau" if order.gift_wrap or order.card_text else ""


def _on_its_way(order: Order) -> Iterator[Known]:
    """One status for the order, and of each parcel its code."""
    parcels = order.shipments
    arrived = [each for each in parcels if each.delivered_at or each.status == "delivered"]
    status, at = order.status, {"delivered": order.delivered_at, "shipped": order.shipped_at}.get(order.status)
    if len(parcels) > 1 and 0 < len(arrived) < len(parcels):
        status, at = f"{len(arrived)}/{len(parcels)}", max((each.delivered_at for each in arrived if each.delivered_at),
                                                           default=None)  # fmt: skip
    elif len(parcels) == 1 and parcels[0].status and order.status in ("shipped", "packed"):
        status, at = parcels[0].status, parcels[0].delivered_at or parcels[0].shipped_at
    if status:
        yield Known(Topic.DELIVERY_STATUS, status, Source.ORDER, at or order.ordered_at, order.number)
    codes = {each.tracking: each.carrier for each in parcels if each.tracking}
    if order.tracking:
        codes.setdefault(order.tracking, order.carrier)
    for code, carrier in codes.items():
        value = f"{carrier} {code}" if carrier else code
        yield Known(Topic.TRACKING, value, Source.ORDER, order.shipped_at or order.ordered_at, order.number)


def _warranty(order: Order, lines: tuple[OrderLine, ...]) -> Iterator[Known]:
    ends = {each.warranty_until for each in lines}
    for each in lines:
        if each.warranty_until is not None:
            about = each.product if len(ends) > 1 else None
            until = each.warranty_until.isoformat()
            yield Known(Topic.WARRANTY_END, until, Source.ORDER, order.ordered_at, order.number, about=about)


def _came_back(order: Order) -> Iterator[Known]:
    for each in order.returns:
        what = ", ".join(each.products) or None
        yield Known(Topic.RETURNED, each.status, Source.ORDER, each.at, order.number, about=what)
        if each.answer and _is_refused(each):
            yield Known(Topic.EARLIER_REJECTION, each.answer, Source.ORDER, each.at, order.number)
    for back in order.refunds:
        value = f"{back.amount:.2f} {order.currency}"
        yield Known(Topic.REFUNDED, value, Source.ORDER, back.at, order.number, about=back.reason)


def _is_refused(returned: Return) -> bool:
    return any(word in returned.status.lower() for word in _REFUSED)


def _one_size(orders: Sequence[Order]) -> Iterator[Known]:
    """Whichever order it is, a size that all of them share need not be asked."""
    sizes = {each.size for order in orders for each in order.lines}
    if len(orders) > 1 and len(sizes) == 1 and (size := sizes.pop()):
        yield Known(Topic.SIZE, size, Source.ORDER, max(order.ordered_at for order in orders))


def _of_contact(contact: Contact, order: Order | None, now: datetime) -> Iterator[Known]:
    """What an earlier contact left behind. Of another order it tells nothing here; solved, it is soon old news."""
    if order is not None and contact.order_number and contact.order_number != order.number:
        return
    if contact.outcome == "rejected":
        refused = contact.answered or contact.asked or contact.channel
        yield Known(Topic.EARLIER_REJECTION, refused, Source.CONTACT, contact.at, contact.id)
    if contact.outcome == "solved" and now - contact.at > RECENT_CALL:
        return
    by_hand = contact.typed if contact.menu or contact.channel == "phone" else None  # a mail has no menu
    typed = " › ".join(part for part in (contact.menu, by_hand) if part)
    waited = None if contact.minutes_waited is None else str(contact.minutes_waited)
    for topic, value in ((Topic.MENU_TYPED, typed), (Topic.MINUTES_WAITED, waited)):
        if value:
            yield Known(topic, value, Source.CONTACT, contact.at, contact.id)
    for done in tried(contact.asked or "", reported=True):
        yield Known(Topic.TRIED, done, Source.CONTACT, contact.at, contact.id)
    for promise in promises(contact.answered or "", ours=True):
        yield Known(Topic.PROMISE, promise, Source.CONTACT, contact.at, contact.id)
