"""The durable queue: a table in the same database, so that work and its outcome are stored in one commit.

A job is ready, leased or dead; a finished one is gone. `rank` orders the ready ones: the moment of arrival less a
head start per point of priority, so that what waits long overtakes what came later and nothing starves.
"""

import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from socialwatch.store.tables import job
from socialwatch.store.unit import Unit

BATCH = 64
HEAD_START = 3600.0  # seconds per point of priority
LEASE = 60.0
MOST_ATTEMPTS = 5
FORGIVEN = MOST_ATTEMPTS - 2  # what an outage leaves of them at most: the first real failure after it is not the last
LONGEST_WAIT = 900.0
LONGEST_ASKED = 3600.0  # seconds that a job waits at most because the other side asks it


class LeaseLost(Exception):
    """Somebody else holds these jobs by now; what we made of them must not be written."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """Work to be done: one step on one subject (the id of a mention, case or reply). `priority` 0..9, `after` seconds
    from now. `since` is when the work it follows from was put in the queue: a trip waits as a whole.
    """

    brand: str
    step: str
    subject: int
    priority: float = 0
    after: float = 0.0
    detail: dict[str, Any] = field(default_factory=dict)
    since: float | None = None


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    brand: str
    step: str
    subject: int
    detail: dict[str, Any]
    attempts: int
    created_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Claim:
    """Jobs that are ours until the lease ends; `token` fences every word we say about them."""

    token: str
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class Dead:
    """A dead letter: work that will not be tried again by itself."""

    id: int
    step: str
    subject: int
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class Depth:
    ready: int
    leased: int
    dead: int
    oldest: float | None


def _put(insert: Any) -> Any:
    """A dead letter waits for nobody: it comes to life again as what is asked now, or it would block that for ever."""
    new = {name: insert.excluded[name] for name in ("brand", "detail", "state", "rank", "ready_at", "created_at")}
    raised = new | {"attempts": 0, "batch": 1, "reason": None}
    return insert.on_conflict_do_update(index_elements=["step", "subject"], set_=raised, where=job.c.state == "dead")


_PUT = {False: _put(sqlite.insert(job)), True: _put(postgresql.insert(job))}  # per engine


def put(unit: Unit, jobs: Sequence[NewJob]) -> None:
    """Enqueue in the caller's transaction; a step that already waits for the same subject is not doubled."""
    if not jobs:
        return
    now = unit.stamp()
    rows = [_row(each, now) for each in sorted(jobs, key=lambda each: (each.step, each.subject))]
    unit.run(_PUT[unit.postgresql], rows)
    unit.wake()


def asked(unit: Unit, step: str, subject: int) -> dict[str, Any] | None:
    """With what detail a step waits for this subject, or is under way; None when it does neither."""
    alive = (job.c.step == step, job.c.subject == subject, job.c.state != "dead")
    return unit.run(select(job.c.detail).where(*alive)).scalar_one_or_none()


def _row(new: NewJob, now: float) -> dict[str, Any]:
    return {
        "brand": new.brand,
        "step": new.step,
        "subject": new.subject,
        "detail": new.detail,
        "state": "ready",
        "rank": (new.since or now) + new.after - HEAD_START * new.priority,
        "ready_at": now + new.after,
        "created_at": new.since or now,
        "batch": BATCH,
    }


_TAKEN = [job.c[name] for name in ("id", "brand", "step", "subject", "detail", "attempts", "rank", "created_at")]


def claim(unit: Unit, step: str, limit: int = BATCH, lease: float = LEASE) -> Claim | None:
    """Take up to `limit` ready jobs of one step, best rank first; a suspected batch is taken in its halved size."""
    return _take(unit, _ready(step, unit.stamp()), limit, lease)


def claim_until(unit: Unit, step: str, limit: int, worst: float) -> Claim | None:
    """As `claim`, but nothing that ranks behind `worst`: a grave job takes no mild ones along in its batch."""
    return _take(unit, _ready(step, unit.stamp()).where(job.c.rank <= worst), limit, LEASE)


def _take(unit: Unit, ready: Select[Any], limit: int, lease: float) -> Claim | None:
    now = unit.stamp()
    head = unit.run(ready.with_only_columns(job.c.batch).limit(1)).scalar_one_or_none()
    if head is None:
        return None
    alike = job.c.batch >= limit if head >= limit else job.c.batch == head
    chosen = ready.with_only_columns(job.c.id).where(alike).limit(min(limit, head))
    if unit.postgresql:
        chosen = chosen.with_for_update(skip_locked=True)
    picked = chosen.cte("picked")  # a CTE with row locks runs once; a bare subquery may be planned to run again
    token = str(uuid.uuid4())
    taken = unit.run(
        update(job)
        .where(job.c.id.in_(select(picked.c.id)))
        .values(state="leased", token=token, leased_until=now + lease, attempts=job.c.attempts + 1)
        .returning(*_TAKEN)
    ).all()
    if not taken:
        return None
    ordered = sorted(taken, key=lambda row: (row.rank, row.id))
    return Claim(token, tuple(_job(row) for row in ordered))


def foremost(unit: Unit, steps: Sequence[str]) -> list[tuple[str, float]]:
    """Those of these steps that have something ready with the rank of their best job, the best of all first."""
    now = unit.stamp()
    heads = {step: unit.run(_HEAD, {"asked": step, "now": now}).scalar() for step in steps}
    return sorted(((step, float(rank)) for step, rank in heads.items() if rank is not None), key=lambda each: each[1])


def _job(row: Row[Any]) -> Job:
    return Job(row.id, row.brand, row.step, row.subject, row.detail, row.attempts, row.created_at)


def _ready(step: Any, now: Any) -> Select[Any]:
    return (
        select(job)
        .where(job.c.step == step, job.c.state == "ready", job.c.ready_at <= now)
        .order_by(job.c.rank, job.c.id)
    )


# Every worker asks these all the time, so they are built once.
_HEAD = _ready(bindparam("asked"), bindparam("now")).with_only_columns(job.c.rank).limit(1)
_ACK = (
    delete(job)
    .where(job.c.token == bindparam("token"), job.c.state == "leased")
    .where(job.c.id.in_(bindparam("ids", expanding=True)))
    .returning(job.c.id)
)


def ack(unit: Unit, held: Claim, ids: Iterable[int] | None = None) -> set[int]:
    """Finish jobs; gives back the ids that were still ours. Write an outcome for those only, in this same unit."""
    wanted = sorted(ids if ids is not None else (each.id for each in held.jobs))
    if not wanted:
        return set()
    return set(unit.run(_ACK, {"token": held.token, "ids": wanted}).scalars())


def _ours(held: Claim) -> Any:
    return (job.c.token == held.token) & (job.c.state == "leased")


def renew(unit: Unit, held: Claim) -> int:
    """Keep a lease that is still ours; gives back how many jobs are."""
    return unit.run(update(job).where(_ours(held)).values(leased_until=unit.stamp() + LEASE)).rowcount


def halve(unit: Unit, held: Claim) -> None:
    """A batch failed and one of it may be poisonous: put it back in half the size, nobody's attempts burnt."""
    half = max(1, len(held.jobs) // 2)
    unit.run(
        update(job)
        .where(_ours(held))
        .values(state="ready", token=None, leased_until=None, batch=half, attempts=job.c.attempts - 1)
    )


def later(unit: Unit, held: Claim, reason: str, *, wait: float | None = None, forgive: bool = False) -> None:
    """Put back after a growing wait with jitter. Unless `forgive`, the fifth attempt was the last and the job is
    dead.
    """
    now = unit.stamp()
    for each in held.jobs:
        if not forgive and each.attempts >= MOST_ATTEMPTS:
            _bury(unit, held, each.id, reason)
            continue
        at = now + (min(wait, LONGEST_ASKED) if wait is not None else backoff(each.attempts))
        values = {"state": "ready", "token": None, "leased_until": None, "ready_at": at, "reason": reason[:500]}
        if forgive:
            values["attempts"] = min(each.attempts, FORGIVEN)
        unit.run(update(job).where(_ours(held), job.c.id == each.id).values(values))


def bury(unit: Unit, held: Claim, reason: str) -> None:
    """These will never succeed: they become dead letters with their reason."""
    for each in held.jobs:
        _bury(unit, held, each.id, reason)


def _bury(unit: Unit, held: Claim, number: int, reason: str) -> None:
    values = {"state": "dead", "token": None, "leased_until": None, "reason": reason[:500]}
    unit.run(update(job).where(_ours(held), job.c.id == number).values(values))


def backoff(attempts: int) -> float:
    """Seconds until the next attempt: doubling from two, at most a quarter of an hour, spread by half."""
    return min(2.0**attempts, LONGEST_WAIT) * random.uniform(0.5, 1.0)  # noqa: S311 - spread, not secrecy


def reap(unit: Unit) -> int:
    """Give back what a dead worker held. A batch that was lost whole comes back halved: one of it may have killed the
    worker.
    """
    now = unit.stamp()
    overdue = (job.c.state == "leased") & (job.c.leased_until < now)
    counted = select(job.c.token, func.count().label("lost")).where(overdue).group_by(job.c.token)
    groups = unit.run(counted).all()
    for group in groups:
        alone = group.lost == 1
        unit.run(
            update(job)
            .where(overdue, job.c.token == group.token)
            .values(
                state=case((job.c.attempts >= MOST_ATTEMPTS, "dead"), else_="ready") if alone else "ready",
                token=None,
                leased_until=None,
                batch=max(1, group.lost // 2),
                attempts=job.c.attempts if alone else job.c.attempts - 1,
                reason="De werker viel weg tijdens dit werk.",
            )
        )
    return sum(group.lost for group in groups)


def dead(unit: Unit) -> list[Dead]:
    """The dead letters, oldest first."""
    told = select(job.c.id, job.c.step, job.c.subject, job.c.attempts, job.c.reason)
    rows = unit.run(told.where(job.c.state == "dead").order_by(job.c.id))
    return [Dead(row.id, row.step, row.subject, row.attempts, row.reason or "") for row in rows]


def replay(unit: Unit, ids: Sequence[int] | None = None, brand: str | None = None) -> int:
    """Dead letters get a new life, all of them (of one brand) or the named ones; gives back how many."""
    chosen = job.c.state == "dead" if ids is None else (job.c.state == "dead") & job.c.id.in_(ids)
    if brand is not None:
        chosen = chosen & (job.c.brand == brand)
    now = unit.stamp()
    raised = unit.run(
        update(job).where(chosen).values(state="ready", attempts=0, batch=1, ready_at=now, reason=None)
    ).rowcount
    unit.wake()
    return raised


def depth(unit: Unit) -> Depth:
    """How much waits, is held and is dead; `oldest` is the age in seconds of the oldest that is ready."""
    counted = unit.run(select(job.c.state, func.count().label("jobs")).group_by(job.c.state))
    rows: dict[str, int] = {row.state: row.jobs for row in counted}
    first = unit.run(select(func.min(job.c.created_at)).where(job.c.state == "ready")).scalar_one()
    oldest = None if first is None else max(0.0, unit.stamp() - first)
    return Depth(rows.get("ready", 0), rows.get("leased", 0), rows.get("dead", 0), oldest)
