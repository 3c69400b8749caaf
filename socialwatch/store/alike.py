"""Alike: the posts of late that are held against each other, to see whether many write about one thing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from socialwatch.domain.situation import Post
from socialwatch.store.cases import OPEN_STATES
from socialwatch.store.situations import LASTING
from socialwatch.store.tables import agent, assessment, case, line, mention, situation, situation_case
from socialwatch.store.unit import Unit

FRESH = 300  # cases that are looked at for one cause; the freshest tell what happens now
DAILY = timedelta(days=60)  # what was written longer ago says nothing about what is usual now


def fresh(unit: Unit, brand: str, since: datetime, limit: int = FRESH) -> list[Post]:
    """What opened the open cases of late that are in no situation and were in none, the freshest first."""
    inside = select(situation_case.c.case_id).where(situation_case.c.brand == brand)
    return _openings(unit, brand, since, limit, case.c.id.not_in(inside))


def open_posts(unit: Unit, brand: str, since: datetime, limit: int = 1000) -> list[Post]:
    """What opened the open cases of late that are in no situation that is not over; the freshest first."""
    inside = select(situation_case.c.case_id).join(situation).where(LASTING, situation.c.brand == brand)
    return _openings(unit, brand, since, limit, case.c.id.not_in(inside))


def _openings(unit: Unit, brand: str, since: datetime, limit: int, wanted: Any) -> list[Post]:
    """Each state apart: an index has the cases of one in this order, and of several together it has not."""
    numbers: list[tuple[datetime, int]] = []
    for state in OPEN_STATES:
        late = (case.c.brand == brand) & (case.c.state == state) & (case.c.last_at >= since)
        query = select(case.c.last_at, case.c.id).where(late, case.c.opened_at >= since, wanted)
        numbers += [(row.last_at, row.id) for row in unit.run(query.order_by(case.c.last_at.desc()).limit(limit))]
    return posts_of(unit, [number for _, number in sorted(numbers, reverse=True)[:limit]])


def posts_of(unit: Unit, numbers: Sequence[int]) -> list[Post]:
    """The first post of each of these cases, in this order; a case whose post is gone is left out."""
    query = (
        select(mention.c.case_id, mention.c.text, assessment.c.embedding, assessment.c.model)
        .outerjoin(assessment, assessment.c.mention_id == mention.c.id)
        .where(mention.c.case_id.in_(numbers), mention.c.own.is_(False), mention.c.gone_at.is_(None))
        .order_by(mention.c.case_id, mention.c.created_at.desc(), mention.c.id.desc())
    )
    first = {row.case_id: row for row in unit.run(query)}  # of several the first in time: it comes last
    return [
        Post(number, first[number].text, first[number].embedding or b"", first[number].model or "")
        for number in numbers
        if number in first
    ]


def before(unit: Unit, brand: str, until: datetime, limit: int = 200) -> list[str]:
    """What customers wrote before this moment, the latest first: what this brand hears on any day."""
    query = select(mention.c.text).where(mention.c.brand == brand, mention.c.created_at < until)
    asked = query.where(mention.c.own.is_(False), mention.c.case_id.is_not(None))
    latest = asked.where(mention.c.created_at >= until - DAILY).order_by(mention.c.created_at.desc())
    return list(unit.run(latest.limit(limit)).scalars())


def taken_out(unit: Unit, number: int, numbers: Sequence[int]) -> set[int]:
    """Which of these cases a person took out of this situation."""
    query = select(line.c.case_id, line.c.detail).where(line.c.case_id.in_(numbers), line.c.kind == "situated")
    return {row.case_id for row in unit.run(query) if row.detail.get("situation") == number and row.detail.get("out")}


def brands(unit: Unit) -> list[str]:
    """Every brand with people who could do something about a situation."""
    return list(unit.run(select(agent.c.brand).distinct().order_by(agent.c.brand)).scalars())
