"""A clock that is set back takes every timer with it, once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from socialwatch.store import queue, sources, timers
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import job, lease, source
from socialwatch.store.unit import Database


@pytest.mark.parametrize("hours", [1, 24])
def test_what_was_for_a_minute_from_now_still_is(database: Database, hours: int) -> None:
    with database.write() as unit:
        assert timers.heed(unit) == 0
        queue.put(unit, [NewJob("merk", "assess", 1, priority=5), NewJob("merk", "assess", 2, after=60, priority=5)])
        sources.register(unit, "merk/x", "merk", "x")
        sources.polled(unit, "merk/x", datetime(2026, 11, 22, tzinfo=UTC), 60.0)
        ahead = hours * 3600.0  # as if all of it was written before the clock was set back
        names = ("created_at", "ready_at", "rank")
        unit.run(update(job).values({job.c[name]: job.c[name] + ahead for name in names}))
        unit.run(update(source).values(next_poll_at=source.c.next_poll_at + ahead))
        unit.run(update(lease).where(lease.c.name == timers.SEEN).values(expires_at=lease.c.expires_at + ahead))
    with database.write() as unit:
        assert timers.heed(unit) == pytest.approx(ahead, abs=5)
        assert timers.heed(unit) == 0
        now = unit.stamp()
        ready = list(unit.run(select(job.c.ready_at).order_by(job.c.subject)).scalars())
        due = unit.run(select(source.c.next_poll_at)).scalar_one()
    assert [round(each - now, -1) for each in (*ready, due)] == [0, 60, 60]


def test_a_little_skew_between_hosts_moves_nothing(database: Database) -> None:
    with database.write() as unit:
        timers.heed(unit)
        unit.run(update(lease).where(lease.c.name == timers.SEEN).values(expires_at=lease.c.expires_at + 10))
        assert timers.heed(unit) == 0
