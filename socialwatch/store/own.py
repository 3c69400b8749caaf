"""What belongs to one agent alone: their sign-off and the checks of the Meelezer that they switched off."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.coach import Check
from socialwatch.store.tables import agent
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Own:
    """`sign_off` is None when nothing was chosen; `silenced` are the checks that say nothing to this agent."""

    sign_off: str | None = None
    silenced: frozenset[Check] = frozenset()


_OF = select(agent.c.sign_off, agent.c.silenced).where(agent.c.id == bindparam("number"))


def of(unit: Unit, who: Agent) -> Own:
    """This agent's own choices; a check that no longer exists is passed over."""
    row = unit.run(_OF, {"number": who.id}).one()
    return Own(row.sign_off, frozenset(check for check in Check if check.value in (row.silenced or ())))


def choose(unit: Unit, who: Agent, sign_off: str | None, silenced: Collection[Check]) -> None:
    """Store what this agent chose; nobody else can, and nobody else sees it."""
    values = {"sign_off": sign_off, "silenced": sorted(each.value for each in silenced)}
    unit.run(update(agent).where(agent.c.id == who.id).values(values))
