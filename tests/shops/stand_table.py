"""The order system of brands without one: our own tables."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from socialwatch.domain.customer import Customer, Order
from socialwatch.store import customers as store
from socialwatch.store.customers import Book
from socialwatch.store.unit import Database

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class Stand:
    kind = "table"
    secrets = ()
    remote: ClassVar[bool] = False
    lacks: ClassVar[frozenset[str]] = frozenset()
    setting: ClassVar[str] = ""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database

    def start(self) -> dict[str, Any]:
        return {"brand": "sokkerij", "book": Book(self._database, "sokkerij", lambda: NOW)}

    def stop(self) -> None:
        return None

    def put(self, customers: Sequence[Customer], orders: Sequence[Order]) -> None:
        with self._database.write() as unit:
            store.import_customers(unit, customers, NOW)
            store.import_orders(unit, orders)
