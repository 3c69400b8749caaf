"""Renew: what has to be there by a day weighs more when that day comes nearer, whoever told of it."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.agent import Presence
from socialwatch.domain.mention import Author
from socialwatch.domain.when import local_day
from socialwatch.steps import present, renew
from socialwatch.store import customers
from socialwatch.store.unit import Database
from socialwatch.worker import corridor

ME = Author("a1", "marieke", "Marieke de Vries", 100)


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def arrive(world: Any, *found: Any) -> list[Any]:
    for each in found:
        world.bring(each)
        corridor.drain(world.parts)
    return [world.stored(each.id, each.channel) for each in found]


def grounds(world: Any, number: int) -> dict[str, float]:
    return {each["ground"]: each["figure"] for each in world.case(number).reasons}


def test_a_day_comes_nearer_and_is_weighed_anew_each_morning(world: Any, fakes: Any) -> None:
    (found,) = arrive(world, fakes.mention(1, "klacht, mijn dochter is vrijdag jarig"))
    before, done = world.case(found.case_id).static, local_day(fakes.START)
    assert grounds(world, found.case_id)["deadline"] == 5
    for left in (5, 4, 3, 2, 1, 0):
        assert renew.run(world.database, [fakes.BRAND], done, world.clock()) == local_day(world.clock())
        corridor.drain(world.parts)
        assert grounds(world, found.case_id)["deadline"] == left
        done = local_day(world.clock())
        world.clock.forward(days=1)
    assert world.case(found.case_id).static > before
    renew.run(world.database, [fakes.BRAND], done, world.clock())
    corridor.drain(world.parts)
    assert "deadline" not in grounds(world, found.case_id), "what is past presses no more"
    assert renew.run(world.database, [fakes.BRAND], local_day(world.clock()), world.clock()) == local_day(world.clock())
    assert world.jobs() == [], "once a day"


def test_a_wished_day_of_the_order_still_weighs_when_the_case_is_weighed_anew(world: Any, fakes: Any) -> None:
    """A colleague signs in, and what waited is routed again; nobody asks the order system then."""
    wished = (fakes.START + timedelta(days=2)).date()
    marieke = fakes.customer("k1", "x:marieke")
    order = fakes.order("SK-1", wished_date=wished, status="shipped", ordered_at=fakes.START)
    world.shop.customers, world.shop.orders = [marieke], [order]
    with world.database.write() as unit:
        customers.import_customers(unit, [marieke], fakes.START)
        customers.import_orders(unit, [order])
    (found,) = arrive(world, fakes.mention(1, "woedend", author=ME))
    assert grounds(world, found.case_id)["deadline"] == 2
    freek = world.colleague()
    with world.database.write() as unit:
        present.be(unit, freek, Presence.AVAILABLE, world.clock())
    corridor.drain(world.parts)
    assert grounds(world, found.case_id)["deadline"] == 2
    world.clock.forward(days=1)
    renew.run(world.database, [fakes.BRAND], local_day(fakes.START), world.clock())
    corridor.drain(world.parts)
    assert grounds(world, found.case_id)["deadline"] == 1


def test_a_day_that_is_past_does_not_hide_one_that_is_to_come(world: Any, fakes: Any) -> None:
    arrive(world, fakes.mention(1, "klacht, ik ben morgen jarig", author=ME))
    world.clock.forward(days=2)
    second = "klacht, en mijn dochter is vrijdag jarig"
    (found,) = arrive(world, fakes.mention(2, second, author=ME, created_at=world.clock()))
    assert world.stored(1).case_id == found.case_id
    assert grounds(world, found.case_id)["deadline"] == 3
