"""Replies whose sender dies at each of six points, on a platform that drops every second answer: none is posted twice.

    python -m tests.chaos.simulated_answers [--times 300] [--engine sqlite|postgresql]

`--times` counts the deaths at each point. Prints one JSON line per engine. Senders are real processes that end by
os._exit in the middle of the real step; leases and deadlines are made to pass by writing them down as past.
"""

import argparse
import http.client
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from socialwatch.domain.agent import Agent
from socialwatch.domain.reply import ReplyState
from socialwatch.errors import Unavailable
from socialwatch.steps import line, say
from socialwatch.steps.parts import Parts
from socialwatch.store import agents, cases, dossier, queue, replies
from socialwatch.store.tables import job, reply
from socialwatch.store.unit import Database
from socialwatch.worker import corridor
from tests.chaos import simulated_ground as ground
from tests.chaos import simulated_platform as platform
from tests.fakes import BRAND, START, World, mention

POINTS = (
    "before marking",
    "after marking",
    "before sending",
    "sent, not answered",
    "answered, not committed",
    "after the commit",
)
DIED = 9
ROUNDS = 12  # more than all looks and attempts that follow from one reply


def words(number: int) -> str:
    """What we answer: every second answer gets no response, every third reply is never found back."""
    marks = [platform.DROPPED] * (number // len(POINTS) % 2) + [platform.HIDDEN] * (number // len(POINTS) % 3 == 0)
    return " ".join([f"Wat vervelend, ik stuur vandaag nieuwe ({number}).", *marks])


def prepare(url: str, count: int) -> None:
    """So many cases, each with an approved answer that waits to be sent."""
    database = Database(url)
    world = World(database)
    freek = world.colleague()
    numbers = world.bring(*(mention(each, f"klacht nummer {each}") for each in range(count)))
    corridor.drain(world.parts)
    with database.write() as unit:
        for place, number in enumerate(numbers):
            approve(unit, freek, number, place)
    database.close()


def approve(unit: Any, who: Agent, number: int, place: int) -> None:
    target = line.assess.mentions.by_id(unit, [number])[0]
    draft = replies.Draft(BRAND, target.case_id, number, who.id, words(place), f"approval-{place}")
    say.approve(unit, who, draft, START)


def parts_of(database: Database, address: str) -> Parts:
    return replace(World(database).parts, channels={f"{BRAND}/x": platform.Channel(address)})


def in_a_process(what: Callable[[], None]) -> int:
    """Run it in a process forked from this one, which holds no connection and no thread; gives back how it ended."""
    number = os.fork()
    if number == 0:
        try:
            what()
            os._exit(0)
        except BaseException as problem:
            print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def die(*_: object, **__: object) -> None:
    os._exit(DIED)


def then_die(what: Callable[..., Any]) -> Callable[..., None]:
    def call(*given: Any) -> None:
        what(*given)
        die()

    return call


def arm(point: str, parts: Parts) -> None:
    """From here on this process dies at the point. Within a unit means: everything was written, nothing committed."""
    match point:
        case "before marking":
            say.begin = then_die(say.begin)  # type: ignore[assignment]
        case "after marking":
            say.ask = die  # type: ignore[assignment]
        case "before sending":
            platform.Channel.reply = die  # type: ignore[assignment, method-assign]
        case "sent, not answered":
            http.client.HTTPConnection.getresponse = die  # type: ignore[assignment, method-assign]
        case "answered, not committed":
            say.write = then_die(say.write)  # type: ignore[assignment]


def killed_at(url: str, address: str, point: str) -> None:
    """One sender takes one reply and dies at the point."""
    parts = parts_of(Database(url, pool_size=2), address)
    held = line.claim(parts, "say")
    assert held is not None, "there was nothing to send"
    arm(point, parts)
    line.walk(parts, "say", held)
    die()


def work(url: str, address: str) -> None:
    parts = parts_of(Database(url, pool_size=2), address)
    corridor.sweep(parts)
    while corridor.attempt(parts, "say", corridor.Keeper(parts)) is not None:
        pass


def time_passes(url: str) -> int:
    """Every lease, deadline and wait is over; gives back how many jobs there are."""
    database = Database(url)
    with database.write() as unit:
        unit.run(update(job).where(job.c.state == "leased").values(leased_until=0))
        unit.run(update(job).where(job.c.state == "ready").values(ready_at=0))
        unit.run(update(reply).where(reply.c.deadline.is_not(None)).values(deadline=0))
        left = queue.depth(unit)
    database.close()
    return left.ready + left.leased


def storm(url: str, address: str, count: int) -> int:
    """Every reply loses its sender once, then honest workers follow; gives back how many senders died as meant."""
    died = 0
    for number in range(count):
        point = POINTS[number % len(POINTS)]
        died += in_a_process(lambda point=point: killed_at(url, address, point)) == DIED  # type: ignore[misc]
    for _ in range(ROUNDS):
        if time_passes(url) == 0:
            break
        ended = in_a_process(lambda: work(url, address))
        assert ended == 0, f"an honest worker ended with {ended}"
    return died


def record(url: str, address: str, count: int) -> dict[str, Any]:
    """What became of the replies, by what the platform shows and by what an agent sees at the desk."""
    posts = Counter(each["key"] for each in platform.Channel(address).posts())
    database = Database(url)
    with database.read() as unit:
        freek = agents.everyone(unit, BRAND)[0]
        rows = unit.run(select(reply.c.id, reply.c.state, reply.c.approval, reply.c.case_id)).all()
        states = Counter(row.state for row in rows)
        doubtful = [row for row in rows if row.state == ReplyState.UNKNOWN.value]
        seen = [row for row in doubtful if shown(unit, freek, row)]
        claimed = [row for row in rows if row.state == ReplyState.SENT.value and posts[row.approval] != 1]
        left = queue.depth(unit)
    database.close()
    return {
        "replies": len(rows),
        "posts": posts.total(),
        "double": sum(1 for times in posts.values() if times > 1),
        "states": dict(sorted(states.items())),
        "sent but not there": len(claimed),
        "unknown": len(doubtful),
        "unknown and shown": len(seen),
        "jobs left": left.ready + left.leased + left.dead,
    }


def shown(unit: Any, who: Agent, row: Any) -> bool:
    """Whether the desk shows the doubt: the reply stands as unknown in an open case that this agent may see."""
    found = dossier.dossier(unit, who, row.case_id, START)
    open_ = cases.by_id(unit, row.case_id).state.value in cases.OPEN_STATES
    return open_ and found is not None and any(each.id == row.id and each.state == "unknown" for each in found.replies)


def run(url: str, times: int) -> dict[str, Any]:
    count = times * len(POINTS)
    prepare(url, count)
    with platform.running() as address:
        died = storm(url, address, count)
        return {"deaths": died, **record(url, address, count)}


def held(found: dict[str, Any]) -> bool:
    """Whether the record is as promised."""
    zero = found["double"] + found["sent but not there"] + found["jobs left"]
    settled = set(found["states"]) <= {"sent", "unknown"}
    return zero == 0 and settled and found["unknown"] == found["unknown and shown"]


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.chaos.simulated_answers")
    given.add_argument("--times", type=int, default=300)
    given.add_argument("--engine", choices=ground.ENGINES, action="append")
    asked = given.parse_args(arguments)
    good = True
    for engine in asked.engine or ground.ENGINES:
        with ground.prepared(engine) as url:
            found = run(url, asked.times)
        good &= held(found)
        print(json.dumps({"engine": engine, **found}), flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unavailable as problem:
        sys.exit(str(problem))
