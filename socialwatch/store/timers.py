"""When the clock is set back: every timer in the database moves with it, so that none waits for the hour to come again.

Timers stand as seconds since 1970. A clock that jumps ahead makes them go off early, which does no harm: every word
about a job is fenced by its token. One that is set back by a day would keep a whole product silent for a day.
"""

from sqlalchemy import Column, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.store.tables import gesture, job, lease, reply, source
from socialwatch.store.unit import Unit

SEEN = "clock"  # a row of `lease` that nobody holds: the latest moment that any sweep saw
SLACK = 30.0  # seconds; what is less makes no timer late enough to be noticed
TIMERS: tuple[tuple[Table, Column[float]], ...] = (
    (job, job.c.ready_at),
    (job, job.c.rank),
    (job, job.c.created_at),
    (job, job.c.leased_until),
    (lease, lease.c.expires_at),
    (source, source.c.next_poll_at),
    (reply, reply.c.deadline),
    (gesture, gesture.c.deadline),
)


def heed(unit: Unit) -> float:
    """Notice whether the clock was set back since the last sweep, and move the timers; gives back by how many
    seconds (0: it was not).
    """
    now = unit.stamp()
    row = {"name": SEEN, "holder": "", "term": 0, "expires_at": now}
    insert = postgresql.insert(lease) if unit.postgresql else sqlite.insert(lease)
    unit.run(insert.values(row).on_conflict_do_nothing(index_elements=["name"]))
    seen = unit.run(select(lease.c.expires_at).where(lease.c.name == SEEN).with_for_update()).scalar_one()
    back = max(0.0, float(seen) - now)
    if back > SLACK:
        for table, timer in TIMERS:
            unit.run(update(table).where(timer.is_not(None)).values({timer: timer - back}))
    unit.run(update(lease).where(lease.c.name == SEEN).values(expires_at=now))
    return back if back > SLACK else 0.0
