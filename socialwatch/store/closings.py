"""How cases were closed, of a whole brand at once: never per person, and not at all below FEWEST cases."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import State
from socialwatch.store.cases import visible_to
from socialwatch.store.tables import case
from socialwatch.store.unit import Unit

FEWEST = 30  # below this a figure would be about somebody


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
    """The signs of the cases that were closed since; None when they are too few to tell."""
    done = visible_to(who).where(
        case.c.state == State.CLOSED.value,
        case.c.last_at >= since,  # an index has this; nothing is closed after its last line
        case.c.closed_at >= since,
        case.c.merged_into.is_(None),
    )
    found = done.with_only_columns(case.c.problem_gone, case.c.feels_heard, func.count().label("cases"))
    rows = unit.run(found.group_by(case.c.problem_gone, case.c.feels_heard)).all()
    total = sum(row.cases for row in rows)
    if total <= FEWEST:
        return None
    gone = [(row.problem_gone, row.cases) for row in rows]
    return Closings(_said(gone, total), _said([(row.feels_heard, row.cases) for row in rows], total))


def _said(rows: list[tuple[bool | None, int]], total: int) -> Said:
    return Said(sum(n for said, n in rows if said is True), sum(n for said, n in rows if said is False), total)
