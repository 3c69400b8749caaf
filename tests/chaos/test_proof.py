"""The proof itself: it must see what is lost and what is doubled, or a row that holds says nothing."""

import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from socialwatch.steps import line as trip
from socialwatch.store import queue, sources
from socialwatch.store.tables import line, mention
from socialwatch.store.unit import Database, Unit
from socialwatch.worker import corridor
from tests.chaos import leaders, proof, roles, trial
from tests.chaos.roles import Stage, committed, outcome
from tests.chaos.timeline import SOURCE, Timeline

POSTS = 30
Harm = Callable[[Unit], Any]


@pytest.fixture
def done(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Thirty posts, polled and worked to their end in this process, with the outcomes counted."""
    trial.prepare(url)
    monkeypatch.setattr(queue, "ack", roles.counting(queue.ack))
    stage = Stage(url)
    stage.tally.add("head", POSTS)
    database = Database(url, pool_size=4)
    parts = roles.parts(stage, database, {SOURCE: Timeline(stage.tally, random.Random(1))})
    with database.write() as unit:
        term = sources.lead(unit, "poll", "me", 60.0)
    assert term is not None
    trip.poll_source(parts, SOURCE, term, 1.0)
    corridor.drain(parts)
    yield database
    database.close()


def test_all_well_is_counted_as_well(done: Database) -> None:
    found = proof.count(done, POSTS)
    assert (found["mentions"], found["cases"], found["posts"]) == (POSTS, POSTS // 3, POSTS)
    assert [found[each] for each in ("lost", "doubled", "stray", "left", "dead")] == [0, 0, 0, 0, 0]
    assert proof.integrity(done) == "ok"


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        (lambda unit: unit.run(insert(outcome).values(step="route", subject=_one(unit), at=0.0)), "doubled"),
        (
            lambda unit: unit.run(delete(outcome).where(outcome.c.step == "assess", outcome.c.subject == _one(unit))),
            "lost",
        ),
        (lambda unit: unit.run(delete(line).where(line.c.mention_id == _one(unit))), "stray"),
        (lambda unit: queue.put(unit, [queue.NewJob("merk", "route", _one(unit))]), "left"),
    ],
    ids=["done twice", "never read", "in no case", "still waiting"],
)
def test_what_is_wrong_is_seen(done: Database, harm: Harm, seen: str) -> None:
    with done.write() as unit:
        harm(unit)
    assert proof.count(done, POSTS)[seen] > 0


def test_a_post_that_never_came_is_lost(done: Database) -> None:
    # The post, and the owner that its furious author should have got.
    assert proof.count(done, POSTS + 1)["lost"] == 2


def _one(unit: Unit) -> int:
    return int(unit.run(select(mention.c.id).where(mention.c.native_id == "7")).scalar_one())


@pytest.mark.parametrize(("terms", "backward"), [((1, 1, 2, 2, 3), 0), ((1, 2, 1, 2), 1)])
def test_a_page_of_a_past_leader_is_seen(url: str, terms: tuple[int, ...], backward: int) -> None:
    trial.prepare(url)
    database = Database(url, pool_size=2)
    with database.write() as unit:
        for each in terms:
            unit.run(insert(committed).values(term=each, process=os.getpid() + each))
    found = leaders.log(database)
    database.close()
    assert (found["pages"], found["terms"], found["backward"], found["shared"]) == (
        len(terms),
        len(set(terms)),
        backward,
        0,
    )
