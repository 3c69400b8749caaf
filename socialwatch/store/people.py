"""People at work: what lies on each desk, their shifts and absences, and who takes over for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, Select, Table, bindparam, delete, func, insert, select, update
from sqlalchemy import case as when

from socialwatch.domain.agent import Agent, Presence
from socialwatch.domain.owner import Seat
from socialwatch.domain.presence import Stretch, deputy, over, presence
from socialwatch.store import agents
from socialwatch.store.gestures import OWN_DECISION
from socialwatch.store.tables import absence, agent, case, gesture, shift
from socialwatch.store.unit import Unit

FURIOUS = 3
LOOK_BACK = timedelta(days=31)  # shifts and absences that ended longer ago say nothing any more


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of somebody's roster."""

    id: int
    agent_id: int
    stretch: Stretch


def _near(table: Table) -> Select[Any]:
    near = (table.c.brand == bindparam("brand")) & (table.c.starts_at <= bindparam("now"))
    return select(table).where(near, table.c.ends_at > bindparam("ended")).order_by(table.c.starts_at, table.c.id)


# Every case that somebody gets asks these, so they are built once: building a statement takes as long as asking it.
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_TEAM = select(agent).where(agent.c.brand == bindparam("brand")).order_by(agent.c.id)
_WEIGHTS = (
    select(case.c.owner_id, func.sum(func.coalesce(case.c.level, 0) / 3 + 1).label("weight"))
    .where(case.c.owner_id.in_(_PEOPLE), case.c.state.in_(("new", "open")))
    .group_by(case.c.owner_id)
)
_SPENT = (
    select(gesture.c.agent_id, func.sum(gesture.c.cost_cents).label("cents"))
    .where(gesture.c.agent_id.in_(_PEOPLE), gesture.c.at >= bindparam("midnight"), *OWN_DECISION)
    .group_by(gesture.c.agent_id)
)
_IN_A_ROW = when((bindparam("level") >= FURIOUS, agent.c.furious_row + 1), else_=0)
_ASSIGNED = (
    update(agent)
    .where(agent.c.id == bindparam("number"))
    .values(assigned_at=bindparam("moment"), furious_row=_IN_A_ROW)
)
_NEAR = {each.name: _near(each) for each in (shift, absence)}


def seats(unit: Unit, brand: str, now: datetime, midnight: datetime) -> list[Seat]:
    """Everybody of a brand with their load: a furious case weighs double, presence ends with the shift, and money that
    was given since `midnight` is spent. Four statements, however many people there are.
    """
    rows = unit.run(_TEAM, {"brand": brand}).all()
    weights, spent = _weights(unit, [row.id for row in rows]), _spent(unit, [row.id for row in rows], midnight)
    shifts, absences = _by_agent(unit, shift, brand, now), _by_agent(unit, absence, brand, now)
    made = []
    for row in rows:
        who, away = agents.of_row(row), absences.get(row.id, ())
        made.append(
            Seat(
                replace(who, presence=presence(who.presence, shifts.get(row.id, ()), away, now)),
                weights.get(row.id, 0.0),
                row.furious_row,
                row.assigned_at,
                spent.get(row.id, Decimal(0)),
                any(each.holds(now) for each in away),
                deputy(away, who.deputy_id, now),
            )
        )
    return made


def _weights(unit: Unit, people: Sequence[int]) -> dict[int, float]:
    """By owner and not by brand: the index on owners holds all that is summed."""
    return {row.owner_id: float(row.weight) for row in unit.run(_WEIGHTS, {"people": people})}


def _spent(unit: Unit, people: Sequence[int], midnight: datetime) -> dict[int, Decimal]:
    """What each gave away since midnight by their own decision: a limit of the mandate, no figure about a person."""
    rows = unit.run(_SPENT, {"people": people, "midnight": midnight})
    return {row.agent_id: Decimal(int(row.cents)) / 100 for row in rows}


def _by_agent(unit: Unit, table: Table, brand: str, now: datetime) -> dict[int, list[Stretch]]:
    """What holds now or ended lately, per person."""
    found: dict[int, list[Stretch]] = {}
    for row in unit.run(_NEAR[table.name], {"brand": brand, "now": now, "ended": now - LOOK_BACK}):
        found.setdefault(row.agent_id, []).append(_stretch(row))
    return found


def _stretch(row: Any) -> Stretch:
    return Stretch(row.starts_at, row.ends_at, getattr(row, "deputy_id", None))


def assigned(unit: Unit, number: int, now: datetime, level: int) -> None:
    """This agent was given a case of this level just now."""
    unit.gather(_assigned, [(number, now, level)])


def _assigned(unit: Unit, given: list[tuple[int, datetime, int]]) -> None:
    """What is gathered keeps its order: each is one step of the row of furious ones."""
    unit.apart(_ASSIGNED, [{"number": number, "moment": at, "level": level} for number, at, level in given])


def shifts(unit: Unit, brand: str, since: datetime) -> list[Entry]:
    """The roster from `since` on, soonest first."""
    return _entries(unit, shift, brand, since)


def absences(unit: Unit, brand: str, since: datetime) -> list[Entry]:
    return _entries(unit, absence, brand, since)


def _entries(unit: Unit, table: Table, brand: str, since: datetime) -> list[Entry]:
    query = select(table).where(table.c.brand == brand, table.c.ends_at > since)
    rows = unit.run(query.order_by(table.c.starts_at, table.c.id))
    return [Entry(row.id, row.agent_id, _stretch(row)) for row in rows]


def plan(unit: Unit, who: Agent, stretches: Sequence[Stretch]) -> None:
    """Put shifts in somebody's roster; one that stands there already is not put in twice."""
    known = {(each.stretch.start, each.stretch.end) for each in _of(unit, shift, who)}
    new = [each for each in dict.fromkeys(stretches) if (each.start, each.end) not in known]
    rows = [{"brand": who.brand, "agent_id": who.id, "starts_at": each.start, "ends_at": each.end} for each in new]
    if rows:
        unit.run(insert(shift), rows)


def be_absent(unit: Unit, who: Agent, away: Stretch) -> None:
    """Write down that somebody is not there; why not is nobody's business."""
    values = {"starts_at": away.start, "ends_at": away.end, "deputy_id": away.deputy_id}
    unit.run(insert(absence).values(brand=who.brand, agent_id=who.id, **values))


def _of(unit: Unit, table: Table, who: Agent) -> list[Entry]:
    rows = unit.run(select(table).where(table.c.agent_id == who.id))
    return [Entry(row.id, row.agent_id, _stretch(row)) for row in rows]


def strike(unit: Unit, brand: str, what: str, number: int) -> bool:
    """Take a shift or an absence out of the roster; False when it is not there."""
    table = shift if what == "shift" else absence
    return unit.run(delete(table).where(table.c.id == number, table.c.brand == brand)).rowcount == 1


def forget_ended(unit: Unit, number: int, now: datetime) -> None:
    """Somebody says where they are now: a shift or absence that is over, or an absence they came back from, is past."""
    for table in (shift, absence):
        unit.run(delete(table).where(table.c.agent_id == number, table.c.ends_at <= now))
    unit.run(delete(absence).where(absence.c.agent_id == number, absence.c.starts_at <= now))


def is_absent(unit: Unit, number: int, now: datetime) -> bool:
    away = (absence.c.agent_id == number) & (absence.c.starts_at <= now) & (absence.c.ends_at > now)
    return unit.run(select(absence.c.id).where(away).limit(1)).first() is not None


def due_to_end(unit: Unit, now: datetime) -> bool:
    """Whether any shift or absence is over that was not forgotten yet."""
    return any(unit.run(select(each.c.id).where(each.c.ends_at <= now).limit(1)).first() for each in (shift, absence))


def end_shifts(unit: Unit, now: datetime) -> int:
    """Whose shift is over is away, and the shift is forgotten; gives back for how many that was."""
    known: dict[int, list[Stretch]] = {}
    for row in unit.run(select(shift).where(shift.c.starts_at <= now)):
        known.setdefault(row.agent_id, []).append(_stretch(row))
    ended = sorted(number for number, theirs in known.items() if over(theirs, now))
    if ended:
        unit.run(update(agent).where(agent.c.id.in_(ended)).values(presence=Presence.AWAY.value))
    unit.run(delete(shift).where(shift.c.ends_at <= now))
    unit.run(delete(absence).where(absence.c.ends_at <= now))
    return len(ended)
