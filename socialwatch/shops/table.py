"""The order system for brands without one: what `socialwatch import` put in our own tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from socialwatch.domain.channel import Finding
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

    def by_phone(self, number: str) -> list[Customer]:
        return list(self._book.by_phone(number))

    def by_name(self, name: str, city: str | None) -> list[Customer]:
        return list(self._book.by_name(name, city))

    def file(self, customer_id: str) -> File | None:
        found: File | None = self._book.file(customer_id)
        return found

    def check(self) -> list[Finding]:
        return [Finding(True, "Klanten en bestellingen komen uit wat hier is ingelezen.")]


def connect(section: Mapping[str, Any]) -> Shop:
    return Table(section["book"])
