"""Streams: the ways to look at the queue, what a filter leaves of them, and how one page follows the other."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, exists, func, literal, select, union_all

from socialwatch.domain.agent import Agent
from socialwatch.domain.case import State
from socialwatch.store.cases import OPEN_STATES
from socialwatch.store.tables import Moment, case, case_tag, hazard, mention
from socialwatch.store.unit import Unit

SHOWN = 60
RARE = 8000  # mentions of a hazard
MOST = 600  # rows that one page may hold after asking for more


class Stream(StrEnum):
    """The ways to look at the queue. CHANCES and ASIDE hold posts, the others cases."""

    ALL = "all"
    MINE = "mine"
    NOBODY = "nobody"
    TEAM = "team"
    LATER = "later"
    WAITING = "waiting"
    CHANCES = "chances"
    DONE = "done"
    ASIDE = "aside"


STATES: dict[Stream, tuple[str, ...]] = {
    Stream.ALL: OPEN_STATES,
    Stream.NOBODY: OPEN_STATES,
    Stream.TEAM: OPEN_STATES,
    Stream.LATER: (State.LATER.value,),
    Stream.WAITING: (State.WAITING.value,),
    Stream.CHANCES: (),
    Stream.DONE: (State.CLOSED.value,),
    Stream.ASIDE: (),
}
BY_MOMENT = (Stream.WAITING, Stream.DONE)  # latest first; LATER soonest back first; the others heaviest first
FAR = datetime(9999, 1, 1, tzinfo=UTC)  # until the customer answers, whenever that is


class Age(StrEnum):
    """How long ago a case was opened."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    OLDER = "older"  # than a week


SINCE = {Age.HOUR: timedelta(hours=1), Age.DAY: timedelta(days=1), Age.WEEK: timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is left out of a stream; None lets everything through. `level` 0..3, `owner` is an agent's id."""

    channel: str | None = None
    language: str | None = None
    hazard: str | None = None
    level: int | None = None
    tag: str | None = None
    owner: int | None = None
    age: Age | None = None

    def values(self) -> dict[str, Any]:
        """What is filtered on, by name, as a form or a saved filter holds it."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: str(value) for name, value in found.items() if value is not None}


NO_FILTER = Filter()
LOWEST, HIGHEST = -1e9, 253_370_764_800e6  # no rank lies below, and no moment (FAR) above


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: what its last row was ordered by, as `_figure` gives it, and the id of that row."""

    figure: float
    id: int

    def __str__(self) -> str:
        return f"{self.figure!r}_{self.id}"


def place(written: str) -> Place | None:
    """What str() of a Place said; None for anything else."""
    figure, _, number = written.partition("_")
    try:
        found = Place(float(figure), int(number))
    except ValueError:
        return None
    return found if LOWEST <= found.figure <= HIGHEST and 0 <= found.id < 2**62 else None


@dataclass(frozen=True, slots=True)
class View:
    """One look at the queue: `after` is where the page before ended."""

    stream: Stream = Stream.ALL
    wanted: Filter = NO_FILTER
    after: Place | None = None
    limit: int = SHOWN


def questions(query: Select[Any], who: Agent, stream: Stream) -> list[Select[Any]]:
    """A question per state, because an index has the cases of one state in order, and of several together it has not;
    what is one's own is found by oneself.
    """
    if stream is Stream.MINE:
        return [query.where(case.c.id.in_(_mine(who)))]
    return [query.where(case.c.state == state, *_of_whom(who, stream)) for state in STATES[stream]]


def _of_whom(who: Agent, stream: Stream) -> list[ColumnElement[bool]]:
    if stream is Stream.NOBODY:
        return [case.c.owner_id.is_(None)]
    if stream is Stream.DONE:
        return [case.c.merged_into.is_(None)]  # what was merged lives on in another case
    return [case.c.owner_id.is_not(None), case.c.owner_id != who.id] if stream is Stream.TEAM else []


def owned(query: Select[Any]) -> list[Select[Any]]:
    """What `questions` asks for the team, with one's own still among it."""
    return [query.where(case.c.state == state, case.c.owner_id.is_not(None)) for state in OPEN_STATES]


def held(who: Agent) -> Select[tuple[int]]:
    """The open cases that somebody owns."""
    return select(case.c.id).where(case.c.owner_id == who.id, case.c.state.in_(OPEN_STATES))


def _mine(who: Agent) -> CompoundSelect[Any]:
    still = case.c.state.in_(OPEN_STATES)
    return union_all(
        held(who),
        select(case.c.id).where(case.c.adviser_id == who.id, still),
    )


def kept(wanted: Filter, now: datetime) -> list[ColumnElement[bool]]:
    """What this filter asks of a case."""
    found: list[ColumnElement[bool]] = []
    for column, value in (
        (case.c.channel, wanted.channel),
        (case.c.language, wanted.language),
        (case.c.level, wanted.level),
        (case.c.owner_id, wanted.owner),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.tag is not None:
        tagged = select(case_tag.c.case_id).where(case_tag.c.brand == case.c.brand, case_tag.c.tag == wanted.tag)
        found.append(tagged.where(case_tag.c.case_id == case.c.id).exists())
    if wanted.hazard is not None:
        found.append(_hazardous(wanted.hazard))
    if wanted.age is not None:
        found.append(_aged(wanted.age, now))
    return found


def _aged(age: Age, now: datetime) -> ColumnElement[bool]:
    if age is Age.OLDER:
        return case.c.opened_at < now - SINCE[Age.WEEK]
    return case.c.opened_at >= now - SINCE[age]


def _hazardous(name: str) -> ColumnElement[bool]:
    likely = (hazard.c.mention_id == mention.c.id) & (hazard.c.name == name)
    return exists().where(mention.c.case_id == case.c.id, likely)


def rare(unit: Unit, who: Agent, name: str) -> Select[tuple[int]] | None:
    """The cases in which a hazard is likely, when it is so rare that they are found sooner by the hazard than by going
    through a stream; None when it is not.
    """
    found = (hazard.c.brand == who.brand) & (hazard.c.name == name)
    some = select(hazard.c.mention_id).where(found).limit(RARE).subquery()
    if unit.run(select(func.count()).select_from(some)).scalar_one() >= RARE:
        return None
    posts = select(mention.c.case_id).join(hazard, hazard.c.mention_id == mention.c.id)
    return posts.where(found, mention.c.case_id.is_not(None))


def ordered(query: Select[Any], view: View) -> Select[Any]:
    """In the order of its stream, from where the page before ended."""
    by, number = _by(view.stream), case.c.id
    down, number_down = view.stream is not Stream.LATER, view.stream in BY_MOMENT
    if view.after is not None:
        value = _bound(view)
        reached = by <= value if down else by >= value
        further = by < value if down else by > value
        query = query.where(reached, further | (number < view.after.id if number_down else number > view.after.id))
    return query.order_by(by.desc() if down else by, number.desc() if number_down else number).limit(view.limit + 1)


def _by(stream: Stream) -> ColumnElement[Any]:
    if stream is Stream.LATER:
        return func.coalesce(case.c.later_until, literal(FAR, Moment))
    return case.c.last_at if stream in BY_MOMENT else case.c.rank


def _bound(view: View) -> ColumnElement[Any]:
    figure = view.after.figure if view.after else 0.0
    if view.stream not in (*BY_MOMENT, Stream.LATER):
        return literal(figure)
    return literal(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=figure), Moment)


def _figure(row: Row[Any], stream: Stream) -> float:
    """What a row is ordered by: its rank, or its moment in whole microseconds since 1970."""
    if stream not in (*BY_MOMENT, Stream.LATER):
        return float(row.rank)
    moment = row.last_at if stream in BY_MOMENT else row.later_until or FAR
    return float((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))


def sorted_as(row: Row[Any], stream: Stream) -> tuple[float, int]:
    """As `ordered`, for rows that were asked for apart."""
    figure = _figure(row, stream)
    return (figure if stream is Stream.LATER else -figure, -row.id if stream in BY_MOMENT else row.id)


def place_of(row: Row[Any], stream: Stream) -> Place:
    """Where a page ends that ends with this row."""
    return Place(_figure(row, stream), row.id)
