"""What customers bought lately and for how much, for many of them at once: an estimate needs no more."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import func, select

from socialwatch.domain.likely import Bought
from socialwatch.store.tables import order, order_line
from socialwatch.store.unit import Unit

LATEST = 5  # orders per customer


def of_customers(unit: Unit, brand: str, customers: Iterable[str]) -> dict[str, list[Bought]]:
    """The priced lines of each one's latest orders in euros, newest first, from what we last heard of their system."""
    wanted = sorted(set(customers))
    if not wanted:
        return {}
    place = func.row_number().over(partition_by=order.c.customer_id, order_by=order.c.ordered_at.desc())
    theirs = (order.c.brand == brand) & order.c.customer_id.in_(wanted) & (order.c.currency == "EUR")
    latest = select(order.c.number, order.c.customer_id, order.c.ordered_at, place.label("place")).where(theirs)
    ranked = latest.subquery()
    here = (order_line.c.brand == brand) & (order_line.c.number == ranked.c.number)
    query = (
        select(ranked.c.customer_id, ranked.c.number, order_line.c.product, order_line.c.price_cents)
        .join(order_line, here)
        .where(ranked.c.place <= LATEST, order_line.c.price_cents > 0)
        .order_by(ranked.c.customer_id, ranked.c.ordered_at.desc(), order_line.c.position)
    )
    found: dict[str, list[Bought]] = {}
    for row in unit.run(query):
        price = Decimal(row.price_cents) / 100
        found.setdefault(row.customer_id, []).append(Bought(row.number, row.product, price))
    return found
