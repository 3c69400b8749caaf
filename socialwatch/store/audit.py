"""What the audit needs to know: open cases and who has them, work that is due, mentions that nobody works on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, case, func, select

from socialwatch.domain.agent import answers_customers
from socialwatch.domain.audit import UNTOLD, Findings, Standing, loose
from socialwatch.domain.case import LineKind, State
from socialwatch.domain.health import LATE, Condition
from socialwatch.store import agents, health
from socialwatch.store.tables import case as cases
from socialwatch.store.tables import escalation, job, line, mention, notification, reply
from socialwatch.store.unit import Unit

OPEN = cases.c.state != State.CLOSED.value
# The steps that bring a mention to its place; *explain* only explains.
ON_MENTIONS = ("assess", "identify", "route")
ON_CASES = ("notify",)
ON_REPLIES = ("say",)
ON_PEOPLE = ("tell",)
ALIVE = ("ready", "leased")


def findings(unit: Unit, now: datetime, sources: frozenset[str], untold: timedelta = UNTOLD) -> Findings:
    """One look at everything; `sources` are the configured ones."""
    late = tuple(each.source.name for each in health.seen(unit, now, sources) if each.condition is Condition.LATE)
    return Findings(loose(standings(unit), now, untold), late, idle(unit), lost(unit))


def standings(unit: Unit, brand: str | None = None) -> list[Standing]:
    """Every open case (of one brand) as it stands, oldest first, in a fixed number of questions."""
    query = select(cases).where(OPEN).order_by(cases.c.id)
    rows = unit.run(query if brand is None else query.where(cases.c.brand == brand)).all()
    told, taken, working, calls = _told(unit), _taken(unit), _at_work(unit), _calls(unit)
    staffed = {each.brand for each in agents.everyone(unit) if answers_customers(each)}
    return [
        Standing(
            id=row.id,
            brand=row.brand,
            state=State(row.state),
            pressing=row.needs_human or row.level >= 3,
            owned=row.owner_id is not None,
            since=row.due_since or row.opened_at,
            later_until=row.later_until,
            at_work=row.id in working,
            told=_heard(row, told),
            taken=row.id in taken,
            staffed=row.brand in staffed,
            calls_at=calls.get(row.id),
            alarm=row.alarm_at is not None,
        )
        for row in rows
    ]


def _heard(row: Row[Any], told: set[tuple[int, int]]) -> bool:
    if row.owner_id is not None:
        return (row.id, row.owner_id) in told
    return any(number == row.id for number, _ in told)


def _told(unit: Unit) -> set[tuple[int, int]]:
    """(case, agent) of every notification that arrived, of open cases."""
    query = select(notification.c.case_id, notification.c.agent_id).join(cases, cases.c.id == notification.c.case_id)
    rows = unit.run(query.where(OPEN, notification.c.delivered_at.is_not(None)))
    return {(row.case_id, row.agent_id) for row in rows}


def _taken(unit: Unit) -> set[int]:
    """Open cases whose present owner was chosen by a person."""
    query = select(line.c.case_id, line.c.detail).join(cases, cases.c.id == line.c.case_id)
    rows = unit.run(query.where(OPEN, line.c.kind == LineKind.ASSIGNED.value).order_by(line.c.id))
    last = {row.case_id: row.detail.get("by") is not None for row in rows}
    return {number for number, chosen in last.items() if chosen}


def _calls(unit: Unit) -> dict[int, datetime]:
    """When the next person is called about each case of which nobody has heard enough yet."""
    running = (escalation.c.stopped_at.is_(None), escalation.c.due_at.is_not(None))
    query = select(escalation.c.case_id, func.min(escalation.c.due_at).label("next")).where(*running)
    return {row.case_id: row.next for row in unit.run(query.group_by(escalation.c.case_id))}


def _at_work(unit: Unit) -> set[int]:
    """Cases for which a job is due or held, and not overdue."""
    promised = case((job.c.state == "ready", job.c.ready_at), else_=job.c.leased_until) > unit.stamp() - LATE
    alive = job.c.state.in_(ALIVE) & promised
    questions: Iterable[Select[Any]] = (
        select(mention.c.case_id).join(job, job.c.subject == mention.c.id).where(job.c.step.in_(ON_MENTIONS), alive),
        select(job.c.subject).where(job.c.step.in_(ON_CASES), alive),
        select(notification.c.case_id)
        .join(job, job.c.subject == notification.c.agent_id)
        .where(job.c.step.in_(ON_PEOPLE), alive, notification.c.due_at.is_not(None)),
        select(reply.c.case_id).join(job, job.c.subject == reply.c.id).where(job.c.step.in_(ON_REPLIES), alive),
    )
    return {number for each in questions for number in unit.run(each).scalars() if number is not None}


def idle(unit: Unit) -> float:
    """Seconds that the longest due work waits while no job at all is held; 0 below LATE, or when somebody works."""
    now = unit.stamp()
    held = unit.run(select(func.count()).where(job.c.state == "leased", job.c.leased_until > now)).scalar_one()
    first = unit.run(select(func.min(job.c.ready_at)).where(job.c.state == "ready")).scalar_one()
    waits = 0.0 if first is None else now - first
    return waits if not held and waits > LATE else 0.0


def lost(unit: Unit, brand: str | None = None) -> int:
    """Mentions (of one brand) that wait for their place without any job, not even a dead one."""
    working = select(job.c.id).where(job.c.subject == mention.c.id, job.c.step.in_(ON_MENTIONS)).exists()
    query = select(func.count()).where(mention.c.state == "waiting", ~working)
    return int(unit.run(query if brand is None else query.where(mention.c.brand == brand)).scalar_one())
