"""Present: a colleague comes in, says how they are there, or leaves; who comes in gets what waited for somebody who
may act.
"""

from datetime import datetime

from socialwatch.domain.agent import Agent, Presence
from socialwatch.domain.presence import HERE
from socialwatch.store import agents, people, queue, standings
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Database, Unit

PRIORITY = 8


def arrive(unit: Unit, who: Agent, now: datetime) -> None:
    """Signing in is being there; a chosen *rustig aan* stays as it is. Who looks in during an absence stays away."""
    if people.is_absent(unit, who.id, now):
        return
    be(unit, who, Presence.AVAILABLE if who.presence in (Presence.AWAY, Presence.BREAK) else who.presence, now)


def be(unit: Unit, who: Agent, presence: Presence, now: datetime) -> None:
    """What they say counts from now on, whatever the roster said. For who is here, cases that found nobody are routed
    again.
    """
    agents.be(unit, who.id, presence)
    if presence not in HERE:
        return
    people.forget_ended(unit, who.id, now)
    waiting = standings.unowned(unit, who.brand)
    queue.put(unit, [NewJob(who.brand, "route", mention_id, PRIORITY) for mention_id in waiting])


def leave(unit: Unit, who: Agent) -> None:
    agents.be(unit, who.id, Presence.AWAY)


def end_shifts(database: Database, now: datetime) -> int:
    """Whose shift is over is away; gives back for how many that was. What nobody's shift ends, is not written."""
    with database.read() as unit:
        if not people.due_to_end(unit, now):
            return 0
    with database.write() as unit:
        return people.end_shifts(unit, now)
