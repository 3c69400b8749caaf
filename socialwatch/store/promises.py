"""Promises: what we said would happen, when, and who sees to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, select, update

from socialwatch.domain.escalation import Matter
from socialwatch.store.events import tell
from socialwatch.store.tables import escalation, promise
from socialwatch.store.unit import Unit

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of one agent; open until it was kept or dropped. `what` is said in our own words of the reply."""

    id: int
    brand: str
    case_id: int
    agent_id: int
    reply_id: int | None
    what: str
    made_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    dropped_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.kept_at is None and self.dropped_at is None


def make(unit: Unit, new: Promise) -> int:
    """A promise becomes a timer (`new.id` is ignored); the same words of the same reply, or for the same moment in the
    same case, give the first one: a form that is sent twice makes one.
    """
    same = (promise.c.case_id == new.case_id) & (promise.c.reply_id == new.reply_id) & (promise.c.what == new.what)
    if new.reply_id is None:
        by_hand = (promise.c.reply_id.is_(None), promise.c.kept_at.is_(None), promise.c.dropped_at.is_(None))
        moment = (promise.c.what == new.what) & (promise.c.due_at == new.due_at)
        same = (promise.c.case_id == new.case_id) & moment & and_(*by_hand)
    known = unit.run(select(promise.c.id).where(same)).first()
    if known is not None:
        return int(known.id)
    values = {name: getattr(new, name) for name in Promise.__dataclass_fields__ if name != "id"}
    number = unit.run(insert(promise).values(values).returning(promise.c.id)).scalar_one()
    tell(unit, new.brand, "case", new.case_id)
    return int(number)


_OF_CASE = select(promise).where(promise.c.case_id == bindparam("number")).order_by(promise.c.due_at, promise.c.id)


def of_case(unit: Unit, number: int) -> list[Promise]:
    """All promises of a case, soonest first; what was declined as a timer stands among them as dropped."""
    return [_of_row(row) for row in unit.run(_OF_CASE, {"number": number})]


def of_brand(unit: Unit, brand: str, number: int) -> Promise | None:
    """One promise, when it is this brand's."""
    row = unit.run(select(promise).where(promise.c.id == number, promise.c.brand == brand)).one_or_none()
    return None if row is None else _of_row(row)


def due(unit: Unit, until: datetime, brand: str | None = None, limit: int = SHOWN) -> list[Promise]:
    """Open promises whose moment lies before `until`, soonest first; of one brand, or of all."""
    waiting = promise.c.kept_at.is_(None) & promise.c.dropped_at.is_(None) & (promise.c.due_at <= until)
    query = select(promise).where(waiting).order_by(promise.c.due_at, promise.c.id).limit(limit)
    return [_of_row(row) for row in unit.run(query if brand is None else query.where(promise.c.brand == brand))]


def keep(unit: Unit, kept: Promise, now: datetime) -> bool:
    """It was done; False when it was settled before."""
    return _change(unit, kept, {"kept_at": now})


def drop(unit: Unit, dropped: Promise, now: datetime) -> bool:
    """It is no promise any more; False when it was settled before."""
    return _change(unit, dropped, {"dropped_at": now})


def fall(unit: Unit, reply_id: int, now: datetime) -> None:
    """What an answer promised that does not stand there is no promise any more."""
    for row in unit.run(select(promise).where(promise.c.reply_id == reply_id)).all():
        drop(unit, _of_row(row), now)


def move(unit: Unit, moved: Promise, due_at: datetime, now: datetime) -> bool:
    """Another moment was agreed; False when it was settled before. Who was called about the first moment is called no
    further, and about the new one as if there had been none: the old ladder keeps its number and its own name.
    """
    mine = (escalation.c.matter == Matter.PROMISE.value) & (escalation.c.subject == moved.id)
    over = {"subject": -escalation.c.id, "due_at": None, "stopped_at": now}
    unit.run(update(escalation).where(mine, escalation.c.case_id == moved.case_id).values(over))
    return _change(unit, moved, {"due_at": due_at})


def _change(unit: Unit, known: Promise, values: dict[str, Any]) -> bool:
    still = (promise.c.id == known.id) & promise.c.kept_at.is_(None) & promise.c.dropped_at.is_(None)
    changed = unit.run(update(promise).where(still).values(values)).rowcount
    tell(unit, known.brand, "case", known.case_id)
    return bool(changed == 1)


def _of_row(row: Row[Any]) -> Promise:
    return Promise(**row._mapping)
