"""One mention in a hundred is poisonous: the model falls over nine of ten, and one of ten kills its whole worker."""

import os
import signal
import time
from collections import Counter
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from socialwatch.domain.mention import Mention
from socialwatch.store import queue, sources
from socialwatch.store.tables import mention
from socialwatch.store.unit import Database
from tests import fakes
from tests.chaos import proof, trial
from tests.chaos.roles import Role, Stage, fork, kill, outcome, poller, worker
from tests.chaos.timeline import SOURCE, post
from tests.chaos.trial import Trial, Verdict

FULL = 100
ONE_IN = 100
DEADLY_IN = 10  # of the poisonous
ROLES: tuple[Role, ...] = (poller, worker, worker)


def deadly(number: int) -> bool:
    return number % (ONE_IN * DEADLY_IN) == ONE_IN // 3


def poisonous(number: int) -> bool:
    return number % ONE_IN == ONE_IN // 3


def write(number: int) -> Mention:
    """Mostly spam, so that the row is about the queue; one author in ten complains."""
    if deadly(number):
        words = "dodelijk"
    elif poisonous(number):
        words = "vergif"
    else:
        words = "klacht" if number % 30 == 0 else "winactie"
    return replace(post(number), text=f"{words} {number}")


def ill(text: str) -> Any:
    if text.startswith("dodelijk"):
        os.kill(os.getpid(), signal.SIGKILL)
    return fakes.reading(text)


def well(text: str) -> Any:
    """The model after it was mended."""
    return fakes.reading(text.replace("vergif", "klacht").replace("dodelijk", "klacht"))


def run(given: Trial) -> Verdict:
    """`times` poisonous mentions in a hundred times as many; then the model is mended and the dead are replayed."""
    trial.prepare(given.url)
    posts = given.times * ONE_IN
    stage = Stage(given.url, read=ill, write=write)
    stage.tally.add("head", posts)
    deaths = suffer(stage)
    database = Database(given.url, pool_size=2)
    found = _after(database, posts)
    database.close()
    trial.finish(replace(stage, read=well), 7)
    database = Database(given.url, pool_size=2)
    with database.read() as unit:
        rest = queue.depth(unit)
    once = _outcomes(database)
    found |= {"worker_deaths": deaths, "left": rest.ready + rest.leased + rest.dead}
    found |= {f"{step}_once": sum(1 for key, n in once.items() if key[0] == step and n == 1) for step in proof.EACH}
    found |= {"doubled": sum(n - 1 for n in once.values()), "integrity": proof.integrity(database)}
    database.close()
    return _judged(given, posts, found)


def suffer(stage: Stage) -> int:
    """Run until only the dead are left; a worker that was killed is started again, as a supervisor would."""
    alive = {fork(role, stage, place): role for place, role in enumerate(ROLES)}
    deaths = 0
    ends = time.monotonic() + trial.PATIENCE
    database = Database(stage.url, pool_size=2)
    try:
        while time.monotonic() < ends and not _only_dead(database, stage):
            time.sleep(0.05)
            for number, role in list(alive.items()):
                if os.waitpid(number, os.WNOHANG) != (0, 0):
                    deaths += 1
                    del alive[number]
                    alive[fork(role, stage, deaths)] = role
    finally:
        database.close()
        for number in alive:
            kill(number)
    return deaths


def _only_dead(database: Database, stage: Stage) -> bool:
    with database.read() as unit:
        left = queue.depth(unit)
        known = sources.one(unit, SOURCE)
    assert known is not None
    return left.ready + left.leased == 0 and int(known.cursor or 0) >= stage.tally["head"]


def _after(database: Database, posts: int) -> dict[str, Any]:
    """Who is dead, and whether it is exactly the poisonous."""
    with database.read() as unit:
        dead = queue.dead(unit)
        numbers = {row.id: int(row.native_id) for row in unit.run(select(mention.c.id, mention.c.native_id))}
    done = _outcomes(database)
    return {
        "posts": posts,
        "mentions": len(numbers),
        "dead": len(dead),
        "innocent_dead": sum(1 for each in dead if each.step != "assess" or not poisonous(numbers[each.subject])),
        "reasons": dict(Counter(each.reason for each in dead)),
        "done": sum(1 for key in done if key[0] == "route"),
    }


def _outcomes(database: Database) -> Counter[tuple[str, int]]:
    with database.read() as unit:
        return Counter((row.step, row.subject) for row in unit.run(select(outcome.c.step, outcome.c.subject)))


def _judged(given: Trial, posts: int, found: dict[str, Any]) -> Verdict:
    dead = found["dead"] == given.times and not found["innocent_dead"] and all(found["reasons"])
    done = found["done"] == posts - given.times and found["mentions"] == posts
    replayed = all(found[f"{step}_once"] == posts for step in proof.EACH) and not found["left"]
    told = (
        f"{found['dead']} of {posts} dead with a reason, {found['innocent_dead']} of them innocent,"
        f" {found['done']} done ({found['worker_deaths']} workers died of it); after the mending and a replay"
        f" {found['route_once']} done, {found['doubled']} doubled"
    )
    held = dead and done and replayed and not found["doubled"] and found["integrity"] == "ok"
    return Verdict(held, told, found)
