"""Who was called to a case, by @name or with *kijk even mee*, and whether they looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, insert, or_, select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.beckoning import Kind
from socialwatch.store import notifications, queue
from socialwatch.store.cases import ANYBODY, Case, visible_to
from socialwatch.store.events import tell
from socialwatch.store.notifications import Telling
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import beckon, case
from socialwatch.store.unit import Unit

PRIORITY = 9
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called to a case, and in what words."""

    to: Sequence[Agent]
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """*Kijk even mee*, as long as it was not answered; only the two of them see it."""

    case_id: int
    title: str
    agent_id: int
    by_id: int
    words: str
    at: datetime


def call(unit: Unit, who: Agent, at: tuple[Case, datetime], what: Call) -> int:
    """Call colleagues to a case; gives back how many. They hear of it by the ways they chose; never oneself."""
    known, now = at
    others = [each for each in what.to if each.id != who.id and each.brand == known.brand]
    row: dict[str, Any] = {"brand": known.brand, "case_id": known.id, "by_id": who.id, "at": now}
    row |= {"kind": what.kind.value, "words": what.words}
    tellings: list[Telling] = []
    for each in others:
        number = int(unit.run(insert(beckon).values(row | {"agent_id": each.id}).returning(beckon.c.id)).scalar_one())
        # below zero: what is above belongs to escalations
        tellings += [Telling(known.brand, known.id, each.id, -number, kind) for kind in each.notify or ("log",)]
    notifications.put(unit, tellings, now)
    queue.put(unit, [NewJob(known.brand, "tell", each.id, PRIORITY) for each in others])
    tell(unit, known.brand, "case", known.id)
    return len(others)


def opened(unit: Unit, who: Agent, number: int, now: datetime) -> None:
    """They opened the case: what called them in a note is seen."""
    _see(unit, who, _unseen(who, number) & (beckon.c.kind == Kind.NOTE.value), (number, now))


def answered(unit: Unit, who: Agent, number: int, now: datetime) -> None:
    """They wrote a note in the case: what they were asked to look at is answered too."""
    _see(unit, who, _unseen(who, number), (number, now))


def _see(unit: Unit, who: Agent, mine: ColumnElement[bool], at: tuple[int, datetime]) -> None:
    number, now = at
    if unit.run(select(beckon.c.id).where(mine).limit(1)).first() is not None:
        unit.run(update(beckon).where(mine).values(seen_at=now))
        tell(unit, who.brand, "case", number)


def _unseen(who: Agent, number: int) -> ColumnElement[bool]:
    return (beckon.c.agent_id == who.id) & beckon.c.seen_at.is_(None) & (beckon.c.case_id == number)


def called(unit: Unit, who: Agent, number: int) -> bool:
    """Whether a note called this person to this case and they did not open it yet."""
    mine = _unseen(who, number) & (beckon.c.kind == Kind.NOTE.value)
    return unit.run(select(beckon.c.id).where(mine).limit(1)).first() is not None


def _looks(theirs: ColumnElement[bool]) -> Select[Any]:
    seen = visible_to(ANYBODY).with_only_columns(case.c.id, case.c.title).where(case.c.merged_into.is_(None)).subquery()
    open_ones = theirs & beckon.c.seen_at.is_(None) & (beckon.c.kind == Kind.LOOK.value)
    query = select(beckon, seen.c.title).join(seen, seen.c.id == beckon.c.case_id).where(open_ones)
    return query.order_by(beckon.c.at.desc(), beckon.c.id.desc()).limit(SHOWN)


# Every page asks these, so they are built once: building a statement takes as long as asking it.
_LOOKS = _looks(beckon.c.agent_id == ANYBODY.id)
_BY_OR_FOR = or_(beckon.c.agent_id == ANYBODY.id, beckon.c.by_id == ANYBODY.id)
_LOOKS_HERE = _looks((beckon.c.case_id == bindparam("number")) & _BY_OR_FOR)


def looks(unit: Unit, who: Agent, number: int | None = None) -> list[Look]:
    """What this person is asked to look at; of one case also what they asked themselves, as nobody else sees it."""
    asks = {"brand": who.brand, "me": who.id}
    rows = unit.run(_LOOKS, asks) if number is None else unit.run(_LOOKS_HERE, asks | {"number": number})
    return [Look(row.case_id, row.title, row.agent_id, row.by_id, row.words, row.at) for row in rows]
