"""Escalations: which cases wait for somebody to take them, what is told next about each, and when that ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.sql.selectable import Exists

from socialwatch.domain.case import State
from socialwatch.domain.escalation import PLACES, Matter, Place
from socialwatch.domain.gesture import GestureState
from socialwatch.store.events import tell
from socialwatch.store.tables import case, escalation, gesture, line, notification, promise
from socialwatch.store.unit import Unit

ESCALATING = 72618  # any number, as long as nothing else holds it
MOST = 500  # per round; the rest follows in the next one
OPEN = (State.NEW.value, State.OPEN.value)
NOT_CLOSED = tuple(each.value for each in State if each is not State.CLOSED)
ANSWERS = ("reply", "own_post", "call")


@dataclass(frozen=True, slots=True)
class Subject:
    """A case as an escalation looks at it. `since` is when we became due; `about` the promise or the gesture, when it
    is about one, and `by` whoever made the gesture: nobody is asked, or told, what they did themselves.
    """

    case_id: int
    brand: str
    channel: str
    level: int
    needs_human: bool
    owner_id: int | None
    since: datetime | None
    accepted_at: datetime | None
    about: int = 0
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """An escalation that is due: `place` is told now."""

    id: int
    matter: Matter
    place: Place
    subject: Subject


def alone(unit: Unit) -> None:
    """Whoever begins or moves escalations does so alone, so that two workers never begin the same one twice."""
    unit.alone(ESCALATING)


def stop(unit: Unit, now: datetime, only: Sequence[int] | None = None) -> None:
    """End what is over (in the cases `only`): somebody took it or answered, the promise was kept, the question was
    answered, or it was handed over.
    """
    running = escalation.c.stopped_at.is_(None)
    ended = update(escalation).where(running, _past()).values(stopped_at=now, due_at=None)
    unit.run(ended if only is None else ended.where(escalation.c.case_id.in_(sorted(only))))


def _past() -> ColumnElement[bool]:
    """What it was about is so no more."""
    return or_(*(and_(escalation.c.matter == matter.value, ~goes) for matter, goes in _GOES_ON.items()))


def _case(*more: ColumnElement[bool]) -> Exists:
    return select(case.c.id).where(case.c.id == escalation.c.case_id, *more).exists()


_OWED = (case.c.state.in_(OPEN), case.c.due_since.is_not(None))
_SAME_OWNER = case.c.owner_id.is_not_distinct_from(escalation.c.owner_id)
_SPOKEN = (
    select(line.c.id)
    .where(line.c.case_id == promise.c.case_id, line.c.kind.in_(ANSWERS), line.c.at >= promise.c.due_at)
    .exists()
)
_UNKEPT = (promise.c.kept_at.is_(None), promise.c.dropped_at.is_(None), ~_SPOKEN)
_UNTOLD = (
    select(notification.c.id)
    .where(
        notification.c.case_id == escalation.c.case_id,
        notification.c.step >= escalation.c.id * PLACES,
        notification.c.step < (escalation.c.id + 1) * PLACES,
        notification.c.due_at.is_not(None),
    )
    .exists()
)
_GOES_ON: dict[Matter, ColumnElement[bool]] = {
    Matter.UNTAKEN: _case(*_OWED, _SAME_OWNER, case.c.accepted_at.is_(None)),
    Matter.SILENT: _case(*_OWED, _SAME_OWNER, case.c.accepted_at.is_not(None)),
    Matter.PROMISE: and_(
        _case(case.c.state != State.CLOSED.value),
        select(promise.c.id).where(promise.c.id == escalation.c.subject, *_UNKEPT).exists(),
    ),
    Matter.ASK: select(gesture.c.id)
    .where(gesture.c.id == escalation.c.subject, gesture.c.state == GestureState.ASKED.value)
    .exists(),
    Matter.REPORT: or_(escalation.c.due_at.is_not(None), _UNTOLD),
}


def untaken(unit: Unit, brands: Iterable[str], only: Sequence[int] | None = None) -> list[Subject]:
    """Open cases (among `only`) that press or were given to somebody, that nobody took, and that no escalation runs
    for yet.
    """
    runs = _runs(Matter.UNTAKEN, escalation.c.stopped_at.is_(None))
    wanted = or_(case.c.needs_human.is_(True), case.c.level >= 3, case.c.owner_id.is_not(None))
    query = _cases(brands).where(*_OWED, wanted, case.c.accepted_at.is_(None), ~runs)
    return _subjects(unit, query if only is None else query.where(case.c.id.in_(sorted(only))))


def silent(unit: Unit, brands: Iterable[str], before: datetime) -> list[Subject]:
    """Open cases that somebody took and that we are due in since before `before`, without a nudge for that."""
    late = (case.c.due_since <= before, case.c.accepted_at <= before)
    runs = _runs(Matter.SILENT, escalation.c.stopped_at.is_(None))
    query = _cases(brands).where(*_OWED, *late, case.c.owner_id.is_not(None), ~runs)
    known = select(escalation.c.case_id, escalation.c.subject).where(escalation.c.matter == Matter.SILENT.value)
    found = _subjects(unit, query.order_by(case.c.due_since))
    wanted = [each.case_id for each in found]
    said = {(row.case_id, row.subject) for row in unit.run(known.where(escalation.c.case_id.in_(wanted)))}
    return [each for each in found if (each.case_id, since_key(each)) not in said]


def since_key(found: Subject) -> int:
    """Names one period in which somebody owes an answer, so that each gets one nudge."""
    began = max((each for each in (found.since, found.accepted_at) if each is not None), default=None)
    return 0 if began is None else int(began.timestamp())


def broken(unit: Unit, brands: Iterable[str], now: datetime) -> list[Subject]:
    """Cases with a promise that is past its moment, without a word of ours since."""
    runs = _runs(Matter.PROMISE, escalation.c.subject == promise.c.id)
    query = _cases(brands, promise.c.id).join(promise, promise.c.case_id == case.c.id)
    # Every round asks this: by the states that are not closed, or SQLite reads every case the brand ever had.
    late = (promise.c.brand.in_(sorted(brands)), promise.c.due_at <= now, *_UNKEPT, case.c.state.in_(NOT_CLOSED))
    return _subjects(unit, query.where(*late, ~runs))


def asked(unit: Unit, brands: Iterable[str]) -> list[Subject]:
    """Cases in which somebody asked whether a gesture may be done."""
    runs = _runs(Matter.ASK, escalation.c.subject == gesture.c.id)
    asks = (gesture.c.brand.in_(sorted(brands)), gesture.c.state == GestureState.ASKED.value)
    waiting = (
        unit.run(select(gesture.c.id).where(*asks)).scalars().all()
    )  # few; joined, SQLite would begin at the cases
    query = _cases(brands, gesture.c.id).join(gesture, gesture.c.case_id == case.c.id)
    return _subjects(unit, query.where(gesture.c.id.in_(waiting), ~runs)) if waiting else []


def _runs(matter: Matter, *more: ColumnElement[bool]) -> Exists:
    mine = (escalation.c.case_id == case.c.id, escalation.c.matter == matter.value)
    return select(escalation.c.id).where(*mine, *more).exists()


def _cases(brands: Iterable[str], about: ColumnElement[int] | None = None) -> Select[Any]:
    columns = (case,) if about is None else (case, about.label("about"))
    return select(*columns).where(case.c.brand.in_(sorted(brands))).limit(MOST)


def _subjects(unit: Unit, query: Select[Any]) -> list[Subject]:
    return [_subject(row) for row in unit.run(query)]


def _subject(row: Row[Any]) -> Subject:
    return Subject(
        row.id,
        row.brand,
        row.channel,
        row.level,
        row.needs_human,
        row.owner_id,
        row.due_since,
        row.accepted_at,
        getattr(row, "about", 0),
        getattr(row, "by", None),
    )


def begin(unit: Unit, matter: Matter, found: Sequence[tuple[Subject, datetime]]) -> None:
    """Start an escalation for each of these, due at its moment."""
    if not found:
        return
    times = _times(unit, [each.case_id for each, _ in found]) if matter is Matter.UNTAKEN else {}
    rows = [
        {
            "brand": each.brand,
            "case_id": each.case_id,
            "matter": matter.value,
            "subject": _which(matter, each, times),
            "owner_id": each.owner_id,
            "step": 0,
            "round": 0,
            "due_at": due_at,
        }
        for each, due_at in found
    ]
    unit.run(insert(escalation), rows)


def _times(unit: Unit, numbers: Iterable[int]) -> dict[int, int]:
    """How often each case was escalated before."""
    mine = (escalation.c.case_id.in_(sorted(numbers)), escalation.c.matter == Matter.UNTAKEN.value)
    query = select(escalation.c.case_id, func.max(escalation.c.subject).label("last")).where(*mine)
    return {row.case_id: row.last for row in unit.run(query.group_by(escalation.c.case_id))}


def _which(matter: Matter, found: Subject, times: dict[int, int]) -> int:
    match matter:
        case Matter.UNTAKEN:
            return times.get(found.case_id, 0) + 1
        case Matter.SILENT:
            return since_key(found)
        case _:
            return found.about


def due(unit: Unit, now: datetime, only: Sequence[int] | None = None) -> list[Running]:
    """The escalations (of the cases in `only`) whose next step is due, longest overdue first."""
    columns = [escalation.c[name].label(f"own_{name}") for name in ("id", "matter", "step", "round", "subject")]
    theirs = (gesture.c.id == escalation.c.subject) & escalation.c.matter.in_((Matter.ASK.value, Matter.REPORT.value))
    query = select(case, *columns, gesture.c.agent_id.label("by")).join(escalation, escalation.c.case_id == case.c.id)
    query = query.outerjoin(gesture, theirs)
    query = query.where(escalation.c.due_at <= now, escalation.c.stopped_at.is_(None)).order_by(escalation.c.due_at)
    rows = unit.run(query.limit(MOST) if only is None else query.where(case.c.id.in_(sorted(only))))
    return [
        Running(row.own_id, Matter(row.own_matter), Place(row.own_step, row.own_round), _subject(row)) for row in rows
    ]


def move(unit: Unit, number: int, place: Place, due_at: datetime | None) -> None:
    """The ladder stands at `place` now; without a moment nothing more is told."""
    values = {"step": place.step, "round": place.round, "due_at": due_at}
    unit.run(update(escalation).where(escalation.c.id == number).values(values))


def alarm(unit: Unit, found: Subject, now: datetime) -> None:
    """Nobody could be found: a red line stands on every page until somebody takes the case."""
    untaken = (case.c.id == found.case_id, case.c.accepted_at.is_(None), case.c.due_since.is_not(None))
    if unit.run(update(case).where(*untaken).values(alarm_at=now)).rowcount:
        tell(unit, found.brand, "case", found.case_id)


def over(unit: Unit, numbers: Iterable[int]) -> set[int]:
    """Which of these escalations have ended, or will at the next round: a hand-over may be undone in between."""
    ended = or_(escalation.c.stopped_at.is_not(None), _past())
    return set(unit.run(select(escalation.c.id).where(escalation.c.id.in_(sorted(set(numbers))), ended)).scalars())


def matters(unit: Unit, numbers: Iterable[int]) -> dict[int, Matter]:
    """What each of these escalations is about."""
    query = select(escalation.c.id, escalation.c.matter).where(escalation.c.id.in_(sorted(set(numbers))))
    return {row.id: Matter(row.matter) for row in unit.run(query)}
