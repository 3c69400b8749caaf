"""Any database as an order system: the queries stand in the configuration, and we only read (docs/shops/sql.md)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from socialwatch.domain.channel import Finding
from socialwatch.domain.customer import Customer, File, Order, Shop
from socialwatch.domain.identity import name_key
from socialwatch.errors import SocialwatchError
from socialwatch.shops.sql import door
from socialwatch.shops.sql.keys import LISTS, OF, Settings, settings
from socialwatch.shops.sql.reading import Reader

BELOW = ("lines", "shipments", "returns", "refunds")


class Sql:
    """One database. What a query is not there for is not known: no candidates, no contacts, and so on."""

    kind = "sql"

    def __init__(self, found: Settings, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._found = found
        self._engine = engine
        self._clock = clock
        self._reader = Reader(found.brand, found.zone)

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        return self._customers("by_handle", {"handles": [each.lower() for each in handles]}) if handles else []

    def by_order(self, number: str) -> list[Customer]:
        return self._customers("by_order", {"number": number})

    def by_email(self, email: str) -> list[Customer]:
        return self._customers("by_email", {"email": email.lower()})

    def by_phone(self, number: str) -> list[Customer]:
        """`national` is the number as it is dialled at home: 0612345678."""
        national = f"0{number[3:]}" if number[:3] in ("+31", "+32") else number
        return self._customers("by_phone", {"phone": number, "national": national})

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        surname = name_key(name)
        return self._customers("by_name", {"name": name, "surname": surname, "city": city}) if surname else []

    def file(self, customer_id: str) -> File | None:
        found = self._customers("customer", {"customer_id": customer_id})
        if not found:
            return None
        contacts = self._reader.contacts(self._ask("contacts", {"customer_id": customer_id}))
        return File(
            found[0],
            tuple(self._orders(customer_id)),
            tuple(sorted(contacts, key=lambda each: each.at, reverse=True)),
            self._clock(),
        )

    def check(self) -> list[Finding]:
        """Every query is tried with a value that fits nobody."""
        return list(self._tried())

    def close(self) -> None:
        """Let go of the connections that were kept for the next question."""
        self._engine.dispose()

    def _tried(self) -> Iterator[Finding]:
        for name, query in self._found.queries.items():
            values = {each: ["0"] if each in LISTS else "0" for each in query.compile().params}
            try:
                self._ask(name, values)
            except SocialwatchError as problem:
                yield Finding(False, f"{str(problem).rstrip('.')}.")
            else:
                yield Finding(True, f"queries.{name} van {OF} werkt.")

    def _ask(self, name: str, values: Mapping[str, Any]) -> list[door.Row]:
        query = self._found.queries.get(name)
        if query is None:
            return []
        used = query.compile().params
        given = {key: value for key, value in values.items() if key in used}
        return door.ask(self._engine, (name, query), given)

    def _customers(self, name: str, values: Mapping[str, Any]) -> list[Customer]:
        """Rows with an id and no name are looked up one by one."""
        rows = self._ask(name, values)
        whole = [row for row in rows if row.get("name") is not None]
        ids = dict.fromkeys(str(row["id"]) for row in rows if row.get("name") is None and row.get("id") is not None)
        if name != "customer":
            whole += [each for id_ in ids for each in self._ask("customer", {"customer_id": id_})]
        unique = {each.id: each for each in self._reader.customers(name, whole)}
        return list(unique.values())

    def _orders(self, customer_id: str) -> list[Order]:
        heads = self._ask("orders", {"customer_id": customer_id})
        numbers = [head["number"] for head in heads if head.get("number") is not None]
        below = {name: self._ask(name, {"numbers": numbers}) for name in BELOW if numbers}
        whole = [{"customer_id": customer_id, **head} for head in heads]
        return sorted(self._reader.orders(whole, below), key=lambda each: each.ordered_at, reverse=True)


def connect(section: Mapping[str, Any]) -> Shop:
    """Nothing is asked yet. Raises Misconfigured naming the key."""
    found = settings({key: value for key, value in section.items() if key != "book"})
    return Sql(found, door.opened(found), section["book"].clock)
