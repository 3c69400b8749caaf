"""Pollers and workers killed with -9 at random moments, or frozen past their lease; pages come twice."""

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from socialwatch.store.unit import Database
from tests.chaos import proof, trial
from tests.chaos.roles import Stage, fork, frozen, kill, poller, worker
from tests.chaos.trial import Trial, Verdict

FULL = 500
ROLES = (poller, poller, worker, worker)
FROZEN_EVERY = 8  # kills
POSTS_PER_KILL = 6


@dataclass
class Cold:
    """Watches who stands still, and wakes them when their lease is long over."""

    seconds: float
    since: dict[int, float] = field(default_factory=dict)
    times: int = 0

    def look(self, alive: Sequence[int]) -> None:
        for number in alive:
            if not frozen(number):
                continue
            if number not in self.since:
                self.since[number] = time.monotonic()
                self.times += 1
            elif time.monotonic() - self.since[number] > self.seconds:
                os.kill(number, signal.SIGCONT)
                del self.since[number]

    def forget(self, number: int) -> None:
        self.since.pop(number, None)


def run(given: Trial) -> Verdict:
    """`times` kills; a process that died by itself breaks the row too."""
    trial.prepare(given.url)
    stage = Stage(given.url, pace=0.002, stall=0.05)
    began = time.monotonic()
    broken, stood = storm(given, stage)
    stormed = time.monotonic() - began
    trial.finish(stage, 7)
    database = Database(given.url, pool_size=2)
    found = proof.count(database, stage.tally["head"]) | {"integrity": proof.integrity(database)}
    database.close()
    found |= {"kills": given.times, "frozen": stood, "broken": broken, "seconds": round(stormed, 1)}
    found |= {name: stage.tally[name] for name in ("twice", "lease_lost", "overtaken", "step_failed")}
    clean = [found[each] for each in ("lost", "doubled", "stray", "left", "dead", "broken")]
    held = not any(clean) and found["integrity"] == "ok" and found["posts"] > 0
    told = (
        f"{given.times} kills and {stood} freezes in {stormed:.0f} s: {found['posts']} posts, {found['outcomes']}"
        f" outcomes, {found['lost']} lost, {found['doubled']} doubled, integrity {found['integrity']}"
    )
    return Verdict(held, told, found)


def storm(given: Trial, stage: Stage) -> tuple[int, int]:
    """Strike one of the four, start it again; gives back how many ended by themselves and how many were frozen."""
    chance, cold = given.chance, Cold(stage.lease * 1.5)
    alive = [fork(role, stage, chance.randrange(2**31)) for role in ROLES]
    broken = 0
    for number in range(given.times):
        stage.tally.add("head", POSTS_PER_KILL)
        time.sleep(chance.uniform(0.02, 0.3))
        cold.look(alive)
        if number % FROZEN_EVERY == 0:
            os.kill(chance.choice(alive), signal.SIGSTOP)
        # Who stands still is mostly left alone: it must wake up and find its lease gone.
        awake = [each for each in range(len(ROLES)) if alive[each] not in cold.since or chance.random() < 0.1]
        place = chance.choice(awake or [0])
        cold.forget(alive[place])
        broken += kill(alive[place])
        alive[place] = fork(ROLES[place], stage, chance.randrange(2**31))
    return broken + sum(kill(each) for each in alive), cold.times
