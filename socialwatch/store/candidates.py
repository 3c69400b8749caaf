"""With which cases a case may be merged: those of the same customer or author, or found by number or title."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import State
from socialwatch.store import cases
from socialwatch.store.cases import Case, visible_to
from socialwatch.store.tables import case, mention
from socialwatch.store.unit import Unit

SHOWN = 8
LATELY = 500  # cases per state, latest first, in which a title is looked for


def of_same_person(unit: Unit, who: Agent, known: Case) -> list[Case]:
    """Other cases of the same customer, or of whoever wrote in this one; the latest first."""
    wrote = select(mention.c.channel, mention.c.author_id).where(
        mention.c.case_id == known.id, mention.c.own.is_(False), mention.c.author_id.is_not(None)
    )
    numbers: set[int] = set()
    for row in unit.run(wrote.distinct()).all():
        theirs = select(mention.c.case_id).where(mention.c.channel == row.channel, mention.c.author_id == row.author_id)
        numbers |= set(unit.run(theirs.where(mention.c.case_id.is_not(None)).distinct().limit(50)).scalars())
    found = _cases(unit, _others(who, known).where(case.c.id.in_(numbers)))
    if known.customer_id is not None:
        found += _cases(unit, _others(who, known).where(case.c.customer_id == known.customer_id))
    once = {each.id: each for each in found}.values()
    return sorted(once, key=lambda each: each.last_at, reverse=True)[:SHOWN]


def search(unit: Unit, who: Agent, known: Case, words: str) -> list[Case]:
    """By the number of a dossier, or by words of its title, among those of late."""
    said = words.strip().lstrip("#")
    if said.isdecimal() and len(said) < 16:
        return _cases(unit, _others(who, known).where(case.c.id == int(said)))
    if len(said) < 2:
        return []
    found: list[Case] = []
    for state in State:
        late = _others(who, known).where(case.c.state == state.value).order_by(case.c.last_at.desc()).limit(LATELY)
        inner = late.with_only_columns(case.c.id).subquery()
        here = select(case).where(case.c.id.in_(select(inner.c.id)), case.c.title.icontains(said, autoescape=True))
        found += _cases(unit, here)
    return sorted(found, key=lambda each: each.last_at, reverse=True)[:SHOWN]


def _others(who: Agent, known: Case) -> Select[Any]:
    return visible_to(who).where(case.c.id != known.id, case.c.merged_into.is_(None))


def _cases(unit: Unit, query: Select[Any]) -> list[Case]:
    rows: Sequence[Any] = unit.run(query.limit(LATELY)).all()
    return [cases.of_row(row) for row in rows]
