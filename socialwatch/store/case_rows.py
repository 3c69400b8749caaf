"""A case as it is read from its row, and how heavy it weighs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from socialwatch.domain.case import State


@dataclass(frozen=True, slots=True)
class Weight:
    """How heavy a case weighs: the part of its priority that does not change with waiting, and the reasons for it.

    Frustration and risk 0..1, level 0..3.
    """

    static: float
    reasons: Sequence[Any]
    frustration: float
    risk: float
    level: int
    needs_human: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One row of `case`; its thread is read apart."""

    id: int
    brand: str
    title: str
    channel: str
    customer_id: str | None
    owner_id: int | None
    uncovered: bool
    state: State
    opened_at: datetime
    last_at: datetime
    due_since: datetime | None
    first_answer_at: datetime | None
    frustration: float
    risk: float
    level: int
    needs_human: bool
    static: float
    reasons: list[Any]
    language: str
    accepted_at: datetime | None = None
    alarm_at: datetime | None = None
    later_until: datetime | None = None
    closed_at: datetime | None = None
    problem_gone: bool | None = None
    feels_heard: bool | None = None
    merged_into: int | None = None


def of_row(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        brand=row.brand,
        title=row.title,
        channel=row.channel,
        customer_id=row.customer_id,
        owner_id=row.owner_id,
        uncovered=row.uncovered,
        state=State(row.state),
        opened_at=row.opened_at,
        last_at=row.last_at,
        due_since=row.due_since,
        first_answer_at=row.first_answer_at,
        frustration=row.frustration,
        risk=row.risk,
        level=row.level,
        needs_human=row.needs_human,
        static=row.static,
        reasons=row.reasons,
        language=row.language,
        accepted_at=row.accepted_at,
        alarm_at=row.alarm_at,
        later_until=row.later_until,
        closed_at=row.closed_at,
        problem_gone=row.problem_gone,
        feels_heard=row.feels_heard,
        merged_into=row.merged_into,
    )
