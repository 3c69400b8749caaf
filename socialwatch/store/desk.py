"""What the desk's lists ask of the database: the queue and what was put aside.

Every question about cases goes through `visible_to`; every other one filters on the agent's own brand.
"""

import functools
import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update

from socialwatch.domain.agent import Agent, Role, answers_customers
from socialwatch.domain.assessment import Hazard
from socialwatch.domain.risk import LIKELY
from socialwatch.store import agents, cases, chances, mentions, queue, situations, streams, tags
from socialwatch.store.cases import ANYBODY, Case, among, visible_to
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import NewJob
from socialwatch.store.streams import MOST, NO_FILTER, SHOWN, Place, View
from socialwatch.store.streams import Stream as Stream
from socialwatch.store.tables import assessment, case, mention
from socialwatch.store.unit import Unit

COUNTED = 1000  # above this a stream says "1000+"
ALIKE = (Stream.ALL, Stream.NOBODY, Stream.LATER, Stream.WAITING, Stream.DONE)  # the same for all of a brand
COMMON = (Stream.ALL, Stream.NOBODY, Stream.LATER, Stream.WAITING)
SURE = 2 * COUNTED  # less what one who owns fewer than COUNTED owns, there is still enough to say "1000+"


@dataclass(frozen=True, slots=True)
class Entry:
    """One case in the queue, with what its row shows. `last` is the customer's latest post, when there is one."""

    case: Case
    owner: str | None
    channels: tuple[str, ...]
    hazards: tuple[Hazard, ...]
    last: Stored | None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """What the Inbox shows. `unplaced` mentions were not assessed or routed yet; `more` is where the next page begins,
    None when this was the last.
    """

    rows: list[Entry]
    counts: Mapping[Stream, int]
    unplaced: int
    more: Place | None


@dataclass(frozen=True, slots=True)
class Common:
    """What everybody of a brand counts alike; `owned` open cases have an owner, counted up to SURE of each state."""

    streams: dict[Stream, int]
    owned: int


def queue_of(unit: Unit, who: Agent, view: View, now: datetime | None = None) -> Queue:
    """One page of a view, with how much there is in each stream; `now` is for a filter."""
    rows, more = look(unit, who, view, now)
    return Queue(rows, counts(unit, who), unplaced(unit, who), more)


def look(unit: Unit, who: Agent, view: View, now: datetime | None = None) -> tuple[list[Entry], Place | None]:
    """One page of a stream, and where the next one begins, in a fixed number of queries however many cases there are.
    `now` is for a filter on age.
    """
    stream, limit = view.stream, min(view.limit, MOST)
    wanted = view.wanted if now is not None else NO_FILTER
    few = streams.rare(unit, who, wanted.hazard) if wanted.hazard else None
    seen = visible_to(who) if few is None else among(who, few)
    seen = situations.standing_apart(seen) if stream is Stream.ALL else seen
    if now is not None:
        seen = seen.where(*streams.kept(wanted if few is None else replace(wanted, hazard=None), now))
    asked = [streams.ordered(query, view) for query in streams.questions(seen, who, stream)]
    rows = [row for query in asked for row in unit.run(query)]
    rows.sort(key=lambda row: streams.sorted_as(row, stream))
    more = streams.place_of(rows[limit - 1], stream) if len(rows) > limit else None
    return entries(unit, who, [cases.of_row(row) for row in rows[:limit]]), more


def entries(unit: Unit, who: Agent, found: Sequence[Case]) -> list[Entry]:
    """Cases that this person may see, with what their rows show, in the same order."""
    numbers = [each.id for each in found]
    posts, read, named = cases.mentions(unit, numbers), _hazards(unit, numbers), tags.of(unit, who, numbers)
    names = owners(unit, who)
    rows = []
    for each in found:
        theirs = [post for post in posts[each.id] if not post.mention.own]
        channels = tuple(dict.fromkeys([each.channel, *(post.mention.channel for post in theirs)]))
        owner = names.get(each.owner_id) if each.owner_id is not None else None
        last = theirs[-1] if theirs else None
        rows.append(Entry(each, owner, channels, read.get(each.id, ()), last, named.get(each.id, ())))
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
    """How many cases each open stream holds, counted up to COUNTED; and how many chances there are."""
    common = common_counts(unit, who)
    return common.streams | own_counts(unit, who, common)


def common_counts(unit: Unit, who: Agent) -> Common:
    """Of the streams in which everybody of a brand sees the same."""
    row = unit.run(_COMMON, {"brand": who.brand}).one()._mapping
    return Common({stream: min(COUNTED, row[stream.value]) for stream in (*COMMON, Stream.CHANCES)}, row["owned"])


def own_counts(unit: Unit, who: Agent, common: Common) -> dict[Stream, int]:
    """Of the streams that depend on whose cases they are."""
    row = unit.run(_OWN, {"brand": who.brand, "me": who.id}).one()
    if row.held < COUNTED:
        team = common.owned - row.held
    else:
        team = unit.run(_TEAM, {"brand": who.brand, "me": who.id}).scalar_one()
    return {Stream.MINE: min(COUNTED, row.mine), Stream.TEAM: min(COUNTED, max(0, team))}


def _counted(who: Agent, stream: Stream) -> ColumnElement[int]:
    return _added(streams.questions(visible_to(who), who, stream), COUNTED)


def _added(questions: Iterable[Select[Any]], most: int) -> ColumnElement[int]:
    """How many rows these questions have together, each counted up to `most`."""
    apart = (each.with_only_columns(case.c.id).limit(most).subquery() for each in questions)
    counted = [select(func.count()).select_from(each).scalar_subquery() for each in apart]
    return functools.reduce(operator.add, counted)


# Every page asks these, so they are built once: building a statement takes as long as asking it.
_COMMON = select(
    *(_counted(ANYBODY, stream).label(stream.value) for stream in COMMON),
    chances.counted(ANYBODY, COUNTED).label(Stream.CHANCES.value),
    _added(streams.owned(visible_to(ANYBODY)), SURE).label("owned"),
)
_OWN = select(
    _counted(ANYBODY, Stream.MINE).label("mine"),
    _added([visible_to(ANYBODY).where(case.c.id.in_(streams.held(ANYBODY)))], COUNTED).label("held"),
)
_TEAM = select(_counted(ANYBODY, Stream.TEAM))


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
