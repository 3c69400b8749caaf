"""How soon does a new case stand on screen, with a hundred desks open? Run: python -m tests.bench.live [--write].

The server is a process of its own on SQLite. A hundred streams fetch again as live.js, around.js and clocks.js do, a
real Chromium watches its own page, and cases are committed from outside at random moments. `--cases 100000` fills the
database first; `--home FOLDER` keeps what was filled for the next time.
"""

import argparse
import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Page, async_playwright
from sqlalchemy import func, select, update

from socialwatch.playground.volume import Volume
from socialwatch.store import agents, migrations
from socialwatch.store.tables import agent, case
from socialwatch.store.unit import Database
from socialwatch.web.app import Desk, create_app
from socialwatch.web.desk import wall_clock
from socialwatch.web.serve import DeskServer
from tests.bench import chapter
from tests.bench.inbox_open import desk
from tests.measure import _filled
from tests.web import seed

ROOT = Path(__file__).parents[2]
GAPS = (0.5, 2.5)  # seconds between two new cases
LOADS = 10
LONGEST = 60.0  # seconds until a case that does not come is given up
WATCH = """() => {
    window.__seen = {};
    const note = (row) => { window.__seen[row.dataset.case] ??= Date.now(); };
    const look = () => document.querySelectorAll('[data-case]').forEach(note);
    look();
    const all = {subtree: true, childList: true, attributes: true};
    new MutationObserver(look).observe(document.getElementById('rijen'), all);
}"""
PAINT = "() => Math.max(...performance.getEntriesByType('paint').map((each) => each.startTime))"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many streams, new cases, and cases that were there before."""

    streams: int = 100
    fresh: int = 50
    cases: int = 0


@dataclass(slots=True)
class Measured:
    """Seconds from commit to row, of first paint by page, of what the streams fetched; and how many never came."""

    rows: list[float] = field(default_factory=list)
    missed: int = 0
    paint: dict[str, list[float]] = field(default_factory=dict)
    fetches: list[float] = field(default_factory=list)


@contextmanager
def prepared(wanted: Wanted, home: Path | None) -> Iterator[Database]:
    """A seeded desk beside so many cases; what was filled is copied, so that each run begins alike."""
    folder = Path(tempfile.mkdtemp(prefix="socialwatch-live-"))
    kept = (home or folder) / f"live-{wanted.cases}.sqlite"
    try:
        if not kept.exists():
            _fill(kept, wanted.cases)
        shutil.copyfile(kept, folder / "desk.sqlite")
        database = Database(f"sqlite:///{folder / 'desk.sqlite'}")
        yield database
        database.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(file: Path, count: int) -> None:
    database = Database(f"sqlite:///{file}")
    migrations.upgrade(database)
    if count:
        size = Volume(brands=(seed.BRAND,), customers=count // 5, lines=count, mentions=count * 2, cases=count)
        _filled.fill(database, size)
    seed.seed(database)
    database.close()


def crowd(database: Database, count: int) -> list[str]:
    """So many colleagues, each with a session; gives back the secrets."""
    with database.write() as unit:
        model = agents.by_id(unit, unit.run(select(func.min(agent.c.id))).scalar_one())
        assert model is not None
        secrets = []
        for number in range(count):
            who = replace(model, name=f"Collega {number}", email=f"c{number}@sokkerij.example")
            secrets.append(agents.sign_on(unit, replace(who, id=agents.add(unit, who, seed.HASH)), wall_clock()))
    return secrets


@contextmanager
def server(database: Database) -> Iterator[str]:
    """The desk in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.live", "--serve", str(database.url.database)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


def serve(file: str) -> None:
    app = create_app(Desk(Database(f"sqlite:///{file}"), lambda: seed.NOW, {seed.BRAND: "Sokkerij"}))
    DeskServer(app, "127.0.0.1", 0, lambda address: print(address, flush=True)).serve_until_stopped()


async def measure(database: Database, address: str, wanted: Wanted) -> Measured:
    found, secrets = Measured(), crowd(database, wanted.streams)
    given: Any = {"base_url": address, "headers": {"hx-request": "true"}, "timeout": 120.0}
    clients = [httpx.AsyncClient(cookies={"socialwatch": each}, **given) for each in secrets]
    opened = asyncio.Semaphore(0)
    desks = [asyncio.create_task(desk(each, opened, found.fetches)) for each in clients]
    async with async_playwright() as player:
        options = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox", "--disable-gpu"]}
        browser = await player.chromium.launch(**options)
        page = await browser.new_page(base_url=address, viewport={"width": 1400, "height": 900})
        page.set_default_timeout(120_000)
        await _sign_in(page)
        for _ in desks:
            await asyncio.wait_for(opened.acquire(), LONGEST)
        await _paints(page, found, seed_case(database))
        await _arrivals(page, database, wanted.fresh, found)
        await browser.close()
    for each in desks:
        each.cancel()
    ended = await asyncio.gather(*desks, return_exceptions=True)
    await asyncio.gather(*(each.aclose() for each in clients))
    broken = [each for each in ended if not isinstance(each, asyncio.CancelledError)]
    assert not broken, repr(getattr(broken[0], "exceptions", broken))
    return found


def seed_case(database: Database) -> int:
    with database.read() as unit:
        return int(seed.case_of(unit, "101"))


async def _sign_in(page: Page) -> None:
    await page.goto("/inloggen")
    await page.fill("[name=email]", "freek@sokkerij.example")
    await page.fill("[name=password]", seed.PASSWORD)
    await page.press("[name=password]", "Enter")
    await page.wait_for_selector("header.bar")


async def _paints(page: Page, found: Measured, dossier: int) -> None:
    for name, path in (("Inbox", "/inbox"), ("Dossier", f"/dossier/{dossier}")):
        for _ in range(LOADS):
            await page.goto(path)
            await page.wait_for_function("() => performance.getEntriesByType('paint').length > 0")
            found.paint.setdefault(name, []).append(await page.evaluate(PAINT) / 1000)


async def _arrivals(page: Page, database: Database, fresh: int, found: Measured) -> None:
    """Commit new cases at random moments and wait until the last one stands in the page."""
    await page.goto("/inbox")
    await page.wait_for_selector("[data-live-state]:not(.down)")
    await page.wait_for_timeout(1500)
    await page.evaluate(WATCH)
    pick = random.Random(7)
    committed: dict[str, float] = {}
    for number in range(fresh):
        await asyncio.sleep(pick.uniform(*GAPS))
        arrived = await asyncio.to_thread(arrive, database, number)
        committed[str(arrived)] = time.time()
    ends = time.time() + LONGEST
    seen: dict[str, Any] = {}
    while time.time() < ends and not committed.keys() <= seen.keys():
        await asyncio.sleep(0.2)
        seen = await page.evaluate("window.__seen")
    found.rows = [seen[each] / 1000 - at for each, at in committed.items() if each in seen]
    found.missed = len(committed.keys() - seen.keys())


def arrive(database: Database, number: int) -> int:
    """One new case in one transaction, heavy enough to be seen without scrolling; gives back its number."""
    told = replace(seed.POSTS[2], number=f"n{number}", who=f"Nieuw {number}", ago=0.5)
    with database.write() as unit:
        seed._arrive(unit, told)
        made = seed.case_of(unit, told.number)
        unit.run(update(case).where(case.c.id == made).values(rank=1000.0 + number))
    return int(made)


def run(wanted: Wanted, home: Path | None = None) -> Measured:
    """In a thread of its own, because the browser of the other tests has a loop in this one."""
    with prepared(wanted, home) as database, server(database) as address, ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(measure(database, address, wanted))).result()


def row(name: str, times: Sequence[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"| {name} | {len(ordered)} | {statistics.median(ordered):.2f} s | {p95:.2f} s | {ordered[-1]:.2f} s |"


def report(wanted: Wanted, found: Measured, load: float) -> list[str]:
    lines = [
        f"{wanted.streams} event streams that fetch again as a browser does, one real Chromium, server and all on",
        f"{os.cpu_count()} processors; {wanted.cases:,} cases were there before; load before the run {load:.1f}.",
        f"{found.missed} of {wanted.fresh} new cases did not come.",
        "",
        "| | times | p50 | p95 | worst |",
        "|---|---|---|---|---|",
    ]
    if found.rows:
        lines.append(row("commit to row on screen", found.rows))
    if found.fetches:
        lines.append(row("a stream fetches its rows", found.fetches))
    return lines + [row(f"first paint of {name}", times) for name, times in found.paint.items()]


def main(arguments: Sequence[str] | None = None) -> int:
    given = argparse.ArgumentParser(prog="python -m tests.bench.live")
    for name, plain in (("streams", 100), ("fresh", 50), ("cases", 0)):
        given.add_argument(f"--{name}", type=int, default=plain)
    given.add_argument("--home", type=Path, help="where the filled database is kept")
    given.add_argument("--write", action="store_true", help="into docs/quality.md")
    given.add_argument("--serve", help=argparse.SUPPRESS)
    asked = given.parse_args(arguments)
    if asked.serve:
        serve(asked.serve)
        return 0
    wanted, load = Wanted(asked.streams, asked.fresh, asked.cases), os.getloadavg()[0]
    found = run(wanted, asked.home)
    lines = report(wanted, found, load)
    print("\n".join(lines))
    if asked.write:
        chapter.put(f"A new case on screen, beside {wanted.cases:,} others", lines)
    return 1 if found.missed else 0


if __name__ == "__main__":
    sys.exit(main())
