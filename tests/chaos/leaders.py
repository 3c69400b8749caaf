"""Two pollers, and the one that leads is frozen past its lease, again and again: no page of a past term is stored."""

import os
import signal
import time
from collections import Counter, defaultdict
from itertools import pairwise

from sqlalchemy import select

from socialwatch.store import sources
from socialwatch.store.tables import mention
from socialwatch.store.unit import Database
from tests.chaos import proof, trial
from tests.chaos.roles import Stage, committed, fork, kill, poller
from tests.chaos.timeline import SOURCE
from tests.chaos.trial import Trial, Verdict

FULL = 200
LEASE = 0.5  # seconds
ENDLESS = 1_000_000  # posts: there is always a page to be had


def run(given: Trial) -> Verdict:
    """Freeze whoever leads, until that led to another leader `times` times; who was frozen wakes up in its poll."""
    trial.prepare(given.url)
    # Two posts a page, and a platform that is slow: a freeze finds the leader in the middle of a poll.
    stage = Stage(given.url, lease=LEASE, pace=0.02, size=2)
    stage.tally.add("head", ENDLESS)
    alive = [fork(poller, stage, place) for place in range(2)]
    database = Database(given.url, pool_size=2)
    freezes, taken = 0, []
    try:
        _started(database)
        # A leader that holds the database's own lock cannot be overtaken, and then nothing is proven: freeze again.
        while len(taken) < given.times and freezes < 3 * given.times:
            time.sleep(given.chance.uniform(0.1, 0.4))
            freezes += 1
            took = strike(database)
            taken += [took] if took is not None else []
    finally:
        broken = sum(kill(each) for each in alive)
    found = log(database) | _posts(database) | {"integrity": proof.integrity(database)}
    database.close()
    taken.sort()
    found |= {
        "times": given.times,
        "freezes": freezes,
        "overtakes": len(taken),
        "fenced": stage.tally["overtaken"],
        "broken": broken,
    }
    found |= {"takeover_median": taken[len(taken) // 2] if taken else None, "lease": LEASE}
    return _judged(found)


def _started(database: Database) -> None:
    """Wait until somebody leads and has ended one poll; programs start slowly on a busy machine."""
    ends = time.monotonic() + 60
    while not _polled(database) and time.monotonic() < ends:
        time.sleep(0.05)


def _polled(database: Database) -> bool:
    with database.read() as unit:
        known = sources.one(unit, SOURCE)
    return known is not None and known.cursor is not None


def strike(database: Database) -> float | None:
    """Freeze the leader until another leads, at most eight leases long; gives back how long it took."""
    before = last(database)
    if before is None:
        return None
    term, process = before
    os.kill(process, signal.SIGSTOP)
    began = time.monotonic()
    try:
        while time.monotonic() - began < 8 * LEASE:
            now = last(database)
            if now is not None and now[0] != term:
                return round(time.monotonic() - began, 2)
            time.sleep(0.01)
    finally:
        os.kill(process, signal.SIGCONT)
    return None


def last(database: Database) -> tuple[int, int] | None:
    """Term and process of the page that was stored last."""
    with database.read() as unit:
        query = select(committed.c.term, committed.c.process).order_by(committed.c.id.desc()).limit(1)
        row = unit.run(query).one_or_none()
    return None if row is None else (row.term, row.process)


def log(database: Database) -> dict[str, int]:
    """What the log of stored pages says: terms only grow, and each belongs to one process."""
    with database.read() as unit:
        rows = unit.run(select(committed.c.term, committed.c.process).order_by(committed.c.id)).all()
    holders = defaultdict(set)
    for row in rows:
        holders[row.term].add(row.process)
    return {
        "pages": len(rows),
        "terms": len(holders),
        "backward": sum(1 for one, two in pairwise(rows) if two.term < one.term),
        "shared": sum(1 for each in holders.values() if len(each) > 1),
    }


def _posts(database: Database) -> dict[str, int]:
    """Everything before the cursor is there, once."""
    with database.read() as unit:
        known = sources.one(unit, SOURCE)
        natives = Counter(int(each) for each in unit.run(select(mention.c.native_id)).scalars())
    assert known is not None
    cursor = int(known.cursor or 0)
    return {
        "posts": cursor,
        "lost": sum(1 for each in range(cursor) if each not in natives),
        "doubled": sum(number - 1 for number in natives.values()),
    }


def _judged(found: dict[str, object]) -> Verdict:
    clean = [found[each] for each in ("backward", "shared", "lost", "doubled", "broken")]
    told = (
        f"{found['freezes']} freezes, {found['overtakes']} times overtaken (half of them within"
        f" {found['takeover_median']} s at a lease of {LEASE} s), {found['fenced']} times a page of a past term was"
        f" refused: {found['pages']} pages stored in {found['terms']} terms, {found['backward']} by a past leader,"
        f" {found['shared']} terms with two leaders; {found['lost']} lost, {found['doubled']} doubled"
    )
    worth = found["overtakes"] == found["times"] and found["fenced"]
    return Verdict(not any(clean) and bool(worth) and found["integrity"] == "ok", told, found)
