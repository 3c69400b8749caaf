"""Posts that arrive after a merge land in the case that goes on, and one that was split off is weighed by itself."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain.mention import Author
from socialwatch.store import cases, merging
from socialwatch.store.merging import Pair, Parting
from socialwatch.store.unit import Database
from socialwatch.worker import corridor
from tests.steps.test_route import ME, arrive

OTHER = Author("a2", "sanne", "Sanne Bakker", 10)


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def test_later_posts_of_either_land_in_the_case_that_goes_on(world: Any, fakes: Any) -> None:
    who = world.colleague("Freek")
    mine, theirs = arrive(
        world, fakes.mention(1, "een klacht", author=ME), fakes.mention(2, "een andere vraag", author=OTHER)
    )
    assert mine.case_id != theirs.case_id
    with world.database.write() as unit:
        keep = merging.merge(unit, who, Pair(mine.case_id, theirs.case_id), world.clock())
    corridor.drain(world.parts)
    for number, author in ((3, OTHER), (4, ME)):
        (later,) = arrive(world, fakes.mention(number, "nog een klacht", author=author))
        assert later.case_id == keep
    with world.database.write() as unit:
        gone = merging.undo(unit, who, keep, world.clock() + timedelta(minutes=5))
    corridor.drain(world.parts)
    assert {world.stored("1").case_id, world.stored("2").case_id} == {keep, gone}


def test_a_customer_whose_case_was_merged_comes_home_on_another_channel(world: Any, fakes: Any) -> None:
    who = world.colleague("Freek")
    sanne = fakes.customer("k2", "x:sanne", "facebook:f9", name="Sanne Bakker")
    world.shop.customers = [fakes.customer("k1", "x:marieke"), sanne]
    mine, theirs = arrive(
        world, fakes.mention(1, "een klacht", author=ME), fakes.mention(2, "een andere vraag", author=OTHER)
    )
    with world.database.write() as unit:
        keep = merging.merge(unit, who, Pair(mine.case_id, theirs.case_id), world.clock())
    (later,) = arrive(
        world, fakes.mention(3, "nog een klacht", author=Author("f9", None, "Sanne", 1), channel="facebook")
    )
    assert (later.customer_id, later.case_id) == ("k2", keep)
    assert world.case(keep).customer_id == "k1"


def test_what_was_split_off_is_weighed_by_itself(world: Any, fakes: Any) -> None:
    who = world.colleague("Freek")
    mild, grave = arrive(world, fakes.mention(1, "een vraag", author=ME), fakes.mention(2, "woedend", author=ME))
    assert mild.case_id == grave.case_id
    with world.database.write() as unit:
        new = merging.split(unit, who, Parting(mild.case_id, [grave.id], who.id), world.clock())
    corridor.drain(world.parts)
    assert new is not None
    with world.database.read() as unit:
        left, gone = cases.by_id(unit, mild.case_id), cases.by_id(unit, new)
    assert (left.level, gone.level) == (0, 3)
    assert gone.static > left.static
