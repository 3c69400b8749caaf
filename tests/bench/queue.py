"""How fast is everything but the model, beside two queue libraries? Run: python -m tests.bench.queue [--write].

Figures of one run on one machine, with every commit waiting for the disk; the ratios are what can be compared. The
libraries live in an environment that this makes and throws away. Nothing else may run on the machine meanwhile.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.engine import make_url

from socialwatch.domain.channel import Page
from socialwatch.store import queue
from socialwatch.store.queue import NewJob
from socialwatch.store.tables import mention
from socialwatch.store.unit import Database
from tests import fakes
from tests.bench import trip
from tests.chaos import simulated_ground as ground

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "performance.md"
RIVALS = ("huey==3.5.4", "peewee==4.5.3", "procrastinate==3.10.0", "psycopg[binary,pool]")
CONTESTS = (("huey", "sqlite"), ("huey", "postgresql"), ("procrastinate", "postgresql"))
PAGE = 100  # mentions
FEW, MANY, CLAIMS = 3_000, 200_000, 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of each: mentions through the queues, jobs that wait at most, posts through the model."""

    mentions: int
    waiting: int
    posts: int


def ours(engine: str, count: int) -> float:
    """Seconds for poll, store, claim, outcome and acknowledgement of so many mentions."""
    with ground.prepared(engine, durable=True) as url:
        database = Database(url)
        world = fakes.World(database)
        found = [fakes.mention(number, f"Waar blijft mijn pakket nummer {number}") for number in range(count)]
        pages = [Page(tuple(found[at : at + PAGE])) for at in range(0, count, PAGE)]
        start = time.perf_counter()
        world.poll(*pages, Page((), "all"))
        while _work(database):
            pass
        took = time.perf_counter() - start
        with database.read() as unit:
            assert queue.depth(unit).ready == 0
        database.close()
    return took


def _work(database: Database) -> bool:
    with database.write() as unit:
        held = queue.claim(unit, "assess")
    if held is None:
        return False
    with database.write() as unit:
        queue.ack(unit, held)
        done = mention.c.id.in_([each.subject for each in held.jobs])
        unit.run(update(mention).where(done).values(state="joined"))
    return True


def theirs(python: Path, library: str, engine: str, count: int) -> float:
    """Seconds for the same work by another library, in its own environment."""
    with ground.emptied(engine, durable=True) as url:
        place = make_url(url)
        address = str(place.database)
        if engine == "postgresql":
            address = f"dbname={place.database} host={place.query['host']} user=postgres"
        script = Path(__file__).with_name("rival.py")
        program = [str(python), "-P", str(script), library, engine, address, str(count)]
        ended = subprocess.run(program, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{library} on {engine}: {ended.stderr}")
    return float(ended.stdout)


@contextmanager
def environment() -> Iterator[Path]:
    """A Python with the other libraries, gone afterwards: they never enter our own dependencies."""
    with tempfile.TemporaryDirectory(prefix="socialwatch-bench-") as home:
        venv.create(home, with_pip=True)
        python = Path(home) / "bin" / "python"
        subprocess.run([str(python), "-m", "pip", "install", "-q", *RIVALS], check=True, stderr=subprocess.DEVNULL)
        yield python


def claim_times(engine: str, waiting: int) -> float:
    """Median seconds of one claim of 64 while so many jobs wait."""
    with ground.prepared(engine, durable=True) as url:
        database = Database(url)
        for at in range(0, waiting, 5_000):
            with database.write() as unit:
                numbers = range(at, min(at + 5_000, waiting))
                queue.put(unit, [NewJob("merk", "assess", each, each % 10) for each in numbers])
        _settle(database)
        times = [_seconds(lambda: _claim(database)) for _ in range(CLAIMS)]
        database.close()
    return statistics.median(times)


def _settle(database: Database) -> None:
    """Let PostgreSQL count its rows, as it does by itself within a minute."""
    with database.write() as unit:
        unit.connection.exec_driver_sql("ANALYZE")


def _claim(database: Database) -> None:
    with database.write() as unit:
        assert queue.claim(unit, "assess") is not None


def _seconds(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def contest(count: int) -> list[str]:
    lines = ["| | engine | mentions/s | ours is faster by |", "|---|---|---|---|"]
    own = {engine: ours(engine, count) for engine in ground.ENGINES}
    lines += [f"| socialwatch | {engine} | {count / own[engine]:,.0f} | |" for engine in ground.ENGINES]
    with environment() as python:
        for library, engine in CONTESTS:
            took = theirs(python, library, engine, count)
            lines.append(f"| {library} | {engine} | {count / took:,.0f} | {took / own[engine]:.1f} × |")
    return lines


def claims(most: int) -> list[str]:
    lines = [f"| claim of 64, median | {FEW:,} waiting | {most:,} waiting | ratio |", "|---|---|---|---|"]
    for engine in ground.ENGINES:
        few, many = claim_times(engine, FEW), claim_times(engine, most)
        lines.append(f"| {engine} | {1000 * few:.1f} ms | {1000 * many:.1f} ms | {many / few:.2f} |")
    return lines


def report(wanted: Wanted) -> list[str]:
    threads = os.environ.get("OMP_NUM_THREADS", "all")
    load = os.getloadavg()[0]
    about = f"{os.cpu_count()} cores, {threads} for the model; load before the run {load:.1f}."
    return [
        f"{wanted.mentions:,} mentions through poll, store, claim and acknowledgement, without the model. {about}",
        "",
        *contest(wanted.mentions),
        "",
        *claims(wanted.waiting),
        "",
        *trip.report(wanted.posts),
    ]


def write(lines: Sequence[str]) -> None:
    """Rewrite what stands between the marks."""
    text = REPORT.read_text(encoding="utf-8")
    marks = re.compile(r"(?<=<!-- queue -->\n).*(?=<!-- end of queue -->)", re.DOTALL)
    REPORT.write_text(marks.sub(lambda _: "\n".join(lines) + "\n", text), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.bench.queue")
    given.add_argument("--mentions", type=int, default=5_000)
    given.add_argument("--waiting", type=int, default=MANY)
    given.add_argument("--posts", type=int, default=1_000)
    given.add_argument("--write", action="store_true", help="into docs/performance.md")
    asked = given.parse_args(arguments)
    lines = report(Wanted(asked.mentions, asked.waiting, asked.posts))
    print("\n".join(lines))
    if asked.write:
        write(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
