"""SQLite without room for a page more, time and again: what was stored stays, polling pauses and resumes by itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import LargeBinary, column, event, insert, table
from sqlalchemy.pool import Pool

from socialwatch.errors import Unavailable
from socialwatch.store import sources
from socialwatch.store.sources import Source
from socialwatch.store.unit import Database
from tests.chaos import proof, trial
from tests.chaos.roles import Stage, fork, kill, poller, worker
from tests.chaos.timeline import SOURCE
from tests.chaos.trial import Trial, Verdict

FULL = 10
ENGINES = ("sqlite",)
POSTS = 300  # new ones just before the disk is full, and as many while it is
LONG = 6.0  # seconds that it stays full, at least
PATIENCE = 30.0  # seconds that a slow machine has to store what came before, and then to say why it waits
MOST_ASKED = 12  # polls in that time; without any waiting it would be some twenty
WITHIN = 20.0  # seconds until all is well again; polling every second, and backing off in between
ROOM = 1_000_000_000  # pages
_ballast = table("chaos_ballast", column("filling", LargeBinary))


@dataclass
class Seen:
    """What was noticed of each full disk."""

    sentences: set[str] = field(default_factory=set)
    refusals: set[str] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    kept: bool = True
    paused: int = 0


def run(given: Trial) -> Verdict:
    """`times` full disks, by PRAGMA max_page_count on every connection of every process."""
    trial.prepare(given.url)
    stage = Stage(given.url, every=1.0, lease=2.0)
    event.listen(Pool, "checkout", lambda connection, *_: _limit(stage, connection))
    database = Database(given.url, pool_size=2)
    with database.write() as unit:
        unit.connection.exec_driver_sql("CREATE TABLE chaos_ballast (filling BLOB)")
    database.close()
    alive = [fork(role, stage, place) for place, role in enumerate((poller, worker))]
    seen = Seen()
    database = Database(given.url, pool_size=2)
    try:
        for _ in range(given.times):
            strike(stage, database, seen)
    finally:
        broken = sum(kill(each) for each in alive)
    database.close()
    trial.finish(stage, 7)
    return _judged(given, stage, seen, broken)


def _limit(stage: Stage, connection: Any) -> None:
    """Below what there is already means: exactly what there is already."""
    connection.execute(f"PRAGMA max_page_count = {1 if stage.tally['full'] else ROOM}")


def strike(stage: Stage, database: Database, seen: Seen) -> None:
    stage.tally.add("head", POSTS)
    _until(lambda: int(_source(database).cursor or 0) > 0)
    time.sleep(1.5)
    stage.tally.add("full")
    stage.tally.add("head", POSTS)
    before, asked = _stored(database), stage.tally["asked"]
    seen.refusals.add(_refusal(database))
    time.sleep(LONG)
    seen.asked.append(stage.tally["asked"] - asked)
    _until(lambda: _source(database).last_error is not None)
    known = _source(database)
    seen.paused += known.last_error is not None
    seen.sentences |= {known.last_error or ""}
    seen.kept &= _stored(database) >= before and proof.integrity(database) == "ok"
    stage.tally.add("full", -1)
    seen.back.append(_until_well(stage, database))


def _until(true: Callable[[], bool]) -> None:
    """Waits for it, or for PATIENCE; whether it came to be is judged afterwards."""
    began = time.monotonic()
    while not true() and time.monotonic() - began < PATIENCE:
        time.sleep(0.1)


def _stored(database: Database) -> tuple[int, int]:
    with database.read() as unit:
        posts = unit.connection.exec_driver_sql("SELECT count(*) FROM mention").scalar_one()
    return posts, proof.progress(database)


def _refusal(database: Database) -> str:
    """What a writer hears that needs a page more; empty when it was let through."""
    try:
        with database.write() as unit:
            unit.run(insert(_ballast).values(filling=bytes(1_000_000)))
    except Unavailable as problem:
        return str(problem)
    return ""


def _source(database: Database) -> Source:
    with database.read() as unit:
        known = sources.one(unit, SOURCE)
    assert known is not None
    return known


def _until_well(stage: Stage, database: Database) -> float:
    """Seconds until everything the platform has is stored and the source has no complaint."""
    began = time.monotonic()
    while time.monotonic() - began < 3 * WITHIN:
        known = _source(database)
        if known.last_error is None and int(known.cursor or 0) >= stage.tally["head"]:
            break
        time.sleep(0.05)
    return round(time.monotonic() - began, 1)


def _judged(given: Trial, stage: Stage, seen: Seen, broken: int) -> Verdict:
    database = Database(given.url, pool_size=2)
    found = proof.count(database, stage.tally["head"]) | {"integrity": proof.integrity(database)}
    database.close()
    found |= {"times": given.times, "paused": seen.paused, "kept": seen.kept, "broken": broken, "back": seen.back}
    found |= {"asked": seen.asked, "sentences": sorted(seen.sentences), "refusals": sorted(seen.refusals)}
    clean = [found[each] for each in ("lost", "doubled", "stray", "left", "dead", "broken")]
    # Where not even the complaint can be stored, the sentence is in the log and at /readyz, and the poller still waits.
    said = any(seen.sentences) and all(seen.refusals) and max(seen.asked) <= MOST_ASKED
    held = not any(clean) and seen.kept and said and found["integrity"] == "ok" and max(seen.back) <= WITHIN
    told = (
        f"{given.times} times full for {LONG:.0f} s: {found['lost']} lost, {found['doubled']} doubled, what was stored"
        f" {'stayed' if seen.kept else 'DID NOT STAY'}, paused with a sentence {seen.paused} times, all well again"
        f" within {max(seen.back)} s of room; the platform was asked at most {max(seen.asked)} times meanwhile"
    )
    return Verdict(held, told, found)
