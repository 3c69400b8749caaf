"""Pollers and workers killed with -9 at random moments, or frozen past their lease; pages come twice."""

import os
import signal
import time
from dataclasses import dataclass, field

from socialwatch.store.unit import Database
from tests.chaos import proof, trial
from tests.chaos.roles import Stage, fork, kill, poller, worker
from tests.chaos.trial import Trial, Verdict

FULL = 500
ROLES = (poller, poller, worker, worker)
FROZEN_EVERY = 8  # kills
POSTS_PER_KILL = 12


@dataclass
class Frozen:
    """Processes that were stopped with SIGSTOP, and when they wake up."""

    until: dict[int, float] = field(default_factory=dict)
    times: int = 0

    def freeze(self, number: int, seconds: float) -> None:
        os.kill(number, signal.SIGSTOP)
        self.until[number] = time.monotonic() + seconds
        self.times += 1

    def thaw(self, everything: bool = False) -> None:
        for number, at in list(self.until.items()):
            if everything or time.monotonic() >= at:
                os.kill(number, signal.SIGCONT)
                del self.until[number]


def run(given: Trial) -> Verdict:
    """`times` kills; a process that died by itself breaks the row too."""
    trial.prepare(given.url)
    stage = Stage(given.url, pace=0.002)
    began = time.monotonic()
    broken, frozen = storm(given, stage)
    stormed = time.monotonic() - began
    trial.finish(stage, 7)
    database = Database(given.url, pool_size=2)
    found = proof.count(database, stage.tally["head"]) | {"integrity": proof.integrity(database)}
    database.close()
    found |= {"kills": given.times, "frozen": frozen, "broken": broken, "seconds": round(stormed, 1)}
    found |= {name: stage.tally[name] for name in ("twice", "lease_lost", "overtaken", "step_failed")}
    clean = [found[each] for each in ("lost", "doubled", "stray", "left", "dead", "broken")]
    held = not any(clean) and found["integrity"] == "ok" and found["posts"] > 0
    told = (
        f"{given.times} kills and {frozen} freezes in {stormed:.0f} s: {found['posts']} posts, {found['outcomes']}"
        f" outcomes, {found['lost']} lost, {found['doubled']} doubled, integrity {found['integrity']}"
    )
    return Verdict(held, told, found)


def storm(given: Trial, stage: Stage) -> tuple[int, int]:
    """Strike one of the four, start it again; gives back how many ended by themselves and how many were frozen."""
    chance, frozen = given.chance, Frozen()
    alive = [fork(role, stage, chance.randrange(2**31)) for role in ROLES]
    broken = 0
    for number in range(given.times):
        stage.tally.add("head", POSTS_PER_KILL)
        time.sleep(chance.uniform(0.02, 0.3))
        frozen.thaw()
        if number % FROZEN_EVERY == 0:
            frozen.freeze(chance.choice(alive), stage.lease * 1.5)
        place = chance.randrange(len(ROLES))
        frozen.until.pop(alive[place], None)
        broken += kill(alive[place])
        alive[place] = fork(ROLES[place], stage, chance.randrange(2**31))
    frozen.thaw(everything=True)
    time.sleep(0.2)
    return broken + sum(kill(each) for each in alive), frozen.times
