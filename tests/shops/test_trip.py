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
from socialwatch.steps import refresh
from socialwatch.store import copies, customers
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
