"""Filters that somebody keeps under a name of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from socialwatch.domain.agent import Agent
from socialwatch.store.tables import saved_filter
from socialwatch.store.unit import Unit

MOST = 30  # per person
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Saved:
    """`query` is the stream and what it is filtered on, as in the address of the Inbox."""

    id: int
    name: str
    query: Mapping[str, str]


def mine(unit: Unit, who: Agent) -> list[Saved]:
    """By name."""
    rows = unit.run(select(saved_filter).where(_of(who)).order_by(saved_filter.c.name).limit(MOST))
    return [Saved(row.id, row.name, row.query) for row in rows]


def _of(who: Agent) -> Any:
    return (saved_filter.c.brand == who.brand) & (saved_filter.c.agent_id == who.id)


def keep(unit: Unit, who: Agent, name: str, query: Mapping[str, str]) -> bool:
    """Under this name; the one that had it before is replaced. False when there are too many."""
    known = unit.run(update(saved_filter).where(_of(who), saved_filter.c.name == name).values(query=dict(query)))
    if known.rowcount:
        return True
    if unit.run(select(func.count()).where(_of(who))).scalar_one() >= MOST:
        return False
    unit.run(insert(saved_filter).values(brand=who.brand, agent_id=who.id, name=name, query=dict(query)))
    return True


def rename(unit: Unit, who: Agent, number: int, name: str) -> bool:
    """False when another of theirs is called so, or this one is not theirs."""
    if unit.run(select(saved_filter.c.id).where(_of(who), saved_filter.c.name == name)).first() is not None:
        return False
    return unit.run(update(saved_filter).where(_of(who), saved_filter.c.id == number).values(name=name)).rowcount == 1


def drop(unit: Unit, who: Agent, number: int) -> None:
    unit.run(delete(saved_filter).where(_of(who), saved_filter.c.id == number))
