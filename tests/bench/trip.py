"""What the whole trip costs beside the model, and what an agent waits for a write meanwhile, on both engines."""

import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from socialwatch.domain.assessment import Assessor, Reading, Span
from socialwatch.domain.case import Line, LineKind
from socialwatch.domain.channel import Page
from socialwatch.steps import line
from socialwatch.store import cases, queue
from socialwatch.store.unit import Database
from socialwatch.worker.corridor import Corridor
from tests import fakes
from tests.chaos import simulated_ground as ground
from tests.chaos.simulated_outage import CORPUS, corpus

STEPS = ("assess", "identify", "route", "notify", "tell", "explain")
BETWEEN_WRITES = 0.02  # seconds


@dataclass
class Timed:
    """The real model with a watch: the seconds of reading every post, and of saying why for every case."""

    assessor: Assessor
    model: str = "timed"
    reading: float = 0.0
    explaining: float = 0.0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        start = time.perf_counter()
        found = list(self.assessor.read(texts))
        with self._guard:
            self.reading += time.perf_counter() - start
        return found

    def why(self, text: str) -> list[Span]:
        start = time.perf_counter()
        found = list(self.assessor.why(text))
        with self._guard:
            self.explaining += time.perf_counter() - start
        return found


def report(posts: int) -> list[str]:
    from socialwatch.sentiment import transformer  # loads torch, which the contest must not carry

    shipped = transformer.connect({"path": str(CORPUS.parent / "dutch")})
    lines = [
        f"{posts:,} posts of the corpus from the platform to the owner's notice and the marked words in the case, with",
        "the shipped model, one worker. The last column leaves out that the model says why, once per case.",
        "",
        f"| engine | model reads | model says why | poll | {' | '.join(STEPS)} | all but the model | without why |",
        "|---|" + "---|" * 10,
    ]
    lines += [_row(engine, posts, Timed(shipped)) for engine in ground.ENGINES]
    lines += [
        "",
        "| a note by an agent while worker and model run | writes | p50 | p95 | worst |",
        "|---|---|---|---|---|",
    ]
    return lines + [_writes(engine, posts // 4, Timed(shipped)) for engine in ground.ENGINES]


def _row(engine: str, posts: int, model: Timed) -> str:
    with ground.prepared(engine, durable=True) as url:
        database = Database(url)
        polled, spent = _walk(_world(database, model), posts)
        database.close()
    spent["assess"] -= model.reading
    spent["explain"] -= model.explaining
    ours = polled + sum(spent.values())
    each = " | ".join(f"{spent[step]:.1f} s" for step in STEPS)
    told = ours - spent["explain"]
    shares = (ours / (ours + model.reading + model.explaining), told / (told + model.reading))
    most, least = (f"{share:.0%}" for share in shares)
    asked = f"{model.reading:.1f} s | {model.explaining:.1f} s"
    return f"| {engine} | {asked} | {polled:.1f} s | {each} | {most} | {least} |"


def _world(database: Database, model: Timed) -> fakes.World:
    world = fakes.World(database)
    world.assessor = model  # type: ignore[assignment]
    for name in ("Freek", "Samira", "Joost", "Els", "Noor"):
        world.colleague(name)
    return world


def _bring(world: fakes.World, posts: int) -> float:
    found = [fakes.mention(number, text) for number, text in enumerate(corpus(posts))]
    pages = [Page(tuple(found[at : at + 100])) for at in range(0, posts, 100)]
    start = time.perf_counter()
    counted = world.poll(*pages, Page((), "all"))
    assert counted is not None
    assert counted.new == posts
    return time.perf_counter() - start


def _walk(world: fakes.World, posts: int) -> tuple[float, dict[str, float]]:
    """Seconds for the poll, and per step; the claim counts for its step."""
    polled, spent, parts = _bring(world, posts), defaultdict[str, float](float), world.parts
    while True:
        start = time.perf_counter()
        with world.database.read() as unit:
            order = queue.foremost(unit, STEPS)
        if not order:
            return polled, spent
        (step, _), (_, next_best) = [*order, ("", inf)][:2]
        held = line.claim(parts, step, next_best)
        assert held is not None
        line.walk(parts, step, held)
        spent[step] += time.perf_counter() - start


def _writes(engine: str, posts: int, model: Timed) -> str:
    """The seconds that a note takes, written every so often through the same door as the web's."""
    with ground.prepared(engine, durable=True) as url:
        database = Database(url)
        world = _world(database, model)
        target = world.bring(fakes.mention("a note goes here", "klacht"))[0]
        with database.write() as unit:
            number = cases.open_case(unit, line.route.mentions.by_id(unit, [target])[0], "Sokken", WEIGHT, "nl")
        _bring(world, posts)
        corridor = Corridor(world.parts)
        corridor.start()
        times = _note_until_done(database, number)
        corridor.stop(30.0)
        database.close()
    ordered = sorted(times)
    p95 = ordered[int(0.95 * len(ordered))]
    p50, worst = statistics.median(ordered), ordered[-1]
    return f"| {engine} | {len(times)} | {1000 * p50:.0f} ms | {1000 * p95:.0f} ms | {1000 * worst:.0f} ms |"


WEIGHT = cases.Weight(1.0, (), 0.4, 0.1, 1, False)


def _note_until_done(database: Database, number: int) -> list[float]:
    times: list[float] = []
    while True:
        start = time.perf_counter()
        with database.write() as unit:
            cases.write(unit, number, Line(LineKind.NOTE, fakes.START))
        times.append(time.perf_counter() - start)
        with database.read() as unit:
            left = queue.depth(unit)
        if left.ready + left.leased == 0:
            return times
        time.sleep(BETWEEN_WRITES)
