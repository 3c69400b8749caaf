"""The figures of a brand over time, from its posts and cases; never of a person: no query here groups by an agent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, or_, select

from socialwatch.domain.agent import Agent
from socialwatch.domain.assessment import NEEDS_CASE
from socialwatch.domain.risk import LIKELY, WEIGHTS
from socialwatch.store.cases import visible_to
from socialwatch.store.mentions import Stored, stored
from socialwatch.store.tables import assessment, case, mention, thanks
from socialwatch.store.unit import Unit

FURIOUS = 2  # from this level on a post counts as frustrated
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to and without `end`."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Volume:
    """Posts of one hour (UTC) on one channel; `frustration` is the sum over those read, `furious` how many are so."""

    hour: datetime
    channel: str
    posts: int
    read: int
    furious: int
    frustration: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a period. `answered` are (opened, first answer) of the cases opened in it."""

    volumes: list[Volume]
    hazards: list[tuple[datetime, str]]
    answered: list[tuple[datetime, datetime]]
    unanswered: int
    thanks: list[datetime]


def figures(unit: Unit, who: Agent, period: Period) -> Figures:
    answered, unanswered = _answers(unit, who, period)
    return Figures(
        _volumes(unit, who, period), _hazards(unit, who, period), answered, unanswered, _thanks(unit, who, period)
    )


def _posts(who: Agent, period: Period) -> list[ColumnElement[bool]]:
    """What others wrote about this brand in the period; spam is noise and counts nowhere."""
    return [
        mention.c.brand == who.brand,
        mention.c.created_at >= period.start,
        mention.c.created_at < period.end,
        mention.c.own.is_(False),
        mention.c.repost.is_(False),
        func.coalesce(mention.c.dismissed, "") != "spam",
    ]


def _hour(unit: Unit, moment: ColumnElement[Any]) -> ColumnElement[str]:
    """The hour in UTC as "2026-11-23 14"; days are made of it in Amsterdam time by the page."""
    if unit.postgresql:
        return func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD HH24", type_=String)
    return func.strftime("%Y-%m-%d %H", moment, type_=String)


def _moment(hour: str) -> datetime:
    return datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC)


def _volumes(unit: Unit, who: Agent, period: Period) -> list[Volume]:
    hour = _hour(unit, mention.c.created_at)
    asks = assessment.c.kind.in_(sorted(each.value for each in NEEDS_CASE))
    query = (
        select(
            hour.label("hour"),
            mention.c.channel,
            func.count().label("posts"),
            func.count(assessment.c.mention_id).filter(asks).label("read"),
            func.count().filter(asks, assessment.c.level >= FURIOUS).label("furious"),
            func.coalesce(func.sum(assessment.c.frustration).filter(asks), 0.0).label("frustration"),
        )
        .outerjoin(assessment, assessment.c.mention_id == mention.c.id)
        .where(*_posts(who, period))
        .group_by(hour, mention.c.channel)
        .order_by(hour, mention.c.channel)
    )
    return [
        Volume(_moment(row.hour), row.channel, row.posts, row.read, row.furious, float(row.frustration))
        for row in unit.run(query)
    ]


def _hazards(unit: Unit, who: Agent, period: Period) -> list[tuple[datetime, str]]:
    """The moment and name of every likely hazard. A low risk means that none is likely, save the one without weight."""
    weightless = [each for each, weight in WEIGHTS.items() if weight == 0.0]
    lightest = LIKELY * min(weight for weight in WEIGHTS.values() if weight > 0.0)
    may_be = or_(
        assessment.c.risk >= lightest, *(assessment.c.hazards[each.value].as_float() >= LIKELY for each in weightless)
    )
    query = (
        select(mention.c.created_at, assessment.c.hazards)
        .join(assessment, assessment.c.mention_id == mention.c.id)
        .where(*_posts(who, period), may_be)
        .limit(MOST_ROWS)
    )
    return [(row.created_at, name) for row in unit.run(query) for name in _likely(row.hazards)]


def _likely(scores: Mapping[str, float]) -> Iterable[str]:
    return (name for name, score in scores.items() if score >= LIKELY)


def _answers(unit: Unit, who: Agent, period: Period) -> tuple[list[tuple[datetime, datetime]], int]:
    opened = visible_to(who).where(case.c.opened_at >= period.start, case.c.opened_at < period.end)
    rows = unit.run(opened.with_only_columns(case.c.opened_at, case.c.first_answer_at).limit(MOST_ROWS)).all()
    answered = [(row.opened_at, row.first_answer_at) for row in rows if row.first_answer_at is not None]
    return answered, len(rows) - len(answered)


def _thanks(unit: Unit, who: Agent, period: Period) -> list[datetime]:
    query = select(thanks.c.at).where(
        thanks.c.brand == who.brand, thanks.c.at >= period.start, thanks.c.at < period.end
    )
    return list(unit.run(query.order_by(thanks.c.at).limit(MOST_ROWS)).scalars())


def first_post(unit: Unit, who: Agent) -> datetime | None:
    """When the oldest post was written."""
    query = select(func.min(mention.c.created_at)).where(mention.c.brand == who.brand)
    found: datetime | None = unit.run(query).scalar_one()
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which posts a figure is made of: one channel, one hazard, only frustrated ones, or all."""

    period: Period
    channel: str | None = None
    hazard: str | None = None
    furious: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One post below a figure; `level` is None while nothing was read in it."""

    post: Stored
    level: int | None
    kind: str | None
    hazards: tuple[str, ...]


def posts(unit: Unit, who: Agent, wanted: Wanted, limit: int = 200) -> list[Found]:
    """The posts a figure is made of, newest first."""
    query: Select[Any] = (
        select(mention, assessment.c.level, assessment.c.kind, assessment.c.hazards)
        .outerjoin(assessment, assessment.c.mention_id == mention.c.id)
        .where(*_posts(who, wanted.period))
        .order_by(mention.c.created_at.desc())
    )
    if wanted.channel is not None:
        query = query.where(mention.c.channel == wanted.channel)
    if wanted.furious:
        query = query.where(assessment.c.level >= FURIOUS)
    if wanted.hazard is not None:
        query = query.where(assessment.c.hazards[wanted.hazard].as_float() >= LIKELY)
    return [
        Found(stored(row), row.level, row.kind, tuple(_likely(row.hazards or {})))
        for row in unit.run(query.limit(limit))
    ]
