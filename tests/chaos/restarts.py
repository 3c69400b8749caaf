"""PostgreSQL stopped and started again under load, politely and by a crash in turn; work must go on within seconds."""

import time
from dataclasses import dataclass, field
from typing import Literal

from socialwatch.store.unit import Database
from tests.chaos import postgres, proof, trial
from tests.chaos.postgres import Server
from tests.chaos.roles import Stage, fork, kill, poller, worker
from tests.chaos.trial import Trial, Verdict

FULL = 20
ENGINES = ("postgresql",)
ROLES = (poller, poller, worker, worker)
POSTS = 60  # new ones per stop, so that there is always something to do
WITHIN = 5.0  # seconds
MODES: tuple[Literal["fast", "immediate"], ...] = ("fast", "immediate")


@dataclass
class Returns:
    """Seconds after each return: until the first piece of work was finished, and until the first page was stored."""

    work: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)


def run(given: Trial) -> Verdict:
    """`times` stops. A process that ended by itself breaks the row."""
    assert given.server is not None, "this row needs a PostgreSQL of its own"
    trial.prepare(given.url)
    stage = Stage(given.url, lease=2.0)
    alive = [fork(role, stage, place) for place, role in enumerate(ROLES)]
    returns = Returns()
    try:
        for number in range(given.times):
            strike(given, stage, returns, MODES[number % 2])
    finally:
        broken = sum(kill(each) for each in alive)
    trial.finish(stage, 7)
    database = Database(given.url, pool_size=2)
    found = proof.count(database, stage.tally["head"]) | {"integrity": proof.integrity(database)}
    database.close()
    found |= {"stops": given.times, "broken": broken, "checksums": _sound(given.server)}
    found |= {"slowest": max(returns.work), "slowest_page": max(returns.page), "work": returns.work}
    return _judged(found)


def strike(given: Trial, stage: Stage, returns: Returns, mode: Literal["fast", "immediate"]) -> None:
    """Stop it in the middle of the work, leave it away for a moment, start it, and see how soon work goes on."""
    assert given.server is not None
    stage.tally.add("head", POSTS)
    time.sleep(given.chance.uniform(0.5, 1.5))
    given.server.stop(mode)
    time.sleep(given.chance.uniform(0.0, 1.0))
    stage.tally.add("head", POSTS)
    given.server.start()
    postgres.answers(given.url, 30.0)
    began = time.monotonic()
    database = Database(given.url, pool_size=1)
    before = proof.progress(database), len(proof.terms(database))
    seen: dict[str, float] = {}
    while len(seen) < 2 and time.monotonic() - began < 30:
        after = proof.progress(database), len(proof.terms(database))
        for name, old, new in zip(("work", "page"), before, after, strict=True):
            if new > old:
                seen.setdefault(name, round(time.monotonic() - began, 2))
        time.sleep(0.02)
    database.close()
    returns.work.append(seen.get("work", 99.0))
    returns.page.append(seen.get("page", 99.0))


def _sound(server: Server) -> str:
    server.stop("fast")
    return "ok" if server.sound() else "bad"


def _judged(found: dict[str, object]) -> Verdict:
    clean = [found[each] for each in ("lost", "doubled", "stray", "left", "dead", "broken")]
    sound = found["integrity"] == found["checksums"] == "ok"
    slowest = float(str(found["slowest"]))
    told = (
        f"{found['stops']} stops, half of them a crash: {found['posts']} posts, {found['lost']} lost,"
        f" {found['doubled']} doubled; work went on within {slowest:.1f} s at the slowest,"
        f" polling within {found['slowest_page']} s"
    )
    return Verdict(not any(clean) and sound and slowest <= WITHIN, told, found)
