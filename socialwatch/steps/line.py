"""The line: which step follows which. This is the one place that knows.

    channel ─ poll ─▶ assess ─read─▶ identify ─known─▶ route ─escalated─▶ notify ─▶ the owner's desk
                        ▲ again ┘                        ├───opened───▶ explain
                                                         └──advised───▶ advise ─▶ who reads along
                                              notify ─tell─▶ tell ─▶ whoever is called, until somebody takes it
    the owner's desk ─ approve ─▶ say ─▶ channel, ─ like ─▶ channel      (say ─again─▶ say, tell ─again─▶ tell)
    somebody opens a case ─ refresh ─▶ the order system's copy, when it is old
    channel ─ follow ─▶ what was edited goes through assess again;  what a webhook named without its words ─▶ assess
    the order system was away ─ identify ─again─▶ reidentify;  the owner's desk ─ who is this? ─▶ seek
    what the owner does for the customer ─ give ─▶ perform ─▶ whoever carries it out (perform ─again─▶ perform)
    webhook ─ deliver ─▶ assess;  stream ─ poll ─▶ assess;  how old assess is ─ slow ─▶ how fast to poll

Our own posts and bare reposts are not read by the model: they start at route.
A stage loads in one unit, asks the outside or the model with no unit open, and writes in one unit: the outcome, the
acknowledgement and the next jobs together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from typing import Any

from socialwatch.domain import triage
from socialwatch.domain.channel import Subscribable
from socialwatch.domain.trip import Event, Moved
from socialwatch.steps import (
    advise,
    assess,
    audit,
    escalate,
    explain,
    follow,
    forget,
    glean,
    identify,
    like,
    notify,
    perform,
    poll,
    present,
    refresh,
    route,
    say,
    seek,
    slow,
    trial,
)
from socialwatch.steps.parts import Parts
from socialwatch.store import queue, sources
from socialwatch.store.mentions import Stored
from socialwatch.store.queue import Claim, NewJob
from socialwatch.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the line as the worker walks it. Stages that `marks` write down their attempt before they ask."""

    load: Callable[[Unit, Claim, Parts], Any]
    ask: Callable[[Any, Parts], Any]
    write: Callable[[Unit, Any, Parts], Sequence[Moved]]
    batch: int = 16
    marks: bool = False


def _inside(write: Callable[[Unit, Any, Parts], Sequence[Moved]], batch: int = 16) -> Stage:
    """A stage that asks nothing of the outside."""
    return Stage(lambda unit, held, _: held.jobs, lambda work, _: work, write, batch)


STAGES: Mapping[str, Stage] = {
    # What an agent asks of the outside comes first, then the trip itself from its end to its start.
    "say": Stage(
        lambda unit, held, parts: say.begin(unit, held, parts.clock()),
        lambda work, parts: say.ask(work, parts.channels),
        lambda unit, done, parts: say.write(unit, done, parts.clock()),
        batch=1,
        marks=True,
    ),
    "perform": Stage(
        lambda unit, held, _: perform.begin(unit, held),
        lambda work, parts: perform.ask(work, parts.carriers),
        lambda unit, done, parts: perform.write(unit, done, parts.clock()),
        batch=1,
        marks=True,
    ),
    "like": Stage(like.load, like.ask, like.write, batch=1),
    "notify": _inside(lambda unit, done, parts: escalate.begin(unit, done, parts.timing, parts.clock())),
    "tell": Stage(
        lambda unit, held, parts: notify.begin(unit, held, parts.link, parts.clock()),
        lambda work, parts: notify.ask(work, parts.notifiers),
        lambda unit, done, parts: notify.write(unit, done, parts.clock()),
        batch=4,
        marks=True,
    ),
    "advise": _inside(lambda unit, done, parts: advise.write(unit, done, parts.clock())),
    "forget": _inside(lambda unit, done, parts: forget.write(unit, done, parts.clock()), batch=1),
    "trial": Stage(
        lambda unit, held, parts: trial.load(unit, held, parts.link),
        lambda work, parts: trial.ask(work, parts.notifiers),
        lambda unit, done, parts: trial.write(unit, done, parts.clock()),
    ),
    "route": _inside(lambda unit, done, parts: route.write(unit, done, parts.clock(), parts.protocols), batch=32),
    "identify": Stage(
        lambda unit, held, _: identify.load(unit, held),
        lambda work, parts: identify.ask(work, parts.shops),
        lambda unit, done, parts: identify.write(unit, done, parts.clock()),
    ),
    "reidentify": Stage(
        lambda unit, held, _: identify.load(unit, held),
        lambda work, parts: identify.ask(work, parts.shops),
        lambda unit, done, parts: identify.write_late(unit, done, parts.clock()),
    ),
    "seek": Stage(
        lambda unit, held, _: seek.load(unit, held),
        lambda work, parts: seek.ask(work, parts.shops),
        lambda unit, done, parts: seek.write(unit, done, parts.clock()),
    ),
    "assess": Stage(
        lambda unit, held, _: assess.load(unit, held),
        lambda work, parts: assess.ask(work, parts.assessor()),
        lambda unit, done, parts: assess.write(unit, done, parts.clock()),
        batch=queue.BATCH,
    ),
    "refresh": Stage(
        lambda unit, held, _: refresh.load(unit, held),
        lambda work, parts: refresh.ask(work, parts.shops),
        lambda unit, done, parts: refresh.write(unit, done, parts.clock()),
        batch=1,
    ),
    "explain": Stage(
        lambda unit, held, _: explain.load(unit, held),
        lambda work, parts: explain.ask(work, parts.assessor()),
        lambda unit, done, _: explain.write(unit, done),
        batch=4,
    ),
}

NEXT: Mapping[tuple[str, Event], str] = {
    ("assess", Event.READ): "identify",
    ("assess", Event.AGAIN): "assess",
    ("identify", Event.KNOWN): "route",
    ("identify", Event.AGAIN): "reidentify",
    ("reidentify", Event.AGAIN): "reidentify",
    ("route", Event.ESCALATED): "notify",
    ("route", Event.ADVISED): "advise",
    ("route", Event.OPENED): "explain",
    ("notify", Event.TELL): "tell",
    ("tell", Event.AGAIN): "tell",
    ("advise", Event.TELL): "tell",
    ("say", Event.AGAIN): "say",
    ("perform", Event.AGAIN): "perform",
}


ON_ITS_WAY = (Event.READ, Event.KNOWN, Event.OPENED)


def first(found: Stored) -> NewJob:
    """Where the trip of a mention starts."""
    seen = found.mention
    if seen.own or seen.repost:
        # A colleague's answer stops a clock, so it overtakes everything; a bare repost has time.
        return NewJob(seen.brand, "route", found.id, triage.HIGHEST if seen.own else 0)
    return NewJob(seen.brand, "assess", found.id, triage.unread(seen.text, bool(seen.in_reply_to)))


def claim(parts: Parts, step: str, worst: float = inf) -> Claim | None:
    """A batch of one step, without what ranks behind `worst`."""
    with parts.database.write() as unit:
        return queue.claim_until(unit, step, STAGES[step].batch, worst)


def walk(parts: Parts, step: str, held: Claim) -> int:
    """Take a claim through its stage; gives back how many jobs were finished. Raises what the stage raises.

    When the lease was lost meanwhile nothing is written: whoever holds it now does the work.
    """
    stage = STAGES[step]
    opened = parts.database.write if stage.marks else parts.database.read
    with opened() as unit:
        work = stage.load(unit, held, parts)
    done = stage.ask(work, parts)
    with parts.database.write() as unit:
        if len(queue.ack(unit, held)) < len(held.jobs):
            raise queue.LeaseLost
        moved = stage.write(unit, done, parts)
        since = {job.subject: job.created_at for job in held.jobs}
        queue.put(unit, [_job(step, each, since) for each in moved])
    return len(held.jobs)


def _job(step: str, moved: Moved, since: Mapping[int, float]) -> NewJob:
    """The next job of a mention has waited since its first: what is handed on is not overtaken by what waits behind
    it, and a batch stays together.
    """
    after = NEXT[step, moved.event]
    arrived = since.get(moved.subject) if moved.event in ON_ITS_WAY else None
    return NewJob(moved.brand, after, moved.subject, moved.priority, moved.after, moved.detail, arrived)


def poll_source(parts: Parts, name: str, term: int, every: float) -> poll.Counted | None:
    """Poll one source under this term of the lease; None when it is not there, or stopped."""
    turn = _round(parts, name, term, every)
    return None if turn is None else poll.run(parts.database, turn, parts.clock)


def listen_to(parts: Parts, name: str, term: int, stopped: Callable[[], bool]) -> Iterator[int]:
    """Keep the line of a source open under this term; gives a number at each sign of life. As poll.listen."""
    turn = _round(parts, name, term, 0.0)
    return iter(()) if turn is None else poll.listen(parts.database, turn, parts.clock, stopped)


def _round(parts: Parts, name: str, term: int, every: float) -> poll.Round | None:
    with parts.database.read() as unit:
        source = sources.one(unit, name)
    channel = parts.channels.get(f"{source.brand}/{source.kind}") if source else None
    if source is None or channel is None or source.halted:
        return None
    return poll.Round(source, channel, term, every, first)


def follow_all(parts: Parts) -> list[str]:
    """Look up what stands in open cases and on screens, and what is due by age; gives back what failed."""
    failures = []
    for key, channel in sorted(parts.channels.items()):
        watch = follow.Watch(key, channel, parts.follow_every, parts.follow_most, first)
        failed = follow.run(parts.database, watch, parts.clock())
        failures += [failed] if failed else []
    return failures


def fetch_all(parts: Parts) -> list[str]:
    """Look up what webhooks named without its words; gives back what failed."""
    failures = []
    for key, channel in sorted(parts.channels.items()):
        if isinstance(channel, Subscribable):
            watch = follow.Watch(key, channel, parts.follow_every, parts.follow_most, first)
            failed = follow.fetch(parts.database, watch, parts.clock())
            failures += [failed] if failed else []
    return failures


def glean_all(parts: Parts) -> list[str]:
    """Learn who gave a handle, from order systems that cannot be asked for it; gives back what failed."""
    failed = [glean.run(parts.database, brand, shop, parts.clock()) for brand, shop in sorted(parts.shops.items())]
    return [each for each in failed if each]


def pace(parts: Parts, earlier: slow.Backlog | None) -> slow.Backlog:
    """Set the pace of the pollers by how far the reading is behind."""
    return slow.run(parts.database, earlier)


def audit_all(parts: Parts, beat: Callable[[], None] | None, untold: timedelta) -> list[str]:
    """Is everything in somebody's hands? Sounds the heartbeat when it is; gives back what is not."""
    return audit.run(parts.database, audit.Watch(frozenset(parts.channels), beat, untold), parts.clock())


def end_shifts(parts: Parts) -> int:
    """Whose shift is over is away; gives back for how many that was."""
    return present.end_shifts(parts.database, parts.clock())


def escalate_all(parts: Parts) -> None:
    """One round of the escalations: what is over ends, what was missed begins, what is due calls the next one."""
    with parts.database.write() as unit:
        moved = escalate.run(unit, parts.timing, parts.clock())
        queue.put(unit, [_job("notify", each, {}) for each in moved])
