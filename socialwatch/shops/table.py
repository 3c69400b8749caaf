"""The order system for brands without one: what `socialwatch import` put in our own tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from socialwatch.domain.customer import Customer, File, Shop


class Table:
    """Asks the book of imported customers; wiring hands the book over, because SQL lives in the store."""

    kind = "table"

    def __init__(self, book: Any) -> None:
        self._book = book

    def by_handle(self, handles: Sequence[str]) -> list[Customer]:
        return list(self._book.by_handle(handles))

    def by_order(self, number: str) -> list[Customer]:
        return list(self._book.by_order(number))

    def by_email(self, email: str) -> list[Customer]:
        return list(self._book.by_email(email))

    def file(self, customer_id: str) -> File | None:
        found: File | None = self._book.file(customer_id)
        return found


def connect(section: Mapping[str, Any]) -> Shop:
    return Table(section["book"])
