"""How fast the book is: the import of order lines, and one mention from its author to the desk among many customers."""

import argparse
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from socialwatch.playground import volume
from socialwatch.playground.volume import Volume
from socialwatch.steps import bring, line
from socialwatch.store import migrations
from socialwatch.store.unit import Database
from tests import fakes
from tests.measure import _filled, _page, _trip

TITLE = "Speed of imports and of one mention, on SQLite"
WHOLE_TITLE = "Speed of one mention in a big company, on SQLite"
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
    home.mkdir(parents=True, exist_ok=True)
    kept, being_filled = home / f"volume-{size.customers}.sqlite", home / "filling.sqlite"
    if not kept.exists():
        being_filled.unlink(missing_ok=True)
        database = _opened(being_filled)
        _filled.fill(database, size)
        database.close()
        being_filled.rename(kept)
    for left in home.glob("measured.sqlite*"):  # by a measurement that was broken off
        left.unlink()
    return _opened(Path(shutil.copyfile(kept, home / "measured.sqlite")))


def walked(home: Path, size: Volume) -> list[str]:
    """The figures of trips through a database of this volume."""
    database = filled(home, size)
    walking = _trip.trip(database, size)
    _trip.timed(walking, 20)  # statements are compiled once
    taken = _trip.timed(walking, TRIPS)
    database.close()
    told = [
        f"One mention among {size.customers:,} customers, {size.lines:,} order lines, {size.mentions:,} mentions and",
        f"{size.cases:,} cases of two brands; {TRIPS} mentions, each in its own transactions. One in three needs an",
        "owner; the brief is measured with all that the dossier page reads. Jobs were claimed before, as a batch is",
        "at once. By the clock waits for the disk are in it, *without the disk* leaves out what the process stood",
        "still in commits.",
        "",
        "| step | p50 by the clock | p95 | p95 without the disk | p50 of the processor | p95 of the processor |",
        "|---|---|---|---|---|---|",
        *(_row(step, spent) for step, spent in taken.items()),
    ]
    held = _p95([each.clock for each in taken["all"]]) < GOAL
    goal = f"The goal, all three under {GOAL * 1000:.0f} ms at p95 by the clock: {_said(held)}."
    busy = f"{os.getloadavg()[0]:.0f} processes wanted one of {os.cpu_count()} processors in the minute before."
    return [*told, "", f"{goal} Quiet is a load of 1: {busy}"]


def _row(step: str, spent: list[_trip.Spent]) -> str:
    clock, processor = [each.clock for each in spent], [each.processor for each in spent]
    apart = _p95([each.without_disk for each in spent])
    figures = (statistics.median(clock), _p95(clock), apart, statistics.median(processor), _p95(processor))
    return f"| {step} | {' | '.join(f'{seconds * 1000:.1f} ms' for seconds in figures)} |"


def _said(held: bool) -> str:
    return "held" if held else "not held"


def _p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def _opened(file: Path) -> Database:
    database = Database(f"sqlite:///{file}")
    migrations.upgrade(database)
    return database


def main(arguments: Sequence[str] | None = None) -> None:
    given = argparse.ArgumentParser(prog="python -m tests.measure.speed", description=__doc__)
    given.add_argument("--whole", action="store_true", help="a million customers and five million order lines")
    given.add_argument("--home", type=Path, help="a folder that keeps the filled database for the next time")
    given.add_argument("--write", action="store_true", help="with --whole: into its own table in docs/measurements.md")
    asked = given.parse_args(arguments)
    size = WHOLE if asked.whole else SMALL
    told = walked(asked.home, size) if asked.home else report(size, 1_000_000 if asked.whole else 50_000)
    print("\n".join(told))
    if asked.write and asked.whole:
        _page.put({WHOLE_TITLE: told})


if __name__ == "__main__":
    main()
