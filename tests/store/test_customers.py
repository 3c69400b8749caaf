"""Customers, orders and contacts: imported again they replace what stood there; the book answers for one brand."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from socialwatch.domain.customer import Address, Contact, OrderLine
from socialwatch.store import customers
from socialwatch.store.customers import Book
from socialwatch.store.unit import Database


@pytest.fixture
def book(database: Database, fakes: Any) -> Book:
    return Book(database, fakes.BRAND, fakes.Clock())


def test_a_customer_comes_back_whole_and_a_second_import_replaces_the_first(
    database: Database, fakes: Any, book: Book
) -> None:
    first = fakes.customer(
        "k1",
        "facebook:12",
        "x:marieke",
        email="Marieke@Example.nl",
        phone="0612",
        address=Address("Dorpsstraat 1", "1234 AB", "Ede", "NL"),
        language="nl",
        created_at=fakes.START,
    )
    moved = replace(first, handles=("x:marieke",), address=replace(first.address, city="Gent"))
    for each in (first, moved):
        with database.write() as unit:
            assert customers.import_customers(unit, [fakes.customer("k1"), each], fakes.START) == 1
    assert book.by_handle(["x:marieke"]) == [replace(moved, email="marieke@example.nl")]
    assert book.by_handle(["X:MARIEKE"]) == book.by_handle(["x:marieke"])
    assert book.by_handle(["facebook:12"]) == []
    assert [each.id for each in book.by_email("MARIEKE@example.NL")] == ["k1"]


def test_orders_are_replaced_with_all_their_lines(database: Database, fakes: Any, book: Book) -> None:
    order = fakes.order("SK-1", gift_wrap=True, card_text="Hoera", wished_date=date(2026, 11, 23))
    shorter = replace(order, status="returned", lines=(OrderLine("Muts", 1, None, None, None),))
    two = replace(order, lines=(*order.lines, OrderLine("Muts")))
    for each in (two, shorter):
        with database.write() as unit:
            customers.import_customers(unit, [fakes.customer("k1")], fakes.START)
            customers.import_orders(unit, [each])
        (found,) = book.by_order("SK-1")
        assert found.id == "k1"
        file = book.file("k1")
        assert file is not None
        assert file.orders == (each,)
    assert book.by_order("sk-1") == []


def test_a_file_is_newest_first(database: Database, fakes: Any, book: Book) -> None:
    def contact(number: str, hours: int) -> Contact:
        return Contact(number, "k1", "telefoon", fakes.START + timedelta(hours=hours), 20, "3", "1", brand=fakes.BRAND)

    orders = [fakes.order("A", ordered_at=fakes.START), fakes.order("B", ordered_at=fakes.START + timedelta(days=1))]
    with database.write() as unit:
        customers.import_customers(unit, [fakes.customer("k1")], fakes.START)
        customers.import_orders(unit, orders)
        assert customers.import_contacts(unit, [contact("1", 1), contact("2", 5), contact("1", 2)]) == 2
        assert customers.counts(unit, fakes.BRAND) == {"customers": 1, "orders": 2, "contacts": 2}
    file = book.file("k1")
    assert file is not None
    assert [each.number for each in file.orders] == ["B", "A"]
    assert file.contacts == (contact("2", 5), contact("1", 2))
    assert file.as_of == fakes.START
    assert book.file("k2") is None


def test_another_brand_has_its_own_book(database: Database, fakes: Any) -> None:
    with database.write() as unit:
        customers.import_customers(unit, [fakes.customer("k1", "x:marieke", email="m@x.nl")], fakes.START)
        customers.import_orders(unit, [fakes.order("SK-1")])
    other = Book(database, "ander", fakes.Clock())
    assert other.by_handle(["x:marieke"]) == other.by_email("m@x.nl") == other.by_order("SK-1") == []
    assert other.file("k1") is None


def test_many_rows_at_once(database: Database, fakes: Any, book: Book) -> None:
    with database.write() as unit:
        customers.import_customers(unit, [fakes.customer(f"k{each}", f"x:h{each}") for each in range(500)], fakes.START)
        customers.import_orders(unit, [fakes.order(f"SK-{each}", f"k{each % 500}") for each in range(1000)])
    assert [each.id for each in book.by_handle(["x:h499", "x:h3"])] == ["k3", "k499"]


def test_those_of_the_town_come_first_and_never_too_many(database: Database, fakes: Any, book: Book) -> None:
    there = fakes.customer("z1", "x:els", name="Els de Vries", address=Address(city="Zwolle"))
    many = [fakes.customer(f"k{each:03}", name="Jan de VRIES", address=Address(city="Gent")) for each in range(80)]
    with database.write() as unit:
        customers.import_customers(unit, [*many, there, fakes.customer("a1", name="Jan Jansen")], fakes.START)
    found = book.by_name("Marieke de Vries", "ZWOLLE")
    assert found[0] == there
    assert len(found) == customers.MOST_LIKE
    assert {each.name for each in found[1:]} == {"Jan de VRIES"}
    assert book.by_name("Marieke de Vries", None)[0].id == "k000"
    assert book.by_name("", None) == []


def test_a_phone_is_found_however_it_was_written(database: Database, fakes: Any, book: Book) -> None:
    with database.write() as unit:
        customers.import_customers(unit, [fakes.customer("k1", phone="06 - 12 34 56 78")], fakes.START)
    assert [each.id for each in book.by_phone("+31612345678")] == ["k1"]
    assert book.by_phone("+31612345679") == []
