"""Resume: a case that was put aside until later comes back to its place by itself when its moment has passed.

A customer who writes before that brings it back at once: the state of a case follows from its lines (domain/case).
"""

from collections.abc import Iterable
from datetime import datetime

from socialwatch.domain.case import Line, LineKind
from socialwatch.store import cases, later
from socialwatch.store.unit import Database


def run(database: Database, brands: Iterable[str], now: datetime) -> int:
    """Bring back whose moment has passed; gives back how many. Nothing is written when there are none."""
    wanted = sorted(brands)
    with database.read() as unit:
        if not later.passed(unit, wanted, now):
            return 0
    with database.write() as unit:
        unit.alone(later.RESUMING)
        due = later.passed(unit, wanted, now)
        for number, until in due:
            cases.write(unit, number, Line(LineKind.REOPENED, now, detail={"later": until.isoformat()}))
    return len(due)
