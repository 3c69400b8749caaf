"""Situate: offered when many write about one thing, once; new ones join by themselves; on both engines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from socialwatch.domain import impression
from socialwatch.domain.agent import Agent, Role
from socialwatch.domain.case import LineKind
from socialwatch.domain.situation import Rule
from socialwatch.steps import situate
from socialwatch.store import agents, alike, assessments, cases, mentions, situations
from socialwatch.store.cases import Weight
from socialwatch.store.situations import Situation
from socialwatch.store.unit import Database

OUTAGE = (
    "Weer geen internet hier in Ede, al uren",
    "Storing? Mijn wifi ligt eruit",
    "Geen verbinding, is er een storing?",
    "Internet doet het niet, modem al gereset",
    "Heel de straat zonder internet en wifi",
    "Is er een storing met het internet?",
    "Al een uur geen wifi, storing?",
    "modem knippert, geen internet, storing?",
)
OTHER = ("Waar blijft mijn trui?", "Gat in mijn sok", "Welke maat heb ik nodig?", "Retour niet verwerkt")


class World:
    """Cases opened straight in the database, and a clock."""

    def __init__(self, database: Database, fakes: Any) -> None:
        self.database, self.fakes, self.now, self.number = database, fakes, fakes.START, 0
        with database.write() as unit:
            who = Agent(0, fakes.BRAND, "Freek", "freek@sokkerij.example", Role.AGENT)
            self.freek = replace(who, id=agents.add(unit, who, "x"))

    def write(self, *texts: str, brand: str | None = None, minutes_ago: float = 10) -> list[int]:
        """Each text opens a case; gives back their ids."""
        made = []
        with self.database.write() as unit:
            for text in texts:
                self.number += 1
                at = self.now - timedelta(minutes=minutes_ago)
                post = self.fakes.mention(self.number, text, created_at=at, brand=brand or self.fakes.BRAND)
                (found,) = mentions.take(unit, [post], at).new
                read = impression.assessment(self.fakes.reading(text), text, at)
                assessments.keep(unit, {found.id: (post.brand, read)}, at)
                made.append(cases.open_case(unit, found, text[:40], Weight(0.1, [], 0.1, 0.0, 1, False), "nl"))
        return made

    def round(self, **changes: Any) -> int:
        # the fake model has no meanings, so that words alone must do
        return situate.run(self.database, replace(Rule(likeness=0.4), **changes), self.now)

    def standing(self) -> list[Situation]:
        with self.database.read() as unit:
            return situations.standing(unit, self.fakes.BRAND)

    def members(self, number: int) -> set[int]:
        with self.database.read() as unit:
            return set(situations.member_ids(unit, number))


@pytest.fixture
def world(database: Database, fakes: Any) -> World:
    return World(database, fakes)


def test_many_about_one_thing_are_offered_once(world: World) -> None:
    world.write(*OTHER)
    wrote = world.write(*OUTAGE)
    assert world.round() == 1
    (offered,) = world.standing()
    assert offered.offered_at == world.now
    assert offered.lead_id is None
    assert world.members(offered.id) <= set(wrote)
    assert len(world.members(offered.id)) >= 5
    assert world.round() == 0
    assert len(world.standing()) == 1


def test_too_few_too_old_or_of_two_brands_is_nothing(world: World) -> None:
    world.write(*OUTAGE[:4])
    world.write(*OUTAGE[4:], minutes_ago=60 * 5)
    assert world.round() == 0
    world.write(*OUTAGE[4:], brand="buren")
    assert world.round() == 0
    assert world.standing() == []


def test_an_offer_that_is_waved_away_does_not_come_back_for_the_same_cases(world: World) -> None:
    world.write(*OUTAGE)
    world.round()
    with world.database.write() as unit:
        assert situations.end(unit, world.standing()[0], world.now)
    assert world.round() == 0
    world.write(*OUTAGE)
    assert world.round() == 1


def test_new_ones_join_while_it_runs_and_their_thread_says_so(world: World) -> None:
    world.write(*OUTAGE)
    world.round()
    (offered,) = world.standing()
    with world.database.write() as unit:
        assert situations.take_up(unit, offered, world.freek.id, world.now)
        assert not situations.take_up(unit, offered, world.freek.id, world.now)
    (late, apart) = world.write("Ook hier storing en geen internet", "Gat in mijn muts")
    assert world.round() == 0
    assert late in world.members(offered.id)
    assert apart not in world.members(offered.id)
    with world.database.read() as unit:
        said = [each for each in cases.lines(unit, late) if each.kind is LineKind.SITUATED]
        state = cases.by_id(unit, late)
    assert [each.detail for each in said] == [{"situation": offered.id, "out": False}]
    assert state.state.value == "new"
    assert state.due_since is not None


def test_what_a_person_took_out_stays_out(world: World) -> None:
    world.write(*OUTAGE)
    world.round()
    (offered,) = world.standing()
    one = min(world.members(offered.id))
    with world.database.write() as unit:
        situations.take_up(unit, offered, world.freek.id, world.now)
        known = situations.by_id(unit, world.fakes.BRAND, offered.id)
        assert known is not None
        assert situations.take_out(unit, known, one, world.now, world.freek.id)
        assert not situations.take_out(unit, known, one, world.now, world.freek.id)
    world.round()
    assert one not in world.members(offered.id)


def test_nothing_joins_what_was_closed_and_its_cases_keep_waiting(world: World) -> None:
    wrote = world.write(*OUTAGE)
    world.round()
    (offered,) = world.standing()
    with world.database.write() as unit:
        situations.take_up(unit, offered, world.freek.id, world.now)
        situations.end(unit, offered, world.now)
    (late,) = world.write("Ook hier storing en geen internet")
    world.round()
    assert late not in world.members(offered.id)
    with world.database.read() as unit:
        size = situations.sizes(unit, [offered.id])[offered.id]
        assert size.waiting == size.cases == len(world.members(offered.id))
        assert cases.by_id(unit, wrote[0]).due_since is not None


def test_what_is_grave_is_lifted_out(world: World) -> None:
    (grave, plain) = world.write("Storing, en dit is gevaarlijk voor mijn oma", "Storing, geen internet")
    with world.database.write() as unit:
        number = situations.begin(unit, world.fakes.BRAND, "Storing", world.freek.id, world.now)
        made = situations.by_id(unit, world.fakes.BRAND, number)
        assert made is not None
        assert situations.add(unit, made, [grave, plain, 10_000], world.now, world.freek.id) == [grave, plain]
        assert situations.add(unit, made, [grave, plain], world.now, world.freek.id) == []
    with world.database.read() as unit:
        apart = situations.rows(unit, world.freek, situations.apart(world.freek, number), 10)
        rest = situations.rows(unit, world.freek, situations.ordinary(world.freek, number), 10)
        assert [each.case.id for each in apart] == [grave]
        assert [each.case.id for each in rest] == [plain]
        assert situations.sizes(unit, [number])[number].lifted == 1
        inbox = {row.id for row in unit.run(situations.standing_apart(cases.visible_to(world.freek)))}
    assert grave in inbox
    assert plain not in inbox


def test_an_offer_that_nobody_looked_at_goes_away(world: World) -> None:
    world.write(*OUTAGE)
    world.round()
    world.now += timedelta(hours=25)
    world.round()
    assert world.standing() == []


def test_the_look_is_bounded(world: World) -> None:
    world.write(*OUTAGE, *OTHER)
    with world.database.read() as unit:
        found = alike.fresh(unit, world.fakes.BRAND, world.now - timedelta(hours=3), 5)
    assert len(found) == 5


def test_nothing_is_written_when_there_is_nothing_to_say(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.write(*OTHER)

    def refuse(_: Database) -> Any:
        raise AssertionError("it wrote")

    monkeypatch.setattr(Database, "write", refuse)
    assert world.round() == 0
