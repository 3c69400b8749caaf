"""Promises as timers: what is due is what nobody kept or dropped, soonest first."""

from datetime import timedelta
from typing import Any

import pytest

from socialwatch.store import promises
from socialwatch.store.promises import Promise
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def test_what_is_due_and_what_is_not_any_more(world: Any, fakes: Any) -> None:
    who = world.colleague()
    world.bring(fakes.mention(1, "klacht"))
    corridor.drain(world.parts)
    case, now = world.stored(1).case_id, world.clock()
    with world.database.write() as unit:
        numbers = [
            promises.make(
                unit, Promise(0, who.brand, case, who.id, None, f"belofte {hours}", now, now + timedelta(hours=hours))
            )
            for hours in (3, 1, 2, 9)
        ]
        made = [promises.of_brand(unit, who.brand, each) for each in numbers]
        assert promises.keep(unit, made[0], now)
        assert promises.drop(unit, made[2], now)
        assert not promises.keep(unit, made[2], now)
        assert not promises.move(unit, made[0], now, now)
        assert promises.move(unit, made[3], now + timedelta(minutes=5), now)
    later = now + timedelta(hours=4)
    with world.database.read() as unit:
        assert [each.what for each in promises.due(unit, later)] == ["belofte 9", "belofte 1"]
        assert promises.due(unit, later, "buren") == []
        assert promises.due(unit, now) == []
        assert promises.of_brand(unit, "buren", numbers[0]) is None
        assert [each.open for each in promises.of_case(unit, case)] == [True, True, False, False]
