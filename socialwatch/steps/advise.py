"""Advise: a colleague who reads along with a threat is to hear of it, once, whatever becomes of the case."""

from collections.abc import Sequence
from datetime import datetime

from socialwatch.domain.notice import ALONG
from socialwatch.domain.trip import Event, Moved
from socialwatch.store import agents, notifications
from socialwatch.store.notifications import Telling
from socialwatch.store.queue import Job
from socialwatch.store.unit import Unit


def write(unit: Unit, jobs: Sequence[Job], now: datetime) -> list[Moved]:
    """Each of them gets a telling per notifier they have; the owner stays the owner, and nothing is handed over."""
    people = agents.by_ids(unit, [int(job.detail["adviser"]) for job in jobs])
    called = [(job, people[int(job.detail["adviser"])]) for job in jobs if int(job.detail["adviser"]) in people]
    notifications.put(
        unit,
        [
            Telling(job.brand, job.subject, who.id, ALONG, kind)
            for job, who in called
            for kind in who.notify or {"log": who.name}
        ],
        now,
    )
    return [Moved(Event.TELL, who.brand, who.id, 8) for who in dict(((who.id, who) for _, who in called)).values()]
