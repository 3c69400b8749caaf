"""What customers bought lately and for how much, for many of them at once: an estimate needs no more."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select

from socialwatch.domain.likely import Bought
from socialwatch.store.tables import order, order_line
from socialwatch.store.unit import Unit

LATEST = 5  # orders per customer


_BRAND: BindParameter[Any] = bindparam("brand")
_THEIRS = (order.c.brand == _BRAND) & order.c.customer_id.in_(bindparam("customers", expanding=True))
_PLACE = func.row_number().over(partition_by=order.c.customer_id, order_by=order.c.ordered_at.desc())
_RANKED = (
    select(order.c.number, order.c.customer_id, order.c.ordered_at, _PLACE.label("place"))
    .where(_THEIRS, order.c.currency == "EUR")
    .subquery()
)
_BOUGHT = (
    select(_RANKED.c.customer_id, _RANKED.c.number, order_line.c.product, order_line.c.price_cents)
    .join(order_line, (order_line.c.brand == _BRAND) & (order_line.c.number == _RANKED.c.number))
    .where(_RANKED.c.place <= LATEST, order_line.c.price_cents > 0)
    .order_by(_RANKED.c.customer_id, _RANKED.c.ordered_at.desc(), order_line.c.position)
)


def of_customers(unit: Unit, brand: str, customers: Iterable[str]) -> dict[str, list[Bought]]:
    """The priced lines of each one's latest orders in euros, newest first, from what we last heard of their system."""
    wanted = sorted(set(customers))
    found: dict[str, list[Bought]] = {}
    for row in unit.run(_BOUGHT, {"brand": brand, "customers": wanted}) if wanted else ():
        price = Decimal(row.price_cents) / 100
        found.setdefault(row.customer_id, []).append(Bought(row.number, row.product, price))
    return found
