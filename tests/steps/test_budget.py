"""The daily budget: what was read is paid for in the same unit, and nothing is lost when the money is used up."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from socialwatch.domain.budget import MILLIONTHS
from socialwatch.domain.channel import Page
from socialwatch.errors import Unavailable
from socialwatch.steps.poll import LEASE
from socialwatch.store import sources, spending
from socialwatch.store.spending import What
from socialwatch.store.tables import lease, spend
from socialwatch.store.tables import mention as mention_table
from socialwatch.store.unit import Database

SENTENCE = "Het dagbudget van $ 5,00 is op; morgen om 01:00 verder."


@pytest.fixture
def world(database: Database, fakes: Any) -> Any:
    found = fakes.World(database)
    found.register("x", "facebook")
    with database.write() as unit:
        sources.limit(unit, f"{fakes.BRAND}/x", 5 * MILLIONTHS)
    return found


def page(fakes: Any, number: int, dollars: float, cursor: str | None = None) -> Page:
    return Page((fakes.mention(number),), cursor=cursor, cost=round(dollars * MILLIONTHS))


def source(world: Any, fakes: Any) -> sources.Source:
    with world.database.read() as unit:
        found = sources.one(unit, f"{fakes.BRAND}/x")
    assert found is not None
    return found


def spent(world: Any, fakes: Any) -> float:
    with world.database.read() as unit:
        return spending.on(unit, f"{fakes.BRAND}/x", world.clock()) / MILLIONTHS


def test_every_page_is_booked(world: Any, fakes: Any) -> None:
    world.poll(page(fakes, 1, 0.5), page(fakes, 2, 0.25), Page((), cursor="c"))
    assert spent(world, fakes) == 0.75
    (row,) = fakes.rows(world.database, spend)
    assert (row["what"], row["times"], row["day"], row["brand"]) == ("poll", 2, "2026-11-22", fakes.BRAND)


def test_a_poll_that_breaks_off_has_paid_for_what_it_stored(world: Any, fakes: Any) -> None:
    world.poll(page(fakes, 1, 0.5), Unavailable("weg"))
    assert spent(world, fakes) == 0.5


def test_a_leader_that_was_overtaken_stores_nothing_but_pays(world: Any, fakes: Any) -> None:
    term = world.lead()
    with world.database.write() as unit:
        unit.run(update(lease).values(expires_at=0))
        assert sources.lead(unit, LEASE, "ander") is not None
    world.poll(page(fakes, 1, 0.5), term=term)
    assert (spent(world, fakes), fakes.count(world.database, mention_table)) == (0.5, 0)


def test_when_the_money_is_used_up_nothing_is_asked_and_it_is_no_failure(world: Any, fakes: Any) -> None:
    world.poll(page(fakes, 1, 5.0, "c1"))
    asked = len(world.x.cursors)
    counted = world.poll(page(fakes, 2, 1.0, "c2"))
    assert (counted.new, counted.failed, counted.paused) == (0, None, SENTENCE)
    assert len(world.x.cursors) == asked
    found = source(world, fakes)
    assert (found.failures, found.halted, found.last_error, found.cursor) == (0, False, SENTENCE, "c1")
    with world.database.read() as unit:  # looked at again before the day is over: a budget may be raised
        assert 0 < found.next_poll_at - unit.stamp() <= 900


def test_the_next_day_goes_on_where_it_stopped(world: Any, fakes: Any) -> None:
    world.poll(page(fakes, 1, 5.0, "c1"))
    world.poll(page(fakes, 2, 1.0, "c2"))
    world.x.polls.clear()
    world.clock.forward(hours=14)  # midnight in UTC
    counted = world.poll(page(fakes, 2, 1.0, "c2"))
    assert (counted.new, counted.paused) == (1, None)
    assert world.x.cursors == [None, "c1"]
    assert (source(world, fakes).last_error, source(world, fakes).cursor) == (None, "c2")


def test_what_does_not_fit_any_more_is_not_begun(world: Any, fakes: Any) -> None:
    world.poll(page(fakes, 1, 3.0, "c1"))
    assert world.poll(page(fakes, 2, 3.0, "c2")).paused == SENTENCE  # a page costs three dollars, two are left


def test_what_runs_may_finish_a_little_over_the_budget(world: Any, fakes: Any) -> None:
    counted = world.poll(page(fakes, 1, 4.0), page(fakes, 2, 1.9), page(fakes, 3, 0.2, "c"))
    assert (counted.new, counted.paused, source(world, fakes).cursor) == (3, None, "c")


def test_what_runs_far_over_is_cut_off_and_loses_nothing(world: Any, fakes: Any) -> None:
    world.poll(Page((), cursor="c0"))
    counted = world.poll(page(fakes, 1, 4.0), page(fakes, 2, 2.0), page(fakes, 3, 2.0, "c1"))
    assert (counted.new, counted.paused) == (2, SENTENCE)
    assert source(world, fakes).cursor == "c0"
    world.x.polls.clear()
    world.clock.forward(days=1)
    counted = world.poll(page(fakes, 1, 1.0), page(fakes, 2, 1.0), page(fakes, 3, 1.0, "c1"))
    assert (counted.new, source(world, fakes).cursor) == (1, "c1")
    assert fakes.count(world.database, mention_table) == 3


def test_the_last_page_of_a_poll_is_never_cut_off(world: Any, fakes: Any) -> None:
    counted = world.poll(page(fakes, 1, 40.0, "c"))
    assert (counted.paused, source(world, fakes).cursor) == (None, "c")


def test_a_raised_budget_goes_on_at_the_next_look(world: Any, fakes: Any) -> None:
    world.poll(page(fakes, 1, 5.0, "c1"))
    assert world.poll().paused == SENTENCE
    with world.database.write() as unit:
        sources.limit(unit, f"{fakes.BRAND}/x", 50 * MILLIONTHS)
    world.x.polls.clear()
    assert world.poll(page(fakes, 2, 1.0, "c2")).new == 1


def test_another_source_has_its_own_purse(world: Any, fakes: Any) -> None:
    world.poll(page(fakes, 1, 5.0, "c1"))
    assert world.poll(Page((), cursor="f"), kind="facebook").paused is None


def test_the_ledger_knows_what_and_when(world: Any, fakes: Any) -> None:
    name = f"{fakes.BRAND}/x"
    with world.database.write() as unit:
        spending.book(unit, name, What.POLL, 300, fakes.START)
        spending.book(unit, name, What.POLL, 100, fakes.START)
        spending.book(unit, name, What.FOLLOW, 50, fakes.START - timedelta(days=1))
        spending.book(unit, name, What.REPLY, 0, fakes.START)  # what was free is not written down
        assert spending.usual(unit, name, What.POLL, fakes.START) == 200
        assert spending.usual(unit, name, What.FOLLOW, fakes.START) == 0
        known = sources.one(unit, name)
        assert known is not None
        assert spending.purse(unit, known, What.POLL, fakes.START).spent == 400
        lines = [(each.day, each.what, each.times, each.amount) for each in spending.since(unit, "2026-11-21")]
    assert lines == [("2026-11-22", What.POLL, 2, 400), ("2026-11-21", What.FOLLOW, 1, 50)]
