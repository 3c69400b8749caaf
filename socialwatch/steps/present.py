"""Present: a colleague comes in or leaves; who comes in gets what waited for somebody who may act."""

from socialwatch.domain.agent import Agent, Presence
from socialwatch.store import agents, cases, queue
from socialwatch.store.queue import NewJob
from socialwatch.store.unit import Unit

PRIORITY = 8


def arrive(unit: Unit, who: Agent) -> None:
    """Signing in is being there; cases that found nobody are routed again. A chosen *rustig aan* stays as it is."""
    if who.presence in (Presence.AWAY, Presence.BREAK):
        agents.be(unit, who.id, Presence.AVAILABLE)
    waiting = cases.unowned(unit, who.brand)
    queue.put(unit, [NewJob(who.brand, "route", mention_id, PRIORITY) for mention_id in waiting])


def leave(unit: Unit, who: Agent) -> None:
    agents.be(unit, who.id, Presence.AWAY)
