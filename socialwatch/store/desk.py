"""What the desk's lists ask of the database: the queue and what was put aside.

Every question about cases goes through `visible_to`; every other one filters on the agent's own brand.
"""

import functools
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, func, select, union_all, update

from socialwatch.domain.agent import Agent, Role, answers_customers
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.case import State
from socialwatch.domain.risk import LIKELY
from socialwatch.store import agents, cases, mentions, queue, situations
from socialwatch.store.cases import OPEN_STATES, Case, visible_to
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import assessment, case, mention
from socialwatch.store.unit import Unit

SHOWN = 60
COUNTED = 1000  # above this a stream says "1000+"


class Stream(StrEnum):
    """The ways to look at the queue."""

    ALL = "all"
    MINE = "mine"
    NOBODY = "nobody"
    WAITING = "waiting"
    DONE = "done"
    ASIDE = "aside"


STATES = {
    Stream.ALL: OPEN_STATES,
    Stream.NOBODY: OPEN_STATES,
    Stream.WAITING: (State.WAITING.value, State.LATER.value),
    Stream.DONE: (State.CLOSED.value,),
    Stream.ASIDE: (),
}
ALIKE = (Stream.ALL, Stream.NOBODY, Stream.WAITING, Stream.DONE)  # the same for all of a brand
BY_MOMENT = (Stream.WAITING, Stream.DONE)  # latest first; the others: heaviest first


@dataclass(frozen=True, slots=True)
class Entry:
    """One case in the queue, with what its row shows. `last` is the customer's latest post, when there is one."""

    case: Case
    owner: str | None
    channels: tuple[str, ...]
    hazards: tuple[Hazard, ...]
    last: Stored | None


@dataclass(frozen=True, slots=True)
class Queue:
    """What the Inbox shows. `unplaced` mentions were not assessed or routed yet."""

    rows: list[Entry]
    counts: Mapping[Stream, int]
    unplaced: int
    more: bool


def inbox(unit: Unit, who: Agent, stream: Stream, limit: int = SHOWN) -> Queue:
    """One stream of the queue in a fixed number of queries, however many cases there are."""
    seen = situations.standing_apart(visible_to(who)) if stream is Stream.ALL else visible_to(who)
    asked = [_ordered(query, stream).limit(limit + 1) for query in _in_stream(seen, who, stream)]
    rows = sorted((row for query in asked for row in unit.run(query)), key=lambda row: _place(row, stream))
    found = [cases.of_row(row) for row in rows[:limit]]
    return Queue(_rows(unit, who, found), counts(unit, who), unplaced(unit, who), len(rows) > limit)


def _in_stream(query: Select[Any], who: Agent, stream: Stream) -> list[Select[Any]]:
    """A question per state, because an index has the cases of one state in order, and of several together it has not;
    what is one's own is found by oneself.
    """
    if stream is Stream.MINE:
        return [query.where(case.c.id.in_(_mine(who)))]
    nobody = (case.c.owner_id.is_(None),) if stream is Stream.NOBODY else ()
    return [query.where(case.c.state == state, *nobody) for state in STATES[stream]]


def _mine(who: Agent) -> CompoundSelect[Any]:
    still = case.c.state.in_(OPEN_STATES)
    return union_all(
        select(case.c.id).where(case.c.owner_id == who.id, still),
        select(case.c.id).where(case.c.adviser_id == who.id, still),
    )


def _ordered(query: Select[Any], stream: Stream) -> Select[Any]:
    if stream in BY_MOMENT:
        return query.order_by(case.c.last_at.desc(), case.c.id.desc())
    return query.order_by(case.c.rank.desc(), case.c.id)


def _place(row: Row[Any], stream: Stream) -> tuple[float, int]:
    """As `_ordered`, for rows that were asked for apart."""
    return (-row.last_at.timestamp(), -row.id) if stream in BY_MOMENT else (-row.rank, row.id)


def _rows(unit: Unit, who: Agent, found: Sequence[Case]) -> list[Entry]:
    posts = cases.mentions(unit, [each.id for each in found])
    read = _hazards(unit, [each.id for each in found])
    names = owners(unit, who)
    rows = []
    for each in found:
        theirs = [post for post in posts[each.id] if not post.mention.own]
        channels = tuple(dict.fromkeys([each.channel, *(post.mention.channel for post in theirs)]))
        owner = names.get(each.owner_id) if each.owner_id is not None else None
        rows.append(Entry(each, owner, channels, read.get(each.id, ()), theirs[-1] if theirs else None))
    return rows


def _hazards(unit: Unit, numbers: Sequence[int]) -> dict[int, tuple[Hazard, ...]]:
    """The likely hazards of cases, gravest first."""
    query = select(mention.c.case_id, assessment.c.hazards).join(mention, mention.c.id == assessment.c.mention_id)
    highest: dict[int, dict[str, float]] = {}
    for row in unit.run(query.where(mention.c.case_id.in_(numbers))):
        known = highest.setdefault(row.case_id, {})
        for name, score in row.hazards.items():
            known[name] = max(score, known.get(name, 0.0))
    return {number: likely(scores) for number, scores in highest.items()}


def likely(scores: Mapping[str, float]) -> tuple[Hazard, ...]:
    """The hazards that are more likely than not, likeliest first."""
    return tuple(Hazard(name) for name in sorted(scores, key=lambda each: -scores[each]) if scores[name] >= LIKELY)


def counts(unit: Unit, who: Agent) -> dict[Stream, int]:
    """How many cases each open stream holds, counted up to COUNTED."""
    streams = (Stream.ALL, Stream.MINE, Stream.NOBODY, Stream.WAITING)
    row = unit.run(select(*(_counted(who, stream).label(stream.value) for stream in streams))).one()
    return {stream: min(COUNTED, int(row._mapping[stream.value])) for stream in streams}


def _counted(who: Agent, stream: Stream) -> ColumnElement[int]:
    apart = (
        each.with_only_columns(case.c.id).limit(COUNTED).subquery() for each in _in_stream(visible_to(who), who, stream)
    )
    counted = [select(func.count()).select_from(each).scalar_subquery() for each in apart]
    return functools.reduce(operator.add, counted)


def unplaced(unit: Unit, who: Agent) -> int:
    """How many mentions of this brand still wait for their place."""
    waiting = select(func.count()).where(mention.c.brand == who.brand, mention.c.state == "waiting")
    return int(unit.run(waiting).scalar_one())


def owners(unit: Unit, who: Agent) -> dict[int, str]:
    """The names of everybody of this brand."""
    return {each.id: each.name for each in agents.everyone(unit, who.brand)}


def colleagues(unit: Unit, who: Agent) -> list[Agent]:
    """Who else of this brand can own a case; administrators last."""
    able = [each for each in agents.everyone(unit, who.brand) if each.id != who.id and answers_customers(each)]
    return sorted(able, key=lambda each: each.role is Role.ADMIN)


def aside(unit: Unit, who: Agent, limit: int = SHOWN) -> list[Stored]:
    """Mentions that were dismissed, newest first."""
    query = select(mention).where(mention.c.brand == who.brand, mention.c.state == "dismissed")
    return [mentions.stored(row) for row in unit.run(query.order_by(mention.c.created_at.desc()).limit(limit))]


def fetch_back(unit: Unit, who: Agent, number: int) -> bool:
    """A dismissed mention gets its trip after all; False when it is not there (any more)."""
    mine = (mention.c.id == number) & (mention.c.brand == who.brand) & (mention.c.state == "dismissed")
    if unit.run(update(mention).where(mine).values(state="waiting", dismissed=None)).rowcount != 1:
        return False
    queue.put(unit, [NewJob(who.brand, "route", number, 5, detail={"fetched_back": True})])
    return True
