"""Audit: the heartbeat sounds after a clean look at everything, and after nothing else; on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from socialwatch.domain.agent import Presence
from socialwatch.domain.audit import UNTOLD
from socialwatch.domain.channel import Page
from socialwatch.domain.health import LATE
from socialwatch.errors import Unavailable
from socialwatch.steps import audit, line
from socialwatch.store import cases, queue
from socialwatch.store.tables import case, escalation, job, notification, source
from socialwatch.store.unit import Database, open_units
from socialwatch.worker import corridor


class Beats:
    """An outside guard that counts, and may be away."""

    def __init__(self) -> None:
        self.heard = 0
        self.problem: Exception | None = None

    def __call__(self) -> None:
        assert open_units() == 0, "the outside was asked while a unit was open"
        if self.problem is not None:
            raise self.problem
        self.heard += 1


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    return fakes.World(database)


@pytest.fixture
def beats() -> Beats:
    return Beats()


def look(world: Any, beats: Beats) -> list[str]:
    return line.audit_all(world.parts, beats, UNTOLD)


def change(world: Any, table: Any, *conditions: Any, **values: Any) -> None:
    with world.database.write() as unit:
        unit.run(update(table).where(*conditions).values(**values))


def test_all_is_well_with_an_owner_who_was_told(world: Any, fakes: Any, beats: Beats) -> None:
    world.colleague()
    world.bring(fakes.mention(1, "woedend"), fakes.mention(2, "klacht"))
    corridor.drain(world.parts)
    assert look(world, beats) == []
    assert beats.heard == 1


def test_an_owner_whom_no_notifier_reached_keeps_it_silent(world: Any, fakes: Any, beats: Beats) -> None:
    world.colleague()
    world.bring(fakes.mention(1, "woedend"))
    corridor.drain(world.parts)
    change(world, notification, delivered_at=None)
    number = world.stored(1).case_id
    assert look(world, beats) == [], "the next one on the ladder will be called"
    change(world, escalation, due_at=fakes.START - timedelta(seconds=LATE + 1))
    beats.heard = 0
    assert look(world, beats) == [f"Deze dossiers hebben geen volgende stap: {number}."]
    assert beats.heard == 0
    world.put(queue.NewJob(fakes.BRAND, "notify", number))
    assert look(world, beats) == [], "somebody is about to be told"
    change(world, job, state="dead", reason="weg")
    assert look(world, beats) != [], "a dead letter is no next step"


def test_an_alarm_that_nobody_takes_keeps_it_silent(world: Any, fakes: Any, beats: Beats) -> None:
    world.colleague()
    world.bring(fakes.mention(1, "woedend"))
    corridor.drain(world.parts)
    change(world, case, alarm_at=fakes.START)
    assert look(world, beats) == [f"Deze dossiers hebben geen volgende stap: {world.stored(1).case_id}."]
    assert beats.heard == 0


def test_a_case_taken_on_the_screen_is_in_somebodys_hands(world: Any, fakes: Any, beats: Beats) -> None:
    freek = world.colleague()
    world.bring(fakes.mention(1, "klacht"))
    corridor.drain(world.parts)
    number = world.stored(1).case_id
    with world.database.write() as unit:
        cases.assign(unit, number, freek.id, fakes.START, {"why": "lightest_load"})
    assert look(world, beats) == [f"Deze dossiers hebben geen volgende stap: {number}."]
    with world.database.write() as unit:
        cases.assign(unit, number, freek.id, fakes.START, {"by": freek.id})
    assert look(world, beats) == []


def test_a_pressing_case_of_which_nobody_knows_is_found_after_an_hour(world: Any, fakes: Any, beats: Beats) -> None:
    away = world.colleague(presence=Presence.AWAY)
    assert away.id
    world.bring(fakes.mention(1, "woedend"))
    corridor.drain(world.parts)
    assert look(world, beats) == []
    world.clock.forward(minutes=61)
    assert len(look(world, beats)) == 1
    assert beats.heard == 1


def test_a_source_that_is_silent_without_a_word_is_found(world: Any, beats: Beats) -> None:
    world.poll(Page((), cursor="c"))
    assert look(world, beats) == []
    change(world, source, next_poll_at=source.c.next_poll_at - LATE - 120)
    assert look(world, beats) == [
        "De bron sokkerij/x had gelezen moeten worden en niemand zegt waarom dat niet gebeurde."
    ]
    change(world, source, failures=2, last_error="weg")
    assert look(world, beats) == [], "its own row says so, and so does the Inbox"
    change(world, source, failures=0, name="sokkerij/oud")
    assert look(world, beats) == [], "it is no longer in the settings"


def test_a_worker_that_is_gone_and_a_mention_without_work_are_found(world: Any, fakes: Any, beats: Beats) -> None:
    world.bring(fakes.mention(1, "klacht"))
    assert look(world, beats) == []
    change(world, job, ready_at=job.c.ready_at - LATE - 60)
    (said,) = look(world, beats)
    assert said == "Er ligt al 16 minuten werk klaar en niemand werkt eraan."
    with world.database.write() as unit:
        assert queue.claim(unit, "assess") is not None
    assert look(world, beats) == [], "somebody works on it"
    with world.database.write() as unit:
        unit.run(delete(job))
    assert look(world, beats) == ["1 bericht wacht zonder werk in de rij."]


def test_a_guard_that_is_away_is_said_and_nothing_without_a_guard(world: Any, beats: Beats) -> None:
    beats.problem = Unavailable("wacht.example is niet bereikbaar: geen verbinding")
    assert look(world, beats) == ["De hartslag kwam niet aan: wacht.example is niet bereikbaar: geen verbinding"]
    watch = audit.Watch(frozenset(world.parts.channels))
    assert audit.run(world.database, watch, world.clock() + timedelta(days=1)) == []
