"""Dead letters as a person looks at them: what work it was, on which post or case, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from socialwatch.domain import audit
from socialwatch.domain.agent import Agent
from socialwatch.domain.audit import Missing
from socialwatch.store import gestures, mentions, thanks
from socialwatch.store.audit import standings
from socialwatch.store.cases import visible_to
from socialwatch.store.mentions import Stored
from socialwatch.store.tables import case, job, reply
from socialwatch.store.unit import Unit

SHOWN = 50
# What a job's subject is the id of, where it is no mention.
ABOUT_CASES = frozenset({"notify", "advise", "forget", "seek", "refresh"})
ABOUT_REPLIES = frozenset({"say"})
ABOUT_GESTURES = frozenset({"perform"})
ABOUT_THANKS = frozenset({thanks.LIKE})
ABOUT_PEOPLE = frozenset({"tell", "trial"})


@dataclass(frozen=True, slots=True)
class Stuck:
    """One dead letter. `post` and `case_id` are None when what it was about is gone; `since` it was enqueued."""

    id: int
    step: str
    attempts: int
    reason: str
    since: datetime
    case_id: int | None
    title: str | None
    post: Stored | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """An open case that has no next step, and why (see domain/audit)."""

    case_id: int
    title: str
    why: Missing


@dataclass(frozen=True, slots=True)
class _About:
    post: int | None = None
    case: int | None = None


def count(unit: Unit, who: Agent) -> int:
    """How many dead letters this person's brand has."""
    return int(unit.run(select(func.count()).where(job.c.brand == who.brand, job.c.state == "dead")).scalar_one())


def stuck(unit: Unit, who: Agent, now: datetime, offset: int = 0) -> list[Stuck]:
    """A page of the dead letters of this person's brand, oldest first.

    `now` is domain time; the queue keeps its own clock, so ages are carried over from the one to the other.
    """
    moved = now - datetime.fromtimestamp(unit.stamp(), UTC)
    mine = select(job).where(job.c.brand == who.brand, job.c.state == "dead")
    rows = unit.run(mine.order_by(job.c.id).offset(offset).limit(SHOWN)).all()
    about = _about(unit, rows)
    found = mentions.by_id(unit, [each.post for each in about.values() if each.post])
    posts = {each.id: each for each in found if each.mention.brand == who.brand}
    numbers = {number: _case(each, posts) for number, each in about.items()}
    wanted = sorted({each for each in numbers.values() if each is not None})
    titles: dict[int | None, str] = {
        row.id: row.title for row in unit.run(visible_to(who).where(case.c.id.in_(wanted)))
    }
    return [
        Stuck(
            id=row.id,
            step=row.step,
            attempts=row.attempts,
            reason=row.reason or "",
            since=datetime.fromtimestamp(row.created_at, UTC) + moved,
            case_id=numbers[row.id] if numbers[row.id] in titles else None,
            title=titles.get(numbers[row.id]),
            post=posts.get(about[row.id].post or 0),
        )
        for row in rows
    ]


def _about(unit: Unit, rows: Sequence[Row[Any]]) -> dict[int, _About]:
    """What each job is about, as far as the job itself tells."""
    said = [row.subject for row in rows if row.step in ABOUT_REPLIES]
    query = select(reply.c.id, reply.c.mention_id, reply.c.case_id).where(reply.c.id.in_(said))
    known = {row.id: _About(row.mention_id, row.case_id) for row in unit.run(query)}
    given = gestures.by_ids(unit, [row.subject for row in rows if row.step in ABOUT_GESTURES])
    found = {}
    for row in rows:
        if row.step in ABOUT_REPLIES:
            found[row.id] = known.get(row.subject, _About())
        elif row.step in ABOUT_GESTURES:
            found[row.id] = _About(case=given[row.subject].case_id) if row.subject in given else _About()
        elif row.step in ABOUT_THANKS:
            thanked = thanks.by_id(unit, row.subject)
            found[row.id] = _About(post=thanked.mention_id) if thanked else _About()
        elif row.step in ABOUT_PEOPLE:
            found[row.id] = _About()
        else:
            found[row.id] = _About(case=row.subject) if row.step in ABOUT_CASES else _About(post=row.subject)
    return found


def _case(about: _About, posts: dict[int, Stored]) -> int | None:
    if about.case is not None or about.post not in posts:
        return about.case
    return posts[about.post].case_id


def loose(unit: Unit, who: Agent, now: datetime, untold: timedelta) -> list[Dropped]:
    """The open cases of this person's brand that nobody has, oldest first."""
    found = audit.loose(standings(unit, who.brand), now, untold)
    wanted = [each.case_id for each in found[:SHOWN]]
    titles = {row.id: row.title for row in unit.run(visible_to(who).where(case.c.id.in_(wanted)))}
    return [Dropped(each.case_id, titles.get(each.case_id, ""), each.why) for each in found]
