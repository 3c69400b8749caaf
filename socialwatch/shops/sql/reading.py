"""Reading: rows of a foreign database as customers, orders and contacts, by the names that an imported file has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from socialwatch.domain import ledger
from socialwatch.domain.customer import Contact, Customer, Order
from socialwatch.errors import Refused
from socialwatch.shops.sql.keys import OF

Row = Mapping[str, Any]
MOMENTS = frozenset({"created_at", "ordered_at", "shipped_at", "delivered_at", "at"})
_NO_LINE = {"product": "onbekend"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """How one order system's rows are to be understood."""

    brand: str
    zone: ZoneInfo

    def customers(self, name: str, rows: Iterable[Row]) -> list[Customer]:
        return _each(name, rows, lambda row: ledger.customer_of(self._plain(row), self.brand))

    def contacts(self, rows: Iterable[Row]) -> list[Contact]:
        return _each("contacts", rows, lambda row: ledger.contact_of(self._plain(row), self.brand))

    def orders(self, heads: Iterable[Row], below: Mapping[str, Iterable[Row]]) -> list[Order]:
        """`below` holds the rows of lines, shipments, returns and refunds, each with the number of its order."""
        parts = {name: self._by_number(rows) for name, rows in below.items()}
        return _each("orders", heads, lambda head: self._order(head, parts))

    def _order(self, head: Row, parts: Mapping[str, Mapping[str, list[Row]]]) -> Order:
        number = str(head.get("number"))
        found = {name: of.get(number, []) for name, of in parts.items()}
        bought = found.get("lines")
        order = ledger.order_of({**self._plain(head), **found, "lines": bought or [_NO_LINE]}, self.brand)
        return order if bought else replace(order, lines=())

    def _by_number(self, rows: Iterable[Row]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(str(row.get("number")), []).append(self._plain(row))
        return found

    def _plain(self, row: Row) -> dict[str, Any]:
        """As a file would have it: text, whole numbers, moments with their zone."""
        return {name: self._value(name, value) for name, value in row.items() if value is not None}

    def _value(self, name: str, value: Any) -> Any:
        if name in MOMENTS:
            return self._moment(value)
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else str(round(value, 2))
        return str(value) if isinstance(value, Decimal | UUID) else value

    def _moment(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value.strip())
            except ValueError:
                return value
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if not isinstance(value, datetime):
            return value
        try:
            return (value if value.tzinfo else value.replace(tzinfo=self.zone)).astimezone(UTC).isoformat()
        except OverflowError:
            return value.isoformat()


def _each(name: str, rows: Iterable[Row], make: Callable[[Row], T]) -> list[T]:
    """One odd row does not hide the others; when every row is odd the query is. Raises Refused with the reason."""
    found: list[T] = []
    reason = ""
    for row in rows:
        try:
            found.append(make(row))
        except ValueError as problem:
            reason = str(problem)
    if reason and not found:
        raise Refused(f"queries.{name} van {OF}: {reason}.")
    return found
