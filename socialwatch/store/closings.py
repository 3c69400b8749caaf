"""How cases were closed, of a whole brand at once: never per person, and not at all of few cases or few people."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import State
from socialwatch.store.cases import visible_to
from socialwatch.store.tables import case
from socialwatch.store.unit import Unit

FEWEST, FEWEST_AGENTS = 30, 5  # of fewer a figure would be about somebody


@dataclass(frozen=True, slots=True)
class Said:
    """One sign: how often yes, how often no, and in how many of `of` it was left open."""

    yes: int
    no: int
    of: int

    @property
    def open(self) -> int:
        return self.of - self.yes - self.no


@dataclass(frozen=True, slots=True)
class Closings:
    problem_gone: Said
    feels_heard: Said


def closings(unit: Unit, who: Agent, since: datetime) -> Closings | None:
    """The signs of the cases that were closed since; None when they, or those whose they were, are too few to tell."""
    done = visible_to(who).where(
        case.c.state == State.CLOSED.value,
        case.c.last_at >= since,  # an index has this; nothing is closed after its last line
        case.c.closed_at >= since,
        case.c.merged_into.is_(None),
    )
    signs = (case.c.problem_gone, case.c.feels_heard, case.c.owner_id)
    rows = unit.run(done.with_only_columns(*signs, func.count().label("cases")).group_by(*signs)).all()
    total, owners = sum(row.cases for row in rows), {row.owner_id for row in rows} - {None}
    if total <= FEWEST or len(owners) < FEWEST_AGENTS:
        return None
    gone = [(row.problem_gone, row.cases) for row in rows]
    return Closings(_said(gone, total), _said([(row.feels_heard, row.cases) for row in rows], total))


def _said(rows: list[tuple[bool | None, int]], total: int) -> Said:
    return Said(sum(n for said, n in rows if said is True), sum(n for said, n in rows if said is False), total)
