"""Two pollers and two workers on one database, killed with -9 at random moments; prints what is left as one JSON line.

Run as a program of its own with the database's address, the number of kills and a seed. Each poller and worker is a
real process: it is forked before anything was opened, opens the database itself and is killed by its number.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select, text

from socialwatch.domain.mention import Mention
from socialwatch.errors import Unavailable
from socialwatch.store import mentions, queue, sources
from socialwatch.store.queue import Claim, NewJob
from socialwatch.store.tables import mention
from socialwatch.store.unit import Database

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SOURCE = "merk/x"
PAGE = 20  # mentions
LEASE = 0.6  # seconds
STALL = 0.9
# No unique constraint: what is done twice shows.
outcome = Table("outcome", MetaData(), Column("mention_id", Integer))


def poll(url: str, chance: random.Random) -> None:
    """Page after page, each with its cursor; one page in four comes twice, and all come shuffled."""
    database = Database(url, pool_size=2)
    while True:
        with database.read() as unit:
            known = sources.one(unit, SOURCE)
            waiting = queue.depth(unit).ready
        assert known is not None
        if waiting > 600:
            time.sleep(0.05)
            continue
        number = int(known.cursor or 0)
        for _ in range(2 if chance.random() < 0.25 else 1):
            take(database, number, chance)


def take(database: Database, number: int, chance: random.Random) -> None:
    posts = [Mention("x", str(PAGE * number + each), "bericht", NOW, brand="merk") for each in range(PAGE)]
    chance.shuffle(posts)
    with database.write() as unit:
        taken = mentions.take(unit, posts, NOW)
        queue.put(unit, [NewJob("merk", "assess", each.id, each.id % 10) for each in taken.new])
        sources.advance(unit, SOURCE, str(number + 1), len(taken.new))


def work(url: str, chance: random.Random) -> None:
    """Claim, work, now and then stall past the lease, then outcome and acknowledgement in one commit."""
    database = Database(url, pool_size=2)
    while True:
        with database.write() as unit:
            queue.reap(unit)
            held = queue.claim(unit, "assess", chance.choice((2, 8, 64)), LEASE)
        if held is None:
            time.sleep(0.005)
            continue
        time.sleep(STALL if chance.random() < 0.05 else chance.random() * 0.005)
        try:
            finish(database, held)
        except queue.LeaseLost:
            continue


def finish(database: Database, held: Claim) -> None:
    with database.write() as unit:
        ours = queue.ack(unit, held)
        unit.run(insert(outcome), [{"mention_id": each.subject} for each in held.jobs])
        if len(ours) < len(held.jobs):
            raise queue.LeaseLost


def patiently(what: Callable[[str, random.Random], None], url: str, chance: random.Random) -> None:
    """A database that is busy for a moment is no reason to stop."""
    while True:
        try:
            what(url, chance)
        except Unavailable:
            time.sleep(0.02)


def fork(what: Callable[[str, random.Random], None], url: str, seed: int) -> int:
    number = os.fork()
    if number:
        return number
    try:
        patiently(what, url, random.Random(seed))
    finally:
        os._exit(1)  # only reached when something broke: the parent sees it


def storm(url: str, kills: int, seed: int) -> int:
    """Kill one of the four, start it again, `kills` times over; gives back how many ended by themselves."""
    chance = random.Random(seed)
    roles = [poll, poll, work, work]
    alive = [fork(each, url, seed + place) for place, each in enumerate(roles)]
    broken = 0
    for kill in range(kills):
        time.sleep(chance.uniform(0.02, 0.3))
        place = chance.randrange(len(roles))
        broken += end(alive[place])
        alive[place] = fork(roles[place], url, seed + 10 * (kill + 1))
    time.sleep(0.2)
    return broken + sum(end(each) for each in alive)


def end(number: int) -> int:
    """Kill one process; 1 when it was dead before."""
    os.kill(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    return 0 if os.WIFSIGNALED(status) else 1


def drain(database: Database) -> None:
    time.sleep(LEASE)
    with database.write() as unit:
        queue.reap(unit)
        queue.replay(unit)  # a batch of one that lost its worker five times is a dead letter, not lost
    while True:
        with database.write() as unit:
            held = queue.claim(unit, "assess")
        if held is None:
            return
        finish(database, held)


def count(database: Database) -> dict[str, object]:
    with database.read() as unit:
        natives = {int(each) for each in unit.run(select(mention.c.native_id)).scalars()}
        ids = set(unit.run(select(mention.c.id)).scalars())
        done = Counter(unit.run(select(outcome.c.mention_id)).scalars())
        left = queue.depth(unit)
        sound = "ok" if database.postgresql else unit.run(text("PRAGMA integrity_check")).scalar_one()
        rows = unit.run(select(func.count()).select_from(mention)).scalar_one()
    posted = PAGE * (max(natives) // PAGE + 1)
    return {
        "mentions": rows,
        "outcomes": sum(done.values()),
        "lost": posted - len(natives) + len(ids - set(done)),
        "doubled": sum(1 for number in done.values() if number > 1) + rows - len(natives),
        "left": left.ready + left.leased + left.dead,
        "integrity": sound,
    }


def main(url: str, kills: int, seed: int) -> None:
    database = Database(url)
    with database.write() as unit:
        outcome.create(unit.connection)
        sources.register(unit, SOURCE, "merk", "x")
    database.close()
    broken = storm(url, kills, seed)
    database = Database(url)
    drain(database)
    print(json.dumps(count(database) | {"kills": kills, "broken": broken}))
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
