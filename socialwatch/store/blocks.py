"""Building blocks: short pieces of an agent's own, to build an answer with. Nobody else sees them."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.agent import Agent
from socialwatch.store.tables import building_block
from socialwatch.store.unit import Unit

MOST = 60  # per agent; more is a drawer that nobody finds anything in


@dataclass(frozen=True, slots=True)
class Block:
    """`name` is what is typed after the semicolon."""

    id: int
    name: str
    text: str


_OF = (
    select(building_block.c.id, building_block.c.name, building_block.c.text)
    .where(building_block.c.agent_id == bindparam("number"))
    .order_by(building_block.c.name)
)


def of(unit: Unit, who: Agent) -> list[Block]:
    """This agent's own pieces, by name."""
    return [Block(row.id, row.name, row.text) for row in unit.run(_OF, {"number": who.id})]


def keep(unit: Unit, who: Agent, name: str, text: str) -> bool:
    """Store a piece; the same name again gives it other words. False when there is no room for another."""
    mine = building_block.c.agent_id == who.id
    count = select(func.count()).where(mine, building_block.c.name != name)
    if unit.run(count).scalar_one() >= MOST:
        return False
    insert_ = postgresql.insert(building_block) if unit.postgresql else sqlite.insert(building_block)
    values = {"brand": who.brand, "agent_id": who.id, "name": name, "text": text}
    unit.run(insert_.values(values).on_conflict_do_update(index_elements=["agent_id", "name"], set_={"text": text}))
    return True


def drop(unit: Unit, who: Agent, number: int) -> bool:
    """Throw a piece away; False when it is not this agent's."""
    mine = (building_block.c.id == number) & (building_block.c.agent_id == who.id)
    return bool(unit.run(delete(building_block).where(mine)).rowcount == 1)
