"""A run of one row: which database, how often, with which luck; and the verdict that comes out of it."""

import json
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from socialwatch.domain.agent import Agent, Presence, Role
from socialwatch.store import agents, migrations, queue, sources
from socialwatch.store.unit import Database
from tests import fakes
from tests.chaos import postgres
from tests.chaos.postgres import Server
from tests.chaos.roles import Stage, beside, fork, kill, poller, worker
from tests.chaos.timeline import BRAND, KIND, SOURCE

PATIENCE = 600.0  # seconds until what is still waiting counts as lost


@dataclass(frozen=True, slots=True)
class Trial:
    """`times` is how often the fault strikes, `chance` repeats itself for a seed. `server` when it is ours to stop.
    `apart`: on hosts of their own where the machine lets us.
    """

    url: str
    times: int
    chance: random.Random
    server: Server | None = None
    apart: bool = True

    @property
    def engine(self) -> str:
        return "postgresql" if self.url.startswith("postgresql") else "sqlite"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`held` only when the proof was there. `told` is the same for people."""

    held: bool
    told: str
    figures: Mapping[str, Any]

    def as_json(self, **more: Any) -> str:
        return json.dumps({"held": self.held, **more, **self.figures}, sort_keys=False)


@contextmanager
def database_of(engine: str, listen: str = "") -> Iterator[tuple[str, Server | None]]:
    """The address of a fresh database with all tables, erased at the end."""
    if engine == "postgresql":
        with postgres.server(listen) as made:
            yield made.url, made
        return
    home = Path(tempfile.mkdtemp(prefix="socialwatch-chaos-"))
    try:
        url = f"sqlite:///{home / 'socialwatch.sqlite'}"
        database = Database(url)
        migrations.upgrade(database)
        database.close()
        yield url, None
    finally:
        shutil.rmtree(home, ignore_errors=True)


def prepare(url: str, kind: str = KIND) -> None:
    """The tables beside the product's, the source, and one colleague who may act."""
    who = Agent(0, BRAND, "Freek", "freek@merk.example", Role.AGENT, Presence.AVAILABLE, fakes.ABLE)
    database = Database(url)
    with database.write() as unit:
        beside.create_all(unit.connection)
        sources.register(unit, f"{BRAND}/{kind}", BRAND, kind)
        agents.add(unit, who, "hash")
    database.close()


def finish(stage: Stage, seed: int) -> None:
    """Let one poller and two workers, undisturbed, do what is left. Gives up after a while: then it is lost."""
    calm = replace(stage, pace=0.0, stall=0.0)
    alive = [fork(role, calm, seed + place) for place, role in enumerate((poller, worker, worker))]
    database = Database(stage.url, pool_size=2)
    ends = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < ends and not _at_rest(database, stage):
            time.sleep(0.1)
    finally:
        database.close()
        for each in alive:
            kill(each)


def _at_rest(database: Database, stage: Stage) -> bool:
    with database.write() as unit:
        queue.replay(unit)  # what lost its worker five times in a row is a dead letter: kept, and shown
        left = queue.depth(unit)
        known = sources.one(unit, SOURCE)
    assert known is not None
    return left.ready + left.leased == 0 and int(known.cursor or 0) >= stage.tally["head"]
