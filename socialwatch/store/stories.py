"""Stories (klantverhalen): what happened to one customer, in a colleague's words, next to the numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from socialwatch.domain.agent import Agent, Role
from socialwatch.domain.mention import Mention
from socialwatch.store import cases
from socialwatch.store.tables import agent, story
from socialwatch.store.unit import Unit

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Story:
    """One story. `case_id` is what it tells of, `maker` the name of who began it."""

    id: int
    brand: str
    case_id: int | None
    agent_id: int | None
    title: str
    text: str
    at: datetime
    maker: str | None


def _stories(who: Agent) -> Select[Any]:
    named = select(story, agent.c.name.label("maker")).outerjoin(agent, agent.c.id == story.c.agent_id)
    return named.where(story.c.brand == who.brand)


def latest(unit: Unit, who: Agent, limit: int = SHOWN) -> list[Story]:
    """The stories of this brand, newest first."""
    rows = unit.run(_stories(who).order_by(story.c.at.desc(), story.c.id.desc()).limit(limit))
    return [Story(**row._mapping) for row in rows]


def one(unit: Unit, who: Agent, number: int) -> Story | None:
    row = unit.run(_stories(who).where(story.c.id == number)).one_or_none()
    return None if row is None else Story(**row._mapping)


def of_case(unit: Unit, who: Agent, case_id: int) -> int | None:
    """The story that tells of a case, the first one when there are several."""
    mine = select(story.c.id).where(story.c.brand == who.brand, story.c.case_id == case_id)
    return unit.run(mine.order_by(story.c.id).limit(1)).scalar_one_or_none()


def begin(unit: Unit, who: Agent, case_id: int, words: tuple[str, str], now: datetime) -> int:
    """A new story with its (title, text); the same case twice gives the first one back."""
    known = of_case(unit, who, case_id)
    if known is not None:
        return known
    values = {
        "brand": who.brand,
        "case_id": case_id,
        "agent_id": who.id,
        "title": words[0],
        "text": words[1],
        "at": now,
    }
    return int(unit.run(insert(story).values(values).returning(story.c.id)).scalar_one())


def may_edit(who: Agent, found: Story) -> bool:
    """Its maker, and leads."""
    return who.brand == found.brand and (who.id == found.agent_id or who.role in (Role.LEAD, Role.ADMIN))


def rewrite(unit: Unit, found: Story, title: str, text: str) -> None:
    unit.run(update(story).where(story.c.id == found.id).values(title=title, text=text))


def remove(unit: Unit, found: Story) -> None:
    """Gone for good: a customer may not want it told after all."""
    unit.run(delete(story).where(story.c.id == found.id))


def posts(unit: Unit, who: Agent, found: Story) -> list[Mention]:
    """What the customer wrote in public about it and still stands there, oldest first."""
    if found.case_id is None or cases.seen_by(unit, who, found.case_id) is None:
        return []
    said = cases.mentions(unit, [found.case_id])[found.case_id]
    return [each.mention for each in said if public(each.mention) and each.gone_at is None]


def public(seen: Mention) -> bool:
    """Whether everybody could read it, and a customer wrote it."""
    return seen.audience == "public" and seen.channel != "mail" and not seen.own
