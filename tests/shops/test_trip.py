"""One complaint with a real HTTP shop behind it: known, copied, refreshed, and no worse off when the shop is away."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from socialwatch.domain.customer import Address, Customer, Order, OrderLine
from socialwatch.domain.freshness import Trouble
from socialwatch.domain.mention import Author
from socialwatch.plugs import load
from socialwatch.steps import line, refresh
from socialwatch.store import copies, customers
from socialwatch.store.customers import Book
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

ME = Author("a1", "MariekeVries", "Marieke", 100)
MARIEKE = Customer(
    "101",
    "Marieke de Vries",
    "marieke@voorbeeld.example",
    "0612345678",
    Address("Dorp 1", "6711 AA", "Ede", "NL"),
    None,
    ("x:mariekevries",),
)


@pytest.fixture
def there(stands: Any, tmp_path: Path, fakes: Any) -> Iterator[Any]:
    made = stands.stand("woocommerce", folder=tmp_path)
    made.section = made.start()
    at = fakes.START - timedelta(days=90)
    made.put([MARIEKE], [Order("50001", "101", at, "processing", (OrderLine("Wollen sokken", 2, "S1", "39-42"),))])
    yield made
    made.stop()


@pytest.fixture
def world(database: Database, fakes: Any, there: Any) -> Any:
    made = fakes.World(database)
    made.shop = load("shops", "woocommerce", there.section)
    return made


def known(world: Any) -> Any:
    with world.database.read() as unit:
        return customers.file_of(unit, "sokkerij", "101", world.clock())


def standing(world: Any) -> Any:
    with world.database.read() as unit:
        return copies.of(unit, "sokkerij", "101")


def test_from_complaint_to_orders_on_the_desk(world: Any, there: Any, fakes: Any) -> None:
    world.bring(fakes.mention(1, "klacht: gat in mijn sok", author=ME))
    corridor.drain(world.parts)
    number = world.stored(1).case_id
    assert world.case(number).customer_id == "101"
    assert [(each.number, each.lines[0].size) for each in known(world).orders] == [("50001", "39-42")]

    there.orders[50001]["status"] = "cancelled"
    world.put(refresh.job("sokkerij", number))
    corridor.drain(world.parts)
    assert known(world).orders[0].status == "cancelled"

    there.fault("html", times=99)
    world.put(refresh.job("sokkerij", number))
    corridor.drain(world.parts)
    assert standing(world).trouble is Trouble.AWAY
    assert standing(world).fetched_at is not None
    assert known(world).orders[0].status == "cancelled"


def test_a_name_given_at_the_checkout_is_known_before_it_is_needed(world: Any, there: Any, fakes: Any) -> None:
    """WooCommerce itself does not search that field; the order was made in the month before."""
    there.searchable = ()
    there.people[101]["meta_data"] = []
    there.orders[50001]["date_modified_gmt"] = "2026-11-20T10:00:00"
    world.shop = load("shops", "woocommerce", there.section | {"book": Book(world.database, "sokkerij", world.clock)})
    assert line.glean_all(world.parts) == []
    assert [each.id for each in world.shop.by_handle(["x:mariekevries"])] == ["101"]
    world.bring(fakes.mention(1, "klacht: gat in mijn sok", author=ME))
    corridor.drain(world.parts)
    assert world.stored(1).customer_id == "101"
    assert [each.number for each in known(world).orders] == ["50001"]

    there.fault("401", times=9)
    (failed,) = line.glean_all(world.parts)
    assert "consumer_key" in failed
    there.faults.clear()
    asked = len(there.asked)
    assert line.glean_all(world.parts) == []
    assert there.asked[asked].query["modified_after"] == "2026-11-22T09:55:00"


def test_gleaning_forgets_nothing(world: Any, fakes: Any) -> None:
    with world.database.write() as unit:
        copies.learn(unit, [fakes.customer("101", "x:een")], fakes.START)
        copies.learn(unit, [fakes.customer("101", "x:twee"), fakes.customer("101", "x:een")], fakes.START)
    assert known(world).customer.handles == ("x:een", "x:twee")
