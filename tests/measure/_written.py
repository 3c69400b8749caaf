"""Written cases: a file of customers, orders, contacts and posts, with what should be known of each, read into values.

Lines start with a word: klant, order, contact, retour, terug (refund), klaagt, vraagt, wenst, prijst, meldt (their
posts), ander (a bystander's), wij (our answer), belofte, eerder, eerder-wij; then weet, ook, niet and mist say what
must be listed, may be, must not be, and is to be asked. Ages are in days before NOW.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from socialwatch.domain.assessment import Kind
from socialwatch.domain.behalf import behalf
from socialwatch.domain.brief.words import Answered, Matter, Promised, Said, Topic
from socialwatch.domain.customer import (
    Address,
    Contact,
    Customer,
    File,
    Order,
    OrderLine,
    Refund,
    Return,
    Shipment,
)
from socialwatch.domain.facts import facts

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
KINDS = {
    "klaagt": Kind.COMPLAINT,
    "vraagt": Kind.QUESTION,
    "wenst": Kind.REQUEST,
    "prijst": Kind.PRAISE,
    "meldt": Kind.REPORT,
}
Fact = tuple[str, str, bool | None]  # topic, value, whether it must be marked as doubtful


@dataclass
class Written:
    """One case; `missing` is None when its writer leaves that open."""

    name: str
    customer: Customer | None = None
    orders: list[Order] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    earlier: list[Said] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    promised: list[Promised] = field(default_factory=list)
    known: list[Fact] = field(default_factory=list)
    allowed: list[Fact] = field(default_factory=list)
    banned: list[Fact] = field(default_factory=list)
    missing: tuple[Topic, ...] | None = None

    @property
    def matter(self) -> Matter:
        file = File(self.customer, tuple(self.orders), tuple(self.contacts), NOW) if self.customer else None
        whose = next((found for each in self.said if (found := behalf(each.text))), None)
        said = tuple(sorted(self.said, key=lambda each: each.at))
        return Matter(file, said, tuple(self.answered), tuple(self.promised), tuple(self.earlier), whose)


def read(file: Path) -> list[Written]:
    """All cases of a file; a blank line or # says nothing. Raises ValueError naming the line that is not understood."""
    cases: list[Written] = []
    for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("== "):
            cases.append(Written(line[3:].strip()))
        elif line.strip() and not line.startswith("#"):
            try:
                _take(cases[-1], line)
            except (KeyError, IndexError, ValueError, StopIteration) as problem:
                raise ValueError(f"{file.name}, line {place}: {problem!r}") from problem
    return cases


def _take(case: Written, line: str) -> None:
    word, _, rest = line.partition(" ")
    parts = [part.strip() for part in rest.split("|")]
    if word in KINDS:
        case.said.append(_post(parts, KINDS[word], "zij", "k1" if case.customer else None))
    elif word == "ander":
        case.said.append(_post(parts, Kind.COMPLAINT, "iemand anders", None))
    elif word in _TAKERS:
        _TAKERS[word](case, parts)
    else:
        case_list = {"weet": case.known, "ook": case.allowed, "niet": case.banned}[word]
        for each in rest.split(";"):
            case_list.extend(_facts(case, each.strip(), word))


def _ago(days: str) -> datetime:
    return NOW - timedelta(days=float(days))


def _post(parts: Sequence[str], kind: Kind, author: str, customer: str | None, case: int | None = None) -> Said:
    text = parts[1].replace("\\n", "\n")
    return Said(text, _ago(parts[0]), facts(text), kind, case, "x", author, customer)


def _klant(case: Written, parts: Sequence[str]) -> None:
    """Name | e-mail | phone | street, postcode town | days a customer; "-" is unknown."""
    name, email, phone, home, since = (None if part == "-" else part for part in parts)
    street, _, town = (home or "").partition(", ")
    postcode, _, city = town.rpartition(" ") if town else ("", "", "")
    address = Address(street or None, postcode or None, city or None)
    case.customer = Customer("k1", name or "", email, phone, address, created_at=_ago(since or "0"))


def _order(case: Written, parts: Sequence[str]) -> None:
    """Number | days | status | product / size / w=warranty ; … | voor NAME @ TOWN | cadeau | volg CARRIER CODE |
    bezorgd DAYS | pakket STATUS CODE.
    """
    values: dict[str, object] = {}
    parcels: list[Shipment] = []
    for extra in parts[4:]:
        word, _, rest = extra.partition(" ")
        match word:
            case "voor":
                name, _, town = rest.partition(" @ ")
                values |= {"recipient": name, "ship_to": Address("Elders 1", "1234 AB", town or None)}
            case "cadeau":
                values["gift_wrap"] = True
            case "volg":
                carrier, _, code = rest.rpartition(" ")
                values |= {"carrier": carrier or None, "tracking": code}
            case "bezorgd":
                values["delivered_at"] = _ago(rest)
            case "pakket":
                status, _, code = rest.partition(" ")
                parcels.append(Shipment("PostNL", code or None, None, status))
            case _:
                raise ValueError(extra)
    lines = tuple(_line(each) for each in parts[3].split(";"))
    case.orders.append(
        Order(parts[0], "k1", _ago(parts[1]), parts[2], lines, shipments=tuple(parcels), **values)  # type: ignore[arg-type]
    )
    case.orders.sort(key=lambda each: each.ordered_at, reverse=True)


def _line(written: str) -> OrderLine:
    product, *more = (part.strip() for part in written.split(" / "))
    until = next((date.fromisoformat(part[2:]) for part in more if part.startswith("w=")), None)
    size = next((part for part in more if not part.startswith("w=")), None)
    count, _, name = product.partition("x ")
    quantity, product = (int(count), name) if count.isdigit() else (1, product)
    return OrderLine(product, quantity, None, size, Decimal("20"), until)


def _change(case: Written, number: str, **changes: object) -> None:
    from dataclasses import replace

    place = next(place for place, each in enumerate(case.orders) if each.number == number)
    case.orders[place] = replace(case.orders[place], **changes)  # type: ignore[arg-type]


def _retour(case: Written, parts: Sequence[str]) -> None:
    order = next(each for each in case.orders if each.number == parts[0])
    back = Return(_ago(parts[1]), parts[2], answer=parts[3] if len(parts) > 3 else None)
    _change(case, parts[0], returns=(*order.returns, back))


def _terug(case: Written, parts: Sequence[str]) -> None:
    order = next(each for each in case.orders if each.number == parts[0])
    _change(case, parts[0], refunds=(*order.refunds, Refund(_ago(parts[1]), Decimal(parts[2]))))


def _contact(case: Written, parts: Sequence[str]) -> None:
    """Channel | days | minutes | menu | typed | asked | answered | outcome | order."""
    given = [None if part in ("-", "") else part for part in [*parts, *["-"] * (9 - len(parts))]]
    channel, days, minutes, menu, typed, asked, answered, outcome, number = given
    waited = int(minutes) if minutes else None
    key = f"c{len(case.contacts) + 1}"
    case.contacts.append(
        Contact(key, "k1", channel or "", _ago(days or "0"), waited, menu, typed, asked, answered, outcome, number)
    )


def _eerder(case: Written, parts: Sequence[str]) -> None:
    case.earlier.append(_post(parts, Kind.COMPLAINT, "zij", "k1", 7))


def _mist(case: Written, parts: Sequence[str]) -> None:
    case.missing = tuple(Topic(each.strip()) for each in parts[0].split(";") if each.strip() != "-")


_TAKERS = {
    "klant": _klant,
    "order": _order,
    "retour": _retour,
    "terug": _terug,
    "contact": _contact,
    "eerder": _eerder,
    "mist": _mist,
    "wij": lambda case, parts: case.answered.append(Answered(parts[1], _ago(parts[0]))),
    "eerder-wij": lambda case, parts: case.answered.append(Answered(parts[1], _ago(parts[0]), 7)),
    "belofte": lambda case, parts: case.promised.append(Promised(parts[1], _ago(parts[0]), _ago(parts[2]))),
}


def _facts(case: Written, written: str, word: str) -> list[Fact]:
    """`klant`, an order's number (`NR/2` for its second line alone), `c1` for a contact, or topic=value; a ? marks what
    must be told with a doubt.
    """
    topic, equals, value = written.partition("=")
    doubted = topic.endswith("?")
    topic = topic.rstrip("?")
    if equals:
        return [(Topic(topic).value, value, None if word == "niet" else doubted)]
    if topic == "klant":
        return _of_customer(case, doubted=doubted)
    if topic.startswith("c") and topic[1:].isdigit():
        return _of_contact(case.contacts[int(topic[1:]) - 1])
    number, _, place = topic.rpartition("/") if topic[-2:-1] == "/" else (topic, "", "")
    order = next(each for each in case.orders if each.number == number)
    chosen = order.lines if not place else (order.lines[int(place) - 1],)
    return [("order_number", number, doubted), *_of_order(order, chosen)]


def _of_customer(case: Written, *, doubted: bool) -> list[Fact]:
    known = case.customer
    if known is None:
        raise ValueError("there is no customer")
    town = " ".join(part for part in (known.address.postcode, known.address.city) if part)
    home = ", ".join(part for part in (known.address.street, town) if part)
    told = (("name", known.name), ("address", home), ("email", known.email), ("phone", known.phone))
    return [(topic, value, doubted and topic == "address") for topic, value in told if value]


def _of_order(order: Order, lines: Sequence[OrderLine]) -> list[Fact]:
    parcels = [each.tracking for each in order.shipments if each.tracking]
    arrived = sum(each.status == "delivered" for each in order.shipments)
    some = 0 < arrived < len(order.shipments)
    told: list[tuple[str, str]] = [
        ("purchase_date", order.ordered_at.date().isoformat()),
        ("delivery_status", f"{arrived}/{len(order.shipments)}" if some else order.status),
        *(("product", each.product) for each in lines),
        *(("size", each.size) for each in lines if each.size),
        *(("warranty_end", each.warranty_until.isoformat()) for each in lines if each.warranty_until),
        *(("tracking", f"PostNL {code}") for code in parcels),
        *(("returned", each.status) for each in order.returns),
        *(("earlier_rejection", each.answer) for each in order.returns if each.answer),
        *(("refunded", f"{each.amount:.2f} EUR") for each in order.refunds),
    ]
    if order.tracking:
        told.append(("tracking", f"{order.carrier} {order.tracking}" if order.carrier else order.tracking))
    if order.recipient or order.gift_wrap:
        told.append(("purpose", f"voor {order.recipient}" if order.recipient else "cadeau"))
    return [(topic, value, False) for topic, value in told]


def _of_contact(contact: Contact) -> list[Fact]:
    typed = " › ".join(part for part in (contact.menu, contact.typed) if part)
    waited = None if contact.minutes_waited is None else str(contact.minutes_waited)
    refused = contact.answered if contact.outcome == "rejected" else None
    told = (("menu_typed", typed), ("minutes_waited", waited), ("earlier_rejection", refused))
    return [(topic, value, False) for topic, value in told if value]
