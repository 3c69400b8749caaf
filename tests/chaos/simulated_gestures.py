"""Gestures whose worker dies at each of six points, at an order system that drops every second answer: none happens
twice.

    python -m tests.chaos.simulated_gestures [--times 100] [--engine sqlite|postgresql]

`--times` counts the deaths at each point. Prints one JSON line per engine. As simulated_answers, with real processes.
"""

import argparse
import http.client
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from socialwatch import outgoing
from socialwatch.domain.gesture import Carried, Gesture, GestureState, Kind
from socialwatch.errors import Unavailable
from socialwatch.steps import give, line, perform
from socialwatch.steps.parts import Parts
from socialwatch.store import gestures, queue
from socialwatch.store.tables import gesture, job
from socialwatch.store.unit import Database
from socialwatch.worker import corridor
from tests.chaos import simulated_ground as ground
from tests.chaos import simulated_platform as platform
from tests.chaos.simulated_answers import DIED, POINTS, ROUNDS, die, in_a_process, then_die
from tests.fakes import BRAND, START, World, mention


class Shop:
    """The platform as an order system that has no notion of a key: it does whatever it is sent."""

    kind = "winkel"

    def __init__(self, address: str) -> None:
        self._platform = platform.Channel(address)
        self._address = address

    def can(self, given: Gesture) -> bool:
        return True

    def carry(self, given: Gesture) -> Carried:
        post = {"to": str(given.case_id), "text": given.what, "key": given.key}
        answer = outgoing.request("POST", f"{self._address}/posts", json=post, allow_private=True)
        return Carried(str(json.loads(answer.body)["id"]))

    def find(self, given: Gesture) -> Carried | None:
        done = {post["key"] for post in self._platform.posts() if platform.HIDDEN not in post["text"]}
        return Carried(given.key) if given.key in done else None


def prepare(url: str, count: int) -> None:
    """One case, and so many gestures that wait to be carried out."""
    database = Database(url)
    world = World(database)
    freek = world.colleague()
    (number,) = world.bring(mention(1, "klacht"))
    corridor.drain(world.parts)
    with database.write() as unit:
        case = line.assess.mentions.by_id(unit, [number])[0].case_id or 0
        for place in range(count):
            marks = [platform.DROPPED] * (place // len(POINTS) % 2) + [platform.HIDDEN] * (
                place // len(POINTS) % 3 == 0
            )
            key, what = f"gebaar-{place:05}", " ".join(["nieuwe sokken", *marks])
            draft = gestures.Draft(BRAND, case, freek.id, Kind.REPLACEMENT, key, what, Decimal(13))
            give.give(unit, freek, draft, START)
    database.close()


def parts_of(url: str, address: str) -> Parts:
    database = Database(url, pool_size=2)
    return replace(World(database).parts, carriers={BRAND: [Shop(address)]})


def arm(point: str) -> None:
    """From here on this process dies at the point. Within a unit means: everything was written, nothing committed."""
    match point:
        case "before marking":
            perform.begin = then_die(perform.begin)  # type: ignore[assignment]
        case "after marking":
            perform.ask = die  # type: ignore[assignment]
        case "before sending":
            Shop.carry = die  # type: ignore[assignment, method-assign]
        case "sent, not answered":
            http.client.HTTPConnection.getresponse = die  # type: ignore[assignment, method-assign]
        case "answered, not committed":
            perform.write = then_die(perform.write)  # type: ignore[assignment]


def killed_at(url: str, address: str, point: str) -> None:
    parts = parts_of(url, address)
    held = line.claim(parts, "perform")
    assert held is not None, "there was nothing to do"
    arm(point)
    line.walk(parts, "perform", held)
    die()


def work(url: str, address: str) -> None:
    parts = parts_of(url, address)
    corridor.sweep(parts)
    while corridor.attempt(parts, "perform", corridor.Keeper(parts)) is not None:
        pass


def time_passes(url: str) -> int:
    """Every lease, deadline and wait is over; gives back how many jobs there are."""
    database = Database(url)
    with database.write() as unit:
        unit.run(update(job).where(job.c.state == "leased").values(leased_until=0))
        unit.run(update(job).where(job.c.state == "ready").values(ready_at=0))
        unit.run(update(gesture).where(gesture.c.deadline.is_not(None)).values(deadline=0))
        left = queue.depth(unit)
    database.close()
    return left.ready + left.leased


def storm(url: str, address: str, count: int) -> int:
    """Every gesture loses its worker once, then honest workers follow; gives back how many died as meant."""
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


def run(url: str, times: int) -> dict[str, Any]:
    """What became of the gestures, by what the order system did and by what stands in the database."""
    count = times * len(POINTS)
    prepare(url, count)
    with platform.running() as address:
        died = storm(url, address, count)
        done = Counter(each["key"] for each in platform.Channel(address).posts())
    database = Database(url)
    with database.read() as unit:
        rows = unit.run(select(gesture.c.state, gesture.c.key)).all()
        left = queue.depth(unit)
    database.close()
    sent = [row.key for row in rows if row.state == GestureState.SENT.value]
    return {
        "deaths": died,
        "gestures": len(rows),
        "done": done.total(),
        "double": sum(1 for times in done.values() if times > 1),
        "states": dict(sorted(Counter(row.state for row in rows).items())),
        "sent but not done": sum(1 for key in sent if done[key] != 1),
        "jobs left": left.ready + left.leased + left.dead,
    }


def held(found: dict[str, Any]) -> bool:
    """Whether the record is as promised."""
    zero = found["double"] + found["sent but not done"] + found["jobs left"]
    return bool(zero == 0 and set(found["states"]) <= {"sent", "unknown"})


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.chaos.simulated_gestures")
    given.add_argument("--times", type=int, default=100)
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
