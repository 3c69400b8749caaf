"""How fast the book is: the import of order lines, and one mention from its author to the desk among many customers."""

import argparse
import resource
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from socialwatch.playground import volume
from socialwatch.playground.volume import Volume
from socialwatch.steps import bring, line
from socialwatch.store import migrations
from socialwatch.store.unit import Database
from tests import fakes
from tests.measure import _filled, _trip

TITLE = "Speed of imports and of one mention, on SQLite"
SMALL = Volume(brands=(fakes.BRAND, "lampenlab"), customers=20_000, lines=100_000, mentions=5000, cases=3000)
WHOLE = Volume(
    brands=(fakes.BRAND, "lampenlab"),
    customers=1_000_000,
    lines=5_000_000,
    contacts=200_000,
    mentions=200_000,
    cases=100_000,
)
TRIPS = 200
GOAL = 0.020  # seconds at p95


def report(size: Volume = SMALL, lines: int = 50_000) -> list[str]:
    home = Path(tempfile.mkdtemp(prefix="socialwatch-speed-"))
    try:
        return [*_imported(home, lines), "", *walked(home, size)]
    finally:
        shutil.rmtree(home)


def _imported(home: Path, lines: int) -> list[str]:
    size = Volume(brands=(fakes.BRAND,), customers=max(1, lines // 5), lines=lines, contacts=0, mentions=0)
    volume.write(size, home)
    database = _opened(home / "import.sqlite")
    told = ["| import | rows | seconds by the clock | of the processor | rows per second |", "|---|---|---|---|---|"]
    for what, count, name in (("customers", size.customers, "customers.csv"), ("orders", lines, "orders.jsonl")):
        clock, processor = time.perf_counter(), time.process_time()
        delivery = bring.Delivery(what, fakes.BRAND, line.first)
        found = bring.run(database, delivery, home / f"{fakes.BRAND}-{name}", fakes.START)
        assert not found.refused
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        rows = f"{count:,} {'order lines' if what == 'orders' else what}"
        told.append(f"| {name} | {rows} | {clock:.1f} | {processor:.1f} | {count / clock:,.0f} |")
    database.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return [*told, "", f"Most memory that this process held until then: {most} MB."]


def filled(home: Path, size: Volume) -> Database:
    """A database of this volume. What was filled in this folder before is not filled again: measuring is done in a
    copy, so that every time begins with the same rows.
    """
    kept, being_filled = home / f"volume-{size.customers}.sqlite", home / "filling.sqlite"
    if not kept.exists():
        being_filled.unlink(missing_ok=True)
        database = _opened(being_filled)
        _filled.fill(database, size)
        database.close()
        being_filled.rename(kept)
    return _opened(Path(shutil.copyfile(kept, home / "measured.sqlite")))


def walked(home: Path, size: Volume) -> list[str]:
    database = filled(home, size)
    walking = _trip.trip(database, size)
    _trip.timed(walking, 10)  # statements are compiled once
    taken = _trip.timed(walking, TRIPS)
    database.close()
    told = [
        f"One mention among {size.customers:,} customers, {size.lines:,} order lines, {size.mentions:,} mentions and",
        f"{size.cases:,} cases; {TRIPS} mentions, each in its own transactions; the clock waits for the disk.",
        "",
        "| step | p50 | p95 | p50 of the processor | p95 of the processor |",
        "|---|---|---|---|---|",
    ]
    for step, spent in taken.items():
        clock, processor = [a for a, _ in spent], [b for _, b in spent]
        each = (statistics.median(clock), _p95(clock), statistics.median(processor), _p95(processor))
        told.append(f"| {step} | {' | '.join(f'{seconds * 1000:.1f} ms' for seconds in each)} |")
    held = _p95([a for a, _ in taken["all"]]) < GOAL
    return [*told, "", f"The goal, all three under {GOAL * 1000:.0f} ms at p95: {'held' if held else 'not held'}."]


def _p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def _opened(file: Path) -> Database:
    database = Database(f"sqlite:///{file}")
    migrations.upgrade(database)
    return database


if __name__ == "__main__":
    given = argparse.ArgumentParser(prog="python -m tests.measure.speed", description=__doc__)
    given.add_argument("--whole", action="store_true", help="a million customers and five million order lines")
    whole = given.parse_args().whole
    print("\n".join(report(WHOLE, 1_000_000) if whole else report()))
