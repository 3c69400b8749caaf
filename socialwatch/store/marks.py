"""Marks on a case, for one person who may see it: a tag, put aside until later, closed with its two signs, reopened.

Each says whether anything was done: False when this person may not see the case, or when it was so already. Who calls
it writes the audit log.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import Line, LineKind, State
from socialwatch.domain.marks import OPEN, Signs, tidy, written
from socialwatch.store import cases
from socialwatch.store.cases import ANYBODY, among
from socialwatch.store.tables import case, case_tag
from socialwatch.store.unit import Unit

OFFERED = 200  # tags that a field completes from


def tag(unit: Unit, who: Agent, case_id: int, tag: str, now: datetime) -> bool:
    """Put a tag on it. Raises Refused when that is no tag (domain/marks.tidy)."""
    said = tidy(tag)
    known = cases.seen_by(unit, who, case_id)
    if known is None:
        return False
    insert = postgresql.insert(case_tag) if unit.postgresql else sqlite.insert(case_tag)
    row = {"brand": who.brand, "case_id": known.id, "tag": said}
    fresh = unit.run(insert.values(row).on_conflict_do_nothing().returning(case_tag.c.tag)).one_or_none()
    if fresh is None:
        return False
    _write(unit, who, known.id, Line(LineKind.TAGGED, now, detail={"tag": said}))
    return True


def untag(unit: Unit, who: Agent, case_id: int, tag: str, now: datetime) -> bool:
    """Take a tag off it."""
    known = cases.seen_by(unit, who, case_id)
    if known is None:
        return False
    if unit.run(delete(case_tag).where(case_tag.c.case_id == known.id, case_tag.c.tag == tag)).rowcount != 1:
        return False
    _write(unit, who, known.id, Line(LineKind.TAGGED, now, detail={"tag": tag, "off": True}))
    return True


def later(unit: Unit, who: Agent, case_id: int, until: datetime | None, now: datetime) -> bool:
    """Put it aside until a moment, or (None) until the customer writes; what is closed is not put aside."""
    known = cases.seen_by(unit, who, case_id)
    if known is None or known.state is State.CLOSED:
        return False
    detail = {"until": until.isoformat()} if until is not None else {}
    _write(unit, who, known.id, Line(LineKind.LATER, now, detail=detail))
    return True


def close(unit: Unit, who: Agent, case_id: int, signs: Signs, now: datetime) -> bool:
    """Close it. One that is closed already takes new signs, so that a colleague may add what was left open."""
    known = cases.seen_by(unit, who, case_id)
    if known is None or (known.state is State.CLOSED and signs == OPEN):
        return False
    _write(unit, who, known.id, Line(LineKind.CLOSED, now, detail=written(signs)))
    return True


def reopen(unit: Unit, who: Agent, case_id: int, now: datetime) -> bool:
    """It is work again, from later or after it was closed."""
    known = cases.seen_by(unit, who, case_id)
    if known is None or known.state not in (State.CLOSED, State.LATER, State.WAITING):
        return False
    _write(unit, who, known.id, Line(LineKind.REOPENED, now))
    return True


def _write(unit: Unit, who: Agent, number: int, new: Line) -> None:
    cases.write(unit, number, Line(new.kind, new.at, agent_id=who.id, detail=new.detail))


_SEEN = among(ANYBODY, bindparam("numbers", expanding=True)).with_only_columns(case.c.id)
_TAGS = select(case_tag.c.case_id, case_tag.c.tag).where(case_tag.c.case_id.in_(_SEEN)).order_by(case_tag.c.tag)
_OF_BRAND = (
    select(case_tag.c.tag)
    .where(case_tag.c.brand == bindparam("brand"))
    .group_by(case_tag.c.tag)
    .order_by(func.count().desc(), case_tag.c.tag)
    .limit(bindparam("most"))
)


def tags(unit: Unit, who: Agent, numbers: list[int]) -> dict[int, list[str]]:
    """The tags of these cases that this person may see, by case, in the order of the alphabet."""
    found: dict[int, list[str]] = {}
    for row in unit.run(_TAGS, {"brand": who.brand, "numbers": sorted(set(numbers))}):
        found.setdefault(row.case_id, []).append(row.tag)
    return found


def of_brand(unit: Unit, who: Agent, limit: int = OFFERED) -> list[str]:
    """The tags that this brand uses, most used first."""
    return list(unit.run(_OF_BRAND, {"brand": who.brand, "most": limit}).scalars())
