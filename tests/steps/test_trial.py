"""Trial: whether somebody's address works is found out by a job, and written down without the address."""

from typing import Any

import pytest

from socialwatch.errors import Refused, Unavailable
from socialwatch.store import addresses, queue
from socialwatch.store.tables import audit
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


@pytest.mark.parametrize("problem", [None, Unavailable("weg"), Refused("nooit"), TypeError("mailto://geheim")])
def test_a_trial_is_tried_once_and_its_outcome_noted(world: Any, fakes: Any, problem: Exception | None) -> None:
    freek = world.colleague(notify={"log": "mailto://geheim", "weg": "x"})
    world.log.problems = [problem] if problem else []
    detail = {"by": freek.id, "kinds": ["log", "weg", "fax"]}
    world.put(queue.NewJob(fakes.BRAND, "trial", freek.id, detail=detail))
    corridor.drain(world.parts)
    assert [each.title for each in world.log.told] == ([] if problem else ["Proefbericht"])
    rows = fakes.rows(world.database, audit)
    assert [(each["subject"], each["what"]) for each in rows] == [
        (f"trial:{freek.id}:log", "trial_lost" if problem else "trial_came"),
        (f"trial:{freek.id}:weg", "trial_lost"),
    ]
    assert world.jobs() == []
    with world.database.read() as unit:
        assert addresses.trials(unit, freek)[f"trial:{freek.id}:log"].came is (problem is None)
