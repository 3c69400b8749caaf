"""Today: what somebody comes back to since yesterday, and how the shift stands for who leads; in few questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from socialwatch.domain.agent import Agent, Presence, answers_customers
from socialwatch.domain.beckoning import Kind
from socialwatch.domain.reply import ReplyState
from socialwatch.domain.thanks import TOGETHER
from socialwatch.store import cases, people, situations
from socialwatch.store.cases import OPEN_STATES, Case, visible_to
from socialwatch.store.mentions import Stored, stored
from socialwatch.store.promises import Promise
from socialwatch.store.tables import beckon, case, mention, promise, reply, thanks
from socialwatch.store.unit import Unit

SHOWN = 8
WORDS = 200  # thank-yous for one person that are looked at
COUNTED = 2000  # cases of one day that the norm is held against
LEVELS = 4
NOTHING = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Due:
    """A promise with the case it was made in."""

    promise: Promise
    case: Case


@dataclass(frozen=True, slots=True)
class Moved:
    """A case with the customer's post that moved it."""

    case: Case
    post: Stored


@dataclass(frozen=True, slots=True)
class Beckoned:
    """Where a colleague calls: who, in what words, since when; `asks` when it is to look along."""

    case: Case
    by_id: int
    words: str
    at: datetime
    asks: bool


@dataclass(frozen=True, slots=True)
class Thanked:
    """Who thanked for what; `case` is None when it thanks for no case we know."""

    post: Stored
    case: Case | None


@dataclass(frozen=True, slots=True)
class Mine:
    """What is for one person."""

    due: Sequence[Due]
    moved: Sequence[Moved]
    thanked: Sequence[Thanked]
    beckoned: Sequence[Beckoned]
    back: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Load:
    """What lies on one desk now: open cases by frustration 0..3. It serves the dividing of work and is kept nowhere."""

    agent_id: int
    name: str
    presence: Presence
    by_level: tuple[int, int, int, int]

    @property
    def cases(self) -> int:
        return sum(self.by_level)


def mine(unit: Unit, who: Agent, since: datetime, now: datetime, tomorrow: datetime) -> Mine:
    """What is for this person: since `since`, and due before `tomorrow`."""
    return Mine(
        due(unit, who, tomorrow, own=True),
        _moved(unit, who, since),
        _thanked(unit, who, since),
        _beckoned(unit, who),
        _back(unit, who, since, now),
    )


def due(unit: Unit, who: Agent, until: datetime, *, own: bool) -> list[Due]:
    """Promises that fall due before `until`, late ones first: one's own, or those of everybody."""
    waiting = promise.c.kept_at.is_(None) & promise.c.dropped_at.is_(None) & (promise.c.due_at < until)
    query = select(promise).where(promise.c.brand == who.brand, waiting)
    query = query.where(promise.c.agent_id == who.id) if own else query
    found = [Promise(**row._mapping) for row in unit.run(query.order_by(promise.c.due_at, promise.c.id).limit(SHOWN))]
    known = situations.seen(unit, who, [each.case_id for each in found])
    return [Due(each, known[each.case_id]) for each in found if each.case_id in known]


def _own(who: Agent) -> Select[tuple[int]]:
    return visible_to(who).where(case.c.owner_id == who.id)


def _moved(unit: Unit, who: Agent, since: datetime) -> list[Moved]:
    """Own cases in which the customer is waiting for us since the latest post, the latest first."""
    late = _own(who).where(case.c.state.in_(OPEN_STATES), case.c.last_at >= since, case.c.due_since.is_not(None))
    found = [cases.of_row(row) for row in unit.run(late.order_by(case.c.last_at.desc()).limit(SHOWN))]
    posts = _latest(unit, [each.id for each in found])
    return [Moved(each, posts[each.id]) for each in found if each.id in posts]


def _latest(unit: Unit, numbers: Sequence[int]) -> dict[int, Stored]:
    """The customer's latest post per case."""
    if not numbers:
        return {}
    theirs = select(mention).where(mention.c.case_id.in_(numbers), mention.c.own.is_(False))
    rows = unit.run(theirs.order_by(mention.c.created_at, mention.c.id))
    return {row.case_id: stored(row) for row in rows}


def _thanked(unit: Unit, who: Agent, since: datetime) -> list[Thanked]:
    """Who thanked this person and was not thanked back yet; what stands on one card is one of these."""
    latest: dict[int, Row[Any]] = {}
    said: dict[int, datetime] = {}
    for row in unit.run(_words_for(who, since - TOGETHER)):
        latest.setdefault(row.card, row)
        if row.said_at is not None:
            said[row.card] = max(row.said_at, said.get(row.card, row.said_at))
    owed = [row for row in latest.values() if row.thanked_at >= since and not _said_since(said.get(row.card), row)]
    known = situations.seen(unit, who, [row.thanked_for for row in owed[:SHOWN] if row.thanked_for is not None])
    return [Thanked(stored(row), known.get(row.thanked_for)) for row in owed[:SHOWN]]


def _said_since(at: datetime | None, row: Row[Any]) -> bool:
    return at is not None and at >= row.created_at


def _words_for(who: Agent, since: datetime) -> Select[Any]:
    """The thank-yous for this person, the latest first, each with its card and when we answered it."""
    stands = (reply.c.id == thanks.c.reply_id) & (reply.c.state != ReplyState.FAILED.value)
    card = func.coalesce(thanks.c.with_id, thanks.c.id).label("card")
    columns = (thanks.c.case_id.label("thanked_for"), thanks.c.at.label("thanked_at"), card)
    query = select(mention, *columns, reply.c.created_at.label("said_at"))
    theirs = query.join(thanks, thanks.c.mention_id == mention.c.id).outerjoin(reply, stands)
    mine = (thanks.c.brand == who.brand) & (thanks.c.at >= since) & (thanks.c.agent_id == who.id)
    return theirs.where(mine).order_by(thanks.c.at.desc(), thanks.c.id.desc()).limit(WORDS)


def _beckoned(unit: Unit, who: Agent) -> list[Beckoned]:
    unseen = (beckon.c.agent_id == who.id) & beckon.c.seen_at.is_(None) & (beckon.c.brand == who.brand)
    rows = unit.run(select(beckon).where(unseen).order_by(beckon.c.at.desc()).limit(SHOWN)).all()
    known = situations.seen(unit, who, [row.case_id for row in rows])
    found = [row for row in rows if row.case_id in known]
    return [Beckoned(known[row.case_id], row.by_id, row.words, row.at, row.kind == Kind.LOOK.value) for row in found]


def _back(unit: Unit, who: Agent, since: datetime, now: datetime) -> list[Case]:
    """Own cases whose *later* has come."""
    over = case.c.later_until.between(since, now) & case.c.state.in_(("new", "open", "later"))
    return [cases.of_row(row) for row in unit.run(_own(who).where(over).order_by(case.c.later_until).limit(SHOWN))]


def oldest(unit: Unit, who: Agent) -> list[Case]:
    """Per channel the case that waits longest for us, the longest first."""
    place = func.row_number().over(partition_by=case.c.channel, order_by=(case.c.due_since, case.c.id)).label("place")
    waiting = visible_to(who).where(case.c.state.in_(OPEN_STATES), case.c.due_since.is_not(None))
    placed = waiting.with_only_columns(case.c.id, place).subquery()
    numbers = list(unit.run(select(placed.c.id).where(placed.c.place == 1)).scalars())
    found = situations.seen(unit, who, numbers).values()
    return sorted(found, key=lambda each: (each.due_since or each.last_at, each.id))


def loads(unit: Unit, who: Agent, now: datetime, midnight: datetime) -> list[Load]:
    """What lies on each desk, as routing weighs it, the heaviest first; brand managers have none."""
    seats = [each for each in people.seats(unit, who.brand, now, midnight) if answers_customers(each.agent)]
    counted = _by_level(unit, [each.agent.id for each in seats])
    return [
        Load(each.agent.id, each.agent.name, each.agent.presence, counted.get(each.agent.id, NOTHING))
        for each in sorted(seats, key=lambda each: (-each.open_weight, each.agent.name))
    ]


def _by_level(unit: Unit, owners: Sequence[int]) -> dict[int, tuple[int, int, int, int]]:
    """From the index on owners alone."""
    theirs = case.c.owner_id.in_(owners), case.c.state.in_(OPEN_STATES)
    query = select(case.c.owner_id, case.c.level, func.count().label("cases")).where(*theirs)
    found: dict[int, list[int]] = {}
    for row in unit.run(query.group_by(case.c.owner_id, case.c.level)):
        found.setdefault(row.owner_id, [0] * LEVELS)[min(max(row.level, 0), LEVELS - 1)] += row.cases
    return {number: (levels[0], levels[1], levels[2], levels[3]) for number, levels in found.items()}


def of_today(unit: Unit, who: Agent, midnight: datetime) -> list[Row[tuple[str, int, bool, datetime, datetime]]]:
    """The cases of this day: channel, level, needs_human, opened_at, first_answer_at; at most COUNTED."""
    columns = (case.c.channel, case.c.level, case.c.needs_human, case.c.opened_at, case.c.first_answer_at)
    states = ("new", "open", "waiting", "later", "closed")
    today = case.c.state.in_(states) & (case.c.last_at >= midnight) & (case.c.opened_at >= midnight)
    query = visible_to(who).with_only_columns(*columns).where(today)
    return list(unit.run(query.limit(COUNTED)))
