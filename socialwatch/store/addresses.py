"""By which addresses people can be called, set by an administrator, and whether the last trial of each came through."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from socialwatch.domain.agent import Agent
from socialwatch.store import agents
from socialwatch.store.tables import agent, audit
from socialwatch.store.unit import Unit

CAME, LOST = "trial_came", "trial_lost"


@dataclass(frozen=True, slots=True)
class Trial:
    """The last trial of one address: when, and whether its notifier took it."""

    at: datetime
    came: bool


def put(unit: Unit, number: int, kind: str, to: str) -> None:
    """Set the address for one notifier; an empty one takes it away. The order in which they came stays: a lead is
    called by the first, and then by the others.
    """
    found = agents.by_id(unit, number)
    if found is not None:
        kept = {**found.notify, kind: to} if to else {name: each for name, each in found.notify.items() if name != kind}
        unit.run(update(agent).where(agent.c.id == number).values(notify=kept))


def tried(unit: Unit, who: Agent, subject: str, now: datetime, *, came: bool) -> None:
    """Note the outcome of a trial that `who` asked for."""
    agents.note(unit, who, CAME if came else LOST, subject, now)


def subject(number: int, kind: str) -> str:
    """How one address is named in the audit log, without the address."""
    return f"trial:{number}:{kind}"[:60]


def trials(unit: Unit, who: Agent) -> dict[str, Trial]:
    """The last trial of each address of this brand, by `subject`."""
    query = select(audit.c.subject, audit.c.what, audit.c.at).where(audit.c.brand == who.brand)
    rows = unit.run(query.where(audit.c.what.in_((CAME, LOST))).order_by(audit.c.id))
    return {row.subject: Trial(row.at, row.what == CAME) for row in rows}
