"""Notify: the owner hears once per notifier, and nobody hears twice because another one failed."""

from typing import Any

import pytest

from socialwatch.errors import Refused, Unavailable
from socialwatch.steps import hand_over
from socialwatch.steps.hand_over import Handing
from socialwatch.store import cases, notifications, queue, undoing
from socialwatch.store.tables import notification
from socialwatch.store.unit import Database
from socialwatch.worker import corridor


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


def escalate(world: Any, fakes: Any, *numbers: int) -> list[int]:
    world.bring(*(fakes.mention(each, "woedend") for each in numbers))
    corridor.drain(world.parts)
    return [world.stored(each).case_id for each in numbers]


def test_the_owner_hears_which_case_without_any_personal_data(world: Any, fakes: Any) -> None:
    world.colleague()
    (case,) = escalate(world, fakes, 1)
    (notice,) = world.log.told
    assert notice.link == f"http://desk/dossier/{case}"
    assert "hoge frustratie" in notice.text
    assert "Marieke" not in notice.title + notice.text
    (row,) = fakes.rows(world.database, notification)
    assert (row["kind"], row["delivered_at"], row["reason"]) == ("log", fakes.START, None)


def test_the_same_case_again_tells_nobody_again(world: Any, fakes: Any) -> None:
    world.colleague()
    (case,) = escalate(world, fakes, 1)
    world.put(queue.NewJob(fakes.BRAND, "notify", case))
    corridor.drain(world.parts)
    assert len(world.log.told) == 1


@pytest.mark.parametrize("problem", [Unavailable("Slack is er even niet.")])
def test_a_notifier_that_is_away_is_tried_again_and_the_attempt_stands_there(
    world: Any, fakes: Any, problem: Exception
) -> None:
    world.colleague()
    world.log.problems = [problem, problem]
    escalate(world, fakes, 1)
    (row,) = fakes.rows(world.database, notification)
    assert (row["delivered_at"], row["reason"]) == (None, str(problem))
    for _ in range(3):
        world.hurry()
        corridor.drain(world.parts)
    assert len(world.log.told) == 1
    assert fakes.rows(world.database, notification)[0]["reason"] is None


def test_a_hand_over_that_was_undone_tells_nobody_any_more(world: Any, fakes: Any) -> None:
    freek = world.colleague()
    (number,) = escalate(world, fakes, 1)
    noor, wall, before = world.colleague("Noor"), fakes.START, len(world.log.told)
    world.log.problems = [Unavailable("Slack is er even niet.")] * 3
    with world.database.write() as unit:
        stood, known = undoing.before(unit, [number]), cases.by_id(unit, number)
        hand_over.give(unit, known, freek, Handing(noor.id), world.clock())
        undo = undoing.keep(unit, freek, stood, [known], wall)
    corridor.drain(world.parts)
    with world.database.write() as unit:
        assert list(notifications.waiting(unit)) == [noor.id]
        assert undoing.take_back(unit, freek, undo, wall) == [number]
    world.log.problems = []
    world.hurry()
    corridor.drain(world.parts)
    assert len(world.log.told) == before
    with world.database.read() as unit:
        assert notifications.waiting(unit) == {}


@pytest.mark.parametrize("problem", [Refused("Dit adres mag niet."), TypeError("a bug in the notifier")])
def test_what_is_refused_or_broken_is_written_down_and_the_others_hear_once(
    world: Any, fakes: Any, problem: Exception
) -> None:
    world.colleague()
    world.log.problems = [problem]
    escalate(world, fakes, 1, 2, 3)
    for _ in range(3):
        world.hurry()
        corridor.drain(world.parts)
    assert len(world.log.told) == 2
    reasons = [each["reason"] for each in fakes.rows(world.database, notification)]
    assert len([each for each in reasons if each]) == 1
    assert [each for each in world.jobs() if each[0] in ("notify", "tell")] == []


def test_two_notifiers_of_one_person_are_told_apart(world: Any, fakes: Any) -> None:
    world.colleague(notify={"log": "Freek", "mail": "mailto://freek"})
    escalate(world, fakes, 1)
    rows = {each["kind"]: each for each in fakes.rows(world.database, notification)}
    assert rows["log"]["delivered_at"] == fakes.START
    assert rows["mail"]["reason"] == "De melder mail staat niet ingesteld."
    assert len(world.log.told) == 1


def test_a_case_without_an_owner_tells_nobody(world: Any, fakes: Any) -> None:
    (case,) = escalate(world, fakes, 1)
    world.put(queue.NewJob(fakes.BRAND, "notify", case))
    corridor.drain(world.parts)
    assert fakes.count(world.database, notification) == 0
