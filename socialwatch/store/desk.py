"""What the desk's lists ask of the database: the queue, what was put aside, and the thank-yous.

Every question about cases goes through `visible_to`; every other one filters on the agent's own brand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, false, func, or_, select, update

from socialwatch.domain.agent import Agent, Role, answers_customers
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.reply import Reply, ReplyState
from socialwatch.domain.risk import LIKELY
from socialwatch.store import agents, cases, mentions, queue, replies, situations
from socialwatch.store.cases import OPEN_STATES, Case, visible_to
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.replies import Thanks
from socialwatch.store.tables import assessment, case, mention, reply, thanks
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


@dataclass(frozen=True, slots=True)
class Thankful:
    """A thank-you with its post, the case it thanks for, what we said there, and our answer to it."""

    thanks: Thanks
    post: Stored
    case: Case | None
    ours: list[Reply]
    answer: Reply | None
    owner: str | None


def inbox(unit: Unit, who: Agent, stream: Stream, limit: int = SHOWN) -> Queue:
    """One stream of the queue in a fixed number of queries, however many cases there are."""
    seen = situations.standing_apart(visible_to(who)) if stream is Stream.ALL else visible_to(who)
    rows = unit.run(_in_stream(seen, who, stream).limit(limit + 1)).all()
    found = [cases.of_row(row) for row in rows[:limit]]
    return Queue(_rows(unit, who, found), counts(unit, who), unplaced(unit, who), len(rows) > limit)


def _in_stream(query: Select[Any], who: Agent, stream: Stream) -> Select[Any]:
    if stream is Stream.ASIDE:
        return query.where(false())
    if stream is Stream.DONE:
        return query.where(case.c.state == "closed").order_by(case.c.last_at.desc(), case.c.id.desc())
    if stream is Stream.WAITING:
        return query.where(case.c.state.in_(("waiting", "later"))).order_by(case.c.last_at.desc(), case.c.id.desc())
    query = query.where(case.c.state.in_(OPEN_STATES)).order_by(case.c.rank.desc(), case.c.id)
    if stream is Stream.MINE:
        return query.where(or_(case.c.owner_id == who.id, case.c.adviser_id == who.id))
    return query.where(case.c.owner_id.is_(None)) if stream is Stream.NOBODY else query


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
    found = {}
    for stream in (Stream.ALL, Stream.MINE, Stream.NOBODY, Stream.WAITING):
        ids = _in_stream(visible_to(who), who, stream).with_only_columns(case.c.id).order_by(None).limit(COUNTED)
        found[stream] = int(unit.run(select(func.count()).select_from(ids.subquery())).scalar_one())
    return found


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


def thankful(unit: Unit, who: Agent, limit: int = 40) -> list[Thankful]:
    """The thank-yous of this brand, newest first."""
    query = select(thanks).where(thanks.c.brand == who.brand).order_by(thanks.c.at.desc(), thanks.c.id.desc())
    found = [Thanks(**row._mapping) for row in unit.run(query.limit(limit))]
    posts = {each.id: each for each in mentions.by_id(unit, [each.mention_id for each in found])}
    numbers = [each.case_id for each in found if each.case_id is not None]
    known = {row.id: cases.of_row(row) for row in unit.run(visible_to(who).where(case.c.id.in_(numbers)))}
    said = replies.of_cases(unit, known)
    answers = {each.id: each for each in said} | _answers(unit, found)
    names = owners(unit, who)
    return [
        Thankful(
            each,
            posts[each.mention_id],
            known.get(each.case_id) if each.case_id else None,
            [r for r in said if r.case_id == each.case_id and r.state is ReplyState.SENT and r.id != each.reply_id],
            answers.get(each.reply_id) if each.reply_id else None,
            names.get(each.agent_id) if each.agent_id else None,
        )
        for each in found
        if each.mention_id in posts
    ]


def _answers(unit: Unit, found: Sequence[Thanks]) -> dict[int, Reply]:
    numbers = [each.reply_id for each in found if each.reply_id is not None]
    return {row.id: replies.of_row(row) for row in unit.run(select(reply).where(reply.c.id.in_(numbers)))}
