"""Undoing: for a few seconds what somebody did to cases can be taken back, as if it had not been."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from socialwatch.domain.agent import Agent
from socialwatch.store import cases, tags
from socialwatch.store.cases import Case
from socialwatch.store.tables import case, line, undoing
from socialwatch.store.unit import Unit

SECONDS = timedelta(seconds=10)
CHANGED = ("owner_id", "uncovered", "closed_at", "problem_gone", "feels_heard")
SLACK = timedelta(seconds=3)  # for the way from the button to here


@dataclass(frozen=True, slots=True)
class Before:
    """How things stood before something was done: the last line of all, and what of cases follows from no line."""

    last_line: int
    stood: Mapping[int, Mapping[str, Any]]


def before(unit: Unit, numbers: Sequence[int]) -> Before:
    """To be asked in the unit that is going to do something."""
    last = unit.run(select(func.coalesce(func.max(line.c.id), 0))).scalar_one()
    kept = select(case.c.id, *(case.c[name] for name in CHANGED)).where(case.c.id.in_(sorted(set(numbers))))
    stood = {row.id: {name: _written(getattr(row, name)) for name in CHANGED} for row in unit.run(kept)}
    return Before(int(last), stood)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(stood: Mapping[str, Any]) -> dict[str, Any]:
    closed = stood["closed_at"]
    return {**stood, "closed_at": datetime.fromisoformat(closed) if closed else None}


def keep(unit: Unit, who: Agent, known: Before, done: Sequence[Case], now: datetime, tag: str = "") -> int:
    """Remember how to take it back; `now` is real time. Gives the number under which that can be asked."""
    unit.run(delete(undoing).where(undoing.c.until < now - SLACK))
    numbers = [each.id for each in done]
    new = select(line.c.id).where(line.c.case_id.in_(numbers), line.c.id > known.last_line)
    detail = {
        "lines": list(unit.run(new.order_by(line.c.id)).scalars()),
        "stood": [[number, known.stood[number]] for number in numbers if number in known.stood],
        "tag": tag,
    }
    values = {"brand": who.brand, "agent_id": who.id, "until": now + SECONDS, "detail": detail}
    return int(unit.run(insert(undoing).values(values).returning(undoing.c.id)).scalar_one())


def take_back(unit: Unit, who: Agent, number: int, now: datetime) -> list[int] | None:
    """The cases that stand as before again; None when the seconds are over, or it was somebody else's.

    A case in which something happened meanwhile is left as it is.
    """
    theirs = (undoing.c.id == number) & (undoing.c.agent_id == who.id) & (undoing.c.brand == who.brand)
    row = unit.run(select(undoing).where(theirs, undoing.c.until >= now - SLACK)).one_or_none()
    if row is None:
        return None
    unit.run(delete(undoing).where(theirs))
    gone = set(row.detail["lines"])
    moved = _moved_on(unit, [each for each, _ in row.detail["stood"]], gone)
    back = {each: stood for each, stood in row.detail["stood"] if each not in moved}
    for each, stood in back.items():
        unit.run(update(case).where(case.c.id == each).values(_read(stood)))
        if row.detail["tag"]:
            tags.drop(unit, each, row.detail["tag"])
    cases.take_back(unit, sorted(gone), list(back))
    return list(back)


def _moved_on(unit: Unit, numbers: Sequence[int], ours: set[int]) -> set[int]:
    """The cases with a line that was written after ours."""
    if not ours:
        return set()
    later = select(line.c.case_id).where(line.c.case_id.in_(numbers), line.c.id > min(ours), line.c.id.not_in(ours))
    return set(unit.run(later).scalars())
