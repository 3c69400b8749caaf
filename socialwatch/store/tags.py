"""Tags: the words that a team hangs on its cases, to find them back by.

Who calls `put` or `take_off` writes the audit log.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.marks import tidy
from socialwatch.store import cases
from socialwatch.store.cases import ANYBODY, among
from socialwatch.store.tables import case, case_tag
from socialwatch.store.unit import Unit

OFFERED = 200  # tags that a field completes from


_SEEN = among(ANYBODY, bindparam("numbers", expanding=True)).with_only_columns(case.c.id)
_TAGS = select(case_tag.c.case_id, case_tag.c.tag).where(case_tag.c.case_id.in_(_SEEN)).order_by(case_tag.c.tag)
_OF_BRAND = (
    select(case_tag.c.tag)
    .where(case_tag.c.brand == bindparam("brand"))
    .group_by(case_tag.c.tag)
    .order_by(func.count().desc(), case_tag.c.tag)
    .limit(OFFERED)
)


def of(unit: Unit, who: Agent, numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The tags of these cases that this person may see, by case, in the order of the alphabet."""
    found: dict[int, tuple[str, ...]] = {}
    for row in unit.run(_TAGS, {"brand": who.brand, "numbers": sorted(set(numbers))}):
        found[row.case_id] = (*found.get(row.case_id, ()), row.tag)
    return found


def known(unit: Unit, brand: str) -> list[str]:
    """The tags of a brand, those in use most first, to complete what is being typed."""
    return list(unit.run(_OF_BRAND, {"brand": brand}).scalars())


def put(unit: Unit, who: Agent, number: int, tag: str, now: datetime) -> bool:
    """Hang a tag on a case; False when it hangs there already, or this person may not see the case. Raises Refused
    when that is no tag (domain/marks.tidy).
    """
    said = tidy(tag)
    to = cases.seen_by(unit, who, number)
    if to is None:
        return False
    insert = postgresql.insert(case_tag) if unit.postgresql else sqlite.insert(case_tag)
    row = {"brand": to.brand, "case_id": to.id, "tag": said}
    fresh = unit.run(insert.values(row).on_conflict_do_nothing().returning(case_tag.c.tag)).one_or_none()
    if fresh is None:
        return False
    cases.write(unit, to.id, Line(LineKind.TAGGED, now, agent_id=who.id, detail={"tag": said}))
    return True


def take_off(unit: Unit, who: Agent, number: int, tag: str, now: datetime) -> bool:
    """False when it did not hang there, or this person may not see the case."""
    of_it = cases.seen_by(unit, who, number)
    if of_it is None or not drop(unit, of_it.id, tag):
        return False
    cases.write(unit, of_it.id, Line(LineKind.TAGGED, now, agent_id=who.id, detail={"tag": tag, "off": True}))
    return True


def drop(unit: Unit, number: int, tag: str) -> bool:
    """Without a line in the history, for what is undone as if it had not been; False when it was not there."""
    here = (case_tag.c.case_id == number) & (case_tag.c.tag == tag)
    return unit.run(delete(case_tag).where(here)).rowcount == 1
