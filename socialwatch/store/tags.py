"""Tags: the words that a team hangs on its cases, to find them back by."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases
from socialwatch.store.cases import Case
from socialwatch.store.tables import case_tag
from socialwatch.store.unit import Unit

LONGEST = 40  # characters
OFFERED = 200


def plain(written: str) -> str:
    """A tag as it is kept: lower case, single spaces, at most LONGEST characters; "" when nothing is left."""
    return " ".join(written.replace("\x00", "").strip().lstrip("#").lower().split())[:LONGEST].strip()


def of(unit: Unit, numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The tags of cases, by the alphabet."""
    query = select(case_tag.c.case_id, case_tag.c.tag).where(case_tag.c.case_id.in_(sorted(set(numbers))))
    found: dict[int, tuple[str, ...]] = {}
    for row in unit.run(query.order_by(case_tag.c.tag)):
        found[row.case_id] = (*found.get(row.case_id, ()), row.tag)
    return found


def known(unit: Unit, brand: str) -> list[str]:
    """The tags of a brand, those in use most first, to complete what is being typed."""
    query = select(case_tag.c.tag).where(case_tag.c.brand == brand).group_by(case_tag.c.tag)
    return list(unit.run(query.order_by(func.count().desc(), case_tag.c.tag).limit(OFFERED)).scalars())


def put(unit: Unit, who: Agent, to: Case, tag: str, now: datetime) -> bool:
    """Hang a tag on a case that this person may see; False when it hangs there already."""
    here = (case_tag.c.case_id == to.id) & (case_tag.c.tag == tag)
    if unit.run(select(case_tag.c.tag).where(here)).first() is not None:
        return False
    unit.run(insert(case_tag).values(brand=to.brand, case_id=to.id, tag=tag))
    cases.write(unit, to.id, Line(LineKind.TAGGED, now, agent_id=who.id, detail={"tag": tag}))
    return True


def take_off(unit: Unit, number: int, tag: str) -> None:
    unit.run(delete(case_tag).where(case_tag.c.case_id == number, case_tag.c.tag == tag))
