"""Refresh: what an order system elsewhere tells is copied, and a case never waits for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from socialwatch.domain.freshness import Copy, Trouble, is_old
from socialwatch.domain.mention import Author
from socialwatch.errors import Halted, Refused, Unavailable
from socialwatch.steps import refresh
from socialwatch.store import copies, customers, queue
from socialwatch.store.tables import event
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

ME = Author("a1", "marieke", "Marieke de Vries", 100)


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    """A shop elsewhere that knows Marieke by the name she gave, with one order."""
    made = fakes.World(database)
    made.shop.kind = "woocommerce"
    made.shop.customers = [fakes.customer("k1", "x:marieke")]
    made.shop.orders = [fakes.order("SK-1")]
    return made


def arrive(world: Any, fakes: Any) -> Any:
    world.bring(fakes.mention(1, "een klacht", author=ME))
    corridor.drain(world.parts)
    return world.stored(1)


def file(world: Any) -> Any:
    with world.database.read() as unit:
        return customers.file_of(unit, "sokkerij", "k1", world.clock())


def copy(world: Any) -> Copy | None:
    with world.database.read() as unit:
        return copies.of(unit, "sokkerij", "k1")


def open_case(world: Any, number: int) -> None:
    world.put(refresh.job("sokkerij", number))
    corridor.drain(world.parts)


def test_whoever_is_linked_comes_with_their_orders(world: Any, fakes: Any) -> None:
    found = arrive(world, fakes)
    assert world.case(found.case_id).customer_id == "k1"
    assert [each.number for each in file(world).orders] == ["SK-1"]
    assert copy(world) == Copy(fakes.START, fakes.START)


def test_of_whoever_is_offered_nothing_is_copied(world: Any, fakes: Any) -> None:
    world.shop.customers.append(fakes.customer("k2", "x:marieke"))
    found = arrive(world, fakes)
    assert world.case(found.case_id).customer_id is None
    assert file(world) is None
    assert copy(world) is None


def test_what_is_known_is_not_replaced_by_less(world: Any, fakes: Any) -> None:
    with world.database.write() as unit:
        customers.import_customers(unit, [fakes.customer("k1", "x:marieke", email="m@voorbeeld.example")], fakes.START)
        copies.meet(unit, [fakes.customer("k1")], fakes.START)
    assert file(world).customer.email == "m@voorbeeld.example"


def test_opening_a_case_brings_what_changed_and_tells_the_page(world: Any, fakes: Any) -> None:
    number = arrive(world, fakes).case_id
    world.shop.orders = [fakes.order("SK-1", status="returned"), fakes.order("SK-2")]
    before = len(fakes.rows(world.database, event, event.c.kind == "case"))
    world.clock.forward(minutes=11)
    open_case(world, number)
    assert {each.number: each.status for each in file(world).orders} == {"SK-1": "returned", "SK-2": "delivered"}
    assert len(fakes.rows(world.database, event, event.c.kind == "case")) == before + 1


@pytest.mark.parametrize(
    ("problem", "trouble"),
    [
        (Unavailable("weg"), Trouble.AWAY),
        (Halted("sleutel"), Trouble.REFUSED),
        (Refused("nee"), Trouble.REFUSED),
    ],
)
def test_a_shop_that_fails_leaves_what_was_known(world: Any, fakes: Any, problem: Exception, trouble: Trouble) -> None:
    number = arrive(world, fakes).case_id
    world.clock.forward(hours=3)
    world.shop.problem = problem
    open_case(world, number)
    assert [each.number for each in file(world).orders] == ["SK-1"]
    assert copy(world) == Copy(fakes.START, world.clock(), trouble)
    assert ("refresh", number, "ready") not in world.jobs()
    world.shop.problem = None
    open_case(world, number)
    assert copy(world) == Copy(world.clock(), world.clock())


def test_a_customer_that_the_shop_forgot_stays_with_us(world: Any, fakes: Any) -> None:
    number = arrive(world, fakes).case_id
    world.shop.customers.clear()
    open_case(world, number)
    assert file(world).customer.name == "Marieke de Vries"
    assert copy(world).trouble is Trouble.GONE  # type: ignore[union-attr]


def test_a_shop_of_our_own_tables_is_not_copied(world: Any, fakes: Any) -> None:
    world.shop.kind = "table"
    number = arrive(world, fakes).case_id
    open_case(world, number)
    assert copy(world) is None
    assert file(world) is None  # the fake keeps them elsewhere than a real table does


def test_a_case_without_a_customer_asks_nothing(world: Any, fakes: Any) -> None:
    world.shop.customers.clear()
    number = arrive(world, fakes).case_id
    with world.database.write() as unit:
        queue.put(unit, [refresh.job("sokkerij", number)])
    parts = world.parts
    corridor.drain(parts)
    assert parts.shops["sokkerij"].asked.get("file", 0) == 0


def test_a_shop_that_was_away_is_asked_later_who_this_is(world: Any, fakes: Any) -> None:
    world.shop.problem = Unavailable("weg")
    found = arrive(world, fakes)
    assert world.case(found.case_id).customer_id is None
    assert ("reidentify", found.id, "ready") in world.jobs()
    world.shop.problem = None
    world.hurry()
    corridor.drain(world.parts)
    assert world.stored(1).customer_id == "k1"
    assert world.case(found.case_id).customer_id == "k1"
    assert not [each for each in world.jobs() if each[0] == "reidentify"]


def test_a_shop_that_stays_away_is_given_up_in_the_end(world: Any, fakes: Any) -> None:
    world.shop.problem = Unavailable("weg")
    arrive(world, fakes)
    for _ in range(6):
        world.hurry()
        corridor.drain(world.parts)
    assert not [each for each in world.jobs() if each[0] == "reidentify"]


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEN = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("known", "old"),
    [
        (None, True),
        (Copy(None, NOW), True),
        (Copy(NOW - timedelta(minutes=9), NOW), False),
        (Copy(NOW - TEN, NOW - TEN), True),
        (Copy(NOW - TEN, NOW - timedelta(seconds=29), Trouble.AWAY), False),
        (Copy(NOW - TEN, NOW - timedelta(seconds=30), Trouble.AWAY), True),
    ],
)
def test_when_to_ask_anew(known: Copy | None, old: bool) -> None:
    assert is_old(known, NOW, TEN) is old


def test_what_does_not_fit_is_cut_and_kept(world: Any, fakes: Any) -> None:
    """PostgreSQL refuses what is too long, and a NUL."""
    long = "é\x00" + "x" * 50_000
    who = fakes.customer("k1", f"x:{long}", name=long, phone=long, email=long)
    order = fakes.order("SK-1", status=long, currency="EURO", card_text=long, tracking=long)
    lines = (replace(order.lines[0], product=long, size=long, sku=long, quantity=10**12),)
    told = refresh.Fetched(
        refresh.Wanted(1, "sokkerij", "k1"),
        refresh.File(who, (replace(order, lines=lines), fakes.order("9" * 90)), (), NOW),
    )
    with world.database.write() as unit:
        refresh.write(unit, [told], NOW)
    kept = file(world)
    assert [each.number for each in kept.orders] == ["SK-1"], "a number that is cut is another number"
    assert len(kept.customer.name) == 200
    assert "\x00" not in kept.customer.name
    assert len(kept.orders[0].lines[0].size) == 40
    assert kept.orders[0].currency == "EUR"
